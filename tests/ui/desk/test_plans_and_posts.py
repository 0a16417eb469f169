"""Plans approved and followed, posts passed over and back, by keys (mission: C11, H5)."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from counter_app.errors import UserFacingError
from tests.support.casework_hall import CIVIL, MANAGER, POPULATION
from tests.support.intake_hall import CLERK, ENTERPRISE
from tests.ui.desk.office import Office

SUPERVISOR = "1011"


def road(office: Office) -> str:
    """A road permit, whose plan the management approves; the brigade has not moved in."""
    return office.hall.accepted("0811", "zhang", ENTERPRISE, work="sign", traffic="no")


# mission: C11
def test_the_plan_lies_in_the_managements_inbox_and_f8_approves_it(office: Office) -> None:
    case = road(office)
    office.log_in(SUPERVISOR)
    office.hand("plan")
    assert office.window.here.hands.case == case
    office.press(Qt.Key.Key_F8)
    assert office.notice.startswith("Approved; the steps begin")
    assert "open" in {row.state for row in office.hall.page(case, MANAGER).steps}
    assert all(row.kind != "plan" for row in office.window.work.inbox.rows)


# mission: C11
def test_the_plan_is_approved_by_the_menu_and_only_once(office: Office) -> None:
    case = road(office)
    office.log_in(SUPERVISOR)
    office.more("plan_approve")
    assert office.notice.startswith("Approved")
    office.window.work.case.open(case)
    office.more("plan_approve")
    assert "needs no approval, or has it already" in office.notice


# mission: C11
def test_a_plan_goes_back_with_a_word_and_comes_again_when_it_is_answered(office: Office) -> None:
    case, hall = road(office), office.hall
    office.log_in(SUPERVISOR)
    office.hand("plan")
    office.more("plan_return")
    office.type("ask the brigade first")
    office.press(Qt.Key.Key_Return)
    assert office.notice.startswith("Sent back")
    assert all(row.kind != "plan" for row in office.window.work.inbox.rows)
    page = hall.page(case, MANAGER)
    (note,) = page.notes
    assert (note.text, note.to) == ("ask the brigade first", page.department)
    with pytest.raises(UserFacingError) as caught:
        hall.casework.plans.send_back(MANAGER, hall.key(), case, "once more")
    assert caught.value.code == "plan.with-the-lead"
    hall.casework.group.reply(CLERK, hall.key(), case, note.id, "already asked")  # its lead answers on paper
    office.window.work.inbox.refresh()
    office.settle()
    office.hand("plan")
    office.press(Qt.Key.Key_F8)
    assert office.notice.startswith("Approved; the steps begin")
    assert hall.store.check().sound


# mission: C11
def test_who_follows_the_plan_is_named_and_stands_in_the_head(office: Office) -> None:
    case = road(office)
    office.log_in(SUPERVISOR)
    office.hand("plan")
    office.more("track")
    question = office.window.panels.chooser.question
    assert question is not None
    key = next(choice.key for choice in question.choices if choice.id == ENTERPRISE.staff)
    office.type(key.lower())
    assert office.notice.startswith("Named")
    assert office.hall.page(case, MANAGER).tracker == ENTERPRISE.staff
    assert "followed by 艾力·马木提" in office.window.panels.case.accessibleDescription()


# mission: C11
def test_who_follows_plans_turns_to_them_and_sees_what_moved_last(office: Office) -> None:
    hall = office.hall
    case = hall.accepted("0603", "zhang", CLERK, married="no", has_children="no")
    hall.casework.plans.track(MANAGER, hall.key(), case, CIVIL.staff)
    office.log_in(CIVIL.staff)
    for _ in range(3):
        office.ctrl(Qt.Key.Key_0)
    assert "plans I follow" in office.window.panels.inbox.accessibleDescription()
    (row,) = office.window.work.inbox.rows
    assert (row.case, row.kind, row.due is not None, "*" in row.applicant) == (case, "plan", True, True)
    hall.clock.advance(days=3)
    hall.opine(case, "review", POPULATION[0])
    office.window.work.inbox.refresh()
    office.settle()
    (row,) = office.window.work.inbox.rows
    assert row.moves
    office.press(Qt.Key.Key_Return)
    assert office.window.here.hands.case == case


# mission: H5
def test_a_post_passes_over_with_what_is_in_hand_and_returns(office: Office) -> None:
    office.hall.accepted("0603", "li", CLERK, married="no", has_children="no")
    office.log_in("1021")
    office.press(Qt.Key.Key_F3)
    office.more("post_pass")
    office.keys("111")
    assert office.notice.startswith("1 pieces of work passed over")
    assert [row.code for row in office.window.work.inbox.rows] == []
    office.log_in("1009")
    assert [row.code for row in office.window.work.inbox.rows] == ["review"]
    assert "standing in" in office.window.panels.inbox.accessibleDescription()
    office.log_in("1021")
    office.more("post_back")
    office.keys("1")
    assert office.notice.startswith("1 pieces of work returned")
    assert [row.code for row in office.window.work.inbox.rows] == ["review"]


# mission: H5
def test_a_post_that_was_not_passed_over_does_not_return(office: Office) -> None:
    office.log_in("1021")
    office.more("post_back")
    office.keys("1")
    assert "was not passed over" in office.notice


# mission: I11
def test_the_department_writes_its_case_out_by_a_key(office: Office) -> None:
    case = office.hall.accepted("0603", "li", CLERK, married="no", has_children="no")
    office.log_in("1021")
    office.press(Qt.Key.Key_F3)
    office.more("export_case")
    assert "Written to" in office.notice
    assert list(office.folder.rglob(f"{case}.json"))


# mission: H5
def test_a_post_goes_to_a_third_person_with_what_its_holder_was_handed(office: Office) -> None:
    office.hall.accepted("0603", "li", CLERK, married="no", has_children="no")
    office.log_in("1021")
    office.press(Qt.Key.Key_F3)
    office.press(Qt.Key.Key_F4)
    office.keys("1")  # from person to person: to 1009, who approves
    office.press(Qt.Key.Key_Return)
    office.log_in("1009")
    office.more("post_pass")
    question = office.window.panels.chooser.question
    assert question is not None
    key = next(choice.key for choice in question.choices if choice.id == "population-approver")
    office.keys(f"{key}1")
    question = office.window.panels.chooser.question
    assert question is not None
    key = next(choice.key for choice in question.choices if choice.id == "1021")
    office.keys(key)
    assert office.notice.startswith("1 pieces of work passed over")
    office.log_in("1021")
    assert [row.code for row in office.window.work.inbox.rows] == ["review"]
