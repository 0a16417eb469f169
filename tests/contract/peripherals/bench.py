"""Where every driver is tried: a bench for each kind that has a simulator. Add yours to `BENCHES`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import pytest

from counter_app.devices.drawer.peripheral import DrawerDriver
from counter_app.devices.frames.peripheral import LedStripDriver, RatingPadDriver
from counter_app.devices.id_card.peripheral import IdReaderDriver
from counter_app.devices.imaging.peripheral import ImagingDriver
from counter_app.devices.pcsc.peripheral import SlotDriver
from counter_app.devices.printer.peripheral import ReceiptPrinterDriver
from counter_app.devices.queue.cards import CardPrinterDriver
from counter_app.devices.queue.peripheral import SheetPrinterDriver
from counter_app.devices.scanner.peripheral import TextDriver
from counter_app.peripherals import Kind, Peripheral
from counter_app.simulators.evolis.build import build, compiler
from counter_app.simulators.frames.device import SimulatedPad
from counter_app.simulators.frames.serve import RunningFramed
from counter_app.simulators.id_card.serve import ReaderServing, RunningReader
from counter_app.simulators.imaging.serve import RunningImaging
from counter_app.simulators.printer.serving import PrinterServing, RunningPrinter
from counter_app.simulators.scanner.documents import DOCUMENTS
from counter_app.simulators.scanner.serve import RunningScanner, ScannerServing
from counter_app.simulators.serving import DeviceServing
from counter_app.use_cases.ports.peripherals import Condition, PeripheralDriver, Seen
from counter_app.use_cases.ports.printing import DrawnCard
from tests.support.print_queue import RunningQueue
from tests.support.slots import RunningSlots

ANY_PORT: Final = "127.0.0.1:0"


@dataclass(frozen=True)
class OnBench:
    """A simulated device and its driver. `order` takes the simulator's control lines.

    `ready` are the orders that make `test` succeed (a card laid on), `mute` the fault that silences it
    ("" where a silent device cannot be told from a working one), `says_simulated`: it tells so.
    """

    driver: PeripheralDriver
    peripheral: Peripheral
    order: Callable[[str], tuple[str, ...]]
    ready: tuple[str, ...] = ()
    mute: str = ""
    says_simulated: bool = False


@contextmanager
def printer() -> Iterator[OnBench]:
    running = RunningPrinter(PrinterServing(tcp=ANY_PORT))
    try:
        driver = ReceiptPrinterDriver(lambda peripheral, profile: b"\x1b@test\n\x1dV\x42\x00")
        declared = Peripheral(Kind.PRINTER, "printer", running.url, simulated=True)
        yield OnBench(driver, declared, running.run, mute="fault silent", says_simulated=True)
    finally:
        running.stop()


@contextmanager
def id_reader() -> Iterator[OnBench]:
    running = RunningReader(ReaderServing(tcp=ANY_PORT, pace=0.0))
    try:
        declared = Peripheral(Kind.ID_READER, "reader", running.url, simulated=True)
        first = f"lay {running.tray[0].key}"
        silent = "fault silent"
        yield OnBench(IdReaderDriver(), declared, running.run, (first,), silent, says_simulated=True)
    finally:
        running.stop()


@contextmanager
def scanner(kind: Kind, order: str) -> Iterator[OnBench]:
    """A scanner only speaks: `order` is said as soon as somebody listens."""
    running = RunningScanner(ScannerServing(tcp=ANY_PORT, documents=kind is Kind.MRZ_READER))
    running.scanner.when_heard(order)
    try:
        declared = Peripheral(kind, "scanner", running.url, simulated=True)
        yield OnBench(TextDriver(kind), declared, running.run)
    finally:
        running.stop()


@contextmanager
def sheet_printer(kind: Kind = Kind.SHEET_PRINTER) -> Iterator[OnBench]:
    """A folder stands in for the printer; taking the folder away is its unplugging."""
    with TemporaryDirectory() as outer:
        folder = Path(outer) / "sheets"
        folder.mkdir()

        def order(line: str) -> tuple[str, ...]:
            folder.rename(Path(outer) / "away") if line == "unplug" else (Path(outer) / "away").rename(folder)
            return ("ok",)

        declared = Peripheral(kind, "sheets", f"{folder.as_uri()}/", simulated=True)

        def made(peripheral: Peripheral, seen: Seen) -> bytes:
            return b"%PDF-1.4"

        def card(peripheral: Peripheral) -> DrawnCard:
            return DrawnCard(lambda: b"%PDF-1.4", lambda: (b"BM",))

        cards = kind is Kind.CARD_PRINTER
        driver: PeripheralDriver = CardPrinterDriver(card) if cards else SheetPrinterDriver(made)
        yield OnBench(driver, declared, order)


@contextmanager
def sheet_queue() -> Iterator[OnBench]:
    """Behind a print queue, which says what printer is there."""
    running = RunningQueue()

    def made(peripheral: Peripheral, seen: Seen) -> bytes:
        assert (seen.condition, seen.identity.model) in (
            (Condition.READY, "Simulated queue"),
            (Condition.ABSENT, ""),
        )
        return b"%PDF-1.4"

    try:
        declared = Peripheral(Kind.SHEET_PRINTER, "sheets", running.url, simulated=True)
        yield OnBench(SheetPrinterDriver(made), declared, running.run)
    finally:
        running.stop()


@contextmanager
def imaging(kind: Kind) -> Iterator[OnBench]:
    running = RunningImaging(kind, DeviceServing(tcp=ANY_PORT))
    try:
        quick = {"seconds": 3.0}
        declared = Peripheral(kind, "camera", running.url, simulated=True, options=quick)
        yield OnBench(ImagingDriver(kind), declared, running.run, mute="fault silent")
    finally:
        running.stop()


@contextmanager
def framed(kind: Kind) -> Iterator[OnBench]:
    running = RunningFramed(kind, DeviceServing(tcp=ANY_PORT))
    device = running.device
    if isinstance(device, SimulatedPad):
        device.press_when_asked = 2
    try:
        declared = Peripheral(kind, "framed", running.url, simulated=True)
        pad = kind is Kind.RATING_PAD
        driver: PeripheralDriver = RatingPadDriver(press_seconds=1.0) if pad else LedStripDriver()
        yield OnBench(driver, declared, running.run, mute="fault silent" if pad else "")
    finally:
        running.stop()


@contextmanager
def evolis() -> Iterator[OnBench]:
    """The maker's calls in a library made of software; a folder is its printer."""
    if compiler() is None:
        pytest.skip("no C compiler to build the simulated library with")
    with TemporaryDirectory() as outer:
        folder, library = Path(outer) / "printer", Path(outer) / "libevolis.so"
        folder.mkdir()
        build(library)

        def order(line: str) -> tuple[str, ...]:
            folder.rename(Path(outer) / "away") if line == "unplug" else (Path(outer) / "away").rename(folder)
            return ("ok",)

        options = {"library": str(library)}
        declared = Peripheral(
            Kind.CARD_PRINTER, "cards", f"evolis://{folder}", simulated=True, options=options
        )
        card = DrawnCard(lambda: b"%PDF-1.4", lambda: (b"BM" + bytes(60),))
        yield OnBench(CardPrinterDriver(lambda peripheral: card), declared, order, says_simulated=True)


