"""Assists asked once, answered, asked again, disputed and settled, all from the desk (mission: C4–C7)."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from counter_app.use_cases.casework.views import AssistRow
from tests.support.casework_hall import HEALTH, POPULATION
from tests.support.intake_hall import CLERK, ENTERPRISE
from tests.ui.desk.office import Office

LEAD, ASSIST, MANAGER = "1014", "1018", "1011"


@pytest.fixture
def case(office: Office) -> str:
    case = office.hall.accepted("0512", "zhang", ENTERPRISE, staff="no")
    office.log_in(LEAD)
    office.press(Qt.Key.Key_F5)
    office.press(Qt.Key.Key_1)
    return case


def assist(office: Office, case: str, matter: str = "site_use") -> AssistRow:
    return next(row for row in office.hall.page(case, HEALTH[0]).assists if row.matter == matter)


def answer(office: Office, key: Qt.Key) -> None:
    office.log_in(ASSIST)
    office.press(Qt.Key.Key_F8)
    office.press(key)


def test_all_are_asked_at_once_and_what_is_known_is_looked_up(office: Office, case: str) -> None:
    assert office.notice.startswith("2 assists asked. 1 were looked up")
    lines = office.window.panels.case.lists.lines("asked")
    assert any(line.words == "looked up, not asked" for line in lines)
    office.press(Qt.Key.Key_F5)
    assert office.asked == ""
    assert len(office.hall.page(case, HEALTH[0]).assists) == 2


def test_the_other_department_answers_from_its_inbox(office: Office, case: str) -> None:
    answer(office, Qt.Key.Key_1)
    assert office.notice.startswith("Answered")
    assert assist(office, case).answer == "agree"
    assert office.window.work.inbox.rows == ()


def test_disagreeing_asks_for_reason_law_and_article(office: Office, case: str) -> None:
    answer(office, Qt.Key.Key_2)
    for words in ("yongtu bufu", "tiaoli", "di liu tiao"):
        office.write(words)
    row = assist(office, case)
    assert (row.answer, row.reason, row.law, row.article) == (
        "disagree",
        "yongtu bufu",
        "tiaoli",
        "di liu tiao",
    )


def answered_in_health(office: Office) -> str:
    """A matter of an item that names its law: the other department's answer was asked and it disagrees."""
    case = office.hall.accepted("0603", "li", CLERK, married="yes", has_children="yes", unlawful_birth="no")
    office.hall.casework.asking.request(POPULATION[0], office.hall.key(), case, ["contraception"])
    office.log_in(LEAD)
    office.hand("assist")
    office.press(Qt.Key.Key_F8)
    office.press(Qt.Key.Key_2)
    office.write("weijian jilu")
    return case


def test_disagreeing_offers_the_laws_of_the_item(office: Office) -> None:
    case = answered_in_health(office)
    question = office.window.panels.chooser.question
    assert question is not None
    assert [choice.words for choice in question.choices] == [
        "《流动人口计划生育工作条例》第七条",
        "Another law …",
    ]
    office.press(Qt.Key.Key_1)
    row = assist(office, case, "contraception")
    assert (row.answer, row.law, row.article) == ("disagree", "流动人口计划生育工作条例", "第七条")


def test_disagreeing_may_rest_on_another_law(office: Office) -> None:
    case = answered_in_health(office)
    office.press(Qt.Key.Key_0)
    for words in ("tiaoli", "di liu tiao"):
        office.write(words)
    row = assist(office, case, "contraception")
    assert (row.reason, row.law, row.article) == ("weijian jilu", "tiaoli", "di liu tiao")


def test_esc_goes_one_question_back_to_what_was_answered(office: Office, case: str) -> None:
    answer(office, Qt.Key.Key_2)
    office.write("yongtu bufu")
    office.press(Qt.Key.Key_Escape)
    question = office.window.panels.chooser.question
    assert question is not None
    assert (question.title, question.text, question.back) == ("Reason", "yongtu bufu", True)
    office.press(Qt.Key.Key_Escape)
    question = office.window.panels.chooser.question
    assert question is not None
    assert (question.chosen, question.back) == ("disagree", False)
    office.press(Qt.Key.Key_1)  # the answer after all: the reason is not asked
    row = assist(office, case)
    assert (row.answer, row.reason) == ("agree", "")


def test_esc_at_the_first_question_leaves_it(office: Office, case: str) -> None:
    answer(office, Qt.Key.Key_2)
    for _ in range(2):
        office.press(Qt.Key.Key_Escape)
    assert office.asked == ""
    assert assist(office, case).answer is None


def test_a_second_request_is_disputed_and_settled(office: Office, case: str) -> None:
    answer(office, Qt.Key.Key_1)
    office.log_in(LEAD)
    office.more("repeat")
    office.press(Qt.Key.Key_1)
    office.press(Qt.Key.Key_1)
    office.press(Qt.Key.Key_Return)
    assert assist(office, case).cause == "assist_short"
    office.log_in(ASSIST)
    office.more("dispute")
    office.press(Qt.Key.Key_1)
    office.write("yaoqiu bu qing")
    assert assist(office, case).disputed
    office.log_in(MANAGER)
    office.press(Qt.Key.Key_F8)
    office.press(Qt.Key.Key_1)
    office.press(Qt.Key.Key_2)
    office.write("yaoqiu que shi bu qing")
    row = assist(office, case)
    assert (row.cause, row.settled) == ("lead_unclear", True)
    lines = office.window.panels.case.lists.lines("asked")
    assert any("settled by the management：yaoqiu que shi bu qing" in line.detail for line in lines)


