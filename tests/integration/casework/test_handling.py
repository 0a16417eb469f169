"""An accepted case from inbox to decision: three people, a form, an opinion with its article (mission: C3,
C9, C10)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from counter_app.domain.casework.opinion import OpinionInput
from counter_app.domain.casework.task import TaskOpened, TaskPassed
from counter_app.domain.intake.fold import CASES
from counter_app.domain.journal import Actor
from counter_app.domain.time.limits import Limit
from counter_app.errors import UserFacingError
from counter_app.use_cases.ports.store import Transaction
from tests.support.casework_hall import HEALTH, MANAGER, POPULATION, CaseworkHall
from tests.support.intake_hall import CLERK, ENTERPRISE

HANDLER, APPROVER, FINAL = POPULATION


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[CaseworkHall]:
    hall = CaseworkHall(tmp_path)
    yield hall
    hall.close()


@pytest.fixture
def case(hall: CaseworkHall) -> str:
    return hall.accepted("0603", "zhang", CLERK, married="no", has_children="no")


def test_c12_an_accepted_case_lies_in_the_inbox_of_the_post_and_nowhere_else(
    hall: CaseworkHall, case: str
) -> None:
    inbox = hall.casework.queries.inbox(HANDLER)
    (row,) = inbox.rows
    assert (row.case, row.name, row.item, row.applicant) == (
        case,
        "审查",
        "婚育证明",
        hall.page(case, HANDLER).applicant,
    )
    assert row.due is not None
    assert row.days_left == 1
    assert row.urgency == "near"
    assert hall.casework.queries.inbox(APPROVER).rows == ()
    assert hall.casework.queries.inbox(HEALTH[0]).rows == ()


def test_c9_a_case_is_granted_by_three_people_and_its_paper_is_issued(hall: CaseworkHall, case: str) -> None:
    hall.opine(case, "review", HANDLER)
    hall.opine(case, "approval", APPROVER)
    hall.opine(case, "final", FINAL, number="流婚〔2026〕12")
    page = hall.page(case, FINAL)
    assert [row.state for row in page.steps] == ["done", "done", "done"]
    assert [row.name for row in page.opinions] == ["秦岚", "陈志强", "许正"]
    with hall.store.reading() as reader:
        assert reader.need(CASES, case).stage == "granted"
        kinds = {paper.kind for paper in reader.papers.of_case(case)}
    assert "result" in kinds
    assert all(not hall.casework.queries.inbox(who).rows for who in POPULATION)
    assert hall.store.check().sound


def test_c9_an_opinion_without_article_is_not_sent(hall: CaseworkHall, case: str) -> None:
    given = replace(hall.opinion(case, HANDLER), article="")
    with pytest.raises(UserFacingError) as refused:
        hall.casework.work.opine(HANDLER, hall.key(), case, "review", given)
    assert refused.value.code == "opinion.no-article"
    assert "review.open" in {
        lack.code for lack in hall.casework.queries.check_opinion(HANDLER, case, "review", given).lacks
    }


def test_c9_nobody_signs_twice_although_he_holds_both_posts(hall: CaseworkHall, case: str) -> None:
    hall.casework.posts.pass_over(HANDLER, hall.key(), "population", "病假")
    hall.opine(case, "review", APPROVER)
    with pytest.raises(UserFacingError) as refused:
        hall.casework.work.opine(APPROVER, hall.key(), case, "approval", hall.opinion(case, APPROVER))
    assert refused.value.code == "opinion.same-person"


def test_an_approver_sends_back_and_it_returns_to_the_same_hands(hall: CaseworkHall, case: str) -> None:
    hall.opine(case, "review", HANDLER)
    hall.casework.work.send_back(APPROVER, hall.key(), case, "approval", "review", "依据写得不全")
    (row,) = hall.casework.queries.inbox(HANDLER).rows
    assert row.mine
    assert row.code == "review"
    assert row.told == (("陈志强", "依据写得不全"),)
    step = hall.page(case, HANDLER).steps[0]
    assert (step.sent_back, step.back_name, step.back_reason) == (1, "陈志强", "依据写得不全")
    assert hall.casework.queries.inbox(APPROVER).rows == ()
    hall.opine(case, "review", HANDLER)
    assert hall.casework.queries.inbox(APPROVER).rows


def test_a_denied_case_ends_denied_with_law_and_article(hall: CaseworkHall, case: str) -> None:
    for step, who in zip(("review", "approval", "final"), POPULATION, strict=True):
        if step == "review":
            hall.casework.work.fill_review(who, hall.key(), case, step, [("marriage", "不一致")])
        hall.casework.work.opine(who, hall.key(), case, step, hall.opinion(case, who, "deny"))
    with hall.store.reading() as reader:
        state = reader.need(CASES, case)
    assert state.stage == "denied"
    assert "第七条" in state.acts[-1].article


def test_h5_the_inbox_passes_to_b_with_what_is_in_hand_and_back(hall: CaseworkHall, case: str) -> None:
    (row,) = hall.casework.queries.inbox(HANDLER).rows
    hall.casework.work.take(HANDLER, hall.key(), row.task)
    assert hall.casework.posts.pass_over(HANDLER, hall.key(), "population", "外出") == 1
    inbox = hall.casework.queries.inbox(APPROVER)
    assert [entry.task for entry in inbox.rows] == [row.task]
    assert "population" in inbox.standing_in
    assert hall.casework.queries.inbox(HANDLER).rows == ()
    assert hall.casework.posts.give_back(HANDLER, hall.key(), "population") == 1
    assert [entry.task for entry in hall.casework.queries.inbox(HANDLER).rows] == [row.task]


def test_c12_work_is_handed_to_a_colleague_and_to_nobody_else(hall: CaseworkHall, case: str) -> None:
    (row,) = hall.casework.queries.inbox(HANDLER).rows
    hall.casework.work.take(HANDLER, hall.key(), row.task)
    with pytest.raises(UserFacingError) as refused:
        hall.casework.work.pass_on(HANDLER, hall.key(), row.task, "1014")
    assert refused.value.code == "work.colleague"
    hall.casework.work.pass_on(HANDLER, hall.key(), row.task, "1022", "请您办理")
    (entry,) = hall.casework.queries.inbox(FINAL).rows
    assert (entry.mine, entry.told) == (True, (("秦岚", "请您办理"),))


def test_c9_approvals_are_handed_to_their_level_and_signed_by_it(hall: CaseworkHall) -> None:
    """1015 approves health's cases, 1017 approves finally, 1016 is B of both, 1014 examines."""
    case = hall.accepted("0512", "zhang", ENTERPRISE, staff="no")
    work, key = hall.casework.work, hall.key
    hall.opine(case, "review", HEALTH[0])
    for step in ("visit", "test"):
        work.end_step(HEALTH[0], key(), case, step)
    (approval,) = hall.casework.queries.inbox(HEALTH[1]).rows
    assert [one.badge for one in hall.casework.queries.colleagues(HEALTH[1], approval.task)] == [
        "1016",
        "1017",
    ]
    with pytest.raises(UserFacingError) as refused:
        work.pass_on(HEALTH[1], key(), approval.task, "1014")
    assert refused.value.code == "work.level"
    hall.opine(case, "approval", HEALTH[1])
    (final,) = hall.casework.queries.inbox(HEALTH[2]).rows
    with pytest.raises(UserFacingError) as refused:
        work.pass_on(HEALTH[2], key(), final.task, "1015")
    assert refused.value.code == "work.level"
    work.pass_on(HEALTH[2], key(), final.task, "1016")
    hall.opine(case, "final", Actor("1016", HEALTH[2].place))
    assert hall.page(case, HEALTH[0]).view == "grant"


