"""Readers whose ports this window holds, on the page of the peripherals: shown as their lanes know them, and
tried by their next reading (M1, M4)."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from counter_app.bootstrap.parts import card_reader, text_sources
from counter_app.devices.id_card.peripheral import IdReaderDriver
from counter_app.devices.scanner.peripheral import TextDriver
from counter_app.home import Home
from counter_app.i18n import Translator
from counter_app.lanes import Lane
from counter_app.peripherals import Kind, Peripheral, Peripherals
from counter_app.simulators.id_card.serve import ReaderServing, RunningReader
from counter_app.simulators.scanner.serve import RunningScanner, ScannerServing
from counter_app.ui.counter.shown import PeripheralShown
from counter_app.ui.theme.tokens import State
from counter_app.use_cases.codes import Codes
from counter_app.use_cases.peripherals.desk import Hands, PeripheralDesk
from counter_app.use_cases.peripherals.held import Tap
from counter_app.use_cases.ports.identity import ReaderState
from counter_app.use_cases.ports.peripherals import PeripheralDriver
from tests.ui.counter.station import Station, more


@dataclass
class Desk:
    """A counter with a reader and a scanner of its own, both held."""

    station: Station
    reader: RunningReader
    scanner: RunningScanner
    taps: list[Tap]

    def row(self, name: str) -> PeripheralShown:
        rows = {row.id: row for row in self.station.window.panels.peripherals.peripherals.rows}
        return rows[name]

    def press(self, key: Qt.Key) -> None:
        QTest.keyClick(self.station.window.panels.peripherals._table, key)
        self.station.settle()

    def until(self, fits: Callable[[], bool]) -> None:
        end = time.monotonic() + 15
        while not fits():
            assert time.monotonic() < end, self.station.notice
            QApplication.processEvents()
            time.sleep(0.005)

    def open(self) -> None:
        more(self.station, "peripherals")
        self.station.rest()


@pytest.fixture
def desk(tmp_path: Path, qapp: QApplication) -> Iterator[Desk]:
    reader = RunningReader(ReaderServing(tcp="127.0.0.1:0", pace=0.0))
    scanner = RunningScanner(ScannerServing(tcp="127.0.0.1:0"))
    declared = Peripherals(
        (
            Peripheral(Kind.ID_READER, "reader", reader.url, simulated=True),
            Peripheral(Kind.SCANNER, "gun", scanner.url, simulated=True),
        )
    )
    home = Home(tmp_path / "home", "H", "3", training=True, peripherals=declared)
    home.save()
    home.make_folders()
    station = Station(tmp_path, Translator("en"))
    drivers: dict[Kind, PeripheralDriver] = {
        Kind.ID_READER: IdReaderDriver(),
        Kind.SCANNER: TextDriver(Kind.SCANNER),
    }
    codes = Codes(station.hall.store, station.hall.reference)
    page = PeripheralDesk(
        home,
        station.hall.store,
        lambda: drivers,
        Hands("counter", lambda: False, station.deps.new_key, codes.is_item),
    )
    taps: list[Tap] = []

    def hold(tap: Tap) -> None:
        taps.append(tap)
        page.hold(tap)

    with Lane("asks") as asks:
        station.deps = replace(
            station.deps,
            reader=card_reader(home, "counter", hold),
            sources=text_sources(home, "counter", hold),
            peripherals=page,
            asks=asks,
        )
        station.reopen()
        station.log_in()
        found = Desk(station, reader, scanner, taps)
        found.until(lambda: station.deps.reader.state is ReaderState.READY)
        found.until(lambda: station.deps.sources[0].source.state is ReaderState.READY)
        yield found
        station.close()
    reader.stop()
    scanner.stop()


def test_a_card_laid_after_the_key_tries_the_reader_and_joins_no_case(desk: Desk) -> None:
    desk.open()
    assert (desk.row("reader").words, desk.row("reader").state) == ("ready", State.READY)
    desk.press(Qt.Key.Key_T)
    assert "Lay a card on it now." in desk.station.notice
    desk.reader.run(f"lay {desk.reader.tray[0].key}")
    desk.until(
        lambda: "A card was read" in desk.station.notice or "…" in desk.station.notice.split("tried")[-1]
    )
    desk.until(lambda: "reader: A card was read." in desk.station.notice)
    assert desk.station.window.panels.peripherals.isVisible()
    assert desk.station.window.desk.hands.case is None
    assert desk.row("reader").words == "ready"


def test_esc_gives_the_next_card_back_to_the_work(desk: Desk) -> None:
    desk.open()
    desk.press(Qt.Key.Key_T)
    desk.press(Qt.Key.Key_Escape)
    desk.station.rest()  # nobody waits any more
    assert not desk.station.window.panels.peripherals.isVisible()
    desk.reader.run(f"lay {desk.reader.tray[0].key}")
    desk.until(lambda: "A card was read, but nobody was called." in desk.station.notice)


def test_nothing_laid_in_time_is_told(desk: Desk) -> None:
    for tap in desk.taps:
        tap._seconds = 0.2
    desk.open()
    desk.press(Qt.Key.Key_T)
    desk.until(lambda: "Nothing was read within 0.2 s" in desk.station.notice)
    desk.station.rest()
    assert desk.row("reader").words == "ready"


@pytest.mark.parametrize(
    ("fault", "words"), [("fault silent@any*", "no answer"), ("fault wrong-checksum@any*", "needs attention")]
)
def test_a_held_reader_that_says_nothing_whole_is_not_green(desk: Desk, fault: str, words: str) -> None:
    assert desk.reader.run(fault)[-1] == "ok"
    desk.until(lambda: desk.station.deps.reader.state is ReaderState.LOST)
    desk.open()
    assert desk.row("reader").words == words
    assert desk.row("reader").state is State.FAULT
    desk.press(Qt.Key.Key_T)
    desk.station.rest()
    assert desk.station.window.panels.notice.current is not None
    assert desk.station.window.panels.notice.current.level == "bad"


def test_a_code_tries_the_scanner_that_only_listens_until_then(desk: Desk) -> None:
    desk.open()
    assert (desk.row("gun").words, desk.row("gun").state) == ("listening", State.IDLE)
    desk.press(Qt.Key.Key_Down)
    desk.press(Qt.Key.Key_T)
    assert "Scan a code with it now." in desk.station.notice
    desk.scanner.run("scan ticket:k1.1.1")
    desk.until(lambda: "gun: A queue ticket." in desk.station.notice)
    desk.station.rest()
    assert (desk.row("gun").words, desk.row("gun").state) == ("ready", State.READY)
    desk.press(Qt.Key.Key_T)
    desk.scanner.run("scan 0603")
    desk.until(lambda: "gun: An item of this hall." in desk.station.notice)
    desk.station.rest()
    desk.scanner.run("unplug")
    desk.until(lambda: desk.station.deps.sources[0].source.state is ReaderState.LOST)
    desk.press(Qt.Key.Key_R)
    desk.station.rest()
    assert desk.row("gun").words == "not reached"


def test_a_port_that_another_window_holds_is_in_use_and_not_green(desk: Desk) -> None:
    page = desk.station.deps.peripherals
    assert page is not None
    page._held.clear()  # as a window sees it that does not hold them
    desk.open()
    assert (desk.row("reader").words, desk.row("reader").state) == ("in use", State.IDLE)
