"""What every receipt printer keeps, on every kind of line, and the end each trouble must have."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest

from counter_app.devices.printer.job import Patience
from counter_app.devices.printer.opening import open_printer
from counter_app.devices.printer.profiles import CLONE_80, EPSON_80, GENERIC_80, MUTE_80
from counter_app.simulators.printer.serving import RunningPrinter
from counter_app.use_cases.ports.printing import (
    PrintEnd,
    PrinterProfile,
    PrinterState,
    PrintOutcome,
    ReceiptPrinter,
    Why,
)
from tests.support.printers import HASTY, LINES, eventually, gbk, order, receipt, served

LONG_JOBS = bool(os.environ.get("COUNTER_APP_LONG"))
JOB = receipt()
VOID = b"\x1c&" + gbk("以上作废") + b"\n"

Served = Callable[..., tuple[RunningPrinter, ReceiptPrinter]]


@pytest.fixture(params=sorted(LINES))
def line(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def at(line: str) -> Iterator[Served]:
    """Makes a simulated printer on the line, and a driver for it."""
    with ExitStack() as stack:

        def make(
            profile: PrinterProfile = GENERIC_80, patience: Patience = HASTY, *faults: str
        ) -> tuple[RunningPrinter, ReceiptPrinter]:
            simulated = stack.enter_context(served(line))
            for fault in faults:
                order(simulated, f"fault {fault}")
            driver = open_printer(simulated.url, profile, void_note=VOID, patience=patience)
            stack.callback(driver.close)
            return simulated, driver

        yield make


def titles(simulated: RunningPrinter) -> list[str]:
    return [sheet.lines[0] if sheet.lines else "" for sheet in simulated.printer.sheets]


def again(simulated: RunningPrinter, under_way: bytes = b"") -> ReceiptPrinter:
    """A new process's driver, after the cable was put back."""
    order(simulated, "mend")
    driver = open_printer(simulated.url, GENERIC_80, void_note=VOID, patience=HASTY)
    if under_way:
        driver.interrupted(under_way)
    assert eventually(lambda: driver.state() is PrinterState.READY)
    return driver


def test_a_paper_is_printed_once_and_confirmed(at: Served) -> None:
    simulated, driver = at()
    assert driver.state() is PrinterState.READY
    outcome = driver.print_job(318, JOB)
    assert outcome == PrintOutcome.printed(len(JOB))
    (sheet,) = simulated.printer.sheets
    assert sheet.lines[0] == "收件凭证"
    assert sheet.rubbish == ()


def test_papers_follow_one_another_cleanly(at: Served) -> None:
    simulated, driver = at()
    for number in range(5):
        assert driver.print_job(number, receipt(f"第{number}张")).end is PrintEnd.PRINTED
    assert titles(simulated) == [f"第{number}张" for number in range(5)]
    assert not any(sheet.rubbish for sheet in simulated.printer.sheets)


@pytest.mark.parametrize("profile", [GENERIC_80, CLONE_80, EPSON_80], ids=lambda profile: profile.name)
def test_each_kind_of_printer_that_answers_confirms(at: Served, profile: PrinterProfile) -> None:
    _, driver = at(profile)
    assert [driver.print_job(number, JOB).end for number in (1, 2)] == [PrintEnd.PRINTED] * 2


def test_a_printer_without_process_ids_confirms_by_its_status(at: Served) -> None:
    simulated, driver = at(GENERIC_80, HASTY, "no-process-id")
    assert driver.print_job(1, JOB).end is PrintEnd.PRINTED
    assert len(simulated.printer.sheets) == 1


def test_no_confirmation_is_claimed_when_none_is_wanted(at: Served) -> None:
    simulated, driver = at()
    assert driver.print_job(1, JOB, confirm=False) == PrintOutcome.unconfirmed(len(JOB), Why.NOT_ASKED)
    assert eventually(lambda: len(simulated.printer.sheets) == 1)


@pytest.mark.parametrize(
    ("fault", "state", "why"),
    [
        ("paper-out", PrinterState.PAPER_OUT, Why.PAPER_OUT),
        ("cover-open", PrinterState.COVER_OPEN, Why.COVER_OPEN),
        ("cutter-error", PrinterState.CUTTER_ERROR, Why.CUTTER_ERROR),
    ],
)
def test_a_printer_in_trouble_gets_nothing_until_it_is_mended(
    at: Served, fault: str, state: PrinterState, why: Why
) -> None:
    simulated, driver = at(GENERIC_80, HASTY, fault)
    assert driver.state() is state
    assert driver.print_job(1, JOB) == PrintOutcome.failed(why)
    order(simulated, "mend")
    assert driver.state() is PrinterState.READY
    assert driver.print_job(1, JOB).end is PrintEnd.PRINTED
    assert titles(simulated) == ["收件凭证"]


