"""Plans: approved before anything starts, kept at every event with what moved, followed, printed (mission:
C11)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from counter_app.domain.intake.paper_facts import DecisionInput
from counter_app.domain.paper.facts_casework import PlanFacts
from counter_app.errors import UserFacingError
from counter_app.use_cases.casework.views import PlanRow
from counter_app.use_cases.fees.charging import Choosing
from tests.integration.casework.test_joint_matter import HYGIENE, LICENCE, opened
from tests.support.casework_hall import COMMERCE, HEALTH, MANAGER, POPULATION, CaseworkHall
from tests.support.fees import charge_fees
from tests.support.intake_hall import CLERK, ENTERPRISE

ROAD = "0811"


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[CaseworkHall]:
    hall = CaseworkHall(tmp_path)
    yield hall
    hall.close()


def road(hall: CaseworkHall) -> str:
    """A road permit, whose plan the management approves; the brigade has not moved in."""
    return hall.accepted(ROAD, "zhang", ENTERPRISE, work="sign", traffic="no")


# mission: C11
def test_nothing_starts_before_the_management_has_approved_the_plan(hall: CaseworkHall) -> None:
    case = road(hall)
    assert {row.state for row in hall.page(case, MANAGER).steps} == {"waiting"}
    (row,) = hall.casework.queries.inbox(MANAGER).rows
    assert (row.kind, row.case) == ("plan", case)
    with pytest.raises(UserFacingError) as refused:
        hall.casework.plans.approve(HEALTH[0], hall.key(), case)
    assert refused.value.code == "work.not-yours"
    hall.casework.plans.approve(MANAGER, hall.key(), case)
    assert "open" in {row.state for row in hall.page(case, MANAGER).steps}
    assert hall.casework.queries.inbox(MANAGER).rows == ()
    with hall.store.reading() as reader:  # the road brigade has not moved in: its copy-notice goes out now
        assert "copy-notice" in {paper.kind for paper in reader.papers.of_case(case)}


# mission: C11 C2
def test_the_plan_of_a_joint_matter_moves_with_its_cases_and_says_why(hall: CaseworkHall) -> None:
    cases = opened(hall)
    before = hall.casework.queries.plan(ENTERPRISE, cases[LICENCE])
    hall.clock.advance(days=8)
    hall.casework.work.end_step(HEALTH[0], hall.key(), cases[HYGIENE], "visit")
    after = hall.casework.queries.plan(ENTERPRISE, cases[LICENCE])
    assert before.ends_on is not None
    assert after.ends_on is not None
    assert after.ends_on > before.ends_on
    change = after.changes[-1]
    assert change.cause == "step:visit"
    assert "0511/final" in {code for code, _, _ in change.moved}
    assert [row.late for row in after.rows if row.code == "0512/review"] == [True]


# mission: C11
def test_somebody_follows_the_plan_and_it_is_printed(hall: CaseworkHall) -> None:
    cases = opened(hall)
    hall.casework.plans.track(MANAGER, hall.key(), cases[LICENCE], ENTERPRISE.staff)
    hall.casework.plans.print(ENTERPRISE, hall.key(), cases[LICENCE])
    assert hall.page(cases[LICENCE], COMMERCE[0]).tracker_name == "艾力·马木提"
    with hall.store.reading() as reader:
        assert reader.casework.tracked_by(ENTERPRISE.staff, 5) == (cases[LICENCE],)
        assert "plan" in {paper.kind for paper in reader.papers.of_case(cases[LICENCE])}


# mission: C11
def test_the_notice_of_acceptance_bears_the_plan(hall: CaseworkHall) -> None:
    case = hall.accepted("0512", "zhang", ENTERPRISE, staff="no")
    owed = hall.casework.queries.plan(ENTERPRISE, case).owed
    assert [row.applicant_does for row in owed][:2] == ["送检样品", "到场配合现场查看"]


# mission: C11 C4
def test_a_slow_assist_is_on_the_critical_way(hall: CaseworkHall) -> None:
    answers = {"wife_registered_here": "yes", "which_child": "more", "pregnant": "no", "adopted": "no"}
    case = hall.accepted("0602", "li", CLERK, circumstance="remarried", **answers)
    hall.casework.asking.request(POPULATION[0], hall.key(), case, ["marriage", "household"])
    rows = {row.code: row for row in hall.casework.queries.plan(POPULATION[0], case).rows}
    slow = max((row for row in rows.values() if row.kind == "assist"), key=lambda row: row.until_on)
    review = rows["0602/review"]
    assert review.until_on >= slow.until_on
    assert slow.critical == (review.until_on == slow.until_on)
    hall.clock.advance(days=60)  # silent past its day, it holds up nobody any more
    rows = {row.code: row for row in hall.casework.queries.plan(POPULATION[0], case).rows}
    assert not rows[slow.code].critical


# mission: C11 I15 P5
def test_the_plan_says_what_the_applicant_owes_besides_his_visits(hall: CaseworkHall) -> None:
    charge_fees(hall)
    plan = hall.casework.queries.plan
    case = hall.case("0603", "zhang", CLERK, married="no", has_children="no")
    hall.intake.mark(CLERK, hall.key(), case, "letter", "missing")
    hall.mark_all(case)
    hall.intake.decide(CLERK, hall.key(), case, "notify")
    (notice,) = [row for row in plan(CLERK, case).owed if row.code == "0603/corrections"]
    assert notice.until_on == date(2026, 12, 7)
    assert "证明信" in notice.applicant_does
    hall.intake.return_visit(CLERK, hall.key(), case)
    hall.mark_all(case)
    hall.intake.decide(CLERK, hall.key(), case, "accept")
    hall.around.charging.charge(CLERK, hall.key(), {case: Choosing({"card": 1}, {})})
    owed = {row.code: row for row in plan(POPULATION[0], case).owed}
    assert set(owed) == {"0603/fee", "0603/hand_over"}
    fee = owed["0603/fee"]
    assert (fee.applicant_does, fee.until_on) == ("缴费 10.05 元", date(2026, 11, 30))
    lacks = hall.case("0202", "li", CLERK, cause="illness", urgent="no")
    lacking = next(line for line in hall.queries.case_view(lacks).lines if line.lack_allowed)
    hall.intake.mark(CLERK, hall.key(), lacks, lacking.material, "lacking")
    hall.mark_all(lacks)
    hall.intake.decide(CLERK, hall.key(), lacks, "accept")
    owed = {row.code: row for row in plan(MANAGER, lacks).owed}
    assert lacking.name in owed["0202/supply"].applicant_does


# mission: C11
def test_a_printed_plan_says_all_that_moved_since_the_last_one(hall: CaseworkHall) -> None:
    case = hall.accepted("0603", "zhang", CLERK, married="no", has_children="no")
    hall.clock.advance(days=3)
    hall.opine(case, "review", POPULATION[0])
    hall.clock.advance(days=3)
    hall.opine(case, "approval", POPULATION[1])
    assert len(hall.casework.queries.plan(POPULATION[0], case).changes) > 1
    facts = hall.papers.facts(hall.casework.plans.print(CLERK, hall.key(), case))[1]
    assert isinstance(facts, PlanFacts)
    assert any("审查" in line for line in facts.changed)  # moved before the last time
    assert any("核准" in line for line in facts.changed)
    again = hall.papers.facts(hall.casework.plans.print(CLERK, hall.key(), case))[1]
    assert isinstance(again, PlanFacts)
    assert again.changed == ()


ASKED_OF = {"wife_registered_here": "yes", "which_child": "more", "pregnant": "no", "adopted": "no"}


def _assists(hall: CaseworkHall, case: str) -> dict[str, PlanRow]:
    rows = hall.casework.queries.plan(POPULATION[0], case).rows
    return {row.code.rpartition("/")[2]: row for row in rows if row.kind == "assist"}


# mission: C11 C4 C5
def test_assists_the_catalogue_names_are_foreseen_from_the_first_minute(hall: CaseworkHall) -> None:
    case = hall.case("0602", "li", CLERK, circumstance="remarried", **ASKED_OF)
    assert {code: row.foreseen for code, row in _assists(hall, case).items()} == {
        "marriage": True,
        "household": True,  # the address the hall knows itself: nobody will be asked for it
    }
    hall.mark_all(case)
    hall.intake.decide(CLERK, hall.key(), case, "accept")
    before = _assists(hall, case)
    assert before["household"].until_on == date(2026, 11, 26)  # three working days
    rows = {row.code: row for row in hall.casework.queries.plan(POPULATION[0], case).rows}
    assert rows["0602/review"].until_on >= before["household"].until_on
    facts = hall.papers.facts(hall.casework.plans.print(CLERK, hall.key(), case))[1]
    assert isinstance(facts, PlanFacts)
    assert [step.what for step in facts.steps if step.foreseen] == [row.name for row in before.values()]
    hall.casework.asking.request(POPULATION[0], hall.key(), case, ["household"])
    after = _assists(hall, case)
    assert {code: row.foreseen for code, row in after.items()} == {"household": False}
    (change,) = hall.casework.queries.plan(POPULATION[0], case).changes[-1:]
    assert (change.cause, change.asked, change.left_out) == (
        "assist",
        (after["household"].name,),
        (before["marriage"].name,),
    )
    facts = hall.papers.facts(hall.casework.plans.print(CLERK, hall.key(), case))[1]
    assert isinstance(facts, PlanFacts)
    assert not any(step.foreseen for step in facts.steps)
    assert [line.rpartition("：")[2] for line in facts.changed if "协办" in line and "→" not in line] == [
        "已发出协办，不再是预计",
        "未提出协办，不再预计",
    ]


# mission: C11 C4
def test_a_foreseen_assist_nobody_sends_moves_on_and_goes_when_the_lead_signs_without_it(
    hall: CaseworkHall,
) -> None:
    case = hall.accepted("0602", "li", CLERK, circumstance="remarried", **ASKED_OF)
    before = _assists(hall, case)["household"]
    hall.clock.advance(days=7)
    later = _assists(hall, case)["household"]
    assert (later.foreseen, later.until_on > before.until_on) == (True, True)
    hall.opine(case, "review", POPULATION[0])
    assert _assists(hall, case) == {}
    (change,) = hall.casework.queries.plan(POPULATION[0], case).changes[-1:]
    assert (change.asked, len(change.left_out)) == ((), 2)


# mission: C11 C5
def test_what_was_only_looked_up_leaves_the_rest_out_and_the_plan_tells_it(hall: CaseworkHall) -> None:
    case = hall.accepted("0602", "li", CLERK, circumstance="remarried", **ASKED_OF)
    assert len(_assists(hall, case)) == 2
    hall.casework.asking.request(POPULATION[0], hall.key(), case, ["address"])
    assert _assists(hall, case) == {}
    (change,) = hall.casework.queries.plan(POPULATION[0], case).changes[-1:]
    assert (change.asked, len(change.left_out)) == ((), 2)


# mission: C11
def test_what_waits_for_the_managements_approval_does_not_lie_in_the_past(hall: CaseworkHall) -> None:
    case = road(hall)
    hall.clock.advance(days=14)
    today = hall.clock.now().date()
    rows = hall.casework.queries.plan(ENTERPRISE, case).rows
    assert min(row.from_on for row in rows if row.kind == "step") == today


# mission: C11
def test_a_case_that_is_over_has_no_steps_to_come(hall: CaseworkHall) -> None:
    case = hall.accepted("0602", "li", CLERK, circumstance="remarried", **ASKED_OF)
    hall.opine(case, "review", POPULATION[0])
    hall.intake.decide(CLERK, hall.key(), case, "withdraw", DecisionInput(reason="不办了"))
    rows = hall.casework.queries.plan(POPULATION[0], case).rows
    assert "0602/review" in {row.code for row in rows}
    assert {row.until_on for row in rows} == {hall.clock.now().date()}  # nothing of it lies ahead
