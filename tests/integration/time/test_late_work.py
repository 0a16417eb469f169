"""Late work by working day, the board, urging with a reply, silence after receipt (mission: T4, S1, I7)."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from counter_app.domain.intake.fold import CASES
from counter_app.domain.intake.paper_facts import DecisionInput
from counter_app.domain.paper.builders.registry import build
from counter_app.domain.paper.facts_time import UrgeSlipFacts
from counter_app.domain.time.facts import DuePassed
from counter_app.errors import UserFacingError
from counter_app.i18n import Translator
from counter_app.store.connection import connect
from counter_app.use_cases.time.requests import Request
from tests.support.behind import decided_behind
from tests.support.intake_hall import CLERK, ENTERPRISE, OVERSEER, SOCIAL
from tests.support.stores import KEY, open_store
from tests.support.time_hall import HANDLER, SUPERVISOR, TimeHall


def test_T4_one_level_replaces_the_lower_from_working_day_to_working_day(hall: TimeHall) -> None:
    """Due on Thursday 26 November: yellow on Wednesday, over the weekend it stays a reminder's next step."""
    case = hall.accepted("0603")
    seen = []
    for day in (
        "2026-11-24",
        "2026-11-25",
        "2026-11-26",
        "2026-11-27",
        "2026-11-28",
        "2026-11-30",
        "2026-12-01",
    ):
        hall.at(day)
        seen.append(hall.time.queries.clock(case).level)
    assert seen == ["", "yellow", "yellow", "reminder", "reminder", "warning", "alarm"]


def test_T4_each_level_is_written_down_once(hall: TimeHall) -> None:
    case = hall.accepted("0603")
    for day in ("2026-11-25", "2026-11-27", "2026-11-30", "2026-12-01", "2026-12-02"):
        hall.at(day)
        hall.time.by_clock.step()
        hall.time.by_clock.step()
    with hall.store.reading() as reader:
        events = reader.history(f"clock:{case}")
    levels = [event.fact.level for event in events if isinstance(event.fact, DuePassed)]
    assert levels == ["reminder", "warning", "alarm"]
    assert {event.actor.staff for event in events if isinstance(event.fact, DuePassed)} == {"centre"}


def _counts(hall: TimeHall) -> dict[tuple[str, str, str], int]:
    with hall.store.reading() as reader:
        found = reader.clocks.due_by(date(2027, 12, 31))
    return {(entry.department, entry.step, entry.cause): entry.count for entry in found}


def test_S1_the_roll_up_follows_each_row_and_the_check_holds_it_to_them(
    hall: TimeHall, tmp_path: Path
) -> None:
    first, second = hall.accepted("0603"), hall.accepted("0603")
    assert _counts(hall) == {("population", "", ""): 2, ("population", "审查", "step"): 2}
    hall.time.commands.exclude(HANDLER, hall.key(), first, "hearing", expected=date(2026, 11, 27))
    assert _counts(hall)["population", "", ""] == 1  # what stands is due on no day
    hall.time.commands.resume(HANDLER, hall.key(), first)
    decided_behind(hall, second)
    assert _counts(hall) == {("population", "", ""): 1, ("population", "审查", "step"): 1}
    assert hall.store.check().sound
    connection = connect(tmp_path / "store.db", KEY)
    connection.execute("UPDATE due_counts SET n = n + 1 WHERE step = '审查'")
    connection.close()
    assert "due_counts" in hall.store.check().broken


def test_S1_a_store_of_before_gets_its_roll_up_when_it_is_opened(hall: TimeHall, tmp_path: Path) -> None:
    hall.accepted("0603")
    counted = _counts(hall)
    connection = connect(tmp_path / "store.db", KEY)
    for name in ("clocks", "tasks"):
        for trigger in ("more", "less", "moved"):
            connection.execute(f"DROP TRIGGER {name}_{trigger}")
    connection.execute("DROP TABLE due_counts")
    connection.execute("UPDATE meta SET value = '0' WHERE key IN ('projection:clock', 'projection:task')")
    connection.close()
    again = open_store(tmp_path, hall.clock)
    with again.reading() as reader:
        found = reader.clocks.due_by(date(2027, 12, 31))
    assert {(entry.department, entry.step, entry.cause): entry.count for entry in found} == counted
    assert again.check().sound
    again.close()