@contextmanager
def card_slot() -> Iterator[OnBench]:
    """A silent slot is not tried: the service itself would not answer, and no call has a time limit."""
    running = RunningSlots()
    declared = Peripheral(Kind.CARD_SLOT, "slot", running.url)
    yield OnBench(SlotDriver(running.connect), declared, running.run, ("lay 04A2B3C4D5E680",))


@contextmanager
def drawer() -> Iterator[OnBench]:
    running = RunningFramed(Kind.DRAWER, DeviceServing(tcp=ANY_PORT))
    try:
        declared = Peripheral(Kind.DRAWER, "drawer", running.url, "generic-xor", simulated=True)
        yield OnBench(DrawerDriver(), declared, running.run, mute="fault silent")
    finally:
        running.stop()


BENCHES: Final[dict[str, Callable[[], AbstractContextManager[OnBench]]]] = {
    "printer": printer,
    "sheet-printer": sheet_printer,
    "sheet-queue": sheet_queue,
    "card-printer": lambda: sheet_printer(Kind.CARD_PRINTER),
    "id-reader": id_reader,
    "scanner": lambda: scanner(Kind.SCANNER, "ticket:k1.1.1"),
    "card-slot": card_slot,
    "drawer": drawer,
    "evolis": evolis,
    "rating-pad": lambda: framed(Kind.RATING_PAD),
    "led": lambda: framed(Kind.LED_STRIP),
    "camera": lambda: imaging(Kind.CAMERA),
    "document-scanner": lambda: imaging(Kind.DOCUMENT_SCANNER),
    "mrz": lambda: scanner(Kind.MRZ_READER, DOCUMENTS["td3"]),
}