def test_c9_what_an_older_hand_over_left_in_wrong_hands_is_not_signed_there(hall: CaseworkHall) -> None:
    case = hall.accepted("0603", "zhang", CLERK, married="no", has_children="no")
    hall.opine(case, "review", HANDLER)
    (row,) = hall.casework.queries.inbox(APPROVER).rows
    passed = TaskPassed(case=case, task=row.task, from_staff=APPROVER.staff, to_staff=HANDLER.staff)

    def handed(tx: Transaction) -> None:
        tx.record(passed)

    hall.store.act(APPROVER, hall.key(), handed)
    given = OpinionInput(view="grant", text="拟准予", law="某条例", article="第七条")
    with pytest.raises(UserFacingError) as refused:
        hall.casework.work.opine(HANDLER, hall.key(), case, "approval", given)
    assert refused.value.code == "work.level"
    assert hall.page(case, HANDLER).form is None
    hall.casework.work.pass_on(HANDLER, hall.key(), row.task, APPROVER.staff)


def test_c3_steps_that_wait_for_nothing_run_side_by_side(hall: CaseworkHall) -> None:
    case = hall.accepted("0512", "zhang", ENTERPRISE, staff="no")
    states = {row.code: row.state for row in hall.page(case, HEALTH[0]).steps}
    assert states == {
        "review": "open",
        "visit": "open",
        "test": "open",
        "approval": "waiting",
        "final": "waiting",
    }