def test_a_roll_near_its_end_still_prints(at: Served) -> None:
    _, driver = at(GENERIC_80, HASTY, "near-end")
    assert driver.state() is PrinterState.PAPER_NEAR_END
    assert driver.print_job(1, JOB).end is PrintEnd.PRINTED


@pytest.mark.parametrize("profile", [GENERIC_80, CLONE_80, EPSON_80], ids=lambda profile: profile.name)
@pytest.mark.parametrize("lines", [1, 5])
def test_paper_out_in_mid_receipt_is_noticed_and_the_next_paper_is_clean(
    at: Served, profile: PrinterProfile, lines: int
) -> None:
    simulated, driver = at(profile, HASTY, f"paper-out:{lines}")
    outcome = driver.print_job(1, JOB)
    assert (outcome.end, outcome.why, outcome.may_have_printed) == (PrintEnd.FAILED, Why.PAPER_OUT, True)
    assert driver.print_job(1, JOB) == PrintOutcome.failed(Why.PAPER_OUT)
    order(simulated, "mend")
    assert driver.print_job(2, receipt("补打")).end is PrintEnd.PRINTED
    assert titles(simulated)[-1] == "补打"
    assert simulated.printer.sheets[-1].rubbish == ()


def test_a_printer_that_can_forget_does_not_print_the_rest_with_the_new_roll(at: Served) -> None:
    simulated, driver = at(EPSON_80, HASTY, "paper-out:2")
    driver.print_job(1, JOB)
    order(simulated, "mend")
    driver.print_job(1, receipt("补打"))
    assert titles(simulated) == ["收件凭证", "补打"]
    assert simulated.printer.sheets[0].lines == ("收件凭证", "1. 身份证 原件 1 份", "以上作废")


@pytest.mark.parametrize("automatic", [True, False])
def test_a_cover_opened_while_it_prints_is_noticed(at: Served, automatic: bool) -> None:
    profile = replace(GENERIC_80, automatic_status=automatic)
    simulated, driver = at(profile, replace(HASTY, confirm=5.0), "slow:20000")
    opening = threading.Timer(0.2, lambda: order(simulated, "fault cover-open"))
    opening.start()
    outcome = driver.print_job(1, receipt(lines=60))
    opening.join()
    assert (outcome.end, outcome.why, outcome.may_have_printed) == (PrintEnd.FAILED, Why.COVER_OPEN, True)
    assert simulated.printer.sheets == ()


def test_a_printer_that_never_answered_is_sent_to_and_not_believed(at: Served) -> None:
    simulated, driver = at(GENERIC_80, HASTY, "silent")
    assert driver.state() is PrinterState.SILENT
    assert driver.print_job(1, JOB) == PrintOutcome.unconfirmed(len(JOB), Why.NO_ANSWER)
    assert eventually(lambda: titles(simulated) == ["收件凭证"])


def test_a_mute_printer_is_waited_for_less_after_the_first_paper(at: Served) -> None:
    _, driver = at(GENERIC_80, replace(HASTY, status=0.05, confirm=0.8, mute=0.1), "silent")
    taken = []
    for number in (1, 2):
        started = time.monotonic()
        driver.print_job(number, JOB)
        taken.append(time.monotonic() - started)
    assert taken[0] > 0.8 > taken[1]


def test_a_printer_that_falls_silent_gets_nothing(at: Served) -> None:
    simulated, driver = at()
    assert driver.print_job(1, JOB).end is PrintEnd.PRINTED
    order(simulated, "fault silent")
    assert driver.print_job(2, JOB) == PrintOutcome.failed(Why.SILENT)
    order(simulated, "mend")
    assert driver.print_job(2, JOB).end is PrintEnd.PRINTED
    assert len(simulated.printer.sheets) == 2


def test_a_printer_on_a_one_way_line_is_not_asked(at: Served) -> None:
    simulated, driver = at(MUTE_80, HASTY, "silent")
    assert driver.state() is PrinterState.UNKNOWN
    assert driver.print_job(1, JOB) == PrintOutcome.unconfirmed(len(JOB), Why.NOT_ASKED)
    assert eventually(lambda: len(simulated.printer.sheets) == 1)


def test_a_late_answer_proves_nothing_about_the_next_paper(at: Served) -> None:
    """Paper runs out before the first job's `GS r`, whose answer then comes with the new roll."""
    simulated, driver = at(CLONE_80, HASTY, "paper-out:3")
    assert driver.print_job(1, JOB).end is PrintEnd.FAILED
    mending = threading.Timer(0.05, lambda: order(simulated, "mend", "fault paper-out:12"))
    mending.start()
    mending.join()
    outcome = driver.print_job(2, receipt("第二张", lines=30))
    assert outcome.end is PrintEnd.FAILED


