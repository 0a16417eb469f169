"""What was received and is not accepted yet, at the desk that will handle it (mission: I7)."""

from __future__ import annotations

from PySide6.QtCore import Qt

from tests.support.casework_hall import CaseworkHall
from tests.support.intake_hall import CLERK
from tests.ui.desk.office import Office


def received(hall: CaseworkHall) -> str:
    case = hall.case("0603", "zhang", CLERK, married="no", has_children="no")
    hall.mark_all(case)
    hall.intake.decide(CLERK, hall.key(), case, "receive")
    return case


def test_the_lead_is_told_looks_and_says_what_is_short(office: Office) -> None:
    hall = office.hall
    case = received(hall)
    office.log_in("1021")
    assert "received cases" not in office.notice
    hall.clock.advance(days=2)
    office.log_in("1021")
    assert "1 received cases wait for a first word, the first until 2026-11-25." in office.notice
    office.more("received")
    page = office.window.panels.facts
    assert page.isVisible()
    assert page.rows.rows[0].cells[4] == "11-25"
    office.press(Qt.Key.Key_Return)
    assert page.in_hand
    (look,) = office.deps.persons.who_looked(hall.queries.case_view(case).persons[0].party)
    assert (look.staff, look.basis) == ("1021", "work")
    office.press(Qt.Key.Key_Q)
    assert hall.queries.case_view(case).verdict.suggested == "notify"
    assert page.rows.rows[0].cells[3] == "missing"
    office.press(Qt.Key.Key_L)
    assert page.rows.rows[0].cells[6] == "1"


def test_another_department_is_not_told(office: Office) -> None:
    received(office.hall)
    office.hall.clock.advance(days=2)
    office.log_in("1014")
    assert "received cases" not in office.notice
    office.more("received")
    assert office.window.panels.facts.rows.rows == ()
