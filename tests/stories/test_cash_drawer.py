"""The drawer opens for cash and for a reason, each time on record; what stayed shut is known (P5, M1)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from counter_app.bootstrap.around import around_case
from counter_app.bootstrap.late import LateRenderer
from counter_app.bootstrap.printers import HomePrinters
from counter_app.devices.drawer.drawer import SerialDrawer
from counter_app.devices.serial_line import LineSettings
from counter_app.errors import UserFacingError
from counter_app.home import Home, open_home
from counter_app.i18n import Translator
from counter_app.keeper.drawer import DrawerWatch
from counter_app.keeper.printing import LOOK_SECONDS, PrinterWatch
from counter_app.peripherals import Kind, Peripheral, Peripherals
from counter_app.printing.roll import RollMaker
from counter_app.simulators.frames.device import SimulatedDrawer
from counter_app.simulators.frames.serve import RunningFramed
from counter_app.simulators.printer.serving import PrinterServing, RunningPrinter
from counter_app.simulators.serving import DeviceServing
from counter_app.use_cases.fees.charging import ONCE
from counter_app.use_cases.papers.spooler import Spooler
from counter_app.use_cases.peripherals.drawer import CashDrawer, Watch
from counter_app.use_cases.peripherals.states import seen_of
from counter_app.use_cases.ports.peripherals import Condition
from tests.stories.test_fees_from_the_catalogue_only import accepted
from tests.support.fees import charge_fees
from tests.support.intake_hall import CLERK, IntakeHall, opened


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[IntakeHall]:
    for hall in opened(tmp_path):
        charge_fees(hall)
        yield hall


@pytest.fixture
def printer() -> Iterator[RunningPrinter]:
    running = RunningPrinter(PrinterServing(tcp="127.0.0.1:0"))
    yield running
    running.stop()


class Station:
    """A counter with a printer, a drawer behind it, and the keeper's lane worked by hand."""

    def __init__(self, hall: IntakeHall, folder: Path, printer: RunningPrinter) -> None:
        found = (
            Peripheral(Kind.PRINTER, "roll", printer.url, "epson-80", simulated=True),
            Peripheral(Kind.DRAWER, "till", "printer:roll", simulated=True, options={"open_is": "low"}),
        )
        self.home = Home(folder / "home", "H", "3", training=True, peripherals=Peripherals(found))
        self.home.save()
        self.home.make_folders()
        self.hall = hall
        renderer = LateRenderer()
        self.lane = HomePrinters(self.home, "counter", renderer, Translator("en"))
        spooler = Spooler(hall.store, RollMaker(renderer), self.lane)
        self.now = 100.0
        self.duty = PrinterWatch(hall.store, spooler, self.lane, lambda: self.now)
        self.around = around_case(hall.store, hall.needs, hall.people, declared=self.declared)
        watch = Watch(sleep=self.keeper_works)
        self.drawer = CashDrawer(hall.store, self.declared, watch)

    def keeper_works(self, seconds: float) -> None:
        self.duty.step()

    def declared(self) -> Peripherals:
        return open_home(self.home.path).peripherals

    def work(self) -> None:
        while self.duty.step():
            pass

    def seen(self) -> tuple[Condition, str]:
        with self.hall.store.reading() as reader:
            seen = seen_of(reader, "till")
        assert seen is not None
        return seen.condition, seen.says


@pytest.fixture
def station(hall: IntakeHall, tmp_path: Path, printer: RunningPrinter) -> Iterator[Station]:
    station = Station(hall, tmp_path, printer)
    station.work()
    yield station
    station.lane.close()