def test_closing_ends_a_waiting_job(at: Served) -> None:
    _, driver = at(GENERIC_80, replace(HASTY, confirm=30.0), "silent")
    closer = threading.Timer(0.8, driver.close)
    closer.start()
    started = time.monotonic()
    outcome = driver.print_job(1, JOB)
    closer.join()
    assert outcome == PrintOutcome.unconfirmed(len(JOB), Why.STOPPED)
    assert time.monotonic() - started < 5
    assert driver.print_job(2, JOB) == PrintOutcome.failed(Why.STOPPED)


def test_a_power_cut_never_ends_as_printed(at: Served) -> None:
    simulated, driver = at(GENERIC_80, HASTY, "paper-out:4")
    driver.print_job(1, JOB)
    order(simulated, "fault power-cycle")
    order(simulated, "mend")
    assert driver.print_job(1, receipt("补打")).end is PrintEnd.PRINTED
    assert titles(simulated)[-1] == "补打"


def test_an_absent_printer_is_told_and_found_when_it_comes_back(at: Served) -> None:
    simulated, driver = at()
    assert driver.print_job(1, JOB).end is PrintEnd.PRINTED
    order(simulated, "unplug")
    assert eventually(lambda: driver.state() is PrinterState.ABSENT)
    assert driver.print_job(2, JOB) == PrintOutcome.failed(Why.ABSENT)
    order(simulated, "mend")
    assert eventually(lambda: driver.state() is PrinterState.READY)
    assert driver.print_job(2, JOB).end is PrintEnd.PRINTED
    assert titles(simulated) == ["收件凭证", "收件凭证"]


def unplug_places() -> list[int]:
    if LONG_JOBS:
        return list(range(1, len(JOB) + 30))
    return sorted(
        {1, 2, 3, 5, 40, 130, 210, 300, 420, 505, len(JOB) - 4, len(JOB) - 1, len(JOB), len(JOB) + 8}
    )


@pytest.mark.parametrize("place", unplug_places())
def test_unplugged_anywhere_nothing_untrue_is_claimed(at: Served, place: int) -> None:
    """The paper after the cable is back is whole, and no half of the broken one stands on it."""
    simulated, driver = at()
    assert driver.state() is PrinterState.READY
    order(simulated, f"fault unplug:{place + 4 * 3 + 3}")  # past the four questions and GS a
    outcome = driver.print_job(1, JOB)
    whole = [sheet for sheet in simulated.printer.sheets if sheet.lines[-1:] == ("末行",)]
    if outcome.end is PrintEnd.PRINTED:
        assert whole
    if outcome.end is PrintEnd.FAILED:
        assert outcome.may_have_printed or not (simulated.printer.sheets or simulated.printer.hanging)
    driver.close()
    returned = again(simulated, JOB if outcome.may_have_printed else b"")
    assert returned.print_job(2, receipt("第二张")).end is PrintEnd.PRINTED
    last = simulated.printer.sheets[-1]
    assert (last.lines[0], last.lines[-1], last.rubbish) == ("第二张", "末行", ())
    returned.close()


def test_the_same_driver_flushes_what_it_left_half_sent(at: Served) -> None:
    simulated, driver = at()
    driver.state()
    order(simulated, "fault unplug:200")
    assert driver.print_job(1, JOB).end is not PrintEnd.PRINTED
    order(simulated, "mend")
    assert eventually(lambda: driver.state() is PrinterState.READY)
    assert driver.print_job(1, receipt("补打")).end is PrintEnd.PRINTED
    first, second = simulated.printer.sheets
    assert first.lines[-1] == "以上作废"
    assert (second.lines[0], second.rubbish) == ("补打", ())


def test_a_file_never_claims_paper(tmp_path: Path) -> None:
    one = open_printer((tmp_path / "papers.escpos").as_uri(), GENERIC_80)
    assert one.state() is PrinterState.FILED
    assert one.print_job(1, b"a\n") == PrintOutcome.unconfirmed(2, Why.FILED)
    one.print_job(2, b"b\n")
    assert (tmp_path / "papers.escpos").read_bytes() == b"a\nb\n"
    folder = open_printer(tmp_path.as_uri() + "/", GENERIC_80)
    for job, data in ((7, b"x"), (7, b"y"), (8, b"z")):
        assert folder.print_job(job, data).end is PrintEnd.SENT_UNCONFIRMED
    assert {path.name: path.read_bytes() for path in tmp_path.glob("[78]*")} == {
        "7.escpos": b"x",
        "7-2.escpos": b"y",
        "8.escpos": b"z",
    }


def test_a_file_that_cannot_be_written_is_a_failed_paper(tmp_path: Path) -> None:
    printer = open_printer((tmp_path / "no" / "papers.escpos").as_uri(), GENERIC_80)
    assert printer.state() is PrinterState.ABSENT
    assert printer.print_job(1, b"a\n") == PrintOutcome.failed(Why.FILE_REFUSED)
    folder = open_printer((tmp_path / "no").as_uri() + "/", GENERIC_80)
    assert folder.print_job(1, b"a\n") == PrintOutcome.failed(Why.FILE_REFUSED)
