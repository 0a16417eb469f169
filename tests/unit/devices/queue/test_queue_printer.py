"""A job in a print queue ends truly: taken, refused, stuck, lost on the way; and none stays behind (M1)."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from counter_app.devices.queue.errors import QueueAway
from counter_app.devices.queue.ipp import JobPhase
from counter_app.devices.queue.names import belongs
from counter_app.devices.queue.port import Phase, TakenOut
from counter_app.devices.queue.queue_printer import QueuePatience, QueuePrinter
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
    keeps: bool = False  # lets no job go
    jobs: dict[int, str] = field(default_factory=dict)
    cancelled: list[int] = field(default_factory=list)
    ended: list[int] = field(default_factory=list)

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
        phase = self.phases.pop(0) if len(self.phases) > 1 else self.phases[0]
        if phase.ended:
            self.ended.append(job)
        return phase

    def cancel(self, job: int) -> TakenOut:
        self._need()
        if job in self.ended or self.keeps:
            return TakenOut.GONE
        self.cancelled.append(job)
        return TakenOut.UNTOUCHED if self.phases[0].name in ("PENDING", "HELD") else TakenOut.BEGUN

    def waiting(self, wanted: str) -> tuple[int, ...]:
        self._need()
        left = (job for job in self.jobs if job not in (*self.cancelled, *self.ended))
        return tuple(job for job in left if belongs(self.jobs[job], wanted))

    def names(self) -> list[str]:
        """What still waits."""
        return [self.jobs[job] for job in self.jobs if job not in (*self.cancelled, *self.ended)]

    def _need(self) -> None:
        if self.away:
            raise QueueAway("cups://x")


def printer(queue: Queue, *, alone: bool = False) -> QueuePrinter:
    return QueuePrinter(queue, "c1", alone=alone, patience=HASTY)


def printed(queue: Queue) -> PrintOutcome:
    return printer(queue).print_job(7, DATA)


def test_a_queues_completed_is_not_paper() -> None:
    queue = Queue([JobPhase.PENDING, JobPhase.PROCESSING, JobPhase.COMPLETED])
    assert printed(queue) == PrintOutcome.unconfirmed(len(DATA), Why.SPOOLED)
    assert queue.jobs == {1: "counter-app-c1.7"}


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


def test_a_job_that_may_have_come_out_before_its_receipt_was_lost_is_asked_about() -> None:
    queue = Queue(lost=True, ended=[1])
    assert printed(queue) == PrintOutcome.failed(Why.LINE_LOST, may_have_printed=True)


def test_after_a_crash_all_old_jobs_are_taken_out_at_once() -> None:
    """Not only those of the paper that is printed next."""
    queue = Queue([JobPhase.PENDING, JobPhase.COMPLETED], jobs={1: "counter-app-c1.7", 2: "counter-app-c1.3"})
    lane = printer(queue)
    lane.interrupted(DATA)
    assert queue.cancelled == [1, 2]
    lane.print_job(8, DATA)
    queue.phases = [JobPhase.COMPLETED]
    lane.print_job(7, DATA)
    assert list(queue.jobs.values())[2:] == ["counter-app-c1.8", "counter-app-c1.7"]
    assert queue.names() == []


def test_what_survived_a_power_cut_is_taken_out_at_the_first_look() -> None:
    queue = Queue([JobPhase.PENDING], jobs={1: "counter-app-c1.7"})
    lane = printer(queue, alone=True)
    assert lane.state() is PrinterState.READY
    assert queue.cancelled == [1]


def test_nobody_elses_jobs_are_touched() -> None:
    theirs = {1: "counter-app-c11.7", 2: "counter-app-c1-sheets.7", 3: "counter-app-c.7", 4: "c1.7"}
    queue = Queue([JobPhase.PENDING], jobs=dict(theirs))
    lane = printer(queue, alone=True)
    lane.interrupted(DATA)
    assert lane.state() is PrinterState.READY
    assert queue.cancelled == []


def test_a_queue_that_was_away_is_cleared_before_anything_is_printed_again() -> None:
    queue = Queue([JobPhase.PENDING], away=True, jobs={1: "counter-app-c1.7"})
    lane = printer(queue)
    lane.interrupted(DATA)
    assert lane.state() is PrinterState.ABSENT
    queue.away = False
    assert lane.state() is PrinterState.READY
    assert queue.cancelled == [1]


def test_a_queue_that_keeps_an_old_job_gets_no_new_one() -> None:
    queue = Queue([JobPhase.PENDING], keeps=True, jobs={1: "counter-app-c1.7"})
    lane = printer(queue, alone=True)
    assert lane.state() is PrinterState.OFFLINE
    assert lane.print_job(8, DATA) == PrintOutcome.failed(Why.OFFLINE)
    assert list(queue.jobs) == [1]
    queue.keeps = False
    assert lane.state() is PrinterState.READY


@pytest.mark.parametrize(
    ("phase", "end"),
    [
        (JobPhase.PENDING, PrintOutcome.failed(Why.STOPPED)),
        (JobPhase.PROCESSING, PrintOutcome.unconfirmed(0, Why.STOPPED)),
    ],
)
def test_a_dead_process_sheet_is_taken_out_by_its_name(phase: JobPhase, end: PrintOutcome) -> None:
    queue = Queue([phase], jobs={1: "counter-app-c1.B3-1.aa", 2: "counter-app-c1.B3-1.bb"})
    assert printer(queue).take_out("B3-1", "aa") == end
    assert queue.names() == ["counter-app-c1.B3-1.bb"]


def test_a_sheet_that_is_no_longer_there_is_asked_about() -> None:
    assert printer(Queue()).take_out("B3-1", "aa") == PrintOutcome.unconfirmed(0, Why.STOPPED)


def test_a_sheet_stays_to_be_taken_out_while_its_queue_does_not_let_it_go() -> None:
    queue = Queue([JobPhase.PENDING], keeps=True, jobs={1: "counter-app-c1.B3-1.aa"})
    assert printer(queue).take_out("B3-1", "aa") is None
    queue.away = True
    assert printer(queue).take_out("B3-1", "aa") is None


def test_what_was_given_up_and_kept_by_the_queue_stops_the_next_paper() -> None:
    queue = Queue([JobPhase.PENDING], keeps=True)
    lane = printer(queue)
    assert lane.print_job(7, DATA) == PrintOutcome.unconfirmed(len(DATA), Why.SPOOLED)
    assert lane.state() is PrinterState.OFFLINE


def test_a_closing_program_leaves_no_job_behind() -> None:
    queue = Queue([JobPhase.PENDING])
    lane = QueuePrinter(queue, patience=QueuePatience(ends=30, look=0.01))
    lane.close()
    assert lane.print_job(7, DATA) == PrintOutcome.failed(Why.STOPPED)
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
