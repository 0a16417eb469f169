"""The counter's window in a hall of many machines: foot, page of devices, conflicts, working alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication

from counter_app.i18n import Translator
from tests.support.centres import open_centre
from tests.support.clock import HandClock
from tests.support.machines import ManyMachines
from tests.ui.counter.station import Station, more

ITEM = "0603"


@pytest.fixture
def many(tmp_path: Path) -> Iterator[ManyMachines]:
    clock = HandClock()
    many = ManyMachines(tmp_path, open_centre(tmp_path, clock), clock)
    yield many
    many.close()


@pytest.fixture
def station(many: ManyMachines, tmp_path: Path, qapp: QApplication) -> Iterator[Station]:
    station = Station(tmp_path, Translator("en"), machine=many.three)
    station.show()
    station.log_in()
    many.sync()
    heard(station)
    yield station
    station.close()


def heard(station: Station) -> None:
    """What other processes wrote has come to the window."""
    station.window._changes.poll()
    station.settle()


def dot(station: Station) -> str:
    return station.window.panels.foot._centre.accessibleName()


# mission: X1
def test_the_foot_says_how_it_stands_to_the_centre(station: Station, many: ManyMachines) -> None:
    assert dot(station) == "Centre in step"
    many.three.net.cut = True
    many.three.sync()
    heard(station)
    assert dot(station) == "Centre working alone"
    many.three.counters.open(station.window.desk.actor, "again")
    many.clock.advance(seconds=20)
    many.three.sync()
    heard(station)
    assert "working alone · 1 acts waiting since 10:" in dot(station)


# mission: X1
def test_what_waits_shows_although_the_keeper_hangs(station: Station, many: ManyMachines) -> None:
    many.three.counters.open(station.window.desk.actor, "again")
    many.clock.advance(seconds=20)
    station.window.centre.refresh()
    station.settle()
    assert dot(station).startswith("Centre 1 acts waiting since 10:")
    many.three.sync()
    station.window.centre.refresh()
    station.settle()
    assert dot(station) == "Centre in step"
    many.clock.advance(minutes=2)
    station.window.centre.refresh()
    station.settle()
    assert dot(station).startswith("Centre nothing heard since 10:")


# mission: X1
def test_the_page_of_devices_opens_from_the_foot_and_from_the_menu(
    station: Station, many: ManyMachines
) -> None:
    many.two.net.cut = True
    many.clock.advance(minutes=5)
    many.three.sync()
    station.window.panels.foot.mend_requested.emit("centre")
    station.settle()
    page = station.window.panels.devices
    QAbstractItemModelTester(page.devices)
    assert page.isVisible()
    rows = {row.id: row for row in page.devices.rows}
    assert set(rows) >= {"2", "3", "Z1"}
    assert "this one" in rows["3"].name
    assert rows["2"].words.startswith("silent since")
    station.press(Qt.Key.Key_Escape)
    assert not page.isVisible()
    more(station, "devices")
    assert page.isVisible()


# mission: Q4
def test_cut_off_the_window_asks_for_a_number(station: Station, many: ManyMachines) -> None:
    ticket = many.kiosk.ticket("zhang", ITEM)
    many.sync()
    heard(station)
    many.three.net.cut = True
    station.press(Qt.Key.Key_F3)
    assert "no ticket is set aside" in station.notice
    station.press(Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier)
    station.type(ticket.number)
    station.press(Qt.Key.Key_Return)
    assert station.window.panels.chooser.question is not None  # out of turn needs its reason
    station.type("1")
    hands = station.window.desk.hands
    assert hands.ticket is not None
    assert hands.ticket.number == ticket.number


# mission: Q4 X1
def test_a_conflict_asks_the_clerk_once_and_one_key_settles_it(station: Station, many: ManyMachines) -> None:
    ticket = many.kiosk.ticket("zhang", ITEM)
    two = many.two.log_in("1005", "2").actor
    many.sync()
    heard(station)
    actor = station.window.desk.actor
    many.three.net.cut = True
    many.three.waiting.call_number(actor, "typed", ticket.number, "here")
    assert many.two.waiting.call_next(two, many.two.key()) is not None
    many.two.sync()
    many.three.net.cut = False
    many.sync()
    many.sync()
    heard(station)
    assert ticket.number in station.notice
    assert "Who serves?" in station.notice
    station.press(Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier)
    station.type("1")
    assert "Noted:" in station.notice
    assert many.three.hall.open_conflicts() == ()
    more(station, "conflicts")
    assert "nothing to answer" in station.notice


# mission: X3
def test_a_log_in_at_another_machine_closes_the_desk_here(station: Station, many: ManyMachines) -> None:
    assert station.window.panels.at_desk
    staff = station.window.desk.actor.staff
    many.two.log_in(staff, "2")
    many.sync()
    heard(station)
    assert not station.window.panels.at_desk
    assert station.window.desk.hands.shift is None
