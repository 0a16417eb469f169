"""Receipts and sheets through a real CUPS, the one to a simulated printer (mission: M1, P13)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from counter_app.devices.printer.opening import open_printer
from counter_app.devices.printer.profiles import GENERIC_80
from counter_app.devices.queue.ipp_queue import IppQueue, cups_queues
from counter_app.devices.queue.port import TakenOut
from counter_app.devices.queue.queue_printer import RAW, QueuePatience, QueuePrinter
from counter_app.devices.queue.sheets import open_sheet_printer
from counter_app.use_cases.ports.printing import PrintEnd, PrinterState, PrintOutcome, Why
from tests.support.cups import Cups, real_cups
from tests.support.printers import eventually, order, receipt

PDF = b"%PDF-1.4\n%%EOF\n"


@pytest.fixture(scope="module")
def cups() -> Iterator[Cups]:
    with real_cups() as running:
        yield running


def test_the_queues_are_found(cups: Cups) -> None:
    assert {name for name, _ in cups_queues("127.0.0.1", cups.port)} == {"roll", "A4"}


def test_a_receipts_bytes_arrive_as_they_were(cups: Cups) -> None:
    printer = open_printer(cups.url("roll"), GENERIC_80)
    assert printer.state() is PrinterState.READY
    data = receipt()
    before = len(cups.printer.printer.sheets)
    assert printer.print_job(318, data) == PrintOutcome.unconfirmed(len(data), Why.SPOOLED)
    assert eventually(lambda: len(cups.printer.printer.sheets) == before + 1)
    sheet = cups.printer.printer.sheets[-1]
    assert (sheet.lines[0], sheet.rubbish) == ("收件凭证", ())
    printer.close()


@pytest.mark.parametrize("size", ["A4", "CR80"])
def test_a_sheet_goes_the_same_way(cups: Cups, size: str) -> None:
    printer = open_sheet_printer(cups.url("A4"))
    outcome = printer.print_sheet("B3-0318", PDF, size)
    assert (outcome.end, outcome.why) == (PrintEnd.SENT_UNCONFIRMED, Why.SPOOLED)
    printer.close()


def test_a_stopped_queue_gets_nothing_and_a_job_caught_by_it_is_taken_out(cups: Cups) -> None:
    queue = IppQueue(cups.url("roll"))
    printer = QueuePrinter(queue, patience=QueuePatience(ends=1.0))
    cups.order("cupsdisable", "roll")
    try:
        assert printer.state() is PrinterState.OFFLINE
        assert printer.print_job(1, receipt()) == PrintOutcome.failed(Why.OFFLINE)
        job = queue.send("counter-app-c1.2", receipt(), RAW)
        assert queue.waiting("counter-app-c1.2") == queue.waiting("counter-app-c1") == (job,)
        assert queue.waiting("counter-app-c") == queue.waiting("counter-app-c1.20") == ()
        assert queue.cancel(job) is TakenOut.UNTOUCHED
        assert queue.cancel(job) is TakenOut.GONE
        assert queue.waiting("counter-app-c1.2") == ()
    finally:
        cups.order("cupsenable", "roll")
    assert printer.state() is PrinterState.READY


def test_what_a_dead_process_left_is_taken_out_at_the_start_and_nothing_of_others(cups: Cups) -> None:
    queue = IppQueue(cups.url("roll"))
    cups.order("cupsdisable", "roll")
    left = [queue.send(f"counter-app-{name}", receipt(), RAW) for name in ("c1.7", "c1.8", "c2.7")]
    printer = open_printer(cups.url("roll"), GENERIC_80, own="c1")
    printed = len(cups.printer.printer.sheets)
    assert printer.state() is PrinterState.OFFLINE
    assert queue.waiting("counter-app-c1") == ()
    assert queue.waiting("counter-app-c2") == (left[2],)
    cups.order("cupsenable", "roll")
    assert eventually(lambda: len(cups.printer.printer.sheets) == printed + 1)
    printer.close()


def test_a_job_stuck_in_its_middle_is_known_to_have_begun(cups: Cups) -> None:
    queue = IppQueue(cups.url("roll"))
    order(cups.printer, "fault slow:50")
    try:
        job = queue.send("counter-app-c1.9", receipt(lines=60), RAW)
        assert eventually(lambda: queue.phase(job).name == "PROCESSING")
        assert queue.cancel(job) is TakenOut.BEGUN
    finally:
        assert eventually(lambda: queue.state() is PrinterState.READY)
        order(cups.printer, "fault power-cycle", "mend")


def test_a_queue_that_does_not_exist_is_absent(cups: Cups) -> None:
    printer = open_printer(cups.url("nobody"), GENERIC_80)
    assert printer.state() is PrinterState.ABSENT
    assert printer.print_job(1, receipt()) == PrintOutcome.failed(Why.ABSENT)
