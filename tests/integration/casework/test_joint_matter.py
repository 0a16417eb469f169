"""The chopsticks business: three cases from one intake, results that arrive in the system, three ways out
(mission: C2)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from counter_app.domain.casework.opinion import OpinionInput
from counter_app.domain.casework.state import WayOut
from counter_app.domain.intake.case import Case
from counter_app.domain.intake.fold import CASES
from counter_app.domain.intake.paper_facts import DecisionInput
from counter_app.errors import UserFacingError
from counter_app.use_cases.time.requests import Request
from tests.support.casework_hall import COMMERCE, HEALTH, MANAGER, CaseworkHall
from tests.support.intake_hall import ENTERPRISE, OVERSEER, plan

LICENCE, HYGIENE, TIMBER = "0511", "0512", "0513"
TIMBER_NUMBER = "木许〔2026〕3"
Cases = Mapping[str, str]


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[CaseworkHall]:
    hall = CaseworkHall(tmp_path)
    yield hall
    hall.close()


@pytest.fixture
def cases(hall: CaseworkHall) -> Cases:
    return opened(hall)


def opened(hall: CaseworkHall) -> Cases:
    """One intake: the licence's draft opens the permits, shared papers are marked once, all are under way."""
    draft = hall.case(LICENCE, "zhang", ENTERPRISE, form="individual", by_agent="no")
    hall.intake.answer(ENTERPRISE, hall.key(), draft, "scope", ("chopsticks",))
    cases = hall.casework.joint.open(ENTERPRISE, hall.key(), draft)
    hall.intake.answer(ENTERPRISE, hall.key(), cases[HYGIENE], "staff", "no")
    hall.intake.answer(ENTERPRISE, hall.key(), cases[TIMBER], "imported", "yes")
    for code in (LICENCE, HYGIENE, TIMBER):
        hall.mark_all(cases[code], ENTERPRISE)
    hall.casework.joint.pre_review(ENTERPRISE, hall.key(), cases[LICENCE])
    for code in (HYGIENE, TIMBER):
        hall.intake.decide(ENTERPRISE, hall.key(), cases[code], "accept")
    return cases


def state(hall: CaseworkHall, case: str) -> Case:
    with hall.store.reading() as reader:
        return reader.need(CASES, case)


def grant_hygiene(hall: CaseworkHall, case: str) -> None:
    handler, approver, final = HEALTH
    for step in ("visit", "test"):
        hall.casework.work.end_step(handler, hall.key(), case, step)
    hall.opine(case, "review", handler)
    hall.opine(case, "approval", approver)
    hall.opine(case, "final", final, number="卫许〔2026〕7")


def grant_timber(hall: CaseworkHall, case: str) -> None:
    """农村经济发展局 has not moved in: the counter enters its reply slip (mission: H2)."""
    slip = OpinionInput(
        view="grant", text="同意", law="待定条例", article="第六条", result_number="木许〔2026〕3"
    )
    hall.casework.work.enter_reply(ENTERPRISE, hall.key(), case, "final", slip)


def test_c2_shared_papers_are_taken_once_and_results_are_not_asked_of_the_citizen(
    hall: CaseworkHall, cases: Cases
) -> None:
    timber = {line.material: line for line in hall.queries.case_view(cases[TIMBER]).lines}
    assert timber["premises"].reason == "一件事共用，已在“营业执照”中收取"
    licence = {line.material: line for line in hall.queries.case_view(cases[LICENCE]).lines}
    assert licence["hygiene_permit"].reason == "结果办出后由系统送达，不需提交"
    assert "accept" not in hall.queries.case_view(cases[LICENCE]).verdict.allowed