# mission: P5 M1
def test_cash_opens_the_drawer_once_and_a_card_payment_does_not(
    station: Station, hall: IntakeHall, printer: RunningPrinter
) -> None:
    charging = station.around.charging
    other, _ = accepted(hall)
    charging.charge(CLERK, hall.key(), {other: ONCE})
    charging.pay(CLERK, hall.key(), other, "scan")
    station.work()
    assert printer.printer.drawer_kicks == 0
    case, _ = accepted(hall)
    charging.charge(CLERK, hall.key(), {case: ONCE})
    key = hall.key()
    charging.pay(CLERK, key, case, "cash")
    charging.pay(CLERK, key, case, "cash")
    station.work()
    assert printer.printer.drawer_kicks == 1
    (opening,) = station.drawer.openings()
    (receipt,) = charging.view(case).receipts
    assert (opening.staff, opening.counter, opening.cause) == (CLERK.staff, CLERK.place, "paid")
    assert (opening.receipt, opening.failed) == (receipt.id, "")
    station.around.refunding.void(CLERK, hall.key(), receipt.id, "收错了")
    station.work()
    assert [one.cause for one in station.drawer.openings()] == ["paid", "given-back"]
    assert printer.printer.drawer_kicks == 2


def test_it_is_opened_by_hand_for_a_reason(
    station: Station, hall: IntakeHall, printer: RunningPrinter
) -> None:
    with pytest.raises(UserFacingError) as refused:
        station.drawer.open(CLERK, hall.key(), "other")
    assert refused.value.code == "drawer.reason"
    wish = station.drawer.open(CLERK, hall.key(), "change")
    assert station.drawer.answer(wish).condition.works
    assert printer.printer.drawer_kicks == 1


def test_an_open_drawer_is_told_beside_its_dot(station: Station, printer: RunningPrinter) -> None:
    assert station.seen() == (Condition.ATTENTION, "drawer open")
    printer.run("shut-drawer")
    station.now += LOOK_SECONDS
    station.work()
    assert station.seen() == (Condition.READY, "closed")


def test_what_stayed_shut_is_on_record_and_never_opens_later(
    station: Station, hall: IntakeHall, printer: RunningPrinter
) -> None:
    printer.run("unplug")
    wish = station.drawer.open(CLERK, hall.key(), "check")
    assert not station.drawer.answer(wish).condition.works
    (opening,) = station.drawer.openings()
    assert opening.failed == "printer.absent"
    printer.run("plug")
    station.work()
    assert printer.printer.drawer_kicks == 0


def test_a_drawer_that_is_set_so_waits_for_a_hand(
    station: Station, hall: IntakeHall, printer: RunningPrinter
) -> None:
    till = Peripheral(Kind.DRAWER, "till", "printer:", simulated=True, options={"with_cash": "no", "pin": 5})
    home = open_home(station.home.path)
    roll = home.peripherals.declared[0]
    replace(home, peripherals=Peripherals((roll, till))).save()
    case, _ = accepted(hall)
    station.around.charging.charge(CLERK, hall.key(), {case: ONCE})
    station.around.charging.pay(CLERK, hall.key(), case, "cash")
    station.work()
    assert (printer.printer.drawer_kicks, station.drawer.openings()) == (0, ())


def test_a_drawer_of_its_own_line_answers_too(hall: IntakeHall) -> None:
    running = RunningFramed(Kind.DRAWER, DeviceServing(tcp="127.0.0.1:0"))
    device = running.device
    assert isinstance(device, SimulatedDrawer)
    try:
        till = Peripheral(Kind.DRAWER, "till", running.url, "generic-xor", simulated=True)
        duty = DrawerWatch(hall.store, "till", SerialDrawer(till, LineSettings(running.url)))

        def keeper_works(seconds: float) -> None:
            duty.step()

        watch = Watch(sleep=keeper_works)
        drawer = CashDrawer(hall.store, lambda: Peripherals((till,)), watch)
        assert drawer.answer(drawer.open(CLERK, hall.key(), "change")).condition is Condition.READY
        assert (device.kicks, device.is_open) == (1, True)
        duty.step()
        with hall.store.reading() as reader:
            seen = seen_of(reader, "till")
        assert seen is not None
        assert seen.says == "drawer open"
        running.run("unplug")
        assert not drawer.answer(drawer.open(CLERK, hall.key(), "change")).condition.works
        assert [one.failed for one in drawer.openings()] == ["", "port.absent"]
    finally:
        running.stop()


def test_a_printer_in_trouble_is_told_once_and_the_drawer_says_why(
    station: Station, printer: RunningPrinter
) -> None:
    printer.run("fault cover-open")
    station.now += LOOK_SECONDS
    station.work()
    assert station.seen() == (Condition.UNKNOWN, "state not known")
