"""A receipt printer behind a print queue: raw bytes as one job, watched until the queue has done with it.

*Printed* is never said: a queue's "completed" means that the bytes left this machine. A job that stays in the
queue is taken out again, so that it does not come out in the morning (mission: M1).
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Protocol

from counter_app.errors import UserFacingError
from counter_app.use_cases.ports.printing import PrinterState, PrintOutcome, Why

RAW: Final = "application/vnd.cups-raw"
PDF: Final = "application/pdf"
NAME: Final = "counter-app"


class Phase(Protocol):
    """`ipp.JobPhase` and its like."""

    @property
    def ended(self) -> bool: ...

    @property
    def name(self) -> str: ...


class Queue(Protocol):
    """What both kinds of queue do. All but `__init__` raise UserFacingError when it is away or refuses."""

    def state(self) -> PrinterState: ...

    def send(self, name: str, data: bytes, kind: str, *, size: str = "") -> int: ...

    def phase(self, job: int) -> Phase: ...

    def cancel(self, job: int) -> bool: ...

    def waiting(self, name: str) -> tuple[int, ...]: ...


@dataclass(frozen=True, slots=True)
class QueuePatience:
    """Seconds a job may stay in the queue, and between two looks at it."""

    ends: float = 20.0
    look: float = 0.25


STATE_WHY: Final = {
    PrinterState.PAPER_OUT: Why.PAPER_OUT,
    PrinterState.COVER_OPEN: Why.COVER_OPEN,
    PrinterState.CUTTER_ERROR: Why.CUTTER_ERROR,
    PrinterState.OFFLINE: Why.OFFLINE,
    PrinterState.ABSENT: Why.ABSENT,
}
_NOT_BEGUN: Final = ("PENDING", "HELD")
_GOOD: Final = "COMPLETED"


class QueuePrinter:
    """A `ReceiptPrinter` (and, for `PDF`, a `SheetPrinter`). All calls but `close` come from one thread."""

    def __init__(
        self,
        queue: Queue,
        *,
        patience: QueuePatience | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._queue = queue
        self._patience = patience or QueuePatience()
        self._clock = clock
        self._stop = threading.Event()
        self._clear_first = False

    def print_job(self, job_id: int, data: bytes, confirm: bool = True) -> PrintOutcome:
        """See `ReceiptPrinter.print_job`."""
        return self._carried_out(f"{NAME}-{job_id}", data, RAW, "")

    def print_sheet(self, name: str, pdf: bytes, size: str) -> PrintOutcome:
        """See `SheetPrinter.print_sheet`."""
        return self._carried_out(f"{NAME}-{name}", pdf, PDF, size)

    def interrupted(self, data: bytes) -> None:
        """Whatever still waits in the queue of a process that died is taken out first."""
        self._clear_first = True

    def state(self) -> PrinterState:
        """See `ReceiptPrinter.state`."""
        try:
            return self._queue.state()
        except UserFacingError:
            return PrinterState.ABSENT

    def close(self) -> None:
        """Nothing is held open; a waiting `print_job` ends with `Why.STOPPED`."""
        self._stop.set()

    def _carried_out(self, name: str, data: bytes, kind: str, size: str) -> PrintOutcome:
        if self._stop.is_set():
            return PrintOutcome.failed(Why.STOPPED)
        state = self.state()
        if not state.can_print:
            return PrintOutcome.failed(STATE_WHY[state])
        try:
            if self._clear_first:
                for old in self._queue.waiting(name):
                    self._queue.cancel(old)
                self._clear_first = False
            job = self._queue.send(name, data, kind, size=size)
        except UserFacingError:
            # the answer may have been lost after the queue took the job: look, and take it out
            return self._taken_back(name)
        return self._watched(job, len(data))

    def _watched(self, job: int, size: int) -> PrintOutcome:
        end = self._clock() + self._patience.ends
        phase: Phase | None = None
        while self._clock() < end:
            try:
                phase = self._queue.phase(job)
            except UserFacingError:
                phase = None
            if phase is not None and phase.ended:
                if phase.name == _GOOD:
                    return PrintOutcome.unconfirmed(size, Why.SPOOLED)
                return PrintOutcome.failed(Why.STALLED, size, may_have_printed=True)
            if self._stop.wait(self._patience.look):
                break
        return self._given_up(job, size, phase)

    def _given_up(self, job: int, size: int, phase: Phase | None) -> PrintOutcome:
        """It stays in the queue: out with it. Where it had begun nobody knows what is on paper."""
        try:
            cancelled = self._queue.cancel(job)
        except UserFacingError:
            return PrintOutcome.unconfirmed(size, Why.NO_ANSWER)
        if not cancelled:
            return PrintOutcome.unconfirmed(size, Why.SPOOLED)
        begun = phase is None or phase.name not in _NOT_BEGUN
        return PrintOutcome.failed(Why.STALLED if begun else Why.OFFLINE, 0, may_have_printed=begun)

    def _taken_back(self, name: str) -> PrintOutcome:
        try:
            found = self._queue.waiting(name)
            left = [job for job in found if not self._queue.cancel(job)]
        except UserFacingError:
            self._clear_first = True
            return PrintOutcome.failed(Why.LINE_LOST, may_have_printed=True)
        if found:
            return PrintOutcome.failed(Why.OFFLINE, may_have_printed=bool(left))
        return PrintOutcome.failed(Why.ABSENT)
