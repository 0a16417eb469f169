"""Scanners and cameras that another program speaks to: its feeder, its troubles, whether they are there.

SANE is asked by its own test device, set up by a configuration of our own, where it is installed. PowerShell
and ffmpeg are stood in for by programs that do and say what those do as documented: whether the script within
pleases Windows is not known here.
"""

from __future__ import annotations

import base64
import re
import shutil
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from counter_app.devices.imaging.opening import open_source
from counter_app.devices.imaging.peripheral import ImagingDriver
from counter_app.devices.imaging.turns import Turns
from counter_app.errors import UserFacingError
from counter_app.imaging.maker import PillowPictureMaker
from counter_app.peripherals import Kind, Peripheral
from counter_app.use_cases.ports.peripherals import Bench, Condition

PAGES_OF_TEST_FEEDER = 10  # "the feeder will be 'empty' after 10 scans"
SCANNER, CAMERA = Kind.DOCUMENT_SCANNER, Kind.CAMERA


def scanner(url: str, **options: str | float) -> Peripheral:
    return Peripheral(SCANNER, "it", url, options={"dpi": 75, **options})


def refusal(declared: Peripheral) -> str:
    with pytest.raises(UserFacingError) as told:
        open_source(declared).take()
    assert told.value.remedy
    return told.value.code


def condition(declared: Peripheral, tmp: Path) -> Condition:
    return ImagingDriver(declared.kind).probe(declared, Bench(tmp, "test", training=True)).condition


class Sane:
    """SANE with its test device alone, which can be told to fail."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.driver("test")
        self.status("Default")

    def driver(self, name: str) -> None:
        (self._folder / "dll.conf").write_text(f"{name}\n", encoding="ascii")

    def status(self, status: str, more: str = "") -> None:
        """What each reading ends with."""
        text = f'number_of_devices 1\nread-status-code "{status}"\n{more}'
        (self._folder / "test.conf").write_text(text, encoding="ascii")


@pytest.fixture
def sane(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Sane:
    if shutil.which("scanimage") is None:
        pytest.skip("SANE (sane-utils) is not installed")
    monkeypatch.setenv("SANE_CONFIG_DIR", str(tmp_path))
    return Sane(tmp_path)


def test_the_feeder_of_sane_gives_all_its_pages_and_the_glass_one(sane: Sane) -> None:
    pages = open_source(scanner("sane:test", input="feeder")).take()
    assert len(pages) == PAGES_OF_TEST_FEEDER
    assert all(PillowPictureMaker().make(page).form == "image/jpeg" for page in pages)
    assert len(open_source(scanner("sane:test")).take()) == 1


@pytest.mark.parametrize("source", ["feeder", "flatbed"])
@pytest.mark.parametrize(
    ("status", "code"),
    [
        ("SANE_STATUS_JAMMED", "imaging.jammed"),
        ("SANE_STATUS_COVER_OPEN", "imaging.jammed"),
        ("SANE_STATUS_NO_DOCS", "imaging.no-paper"),
        ("SANE_STATUS_DEVICE_BUSY", "imaging.busy"),
    ],
)
def test_troubles_of_sane_have_their_own_words(sane: Sane, status: str, code: str, source: str) -> None:
    sane.status(status)
    assert refusal(scanner("sane:test", input=source, seconds=3)) == code
    sane.status("Default")
    assert open_source(scanner("sane:test", input=source)).take()


def test_seconds_bound_a_page_of_sane_and_not_all_pages_of_its_feeder(sane: Sane) -> None:
    slow = "read-delay true\nread-delay-duration 200000\n"  # microseconds each bufferful
    sane.status("Default", slow)
    began = time.monotonic()
    assert refusal(scanner("sane:test", seconds=0.1)) == "imaging.silent"
    assert refusal(scanner("sane:test", seconds=0.1, input="feeder")) == "imaging.silent"
    assert time.monotonic() - began < 5
    sane.status("Default", slow)
    began = time.monotonic()
    assert len(open_source(scanner("sane:test", seconds=2, input="feeder")).take()) == PAGES_OF_TEST_FEEDER
    assert time.monotonic() - began > 2


def test_sane_is_looked_for_without_a_scan(sane: Sane, tmp_path: Path) -> None:
    sane.status("SANE_STATUS_JAMMED")  # would show if anything were scanned
    assert condition(scanner("sane:test:0"), tmp_path) is Condition.READY  # in the list
    assert condition(scanner("sane:test"), tmp_path) is Condition.READY  # in none, but it can be opened
    assert condition(scanner("sane:"), tmp_path) is Condition.READY
    assert condition(scanner("sane:epson2:libusb:001:004"), tmp_path) is Condition.ABSENT
    assert condition(scanner("sane:test:5"), tmp_path) is Condition.ABSENT  # one that is not plugged in
    sane.driver("")
    assert condition(scanner("sane:"), tmp_path) is Condition.ABSENT


@pytest.fixture
def watched(sane: Sane, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """SANE's own program behind one that writes down when it begins and ends: the file of these lines."""
    if sys.platform == "win32":
        pytest.skip("a stand-in is a script with its interpreter in its first line")
    real, told = shutil.which("scanimage"), tmp_path / "told"
    place = tmp_path / "before"
    place.mkdir()
    script = place / "scanimage"
    script.write_text(
        f'#!/bin/sh\necho begin >> "{told}"\n"{real}" "$@"\nc=$?\necho end >> "{told}"\nexit $c\n'
    )
    script.chmod(0o755)
    monkeypatch.setenv("PATH", f"{place}:/usr/bin:/bin")
    sane.status("Default", "read-delay true\nread-delay-duration 100000\n")
    return told


