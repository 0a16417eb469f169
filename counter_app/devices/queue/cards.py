"""Printers of plastic cards: Evolis through its maker's library, others by the system's own driver.

What a maker's kit could do besides (coding a chip, cleaning) is not done here. Where a printer puts its print
is set by its options `right`, `down` and `scale`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final
from urllib.parse import unquote

from counter_app.devices.evolis.printer import BOTH, SCHEME, SIDES, EvolisPrinter, NoLibrary, evolis_printers
from counter_app.devices.queue.errors import QueueUrlBad
from counter_app.devices.queue.peripheral import SheetPrinterDriver
from counter_app.devices.queue.sheets import open_sheet_printer
from counter_app.errors import UserFacingError, mark
from counter_app.peripherals import Kind, Peripheral
from counter_app.use_cases.peripherals.printer_seen import seen_end, seen_state
from counter_app.use_cases.ports.peripherals import Bench, Condition, Found, Option, Seen
from counter_app.use_cases.ports.printing import (
    CardPrinter,
    DrawnCard,
    PrinterState,
    PrintOutcome,
    SheetPrinter,
)

SIZE: Final = "CR80"
RIGHT: Final = Option("right", 0.0, mark("millimetres that everything goes to the right"))
DOWN: Final = Option("down", 0.0, mark("millimetres that everything goes down"))
SCALE: Final = Option("scale", 1.0, mark("size of everything, 1 as designed"))
LIBRARY: Final = Option("library", "", mark("path of the maker's library, empty: where it usually lies"))
SIDE: Final = Option("sides", BOTH, mark("sides that an Evolis prints"), SIDES)
MOST_MOVED: Final = 10.0
LEAST, LARGEST = 0.8, 1.2
CARD_PRINTED: Final = mark("The trial card was printed: measure it, then set right, down and scale.")
CardMaker = Callable[[Peripheral], DrawnCard]


class QueueCardPrinter:
    """A `CardPrinter` that is a queue of the system, or a folder."""

    def __init__(self, printer: SheetPrinter) -> None:
        self._printer = printer

    def print_card(self, name: str, card: DrawnCard, order: str = "") -> PrintOutcome:
        return self._printer.print_sheet(name, card.pdf(), SIZE, order)

    def take_out(self, name: str, order: str) -> PrintOutcome | None:
        return self._printer.take_out(name, order)

    def state(self) -> PrinterState:
        return self._printer.state()

    def close(self) -> None:
        self._printer.close()


def is_evolis(peripheral: Peripheral) -> bool:
    return peripheral.url.startswith(f"{SCHEME}:")


def open_evolis(peripheral: Peripheral) -> EvolisPrinter:
    """`evolis://NAME`, as the system calls the printer. Raises QueueUrlBad, NoLibrary."""
    name = unquote(peripheral.url.partition("://")[2])
    if not name or not name.isprintable():
        raise QueueUrlBad(peripheral.url)
    return EvolisPrinter(name, peripheral.text(LIBRARY.key), sides=peripheral.text(SIDE.key, BOTH))


def open_card_printer(peripheral: Peripheral, own: str = "") -> CardPrinter:
    """`own` as with sheets. Nothing is reached yet. Raises QueueUrlBad, NoSpooler, NoLibrary."""
    if is_evolis(peripheral):
        return open_evolis(peripheral)
    return QueueCardPrinter(open_sheet_printer(peripheral.url, own))


class CardPrinterDriver:
    """`PeripheralDriver` of card printers. `card` draws the card that tries one, set right for it."""

    kind: Final = Kind.CARD_PRINTER
    models: Final[tuple[str, ...]] = ()
    options: Final = (RIGHT, DOWN, SCALE, LIBRARY, SIDE)
    example: Final = "cups://cards"

    def __init__(self, card: CardMaker) -> None:
        self._card = card
        self._queue = SheetPrinterDriver(lambda declared, seen: card(declared).pdf())

    def supported(self, peripheral: Peripheral) -> None:
        open_card_printer(peripheral).close()
        moved = max(abs(peripheral.number(one.key)) for one in (RIGHT, DOWN))
        if moved > MOST_MOVED or not LEAST <= peripheral.number(SCALE.key, 1.0) <= LARGEST:
            raise UserFacingError(
                "card-printer.fit",
                "Print is moved by 10 mm at most and scaled between 0.8 and 1.2.",
                kept="Nothing was changed.",
                remedy="Print the trial card, measure, and correct right, down and scale.",
            )

    def find(self) -> tuple[Found, ...]:
        evolis = (Found(self.kind, f"{SCHEME}://{name}", told) for name, told in evolis_printers())
        return (*evolis, *(replace(found, kind=self.kind) for found in self._queue.find()))

    def probe(self, peripheral: Peripheral, bench: Bench) -> Seen:
        if not is_evolis(peripheral):
            return self._queue.probe(peripheral, bench)
        try:
            looked = open_evolis(peripheral).look()
        except NoLibrary as error:
            return Seen.refused(error)
        except UserFacingError as error:
            return Seen.refused(error, Condition.WRONG)
        lines = (looked.ribbon,) if looked.ribbon else ()
        return replace(seen_state(looked.state), identity=looked.identity, lines=lines)

    def test(self, peripheral: Peripheral, bench: Bench) -> Seen:
        """Print one card that says it is a trial."""
        try:
            printer = open_card_printer(peripheral)
        except UserFacingError as error:
            return Seen.refused(error, Condition.WRONG)
        try:
            return seen_end(printer.print_card("test", self._card(peripheral)), CARD_PRINTED)
        except NoLibrary as error:
            return Seen.refused(error)
        finally:
            printer.close()
