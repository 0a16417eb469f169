"""Which driver serves which kind of peripheral: one line for each. Imported late, by bootstrap alone."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from counter_app.devices.drawer.peripheral import DrawerDriver
from counter_app.devices.frames.peripheral import LedStripDriver, RatingPadDriver
from counter_app.devices.id_card.peripheral import IdReaderDriver
from counter_app.devices.imaging.peripheral import ImagingDriver
from counter_app.devices.pcsc.peripheral import SlotDriver
from counter_app.devices.printer.peripheral import PageMaker, ReceiptPrinterDriver
from counter_app.devices.queue.cards import CardMaker, CardPrinterDriver
from counter_app.devices.queue.peripheral import SheetMaker, SheetPrinterDriver
from counter_app.devices.scanner.peripheral import TextDriver
from counter_app.devices.speaker.peripheral import SpeakerDriver
from counter_app.peripherals import Kind
from counter_app.use_cases.ports.peripherals import PeripheralDriver


def drivers(
    pages: PageMaker, sheets: SheetMaker, cards: CardMaker, locks: Path
) -> Mapping[Kind, PeripheralDriver]:
    """All drivers of this program. `pages`, `sheets` and `cards` make what tries a printer; `locks` are the
    home's."""
    all_of_them: tuple[PeripheralDriver, ...] = (
        ReceiptPrinterDriver(pages),
        SheetPrinterDriver(sheets),
        CardPrinterDriver(cards),
        DrawerDriver(),
        IdReaderDriver(),
        SpeakerDriver(),
        TextDriver(Kind.SCANNER),
        TextDriver(Kind.MRZ_READER),
        SlotDriver(),
        RatingPadDriver(),
        LedStripDriver(),
        ImagingDriver(Kind.CAMERA),
        ImagingDriver(Kind.DOCUMENT_SCANNER, locks),
    )
    return {driver.kind: driver for driver in all_of_them}
