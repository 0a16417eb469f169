"""A logo over the papers: by dots at once, out of the printer's memory once there, never written twice."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from counter_app.bootstrap.late import LateRenderer
from counter_app.bootstrap.logos import logo_desk
from counter_app.bootstrap.peripherals import desk_of
from counter_app.bootstrap.printers import HomePrinters
from counter_app.errors import UserFacingError
from counter_app.home import Home, open_home
from counter_app.i18n import Translator
from counter_app.keeper.printing import PrinterWatch
from counter_app.peripherals import Kind, Peripheral, Peripherals
from counter_app.printing.roll import RollMaker
from counter_app.simulators.printer.serving import PrinterServing, RunningPrinter
from counter_app.simulators.printer.sheet import Sheet
from counter_app.use_cases.papers.spooler import Spooler
from counter_app.use_cases.peripherals.asking import Wish
from counter_app.use_cases.peripherals.desk import Hands, PeripheralDesk
from counter_app.use_cases.peripherals.logos import BY_DOTS, THERE, LogoDesk
from counter_app.use_cases.peripherals.printer_seen import LOGO_KEPT, LOGO_SENT
from counter_app.use_cases.ports.logo import HELD, Logo
from counter_app.use_cases.ports.peripherals import Condition
from tests.support.intake_hall import CLERK, IntakeHall, opened

KEYED = b"\x1d(L\x06\x00\x30\x45"
LISTED = b"\x1cp\x01\x00"
DOTS = b"\x1dv0\x00"


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[IntakeHall]:
    yield from opened(tmp_path)


@pytest.fixture
def running() -> Iterator[RunningPrinter]:
    printer = RunningPrinter(PrinterServing(tcp="127.0.0.1:0"))
    yield printer
    printer.stop()


def picture(folder: Path, name: str, *, wide: int = 300) -> Path:
    """A ring and a bar that no mirroring leaves alike."""
    drawn = Image.new("RGB", (wide, 200), "white")
    pen = ImageDraw.Draw(drawn)
    pen.ellipse((10, 10, 120, 120), outline="black", width=12)
    pen.rectangle((140, 20, wide - 20, 60), fill="black")
    path = folder / name
    drawn.save(path)
    return path


class Station:
    """A printer of a model, the page's desk, and the keeper worked while an answer is waited for."""

    def __init__(self, hall: IntakeHall, folder: Path, running: RunningPrinter, model: str) -> None:
        declared = Peripheral(Kind.PRINTER, "roll", running.url, model, simulated=True)
        home = Home(folder / "home", "H", "3", training=True, peripherals=Peripherals((declared,)))
        home.save()
        self.path, self.running = home.path, running
        renderer = LateRenderer()
        self.lane = HomePrinters(home, "counter", renderer, Translator("en"))
        self.duty = PrinterWatch(hall.store, Spooler(hall.store, RollMaker(renderer), self.lane), self.lane)
        ids = iter(range(1000))
        hands = Hands("test", lambda: True, lambda: f"w{next(ids)}", sleep=self.keeper_works)
        bound = desk_of(home, hall.store, "test", Translator("en"))
        self.desk = PeripheralDesk(home, hall.store, bound._drivers, hands)
        self.logos: LogoDesk = logo_desk(home, self.desk)

    def keeper_works(self, seconds: float) -> None:
        self.duty.step()

    def page(self) -> Sheet:
        """Print the test page and give it."""
        self.desk.test(CLERK, "roll")
        return self.running.printer.sheets[-1]

    @property
    def writes(self) -> int:
        return self.running.printer.memory_writes

    @property
    def printer(self) -> Peripheral:
        return self.desk.declared("roll")


def top(sheet: Sheet) -> bytes:
    """The first strip of ink: the logo."""
    strip = min(sheet.strips, key=lambda one: one.y)
    return bytes(strip.mask.tobytes()) + bytes(strip.x.to_bytes(2, "big"))


def made(hall: IntakeHall, tmp_path: Path, running: RunningPrinter, model: str) -> Station:
    return Station(hall, tmp_path, running, model)


