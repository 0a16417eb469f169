"""The work calendar is edited by the administrator, and dates follow it visibly (mission: T1, T3)."""

from __future__ import annotations

import json
from datetime import date

import pytest

from counter_app.domain.intake.fold import CASES
from counter_app.domain.time.facts import DuesRecomputed
from counter_app.errors import UserFacingError
from tests.support.casework_hall import POPULATION
from tests.support.intake_hall import CLERK
from tests.support.time_hall import ADMIN, HANDLER, TimeHall

NOTICE_2027 = json.dumps(
    {
        "2027": {
            "off": ["2027-01-01", "2027-01-02", "2027-01-03", "2027-01-04"]
            + [f"2027-05-0{n}" for n in range(1, 6)]
            + [f"2027-10-0{n}" for n in range(1, 8)],
            "work": ["2027-01-09"],
        }
    }
)


def test_T1_a_year_without_a_notice_says_so_until_it_arrives(hall: TimeHall) -> None:
    hall.at("2026-12-24")
    case = hall.accepted("0602")
    assert hall.clock_of(case).provisional
    assert hall.clock_of(case).promised_due == date(2027, 1, 8)
    assert not hall.time.calendar.year(2027).announced
    moved = hall.time.calendar.import_text(ADMIN, hall.key(), NOTICE_2027)
    assert [(row.case, row.was, row.now) for row in moved] == [(case, date(2027, 1, 8), date(2027, 1, 9))]
    clock = hall.clock_of(case)
    assert (clock.promised_due, clock.moves[-1].cause) == (date(2027, 1, 9), "calendar")
    view = hall.time.calendar.year(2027)
    assert (view.announced, hall.time.calendar.years()[-1]) == (True, 2027)
    assert not clock.provisional


def test_T1_a_date_that_stays_only_stops_being_provisional(hall: TimeHall) -> None:
    hall.at("2026-12-31")
    case = hall.accepted("0603")
    assert hall.clock_of(case).promised_due == date(2027, 1, 6)
    notice = json.loads(NOTICE_2027)
    notice["2027"] = {"off": notice["2027"]["off"][:3] + notice["2027"]["off"][4:], "work": []}
    moved = hall.time.calendar.import_text(ADMIN, hall.key(), json.dumps(notice))
    assert moved == ()
    assert not hall.clock_of(case).provisional
    assert [move.cause for move in hall.clock_of(case).moves] == []


def test_T1_a_make_up_day_moves_the_dates_back_and_forth(hall: TimeHall) -> None:
    hall.at("2026-12-10")
    case = hall.accepted("0603")
    assert hall.clock_of(case).promised_due == date(2026, 12, 15)
    hall.time.calendar.set_day(ADMIN, hall.key(), date(2026, 12, 12), "work")
    assert hall.clock_of(case).promised_due == date(2026, 12, 14)
    hall.time.calendar.set_day(ADMIN, hall.key(), date(2026, 12, 12), "plain")
    assert hall.clock_of(case).promised_due == date(2026, 12, 15)
    hall.time.calendar.set_day(ADMIN, hall.key(), date(2026, 12, 12), "work")
    assert hall.clock_of(case).promised_due == date(2026, 12, 14)
    with hall.store.reading() as reader:
        events = reader.history(f"case:{case}")
    assert sum(isinstance(event.fact, DuesRecomputed) for event in events) == 3


def test_T1_a_clock_that_stands_has_a_date_again_when_the_calendar_gives_it_one(hall: TimeHall) -> None:
    """Stopped on its last day; a make-up day then ends it before the stop began."""
    hall.at("2026-12-10")
    case = hall.accepted("0603")
    hall.at("2026-12-15")
    hall.time.commands.correct(HANDLER, hall.key(), case, "复印件不清")
    assert hall.clock_of(case).promised_due is None
    hall.time.calendar.set_day(ADMIN, hall.key(), date(2026, 12, 12), "work")
    assert hall.clock_of(case).promised_due == date(2026, 12, 14)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("no json", "calendar.unreadable"),
        ('{"2027": {"off": ["2026-01-01"], "work": []}}', "calendar.unreadable"),
        ('{"2027": {"off": [], "work": []}}', "calendar.fixed"),
        (NOTICE_2027.replace("2027-01-09", "2027-01-08"), "calendar.make-up"),
    ],
)
def test_T1_what_is_no_notice_is_refused(hall: TimeHall, text: str, code: str) -> None:
    with pytest.raises(UserFacingError) as caught:
        hall.time.calendar.import_text(ADMIN, hall.key(), text)
    assert caught.value.code == code
    assert hall.time.calendar.years()[-1] == 2026


def test_T1_only_the_administrator_edits_and_only_announced_years(hall: TimeHall) -> None:
    for actor in (CLERK, HANDLER):
        with pytest.raises(UserFacingError) as caught:
            hall.time.calendar.import_text(actor, hall.key(), NOTICE_2027)
        assert caught.value.code == "access.no-right"
    with pytest.raises(UserFacingError) as caught:
        hall.time.calendar.set_day(ADMIN, hall.key(), date(2027, 2, 8), "off")
    assert caught.value.code == "calendar.not-announced"


def test_I7_a_calendar_moves_the_day_on_which_silence_accepts(hall: TimeHall) -> None:
    """Received over a new year whose notice is missing: the answer is due five working days later."""
    hall.at("2026-12-30")
    case = hall.received()

    def answer() -> date:
        return hall.time.received.list(CLERK)[0].decide_by

    assert answer() == date(2027, 1, 7)
    moved = hall.time.calendar.import_text(ADMIN, hall.key(), NOTICE_2027)
    assert [(row.case, row.was, row.now) for row in moved] == [
        (case, date(2027, 1, 7), date(2027, 1, 8))  # Monday 4 January is off
    ]
    assert answer() == date(2027, 1, 8)
    hall.at("2027-01-08", "17:00")
    hall.time.by_clock.step()
    assert hall.stage(case) == "received"
    hall.at("2027-01-09", "00:10")
    hall.time.by_clock.step()
    assert hall.stage(case) == "accepted"


def test_I7_a_case_taken_up_again_is_answered_from_then_on_by_the_calendar_too(hall: TimeHall) -> None:
    hall.at("2026-12-30")
    case = hall.received()
    with hall.store.reading() as reader:
        state = reader.need(CASES, case)
    assert state.decide_from == state.received_at
    hall.at("2027-01-20")
    hall.time.calendar.import_text(ADMIN, hall.key(), NOTICE_2027)  # silence has accepted it long ago
    with hall.store.reading() as reader:
        assert reader.need(CASES, case).decide_by == state.decide_by


def test_T5_a_calendar_moves_the_work_on_the_board_as_it_does_in_the_inbox(hall: TimeHall) -> None:
    hall.at("2026-12-10")
    hall.accepted("0603")

    def due() -> tuple[date | None, dict[date, int]]:
        (row,) = (row for row in hall.casework.queries.inbox(POPULATION[0]).rows if row.kind == "step")
        with hall.store.reading() as reader:
            found = reader.clocks.due_by(date(2027, 12, 31))
        return row.due, {entry.due: entry.count for entry in found if entry.step}

    before = due()[0]
    assert before is not None
    hall.time.calendar.set_day(ADMIN, hall.key(), before, "off")
    after, counts = due()
    assert after is not None
    assert after > before
    assert counts == {after: 1}
    hall.time.calendar.set_day(ADMIN, hall.key(), before, "plain")
    assert due() == (before, {before: 1})
