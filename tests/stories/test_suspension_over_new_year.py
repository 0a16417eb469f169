"""A case is suspended in December and goes on in January, in a year whose calendar is not announced yet."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest

from counter_app.clock import HALL_ZONE
from counter_app.domain.paper.facts_time import ProgressSlipFacts, TimeNoticeFacts
from counter_app.use_cases.time.requests import Request
from tests.support.intake_hall import CLERK, OVERSEER
from tests.support.time_hall import ADMIN, HANDLER, OTHER_HANDLER, TimeHall, opened

NOTICE = {
    "2027": {
        "off": ["2027-01-01", "2027-01-02", "2027-01-03"]
        + [f"2027-02-{n:02d}" for n in range(5, 12)]
        + [f"2027-05-0{n}" for n in range(1, 6)]
        + [f"2027-10-0{n}" for n in range(1, 8)],
        "work": ["2027-01-30"],
    }
}


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[TimeHall]:
    yield from opened(tmp_path, datetime(2026, 12, 24, 10, 0, tzinfo=HALL_ZONE))


# mission: C8 T1 T2 T3 T4 S1
def test_a_suspension_over_new_year_gives_back_every_day_and_blames_nobody(hall: TimeHall) -> None:
    # Thursday 24 December: accepted; ten working days, the year 2027 not announced
    case = hall.accepted("0602")
    assert (hall.clock_of(case).promised_due, hall.clock_of(case).provisional) == (date(2027, 1, 8), True)

    # Monday 28 December: the handler asks, another approves, the citizen is told
    hall.at("2026-12-28")
    wanted = Request(
        kind="suspension",
        expected=date(2027, 1, 12),
        reason="等待户籍地出具生育状况证明",
        does="每周电话催询一次",
    )
    ask = hall.time.commands.ask(HANDLER, hall.key(), case, wanted)
    hall.time.commands.approve(OTHER_HANDLER, hall.key(), case, ask)
    notice = hall.last_paper(case)
    assert isinstance(notice, TimeNoticeFacts)
    assert (notice.part, notice.now, notice.expected) == ("suspension", None, date(2027, 1, 12))

    # over New Year nothing is late, although the old date has passed
    hall.at("2027-01-11")
    hall.time.by_clock.step()
    view = hall.time.queries.clock(case)
    assert (view.level, view.left) == ("", None)
    assert hall.time.queries.board().lines == ()  # nor is the review that stands with it
    assert hall.time.queries.suspended(OVERSEER)[0].does == "每周电话催询一次"

    # Tuesday 12 January: it goes on; one day was used up, nine are left
    hall.at("2027-01-12")
    hall.time.commands.resume(HANDLER, hall.key(), case)
    assert hall.clock_of(case).promised_due == date(2027, 1, 25)
    notice = hall.last_paper(case)
    assert isinstance(notice, TimeNoticeFacts)
    assert (notice.part, notice.now) == ("resumed", date(2027, 1, 25))

    # the slip has every day from acceptance on, and not a word of whose waiting it was
    hall.time.progress.issue(CLERK, hall.key(), case)
    slip = hall.last_paper(case)
    assert isinstance(slip, ProgressSlipFacts)
    assert (slip.ledger[0].from_on, slip.ledger[-1].until_on) == (date(2026, 12, 24), date(2027, 1, 25))
    stopped = [line for line in slip.ledger if line.why == "suspended"]
    assert (stopped[0].from_on, stopped[-1].until_on) == (date(2026, 12, 28), date(2027, 1, 12))
    assert "户籍地" not in repr(slip.ledger)


# mission: T1 T3
def test_a_year_without_notice_arrives_and_every_date_follows_visibly(hall: TimeHall) -> None:
    first = hall.accepted("0602")
    hall.at("2027-01-25")
    second = hall.accepted("0602")
    before = hall.clock_of(second)
    assert (before.promised_due, before.provisional) == (date(2027, 2, 8), True)
    assert hall.time.calendar.years()[-1] == 2026

    moved = hall.time.calendar.import_text(ADMIN, hall.key(), json.dumps(NOTICE))

    # the make-up Saturday counts, Spring Festival does not; the other case stood before both
    assert [(row.case, row.was, row.now) for row in moved] == [(second, date(2027, 2, 8), date(2027, 2, 12))]
    after = hall.clock_of(second)
    assert (after.moves[-1].cause, after.provisional) == ("calendar", False)
    assert hall.clock_of(first).promised_due == date(2027, 1, 8)
    assert not hall.clock_of(first).provisional
    ledger = hall.time.queries.clock(second).ledger
    assert ledger is not None
    why = {entry.day: entry.why for entry in ledger.ledger}
    assert why[date(2027, 1, 30)] == "make-up working day"
    assert why[date(2027, 2, 8)] == "public holiday"
