"""Devices of USB's kind HID: found by maker, product and serial, their reports a stream of bytes (M2)."""

from __future__ import annotations

import os
import socket
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from counter_app.devices.hid_port import HidPort, NoHid, attached, place_of
from counter_app.devices.hid_reports import Reports, read_descriptor
from counter_app.devices.id_card.driver import IdCardDriver
from counter_app.devices.id_card.peripheral import IdReaderDriver
from counter_app.devices.serial_line import (
    HidDenied,
    LineLost,
    LineSettings,
    PortAbsent,
    PortUrlBad,
    SerialLine,
    open_port,
)
from counter_app.errors import UserFacingError
from counter_app.peripherals import Kind, Peripheral, read_peripherals
from counter_app.simulators.id_card.device import SimulatedReader
from counter_app.simulators.id_card.serve import ReaderServing, RunningReader
from counter_app.use_cases.ports.peripherals import Bench, Condition

# As makers write them: 64 bytes each way without a number; 32 out and 16 in under the number 5; a keyboard.
PLAIN = bytes.fromhex("06 00 FF 09 01 A1 01 09 02 15 00 26 FF 00 75 08 95 40 81 02 09 03 95 40 91 02 C0")
NUMBERED = bytes.fromhex("06 A0 FF 09 01 A1 01 85 05 09 02 75 08 95 10 81 02 09 03 95 20 91 02 C0")
KEYS = bytes.fromhex("05 01 09 06 A1 01 05 07 75 01 95 08 81 02 95 06 75 08 81 00 95 05 75 01 91 02 C0")

if sys.platform == "linux":
    from counter_app.simulators.hid_line import hid_line

linux = pytest.mark.skipif(sys.platform != "linux", reason="only Linux shows such devices as files")


def test_a_descriptor_tells_sizes_number_and_whose_page_it_is() -> None:
    assert read_descriptor(PLAIN) == Reports(64, 64, None, 0xFF00)
    assert read_descriptor(NUMBERED) == Reports(16, 32, 5, 0xFFA0)
    assert not read_descriptor(KEYS).is_makers
    assert read_descriptor(b"") == Reports()


@pytest.mark.parametrize("cut", range(len(NUMBERED)))
def test_a_descriptor_cut_anywhere_is_read_as_far_as_it_goes(cut: int) -> None:
    assert read_descriptor(NUMBERED[:cut]).out >= 1


@pytest.mark.parametrize("counted", [False, True])
@pytest.mark.parametrize("number", [None, 5])
@pytest.mark.parametrize("size", [1, 62, 63, 64, 65, 1295])
def test_a_stream_goes_through_reports_unchanged(size: int, number: int | None, counted: bool) -> None:
    data = bytes(at % 255 + 1 for at in range(size))
    reports = Reports(number=number, counted=counted)
    written = reports.wrapped(data)
    assert {len(one) for one in written} == {65}
    assert {one[0] for one in written} == {number or 0}
    given = (one if number else one[1:] for one in written)  # a number only where there is one
    read = b"".join(reports.unwrapped(one) for one in given)
    assert read.rstrip(b"\0") == data
    assert not counted or read == data


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """Two readers of one make and a keyboard, as the system shows them; a Bluetooth device is none of USB."""
    for number, ids, name, serial, descriptor in (
        (0, "0003:0000046D:0000C31C", "Keyboard", "", KEYS),
        (1, "0003:00000483:00005750", "Maker ID reader", "A1", PLAIN),
        (4, "0003:00000483:00005750", "Maker ID reader", "B2", NUMBERED),
        (5, "0005:00000483:00005750", "Headset", "", PLAIN),
    ):
        place = tmp_path / "class" / f"hidraw{number}" / "device"
        place.mkdir(parents=True)
        (place / "uevent").write_text(f"DRIVER=x\nHID_ID={ids}\nHID_NAME={name}\nHID_UNIQ={serial}\n")
        (place / "report_descriptor").write_bytes(descriptor)
    return tmp_path / "class"


def test_devices_are_found_with_their_names_and_known_again(tree: Path, tmp_path: Path) -> None:
    found = attached(tree, tmp_path)
    assert [(one.url, one.name, one.reports.is_makers) for one in found] == [
        ("hid://046d:c31c", "Keyboard", False),
        ("hid://0483:5750/A1", "Maker ID reader", True),
        ("hid://0483:5750/B2", "Maker ID reader", True),
    ]
    assert place_of("hid://0483:5750/B2", tree, tmp_path) == (tmp_path / "hidraw4", read_descriptor(NUMBERED))
    assert place_of("hid:///dev/hidraw1", tree)[1] == read_descriptor(PLAIN)
    assert place_of("hid://0483:5750?counted=1", tree, tmp_path)[1].counted
    with pytest.raises(FileNotFoundError):
        place_of("hid://0483:5751", tree, tmp_path)


