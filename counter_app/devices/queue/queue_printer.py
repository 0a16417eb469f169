"""A receipt printer behind a print queue: raw bytes as one job, watched until the queue has done with it.

*Printed* is never said: a queue's "completed" means that the bytes left this machine. A job that stays in the
queue is taken out again, so that it does not come out in the morning (mission: M1).
"""

from __future__ import annotations

import threading
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from counter_app.devices.queue.errors import QueueTrouble
from counter_app.devices.queue.names import job_name, owner_name
from counter_app.devices.queue.port import Phase, Queue, TakenOut
from counter_app.errors import UserFacingError
from counter_app.use_cases.ports.printing import PrinterState, PrintOutcome, Why

RAW: Final = "application/vnd.cups-raw"
PDF: Final = "application/pdf"


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
_GOOD: Final = "COMPLETED"


class QueuePrinter:
    """A `ReceiptPrinter` (and, for `PDF`, a `SheetPrinter`). All calls but `close` come from one thread.

    `own` names who sends, a machine and its home, so that nobody else's job in a shared queue is touched.
    `alone`: nobody else sends under this name, so what waits at the start is a dead process's: out with it.
    """

    def __init__(
        self,
        queue: Queue,
        own: str = "",
        *,
        alone: bool = False,
        patience: QueuePatience | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._queue = queue
        self._owner = owner_name(own or uuid.uuid4().hex[:8])
        self._patience = patience or QueuePatience()
        self._clock = clock
        self._stop = threading.Event()
        self._unwanted = {self._owner} if alone else set[str]()  # owners and jobs of which nothing may wait

    def print_job(self, job_id: int, data: bytes, confirm: bool = True) -> PrintOutcome:
        """See `ReceiptPrinter.print_job`."""
        return self._carried_out(job_name(self._owner, job_id), data, RAW, "")

    def print_sheet(self, name: str, pdf: bytes, size: str, order: str = "") -> PrintOutcome:
        """See `SheetPrinter.print_sheet`."""
        return self._carried_out(job_name(self._owner, name, order), pdf, PDF, size)

    def take_out(self, name: str, order: str) -> PrintOutcome | None:
        """See `SheetPrinter.take_out`."""
        full = job_name(self._owner, name, order)
        try:
            taken = [self._queue.cancel(job) for job in self._queue.waiting(full)]
            if taken and self._queue.waiting(full):
                return None
        except UserFacingError:
            return None
        if taken and all(one is TakenOut.UNTOUCHED for one in taken):
            return PrintOutcome.failed(Why.STOPPED)
        return PrintOutcome.unconfirmed(0, Why.STOPPED)

    def interrupted(self, data: bytes) -> None:
        """Whatever of ours still waits in the queue is a dead process's: out with it, now or at the next
        question or paper."""
        self._unwanted.add(self._owner)
        self.state()

    def state(self) -> PrinterState:
        """See `ReceiptPrinter.state`. A queue that keeps what must not come out is off line for us."""
        try:
            return self._queue.state() if self._cleared() else PrinterState.OFFLINE
        except UserFacingError:
            return PrinterState.ABSENT

    def close(self) -> None:
        """Nothing is held open; a waiting `print_job` ends with `Why.STOPPED`."""
        self._stop.set()

    def _cleared(self) -> bool:
        """Take out what must not come out any more; True when nothing of it waits. Raises like the queue."""
        for wanted in tuple(self._unwanted):
            found = self._queue.waiting(wanted)
            for job in found:
                self._queue.cancel(job)
            if found and self._queue.waiting(wanted):
                return False
            self._unwanted.discard(wanted)
        return True

    def _carried_out(self, name: str, data: bytes, kind: str, size: str) -> PrintOutcome:
        if self._stop.is_set():
            return PrintOutcome.failed(Why.STOPPED)
        state = self.state()
        if not state.can_print:
            return PrintOutcome.failed(STATE_WHY[state])
        try:
            job = self._queue.send(name, data, kind, size=size)
        except UserFacingError as error:
            certain = isinstance(error, QueueTrouble) and not error.taken
            return PrintOutcome.failed(Why.OFFLINE) if certain else self._taken_back(name)
        return self._watched(name, job, len(data))

    def _watched(self, name: str, job: int, size: int) -> PrintOutcome:
        end = self._clock() + self._patience.ends
        while self._clock() < end:
            try:
                phase: Phase | None = self._queue.phase(job)
            except UserFacingError:
                phase = None
            if phase is not None and phase.ended:
                if phase.name == _GOOD:
                    return PrintOutcome.unconfirmed(size, Why.SPOOLED)
                return PrintOutcome.failed(Why.STALLED, size, may_have_printed=True)
            if self._stop.wait(self._patience.look):
                break
        return self._given_up(name, job, size)

    def _given_up(self, name: str, job: int, size: int) -> PrintOutcome:
        """It stays in the queue: out with it. Where it had begun nobody knows what is on paper."""
        try:
            taken = self._queue.cancel(job)
        except UserFacingError:
            self._unwanted.add(name)
            return PrintOutcome.unconfirmed(size, Why.NO_ANSWER)
        if taken is TakenOut.UNTOUCHED:
            return PrintOutcome.failed(Why.OFFLINE)
        self._unwanted.add(name)
        if taken is TakenOut.GONE:
            return PrintOutcome.unconfirmed(size, Why.SPOOLED)
        return PrintOutcome.failed(Why.STALLED, may_have_printed=True)

    def _taken_back(self, name: str) -> PrintOutcome:
        """The answer may have been lost after the queue took the job: look, and take it out. Where it is not
        found it may have come out already, or be on its way in: that is looked for again."""
        self._unwanted.add(name)
        try:
            taken = [self._queue.cancel(job) for job in self._queue.waiting(name)]
        except UserFacingError:
            return PrintOutcome.failed(Why.LINE_LOST, may_have_printed=True)
        if taken and all(one is TakenOut.UNTOUCHED for one in taken):
            return PrintOutcome.failed(Why.OFFLINE)
        return PrintOutcome.failed(Why.LINE_LOST, may_have_printed=True)