def test_c2_the_licence_is_pre_reviewed_while_both_permits_run(hall: CaseworkHall, cases: Cases) -> None:
    hall.opine(cases[LICENCE], "review", COMMERCE[0])
    page = hall.page(cases[LICENCE], COMMERCE[1])
    assert [(row.code, row.state) for row in page.steps] == [
        ("review", "done"),
        ("approval", "waiting"),
        ("final", "waiting"),
    ]
    assert [(row.item, row.state) for row in page.prerequisites] == [(HYGIENE, "open"), (TIMBER, "open")]
    assert state(hall, cases[LICENCE]).accepted_at is None


def test_c2_results_arrive_in_the_system_and_start_the_successors_clock(
    hall: CaseworkHall, cases: Cases
) -> None:
    hall.opine(cases[LICENCE], "review", COMMERCE[0])
    grant_timber(hall, cases[TIMBER])
    assert state(hall, cases[LICENCE]).stage == "pre_reviewed"
    hall.clock.advance(days=2)
    grant_hygiene(hall, cases[HYGIENE])
    licence = state(hall, cases[LICENCE])
    assert licence.stage == "accepted"
    assert licence.accepted_at is not None
    assert licence.accepted_at.date() == hall.clock.now().date()
    page = hall.page(cases[LICENCE], COMMERCE[1])
    assert [row.result_number for row in page.prerequisites] == ["卫许〔2026〕7", "木许〔2026〕3"]
    hall.opine(cases[LICENCE], "approval", COMMERCE[1])
    hall.opine(cases[LICENCE], "final", COMMERCE[2], number="91130900MA0TEST")
    assert state(hall, cases[LICENCE]).stage == "granted"
    assert hall.store.check().sound


@pytest.mark.parametrize(
    ("way", "stage", "entry"),
    [("drop", "accepted", "dropped"), ("wait", "pre_reviewed", "open"), ("withdraw", "withdrawn", "failed")],
)
def test_c2_a_refused_permit_has_three_ways_out(
    hall: CaseworkHall, cases: Cases, way: WayOut, stage: str, entry: str
) -> None:
    hall.opine(cases[LICENCE], "review", COMMERCE[0])
    refuse_timber(hall, cases[TIMBER])
    (row,) = (row for row in hall.casework.queries.inbox(ENTERPRISE).rows if row.kind == "prerequisite")
    assert (row.case, row.code) == (cases[LICENCE], TIMBER)
    hall.casework.joint.settle(ENTERPRISE, hall.key(), cases[LICENCE], TIMBER, way)
    assert state(hall, cases[LICENCE]).stage == stage
    page = hall.page(cases[LICENCE], COMMERCE[1])
    assert {one.item: one.state for one in page.prerequisites}[TIMBER] == entry
    assert all(one.kind != "prerequisite" for one in hall.casework.queries.inbox(ENTERPRISE).rows)


def refuse_timber(hall: CaseworkHall, case: str) -> None:
    slip = OpinionInput(view="deny", text="品种不允许", law="待定条例", article="第六条")
    hall.casework.work.enter_reply(ENTERPRISE, hall.key(), case, "final", slip)


def test_c2_a_permit_applied_for_again_releases_the_case_that_waited(
    hall: CaseworkHall, cases: Cases
) -> None:
    hall.opine(cases[LICENCE], "review", COMMERCE[0])
    grant_hygiene(hall, cases[HYGIENE])
    refuse_timber(hall, cases[TIMBER])
    hall.casework.joint.settle(ENTERPRISE, hall.key(), cases[LICENCE], TIMBER, "wait")
    again = hall.casework.joint.apply_again(ENTERPRISE, hall.key(), cases[LICENCE], TIMBER)
    known = {line.material: line for line in hall.queries.case_view(again).lines}
    assert known["premises"].reason == "一件事共用，已在“营业执照”中收取"
    assert [person.name for person in hall.queries.case_view(again).persons] == [
        person.name for person in hall.queries.case_view(cases[TIMBER]).persons
    ]
    hall.intake.answer(ENTERPRISE, hall.key(), again, "imported", "yes")
    hall.mark_all(again, ENTERPRISE)
    hall.intake.decide(ENTERPRISE, hall.key(), again, "accept")
    assert state(hall, cases[LICENCE]).stage == "pre_reviewed"
    grant_timber(hall, again)
    assert state(hall, cases[LICENCE]).stage == "accepted"
    (row,) = (row for row in hall.page(cases[LICENCE], COMMERCE[1]).prerequisites if row.item == TIMBER)
    assert (row.case, row.state, row.result_number) == (again, "arrived", TIMBER_NUMBER)
    assert again in {one.case for one in hall.page(cases[LICENCE], COMMERCE[1]).joint_cases}