def test_S1_the_board_counts_by_department_and_lists_the_longest_late_first(hall: TimeHall) -> None:
    hall.accepted("0602")
    first = hall.accepted("0603")
    hall.at("2026-11-24")
    second = hall.accepted("0603")
    hall.at("2026-11-27")
    board = hall.time.queries.board()
    whole = [line for line in board.lines if not line.step]
    assert [(line.code, line.yellow, line.reminder) for line in whole] == [("population", 1, 1)]
    work = {(line.step, line.cause) for line in board.lines if line.step}
    assert work  # what waits in inboxes, with its name and sort
    assert (board.total("reminder"), board.total("yellow"), board.total("alarm")) == (1, 1, 0)
    assert [row.case for row in hall.time.queries.late(OVERSEER)] == [first, second]
    assert [row.case for row in hall.time.queries.late(OVERSEER, "civil")] == []
    decided_behind(hall, first)
    assert [row.case for row in hall.time.queries.late(OVERSEER, "population")] == [second]


def test_S1_an_urging_order_waits_for_its_reply(hall: TimeHall) -> None:
    case = hall.accepted("0602")
    order = hall.time.urging.urge(SUPERVISOR, hall.key(), case, "请说明为何未初审")
    row = hall.time.queries.urged(OVERSEER)[0]
    assert (row.by, row.by_leader, row.reply_by, row.late) == ("李建国", True, date(2026, 11, 25), False)
    hall.at("2026-11-26")
    assert hall.time.queries.urged(OVERSEER)[0].late
    hall.time.urging.answer(HANDLER, hall.key(), case, order, "今日已初审")
    assert hall.time.queries.urged(OVERSEER) == ()
    assert hall.clock_of(case).urges[0].answer == "今日已初审"
    with pytest.raises(UserFacingError) as caught:
        hall.time.urging.answer(HANDLER, hall.key(), case, order, "再答")
    assert caught.value.code == "urge.unknown"


def test_T4_an_answered_order_stays_while_the_case_is_late_and_says_who_answered(hall: TimeHall) -> None:
    case = hall.accepted("0603")
    hall.at("2026-11-27")
    order = hall.time.urging.urge(SUPERVISOR, hall.key(), case, "已逾期，何时办结")
    hall.time.urging.answer(HANDLER, hall.key(), case, order, "明日办结")
    (row,) = hall.time.queries.urged(OVERSEER)
    assert row.answered_at is not None
    assert (row.answered_at.date(), row.answered_by, row.late) == (date(2026, 11, 27), "陈志强", False)
    (late,) = hall.time.queries.late(OVERSEER)
    assert (late.answered_at, late.answered_by, late.reply_by) == (row.answered_at, "陈志强", None)
    hall.time.urging.urge(SUPERVISOR, hall.key(), case, "仍未办结")
    assert [row.answered_at is None for row in hall.time.queries.urged(OVERSEER)] == [True, False]
    (late,) = hall.time.queries.late(OVERSEER)
    assert (late.answered_at, late.reply_by) == (None, date(2026, 12, 1))
    decided_behind(hall, case)
    assert all(row.answered_at is None for row in hall.time.queries.urged(OVERSEER))


def test_T4_an_order_about_a_step_stays_until_that_step_is_done(hall: TimeHall) -> None:
    case = hall.accepted("0603")
    hall.at("2026-12-02")
    with hall.store.reading() as reader:
        (step,) = (task for task in reader.casework.of_case(case) if task.open)
    order = hall.time.urging.urge(
        SUPERVISOR, hall.key(), case, "何时审查完", department=step.department, step=step.name
    )
    hall.time.urging.answer(HANDLER, hall.key(), case, order, "今日审查完")
    (row,) = hall.time.queries.urged(OVERSEER)
    assert (row.step, row.answered_by) == (step.name, "陈志强")
    decided_behind(hall, case)
    assert hall.time.queries.urged(OVERSEER) == ()


def test_S1_an_order_is_listed_for_those_it_goes_to_and_those_it_came_from(hall: TimeHall) -> None:
    case = hall.accepted("0602")  # at counter 3
    hall.time.urging.urge(SOCIAL, hall.key(), case, "申请人来问")
    listed = hall.time.queries.urged
    seen = {actor.staff: len(listed(actor)) for actor in (SOCIAL, CLERK, HANDLER, SUPERVISOR, ENTERPRISE)}
    assert seen == {"1005": 1, "1002": 1, "1009": 1, "1010": 1, "1006": 0}
    longer = Request(kind="extension", amount=2, reason="需补充调查")
    hall.time.commands.ask(HANDLER, hall.key(), case, longer)
    asked = hall.time.queries.asked
    seen = {actor.staff: len(asked(actor)) for actor in (SOCIAL, CLERK, HANDLER, SUPERVISOR, ENTERPRISE)}
    assert seen == {"1005": 0, "1002": 1, "1009": 1, "1010": 1, "1006": 0}


