"""The simulated printer on its cable: answers byte for byte, faults, control lines, saved papers."""

from __future__ import annotations

import io
import socket
from pathlib import Path

import pytest
from PIL import Image

from counter_app.simulators.printer.decode import decode
from counter_app.simulators.printer.device import RECEIVE_BUFFER, PrinterSimulator
from counter_app.simulators.printer.faults import Fault, FaultKind, PrinterFaultUnknown
from counter_app.simulators.printer.serving import PrinterServing, RunningPrinter, serve
from tests.support.printers import CUT, LINES, eventually, order, receipt, served


class Cable:
    """A wire that keeps what the printer says."""

    def __init__(self) -> None:
        self.said = b""
        self.is_out = False

    def send(self, data: bytes) -> None:
        self.said += data

    def unplug(self) -> None:
        self.is_out = True

    def wait(self, seconds: float) -> bool:
        return False  # a full printer does not hold up these tests

    def take(self) -> bytes:
        said, self.said = self.said, b""
        return said


@pytest.fixture
def cable() -> Cable:
    return Cable()


@pytest.fixture
def printer(cable: Cable) -> PrinterSimulator:
    simulator = PrinterSimulator()
    simulator.connected(cable)
    return simulator


def ask_all(printer: PrinterSimulator, cable: Cable) -> bytes:
    for n in (1, 2, 3, 4):
        printer.feed(bytes((0x10, 0x04, n)))
    return cable.take()


@pytest.mark.parametrize(
    ("fault", "answers"),
    [
        ("near-end", "12 12 12 1E"),
        ("paper-out", "1A 32 12 7E"),
        ("cover-open", "1A 16 12 12"),
        ("cutter-error", "1A 52 1A 12"),
        ("silent", ""),
    ],
)
def test_real_time_status_byte_for_byte(
    printer: PrinterSimulator, cable: Cable, fault: str, answers: str
) -> None:
    assert ask_all(printer, cable).hex(" ").upper() == "12 12 12 12"
    printer.set_fault(Fault.parse(fault))
    assert ask_all(printer, cable).hex(" ").upper() == answers


def test_automatic_status_comes_with_each_change(printer: PrinterSimulator, cable: Cable) -> None:
    printer.feed(b"\x1da\xff")
    assert cable.take() == b"\x10\x00\x00\x0f"
    printer.set_fault(Fault.parse("cover-open"))
    assert cable.take() == b"\x38\x00\x00\x0f"
    printer.mend()
    assert cable.take() == b"\x10\x00\x00\x0f"


def test_a_question_cut_in_two_is_answered_once(printer: PrinterSimulator, cable: Cable) -> None:
    for piece in (b"a\n\x10", b"\x04", b"\x01", b"b\n"):
        printer.feed(piece)
    assert cable.take() == b"\x12"
    hanging = printer.hanging
    assert hanging is not None
    assert (hanging.lines, hanging.rubbish) == (("a", "b"), ())


def test_the_process_id_is_answered_when_all_before_it_is_printed(
    printer: PrinterSimulator, cable: Cable
) -> None:
    printer.set_fault(Fault.parse("paper-out:1"))
    printer.feed(b"1\n2\n\x1d(H\x06\x0000abcd\x1dr\x01")
    assert cable.take() == b""
    printer.mend()
    assert cable.take() == b"\x37\x22abcd\x00\x00"
    printer.set_fault(Fault.parse("no-process-id"))
    printer.feed(b"\x1d(H\x06\x0000abcd\x1dr\x01")
    assert cable.take() == b"\x00"


def test_paper_runs_out_after_so_many_lines(printer: PrinterSimulator) -> None:
    printer.set_fault(Fault(FaultKind.PAPER_OUT, 3))
    printer.feed(b"".join(b"%d\n" % number for number in range(6)))
    hanging = printer.hanging
    assert hanging is not None
    assert hanging.lines == ("0", "1", "2")
    printer.mend()
    assert printer.newest is not None
    assert printer.newest.lines == ("0", "1", "2", "3", "4", "5")


def test_power_loses_the_buffer_and_keeps_the_paper(printer: PrinterSimulator) -> None:
    printer.set_fault(Fault.parse("paper-out:1"))
    printer.feed(b"on paper\nin the buffer\n" + CUT)
    printer.set_fault(Fault.parse("power-cycle"))
    printer.mend()
    assert printer.sheets == ()
    assert printer.newest is not None
    assert printer.newest.lines == ("on paper",)