# mission: M1
@pytest.mark.parametrize(
    ("model", "order", "told"),
    [("epson-80", KEYED, LOGO_KEPT), ("netum-80", LISTED, LOGO_SENT)],
    ids=["keyed", "listed"],
)
def test_a_printer_that_can_holds_it_and_draws_the_same_dots(
    hall: IntakeHall, tmp_path: Path, running: RunningPrinter, model: str, order: bytes, told: str
) -> None:
    station = made(hall, tmp_path, running, model)
    try:
        seen = station.logos.put_on(CLERK, "roll", picture(tmp_path, "a.png"))
        assert (seen.condition.works, seen.advice) == (True, told)
        assert station.writes == 1
        held = station.page()
        assert order in held.data
        assert DOTS not in held.data[:64]
        assert held.rubbish == ()
        station.desk.keep_options("roll", **{HELD: ""})
        by_dots = station.page()
        assert order not in by_dots.data
        assert top(by_dots) == top(held)
    finally:
        station.lane.close()


def test_the_same_logo_is_never_written_twice(
    hall: IntakeHall, tmp_path: Path, running: RunningPrinter
) -> None:
    station = made(hall, tmp_path, running, "epson-80")
    try:
        path = picture(tmp_path, "a.png")
        station.logos.put_on(CLERK, "roll", path)
        again = station.logos.put_on(CLERK, "roll", path)
        assert (again.advice, station.writes) == (THERE, 1)
        # what it holds was forgotten here, and the printer knows it
        station.desk.keep_options("roll", **{HELD: ""})
        assert station.logos.put_on(CLERK, "roll", path).advice == LOGO_KEPT
        assert station.writes == 1
        station.logos.put_on(CLERK, "roll", picture(tmp_path, "b.png", wide=260))
        assert station.writes == 2
    finally:
        station.lane.close()


def test_a_printer_without_memory_prints_it_by_dots(
    hall: IntakeHall, tmp_path: Path, running: RunningPrinter
) -> None:
    station = made(hall, tmp_path, running, "generic-80")
    try:
        seen = station.logos.put_on(CLERK, "roll", picture(tmp_path, "wide.png", wide=2000))
        assert (seen.advice, station.writes) == (BY_DOTS, 0)
        sheet = station.page()
        assert DOTS in sheet.data[:64]
        assert sheet.overflow == ()
        station.logos.take_off("roll")
        assert DOTS not in station.page().data[:64]
    finally:
        station.lane.close()


def test_one_that_is_away_gets_dots_later_and_no_false_word(
    hall: IntakeHall, tmp_path: Path, running: RunningPrinter
) -> None:
    station = made(hall, tmp_path, running, "epson-80")
    try:
        running.run("unplug")
        seen = station.logos.put_on(CLERK, "roll", picture(tmp_path, "a.png"))
        assert seen.condition is Condition.FAULT
        assert station.printer.text(HELD) == ""
        running.run("plug")
        assert DOTS in station.page().data[:64]
    finally:
        station.lane.close()


def test_another_address_may_be_another_printer(
    hall: IntakeHall, tmp_path: Path, running: RunningPrinter
) -> None:
    station = made(hall, tmp_path, running, "epson-80")
    try:
        station.logos.put_on(CLERK, "roll", picture(tmp_path, "a.png"))
        assert station.printer.text(HELD)
        station.desk.change("roll", url="tcp://127.0.0.1:9")
        assert station.printer.text(HELD) == ""
    finally:
        station.lane.close()


def test_what_is_no_picture_is_refused_and_nothing_changes(
    hall: IntakeHall, tmp_path: Path, running: RunningPrinter
) -> None:
    station = made(hall, tmp_path, running, "epson-80")
    try:
        odd = tmp_path / "odd.png"
        odd.write_bytes(b"no picture")
        for path, code in ((odd, "logo.unreadable"), (tmp_path / "none.png", "logo.no-file")):
            with pytest.raises(UserFacingError) as refused:
                station.logos.put_on(CLERK, "roll", path)
            assert refused.value.code == code
        assert open_home(station.path).peripherals.declared[0].options == {}
        assert station.lane.refresh()
        assert station.lane.do(station.lane.all[0], Wish("w", "roll", "logo")).bytes_sent == 0
    finally:
        station.lane.close()


def test_a_logo_is_the_same_after_packing() -> None:
    logo = Logo(16, bytes(range(32)))
    assert Logo.unpacked(logo.packed(), stored_as=logo.digest) == Logo(16, bytes(range(32)), stored=True)
    assert all(0x20 <= code <= 0x7E for code in logo.key)
    with pytest.raises(ValueError, match="no logo"):
        Logo.unpacked(b"P4\n16 3\n" + bytes(32))
