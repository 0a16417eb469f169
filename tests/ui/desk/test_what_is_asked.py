"""What the work in hand asks stands where the form would, with its key (mission: C3, C4, C7, C11, C15)."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from counter_app.ui.desk.opinion_view import OpinionView
from tests.support.casework_hall import COMMERCE, HEALTH, MANAGER, POPULATION
from tests.support.intake_hall import CLERK, ENTERPRISE
from tests.ui.desk.office import Office

ASSIST, SUPERVISOR, HANDLER = "1018", "1011", "1021"


@pytest.fixture
def case(office: Office) -> str:
    case = office.hall.accepted("0512", "zhang", ENTERPRISE, staff="no")
    office.hall.casework.asking.request(HEALTH[0], office.hall.key(), case, ["timber_source", "site_use"])
    return case


def form(office: Office) -> OpinionView:
    return office.window.panels.case.opinion


def said(office: Office) -> str:
    return "\n".join(f"{row.text} {row.detail}" for row in form(office).lines.rows.rows)


def test_an_assist_says_what_is_demanded_by_whom_and_until_when(office: Office, case: str) -> None:
    office.log_in(ASSIST)
    office.hand("assist")
    assert "核对场所用途与拟登记的经营场所是否一致 asked by 卫生局" in said(office)
    assert "reply by 11-24" in said(office)
    assert form(office).answer.isVisibleTo(office.window)
    assert not form(office).submit.isVisibleTo(office.window)
    form(office).answer.click()
    office.settle()
    assert office.asked.startswith("场所用途核对")


def test_a_second_request_says_its_cause_and_a_dispute_its_reason(office: Office, case: str) -> None:
    asking, key = office.hall.casework.asking, office.hall.key
    asking.answer(COMMERCE[0], key(), case, "site_use", "agree")
    asking.repeat(HEALTH[0], key(), case, "site_use", "assist_short", "没有写明面积")
    asking.dispute(COMMERCE[0], key(), case, "site_use", "首次没有要求写面积")
    office.log_in(ASSIST)
    office.hand("assist")
    assert "second request：没有写明面积 the answer did not meet the demand" in said(office)
    assert any("没有写明面积" in line.detail for line in office.window.panels.case.lists.lines("asked"))
    office.log_in(SUPERVISOR)
    office.hand("dispute")
    assert "卫生局 says: 没有写明面积" in said(office)
    assert "工商局 says: 首次没有要求写面积" in said(office)


def test_an_order_a_question_and_a_plan_are_said_in_full(office: Office, case: str) -> None:
    key, day = office.hall.key, office.hall.clock.now().date()
    office.hall.casework.asking.order(MANAGER, key(), case, ["health", "commerce"], "本周内会商", day)
    office.hall.casework.group.ask(HEALTH[0], key(), case, "commerce", "场所有无其他登记？")
    office.log_in(ASSIST)
    office.hand("order")
    assert "本周内会商" in said(office)
    office.hand("question")
    assert "场所有无其他登记？ asked by 赵卫国" in said(office)
    office.hall.accepted("0811", "zhang", ENTERPRISE, work="sign", traffic="no")
    office.log_in(SUPERVISOR)
    office.hand("plan")
    assert "Nothing begins before the plan is approved." in said(office)
    assert form(office).answer.words == "Approve it"


def test_a_meeting_says_its_level_and_what_the_table_thinks_of_it(office: Office) -> None:
    answers = {"wife_registered_here": "yes", "which_child": "more", "pregnant": "no", "adopted": "no"}
    case = office.hall.accepted("0602", "li", CLERK, **answers, circumstance="remarried")
    office.hall.opine(case, "review", POPULATION[0])
    office.log_in(HANDLER)
    office.hand("meeting")
    assert "Ctrl+M, H says which meeting decides it." in said(office)
    assert form(office).submit.words == "Keep how it ended"
    office.more("meeting_level")
    office.keys("1")
    assert "The table gives a higher level." in said(office)


def test_nothing_of_ones_own_offers_no_key(office: Office, case: str) -> None:
    office.log_in("1015")
    office.window.work.case.open(case)
    assert not form(office).answer.isVisibleTo(office.window)
    office.press(Qt.Key.Key_F8)
    assert office.hall.page(case, HEALTH[0]).assists[0].answer is None


def test_what_was_chosen_in_the_inbox_is_said_although_a_form_waits_too(office: Office, case: str) -> None:
    group, key = office.hall.casework.group, office.hall.key
    day = office.hall.clock.now().date()
    group.ask(MANAGER, key(), case, "health", "何时现场查看？")
    group.call_meeting(HEALTH[0], key(), case, "visit", day, ["health", "commerce"])
    office.log_in("1014")
    office.hand("question")
    assert "何时现场查看？" in said(office)
    assert form(office).answer.isVisibleTo(office.window)
    office.hand("meeting")
    assert "On 11-23" in said(office)
    office.hand("review")
    assert form(office).text.isVisibleTo(office.window)