def most_at_once(told: Path) -> int:
    """How many of the program ran at the same time."""
    running = most = 0
    for word in told.read_text().split():
        running += 1 if word == "begin" else -1
        most = max(most, running)
    assert running == 0
    return most


# mission: M3
@pytest.mark.parametrize("way", ["glass", "feeder"])
def test_looking_for_scanners_leaves_a_scan_alone(watched: Path, tmp_path: Path, way: str) -> None:
    """Another window finds and asks all the time while pages are scanned: none is lost, nobody hangs."""
    locks = tmp_path / "locks"
    bench = Bench(locks, "test", training=True)
    declared = scanner("sane:test:0", input="feeder" if way == "feeder" else "flatbed", seconds=20)
    page = ImagingDriver(SCANNER, locks)
    listed = page.find()
    with ThreadPoolExecutor() as pool:
        scan = pool.submit(lambda: open_source(declared, locks).take())
        while watched.read_text().split()[-1] == "end" and not scan.done():
            time.sleep(0.001)
        asked = 0
        while not scan.done():
            began = time.monotonic()
            assert page.probe(declared, bench).condition is Condition.BUSY or scan.done()
            assert page.find() == listed
            assert time.monotonic() - began < 5
            asked += 1
            time.sleep(0.01)
        assert len(scan.result()) == (PAGES_OF_TEST_FEEDER if way == "feeder" else 1)
    assert asked
    assert page.probe(declared, bench).condition is Condition.READY
    assert most_at_once(watched) == 1


def test_a_scan_waits_until_scanners_were_looked_for(watched: Path, tmp_path: Path) -> None:
    locks = tmp_path / "locks"
    with Turns(locks).looking("sane:"):
        with pytest.raises(UserFacingError) as told, Turns(locks, wait_seconds=0.05).scanning("sane:test"):
            pass
        assert told.value.code == "imaging.busy"
    with ThreadPoolExecutor() as pool:
        found = pool.submit(ImagingDriver(SCANNER, locks).find)
        while not (watched.exists() and watched.read_text()):
            time.sleep(0.001)
        assert len(open_source(scanner("sane:test:0", seconds=20), locks).take()) == 1
        assert [one.url for one in found.result()] == ["sane:test:0"]
    assert most_at_once(watched) == 1


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of stand-ins that comes first on the path."""
    if sys.platform == "win32":
        pytest.skip("a stand-in is a script with its interpreter in its first line")
    place = tmp_path / "programs"
    place.mkdir()
    monkeypatch.setenv("PATH", f"{place}:/usr/bin:/bin")
    return place


def stand_in(place: Path, name: str, body: str) -> None:
    program = place / name
    program.write_text(f"#!{sys.executable}\nimport sys, time, base64, re, pathlib\n{body}", encoding="utf-8")
    program.chmod(0o700)


# what the script asks, out of the words it is given by
SCRIPT = """
script = base64.b64decode(sys.argv[-1]).decode("utf-16-le")
here = pathlib.Path(__file__).parent
(here / "script").write_text(script, encoding="utf-8")
found = re.search(r"\\$folder = .*?'([A-Za-z0-9+/=]+)'\\)\\)\\n", script)
folder = pathlib.Path(base64.b64decode(found.group(1)).decode()) if found else None
feeder = "if ($true)" in script
most = int(re.search(r"-le (\\d+)", script).group(1)) if found else 0
def page(number):
    (folder / f"p{number:05}.bmp").write_bytes(b"BM page %d" % number)