def test_c2_applying_again_needs_no_choice_before_and_counts_as_waiting(
    hall: CaseworkHall, cases: Cases
) -> None:
    refuse_timber(hall, cases[TIMBER])
    hall.casework.joint.apply_again(ENTERPRISE, hall.key(), cases[LICENCE], TIMBER)
    assert all(one.kind != "prerequisite" for one in hall.casework.queries.inbox(ENTERPRISE).rows)
    (row,) = (row for row in hall.page(cases[LICENCE], COMMERCE[1]).prerequisites if row.item == TIMBER)
    assert (row.state, row.way, row.again) == ("open", "wait", False)


@pytest.mark.parametrize("item", [TIMBER, HYGIENE])
def test_c2_nobody_applies_again_while_the_first_application_runs(
    hall: CaseworkHall, cases: Cases, item: str
) -> None:
    with pytest.raises(UserFacingError) as refused:
        hall.casework.joint.apply_again(ENTERPRISE, hall.key(), cases[LICENCE], item)
    assert refused.value.code == "joint.still-runs"


def test_c2_a_result_of_another_application_settles_what_nothing_came_of(
    hall: CaseworkHall, cases: Cases
) -> None:
    """The applicant applied elsewhere in the hall, not from the case that waits."""
    hall.opine(cases[LICENCE], "review", COMMERCE[0])
    grant_hygiene(hall, cases[HYGIENE])
    refuse_timber(hall, cases[TIMBER])
    hall.casework.joint.settle(ENTERPRISE, hall.key(), cases[LICENCE], TIMBER, "wait")
    again = hall.case(TIMBER, "zhang", ENTERPRISE, imported="yes")
    hall.mark_all(again, ENTERPRISE)
    hall.intake.decide(ENTERPRISE, hall.key(), again, "accept")
    grant_timber(hall, again)
    assert state(hall, cases[LICENCE]).stage == "accepted"


def accepted_with_promise(hall: CaseworkHall) -> str:
    """The licence accepted with both permits promised (容缺)."""
    draft = hall.case(LICENCE, "zhang", ENTERPRISE, form="individual", by_agent="no")
    hall.intake.answer(ENTERPRISE, hall.key(), draft, "scope", ("chopsticks",))
    hall.mark_all(draft, ENTERPRISE)
    for code in ("hygiene_permit", "timber_permit"):
        hall.intake.mark(ENTERPRISE, hall.key(), draft, code, "lacking")
    hall.intake.decide(ENTERPRISE, hall.key(), draft, "accept")
    hall.opine(draft, "review", COMMERCE[0])
    return draft


def approval(hall: CaseworkHall, case: str) -> str:
    return next(row.state for row in hall.page(case, COMMERCE[1]).steps if row.code == "approval")


def test_c2_promised_permits_that_are_brought_let_the_case_go_on(hall: CaseworkHall) -> None:
    case = accepted_with_promise(hall)
    assert approval(hall, case) == "waiting"
    hall.around.telling.supply(ENTERPRISE, hall.key(), case, ("hygiene_permit", "timber_permit"))
    assert approval(hall, case) == "open"
    assert state(hall, case).lacking == ()


def test_c2_a_permit_shown_by_its_number_is_the_promised_paper(hall: CaseworkHall) -> None:
    case = accepted_with_promise(hall)
    for item, number in ((HYGIENE, "卫许9"), (TIMBER, TIMBER_NUMBER)):
        hall.casework.joint.arrived(ENTERPRISE, hall.key(), case, item, number)
    assert state(hall, case).lacking == ()
    assert approval(hall, case) == "open"


