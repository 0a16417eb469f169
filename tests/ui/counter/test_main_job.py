"""The whole main job by keyboard, on a real store (mission: Q2, I2–I8; interface.md: under 25 keys)."""

from __future__ import annotations

from PySide6.QtCore import Qt

from tests.ui.counter.station import Station

MOST_KEYS = 25


# mission: Q2 Q6 I1 I2 I3 I4 I8 P1
def test_a_citizen_whose_card_was_read_takes_fewer_than_25_keys(station: Station) -> None:
    number = station.ticket(line="A")
    station.log_in()
    station.presses = 0
    window = station.window
    station.press(Qt.Key.Key_F3)
    assert window.desk.hands.ticket is not None
    assert window.desk.hands.ticket.number == number
    station.lay("zhang")
    station.type("y")
    station.type("0603")
    station.press(Qt.Key.Key_Return)
    view = window.work.view
    assert view is not None
    assert view.item is not None
    assert view.item.code == "0603"
    for _ in view.questions:
        station.type("2")
    view = window.work.view
    assert view is not None
    for _ in view.lines:
        station.press(Qt.Key.Key_Space)
    station.press(Qt.Key.Key_F9)
    view = window.work.view
    assert view is not None
    assert view.stage == "accepted", station.notice
    station.press(Qt.Key.Key_F2)
    station.type("1")
    assert window.desk.hands.ticket is None
    assert station.presses < MOST_KEYS
    assert "kept" in station.notice