def test_only_the_makers_own_are_offered_as_readers(
    tree: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("counter_app.devices.id_card.peripheral.attached", lambda: attached(tree, tmp_path))
    assert [one.url for one in IdReaderDriver().find() if one.url.startswith("hid")] == [
        "hid://0483:5750/A1",
        "hid://0483:5750/B2",
    ]


@pytest.mark.parametrize(
    "url", ["hid://", "hid:///", "hid://0483", "hid://04:5750", "hid:///dev/hidraw1?counted=2"]
)
def test_what_is_no_address_is_refused(url: str) -> None:
    with pytest.raises(PortUrlBad):
        IdReaderDriver().supported(Peripheral(Kind.ID_READER, "reader", url))
    IdReaderDriver().supported(Peripheral(Kind.ID_READER, "reader", "hid://0483:5750"))


@linux
def test_a_file_that_is_not_there_and_one_that_may_not_be_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(PortAbsent):
        open_port(f"hid://{tmp_path}/hidraw1", 9600)
    with pytest.raises(PortAbsent):
        open_port("hid://0483:5751", 9600)

    def denied(*words: object, **more: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", denied)
    with pytest.raises(HidDenied) as told:
        open_port(f"hid://{tmp_path}/hidraw1", 9600)
    assert told.value.code == "port.denied"
    assert "70-counter-app-hid.rules" in told.value.remedy


def test_another_system_says_that_it_cannot(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    with pytest.raises(NoHid) as told:
        open_port("hid://0483:5750", 9600)
    assert told.value.remedy


@pytest.fixture
def pair() -> Iterator[tuple[HidPort, socket.socket]]:
    """The port at one end, the device at the other."""
    if sys.platform != "linux":
        pytest.skip("only Linux shows such devices as files")
    ours, device = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    ours.setblocking(False)
    port = HidPort(ours.detach(), Reports(), 0.05, 0.2)
    yield port, device
    port.close()
    device.close()


def test_each_request_is_one_report_byte_for_byte(pair: tuple[HidPort, socket.socket]) -> None:
    port, device = pair
    port.write(bytes.fromhex("AAAAAA96690003 20 01 22"))
    assert device.recv(4096) == b"\0" + bytes.fromhex("AAAAAA96690003200122") + bytes(54)
    device.send(bytes.fromhex("AAAAAA9669000800009F0000000097") + bytes(49))
    assert port.read(7) == bytes.fromhex("AAAAAA96690008")
    assert port.in_waiting == 57
    port.reset_input_buffer()
    assert port.read(1) == b""


def test_a_device_that_takes_nothing_is_not_waited_for_for_ever(pair: tuple[HidPort, socket.socket]) -> None:
    port, _ = pair
    began = time.monotonic()
    with pytest.raises(TimeoutError):
        port.write(bytes(1 << 24))
    assert time.monotonic() - began < 30


@linux
@pytest.mark.parametrize("counted", [False, True])
def test_the_simulated_reader_is_spoken_to_over_reports(tmp_path: Path, counted: bool) -> None:
    with hid_line(SimulatedReader(pace=0), tmp_path / "hidraw9", counted=counted) as cable:
        with SerialLine(LineSettings(cable.url)) as line:
            assert IdCardDriver(line).probe().simulated
            cable.unplug()
            with pytest.raises(LineLost):
                while True:
                    line.read(1, line.clock() + 1)
        with pytest.raises(PortAbsent):
            open_port(cable.url, 9600)
        cable.plug()
        declared = Peripheral(Kind.ID_READER, "reader", cable.url)
        seen = IdReaderDriver().probe(declared, Bench(None, "test", training=True))
        assert (seen.condition, seen.identity.simulated) == (Condition.READY, True)
        real = IdReaderDriver().probe(declared, Bench(None, "test", training=False))
        assert real.condition is Condition.REFUSED
        (wrong,) = read_peripherals([declared.described()], training=False).wrong
        assert wrong.error.code == "peripheral.simulated"


@linux
def test_a_place_where_nothing_can_be_served_is_told(tmp_path: Path) -> None:
    with pytest.raises(UserFacingError) as told:
        RunningReader(ReaderServing(hid=tmp_path / "no" / "folder"))
    assert told.value.code == "simulator.place-taken"