def test_i15_a_promised_paper_holds_the_final_word_and_not_the_opinions_before(hall: CaseworkHall) -> None:
    case = hall.case(HYGIENE, "zhang", ENTERPRISE, staff="no")
    hall.mark_all(case, ENTERPRISE)
    lacking = next(line.material for line in hall.queries.case_view(case).lines if line.lack_allowed)
    hall.intake.mark(ENTERPRISE, hall.key(), case, lacking, "lacking")
    hall.intake.decide(ENTERPRISE, hall.key(), case, "accept")
    with pytest.raises(UserFacingError) as refused:
        grant_hygiene(hall, case)
    assert refused.value.code == "opinion.promised"
    assert [row.state for row in hall.page(case, HEALTH[0]).steps if row.code == "final"] == ["open"]
    hall.around.telling.supply(ENTERPRISE, hall.key(), case, (lacking,))
    hall.opine(case, "final", HEALTH[2])
    assert state(hall, case).stage == "granted"


def test_c2_a_permit_whose_clock_stands_is_not_late(hall: CaseworkHall, cases: Cases) -> None:
    hall.time.commands.correct(ENTERPRISE, hall.key(), cases[TIMBER], "材料补正")
    hall.time.commands.correct(ENTERPRISE, hall.key(), cases[HYGIENE], "材料补正")
    hall.clock.advance(days=30)
    assert hall.casework.queries.results_needed(OVERSEER) == ()
    with pytest.raises(UserFacingError) as refused:
        hall.casework.joint.settle(ENTERPRISE, hall.key(), cases[LICENCE], TIMBER, "drop")
    assert refused.value.code == "joint.still-runs"


def test_c2_what_is_late_is_on_the_call_list_and_in_the_counters_list(
    hall: CaseworkHall, cases: Cases
) -> None:
    assert hall.casework.queries.results_needed(OVERSEER) == ()
    hall.clock.advance(days=30)
    (row,) = hall.casework.queries.results_needed(OVERSEER)
    assert (row.case, row.what) == (cases[LICENCE], "choice")
    told = [one for one in hall.around.telling.to_tell(OVERSEER) if one.about == "choice"]
    assert [one.case for one in told] == [cases[LICENCE]]
    paper = hall.around.telling.letter(ENTERPRISE, hall.key(), cases[LICENCE], "choice")
    assert paper


def test_c2_results_that_are_here_while_its_own_papers_are_not_in_order_are_not_forgotten(
    hall: CaseworkHall, cases: Cases
) -> None:
    hall.opine(cases[LICENCE], "review", COMMERCE[0])
    own = next(
        line.material
        for line in hall.queries.case_view(cases[LICENCE]).lines
        if line.material not in ("hygiene_permit", "timber_permit")
    )
    hall.intake.mark(ENTERPRISE, hall.key(), cases[LICENCE], own, "to_correct", "不清楚")
    grant_hygiene(hall, cases[HYGIENE])
    grant_timber(hall, cases[TIMBER])
    assert state(hall, cases[LICENCE]).stage == "pre_reviewed"
    (row,) = hall.casework.queries.results_needed(OVERSEER)
    assert (row.case, row.what) == (cases[LICENCE], "held_up")
    hall.intake.mark(ENTERPRISE, hall.key(), cases[LICENCE], own, "present")
    hall.intake.decide(ENTERPRISE, hall.key(), cases[LICENCE], "accept")
    assert hall.casework.queries.results_needed(OVERSEER) == ()


def needed(hall: CaseworkHall) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(row.case, row.what, row.items) for row in hall.casework.queries.results_needed(OVERSEER)]


def ways(hall: CaseworkHall, case: str, item: str) -> tuple[bool, bool]:
    """Whether the applicant is asked, and whether he may choose."""
    (row,) = (row for row in hall.page(case, COMMERCE[0]).prerequisites if row.item == item)
    return row.asked, bool(row.ways)


