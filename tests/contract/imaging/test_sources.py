"""What every camera and scanner keeps, whoever made it: whole pages or an error in words, and back by itself.

Simulators speak the same bytes over TCP; SANE is asked by its own test device where it is installed.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from counter_app.devices.imaging.opening import open_source
from counter_app.errors import UserFacingError
from counter_app.imaging.maker import PillowPictureMaker
from counter_app.peripherals import Kind, Peripheral, looks_simulated
from counter_app.simulators.imaging.serve import RunningImaging
from counter_app.simulators.serving import DeviceServing
from tests.support.pictures import packed, page

MAKER = PillowPictureMaker()
AWAY = ("imaging.absent", "imaging.silent", "imaging.garbled", "imaging.no-paper")

OURS = ("", "imaging", "picture")


@dataclass
class Set:
    """A source as declared; `pull` takes its cable out, `push` puts it in again."""

    declared: Peripheral
    pull: Callable[[], object]
    push: Callable[[], object]
    order: Callable[[str], tuple[str, ...]] | None = None

    def take(self, **options: str | float) -> tuple[bytes, ...]:
        declared = replace(self.declared, options={**self.declared.options, **options})
        source = open_source(declared)
        pages = source.take()
        source.kept()
        return pages


@contextmanager
def simulated(kind: Kind) -> Iterator[Set]:
    running = RunningImaging(kind, DeviceServing(tcp="127.0.0.1:0"))
    try:
        declared = Peripheral(kind, "it", running.url, options={"seconds": 5.0})
        yield Set(declared, lambda: running.run("unplug"), lambda: running.run("plug"), running.run)
    finally:
        running.stop()


@contextmanager
def folder(tmp: Path) -> Iterator[Set]:
    """A vendor's program that saves a picture each time somebody looks."""
    place = tmp / "camera"
    place.mkdir()

    def push() -> None:
        (tmp / "away").rename(place)
        save()

    def save() -> None:
        (place / "a.jpg").write_bytes(packed(page()))

    save()
    declared = Peripheral(Kind.CAMERA, "it", f"folder:{place}", options={"seconds": 1.0})
    yield Set(declared, lambda: place.rename(tmp / "away"), push)


@contextmanager
def sane() -> Iterator[Set]:
    if shutil.which("scanimage") is None:
        pytest.skip("SANE (sane-utils) is not installed")
    declared = Peripheral(Kind.DOCUMENT_SCANNER, "it", "sane:test", options={"dpi": 75})
    named = {"url": "sane:test"}
    there = Set(
        declared, lambda: named.update(url="sane:no-such-device"), lambda: named.update(url="sane:test")
    )
    original = there.take

    def take(**options: str | float) -> tuple[bytes, ...]:
        there.declared = replace(declared, url=named["url"])
        return original(**options)

    there.take = take  # type: ignore[method-assign]  # SANE has no cable to pull: another name is looked for
    yield there


WAYS = ("camera", "scanner", "folder", "sane")


def way(name: str, tmp: Path) -> AbstractContextManager[Set]:
    match name:
        case "folder":
            return folder(tmp)
        case "sane":
            return sane()
    return simulated(Kind.CAMERA if name == "camera" else Kind.DOCUMENT_SCANNER)


@pytest.fixture(params=WAYS)
def there(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Set]:
    with way(str(request.param), tmp_path) as made:
        yield made


@pytest.fixture(params=[Kind.CAMERA, Kind.DOCUMENT_SCANNER])
def faulty(request: pytest.FixtureRequest) -> Iterator[Set]:
    with simulated(request.param) as made:
        yield made


def refusal(there: Set, **options: str | float) -> str:
    with pytest.raises(UserFacingError) as told:
        there.take(**options)
    assert told.value.message
    assert told.value.remedy
    return told.value.code


def order(there: Set, line: str) -> None:
    assert there.order is not None
    assert there.order(line)[-1] == "ok"


def test_what_lies_there_becomes_a_picture(there: Set) -> None:
    (raw,) = there.take()
    made = MAKER.make(raw)
    assert made.form == "image/jpeg"
    assert min(made.width, made.height) > 100


def test_unplugged_is_told_in_words_and_it_is_back_by_itself(there: Set) -> None:
    there.pull()
    assert refusal(there) in AWAY
    there.push()
    assert there.take()


def test_silence_ends_in_time(faulty: Set) -> None:
    order(faulty, "fault silent")
    began = time.monotonic()
    assert refusal(faulty, seconds=1.0) == "imaging.silent"
    assert time.monotonic() - began < 4
    order(faulty, "fault none")
    assert faulty.take()


@pytest.mark.parametrize(
    ("fault", "codes"),
    [
        ("busy", ("imaging.busy",)),
        ("half", ("imaging.garbled", "imaging.silent")),
        ("jam", ("imaging.jammed",)),
    ],
)
def test_troubles_have_their_own_words(faulty: Set, fault: str, codes: tuple[str, ...]) -> None:
    if fault == "jam" and faulty.declared.kind is Kind.CAMERA:
        pytest.skip("a camera has no paper path")
    order(faulty, f"fault {fault}")
    assert refusal(faulty) in codes
    order(faulty, "fault none")
    assert faulty.take()


