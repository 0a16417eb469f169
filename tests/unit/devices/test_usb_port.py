"""USB printers found by maker, product and serial; a pseudo terminal stands in for the device file."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from counter_app.devices import usb_port
from counter_app.devices.serial_line import LineLost, LineSettings, PortAbsent, PortUrlBad, SerialLine
from counter_app.devices.usb_port import attached, file_of

if sys.platform != "win32":
    import tty


def raw_pair() -> tuple[int, int]:
    master, slave = os.openpty()
    tty.setraw(master)
    tty.setraw(slave)
    return master, slave


pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no printer class files")


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """Two printers of one make, as the system shows them."""
    for number, serial in ((0, "A1"), (3, "B2")):
        device = tmp_path / "devices" / f"usb{number}"
        (device / "interface").mkdir(parents=True)
        parts = {
            "idVendor": "04b8",
            "idProduct": "0202",
            "serial": serial,
            "manufacturer": "EPSON",
            "product": "TM",
        }
        for name, text in parts.items():
            (device / name).write_text(text + "\n")
        entry = tmp_path / "class" / f"lp{number}"
        entry.mkdir(parents=True)
        (entry / "device").symlink_to(device / "interface")
    return tmp_path / "class"


def test_printers_are_found_with_their_names(tree: Path, tmp_path: Path) -> None:
    found = attached(tree, tmp_path)
    assert [(one.url, one.name) for one in found] == [
        ("usb://04b8:0202/A1", "EPSON TM"),
        ("usb://04b8:0202/B2", "EPSON TM"),
    ]


def test_a_printer_is_known_again_at_another_socket(tree: Path, tmp_path: Path) -> None:
    assert file_of("usb://04b8:0202/B2", tree, tmp_path) == tmp_path / "lp3"
    assert file_of("usb://04B8:0202", tree, tmp_path) == tmp_path / "lp0"
    assert file_of("usb:///dev/usb/lp7", tree, tmp_path) == Path("/dev/usb/lp7")
    with pytest.raises(FileNotFoundError):
        file_of("usb://04b8:0202/C3", tree, tmp_path)


@pytest.mark.parametrize("url", ["usb://", "usb://04b8", "usb://xxxx:0202", "tcp://1.2.3.4"])
def test_what_is_no_usb_address(url: str) -> None:
    with pytest.raises(ValueError):
        file_of(url)


def test_a_line_goes_over_the_device_file_both_ways_and_is_lost_with_it() -> None:
    master, slave = raw_pair()
    name = os.ttyname(slave)
    os.close(slave)
    with SerialLine(LineSettings(f"usb://{name}")) as line:
        line.write(b"paper")
        assert os.read(master, 16) == b"paper"
        os.write(master, b"\x12")
        assert line.read(1, line.clock() + 1.0) == b"\x12"
        assert line.read(1, line.clock() + 0.01) == b""
        line.discard_input()
        os.close(master)
        with pytest.raises(LineLost):
            line.read(1, line.clock() + 0.5)


def test_a_printer_not_plugged_in_is_absent_and_nonsense_is_refused() -> None:
    with pytest.raises(PortAbsent):
        SerialLine(LineSettings("usb://ffff:ffff")).open()
    with pytest.raises(PortUrlBad):
        SerialLine(LineSettings("usb://nonsense")).open()
    assert usb_port.CLASS.is_absolute()
