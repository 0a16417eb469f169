"""A rating given on the pad takes away the question in the window, and only that one (mission: Q6)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from counter_app.domain.journal import Actor
from counter_app.i18n import Translator
from tests.ui.counter.station import Station

CITIZEN = Actor("citizen", "3")


@pytest.fixture
def station(tmp_path: Path, qapp: QApplication) -> Iterator[Station]:
    station = Station(tmp_path, Translator("en"))
    station.show()
    station.log_in()
    yield station
    station.close()


def finished(station: Station) -> str:
    """A ticket was served, and the window asks for its rating."""
    station.ticket("0603")
    station.press(Qt.Key.Key_F3)
    ticket = station.window.desk.hands.ticket
    assert ticket is not None
    station.press(Qt.Key.Key_F2)
    question = station.window.panels.chooser.question
    assert question is not None
    assert "How was it?" in question.title
    return ticket.ticket


def press_pad(station: Station, ticket: str) -> None:
    station.deps.ratings.rate(CITIZEN, f"pad:{ticket}", ticket, 5)
    station.window._changes.poll()
    station.settle()


def test_the_pad_answers_the_question_of_the_window(station: Station) -> None:
    press_pad(station, finished(station))
    assert station.window.panels.chooser.question is None
    assert "Thank you" in station.notice
    station.press(Qt.Key.Key_5)  # a press that was under way counts for nothing
    assert station.window.panels.chooser.question is None


def test_a_late_press_for_another_ticket_leaves_the_question(station: Station) -> None:
    first = finished(station)
    station.press(Qt.Key.Key_0)
    finished(station)
    press_pad(station, first)
    question = station.window.panels.chooser.question
    assert question is not None
    assert "A002" in question.title
