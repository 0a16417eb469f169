"""Printers of plastic cards by the system's own driver: Evolis and others are queues like any printer's.

What a maker's kit could do besides (coding a chip, cleaning) is not done here. Where a printer puts its print
is set by its options `right`, `down` and `scale`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from counter_app.devices.queue.peripheral import SheetMaker, SheetPrinterDriver
from counter_app.devices.queue.sheets import open_sheet_printer
from counter_app.errors import UserFacingError, mark
from counter_app.peripherals import Kind, Peripheral
from counter_app.use_cases.peripherals.printer_seen import seen_end
from counter_app.use_cases.ports.peripherals import Bench, Condition, Found, Option, Seen

SIZE: Final = "CR80"
RIGHT: Final = Option("right", 0.0, mark("millimetres that everything goes to the right"))
DOWN: Final = Option("down", 0.0, mark("millimetres that everything goes down"))
SCALE: Final = Option("scale", 1.0, mark("size of everything, 1 as designed"))
MOST_MOVED: Final = 10.0
LEAST, LARGEST = 0.8, 1.2


class CardPrinterDriver:
    """`PeripheralDriver` of card printers. `card` makes the PDF that tries one, set right for it."""

    kind: Final = Kind.CARD_PRINTER
    models: Final[tuple[str, ...]] = ()
    options: Final = (RIGHT, DOWN, SCALE)
    example: Final = "cups://cards"

    def __init__(self, card: SheetMaker) -> None:
        self._card = card
        self._queue = SheetPrinterDriver(card)

    def supported(self, peripheral: Peripheral) -> None:
        self._queue.supported(peripheral)
        moved = max(abs(peripheral.number(one.key)) for one in (RIGHT, DOWN))
        if moved > MOST_MOVED or not LEAST <= peripheral.number(SCALE.key, 1.0) <= LARGEST:
            raise UserFacingError(
                "card-printer.fit",
                "Print is moved by 10 mm at most and scaled between 0.8 and 1.2.",
                kept="Nothing was changed.",
                remedy="Print the trial card, measure, and correct right, down and scale.",
            )

    def find(self) -> tuple[Found, ...]:
        return tuple(replace(found, kind=self.kind) for found in self._queue.find())

    def probe(self, peripheral: Peripheral, bench: Bench) -> Seen:
        return self._queue.probe(peripheral, bench)

    def test(self, peripheral: Peripheral, bench: Bench) -> Seen:
        """Print one card that says it is a trial."""
        try:
            printer = open_sheet_printer(peripheral.url)
        except UserFacingError as error:
            return Seen.refused(error, Condition.WRONG)
        try:
            return seen_end(printer.print_sheet("test", self._card(peripheral), SIZE))
        finally:
            printer.close()
