"""Steps that end otherwise than by an opinion, and the class of a case, by keys (mission: C15, I9, I10)."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from counter_app.domain.intake.case import Case
from counter_app.domain.intake.fold import CASES
from counter_app.use_cases.casework.views import StepRow
from tests.support.casework_hall import POPULATION
from tests.support.intake_hall import CLERK, ENTERPRISE
from tests.ui.desk.office import Office

HANDLER, APPROVER, FINAL = "1021", "1009", "1022"
LAW = ("山东省人口与计划生育条例", "第二十条")


@pytest.fixture
def birth(office: Office) -> str:
    """A birth certificate: the office's meeting looks at it, the street reviews, the county decides."""
    answers = {"wife_registered_here": "yes", "which_child": "more", "pregnant": "no", "adopted": "no"}
    return office.hall.accepted("0602", "li", CLERK, **answers, circumstance="remarried")


def state(office: Office, case: str) -> Case:
    with office.hall.store.reading() as reader:
        return reader.need(CASES, case)


def step(office: Office, case: str, code: str) -> StepRow:
    return next(row for row in office.hall.page(case, POPULATION[0]).steps if row.code == code)


def sign(office: Office, badge: str) -> None:
    office.log_in(badge)
    office.fill_form(*LAW)
    office.press(Qt.Key.Key_F9)
    assert office.notice.startswith("Signed and sent on"), office.notice


# mission: C15
def test_for_which_meeting_a_case_waits_is_said_and_flagged_by_the_table(office: Office, birth: str) -> None:
    sign(office, HANDLER)
    office.log_in(HANDLER)
    office.hand("meeting")
    office.more("meeting_level")
    office.keys("1")
    assert office.notice.startswith("The table gives a higher level")
    assert step(office, birth, "meeting").flag == "missed"
    lines = office.window.panels.case.lists.lines("course")
    assert any("higher level" in line.detail for line in lines)
    office.more("meeting_level")
    office.keys("2")
    assert office.notice.startswith("Noted")
    assert step(office, birth, "meeting").flag == ""
    office.press(Qt.Key.Key_F9)
    office.keys("1")
    office.write("tongyi shangbao")
    assert step(office, birth, "meeting").state == "done"


# mission: C15
def test_a_meeting_against_the_table_stands_on_the_board_and_in_its_list(office: Office, birth: str) -> None:
    sign(office, HANDLER)
    office.log_in(HANDLER)
    office.hand("meeting")
    office.press(Qt.Key.Key_F9)
    office.keys("1")
    office.write("tongyi")
    assert step(office, birth, "meeting").flag == "missed"
    office.more("late_board")
    page = office.window.panels.facts
    office.press(Qt.Key.Key_M)
    (row,) = page.rows.rows
    assert row.cells[3].endswith("The table gives a higher level.")
    assert row.cells[4:6] == ("计生办例会", "街道办公会")


# mission: I9
def test_the_upper_bodys_answer_is_kept_by_f9_and_decides(office: Office, birth: str) -> None:
    sign(office, HANDLER)
    office.log_in(HANDLER)
    office.hand("meeting")
    office.press(Qt.Key.Key_F9)
    office.keys("1")
    office.press(Qt.Key.Key_Return)
    sign(office, APPROVER)
    sign(office, FINAL)
    assert state(office, birth).stage == "accepted"
    office.log_in(HANDLER)
    office.hand("report")
    office.press(Qt.Key.Key_F9)
    office.keys("1")
    office.write("lu2026-18")
    office.press(Qt.Key.Key_Return)
    assert state(office, birth).stage == "granted"
    assert office.hall.page(birth, POPULATION[0]).result_number == "lu2026-18"


# mission: I9
def test_the_upper_bodys_refusal_goes_by_the_menu_too(office: Office, birth: str) -> None:
    for code, who in (("review", POPULATION[0]), ("", POPULATION[0]), ("approval", POPULATION[1])):
        if code:
            office.hall.opine(birth, code, who)
        else:
            office.hall.casework.work.end_step(who, office.hall.key(), birth, "meeting")
    office.hall.opine(birth, "final", POPULATION[2])
    office.log_in(HANDLER)
    office.more("upper_answer")
    office.keys("2")
    office.press(Qt.Key.Key_Return)
    office.write("bufu tiaojian")
    office.write("renkou yu jihua shengyu tiaoli")
    office.write("di ershi tiao")
    assert state(office, birth).stage == "denied", office.notice
    assert "di ershi tiao" in state(office, birth).acts[-1].article


# mission: I10
def test_a_case_is_classed_anew_and_the_counter_sees_no_more_of_it(office: Office) -> None:
    case = office.hall.accepted("0512", "zhang", ENTERPRISE, staff="no")
    office.log_in("1014")
    office.more("classify")
    office.keys("32")
    office.write("you renming jubao")
    page = office.hall.page(case, POPULATION[0])
    assert (page.complexity, page.sensitive) == ("complex", True)
    assert "sensitive · complex" in office.window.panels.case.accessibleDescription()


# mission: I10
def test_a_class_without_a_reason_is_not_kept(office: Office) -> None:
    case = office.hall.accepted("0512", "zhang", ENTERPRISE, staff="no")
    office.log_in("1014")
    office.more("classify")
    office.keys("31")
    office.press(Qt.Key.Key_Return)
    assert office.notice.startswith("This is needed")
    office.press(Qt.Key.Key_Escape)
    assert office.hall.page(case, POPULATION[0]).complexity == "ordinary"