def test_an_order_over_two_departments_is_replied_to(office: Office, case: str) -> None:
    office.log_in(MANAGER)
    office.window.work.case.open(case)
    office.more("order")
    office.keys("130")  # the lead and the bureau of commerce
    office.write("ge ban ge de")
    office.write("11-27")
    (order,) = office.hall.page(case, HEALTH[0]).orders
    assert len(order.departments) == 2
    office.log_in(ASSIST)
    office.hand("order")
    office.press(Qt.Key.Key_F8)
    office.write("hui yi kai guo le")
    assert office.notice.startswith("Reported")
    (order,) = office.hall.page(case, HEALTH[0]).orders
    assert order.replies == (("工商局", "hui yi kai guo le"),)
    assert all(row.kind != "order" for row in office.window.work.inbox.rows)
    lines = office.window.panels.case.lists.lines("group")
    assert any(line.words == "1 of 2 replied" and "hui yi kai guo le" in line.detail for line in lines)


def test_an_order_needs_two_departments_before_it_goes_on(office: Office, case: str) -> None:
    office.log_in(MANAGER)
    office.window.work.case.open(case)
    office.more("order")
    office.keys("1")
    assert office.asked_reason.strip() == "At least 2."
    office.keys("0")
    assert office.asked.startswith("Which departments are told?")


@pytest.mark.parametrize("command", ["visit", "meeting", "ask"])
def test_where_nobody_else_has_a_part_nobody_is_called(office: Office, command: str) -> None:
    office.hall.accepted("0603", "li", CLERK, married="no", has_children="no")
    office.log_in("1021")
    office.more(command)
    assert office.asked == ""
    assert office.notice.startswith("No other department has a part in this case.")


def test_a_question_and_its_answer_stand_in_the_group(office: Office, case: str) -> None:
    office.more("ask")
    office.press(Qt.Key.Key_2)
    office.write("shuyu he zhong yongtu")
    (note,) = office.hall.page(case, HEALTH[0]).notes
    assert note.to == "commerce"
    office.log_in(ASSIST)
    task = next(row for row in office.window.work.inbox.rows if row.kind == "question")
    office.window.panels.inbox.choose(task.task)
    office.press(Qt.Key.Key_F8)
    office.write("shangye")
    (note,) = office.hall.page(case, HEALTH[0]).notes
    assert note.answer == "shangye"


def test_who_does_not_come_to_the_visit_is_urged(office: Office, case: str) -> None:
    office.more("visit")
    office.press(Qt.Key.Key_1)
    office.press(Qt.Key.Key_2)
    office.press(Qt.Key.Key_0)
    office.write("11-24")
    office.more("minutes")
    office.press(Qt.Key.Key_1)
    office.press(Qt.Key.Key_0)
    office.write("kan guo le")
    (held,) = office.hall.page(case, HEALTH[0]).meetings
    assert held.held
    assert len(held.absent) == 1


def test_who_did_not_come_makes_up_for_it_in_writing(office: Office, case: str) -> None:
    office.more("meeting")
    office.keys("20")
    office.write("11-24")
    office.more("minutes")
    office.keys("10")
    assert "Nobody is chosen yet" in office.asked_reason
    office.press(Qt.Key.Key_Escape)
    group, key = office.hall.casework.group, office.hall.key()
    meeting = office.hall.page(case, HEALTH[0]).meetings[0].id
    assert group.minute(HEALTH[0], key, case, meeting, (), "mei ren lai") == ("commerce",)
    office.log_in(ASSIST)
    office.hand("absence")
    office.press(Qt.Key.Key_F8)
    office.write("wo fang wu yijian")
    assert office.notice.startswith("Kept")
    note = office.hall.page(case, HEALTH[0]).notes[-1]
    assert (note.text, note.name) == ("wo fang wu yijian", "蒋工")
    assert all(row.kind != "absence" for row in office.window.work.inbox.rows)


def test_the_visit_is_over_and_what_follows_begins(office: Office, case: str) -> None:
    office.log_in(LEAD)
    visit = next(row for row in office.window.work.inbox.rows if row.code == "visit")
    office.window.panels.inbox.choose(visit.task)
    office.press(Qt.Key.Key_F9)
    office.press(Qt.Key.Key_1)
    office.press(Qt.Key.Key_Return)
    assert office.notice.startswith("The step is over")


def test_a_copy_notice_is_opened_as_a_sheet(office: Office, case: str) -> None:
    office.press(Qt.Key.Key_F7)
    assert "Copy-notice" in office.asked
    office.press(Qt.Key.Key_1)
    assert len(office.sheets) == 1


def test_the_plan_is_opened_as_a_sheet(office: Office, case: str) -> None:
    office.ctrl(Qt.Key.Key_P)
    assert len(office.sheets) == 1


def test_the_clock_of_the_case_opens_on_f6(office: Office, case: str) -> None:
    office.press(Qt.Key.Key_F6)
    assert office.window.panels.facts.isVisibleTo(office.window)


def test_a_called_visit_stands_in_the_inbox_of_who_is_asked_to_come(office: Office, case: str) -> None:
    office.more("visit")
    office.press(Qt.Key.Key_2)
    office.press(Qt.Key.Key_0)
    office.write("11-24")
    office.log_in(ASSIST)
    office.hand("meeting")
    shown = office.window.panels.case.opinion
    assert any("11-24" in row.text for row in shown.lines.rows.rows)
    office.press(Qt.Key.Key_F8)
    assert office.notice.startswith("This is answered by being there")
