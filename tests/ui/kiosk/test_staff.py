"""The staff at a kiosk, behind badge and PIN: devices, paper, trying, restarting, by touch and keys (M4)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from counter_app.devices.printer.peripheral import ReceiptPrinterDriver
from counter_app.domain.hall.plan import HallPlan
from counter_app.home import Home
from counter_app.peripherals import Kind, Peripheral, checked
from counter_app.simulators.printer.serving import PrinterServing, RunningPrinter
from counter_app.ui.kiosk.keys import KioskKey
from counter_app.ui.kiosk.measures import Measures
from counter_app.ui.kiosk.presenter import KioskPresenter
from counter_app.use_cases.peripherals.desk import Hands, PeripheralDesk
from tests.support.intake_hall import plan
from tests.ui.kiosk.glass import LANGUAGES, Kiosk
from tests.ui.kiosk.test_measures import PANEL_21, SMALL, UPRIGHT, Opened


@pytest.fixture
def printer() -> Iterator[RunningPrinter]:
    running = RunningPrinter(PrinterServing(tcp="127.0.0.1:0"))
    yield running
    running.stop()


@pytest.fixture
def staffed(kiosk: Kiosk, tmp_path: Path, printer: RunningPrinter) -> Kiosk:
    """A kiosk with a printer that works, a scanner that is not there, and a counter's printer beside it."""
    entries = [
        Peripheral(Kind.PRINTER, "roll", printer.url, used_by="kiosk", simulated=True).described(),
        Peripheral(Kind.SCANNER, "scanner", "socket://127.0.0.1:1", used_by="kiosk").described(),
        Peripheral(Kind.PRINTER, "counter roll", "tcp://127.0.0.1:1", used_by="counter").described(),
    ]
    home = Home(tmp_path / "home", "H", "3", training=True, peripherals=checked(entries, training=True))
    home.save()
    drivers = {Kind.PRINTER: ReceiptPrinterDriver(lambda peripheral, profile: b"\x1b@page\n\x1dV\x42\x00")}
    ids = iter(range(100))
    hands = Hands("kiosk", lambda: False, lambda: f"w{next(ids)}")
    kiosk.deps = replace(
        kiosk.deps, peripherals=PeripheralDesk(home, kiosk.hall.store, lambda: drivers, hands)
    )
    kiosk.presenter = KioskPresenter(kiosk.view, kiosk.deps, kiosk.tasks, LANGUAGES, kiosk._leave)
    kiosk.start()
    return kiosk


def log_in(kiosk: Kiosk) -> None:
    kiosk.presenter.press("staff")
    kiosk.type("1002")
    kiosk.type("135790")
    assert kiosk.page.name == "staff"


def details(kiosk: Kiosk) -> dict[str, str]:
    return {key.target: key.detail for key in kiosk.page.tiles}


# mission: M4
def test_its_own_devices_are_shown_and_a_test_page_printed(staffed: Kiosk, printer: RunningPrinter) -> None:
    log_in(staffed)
    assert set(details(staffed)) == {"roll", "scanner"}
    assert details(staffed)["roll"].startswith("● 就绪")
    staffed.press("staff_device", "roll")
    staffed.press("staff_look")
    assert "就绪" in staffed.page.lead
    staffed.press("staff_test")
    assert len(printer.printer.sheets) == 1
    assert staffed.page.tone == "good"
    staffed.press("back")
    assert details(staffed)["roll"].startswith("● 就绪")


def test_the_paper_is_changed_step_by_step_with_the_state_in_sight(
    staffed: Kiosk, printer: RunningPrinter
) -> None:
    printer.run("fault paper-out")
    log_in(staffed)
    staffed.press("staff_paper")
    staffed.press("staff_look")
    assert "缺纸" in staffed.page.lead
    assert staffed.page.blocks[0].numbered
    printer.run("mend")
    staffed.press("staff_test")
    assert "就绪" in staffed.page.lead
    assert len(printer.printer.sheets) == 1


