"""A print queue made of software: IPP over HTTP on a simulated cable, before a simulated receipt printer.

It reads and writes the protocol's bytes by itself (RFC 8010) and works a step at each question it answered: a
job that waits begins, and comes out; one that began is completed. Stopped, it keeps what waits, also while it
is switched off.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Final

from counter_app.simulators.imaging.device import WebSimulator, reply_of
from counter_app.simulators.printer.control import PrinterControl
from counter_app.simulators.printer.device import PrinterSimulator
from counter_app.simulators.printer.sheet import Sheet
from counter_app.simulators.serving import DeviceServing, RunningDevice


class Operation(IntEnum):
    PRINT = 0x0002
    CANCEL = 0x0008
    JOB = 0x0009
    JOBS = 0x000A
    PRINTER = 0x000B


PENDING, PROCESSING, CANCELED, ABORTED, COMPLETED = 3, 5, 7, 8, 9
GOOD, NOT_POSSIBLE, NOT_FOUND, BAD_FORMAT, NO_SUCH_OPERATION = 0x0000, 0x0404, 0x0406, 0x040A, 0x0501
FORMATS: Final = ("application/vnd.cups-raw", "application/pdf")
REASONS: Final = {
    "paper-out": "media-empty-error",
    "cover-open": "cover-open-error",
    "cutter-error": "cutter-error",
    "near-end": "media-low-warning",
}
HALTS: Final = ("paper-out", "cover-open", "cutter-error")
_INTEGER, _ENUM, _BOOLEAN, _NO_VALUE, _KEYWORD, _NAME = 0x21, 0x23, 0x22, 0x13, 0x44, 0x42
Value = tuple[int, bytes]
Group = tuple[int, dict[str, tuple[Value, ...]]]


@dataclass
class QueueJob:
    name: str
    user: str
    data: bytes
    asked: dict[str, list[bytes]]
    state: int = PENDING
    begun: bool = False


@dataclass(frozen=True)
class Request:
    operation: int
    number: int
    asked: dict[str, list[bytes]]
    document: bytes

    def text(self, name: str) -> str:
        return self.asked.get(name, [b""])[0].decode("utf-8", "replace")

    @property
    def job(self) -> int:
        return int.from_bytes(self.asked.get("job-id", [b""])[0], "big")


def read(data: bytes) -> Request:
    """Raises ValueError for what is no request."""
    try:
        operation, number = struct.unpack_from(">HI", data, 2)
        asked: dict[str, list[bytes]] = {}
        at, name = 8, ""
        while data[at] != 0x03:
            if data[at] < 0x10:
                at += 1
                continue
            name_size = int.from_bytes(data[at + 1 : at + 3], "big")
            name = data[at + 3 : at + 3 + name_size].decode("latin-1") or name
            at += 3 + name_size
            size = int.from_bytes(data[at : at + 2], "big")
            asked.setdefault(name, []).append(data[at + 2 : at + 2 + size])
            at += 2 + size
    except (IndexError, struct.error) as error:
        raise ValueError(data) from error
    return Request(operation, number, asked, data[at + 1 :])


def written(status: int, number: int, groups: Iterable[Group]) -> bytes:
    told = b"\x01\x01" + struct.pack(">HI", status, number)
    usual: dict[str, tuple[Value, ...]] = {
        "attributes-charset": ((0x47, b"utf-8"),),
        "attributes-natural-language": ((0x48, b"en"),),
    }
    for tag, attributes in ((0x01, usual), *groups):
        told += bytes((tag,))
        for name, values in attributes.items():
            for at, (kind, content) in enumerate(values):
                key = b"" if at else name.encode()
                told += struct.pack(f">BH{len(key)}sH", kind, len(key), key, len(content)) + content
    return told + b"\x03"


def _integer(value: int, kind: int = _INTEGER) -> tuple[Value, ...]:
    return ((kind, struct.pack(">i", value)),)


@dataclass
class SimulatedQueue(WebSimulator):
    """`stopped` keeps what waits; `busy` too, and does not say so (another's job goes first). `keeps` lets
    nothing go; `faults` are the printer's."""

    most = 1 << 22

    printer: PrinterSimulator = field(default_factory=PrinterSimulator)
    stopped: bool = False
    busy: bool = False
    keeps: bool = False
    faults: set[str] = field(default_factory=set)
    bytes_asked: list[bytes] = field(default_factory=list)
    jobs: dict[int, QueueJob] = field(default_factory=dict)

    def __post_init__(self) -> None:
        super().__init__()

    @property
    def left(self) -> list[str]:
        """Names of what has not ended."""
        return [job.name for job in self.jobs.values() if job.state < CANCELED]

    def answer(self, method: str, path: str, body: bytes) -> bytes:
        self.bytes_asked.append(body)
        try:
            request = read(body)
        except ValueError:
            return reply_of(404)
        status, groups = self._answered(request)
        reply = written(status, request.number, groups)
        self._work()
        return reply_of(200, reply, "application/ipp")

    def power_on(self) -> None:
        """What was being printed is given up; what waits is kept."""
        self.printer.power_on()
        for job in self.jobs.values():
            if job.state == PROCESSING:
                job.state = ABORTED

    def _answered(self, asked: Request) -> tuple[int, list[Group]]:
        job = self.jobs.get(asked.job)
        match asked.operation:
            case Operation.PRINTER:
                return GOOD, [(0x04, self._printer_told())]
            case Operation.JOBS:
                return GOOD, [(0x02, self._told(number)) for number in self._own(asked)]
            case Operation.PRINT if asked.text("document-format") not in FORMATS:
                return BAD_FORMAT, []
            case Operation.PRINT:
                number = len(self.jobs) + 1
                user = asked.text("requesting-user-name")
                self.jobs[number] = QueueJob(asked.text("job-name"), user, asked.document, asked.asked)
                return GOOD, [(0x02, self._told(number))]
            case Operation.CANCEL | Operation.JOB if job is None:
                return NOT_FOUND, []
            case Operation.JOB:
                return GOOD, [(0x02, self._told(asked.job))]
            case Operation.CANCEL if job is not None:
                return self._cancelled(job), []
        return NO_SUCH_OPERATION, []

    def _cancelled(self, job: QueueJob) -> int:
        if self.keeps or job.state >= CANCELED:
            return NOT_POSSIBLE
        job.state = CANCELED
        return GOOD

    def _own(self, asked: Request) -> list[int]:
        user = asked.text("requesting-user-name")
        return [number for number, job in self.jobs.items() if job.user == user and job.state < CANCELED]

    def _told(self, number: int) -> dict[str, tuple[Value, ...]]:
        job = self.jobs[number]
        return {
            "job-id": _integer(number),
            "job-name": ((_NAME, job.name.encode()),),
            "job-state": _integer(job.state, _ENUM),
            "time-at-processing": _integer(1) if job.begun else ((_NO_VALUE, b""),),
        }

    def _printer_told(self) -> dict[str, tuple[Value, ...]]:
        reasons = [REASONS[fault] for fault in sorted(self.faults)] or ["none"]
        return {
            "printer-state": _integer(5 if self.stopped or self._halted else 3, _ENUM),
            "printer-state-reasons": tuple((_KEYWORD, reason.encode()) for reason in reasons),
            "printer-is-accepting-jobs": ((_BOOLEAN, b"\x01"),),
            "printer-make-and-model": ((0x41, b"Simulated queue"),),
        }

    @property
    def _halted(self) -> bool:
        return any(fault in HALTS for fault in self.faults)

    def _work(self) -> None:
        waiting = next((job for job in self.jobs.values() if job.state < CANCELED), None)
        if waiting is None or self.stopped or self.busy or self._halted:
            return
        if waiting.state == PROCESSING:
            waiting.state = COMPLETED
            return
        waiting.state, waiting.begun = PROCESSING, True
        self.printer.feed(waiting.data)


class QueueControl(PrinterControl):
    """A printer's control lines, the faults told by the queue."""

    def __init__(self, queue: SimulatedQueue) -> None:
        super().__init__(queue.printer)
        self._queue = queue

    def _own(self, line: str, verb: str, rest: str) -> tuple[str, ...]:
        if verb == "fault" and rest in REASONS:
            self._queue.faults.add(rest)
        if verb == "mend":
            self._queue.faults.clear()
        return super()._own(line, verb, rest)


class RunningQueue(RunningDevice):
    """The queue on a free port of this machine."""

    def __init__(self) -> None:
        self.queue = SimulatedQueue()
        super().__init__(self.queue, QueueControl(self.queue), DeviceServing(tcp="127.0.0.1:0"))

    @property
    def url(self) -> str:
        """As the driver wants it."""
        return f"ipp:{self.line.url.partition(':')[2]}/ipp/print"

    @property
    def sheets(self) -> tuple[Sheet, ...]:
        return self.queue.printer.sheets