"""


def wia(place: Path, body: str) -> str:
    """PowerShell that does `body`; gives the address of the scanner."""
    stand_in(place, "powershell", SCRIPT + body)
    return "wia:扫描仪 1"


def test_wia_chooses_the_feeder_and_takes_all_its_pages(programs: Path) -> None:
    url = wia(programs, "for n in range(min(3, most)): page(n + 1)\n")
    assert open_source(scanner(url, input="feeder")).take() == (b"BM page 1", b"BM page 2", b"BM page 3")
    script = (programs / "script").read_text(encoding="utf-8")
    assert "if ($true)" in script
    assert "Item('3088').Value = 1" in script
    assert len(open_source(scanner(url)).take()) == 1
    script = (programs / "script").read_text(encoding="utf-8")
    assert "if ($false)" in script
    named = re.search(r"FromBase64String\('([^']*)'\)", script)
    assert named is not None
    assert base64.b64decode(named.group(1)).decode() == "扫描仪 1"


@pytest.mark.parametrize(
    ("code", "told"),
    [
        (1, "imaging.absent"),
        (3, "imaging.absent"),
        (4, "imaging.no-feeder"),
        (5, "imaging.no-paper"),
        (6, "imaging.jammed"),
        (7, "imaging.busy"),
    ],
)
def test_troubles_of_wia_have_their_own_words(programs: Path, code: int, told: str) -> None:
    assert refusal(scanner(wia(programs, f"page(1)\nsys.exit({code})\n"), input="feeder")) == told


def test_a_wia_that_hangs_is_ended_in_time_and_its_page_goes_with_it(programs: Path) -> None:
    url = wia(programs, "page(1)\n(here / 'folder').write_text(str(folder))\ntime.sleep(60)\n")
    began = time.monotonic()
    assert refusal(scanner(url, seconds=1)) == "imaging.silent"
    assert time.monotonic() - began < 20
    assert not Path((programs / "folder").read_text(encoding="utf-8")).exists()


def test_wia_is_looked_for_without_a_scan(programs: Path, tmp_path: Path) -> None:
    url = wia(programs, "sys.exit(0 if folder is None else 9)\n")
    assert condition(scanner(url), tmp_path) is Condition.READY
    wia(programs, "sys.exit(3)\n")
    assert condition(scanner(url), tmp_path) is Condition.ABSENT


DSHOW = r"""
print('[dshow @ 000001] "Integrated Camera" (video)', file=sys.stderr)
print('[dshow @ 000001]   Alternative name "@device_pnp_usb#vid"', file=sys.stderr)
print('dummy: Immediate exit requested', file=sys.stderr)
sys.exit(1)
"""


def test_a_camera_of_the_system_is_looked_for_without_a_picture(programs: Path, tmp_path: Path) -> None:
    node = tmp_path / "video0"
    there = Peripheral(CAMERA, "it", f"v4l2:{node}")
    assert condition(there, tmp_path) is Condition.FAULT  # no ffmpeg to take a picture with
    stand_in(programs, "ffmpeg", DSHOW)
    assert condition(there, tmp_path) is Condition.ABSENT
    node.touch()
    assert condition(there, tmp_path) is Condition.READY
    assert condition(Peripheral(CAMERA, "it", "dshow:Integrated Camera"), tmp_path) is Condition.READY
    assert condition(Peripheral(CAMERA, "it", "dshow:Integrated"), tmp_path) is Condition.ABSENT


def test_seconds_bound_a_picture_by_ffmpeg(programs: Path) -> None:
    stand_in(programs, "ffmpeg", "time.sleep(60)\n")
    began = time.monotonic()
    assert refusal(Peripheral(CAMERA, "it", "v4l2:/dev/video0", options={"seconds": 0.5})) == "imaging.silent"
    assert time.monotonic() - began < 20