def test_i10_the_class_set_at_intake_picks_procedure_and_promise(hall: CaseworkHall) -> None:
    case = hall.case("0512", "zhang", ENTERPRISE, staff="no")
    hall.mark_all(case, ENTERPRISE)
    before = hall.queries.case_view(case).due
    hall.intake.set_field(ENTERPRISE, hall.key(), case, "complexity", "simple")
    after = hall.queries.case_view(case).due
    assert before is not None
    assert after is not None
    assert after.day < before.day
    hall.intake.decide(ENTERPRISE, hall.key(), case, "accept")
    page = hall.page(case, HEALTH[0])
    assert page.case_class == "简易件"
    assert "visit" not in {row.code for row in page.steps}
    assert page.promised_limit == Limit(3, "working_days")


def test_c1_each_sees_what_he_may(hall: CaseworkHall, case: str) -> None:
    hall.opine(case, "review", HANDLER)
    assert hall.page(case, MANAGER).opinions
    assert hall.page(case, MANAGER).sight == "all"
    counter = hall.page(case, CLERK)
    assert counter.sight == "state"
    assert not counter.opinions
    assert not counter.steps
    assert hall.page(case, HEALTH[0]).sight == "state"


def test_c3_what_a_visit_found_is_kept_with_its_step_and_seen_at_the_counter(hall: CaseworkHall) -> None:
    case = hall.accepted("0512", "zhang", ENTERPRISE, staff="no")
    hall.opine(case, "review", HEALTH[0])
    for step in ("visit", "test"):
        hall.casework.work.end_step(HEALTH[0], hall.key(), case, step)
    hall.casework.work.send_back(HEALTH[1], hall.key(), case, "approval", "visit", "再看一次")
    for who, why in ((HEALTH[0], "再看一次"), (ENTERPRISE, "")):  # the counter hears of no quarrel
        assert {row.code: row.back_reason for row in hall.page(case, who).steps}["visit"] == why
    hall.casework.work.end_step(HEALTH[0], hall.key(), case, "visit", "failed", "操作间与平面图不符")
    for who in (HEALTH[0], ENTERPRISE):
        found = {row.code: row.remark for row in hall.page(case, who).steps}
        assert found["visit"] == "操作间与平面图不符"


def test_i10_why_a_case_was_classed_anew_stands_on_its_page(hall: CaseworkHall, case: str) -> None:
    hall.casework.work.classify(HANDLER, hall.key(), case, "complex", False, "材料存疑")
    assert hall.page(case, HANDLER).class_reason == "材料存疑"
    assert hall.page(case, CLERK).class_reason == ""


def test_h5_what_the_new_holder_may_not_sign_stays(hall: CaseworkHall, case: str) -> None:
    """1009 approves; 1021, who takes the post of examination over from nobody, may not sign approvals."""
    work, posts = hall.casework.work, hall.casework.posts
    hall.opine(case, "review", HANDLER)
    (row,) = hall.casework.queries.inbox(APPROVER).rows
    work.take(APPROVER, hall.key(), row.task)
    posts.pass_over(HANDLER, hall.key(), "population", "外出")  # 1009 stands in for 1021
    assert posts.pass_over(APPROVER, hall.key(), "population", "也要外出", "1021") == 0
    assert [entry.task for entry in hall.casework.queries.inbox(APPROVER).rows] == [row.task]
    with pytest.raises(UserFacingError) as refused:
        posts.pass_over(APPROVER, hall.key(), "population-approver", "外出", "1014")
    assert refused.value.code == "post.elsewhere"
    assert posts.pass_over(APPROVER, hall.key(), "population-approver", "外出", "1021") == 1
    hall.casework.posts.give_back(APPROVER, hall.key(), "population-approver")
    assert [entry.task for entry in hall.casework.queries.inbox(APPROVER).rows] == [row.task]


def test_c7_a_dispute_whose_case_a_new_machine_was_never_given_breaks_no_inbox(hall: CaseworkHall) -> None:
    opened = TaskOpened(
        case="3.9.9", task="t", kind="dispute", code="m", name="协调", department="centre", post="supervision"
    )

    def taken_in(tx: Transaction) -> None:
        tx.record(opened)

    hall.store.act(MANAGER, hall.key(), taken_in)
    assert hall.casework.queries.inbox(MANAGER).rows == ()
    assert hall.casework.queries.department(MANAGER, "centre") == ()
