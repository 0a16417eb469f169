"""Tickets beyond the daily keys, from the menu: going first, more matters, ends, slips entered later."""

from __future__ import annotations

from datetime import datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from counter_app.domain.waiting.fold import TICKETS
from counter_app.domain.waiting.ticket import Ticket
from counter_app.i18n import Translator
from counter_app.ui.counter.line_words import line_shown
from counter_app.ui.counter.slip_presenter import time_of
from tests.support.intake_hall import SOCIAL
from tests.ui.counter.station import Station, more


def ticket(station: Station, number: str) -> Ticket:
    return station.deps.waiting.find(number)


def waiting(station: Station) -> list[str]:
    return [row.number for row in station.window.panels.line.waiting_model.rows]


# mission: Q3
def test_somebody_goes_first_with_a_ground_and_a_reason(station: Station) -> None:
    station.ticket("0603")
    station.ticket("0603")
    station.log_in()
    more(station, "priority")
    station.type("2")
    station.type("4")
    station.type("1")
    found = ticket(station, "A002")
    assert (found.priority, found.priority_reason) == ("pregnant", "Certificate seen")
    assert waiting(station) == ["A002", "A001"]
    assert "A002 goes first." in station.notice


# mission: Q2
def test_one_more_matter_is_found_by_words_and_stands_on_the_ticket(station: Station) -> None:
    station.ticket("0603")
    station.log_in()
    station.press(Qt.Key.Key_F3)
    more(station, "add_matter")
    station.type("0604")
    station.press(Qt.Key.Key_Return)
    station.type("1")
    assert ticket(station, "A001").items == ("0603", "0604")
    assert station.window.panels.line.waiting_model.rows == ()


# mission: Q2
def test_a_number_is_called_out_of_turn_with_its_reason(station: Station) -> None:
    station.ticket("0603")
    station.ticket("0603")
    station.log_in()
    more(station, "call_number")
    station.type("a002")
    station.press(Qt.Key.Key_Return)
    station.type("2")
    row = station.window.desk.hands.ticket
    assert row is not None
    assert row.number == "A002"


# mission: Q2
def test_a_transfer_to_a_clerk_by_name(station: Station) -> None:
    hall = station.hall
    station.deps.access.log_in("1005", "052468", "2", hall.key())
    station.deps.counters.open(SOCIAL, hall.key())
    station.ticket("0603")
    station.log_in()
    station.press(Qt.Key.Key_F3)
    more(station, "transfer_clerk")
    station.type("1")
    found = ticket(station, "A001")
    assert (found.state, found.to_staff) == ("waiting", "1005")


# mission: Q7
@pytest.mark.parametrize(("command", "state"), [("give_up", "gave_up"), ("void", "void")])
def test_a_ticket_ends_without_service_and_says_why(station: Station, command: str, state: str) -> None:
    station.ticket("0603")
    station.log_in()
    more(station, command)
    station.type("1")
    station.type("1")
    found = ticket(station, "A001")
    assert found.state == state
    assert found.end_reason
    assert waiting(station) == []


# mission: Q7
def test_a_missed_number_typed_by_hand_can_end_too(station: Station) -> None:
    station.ticket("0603")
    station.log_in()
    more(station, "void")
    station.type("0")
    station.type("A009")
    station.press(Qt.Key.Key_Return)
    assert "There is no ticket A009 today." in station.notice
    assert ticket(station, "A001").state == "waiting"


# mission: X6
def test_a_slip_is_entered_later_and_both_times_show(station: Station) -> None:
    station.ticket("0603")
    station.log_in()
    now = station.hall.clock.now()
    taken = f"{now.hour - 1}{now.minute:02d}"
    more(station, "slip")
    station.type("s17")
    station.press(Qt.Key.Key_Return)
    station.type("25:10")
    station.press(Qt.Key.Key_Return)
    assert "is no time of day" in station.notice
    line = station.focus
    assert isinstance(line, QLineEdit)
    line.selectAll()
    station.type(taken)
    station.press(Qt.Key.Key_Return)
    station.type("0")
    station.type("0603")
    station.press(Qt.Key.Key_Return)
    station.type("1")
    row = station.window.panels.line.waiting_model.rows[0]
    assert row.number == "S17"
    assert row.chip.startswith(f"slip {now.hour - 1:02d}:{now.minute:02d}, entered {now.hour:02d}:")
    assert waiting(station) == ["S17", "A001"]
    with station.hall.store.reading() as reader:
        assert reader.need(TICKETS, row.id).channel == "slip"
    station.press(Qt.Key.Key_F3)
    view = station.window.line.view
    assert view is not None
    serving = line_shown(view, Translator("en"), now).serving
    assert serving is not None
    assert "entered" in serving.matters


def test_a_time_is_read_however_it_is_written() -> None:
    now = datetime.fromisoformat("2026-07-01T10:00:00+08:00")
    for text in ("9:05", "09:05", "0905", "09：05", "905"):
        assert time_of(text, now) == datetime.fromisoformat("2026-07-01T09:05:00+08:00")
    for text in ("", "9", "9:5", "24:00", "9:60", "x:05"):
        assert time_of(text, now) is None