def test_S6_a_citizens_urging_gives_a_slip_that_says_who_answers_until_when(hall: TimeHall) -> None:
    case = hall.accepted("0602")
    hall.time.urging.urge(CLERK, hall.key(), case, "何时办好", reply_by=date(2026, 11, 26))
    slip = hall.last_paper(case)
    assert isinstance(slip, UrgeSlipFacts)
    assert (slip.answers, slip.reply_by, slip.asked) == (
        "人口计生",
        date(2026, 11, 26),
        "何时办好",
    )
    assert not hall.time.queries.urged(OVERSEER)[0].by_leader
    with pytest.raises(UserFacingError) as caught:
        hall.time.urging.urge(CLERK, hall.key(), case, "何时办好", reply_by=date(2026, 11, 20))
    assert caught.value.code == "urge.day"


def test_T4_the_progress_slip_tells_the_last_reply(hall: TimeHall) -> None:
    case = hall.accepted("0602")
    for text, answer in (("何时办好", "核实中，三日内办结"), ("还要几天", "三日内办结")):
        order = hall.time.urging.urge(CLERK, hall.key(), case, text)
        hall.time.progress.issue(CLERK, hall.key(), case)
        assert "not here yet" in _read(hall, case)
        hall.time.urging.answer(HANDLER, hall.key(), case, order, answer)
        hall.time.progress.issue(CLERK, hall.key(), case)
        assert "三日内办结" in _read(hall, case)
    assert "You asked" in _read(hall, case)


def _read(hall: TimeHall, case: str) -> str:
    return repr(build(hall.last_paper(case), Translator("en")))


def test_I7_the_lead_has_two_working_days_then_the_time_is_its_own(hall: TimeHall) -> None:
    case = hall.received()
    hall.at("2026-11-25")
    assert hall.queries.case_view(case).warnings == ()
    hall.at("2026-11-27")
    said = hall.queries.case_view(case).warnings[0]
    assert "two working days" in said.source
    assert said.params == (("count", "2"),)
    hall.intake.mark(CLERK, hall.key(), case, "letter", "missing")
    hall.intake.decide(CLERK, hall.key(), case, "notify")
    with hall.store.reading() as reader:
        assert reader.need(CASES, case).notices[0].lead_late == 2


def test_I7_unasked_after_five_days_it_counts_as_accepted_from_receipt(hall: TimeHall) -> None:
    """Known by the calendar alone; written down by the centre, or by whoever acts first."""
    case = hall.received()
    hall.at("2026-11-30")
    assert hall.queries.case_view(case).stage == "received"
    hall.at("2026-12-01")
    view = hall.queries.case_view(case)
    assert (view.stage, hall.stage(case)) == ("accepted", "received")
    assert view.due is not None
    assert view.due.day == date(2026, 11, 26)
    assert "counts as accepted" in view.warnings[0].source
    hall.time.by_clock.step()
    hall.time.by_clock.step()
    assert hall.stage(case) == "accepted"
    assert hall.clock_of(case).promised_due == date(2026, 11, 26)
    with pytest.raises(UserFacingError) as caught:
        hall.intake.decide(CLERK, hall.key(), case, "notify")
    assert caught.value.code == "decision.not-allowed"


def test_I7_a_decision_after_five_days_writes_the_acceptance_down_first(hall: TimeHall) -> None:
    case = hall.received()
    hall.at("2026-12-03")
    hall.intake.decide(CLERK, hall.key(), case, "withdraw", DecisionInput(reason="不办了"))
    with hall.store.reading() as reader:
        state = reader.need(CASES, case)
    assert [act.kind for act in state.acts] == ["receive", "deemed", "withdraw"]
    assert state.accepted_at == state.received_at
    assert not hall.clock_of(case).running


def test_I6_a_second_notice_needs_its_cause_and_is_counted_against_who_caused_it(hall: TimeHall) -> None:
    case = hall.received()
    hall.intake.mark(CLERK, hall.key(), case, "letter", "missing")
    hall.intake.decide(CLERK, hall.key(), case, "notify")
    hall.intake.return_visit(CLERK, hall.key(), case)
    hall.intake.mark(CLERK, hall.key(), case, "letter", "to_correct", "盖章不清")
    with pytest.raises(UserFacingError) as caught:
        hall.intake.decide(CLERK, hall.key(), case, "notify")
    assert caught.value.code == "decision.cause-needed"
    hall.intake.decide(CLERK, hall.key(), case, "notify", DecisionInput(cause="首次未见印章"))
    with hall.store.reading() as reader:
        assert reader.need(CASES, case).notices[1].caused_by == CLERK.staff
