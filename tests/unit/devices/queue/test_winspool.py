"""Windows' queue over a spooler in memory: what was cut short does not come out, nothing comes twice (M1)."""

from __future__ import annotations

import pytest

from counter_app.devices.queue.errors import QueueAway, QueueRefused, QueueTrouble
from counter_app.devices.queue.port import TakenOut
from counter_app.devices.queue.queue_printer import QueuePatience, QueuePrinter
from counter_app.devices.queue.winspool import SpoolPhase, WindowsQueue
from counter_app.use_cases.ports.printing import PrinterState, PrintOutcome, Why
from tests.support.windows_spooler import PRINTED, Job, Spooler

DATA = b"a paper of some length"
HASTY = QueuePatience(ends=0.05, look=0.005)


def lane(spooler: Spooler, *, alone: bool = False) -> QueuePrinter:
    return QueuePrinter(WindowsQueue("roll", spooler), "c1", alone=alone, patience=HASTY)


def test_a_paper_goes_through_in_pieces_and_is_not_taken_for_printed() -> None:
    spooler = Spooler(most=4)
    assert lane(spooler).print_job(7, DATA) == PrintOutcome.unconfirmed(len(DATA), Why.SPOOLED)
    assert spooler.paper == [DATA]
    assert spooler.begun[0].name == "counter-app-c1.7"
    assert spooler.opened == 0


def test_a_paper_cut_short_is_thrown_away_and_may_be_tried_again() -> None:
    spooler = Spooler(full=9)
    assert lane(spooler).print_job(7, DATA) == PrintOutcome.failed(Why.OFFLINE)
    assert (spooler.paper, spooler.queue) == ([], {})
    spooler.full = 1 << 20
    lane(spooler).print_job(7, DATA)
    assert spooler.paper == [DATA]


def test_a_paper_cut_short_after_windows_began_to_print_is_asked_about() -> None:
    spooler = Spooler(full=9, early=True)
    assert lane(spooler).print_job(7, DATA) == PrintOutcome.failed(Why.LINE_LOST, may_have_printed=True)
    assert spooler.queue == {}


def test_a_paper_that_cannot_be_thrown_away_is_taken_out_of_the_queue() -> None:
    spooler = Spooler(full=9, aborts=False)
    assert lane(spooler).print_job(7, DATA) == PrintOutcome.failed(Why.OFFLINE)
    assert spooler.queue == {}


def test_an_end_that_failed_is_no_certain_failure_unless_it_was_thrown_away() -> None:
    assert not lane(Spooler(ends=False)).print_job(7, DATA).may_have_printed
    assert lane(Spooler(ends=False, early=True)).print_job(7, DATA).may_have_printed
    with pytest.raises(QueueTrouble) as found:
        WindowsQueue("roll", Spooler(ends=False, aborts=False)).send("x", DATA, "")
    assert found.value.taken


def test_what_stays_in_the_queue_is_taken_out() -> None:
    spooler = Spooler(prints=False)
    assert lane(spooler).print_job(7, DATA) == PrintOutcome.failed(Why.OFFLINE)
    assert spooler.queue == {}


def test_what_is_stuck_in_its_middle_is_taken_out_and_asked_about() -> None:
    spooler = Spooler(prints=False, early=True)
    assert lane(spooler).print_job(7, DATA) == PrintOutcome.failed(Why.STALLED, may_have_printed=True)
    assert spooler.queue == {}


def test_old_papers_of_ours_alone_leave_the_queue_at_the_first_look() -> None:
    left = {3: Job("counter-app-c1.7", status=0), 4: Job("counter-app-c2.7"), 5: Job("Microsoft Word")}
    spooler = Spooler(queue=left)
    assert lane(spooler, alone=True).state() is PrinterState.UNKNOWN
    assert list(spooler.queue) == [4, 5]


def test_a_job_of_the_queue_goes_its_way() -> None:
    spooler = Spooler(prints=False)
    queue = WindowsQueue("roll", spooler)
    job = queue.send("counter-app-c1.7", DATA, "")
    assert queue.phase(job) is SpoolPhase.PENDING
    spooler.queue[job].status = PRINTED
    assert queue.waiting("counter-app-c1") == ()
    assert queue.cancel(job) is TakenOut.BEGUN
    assert queue.cancel(job) is TakenOut.GONE
    assert queue.phase(job) is SpoolPhase.COMPLETED


def test_a_printer_that_is_not_there_got_nothing() -> None:
    queue = WindowsQueue("roll", Spooler(there=False))
    with pytest.raises(QueueAway) as found:
        queue.send("x", DATA, "")
    assert not found.value.taken
    assert lane(Spooler(there=False)).print_job(7, DATA) == PrintOutcome.failed(Why.ABSENT)


def test_a_refused_paper_got_nowhere() -> None:
    class Refusing(Spooler):
        def start(self, handle: int, name: str) -> int:
            return 0

    with pytest.raises(QueueRefused) as found:
        WindowsQueue("roll", Refusing()).send("x", DATA, "")
    assert not found.value.taken
