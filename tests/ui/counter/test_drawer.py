"""The cash drawer by keyboard: its reason asked, its answer told, who opened it today shown (P5, M1)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from counter_app.domain.journal import Actor
from counter_app.i18n import Translator
from counter_app.peripherals import Kind, Peripheral, Peripherals
from counter_app.use_cases.peripherals.asking import Wishes
from counter_app.use_cases.peripherals.drawer import CashDrawer, Watch, stayed_shut
from counter_app.use_cases.peripherals.drawer_seen import TOLD
from counter_app.use_cases.ports.peripherals import Condition, Seen
from tests.ui.counter.station import Station, more

KEEPER = Actor("keeper")


class Keeper:
    """Answers orders for the drawer as told."""

    def __init__(self, station: Station) -> None:
        self._store = station.hall.store
        self.answer = Seen(Condition.READY, advice=TOLD)
        self.kicks = 0

    def step(self, seconds: float) -> None:
        wishes = Wishes(self._store)
        wish = wishes.next_of("till")
        if wish is not None:
            self.kicks += 1
            wishes.taken(KEEPER, wish)
            wishes.answered(
                KEEPER,
                wish,
                self.answer,
                lambda tx: (
                    None if self.answer.condition.works else stayed_shut(tx, wish.id, "printer.absent")
                ),
            )


@pytest.fixture
def station(tmp_path: Path, qapp: QApplication) -> Iterator[Station]:
    station = Station(tmp_path, Translator("en"))
    station.show()
    station.log_in()
    yield station
    station.close()


@pytest.fixture
def keeper(station: Station) -> Keeper:
    keeper = Keeper(station)
    till = Peripheral(Kind.DRAWER, "till", "printer:")
    drawer = CashDrawer(station.hall.store, lambda: Peripherals((till,)), Watch(sleep=keeper.step))
    desk = station.window.desk
    desk.deps = replace(desk.deps, around=replace(desk.deps.around, drawer=drawer))
    return keeper


def openings(station: Station) -> list[tuple[str, str, str]]:
    found = station.window.desk.deps.around.drawer.openings()
    return [(one.cause, one.reason, one.failed) for one in found]


def test_it_is_opened_with_a_reason_and_the_answer_is_told(station: Station, keeper: Keeper) -> None:
    more(station, "drawer")
    station.press(Qt.Key.Key_1)
    assert keeper.kicks == 1
    assert TOLD in station.notice
    more(station, "drawer")
    question = station.window.panels.chooser.question
    assert question is not None
    assert "Opened 1 times today." in question.hint
    assert "Change is needed" in question.hint
    station.press(Qt.Key.Key_3)
    station.type("a coin fell behind")
    station.press(Qt.Key.Key_Return)
    assert openings(station) == [("change", "", ""), ("other", "a coin fell behind", "")]


def test_what_stayed_shut_is_told_with_what_to_do(station: Station, keeper: Keeper) -> None:
    keeper.answer = Seen(Condition.ABSENT, advice="The printer cannot be reached: check its cable.")
    more(station, "drawer")
    station.press(Qt.Key.Key_2)
    assert "cannot be reached" in station.notice
    assert openings(station) == [("check", "", "printer.absent")]


def test_without_the_right_it_stays_shut(station: Station, keeper: Keeper) -> None:
    shift = station.window.desk.hands.shift
    assert shift is not None
    station.window.desk.hands.shift = replace(shift, roles=frozenset({"inquiry"}))
    more(station, "drawer")
    station.press(Qt.Key.Key_1)
    assert keeper.kicks == 0
    assert openings(station) == []
