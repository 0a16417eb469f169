"""The whole main job by keyboard, on a real store (mission: Q2, I2–I8; interface.md: under 25 keys)."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from counter_app.i18n import Translator
from counter_app.lanes import Lane
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


# mission: Q2 I4
def test_keys_struck_faster_than_the_store_answers_are_all_taken(tmp_path: Path, qapp: QApplication) -> None:
    with Lane("store") as lane:
        station = Station(tmp_path, Translator("en"), runner=lane)
        station.show()
        number = station.ticket("0603")
        station.log_in()
        station.rest()
        station.press(Qt.Key.Key_F3)
        station.press(Qt.Key.Key_F3)
        station.rest()
        row = station.window.desk.hands.ticket
        assert row is not None
        assert row.number == number
        station.lay("zhang")
        station.window.work.choose_item("0604")
        station.rest()
        view = station.window.work.view
        assert view is not None
        assert view.item is not None
        assert (view.item.code, len(view.persons)) == ("0604", 1)
        station.window.work.choose_item("0603")
        station.rest()
        for _ in range(2):
            station.type("2")
            station.rest()
        for _ in range(4):
            station.press(Qt.Key.Key_Space)
        station.rest()
        view = station.window.work.view
        assert view is not None
        assert view.verdict.counts.unmarked == 0, station.notice
        station.close()
