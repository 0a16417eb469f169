"""The simulated scanner: the bytes of a scan with each fault, and its control lines."""

from __future__ import annotations

import pytest

from counter_app.simulators.scanner.control import ScannerControl
from counter_app.simulators.scanner.device import (
    ScannerFaultUnknown,
    SimulatedScanner,
    parse_scan_fault,
)
from counter_app.simulators.scanner.documents import DOCUMENTS


class Tape:
    """A wire that keeps what is sent."""

    def __init__(self) -> None:
        self.sent = b""
        self.pulled = False

    def send(self, data: bytes) -> None:
        self.sent += data

    def unplug(self) -> None:
        self.pulled = True

    def wait(self, seconds: float) -> bool:
        return True


@pytest.mark.parametrize(
    ("fault", "sent"),
    [
        ("none", b"A012\r"),
        ("half:2", b"A0\r"),
        ("unfinished:2", b"A0"),
        ("linefeed", b"A012\r\n"),
        ("tab", b"A012\t"),
        ("bare", b"A012"),
        ("stx", b"\x02A012\x03"),
        ("aim", b"]Q1A012\r"),
        ("noise", b"\x00\xff\x80\x01A012\r"),
        ("flip:0", b"@012\r"),
        ("unplug:3", b"A01"),
    ],
)
def test_each_fault_spoils_one_scan(fault: str, sent: bytes) -> None:
    scanner, tape = SimulatedScanner(), Tape()
    scanner.connected(tape)
    scanner.add_fault(fault)
    scanner.scan("A012")
    assert tape.sent == sent
    assert tape.pulled == fault.startswith("unplug")
    tape.sent = b""
    scanner.scan("A012")
    assert tape.sent == b"A012\r"


def test_a_fault_may_stay() -> None:
    scanner, tape = SimulatedScanner(), Tape()
    scanner.connected(tape)
    scanner.add_fault("gbk*")
    scanner.scan("告\n知")
    scanner.scan("告")
    assert tape.sent == "告\r知\r告\r".encode("gb18030")


@pytest.mark.parametrize("text", ["", "burn", "half", "noise:3", "half:x"])
def test_unknown_faults_are_refused(text: str) -> None:
    with pytest.raises(ScannerFaultUnknown):
        parse_scan_fault(text)


def test_control_lines() -> None:
    scanner, tape = SimulatedScanner(), Tape()
    control = ScannerControl(scanner)
    assert control.run("scan A012")[-1].startswith("error simulator.nobody-listens")
    scanner.connected(tape)
    assert control.run("scan A|B") == ("ok",)
    assert tape.sent == b"A\rB\r"
    assert control.run("state") == ("listened-to sent 1", "ok")
    assert control.run("fault burn")[0].startswith("error simulator.fault-unknown")
    assert control.run("draw passport")[0].startswith("error simulator.command-unknown")


def test_a_passport_reader_draws_by_name() -> None:
    scanner, tape = SimulatedScanner(), Tape()
    scanner.connected(tape)
    control = ScannerControl(scanner, DOCUMENTS)
    assert control.run("draw td3") == ("ok",)
    assert tape.sent.decode().splitlines() == DOCUMENTS["td3"].splitlines()
    assert control.run("draw nobody")[0].startswith("error simulator.document-unknown")
    assert len(control.run("list")) == len(DOCUMENTS) + 1
