"""The page of the peripherals by keyboard: what is wrong shows, is tried, replaced, taken out (M1, M4)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication

from counter_app.devices.printer.peripheral import ReceiptPrinterDriver
from counter_app.domain.paper.jobs import PrintEnded, PrintStarted
from counter_app.home import Home, open_home
from counter_app.i18n import Translator
from counter_app.peripherals import Kind, Peripheral, Peripherals, checked
from counter_app.simulators.printer.serving import PrinterServing, RunningPrinter
from counter_app.ui.counter.peripherals_view import PeripheralsView
from counter_app.ui.counter.shown import PeripheralShown
from counter_app.use_cases.peripherals.desk import Hands, PeripheralDesk
from counter_app.use_cases.peripherals.logos import LogoDesk, LogoTools
from counter_app.use_cases.ports.logo import Logo
from counter_app.use_cases.ports.printing import PrinterState
from counter_app.use_cases.ports.store import Transaction
from tests.support.intake_hall import CLERK
from tests.ui.counter.station import Station, more


@pytest.fixture
def printer() -> Iterator[RunningPrinter]:
    running = RunningPrinter(PrinterServing(tcp="127.0.0.1:0"))
    yield running
    running.stop()


@pytest.fixture
def home(tmp_path: Path, printer: RunningPrinter) -> Home:
    """A printer that works, a spare that is not there, and one entry that cannot be read."""
    entries = [
        Peripheral(Kind.PRINTER, "roll", printer.url, "epson-80", simulated=True).described(),
        Peripheral(Kind.PRINTER, "spare", "tcp://127.0.0.1:1", stands_in_for="roll").described(),
        {"kind": "toaster", "name": "breakfast", "url": "x"},
    ]
    made = Home(tmp_path / "home", "H", "3", training=True, peripherals=checked(entries, training=True))
    made.save()
    return made


@pytest.fixture
def station(tmp_path: Path, home: Home, qapp: QApplication) -> Iterator[Station]:
    station = Station(tmp_path, Translator("en"))
    drivers = {Kind.PRINTER: ReceiptPrinterDriver(lambda peripheral, profile: b"\x1b@page\n\x1dV\x42\x00")}
    hands = Hands("counter", lambda: False, station.deps.new_key)
    desk = PeripheralDesk(home, station.hall.store, lambda: drivers, hands)
    station.window.desk.deps = replace(station.window.desk.deps, peripherals=desk)
    station.show()
    station.log_in()
    yield station
    station.close()


def page(station: Station) -> PeripheralsView:
    return station.window.panels.peripherals


def rows(station: Station) -> dict[str, PeripheralShown]:
    return {row.id: row for row in page(station).peripherals.rows}


def press(station: Station, key: Qt.Key) -> None:
    QTest.keyClick(page(station)._table, key)
    station.settle()


def test_the_page_says_how_each_is_and_a_key_tries_one(station: Station, printer: RunningPrinter) -> None:
    more(station, "peripherals")
    QAbstractItemModelTester(page(station).peripherals)
    assert page(station).isVisible()
    assert rows(station)["breakfast"].words == "wrongly declared"
    press(station, Qt.Key.Key_R)
    assert {id: row.words for id, row in rows(station).items()} == {
        "roll": "ready",
        "spare": "not reached",
        "breakfast": "wrongly declared",
    }
    press(station, Qt.Key.Key_T)
    assert len(printer.printer.sheets) == 1
    assert rows(station)["roll"].words == "ready"
    station.press(Qt.Key.Key_Escape)
    assert not page(station).isVisible()


def test_one_is_renamed_and_its_stand_in_follows(station: Station, home: Home) -> None:
    more(station, "peripherals")
    press(station, Qt.Key.Key_Return)
    assert not page(station).isVisible()
    station.press(Qt.Key.Key_1)
    station.type("counter roll")
    station.press(Qt.Key.Key_Return)
    assert page(station).isVisible()
    assert "counter roll" in rows(station)
    spare = open_home(home.path).peripherals.named("spare")
    assert spare is not None
    assert spare.stands_in_for == "counter roll"


def test_a_wrong_one_can_only_be_taken_out(station: Station, home: Home) -> None:
    more(station, "peripherals")
    press(station, Qt.Key.Key_Down)
    press(station, Qt.Key.Key_Down)
    press(station, Qt.Key.Key_Return)
    station.press(Qt.Key.Key_1)
    assert station.window.panels.chooser.question is not None
    station.press(Qt.Key.Key_7)
    assert set(rows(station)) == {"roll", "spare"}
    assert open_home(home.path).peripherals.wrong == ()


def test_what_its_driver_refuses_is_told_and_nothing_is_changed(station: Station, home: Home) -> None:
    more(station, "peripherals")
    press(station, Qt.Key.Key_Return)
    station.press(Qt.Key.Key_2)
    station.type("no-such://place")
    station.press(Qt.Key.Key_Return)
    assert station.window.panels.notice.current is not None
    assert station.window.panels.notice.current.code == "printer.bad-url"
    assert open_home(home.path).peripherals.declared == home.peripherals.declared


def test_a_printers_trouble_leads_from_the_foot_to_the_page(station: Station) -> None:
    trouble = PrinterState.COVER_OPEN
    station.window.desk.deps = replace(station.window.desk.deps, printer=lambda: trouble)
    station.window.foot.refresh()
    station.settle()
    station.window.panels.foot.mend_requested.emit("printer")
    station.press(Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier)
    assert page(station).isVisible()


def test_one_is_added_by_hand(station: Station, home: Home, printer: RunningPrinter) -> None:
    replace(home, peripherals=Peripherals()).save()
    more(station, "peripherals")
    assert rows(station) == {}
    press(station, Qt.Key.Key_A)
    station.press(Qt.Key.Key_1)
    station.type(printer.url)
    station.press(Qt.Key.Key_Return)
    station.type("new roll")
    station.press(Qt.Key.Key_Return)
    assert set(rows(station)) == {"new roll"}
    added = open_home(home.path).peripherals.first(Kind.PRINTER)
    assert added is not None
    assert added.url == printer.url


def in_hand(station: Station) -> str | None:
    return page(station).peripherals.key_at(page(station)._table.currentIndex().row())


def test_what_was_added_or_renamed_is_in_hand(station: Station, printer: RunningPrinter) -> None:
    more(station, "peripherals")
    press(station, Qt.Key.Key_A)
    station.press(Qt.Key.Key_1)
    station.type(printer.url)
    station.press(Qt.Key.Key_Return)
    station.type("new roll")
    station.press(Qt.Key.Key_Return)
    assert in_hand(station) == "new roll"
    press(station, Qt.Key.Key_Home)
    assert in_hand(station) == "roll"
    press(station, Qt.Key.Key_Return)
    station.press(Qt.Key.Key_1)
    station.type("old roll")
    station.press(Qt.Key.Key_Return)
    assert in_hand(station) == "old roll"
    press(station, Qt.Key.Key_End)
    assert in_hand(station) not in ("roll", "old roll")


def test_escape_in_a_question_goes_back_to_the_page(station: Station) -> None:
    more(station, "peripherals")
    press(station, Qt.Key.Key_Down)
    press(station, Qt.Key.Key_Return)
    station.press(Qt.Key.Key_3)
    station.press(Qt.Key.Key_Escape)
    assert page(station).isVisible()
    assert page(station)._table.hasFocus()
    assert in_hand(station) == "spare"
    station.press(Qt.Key.Key_Escape)
    assert not page(station).isVisible()


def test_a_logo_is_put_over_a_printers_papers_by_keyboard(
    station: Station, home: Home, tmp_path: Path
) -> None:
    picture = tmp_path / "logo.png"
    Image.new("RGB", (80, 40), "black").save(picture)
    desk = station.window.desk.deps.peripherals
    assert desk is not None
    tools = LogoTools(lambda raw, printer: Logo(8, b"\xff" * 8), lambda printer: "")
    logos = LogoDesk(desk, home.logos, tools)
    station.window.desk.deps = replace(station.window.desk.deps, logos=logos)
    more(station, "peripherals")
    press(station, Qt.Key.Key_Return)
    station.press(Qt.Key.Key_8)
    station.press(Qt.Key.Key_1)
    station.type(str(picture))
    station.press(Qt.Key.Key_Return)
    assert "dot by dot" in station.notice
    assert page(station).isVisible()
    assert desk.declared("roll").text("logo")
    press(station, Qt.Key.Key_Return)
    station.press(Qt.Key.Key_8)
    station.press(Qt.Key.Key_2)
    assert desk.declared("roll").text("logo") == ""


# mission: M1 P10
def test_it_is_said_where_a_paper_came_out_that_the_spare_printed(station: Station) -> None:
    station.ticket("0603")
    row = station.deps.papers.job_list("", 1)[0]
    station.window.desk.deps = replace(station.window.desk.deps, counter=row.place)

    def work(tx: Transaction) -> None:
        tx.record(PrintStarted(job=row.job))
        tx.record(PrintEnded(job=row.job, state="printed", printer="spare"))

    station.hall.store.act(CLERK, station.hall.key(), work)
    station.window.foot.refresh()
    station.settle()
    assert "came out at “spare”" in station.notice
    station.press(Qt.Key.Key_Escape)
    station.window.foot.refresh()
    station.settle()
    assert station.notice == ""
