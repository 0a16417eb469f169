"""A case from inbox to decision by the keyboard: three levels, three people (mission: C9, C10, C12)."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from counter_app.domain.intake.fold import CASES
from counter_app.ui.desk.shown import CheckLineShown
from tests.support.casework_hall import HEALTH
from tests.support.intake_hall import CLERK, ENTERPRISE
from tests.ui.desk.office import Office

HANDLER, APPROVER, FINAL = "1021", "1009", "1022"


@pytest.fixture
def case(office: Office) -> str:
    return office.hall.accepted("0603", "li", CLERK, married="no", has_children="no")


def stage(office: Office, case: str) -> str:
    with office.hall.store.reading() as reader:
        return reader.need(CASES, case).stage


def discretion(office: Office) -> int:
    """Down the form, key by key, to the line of discretion; which line that is."""
    lines = office.window.panels.case.opinion.lines
    office.ctrl(Qt.Key.Key_3)
    office.press(Qt.Key.Key_Home)
    while lines.rows.rows[lines.currentIndex().row()].kind != "band":
        office.press(Qt.Key.Key_Down)
    return lines.currentIndex().row()


def line(office: Office, at: int) -> CheckLineShown:
    return office.window.panels.case.opinion.lines.rows.rows[at]


def fill(office: Office) -> None:
    """All but discretion by its first digit."""
    office.ctrl(Qt.Key.Key_3)
    office.press(Qt.Key.Key_Home)
    for row in office.window.panels.case.opinion.lines.rows.rows:
        office.press(Qt.Key.Key_Down if row.kind == "band" else Qt.Key.Key_1)
    office.window.panels.case.opinion.law.setText("公共场所卫生管理条例")
    office.window.panels.case.opinion.article.setText("第四条")
    office.window.panels.case.opinion.edited.emit()


def sign(office: Office, badge: str) -> None:
    """Whoever is in order says so, line by line, and signs."""
    office.log_in(badge)
    office.fill_form("流动人口计划生育工作条例", "第七条")
    office.press(Qt.Key.Key_F9)


def test_three_people_sign_and_the_case_is_decided(office: Office, case: str) -> None:
    for badge in (HANDLER, APPROVER, FINAL):
        assert stage(office, case) == "accepted"
        sign(office, badge)
        assert office.notice.startswith("Signed and sent on")
    assert stage(office, case) == "granted"
    page = office.hall.page(case, office.window.here.actor)
    assert [(row.level, row.staff) for row in page.opinions] == [
        ("handler", HANDLER),
        ("approver", APPROVER),
        ("final", FINAL),
    ]


def test_the_most_urgent_work_is_in_hand_at_once(office: Office, case: str) -> None:
    office.log_in(HANDLER)
    assert office.window.here.hands.case == case
    assert office.window.panels.inbox.list.hasFocus()


def test_what_lacks_is_said_and_f9_stays_closed(office: Office, case: str) -> None:
    office.log_in(HANDLER)
    view = office.window.panels.case.opinion
    assert not view.submit.isEnabled()
    office.press(Qt.Key.Key_F9)
    assert "view is not chosen" in office.notice
    assert stage(office, case) == "accepted"
    assert office.hall.page(case, office.window.here.actor).opinions == ()


def test_a_standard_phrase_goes_into_the_words(office: Office, case: str) -> None:
    office.log_in(HANDLER)
    text = office.window.panels.case.opinion.text
    office.ctrl(Qt.Key.Key_Space)
    office.press(Qt.Key.Key_1)
    assert text.toPlainText().endswith("：一致。")  # the catalogue's, with its question
    office.ctrl(Qt.Key.Key_Space)
    office.press(Qt.Key.Key_2)
    assert text.toPlainText().endswith("经审查，符合规定条件，拟准予。")


def test_what_was_typed_is_kept_when_another_case_was_looked_at(office: Office, case: str) -> None:
    other = office.hall.accepted("0603", "zhang", CLERK, married="no", has_children="no")
    office.log_in(HANDLER)
    view, opened = office.window.panels.case.opinion, office.window.work.case.open
    opened(case)
    view.text.setPlainText("核实中")
    opened(other)
    assert view.text.toPlainText() == ""
    opened(case)
    assert view.text.toPlainText() == "核实中"


def test_an_approver_sends_it_back_with_a_reason(office: Office, case: str) -> None:
    sign(office, HANDLER)
    office.log_in(APPROVER)
    office.more("send_back")
    office.press(Qt.Key.Key_1)
    office.press(Qt.Key.Key_1)
    assert office.notice.startswith("Sent back")
    office.log_in(HANDLER)
    why = "陈志强：核查不全，请补充核实"
    (row,) = office.window.panels.inbox.model.rows
    assert why in row.where
    assert why in office.window.panels.case.opinion.hint
    assert any(why in line.detail for line in office.window.panels.case.lists.lines("course"))
    assert office.window.panels.case.opinion.submit.isVisibleTo(office.window)


# mission: C16
def test_outside_its_band_discretion_names_who_approves_it_and_why(office: Office) -> None:
    case = office.hall.accepted("0512", "zhang", ENTERPRISE, staff="no")
    for step in ("visit", "test"):
        office.hall.casework.work.end_step(HEALTH[0], office.hall.key(), case, step)
    office.log_in("1014")
    office.hand("review")
    band = discretion(office)
    office.keys("1")
    office.write("20")
    office.keys("1")
    office.write("zhenggai liang da")
    assert line(office, band).options == ("20 日",)
    page = office.hall.page(case, HEALTH[0])
    fill(office)
    office.press(Qt.Key.Key_F9)
    assert office.notice.startswith("Signed"), office.notice
    (opinion,) = office.hall.page(case, HEALTH[0]).opinions
    assert (opinion.bands, opinion.band_reason) == ((("rectify_days", 20),), "zhenggai liang da")
    assert opinion.band_approver == "孙秀兰"
    assert page.form is not None


# mission: C16
def test_within_its_band_nobody_else_is_asked(office: Office) -> None:
    case = office.hall.accepted("0512", "zhang", ENTERPRISE, staff="no")
    for step in ("visit", "test"):
        office.hall.casework.work.end_step(HEALTH[0], office.hall.key(), case, step)
    office.log_in("1014")
    office.hand("review")
    band = discretion(office)
    office.keys("1")
    office.write("10")
    assert office.asked == ""
    assert line(office, band).options == ("10 日",)
    discretion(office)
    office.press(Qt.Key.Key_Delete)
    assert line(office, band).options == ("enter …",)


def test_work_is_taken_on_and_passed_to_a_colleague(office: Office, case: str) -> None:
    office.log_in(HANDLER)
    office.press(Qt.Key.Key_F3)
    (row,) = office.window.work.inbox.rows
    assert row.mine
    office.press(Qt.Key.Key_F4)
    office.press(Qt.Key.Key_1)
    office.write("kan")
    assert office.notice.startswith("Passed on")
    assert office.window.work.inbox.rows == ()
    office.log_in(APPROVER)
    (shown,) = office.window.panels.inbox.model.rows
    assert "秦岚：kan" in shown.where


def test_a_look_at_the_person_is_kept_once(office: Office, case: str) -> None:
    office.log_in(HANDLER)
    office.window.work.case.refresh()
    office.settle()
    view = office.hall.queries.case_view(case)
    (look,) = office.deps.persons.who_looked(view.persons[0].party)
    assert (look.staff, look.basis) == (HANDLER, "work")


def test_an_answer_of_the_form_is_seen_at_once_and_kept(office: Office, case: str) -> None:
    office.log_in(HANDLER)
    lines = office.window.panels.case.opinion.lines
    office.ctrl(Qt.Key.Key_3)
    office.press(Qt.Key.Key_1)
    assert lines.rows.rows[0].chosen == 0
    office.press(Qt.Key.Key_Up)
    office.press(Qt.Key.Key_2)
    assert lines.rows.rows[0].chosen == 1
    form = office.hall.page(case, office.window.here.actor).form
    assert form is not None
    assert dict(form.answered)[form.review[0].code] == form.review[0].against[0]
