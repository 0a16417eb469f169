"""A date that nobody's act has moved is told to the citizen, by a line to call and a notice (T1, C8, I17)."""

from __future__ import annotations

from datetime import date

from counter_app.domain.paper.facts_time import TimeNoticeFacts
from counter_app.use_cases.telling.telling import ToTell
from counter_app.use_cases.time.requests import Request
from tests.support.intake_hall import CLERK, OVERSEER
from tests.support.time_hall import ADMIN, HANDLER, OTHER_HANDLER, TimeHall


def to_tell(hall: TimeHall) -> tuple[ToTell, ...]:
    return tuple(row for row in hall.around.telling.to_tell(OVERSEER) if row.about == "time")


def test_T1_a_calendar_that_moves_a_date_puts_its_citizen_on_the_list(hall: TimeHall) -> None:
    hall.at("2026-12-10")
    case = hall.accepted("0603")
    assert to_tell(hall) == ()
    hall.time.calendar.set_day(ADMIN, hall.key(), date(2026, 12, 12), "work")
    (row,) = to_tell(hall)
    assert (row.case, row.things) == (case, ("2026-12-14",))

    hall.around.telling.letter(CLERK, hall.key(), case, "time")
    facts = hall.last_paper(case)
    assert isinstance(facts, TimeNoticeFacts)
    assert (facts.part, facts.was, facts.now) == ("moved", date(2026, 12, 15), date(2026, 12, 14))
    assert to_tell(hall) == ()  # the notice is a try that reached him

    hall.time.calendar.set_day(ADMIN, hall.key(), date(2026, 12, 12), "plain")
    assert [row.things for row in to_tell(hall)] == [("2026-12-15",)]


def test_C8_a_suspension_that_is_over_by_itself_is_told_too(hall: TimeHall) -> None:
    case = hall.accepted("0602")
    wanted = Request(kind="suspension", expected=date(2027, 2, 23), reason="等证明", does="催询")
    ask = hall.time.commands.ask(HANDLER, hall.key(), case, wanted)
    hall.time.commands.approve(OTHER_HANDLER, hall.key(), case, ask)
    hall.at("2027-02-24")
    hall.time.by_clock.step()
    (row,) = to_tell(hall)
    assert row.case == case
    hall.around.telling.letter(CLERK, hall.key(), case, "time")
    facts = hall.last_paper(case)
    assert isinstance(facts, TimeNoticeFacts)
    assert (facts.part, facts.was, facts.now) == ("lapsed", None, hall.clock_of(case).promised_due)


def test_I17_who_was_told_by_telephone_is_off_the_list(hall: TimeHall) -> None:
    hall.at("2026-12-10")
    case = hall.accepted("0603")
    hall.time.calendar.set_day(ADMIN, hall.key(), date(2026, 12, 12), "work")
    hall.around.telling.tell(CLERK, hall.key(), case, "time", "phone", "no_answer")
    assert to_tell(hall) == ()  # today he was tried
    hall.at("2026-12-11")
    assert len(to_tell(hall)) == 1
    hall.around.telling.tell(CLERK, hall.key(), case, "time", "phone", "reached")
    hall.at("2026-12-28")
    assert to_tell(hall) == ()