def test_the_buffer_is_cleared_on_demand(printer: PrinterSimulator, cable: Cable) -> None:
    printer.set_fault(Fault.parse("paper-out:1"))
    printer.feed(b"1\n2\n3\n")
    printer.feed(b"also lost\n\x10\x14\x08\x01\x03\x14\x01")
    printer.feed(b"\x06\x02\x08" + b"4\n")
    assert cable.take() == b"\x37\x25\x00"
    printer.mend()
    assert printer.newest is not None
    assert printer.newest.lines == ("1", "4")


def test_the_cable_goes_after_so_many_bytes(printer: PrinterSimulator, cable: Cable) -> None:
    printer.set_fault(Fault.parse("unplug:4"))
    printer.feed(b"1\n2")
    assert not cable.is_out
    printer.feed(b"\n3\n")
    assert cable.is_out
    assert printer.newest is not None
    assert printer.newest.lines == ("1", "2")


def test_the_drawer_opens(printer: PrinterSimulator) -> None:
    printer.feed(b"\x1bp\x00\x19\xfa")
    assert printer.drawer_kicks == 1


@pytest.mark.parametrize(
    "text", ["", "fire", "unplug", "unplug:0", "unplug:-3", "slow", "slow:x", "near-end:3", "slow:²"]
)
def test_other_faults_are_refused_in_words(text: str) -> None:
    with pytest.raises(PrinterFaultUnknown) as refused:
        Fault.parse(text)
    assert refused.value.code == "simulator.printer-fault-unknown"


def test_a_halted_printer_takes_no_more_than_its_buffer() -> None:
    with served("tcp") as running:
        order(running, "fault cover-open")
        host, port = running.url.removeprefix("socket://").split(":")
        with socket.create_connection((host, int(port))) as client:
            client.sendall(b"x\n" * 20000)
            assert eventually(lambda: running.printer.pending > RECEIVE_BUFFER)
            assert running.printer.pending <= RECEIVE_BUFFER + 512
            order(running, "mend")
            assert eventually(lambda: running.printer.pending == 0)


@pytest.mark.parametrize("line", LINES)
def test_finished_papers_are_saved_and_numbered_on(line: str, tmp_path: Path) -> None:
    for wanted in (["001"], ["001", "002"]):
        with served(line, PrinterServing(papers=tmp_path)) as running:
            running.printer.feed(receipt())
        assert sorted(path.stem for path in tmp_path.glob("*.png")) == wanted
        assert sorted(path.stem for path in tmp_path.glob("*.escpos")) == wanted
    (sheet,) = decode((tmp_path / "002.escpos").read_bytes())
    assert sheet.lines[0] == "收件凭证"
    with Image.open(tmp_path / "002.png") as picture:
        assert picture.tobytes() == sheet.render().tobytes()
    assert not list(tmp_path.glob(".*"))


def test_a_script_runs_the_printer(tmp_path: Path) -> None:
    said: list[str] = []
    picture = tmp_path / "paper.png"
    script = [
        "text",
        f"render {picture}",
        "dance",
        "fault fire",
        "fault silent",
        "mend",
        "papers",
        "quit",
        "papers",
    ]
    serve(PrinterServing(tcp="127.0.0.1:0", control="127.0.0.1:0"), script, said.append)
    assert said[0].startswith("printer socket://127.0.0.1:")
    assert said[1].startswith("control socket://127.0.0.1:")
    codes = [" ".join(row.split()[:2]) if row.startswith("error") else row for row in said[2:]]
    assert codes == [
        "error simulator.nothing-printed",
        "error simulator.nothing-printed",
        "error simulator.printer-command-unknown",
        "error simulator.printer-fault-unknown",
        "ok",
        "ok",
        "0",
        "ok",
        "ok",
    ]


def test_the_control_port_obeys_a_second_process(tmp_path: Path) -> None:
    running = RunningPrinter(PrinterServing(tcp="127.0.0.1:0", control="127.0.0.1:0"))
    try:
        running.printer.feed(b"hello\n")
        assert running.control_line is not None
        host, port = running.control_line.url.removeprefix("socket://").split(":")
        with socket.create_connection((host, int(port))) as client:
            answers = client.makefile()
            client.sendall(b"text\nrender " + str(tmp_path / "x.png").encode() + b"\nren")
            assert [answers.readline() for _ in range(3)] == ["hello\n", "ok\n", "ok\n"]
            client.sendall(f"der {tmp_path / 'no' / 'x.png'}\nquit\n".encode())
            assert answers.readline().startswith("error simulator.picture-refused")
            assert answers.readline() == "ok\n"
            answers.close()
        assert running.quit.wait(1)
        assert Image.open(io.BytesIO((tmp_path / "x.png").read_bytes())).format == "PNG"
    finally:
        running.stop()