def test_a_web_page_in_place_of_a_picture_is_refused_where_it_is_made(faulty: Set) -> None:
    order(faulty, "fault web-page")
    for raw in faulty.take():
        with pytest.raises(UserFacingError) as told:
            MAKER.make(raw)
        assert told.value.code == "picture.form"


def test_a_cable_pulled_at_any_byte_gives_no_half_page(faulty: Set) -> None:
    """A seeded sample; the page itself is some hundred thousand bytes."""
    for at in (0, 1, 17, 60, 119, 200, 1_000, 50_000):
        order(faulty, f"fault cut:{at}")
        assert refusal(faulty) in AWAY, at
        order(faulty, "fault none")
        order(faulty, "plug")
        assert faulty.take(), at


def test_an_altered_byte_never_gives_another_error_than_ours(faulty: Set) -> None:
    for at in (*range(0, 160, 7), 400, 5_000, 60_000):
        order(faulty, f"fault flip:{at}")
        assert _refused(lambda: _made(faulty)) in OURS, at
    order(faulty, "fault none")
    assert faulty.take()


def _made(faulty: Set) -> None:
    for raw in faulty.take(seconds=1.0):
        MAKER.make(raw, straighten=False)


def _refused(act: Callable[[], object]) -> str:
    """The first word of the refusal, "" when there was none."""
    try:
        act()
    except UserFacingError as error:
        return error.code.partition(".")[0]
    return ""


def test_a_feeder_gives_all_its_pages_in_order_and_an_empty_one_says_so() -> None:
    with simulated(Kind.DOCUMENT_SCANNER) as scanner:
        assert refusal(scanner, input="feeder") == "imaging.no-paper"
        order(scanner, "feed 3")
        pages = scanner.take(input="feeder")
        assert len(set(pages)) == 3
        assert refusal(scanner, input="feeder") == "imaging.no-paper"
        assert len(scanner.take()) == 1


def test_a_job_that_failed_does_not_block_the_next() -> None:
    with simulated(Kind.DOCUMENT_SCANNER) as scanner:
        order(scanner, "feed 2")
        order(scanner, "fault cut:300")
        assert refusal(scanner, input="feeder") in AWAY
        order(scanner, "fault none")
        order(scanner, "plug")
        assert scanner.take(input="feeder")


@pytest.mark.parametrize(
    ("kind", "url"),
    [
        (Kind.CAMERA, ""),
        (Kind.CAMERA, "http://"),
        (Kind.CAMERA, "escl://scanner"),
        (Kind.CAMERA, "v4l2:-version"),
        (Kind.CAMERA, "folder:"),
        (Kind.DOCUMENT_SCANNER, "sane:--help"),
        (Kind.DOCUMENT_SCANNER, "http://camera/a.jpg"),
        (Kind.DOCUMENT_SCANNER, "escl:"),
        (Kind.DOCUMENT_SCANNER, "wia:\x00"),
    ],
)
def test_addresses_of_nonsense_and_options_in_disguise_are_refused(kind: Kind, url: str) -> None:
    with pytest.raises(UserFacingError) as told:
        open_source(Peripheral(kind, "it", url))
    assert told.value.code == "imaging.bad-url"


def test_a_programs_that_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    for kind, url in (
        (Kind.DOCUMENT_SCANNER, "sane:x"),
        (Kind.CAMERA, "v4l2:/dev/video9"),
        (Kind.CAMERA, "wia:x"),
    ):
        with pytest.raises(UserFacingError) as told:
            open_source(Peripheral(kind, "it", url)).take()
        assert told.value.code == "imaging.no-program"


def test_pictures_in_the_folder_go_only_when_they_are_kept(tmp_path: Path) -> None:
    first, second = tmp_path / "1.jpg", tmp_path / "2.JPG"
    for n, file in enumerate((first, second)):
        file.write_bytes(packed(page()))
        time.sleep(0.02 * n)
    (tmp_path / "notes.txt").write_text("not a picture", encoding="utf-8")
    (tmp_path / "3.jpg").symlink_to("/etc/passwd")
    declared = Peripheral(Kind.CAMERA, "it", f"folder:{tmp_path}", options={"seconds": 1.0})
    source = open_source(declared)
    assert source.take() == source.take()
    source.kept()
    assert not first.exists()
    assert second.exists()
    source.take()
    source.kept()
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["3.jpg", "notes.txt"]
    with pytest.raises(UserFacingError) as told:
        source.take()
    assert told.value.code == "imaging.no-paper"


def test_simulated_addresses_are_known_as_such() -> None:
    for kind, url in (
        (Kind.CAMERA, "http://127.0.0.1:8080/x.jpg"),
        (Kind.DOCUMENT_SCANNER, "escl://localhost:9"),
    ):
        assert looks_simulated(Peripheral(kind, "it", url))
        assert not looks_simulated(Peripheral(kind, "it", url, options={"bridge": True}))
