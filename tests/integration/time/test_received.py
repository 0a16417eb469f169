"""Between receipt and acceptance: who sees the two days run, who says what is short, to whom the delay is
booked (mission: I7)."""

from __future__ import annotations

from datetime import date

import pytest

from counter_app.domain.journal import Actor
from counter_app.errors import UserFacingError
from counter_app.use_cases.time.views import ASKED_LATE, RECEIVED, BoardLine
from tests.support.intake_hall import CLERK, ENTERPRISE
from tests.support.time_hall import HANDLER, SUPERVISOR, TimeHall

ELSEWHERE = Actor("1008")  # reviews for another department


def asked_late(hall: TimeHall) -> BoardLine | None:
    lines = [line for line in hall.time.queries.board().lines if line.cause == ASKED_LATE]
    assert all(line.step == RECEIVED for line in lines)
    return lines[0] if lines else None


def test_the_list_has_the_two_days_and_the_five_with_their_levels(hall: TimeHall) -> None:
    case = hall.received()  # on Monday 2026-11-23
    (row,) = hall.time.received.list(CLERK)
    assert (row.case, row.lead_by, row.decide_by) == (case, date(2026, 11, 25), date(2026, 11, 30))
    assert (row.lead_level, row.lead_late, row.level) == ("", 0, "")
    hall.at("2026-11-25")
    (row,) = hall.time.received.list(HANDLER)
    assert (row.lead_level, row.lead_late) == ("yellow", 0)
    hall.at("2026-11-27")
    (row,) = hall.time.received.list(SUPERVISOR)
    assert (row.lead_level, row.lead_late, row.level) == ("warning", 2, "yellow")
    hall.at("2026-12-01")  # silence has accepted it
    assert hall.time.received.list(CLERK) == ()


def test_another_department_sees_nothing_of_it(hall: TimeHall) -> None:
    case = hall.received()
    assert hall.time.received.list(ELSEWHERE) == ()
    with pytest.raises(UserFacingError) as caught:
        hall.time.received.page(ELSEWHERE, case)
    assert caught.value.code == "received.not-yours"


def test_the_lead_says_what_is_short_and_the_counter_gives_the_notice_from_it(hall: TimeHall) -> None:
    case = hall.received()
    page = hall.time.received.page(HANDLER, case)
    assert page.may_say
    assert page.applicant == "张伟"
    said = hall.time.received.say
    with pytest.raises(UserFacingError) as caught:
        said(SUPERVISOR, hall.key(), case, "letter", "missing")
    assert caught.value.code == "received.not-lead"
    with pytest.raises(UserFacingError) as caught:
        hall.time.received.page(ENTERPRISE, case)  # sensitive, and of another counter
    assert caught.value.code == "received.not-yours"
    said(HANDLER, hall.key(), case, "letter", "to_correct", "没有盖章")
    assert hall.time.received.page(HANDLER, case).row.short == 1
    assert hall.queries.case_view(case).verdict.suggested == "notify"
    hall.intake.decide(CLERK, hall.key(), case, "notify")
    with pytest.raises(UserFacingError) as caught:
        said(HANDLER, hall.key(), case, "letter", "missing")
    assert caught.value.code == "received.over"


def test_what_is_asked_late_stands_on_the_board_and_on_the_case(hall: TimeHall) -> None:
    case = hall.received()
    assert asked_late(hall) is None
    hall.at("2026-11-27")
    line = asked_late(hall)
    assert line is not None
    assert (line.department, line.warning, line.late) == ("人口计生", 1, 1)
    hall.intake.mark(CLERK, hall.key(), case, "letter", "missing")
    hall.intake.decide(CLERK, hall.key(), case, "notify")
    line = asked_late(hall)
    assert line is not None
    assert line.warning == 1
    (row,) = hall.time.received.list(HANDLER)
    assert (row.asked_on, row.lead_late, row.answered_on) == (date(2026, 11, 27), 2, None)
    said = hall.queries.case_view(case).warnings
    assert [one.params for one in said if "working days late" in one.source] == [(("count", "2"),)]


def test_a_late_notice_that_was_answered_stays_on_the_board_until_the_case_is_accepted(
    hall: TimeHall,
) -> None:
    case = hall.received()
    hall.at("2026-11-27")
    hall.intake.mark(CLERK, hall.key(), case, "letter", "missing")
    hall.intake.decide(CLERK, hall.key(), case, "notify")
    hall.at("2026-11-30")
    hall.intake.return_visit(CLERK, hall.key(), case)
    line = asked_late(hall)
    assert line is not None
    assert (line.department, line.warning) == ("人口计生", 1)
    (row,) = hall.time.received.list(SUPERVISOR)
    assert (row.asked_on, row.answered_on, row.answered_by) == (
        date(2026, 11, 27),
        date(2026, 11, 30),
        "王敏",
    )
    assert not hall.time.received.page(HANDLER, case).may_say
    hall.intake.mark(CLERK, hall.key(), case, "letter", "present")
    hall.intake.decide(CLERK, hall.key(), case, "accept")
    assert asked_late(hall) is None
    assert hall.time.received.list(SUPERVISOR) == ()
