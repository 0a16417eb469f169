"""Lead and assist by the rules of the seed: once, five answers, a cause that books the delay (mission: C4–C7,
C3)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from counter_app.domain.casework.fold import HANDLINGS
from counter_app.domain.casework.state import Cause
from counter_app.domain.casework.task import TASKS
from counter_app.domain.catalogue.handling import AssistMatter
from counter_app.domain.intake.fold import CASES
from counter_app.domain.time.limits import Limit
from counter_app.errors import UserFacingError
from counter_app.use_cases.casework.known import c5_known
from counter_app.use_cases.delivery.inputs import AmendInput
from tests.support.casework_hall import COMMERCE, HEALTH, MANAGER, POPULATION, CaseworkHall
from tests.support.intake_hall import CLERK, ENTERPRISE

LEAD, ASSIST = HEALTH[0], COMMERCE[0]


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[CaseworkHall]:
    hall = CaseworkHall(tmp_path)
    yield hall
    hall.close()


@pytest.fixture
def case(hall: CaseworkHall) -> str:
    case = hall.accepted("0512", "zhang", ENTERPRISE, staff="no")
    hall.casework.asking.request(LEAD, hall.key(), case, ["timber_source", "site_use"])
    return case


def lead_due(hall: CaseworkHall, case: str) -> date:
    (row,) = (row for row in hall.page(case, LEAD).steps if row.code == "review")
    assert row.due is not None
    return row.due


def test_c4_an_assist_lies_with_its_department_and_runs_its_own_clock(hall: CaseworkHall, case: str) -> None:
    (row,) = hall.casework.queries.inbox(ASSIST).rows
    assert (row.kind, row.code, row.lead, row.days_left) == ("assist", "site_use", False, 1)
    hall.casework.asking.answer(ASSIST, hall.key(), case, "site_use", "agree")
    assert hall.casework.queries.inbox(ASSIST).rows == ()


def test_c4_who_is_silent_past_the_date_stands_before_the_management(hall: CaseworkHall, case: str) -> None:
    """Both have a working day; commerce answers in time, the rural bureau does not."""

    def silent() -> list[tuple[str, str, str]]:
        rows = hall.casework.queries.inbox(MANAGER).rows
        return [(row.kind, row.code, row.urgency) for row in rows]

    due = {row.matter: row.due for row in hall.page(case, LEAD).assists}
    hall.casework.asking.answer(ASSIST, hall.key(), case, "site_use", "agree")
    assert silent() == []
    last = due["timber_source"]
    assert last is not None
    hall.clock.advance(days=(last - hall.clock.now().date()).days)
    assert silent() == []  # its last day is not over
    hall.clock.advance(days=1)
    assert silent() == [("assist", "timber_source", "late")]
    assert hall.casework.queries.inbox(LEAD).rows  # the lead's own work stays the lead's
    hall.casework.asking.answer(ENTERPRISE, hall.key(), case, "timber_source", "agree")
    assert silent() == []


def test_c4_disagreeing_needs_reason_and_article(hall: CaseworkHall, case: str) -> None:
    for words, code in (((), "assist.reason-needed"), (("用途不符",), "assist.article-needed")):
        with pytest.raises(UserFacingError) as refused:
            hall.casework.asking.answer(ASSIST, hall.key(), case, "site_use", "disagree", *words)
        assert refused.value.code == code


def test_c5_assistance_is_asked_once_for_all_matters(hall: CaseworkHall, case: str) -> None:
    with pytest.raises(UserFacingError) as refused:
        hall.casework.asking.request(LEAD, hall.key(), case, ["site_use"])
    assert refused.value.code == "assist.once"


def test_c5_what_the_hall_knows_is_looked_up_and_not_asked(hall: CaseworkHall) -> None:
    case = hall.accepted("0512", "zhang", ENTERPRISE, staff="no")
    assert hall.casework.asking.request(LEAD, hall.key(), case, ["residence"]) == ()
    page = hall.page(case, LEAD)
    assert [(row.matter, row.source) for row in page.looked_up] == [("residence", "party")]
    assert page.offered == ()
    with pytest.raises(UserFacingError) as refused:
        hall.casework.asking.request(LEAD, hall.key(), case, ["residence", "site_use"])
    assert refused.value.code == "assist.once"


def test_c5_a_result_that_was_revoked_is_asked_for_again(hall: CaseworkHall) -> None:
    def known(case: str) -> str:
        with hall.store.reading() as reader:
            return c5_known(reader, reader.need(CASES, case), reader.now.date(), matter)

    matter = AssistMatter(
        code="m", name="婚育", department="civil", demand="核", limit=Limit(1, "working_days"),
        known_from="item:0603",
    )  # fmt: skip
    earlier = hall.accepted("0603", "zhang", CLERK, married="no", has_children="no")
    case = hall.accepted("0512", "zhang", ENTERPRISE, staff="no")
    assert known(case) == ""
    for step, who in zip(("review", "approval", "final"), POPULATION, strict=True):
        hall.opine(earlier, step, who, number="流婚〔2026〕12" if step == "final" else "")
    assert known(case) == hall.page(earlier, LEAD).number
    revoke = AmendInput(amendment="revoked", reason="骗取", article="《行政许可法》第六十九条")
    hall.around.delivering.amend(CLERK, hall.key(), earlier, revoke)
    assert known(case) == ""


def test_h2_a_department_on_paper_is_answered_for_by_the_counter_only(hall: CaseworkHall, case: str) -> None:
    with pytest.raises(UserFacingError) as refused:
        hall.casework.asking.answer(ASSIST, hall.key(), case, "timber_source", "agree")
    assert refused.value.code == "work.not-yours"
    hall.casework.asking.answer(ENTERPRISE, hall.key(), case, "timber_source", "agree")
    (row,) = (row for row in hall.page(case, LEAD).assists if row.matter == "timber_source")
    assert (row.answer, row.on_paper) == ("agree", True)


@pytest.mark.parametrize(("cause", "days"), [("assist_short", 1), ("lead_unclear", 0)])
def test_c6_the_cause_of_a_second_request_books_the_delay(
    hall: CaseworkHall, case: str, cause: Cause, days: int
) -> None:
    promised = hall.page(case, LEAD).promised_due
    before = lead_due(hall, case)
    hall.casework.asking.answer(ASSIST, hall.key(), case, "site_use", "agree")
    hall.casework.asking.repeat(LEAD, hall.key(), case, "site_use", cause, "没有写明面积")
    (row,) = (row for row in hall.page(case, LEAD).assists if row.matter == "site_use")
    assert (row.rounds, row.cause, row.late) == (2, cause, cause == "assist_short")
    assert (lead_due(hall, case) - before).days == days
    assert hall.page(case, LEAD).promised_due == promised
    with hall.store.reading() as reader:
        second = reader.need(TASKS, row.task)
    assert second.late is (cause == "assist_short")


def test_c6_a_second_request_needs_an_answer_a_cause_and_comes_once(hall: CaseworkHall, case: str) -> None:
    for reason, code in (("没有写明面积", "assist.not-answered"),):
        with pytest.raises(UserFacingError) as refused:
            hall.casework.asking.repeat(LEAD, hall.key(), case, "site_use", "assist_short", reason)
        assert refused.value.code == code
    hall.casework.asking.answer(ASSIST, hall.key(), case, "site_use", "agree")
    with pytest.raises(UserFacingError) as refused:
        hall.casework.asking.repeat(LEAD, hall.key(), case, "site_use", "assist_short", " ")
    assert refused.value.code == "assist.cause-needed"


def test_c7_arbitration_decides_the_cause_and_takes_back_what_it_gave(hall: CaseworkHall, case: str) -> None:
    before = lead_due(hall, case)
    hall.casework.asking.answer(ASSIST, hall.key(), case, "site_use", "agree")
    hall.casework.asking.repeat(LEAD, hall.key(), case, "site_use", "assist_short", "没有写明面积")
    assert lead_due(hall, case) > before
    hall.casework.asking.dispute(ASSIST, hall.key(), case, "site_use", "首次没有要求写面积")
    (row,) = hall.casework.queries.inbox(MANAGER).rows
    assert row.kind == "dispute"
    hall.casework.asking.settle(MANAGER, hall.key(), case, "site_use", "lead_unclear", "要求不清")
    assert lead_due(hall, case) == before
    (found,) = (row for row in hall.page(case, LEAD).assists if row.matter == "site_use")
    assert (found.cause, found.settled, found.settle_reason) == ("lead_unclear", True, "要求不清")
    assert hall.casework.queries.inbox(MANAGER).rows == ()


def test_c7_an_order_goes_to_several_departments_and_each_replies(hall: CaseworkHall, case: str) -> None:
    with pytest.raises(UserFacingError):
        hall.casework.asking.order(MANAGER, hall.key(), case, ["health"], "同日到场", date(2026, 11, 26))
    order = hall.casework.asking.order(
        MANAGER, hall.key(), case, ["health", "commerce"], "同日到场", date(2026, 11, 26)
    )
    hall.casework.asking.reply_order(ASSIST, hall.key(), case, order, "commerce", "已派人")
    (row,) = hall.page(case, LEAD).orders
    assert row.replies == (("工商局", "已派人"),)


def test_c7_only_the_two_departments_contest_a_cause(hall: CaseworkHall, case: str) -> None:
    asking = hall.casework.asking
    asking.answer(ASSIST, hall.key(), case, "site_use", "agree")
    asking.answer(ENTERPRISE, hall.key(), case, "timber_source", "agree")
    for matter in ("site_use", "timber_source"):
        asking.repeat(LEAD, hall.key(), case, matter, "assist_short", "没有写明面积")
    for who, matter in (
        (POPULATION[0], "site_use"),
        (ENTERPRISE, "site_use"),
        (ASSIST, "timber_source"),
    ):
        with pytest.raises(UserFacingError) as refused:
            asking.dispute(who, hall.key(), case, matter, "不认可")
        assert refused.value.code == "work.not-yours"
    asking.dispute(ENTERPRISE, hall.key(), case, "timber_source", "回执写明了")
    may = {row.matter: row.may_dispute for row in hall.page(case, ASSIST).assists}
    assert may == {"timber_source": False, "site_use": True}


def test_c7_an_order_is_replied_to_by_the_department_it_lies_with(hall: CaseworkHall, case: str) -> None:
    asking = hall.casework.asking
    order = asking.order(MANAGER, hall.key(), case, ["health", "commerce"], "同日到场", date(2026, 11, 26))
    for who in (POPULATION[0], LEAD, ENTERPRISE):
        with pytest.raises(UserFacingError) as refused:
            asking.reply_order(who, hall.key(), case, order, "commerce", "已派人")
        assert refused.value.code == "work.not-yours"


def test_c3_only_the_group_writes_to_the_group(hall: CaseworkHall, case: str) -> None:
    group, outside = hall.casework.group, POPULATION[0]
    with pytest.raises(UserFacingError) as noted:
        group.note(outside, hall.key(), case, "路过")
    with pytest.raises(UserFacingError) as asked:
        group.ask(outside, hall.key(), case, "commerce", "面积是多少？")
    assert (noted.value.code, asked.value.code) == ("work.not-yours", "work.not-yours")
    group.note(MANAGER, hall.key(), case, "请抓紧")


def test_c3_questions_and_meetings_absence_is_urged_and_answers_nothing(
    hall: CaseworkHall, case: str
) -> None:
    question = hall.casework.group.ask(LEAD, hall.key(), case, "commerce", "面积是多少？")
    hall.casework.group.reply(ASSIST, hall.key(), case, question, "120 平方米")
    meeting = hall.casework.group.call_meeting(
        LEAD, hall.key(), case, "visit", date(2026, 11, 25), ["health", "commerce"]
    )
    absent = hall.casework.group.minute(LEAD, hall.key(), case, meeting, ["health"], "现场布局与图一致")
    assert absent == ("commerce",)
    kinds = {row.kind: row.task for row in hall.casework.queries.inbox(ASSIST).rows}
    assert set(kinds) == {"assist", "absence"}
    hall.casework.group.make_up(ASSIST, hall.key(), kinds["absence"], "同意现场结论")
    page = hall.page(case, LEAD)
    assert page.assists[1].answer is None
    assert [note.answer for note in page.notes] == ["120 平方米", ""]


def granted(hall: CaseworkHall, case: str) -> None:
    hall.casework.asking.answer(ENTERPRISE, hall.key(), case, "timber_source", "agree")
    hall.opine(case, "review", LEAD)
    for step in ("visit", "test"):
        hall.casework.work.end_step(LEAD, hall.key(), case, step)
    hall.opine(case, "approval", HEALTH[1])
    hall.opine(case, "final", HEALTH[2])


def booked_late(hall: CaseworkHall, case: str) -> bool:
    with hall.store.reading() as reader:
        assist = reader.need(HANDLINGS, case).assist("site_use")
        assert assist is not None
        return reader.need(TASKS, assist.task).late


@pytest.mark.parametrize("before", [True, False])
def test_c7_a_decision_does_not_end_the_quarrel_about_the_delay(
    hall: CaseworkHall, case: str, before: bool
) -> None:
    asking, key = hall.casework.asking, hall.key
    asking.answer(ASSIST, key(), case, "site_use", "agree")
    asking.repeat(LEAD, key(), case, "site_use", "assist_short", "没有写明面积")
    asking.answer(ASSIST, key(), case, "site_use", "agree")
    if before:
        asking.dispute(ASSIST, key(), case, "site_use", "首次没有要求写面积")
    granted(hall, case)
    if not before:
        assert hall.page(case, ASSIST).may == {"dispute"}
        asking.dispute(ASSIST, key(), case, "site_use", "首次没有要求写面积")
    (row,) = hall.casework.queries.inbox(MANAGER).rows
    assert (row.kind, row.case) == ("dispute", case)
    assert hall.page(case, MANAGER).may == {"settle"}
    assert booked_late(hall, case)
    with pytest.raises(UserFacingError) as refused:
        asking.settle(MANAGER, key(), case, "site_use", "lead_unclear", " ")
    assert refused.value.code == "dispute.why"
    asking.settle(MANAGER, key(), case, "site_use", "lead_unclear", "首次要求不清")
    assert not booked_late(hall, case)
    assert hall.casework.queries.inbox(MANAGER).rows == ()
    assert hall.page(case, ASSIST).may == frozenset()
    assert hall.store.check().sound