def test_c2_who_chose_to_wait_for_what_is_late_is_not_asked_again_until_something_new_happens(
    hall: CaseworkHall, cases: Cases
) -> None:
    licence = cases[LICENCE]
    hall.clock.advance(days=30)
    assert needed(hall) == [(licence, "choice", (HYGIENE, TIMBER))]
    for item in (HYGIENE, TIMBER):
        hall.casework.joint.settle(ENTERPRISE, hall.key(), licence, item, "wait")
    (row,) = hall.casework.queries.results_needed(OVERSEER)
    assert (row.what, row.items) == ("waiting", (HYGIENE, TIMBER))
    kept_by = plan().member(ENTERPRISE.staff)
    assert kept_by is not None
    assert (row.since.date(), row.chosen_name) == (hall.clock.now().date(), kept_by.name)
    assert not [one for one in hall.around.telling.to_tell(OVERSEER) if one.about == "choice"]
    hall.clock.advance(days=3)
    assert needed(hall) == [(licence, "waiting", (HYGIENE, TIMBER))]
    assert ways(hall, licence, TIMBER) == (False, True)  # he may think better of it
    hall.intake.decide(ENTERPRISE, hall.key(), cases[HYGIENE], "withdraw", DecisionInput(reason="不办了"))
    assert needed(hall) == [(licence, "choice", (HYGIENE,))]
    assert ways(hall, licence, HYGIENE) == (True, True)


def test_c2_a_new_day_that_passes_asks_again_who_waits(hall: CaseworkHall, cases: Cases) -> None:
    licence = cases[LICENCE]
    hall.clock.advance(days=30)
    for item in (HYGIENE, TIMBER):
        hall.casework.joint.settle(ENTERPRISE, hall.key(), licence, item, "wait")
    more = Request(kind="supervisor", amount=40, reason="设备检修，检疫延后")
    asked = hall.time.commands.ask(ENTERPRISE, hall.key(), cases[TIMBER], more)
    hall.time.commands.approve(MANAGER, hall.key(), cases[TIMBER], asked)
    hall.clock.advance(days=5)
    assert needed(hall) == [(licence, "waiting", (HYGIENE, TIMBER))]  # its new day has not passed
    hall.clock.advance(days=90)
    assert needed(hall) == [(licence, "choice", (TIMBER,))]


def test_c2_a_withdrawn_permit_asks_the_applicant_too(hall: CaseworkHall, cases: Cases) -> None:
    hall.intake.decide(ENTERPRISE, hall.key(), cases[HYGIENE], "withdraw", DecisionInput(reason="不办了"))
    (row,) = (row for row in hall.casework.queries.inbox(ENTERPRISE).rows if row.kind == "prerequisite")
    assert row.code == HYGIENE


def test_c2_nobody_gives_up_on_a_permit_that_is_still_in_time(hall: CaseworkHall, cases: Cases) -> None:
    with pytest.raises(UserFacingError) as refused:
        hall.casework.joint.settle(ENTERPRISE, hall.key(), cases[LICENCE], TIMBER, "drop")
    assert refused.value.code == "joint.still-runs"
    hall.clock.advance(days=30)
    hall.casework.joint.settle(ENTERPRISE, hall.key(), cases[LICENCE], TIMBER, "drop")
    assert state(hall, cases[LICENCE]).stage == "accepted"


def test_c2_a_matter_without_prerequisites_is_no_joint_matter(hall: CaseworkHall) -> None:
    draft = hall.case(LICENCE, "zhang", ENTERPRISE, form="individual", by_agent="no")
    hall.intake.answer(ENTERPRISE, hall.key(), draft, "scope", ("other",))
    with pytest.raises(UserFacingError) as refused:
        hall.casework.joint.open(ENTERPRISE, hall.key(), draft)
    assert refused.value.code == "joint.none"
