"""A printer in trouble, through the whole program: the act stays, the job tells the truth (mission: M1, P10).

Each job ends printed, sent but unconfirmed, or failed with a reason; *printed* only for what really lies
there whole; nothing comes out twice unless the second one says 补打. The driver alone is tried byte by
byte in `tests/contract/printers`.
"""

from __future__ import annotations

import random
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from counter_app.use_cases.papers.papers import JobRow
from counter_app.use_cases.ports.printing import Why
from tests.conftest import LONG
from tests.support.demo import (
    CLERK,
    DemoHall,
    HandKeeper,
    assert_clean,
    hand_keeper,
    keeper_process,
    opened_demo,
    squeezed,
    start_keeper,
    until,
)
from tests.support.printers import order

ENDS = ("printed", "sent_unconfirmed", "failed")
END_OF_SLIP = "取号时间"  # among the last lines of a ticket
SAMPLES = 60
GREETING = 12  # bytes of the questions before a job


@pytest.fixture
def hall(training_home: Path, tmp_path: Path) -> Iterator[DemoHall]:
    with opened_demo(training_home, tmp_path) as opened:
        yield opened


@pytest.fixture
def keeper(hall: DemoHall) -> Iterator[HandKeeper]:
    with hand_keeper(hall) as working:
        yield working


def whole(hall: DemoHall, number: str) -> list[str]:
    """The texts of all finished, whole slips of a ticket, each clean."""
    found = []
    for sheet in hall.sheets_of(number):
        text = squeezed(sheet.text)
        if END_OF_SLIP in text and text.count("★演练无效★") == 2:
            found.append(text)
    return found


def assert_honest(hall: DemoHall, job: JobRow) -> None:
    """What the job says is what lies there; a second whole slip says that it is one."""
    slips = whole(hall, job.number)
    assert job.state in ENDS
    if job.state == "printed":
        assert slips
    if job.state == "failed":
        assert job.why
    if not job.may_have_printed:
        assert slips == []
    assert sum("补打" not in text for text in slips) <= 1


def retried_until_printed(hall: DemoHall, keeper: HandKeeper, job: JobRow, *, clean: bool = True) -> None:
    """The clerk presses retry; the same job, and never a silent second slip."""
    hall.program.papers.retry(CLERK, hall.key(), job.job)
    keeper.work()
    again = hall.only_job()
    assert again.job == job.job
    assert again.state == "printed", again
    assert hall.job(job.job).tries >= 1
    assert_honest(hall, again)
    if clean:
        assert_clean(hall.sheets[-1])
    assert ("补打" in hall.sheets[-1].text) == job.may_have_printed


@pytest.mark.parametrize(
    ("fault", "why"),
    [
        ("fault paper-out", Why.PAPER_OUT),
        ("fault cover-open", Why.COVER_OPEN),
        ("fault cutter-error", Why.CUTTER_ERROR),
        ("unplug", Why.ABSENT),
    ],
)
def test_trouble_before_the_paper_costs_a_retry_and_nothing_else(
    hall: DemoHall, keeper: HandKeeper, fault: str, why: Why
) -> None:
    order(hall.printer, fault)
    issued = hall.ticket("0603")
    keeper.work()
    job = hall.only_job()
    assert (job.state, job.why, job.may_have_printed) == ("failed", why.message, False)
    assert hall.program.waiting.call_next(CLERK, hall.key()) is not None  # the ticket is as good as any
    keeper.mend()
    retried_until_printed(hall, keeper, job)
    assert len(whole(hall, issued.number)) == 1


@pytest.mark.parametrize("lines", [1, 7, 15, 22])
def test_the_roll_ends_in_mid_receipt(hall: DemoHall, keeper: HandKeeper, lines: int) -> None:
    order(hall.printer, f"fault paper-out:{lines}")
    hall.ticket("0603")
    keeper.work()
    job = hall.only_job()
    assert_honest(hall, job)
    assert (job.state, job.why) == ("failed", Why.PAPER_OUT.message)
    keeper.mend()
    retried_until_printed(hall, keeper, job)


def test_a_printer_that_never_answers_leaves_the_paper_unconfirmed(
    hall: DemoHall, keeper: HandKeeper
) -> None:
    order(hall.printer, "fault silent")
    issued = hall.ticket("0603")
    keeper.work()
    job = hall.only_job()
    assert (job.state, job.why) == ("sent_unconfirmed", Why.NO_ANSWER.message)
    until(lambda: len(whole(hall, issued.number)) == 1, "it does print")
    hall.program.papers.confirm(CLERK, hall.key(), job.job, printed=True)
    keeper.work()
    assert hall.only_job().state == "printed"
    assert len(whole(hall, issued.number)) == 1


