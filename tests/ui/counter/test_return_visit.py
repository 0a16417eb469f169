"""A citizen is back with what the notice named (mission: I6)."""

from __future__ import annotations

from PySide6.QtCore import Qt

from tests.support.intake_hall import CLERK
from tests.ui.counter.station import Station


def test_what_was_missing_is_in_hand_at_once_and_one_key_marks_it(station: Station) -> None:
    hall = station.hall
    case = hall.case("0603", "li", married="yes", has_children="yes", unlawful_birth="no")
    hall.intake.mark(CLERK, hall.key(), case, "contraception_proof", "missing")
    hall.mark_all(case)
    hall.intake.decide(CLERK, hall.key(), case, "notify")
    station.log_in()
    station.window.finder.open_case(case)
    station.settle()
    station.type("1")  # why it is looked at
    station.type("1")  # she brings what was missing
    checklist = station.window.panels.work.checklist
    assert checklist.in_hand == "contraception_proof"
    station.press(Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    station.press(Qt.Key.Key_Space)
    view = station.window.work.view
    assert view is not None
    assert view.verdict.suggested == "accept"
