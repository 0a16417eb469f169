"""The A4 printer as a peripheral: the system's queues, their state, a sheet that tries one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from counter_app.devices.queue.ipp_queue import IppQueue
from counter_app.devices.queue.sheets import open_sheet_printer, sheet_queues
from counter_app.errors import UserFacingError, mark
from counter_app.peripherals import Kind, Peripheral
from counter_app.use_cases.peripherals.printer_seen import seen_end, seen_state
from counter_app.use_cases.ports.peripherals import Bench, Condition, Found, Identity, Option, Seen

SheetMaker = Callable[[Peripheral, Seen], bytes]
SIZE: Final = Option("size", "A4", mark("Size of the sheets"), ("A4", "A5"))


class SheetPrinterDriver:
    """`PeripheralDriver` of printers for sheets. `sheet` makes the PDF that tries one, and
    says on it what was seen of the printer."""

    kind: Final = Kind.SHEET_PRINTER
    models: Final[tuple[str, ...]] = ()
    options: Final = (SIZE,)
    example: Final = "cups://A4"

    def __init__(self, sheet: SheetMaker) -> None:
        self._sheet = sheet

    def supported(self, peripheral: Peripheral) -> None:
        open_sheet_printer(peripheral.url).close()

    def find(self) -> tuple[Found, ...]:
        return tuple(Found(self.kind, url, model) for url, model in sheet_queues())

    def probe(self, peripheral: Peripheral, bench: Bench) -> Seen:
        try:
            printer = open_sheet_printer(peripheral.url)
        except UserFacingError as error:
            return Seen.refused(error, Condition.WRONG)
        seen = seen_state(printer.state())
        printer.close()
        if seen.condition is Condition.ABSENT or not peripheral.url.startswith(("cups", "ipp")):
            return seen
        try:
            return replace(seen, identity=Identity(model=IppQueue(peripheral.url).describe()))
        except UserFacingError:  # it went away in between: the next look says so
            return seen

    def test(self, peripheral: Peripheral, bench: Bench) -> Seen:
        """Print one sheet."""
        try:
            printer = open_sheet_printer(peripheral.url)
        except UserFacingError as error:
            return Seen.refused(error, Condition.WRONG)
        try:
            size = peripheral.text(SIZE.key, "A4")
            sheet = self._sheet(peripheral, self.probe(peripheral, bench))
            return seen_end(printer.print_sheet("test", sheet, size))
        finally:
            printer.close()
