"""IPP's bytes: what is asked, what is understood, and that noise is never taken for an answer."""

from __future__ import annotations

from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.devices.queue.cards import open_card_printer
from counter_app.devices.queue.errors import QueueUrlBad
from counter_app.devices.queue.ipp import AnswerDamaged, JobPhase, Operation, answer, request
from counter_app.devices.queue.ipp_queue import IppQueue, place, state_of
from counter_app.peripherals import Kind, Peripheral
from counter_app.use_cases.ports.printing import DrawnCard, PrinterState
from tests.support.print_queue import RunningQueue

GOOD: Final = (
    b"\x01\x01\x00\x00\x00\x00\x00\x01"
    b"\x01\x47\x00\x12attributes-charset\x00\x05utf-8"
    b"\x02\x21\x00\x06job-id\x00\x04\x00\x00\x00\x07"
    b"\x23\x00\x09job-state\x00\x04\x00\x00\x00\x09"
    b"\x44\x00\x11job-state-reasons\x00\x04none\x44\x00\x00\x00\x05other"
    b"\x03"
)


def test_a_request_is_what_the_standard_says() -> None:
    asked = request(Operation.GET_JOB, 1, (("printer-uri", "ipp://h/p"), ("job-id", 7)))
    assert asked == (
        b"\x01\x01\x00\x09\x00\x00\x00\x01\x01"
        b"\x47\x00\x12attributes-charset\x00\x05utf-8"
        b"\x48\x00\x1battributes-natural-language\x00\x02en"
        b"\x45\x00\x0bprinter-uri\x00\x09ipp://h/p"
        b"\x21\x00\x06job-id\x00\x04\x00\x00\x00\x07\x03"
    )


def test_a_second_value_bears_no_name_and_the_jobs_own_stand_apart() -> None:
    wanted = (("requested-attributes", "job-id"), ("requested-attributes", "job-name"), ("media", "x"))
    asked = request(Operation.GET_JOBS, 1, wanted)
    assert asked.endswith(b"\x00\x06job-id\x44\x00\x00\x00\x08job-name\x02\x44\x00\x05media\x00\x01x\x03")


@pytest.mark.parametrize(
    ("size", "media"),
    [("A4", "iso_a4_210x297mm"), ("A5", "iso_a5_148x210mm"), ("CR80", "iso_id-1_53.98x85.6mm")],
)
def test_a_sheet_or_card_goes_out_with_its_size_and_is_not_scaled(size: str, media: str) -> None:
    """Not the queue's usual A4 fitted to the page: the bytes that arrive say so (RFC 8010, PWG 5101.1)."""
    running = RunningQueue()
    try:
        IppQueue(running.url).send("counter-app-c1.1", b"%PDF-1.7", "application/pdf", size=size)
    finally:
        running.stop()
    (asked,) = running.queue.bytes_asked
    wanted = f"\x02\x44\x00\x05media\x00{chr(len(media))}{media}\x44\x00\x0dprint-scaling\x00\x04none\x03"
    assert asked.partition(b"%PDF")[0].endswith(wanted.encode("latin-1"))
    assert running.queue.jobs[1].data == b"%PDF-1.7"


def test_a_receipts_bytes_go_out_without_a_size() -> None:
    running = RunningQueue()
    try:
        IppQueue(running.url).send("counter-app-c1.1", b"\x1b@", "application/vnd.cups-raw")
    finally:
        running.stop()
    assert not {"media", "print-scaling"} & running.queue.jobs[1].asked.keys()


def test_a_card_printer_s_queue_is_told_that_it_is_a_card() -> None:
    running = RunningQueue()
    printer = open_card_printer(Peripheral(Kind.CARD_PRINTER, "cards", running.url))
    try:
        printer.print_card("C1", DrawnCard(lambda: b"%PDF-1.7", lambda: ()))
    finally:
        printer.close()
        running.stop()
    assert running.queue.jobs[1].asked["media"] == [b"iso_id-1_53.98x85.6mm"]


def test_an_answer_is_read() -> None:
    reply = answer(GOOD)
    assert reply.good
    (job,) = reply.groups
    assert (job["job-id"], JobPhase(int(job["job-state"][0]))) == ((7,), JobPhase.COMPLETED)
    assert job["job-state-reasons"] == ("none", "other")


@pytest.mark.parametrize("size", range(len(GOOD)))
def test_half_an_answer_is_none(size: int) -> None:
    with pytest.raises(AnswerDamaged):
        answer(GOOD[:size])


@given(st.binary(max_size=200))
def test_noise_is_refused_or_read_and_nothing_else(data: bytes) -> None:
    try:
        reply = answer(data)
    except AnswerDamaged:
        return
    assert 0 <= reply.status <= 0xFFFF


@pytest.mark.parametrize(
    ("reasons", "state", "expected"),
    [
        (("none",), 3, PrinterState.READY),
        (("media-low-warning",), 4, PrinterState.PAPER_NEAR_END),
        (("media-empty-error",), 5, PrinterState.PAPER_OUT),
        (("cover-open-report", "media-low-report"), 3, PrinterState.COVER_OPEN),
        (("offline-report",), 5, PrinterState.OFFLINE),
        (("none",), 5, PrinterState.OFFLINE),
    ],
)
def test_reasons_become_states(reasons: tuple[str, ...], state: int, expected: PrinterState) -> None:
    assert state_of({"printer-state": (state,), "printer-state-reasons": reasons}) is expected


def test_a_closed_queue_is_off_line() -> None:
    assert state_of({"printer-is-accepting-jobs": (False,)}) is PrinterState.OFFLINE


@pytest.mark.parametrize(
    ("url", "where"),
    [
        ("cups://A4", ("localhost", 631, "/printers/A4")),
        ("cups://10.0.0.1:6310/roll", ("10.0.0.1", 6310, "/printers/roll")),
        ("ipp://10.0.0.2", ("10.0.0.2", 631, "/ipp/print")),
    ],
)
def test_addresses(url: str, where: tuple[str, int, str]) -> None:
    assert place(url) == where


@pytest.mark.parametrize("url", ["cups://", "cups://h/a/b", "ipp://", "http://x", "ipp://h:port/", "A4"])
def test_what_is_no_address_of_a_queue(url: str) -> None:
    with pytest.raises(QueueUrlBad):
        place(url)