def test_nothing_of_it_without_badge_and_pin(staffed: Kiosk, printer: RunningPrinter) -> None:
    for act in ("staff_test", "staff_close", "staff_restart", "staff_look", "staff_paper"):
        staffed.presenter.press(act, "roll")
    assert (staffed.left, len(printer.printer.sheets)) == (False, 0)
    log_in(staffed)
    staffed.press("home")
    staffed.presenter.screen.reset()
    staffed.presenter.press("staff_close")
    assert not staffed.left


def test_whoever_goes_away_leaves_it_closed(staffed: Kiosk) -> None:
    log_in(staffed)
    staffed.wait(300)
    assert staffed.page.name == "start"
    staffed.presenter.press("staff_close")
    assert not staffed.left


def test_it_is_restarted_where_it_can_be(staffed: Kiosk) -> None:
    log_in(staffed)
    staffed.press("staff_restart")
    assert not staffed.left
    started: list[str] = []
    staffed.deps = replace(staffed.deps, restart=lambda: started.append("again"))
    staffed.presenter = KioskPresenter(staffed.view, staffed.deps, staffed.tasks, LANGUAGES, staffed._leave)
    staffed.start()
    log_in(staffed)
    staffed.press("staff_restart")
    assert (started, staffed.left) == (["again"], True)


# mission: M2 X3
def test_a_badge_laid_on_or_scanned_names_its_bearer_and_the_pin_is_asked(staffed: Kiosk) -> None:
    known = plan()
    staff = tuple(replace(one, chips=("04A2B3C4",)) if one.badge == "1002" else one for one in known.staff)

    def with_chips() -> HallPlan:
        return replace(known, staff=staff)

    staffed.deps = replace(staffed.deps, plan=with_chips)
    staffed.presenter = KioskPresenter(staffed.view, staffed.deps, staffed.tasks, LANGUAGES, staffed._leave)
    staffed.start()
    staffed.presenter.chip("04A2B3C4")
    assert staffed.page.name == "pin"
    staffed.type("135790")
    assert staffed.page.name == "staff"
    staffed.presenter.screen.reset()
    staffed.presenter.press("staff")
    staffed.presenter.scanned("1002")
    assert staffed.page.name == "pin"
    staffed.presenter.chip("04FFFFFFFFFFFF")
    assert staffed.page.tone == "warn"


@pytest.mark.parametrize("size", [UPRIGHT, SMALL], ids=str)
def test_every_key_is_large_enough_and_the_keyboard_presses_it(
    staffed: Kiosk, qtbot: QtBot, size: tuple[int, int]
) -> None:
    opened = Opened(staffed, qtbot)
    opened.show(size)
    opened.press("staff")
    for typed in ("1002", "135790"):
        for sign in typed:
            opened.press("type", sign)
        opened.press("enter")
    for act, target in (("", ""), ("staff_device", "roll"), ("back", ""), ("staff_paper", "")):
        if act:
            opened.press(act, target)
        opened.settle()
        keys = opened.visible(KioskKey)
        assert len(keys) >= 3
        for key in keys:
            assert min(key.width(), key.height()) >= Measures(PANEL_21).key, key.accessibleName()
            place = key.rect().translated(key.mapTo(opened.window, key.rect().topLeft()))
            assert opened.window.rect().contains(place), key.accessibleName()
    back = next(
        key for key in opened.visible(KioskKey) if isinstance(key, KioskKey) and key.key.act == "back"
    )
    back.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(back, Qt.Key.Key_Return)
    opened.settle()
    page = opened.window.presenter.screen.page
    assert page is not None
    assert page.name == "staff"
    opened.window.release()


def test_the_prefix_of_the_homes_scanners_begins_a_scan(staffed: Kiosk, qtbot: QtBot) -> None:
    opened = Opened(staffed, qtbot, scan_prefix="F9")
    opened.show(SMALL)
    QTest.keyClick(opened.window, Qt.Key.Key_F9)
    for key in "ABC":
        QTest.keyClick(opened.window, getattr(Qt.Key, f"Key_{key}"))
    QTest.keyClick(opened.window, Qt.Key.Key_Return)
    opened.settle()
    page = opened.window.presenter.screen.page
    assert page is not None
    assert page.banner
    opened.window.release()