def test_a_printer_that_falls_silent_gets_nothing(hall: DemoHall, keeper: HandKeeper) -> None:
    first = hall.ticket("0603")
    keeper.work()
    order(hall.printer, "fault silent")
    second = hall.ticket("0603")
    keeper.work()
    printed, silent = hall.jobs()
    assert (printed.state, silent.state, silent.why) == ("printed", "failed", Why.SILENT.message)
    assert (len(whole(hall, first.number)), len(whole(hall, second.number))) == (1, 0)


def slip_bytes(template: Path, folder: Path) -> int:
    with opened_demo(template, folder) as hall, hand_keeper(hall) as keeper:
        hall.ticket("0603")
        keeper.work()
        (sheet,) = hall.sheets
        return len(sheet.data)


@pytest.fixture(scope="session")
def size(training_home: Path, tmp_path_factory: pytest.TempPathFactory) -> int:
    """Bytes of a ticket's slip."""
    return slip_bytes(training_home, tmp_path_factory.mktemp("size"))


def positions(size: int) -> list[int]:
    """Where the cable is pulled: everywhere, or at places that chance names."""
    everywhere = range(1, size + 40)  # beyond the slip: within the question for its end
    if LONG:
        return list(everywhere)
    return sorted([*random.Random(20261123).sample(everywhere, SAMPLES - 2), 1, size])


@pytest.mark.timeout(3600 if LONG else 120)
def test_unplugged_in_mid_receipt_anywhere(training_home: Path, tmp_path: Path, size: int) -> None:
    told = set()
    for position in positions(size):
        folder = tmp_path / str(position)
        with opened_demo(training_home, folder) as hall, hand_keeper(hall) as keeper:
            order(hall.printer, f"fault unplug:{position}")
            hall.ticket("0603")
            keeper.work()
            job = hall.only_job()
            assert_honest(hall, job)
            told.add(job.state)
            keeper.mend()
            if job.state != "printed":
                # a question cut in two leaves bytes that no printer prints, and the simulator names
                retried_until_printed(hall, keeper, job, clean=position > GREETING)
    assert "failed" in told


@pytest.mark.parametrize("at", [0.1, 0.5, 0.9])
def test_power_off_and_on_in_mid_receipt(hall: DemoHall, keeper: HandKeeper, size: int, at: float) -> None:
    """What stood in the printer's buffer is gone; the slip is not called printed for it."""
    order(hall.printer, f"fault paper-out:{max(1, int(24 * at))}")  # so that some of it stands in the buffer
    hall.ticket("0603")
    keeper.work()
    order(hall.printer, "fault power-cycle")
    job = hall.only_job()
    assert job.state == "failed"
    assert_honest(hall, job)
    keeper.mend()
    assert_honest(hall, hall.only_job())
    retried_until_printed(hall, keeper, job)


def test_nobody_decides_for_the_clerk_what_came_out(hall: DemoHall, keeper: HandKeeper, size: int) -> None:
    """An unconfirmed slip is not sent again by itself, however long the keeper goes on."""
    order(hall.printer, f"fault unplug:{size}")
    issued = hall.ticket("0603")
    keeper.work()
    job = hall.only_job()
    assert job.state != "printed"
    keeper.mend()
    other = hall.ticket("0603")
    keeper.work()
    states = {row.number: row.state for row in hall.jobs()}
    assert states == {issued.number: job.state, other.number: "printed"}
    assert len(whole(hall, issued.number)) <= 1
    assert len(whole(hall, other.number)) == 1


@pytest.mark.parametrize("share", [0.05, 0.4, 0.8] if not LONG else [n / 20 for n in range(20)])
def test_keeper_killed_while_printing(hall: DemoHall, size: int, share: float) -> None:
    """`kill -9` of the real keeper in mid-receipt: the next one asks, and prints clean papers."""
    order(hall.printer, "fault slow:9600")
    first = start_keeper(hall.home)
    try:
        issued = hall.ticket("0603")
        until(lambda: taken(hall) >= share * size, "the receipt comes")
    finally:
        first.send_signal(signal.SIGKILL)
        first.wait(10)
    assert hall.only_job().state == "printing"
    until(lambda: not hall.printer.line.is_connected, "the line is given up")
    order(hall.printer, "mend")
    with keeper_process(hall.home):
        until(lambda: hall.only_job().state == "sent_unconfirmed", "the next keeper tells")
        job = hall.only_job()
        assert job.why == Why.STOPPED.message
        assert_honest(hall, job)
        hall.program.papers.retry(CLERK, hall.key(), job.job)
        until(lambda: hall.only_job().state == "printed", "the second try prints")
    assert hall.only_job().job == job.job
    slips = whole(hall, issued.number)
    assert sum("补打" in text for text in slips) == 1
    assert sum("补打" not in text for text in slips) <= 1
    assert_clean(hall.sheets[-1])
    assert "补打" in hall.sheets[-1].text


def taken(hall: DemoHall) -> int:
    """Bytes of a receipt that the printer has done."""
    hanging = hall.printer.printer.hanging
    return len(hanging.data) if hanging is not None else 0
