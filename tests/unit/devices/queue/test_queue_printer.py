"""A job in a print queue ends truly: taken, refused, stuck, lost on the way; and none stays behind (M1)."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from counter_app.devices.queue.ipp import JobPhase
from counter_app.devices.queue.ipp_queue import QueueAway
from counter_app.devices.queue.queue_printer import Phase, QueuePatience, QueuePrinter
from counter_app.devices.queue.winspool import NoSpooler, SpoolPhase, job_phase, printer_state, windows_queue
from counter_app.use_cases.ports.printing import PrinterState, PrintOutcome, Why

DATA = b"paper"
HASTY = QueuePatience(ends=0.05, look=0.005)


@dataclass
class Queue:
    """Jobs by number with the phases they go through; `lost` loses the answer to a job that was taken."""

    phases: list[JobPhase] = field(default_factory=lambda: [JobPhase.COMPLETED])
    is_state: PrinterState = PrinterState.READY
    lost: bool = False
    away: bool = False
    jobs: dict[int, str] = field(default_factory=dict)
    cancelled: list[int] = field(default_factory=list)

    def state(self) -> PrinterState:
        self._need()
        return self.is_state

    def send(self, name: str, data: bytes, kind: str, *, size: str = "") -> int:
        self._need()
        self.jobs[len(self.jobs) + 1] = name
        if self.lost:
            raise QueueAway("cups://x")
        return len(self.jobs)

    def phase(self, job: int) -> Phase:
        self._need()
        return self.phases.pop(0) if len(self.phases) > 1 else self.phases[0]

    def cancel(self, job: int) -> bool:
        self._need()
        if self.phases[0].ended:
            return False
        self.cancelled.append(job)
        return True

    def waiting(self, name: str) -> tuple[int, ...]:
        self._need()
        return tuple(job for job, own in self.jobs.items() if own == name and job not in self.cancelled)

    def _need(self) -> None:
        if self.away:
            raise QueueAway("cups://x")


def printed(queue: Queue) -> PrintOutcome:
    return QueuePrinter(queue, patience=HASTY).print_job(7, DATA)


def test_a_queues_completed_is_not_paper() -> None:
    queue = Queue([JobPhase.PENDING, JobPhase.PROCESSING, JobPhase.COMPLETED])
    assert printed(queue) == PrintOutcome.unconfirmed(len(DATA), Why.SPOOLED)
    assert queue.jobs == {1: "counter-app-7"}


@pytest.mark.parametrize("state", [PrinterState.PAPER_OUT, PrinterState.OFFLINE, PrinterState.COVER_OPEN])
def test_a_queue_in_trouble_gets_nothing(state: PrinterState) -> None:
    queue = Queue(is_state=state)
    outcome = printed(queue)
    assert not outcome.may_have_printed
    assert queue.jobs == {}


def test_no_queue_is_an_absent_printer() -> None:
    assert printed(Queue(away=True)) == PrintOutcome.failed(Why.ABSENT)


def test_a_job_that_never_begins_is_taken_out_and_may_be_tried_again() -> None:
    queue = Queue([JobPhase.HELD])
    assert printed(queue) == PrintOutcome.failed(Why.OFFLINE)
    assert queue.cancelled == [1]


@pytest.mark.parametrize("phase", [JobPhase.PROCESSING, JobPhase.STOPPED])
def test_a_job_stuck_in_its_middle_is_taken_out_and_asked_about(phase: JobPhase) -> None:
    queue = Queue([phase])
    assert printed(queue) == PrintOutcome.failed(Why.STALLED, may_have_printed=True)
    assert queue.cancelled == [1]


def test_an_aborted_job_is_asked_about() -> None:
    assert printed(Queue([JobPhase.ABORTED])) == PrintOutcome.failed(Why.STALLED, 5, may_have_printed=True)


def test_a_job_whose_receipt_was_lost_does_not_stay_in_the_queue() -> None:
    queue = Queue([JobPhase.PENDING], lost=True)
    assert not printed(queue).may_have_printed
    assert queue.cancelled == [1]


def test_after_a_crash_the_old_job_is_taken_out_first() -> None:
    queue = Queue([JobPhase.PENDING, JobPhase.COMPLETED], jobs={1: "counter-app-7"})
    printer = QueuePrinter(queue, patience=HASTY)
    printer.interrupted(DATA)
    printer.print_job(7, DATA)
    assert queue.cancelled == [1]
    assert list(queue.jobs) == [1, 2]


def test_a_closing_program_leaves_no_job_behind() -> None:
    queue = Queue([JobPhase.PENDING])
    printer = QueuePrinter(queue, patience=QueuePatience(ends=30, look=0.01))
    printer.close()
    assert printer.print_job(7, DATA) == PrintOutcome.failed(Why.STOPPED)
    assert queue.jobs == {}


@pytest.mark.parametrize(
    ("status", "state"),
    [(0, "unknown"), (0x10, "paper_out"), (0x80, "offline"), (0x00400010, "cover_open"), (2, "offline")],
)
def test_windows_status_words(status: int, state: str) -> None:
    assert printer_state(status).value == state


@pytest.mark.parametrize(
    ("status", "phase"),
    [
        (0, SpoolPhase.PENDING),
        (0x10, SpoolPhase.PROCESSING),
        (0x12, SpoolPhase.STOPPED),
        (0x80, SpoolPhase.COMPLETED),
        (0x100, SpoolPhase.CANCELED),
    ],
)
def test_windows_jobs_go_the_same_way(status: int, phase: SpoolPhase) -> None:
    assert job_phase(status) is phase


def test_elsewhere_there_is_no_windows_spooler() -> None:
    with pytest.raises(NoSpooler):
        windows_queue("roll")
