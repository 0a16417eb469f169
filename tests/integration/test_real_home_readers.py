"""A real home's readers read no made-up citizen and its papers go to no simulator, however that came to its
address (decision 021)."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from counter_app.bootstrap.late import LateRenderer
from counter_app.bootstrap.parts import card_reader, text_sources
from counter_app.bootstrap.printers import HomePrinters
from counter_app.devices.id_card.once import read_one_card
from counter_app.devices.id_card.peripheral import IdReaderDriver
from counter_app.devices.printer.peripheral import ReceiptPrinterDriver
from counter_app.devices.serial_line import LineSettings
from counter_app.errors import UserFacingError
from counter_app.home import Home
from counter_app.i18n import Translator
from counter_app.peripherals import Kind, Peripheral, Peripherals
from counter_app.simulators.id_card.device import SimulatedReader
from counter_app.simulators.line import tcp_line
from counter_app.simulators.printer.serving import PrinterServing, RunningPrinter
from counter_app.use_cases.ports.identity import CardRead, ReaderNews, ReaderState
from counter_app.use_cases.ports.peripherals import Bench, Condition
from counter_app.use_cases.ports.printing import PrintEnd, PrinterState
from tests.support.id_cards import ABDUL

if sys.platform != "win32":
    from counter_app.simulators.line import pty_line


def real_home(folder: Path, *declared: Peripheral) -> Home:
    home = Home(folder / "home", "H", "3", training=False, peripherals=Peripherals(declared))
    home.make_folders()
    home.save()
    return home


def until(fits: Callable[[], bool]) -> None:
    end = time.monotonic() + 10
    while not fits():
        assert time.monotonic() < end
        time.sleep(0.005)


def refusal(home: Home) -> str:
    """Why the counter's reader is not ready; AssertionError when it read a card."""
    news: list[ReaderNews] = []
    lane = card_reader(home, "counter")
    lane.start(news.append)
    try:
        until(lambda: lane.problem is not None)
        time.sleep(0.2)
        assert lane.state is ReaderState.ABSENT
        assert lane.problem is not None
        assert not any(isinstance(one, CardRead) for one in news)
        return lane.problem.code
    finally:
        lane.stop()


def test_a_simulator_behind_a_declared_converter_says_what_it_is(tmp_path: Path) -> None:
    with tcp_line(SimulatedReader(pace=0)) as cable:
        declared = Peripheral(Kind.ID_READER, "reader", cable.url, options={"bridge": True})
        assert refusal(real_home(tmp_path, declared)) == "peripheral.simulated"
        bench = Bench(tmp_path, "page", training=False)
        driver = IdReaderDriver()
        assert driver.probe(declared, bench).identity.simulated
        assert driver.test(declared, bench).condition is Condition.REFUSED


def test_a_training_home_works_with_it(tmp_path: Path) -> None:
    reader = SimulatedReader(pace=0)
    reader.lay(ABDUL)
    with tcp_line(reader) as cable:
        home = real_home(tmp_path, Peripheral(Kind.ID_READER, "reader", cable.url, simulated=True))
        lane = card_reader(replace(home, training=True), "counter")
        lane.start(lambda news: None)
        try:
            until(lambda: lane.card is not None)
        finally:
            lane.stop()
        reader.lift()
        reader.lay(ABDUL)
        with pytest.raises(UserFacingError) as refused:
            read_one_card(LineSettings(cable.url), 1, real_only=True)
        assert refused.value.code == "peripheral.simulated"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo terminals with a path")
def test_a_link_that_led_elsewhere_when_it_was_declared_is_looked_at_again(tmp_path: Path) -> None:
    link = tmp_path / "reader"
    home = real_home(tmp_path, Peripheral(Kind.ID_READER, "reader", str(link)))
    with pty_line(SimulatedReader(pace=0), link=link):
        assert refusal(home) == "peripheral.simulated"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo terminals with a path")
def test_no_paper_goes_to_a_printer_that_is_a_program_by_now(tmp_path: Path) -> None:
    link = tmp_path / "roll"
    roll = Peripheral(Kind.PRINTER, "roll", f"serial://{link}?baud=115200", "epson-80")
    lane = HomePrinters(real_home(tmp_path, roll), "counter", LateRenderer(), Translator("en"))
    assert lane.refresh()  # nothing is there yet: the entry is as good as any
    running = RunningPrinter(PrinterServing(link=link))
    try:
        (placed,) = lane.all
        assert placed.printer.state() is PrinterState.ABSENT
        assert placed.printer.print_job(1, b"a paper\n").end is PrintEnd.FAILED
        driver = ReceiptPrinterDriver(lambda peripheral, profile: b"")
        probed = driver.probe(roll, Bench(tmp_path, "page", training=False))
        assert probed.condition is Condition.ABSENT
        assert driver.probe(roll, Bench(tmp_path, "page", training=True)).identity.simulated
        assert running.printer.sheets == ()
    finally:
        lane.close()
        running.stop()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo terminals with a path")
def test_scanners_too(tmp_path: Path) -> None:
    link = tmp_path / "scanner"
    (found,) = text_sources(real_home(tmp_path, Peripheral(Kind.SCANNER, "scanner", str(link))), "counter")
    with pty_line(SimulatedReader(pace=0), link=link):
        found.source.start(lambda news: None)
        try:
            until(lambda: found.source.problem is not None)
            assert found.source.problem is not None
            assert found.source.problem.code == "peripheral.simulated"
        finally:
            found.source.stop()
