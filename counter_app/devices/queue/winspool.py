"""Windows' print spooler as a `Queue` for raw jobs. Its library is in `winspool_library`.

Its calls block while a network printer is looked for: never on a window's thread.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import IntEnum
from typing import Final, Protocol

from counter_app.devices.queue.errors import QueueAway, QueueRefused
from counter_app.devices.queue.names import belongs
from counter_app.devices.queue.port import Queue, TakenOut
from counter_app.errors import UserFacingError, mark
from counter_app.use_cases.ports.printing import PrinterState

if sys.platform == "win32":
    from counter_app.devices.queue.winspool_library import WindowsSpooler

SCHEME: Final = "spooler"
# PRINTER_STATUS_* and JOB_STATUS_* of winspool.h, the worst first
_STATES: Final = (
    (0x00400000, PrinterState.COVER_OPEN),  # door open
    (0x00000010, PrinterState.PAPER_OUT),
    (0x00000040, PrinterState.PAPER_OUT),  # paper problem
    (0x00000008, PrinterState.OFFLINE),  # paper jam
    (0x00000080, PrinterState.OFFLINE),
    (0x00000001, PrinterState.OFFLINE),  # paused
    (0x00000002, PrinterState.OFFLINE),  # error
)
_JOB_ERRORS: Final = 0x00000002 | 0x00000020 | 0x00000040  # error, off line, out of paper
_JOB_DELETED: Final = 0x00000004 | 0x00000100
_JOB_PRINTED: Final = 0x00000080 | 0x00001000
_JOB_PRINTING: Final = 0x00000010
PAUSE, RESUME, DELETE = 1, 2, 5  # JOB_CONTROL_*


class SpoolPhase(IntEnum):
    """A job's way through Windows' spooler, in the names of `ipp.JobPhase`."""

    PENDING = 3
    PROCESSING = 5
    STOPPED = 6
    CANCELED = 7
    COMPLETED = 9

    @property
    def ended(self) -> bool:
        return self >= SpoolPhase.CANCELED


def printer_state(status: int) -> PrinterState:
    """PRINTER_INFO's status word. 0 is what Windows also says of printers it knows nothing about."""
    for bit, state in _STATES:
        if status & bit:
            return state
    return PrinterState.UNKNOWN


def job_phase(status: int) -> SpoolPhase:
    """JOB_INFO's status word."""
    if status & _JOB_PRINTED:
        return SpoolPhase.COMPLETED
    if status & _JOB_DELETED:
        return SpoolPhase.CANCELED
    if status & _JOB_ERRORS:
        return SpoolPhase.STOPPED
    return SpoolPhase.PROCESSING if status & _JOB_PRINTING else SpoolPhase.PENDING


class NoSpooler(UserFacingError):
    def __init__(self) -> None:
        super().__init__(
            "queue.no-spooler",
            mark("This system has no Windows print spooler."),
            remedy=mark("Here a queue is written cups://NAME."),
        )


class Spooler(Protocol):
    """The calls of Windows' library that printing takes. A `handle` is of an opened printer; 0 and None mean
    that the call failed."""

    def open(self, name: str) -> int: ...

    def close(self, handle: int) -> None: ...

    def start(self, handle: int, name: str) -> int:
        """Begin a raw document; its number in the queue."""
        ...

    def write(self, handle: int, data: bytes) -> int:
        """How many bytes were taken."""
        ...

    def end(self, handle: int) -> bool:
        """The document is whole."""
        ...

    def abort(self, handle: int) -> bool:
        """Throw the document under way away."""
        ...

    def status(self, handle: int) -> int | None:
        """The printer's status word."""
        ...

    def job(self, handle: int, job: int) -> int | None:
        """The job's status word; None where it is no longer in the queue."""
        ...

    def jobs(self, handle: int) -> tuple[tuple[int, str], ...] | None:
        """Number and name of all in the queue."""
        ...

    def order(self, handle: int, job: int, order: int) -> bool:
        """One of `PAUSE`, `RESUME`, `DELETE`."""
        ...

    def error(self) -> int:
        """Why the last call failed."""
        ...


class WindowsQueue:
    """A `Queue`: one printer of this Windows. Every call opens, asks and closes."""

    def __init__(self, name: str, spooler: Spooler) -> None:
        self.url = f"{SCHEME}://{name}"
        self._name = name
        self._spooler = spooler

    def state(self) -> PrinterState:
        with self._opened() as handle:
            status = self._spooler.status(handle)
        if status is None:
            raise QueueAway(self.url)
        return printer_state(status)

    def send(self, name: str, data: bytes, kind: str, *, size: str = "") -> int:
        with self._opened() as handle:
            job = self._spooler.start(handle, name)
            if not job:
                raise QueueRefused(self.url, self._spooler.error())
            if self._written(handle, data) and self._spooler.end(handle):
                return job
            why = self._spooler.error()
            raise QueueRefused(self.url, why, taken=not self._thrown_away(handle, job))

    def phase(self, job: int) -> SpoolPhase:
        with self._opened() as handle:
            status = self._spooler.job(handle, job)
        return SpoolPhase.COMPLETED if status is None else job_phase(status)  # what is done leaves the queue

    def cancel(self, job: int) -> TakenOut:
        with self._opened() as handle:
            untouched = self._held(handle, job)
            if not self._spooler.order(handle, job, DELETE):
                return TakenOut.GONE
        return TakenOut.UNTOUCHED if untouched else TakenOut.BEGUN

    def waiting(self, wanted: str) -> tuple[int, ...]:
        with self._opened() as handle:
            found = self._spooler.jobs(handle)
            if found is None:
                raise QueueAway(self.url)
            ours = [job for job, name in found if belongs(name, wanted)]
            status = {job: self._spooler.job(handle, job) for job in ours}
        return tuple(job for job, word in status.items() if word is not None and not job_phase(word).ended)

    def _written(self, handle: int, data: bytes) -> bool:
        """A call may take less than it was given."""
        at = 0
        while at < len(data):
            taken = self._spooler.write(handle, data[at:])
            if not taken:
                return False
            at += taken
        return True

    def _thrown_away(self, handle: int, job: int) -> bool:
        """A document cut short must not come out; True where certainly nothing of it did or will."""
        untouched = self._held(handle, job)
        return self._spooler.abort(handle) and untouched

    def _held(self, handle: int, job: int) -> bool:
        """Stop it where it is: Windows begins to print before a document is whole. True where it had not."""
        held = self._spooler.order(handle, job, PAUSE)
        status = self._spooler.job(handle, job)
        return held and status is not None and not status & (_JOB_PRINTING | _JOB_PRINTED)

    @contextmanager
    def _opened(self) -> Iterator[int]:
        handle = self._spooler.open(self._name)
        if not handle:
            raise QueueAway(self.url, taken=False)
        try:
            yield handle
        finally:
            self._spooler.close(handle)


if sys.platform == "win32":

    def windows_queue(name: str) -> Queue:
        """A printer of this Windows by its name."""
        return WindowsQueue(name, WindowsSpooler())

else:

    def windows_queue(name: str) -> Queue:
        """Not on this system."""
        raise NoSpooler
