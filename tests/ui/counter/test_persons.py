"""Who came, beyond the applicant's card: mandates, other documents, organisations (mission: I2)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit

from counter_app.domain.intake.case import Mandate
from counter_app.domain.intake.fold import CASES
from counter_app.domain.intake.organisation import credit_check
from counter_app.domain.intake.parties import PARTIES, Identity
from counter_app.errors import UserFacingError
from counter_app.simulators.id_card.photo import decode
from counter_app.simulators.id_card.tray import made_up_photo
from counter_app.ui.counter.persons_presenter import day_of
from counter_app.use_cases.intake.views import CaseView
from tests.support.intake_hall import CLERK, citizens
from tests.ui.counter.station import Station

Ctrl = Qt.KeyboardModifier.ControlModifier
Shift = Qt.KeyboardModifier.ShiftModifier


def begin(station: Station) -> None:
    station.ticket("0603")
    station.log_in()
    station.press(Qt.Key.Key_F3)


def view(station: Station) -> CaseView:
    found = station.window.work.view
    assert found is not None
    return found


def identity(station: Station, at: int) -> Identity:
    with station.hall.store.reading() as reader:
        found = reader.need(PARTIES, view(station).persons[at].party).identity
    assert found is not None
    return found


def enter(station: Station, *texts: str) -> None:
    for text in texts:
        line = station.focus
        assert isinstance(line, QLineEdit)
        line.insert(text)
        station.press(Qt.Key.Key_Return)


# mission: I2 I14
def test_an_agents_mandate_has_scope_end_and_number(station: Station) -> None:
    begin(station)
    station.lay("zhang")
    station.lay("li")
    station.type("3")
    station.type("2")
    enter(station, "2026-13-01")
    assert "is no day" in station.notice
    station.press(Qt.Key.Key_A, Ctrl)
    enter(station, "20271231", "委2026-7")
    person = view(station).persons[1]
    assert (person.role, person.mandate_until) == ("agent", date(2027, 12, 31))
    with station.hall.store.reading() as reader:
        agent = reader.need(CASES, view(station).case).with_role("agent")
    assert agent is not None
    assert agent.mandate == Mandate("Hand in papers and collect the result", date(2027, 12, 31), "委2026-7")


# mission: I2
def test_a_typed_agent_is_asked_for_the_mandate_as_well(station: Station) -> None:
    begin(station)
    station.lay("zhang")
    station.press(Qt.Key.Key_T, Ctrl)
    enter(station, "周代办", "11010119900307803X", "13900000000", "甲路 1 号")
    station.type("3")
    station.type("1")
    enter(station, "", "")
    person = view(station).persons[1]
    assert (person.role, person.name, person.mandate_until) == ("agent", "周代办", None)
    assert person.mandate == "Hand in papers and put them right"


# mission: I2
def test_a_passport_is_typed_with_its_kind(station: Station) -> None:
    begin(station)
    station.press(Qt.Key.Key_T, Ctrl | Shift)
    station.type("4")
    enter(station, "Jane Example", "X1234567", "1960-03", "2031-04-15", "13900000000", "")
    assert view(station).persons[0].typed
    found = identity(station, 0)
    assert (found.document, found.number, found.sort) == ("passport", "X1234567", "person")
    assert (found.birth_part, found.valid_to) == ("1960-03", date(2031, 4, 15))


# mission: I2
def test_an_organisation_comes_with_credit_code_type_and_capital(station: Station) -> None:
    begin(station)
    code = "91110000MA0012345"
    right = code + credit_check(code)
    wrong = code + ("0" if right[-1] != "0" else "1")
    station.press(Qt.Key.Key_T, Ctrl | Shift)
    station.type("6")
    enter(station, "示例木业有限公司", wrong, "有限责任公司", "500 万元", "张三", "010-1234", "甲路 2 号")
    assert "last character" in station.notice
    station.press(Qt.Key.Key_A, Ctrl)
    enter(station, right, "", "", "", "", "")
    found = identity(station, 0)
    assert view(station).persons[0].role == "organisation"
    assert (found.sort, found.document, found.number) == ("organisation", "credit_code", right)
    assert (found.organisation_type, found.capital, found.representative) == (
        "有限责任公司",
        "500 万元",
        "张三",
    )


# mission: I6
def test_a_second_notice_counts_against_who_issued_the_first(station: Station) -> None:
    hall = station.hall
    case = hall.case("0603", "zhang", married="no", has_children="no")
    line = hall.queries.case_view(case, "3").lines[0].material
    hall.mark_all(case)
    hall.intake.mark(CLERK, hall.key(), case, line, "missing", "Not brought")
    hall.intake.decide(CLERK, hall.key(), case, "notify")
    hall.intake.return_visit(CLERK, hall.key(), case)
    station.window.access.log_in("1003", "032468")
    station.settle()
    station.window.work.take_case(case)
    station.settle()
    station.type("q")
    station.type("1")
    station.press(Qt.Key.Key_F9)
    question = station.window.panels.chooser.question
    assert question is not None
    assert question.title.startswith("A second notice")
    station.type("2")
    with station.hall.store.reading() as reader:
        notices = reader.need(CASES, case).notices
    assert [(notice.nth, notice.caused_by) for notice in notices] == [(1, ""), (2, "1002")]
    assert notices[1].cause == "Overlooked at the first notice"


def test_a_day_is_read_however_it_is_written() -> None:
    for text in ("2027-12-31", "2027.12.31", "20271231", "2027年12月31日"):
        assert day_of(text) == date(2027, 12, 31)
    for text in ("", "2027-1", "20271301", "soon"):
        assert day_of(text) is None


def lay_with_photo(station: Station) -> None:
    station.hall.clock.advance(seconds=5)
    card = citizens()["zhang"]
    station.reader.lay(replace(card, photo=made_up_photo(card.number)))
    station.settle()


# mission: M2 I2
def test_the_photo_of_a_card_stands_beside_its_person_while_it_is_shown(station: Station) -> None:
    station.deps = replace(station.deps, photo=decode)
    station.reopen()
    begin(station)
    lay_with_photo(station)
    labels = station.window.findChildren(QLabel)
    faces = [one for one in labels if "Photo on the card" in one.accessibleName()]
    assert [face.pixmap().height() for face in faces] == [96]


# mission: M2
def test_a_photo_that_cannot_be_decoded_stops_nothing(station: Station) -> None:
    def fails(photo: bytes) -> bytes:
        raise UserFacingError("photo.failed", "No picture.", remedy="Compare the face with the card itself.")

    station.deps = replace(station.deps, photo=fails)
    station.reopen()
    begin(station)
    lay_with_photo(station)
    assert len(view(station).persons) == 1
    assert "Compare the face with the card" in station.notice


# mission: I2
def test_the_question_for_a_role_says_whose_card_was_read(station: Station) -> None:
    station.ticket("0603")
    station.log_in()
    station.press(Qt.Key.Key_F3)
    station.lay("zhang")
    station.lay("li")
    question = station.window.panels.chooser.question
    assert question is not None
    assert "李秀英" in question.title
    assert question.hint.endswith("0263")
    assert citizens()["li"].number not in question.hint


# mission: I2
def test_a_card_that_lay_there_before_the_call_is_pointed_out(station: Station) -> None:
    station.ticket("0603")
    station.log_in()
    station.lay("zhang")
    station.press(Qt.Key.Key_F3)
    assert "before the call: 张伟" in station.notice
    assert station.window.desk.hands.case is None
    station.lay("zhang")
    assert station.window.desk.hands.case is not None
    assert station.notice == ""  # it was lifted: what was said of it is over


# mission: I6 I2
def test_who_comes_again_with_a_new_ticket_goes_on_with_the_open_case_by_one_key(station: Station) -> None:
    hall = station.hall
    open_case = hall.case("0603", "zhang", married="no", has_children="no")
    hall.intake.mark(CLERK, hall.key(), open_case, "photo", "missing")
    hall.mark_all(open_case)
    hall.intake.decide(CLERK, hall.key(), open_case, "notify")
    station.ticket("0603")
    station.log_in()
    station.press(Qt.Key.Key_F3)
    station.lay("zhang")
    assert station.window.desk.hands.case != open_case
    assert "has a case of this item already" in station.notice
    station.press(Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier)
    station.type("1")  # he brings what was missing
    assert station.window.desk.hands.case == open_case


# mission: I6 I2
def test_a_draft_left_for_the_open_case_does_not_hide_it_from_the_next_ticket(station: Station) -> None:
    hall = station.hall
    open_case = hall.case("0603", "zhang", married="no", has_children="no")
    hall.intake.mark(CLERK, hall.key(), open_case, "photo", "missing")
    hall.mark_all(open_case)
    hall.intake.decide(CLERK, hall.key(), open_case, "notify")
    hall.clock.advance(seconds=60)
    left = hall.case("0603", "zhang")
    station.ticket("0603")
    station.log_in()
    station.press(Qt.Key.Key_F3)
    station.lay("zhang")
    view = station.window.work.view
    assert view is not None
    assert [row.case for row in view.earlier] == [left, open_case]
    assert "has a case of this item already" in station.notice
    hall.clock.advance(days=1)
    assert [row.case for row in hall.queries.case_view(view.case).earlier] == [open_case]
