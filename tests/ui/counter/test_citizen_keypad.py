"""Two keyboards at one counter: the citizen's block of digits rates, whatever window has the keys, and the
clerk's own keys go where he works (mission: Q6)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from counter_app.bootstrap.parts import has_keypad
from counter_app.devices.frames.peripheral import KEYPAD as AT_THE_KEYBOARD
from counter_app.devices.frames.peripheral import RatingPadDriver
from counter_app.domain.journal import Actor
from counter_app.home import Home
from counter_app.i18n import Translator
from counter_app.peripherals import Kind, Peripheral, Peripherals
from counter_app.ui.counter.deps import RatedOn
from counter_app.use_cases.ports.peripherals import Bench, Condition
from counter_app.use_cases.waiting.frames_at_work import ASKED_FOR
from tests.ui.counter.station import Station
from tests.ui.counter.test_citizen_rating import KEYPAD, finished, rating, shown, who_rated, words_of

PLAIN = Qt.KeyboardModifier.NoModifier


@pytest.fixture(params=["beside", "counter"])
def station(request: pytest.FixtureRequest, tmp_path: Path, qapp: QApplication) -> Iterator[Station]:
    """The citizen's screen, or one display only: he is asked in the clerk's window."""
    where: RatedOn = request.param
    station = Station(tmp_path, Translator("en"), rated_on=where)
    station.deps = replace(station.deps, rating_keypad=True)
    station.reopen()
    station.log_in()
    yield station
    station.close()


def windows(station: Station) -> list[QWidget]:
    """Every window of the counter that can have the keys."""
    screen = shown(station)
    box = station.window.panels.head.box
    return [box, station.window, *([screen] if screen is not None else [])]


# mission: Q6
@pytest.mark.parametrize("at", [0, 1, 2])
@pytest.mark.parametrize("key", [Qt.Key.Key_2, Qt.Key.Key_Down], ids=["num-lock", "none"])
def test_its_digit_rates_whatever_window_has_the_keys(station: Station, at: int, key: Qt.Key) -> None:
    ticket = finished(station)
    places = windows(station)
    QTest.keyClick(places[min(at, len(places) - 1)], key, KEYPAD)
    station.settle()
    kept = rating(station, ticket)
    assert kept is not None
    assert (kept.score, kept.reasons) == (2, ())
    assert who_rated(station, ticket) == Actor("citizen", "3")
    station.window._changes.poll()
    station.settle()
    assert station.window.panels.chooser.question is None
    assert station.window.panels.head.box.text() == ""
    assert "satisfied" not in words_of(station)


def test_the_clerks_own_digits_stay_his(tmp_path: Path, qapp: QApplication) -> None:
    station = Station(tmp_path, Translator("en"), rated_on="beside")
    station.deps = replace(station.deps, rating_keypad=True)
    station.reopen()
    station.log_in()
    ticket = finished(station)
    box = station.window.panels.head.box
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_3, PLAIN)
    assert (box.text(), rating(station, ticket)) == ("3", None)
    QTest.keyClick(box, Qt.Key.Key_9, KEYPAD)  # means nothing, and is no clerk's either
    assert (box.text(), rating(station, ticket)) == ("3", None)
    station.hall.clock.advance(seconds=ASKED_FOR.total_seconds() + 1)
    station.window._tick()
    QTest.keyClick(box, Qt.Key.Key_4, KEYPAD)  # nobody is asked any more
    assert box.text() == "34"
    station.close()


def test_the_lower_two_ask_why_and_a_second_press_is_no_answer(tmp_path: Path, qapp: QApplication) -> None:
    station = Station(tmp_path, Translator("en"), rated_on="beside")
    station.deps = replace(station.deps, rating_keypad=True)
    station.reopen()
    station.log_in()
    ticket = finished(station)
    for _ in range(2):
        QTest.keyClick(station.window, Qt.Key.Key_5, KEYPAD)
    assert rating(station, ticket) is None
    station.hall.clock.advance(seconds=1)
    QTest.keyClick(station.window, Qt.Key.Key_0, KEYPAD)
    station.settle()
    kept = rating(station, ticket)
    assert kept is not None
    assert (kept.score, kept.reasons) == (5, ())
    station.close()


def test_it_is_declared_as_a_pad_without_a_line(tmp_path: Path) -> None:
    declared = Peripheral(Kind.RATING_PAD, "keypad", AT_THE_KEYBOARD, used_by="counter")
    RatingPadDriver().supported(declared)
    bench = Bench(tmp_path, "test", training=True)
    assert RatingPadDriver().probe(declared, bench).condition is Condition.UNKNOWN
    home = Home(tmp_path, "H", "3", training=True, peripherals=Peripherals((declared,)))
    assert has_keypad(home, "counter")
    assert not has_keypad(home, "kiosk")
