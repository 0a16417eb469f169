"""The receipt printer as a peripheral: its state and name, and the page that tries all it can do."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from counter_app.devices.attached import real_only, serial_found
from counter_app.devices.printer.escpos_printer import EscPosPrinter
from counter_app.devices.printer.opening import open_printer
from counter_app.devices.printer.profiles import GENERIC_80, PROFILES
from counter_app.devices.queue.sheets import sheet_queues
from counter_app.devices.usb_port import attached
from counter_app.errors import UserFacingError, mark
from counter_app.peripherals import Kind, Peripheral
from counter_app.use_cases.peripherals.printer_seen import seen_end, seen_state
from counter_app.use_cases.ports.peripherals import Bench, Condition, Found, Option, Seen
from counter_app.use_cases.ports.printing import PrinterProfile, ReceiptPrinter

AS_MODEL, YES, NO = "model", "yes", "no"
# what the test page may show to be otherwise than the model says: option → field of the profile, words
NV_LOGO: Final = Option(
    "nv_logo", AS_MODEL, mark("How it keeps a logo: GS ( L, FS q, or not at all"), (AS_MODEL, "gs", "fs", NO)
)
ABILITIES: Final = {
    "cutter": ("cutter", mark("It has a cutter")),
    "swapped_size": ("swapped_chinese_size", mark("Wide and tall come out exchanged")),
    "own_chinese": ("chinese_rom", mark("It prints Chinese by its own font")),
    "own_qr": ("native_qr", mark("It draws QR codes itself")),
    "answers": ("status", mark("It answers when it is asked")),
}
PageMaker = Callable[[Peripheral, PrinterProfile], bytes]


def profile_of(peripheral: Peripheral) -> PrinterProfile:
    """Its model's profile with what was set for this one. UserFacingError `printer.bad-model`."""
    found = PROFILES.get(peripheral.model or GENERIC_80.name)
    if found is None:
        raise UserFacingError(
            "printer.bad-model",
            "{model} is no kind of printer that is known here.",
            remedy="Choose one of: {known}.",
            model=peripheral.model,
            known=", ".join(PROFILES),
        )
    said = {field: peripheral.text(key, AS_MODEL) for key, (field, _) in ABILITIES.items()}

    memory = peripheral.text(NV_LOGO.key, AS_MODEL)

    def holds(field: str, as_model: bool) -> bool:
        return {YES: True, NO: False}.get(said[field], as_model)

    return replace(
        found,
        cutter=holds("cutter", found.cutter),
        swapped_chinese_size=holds("swapped_chinese_size", found.swapped_chinese_size),
        chinese_rom=holds("chinese_rom", found.chinese_rom),
        native_qr=holds("native_qr", found.native_qr),
        status=holds("status", found.status),
        nv_logo={NO: "", AS_MODEL: found.nv_logo}.get(memory, memory),
    )


class ReceiptPrinterDriver:
    """`PeripheralDriver` of receipt printers."""

    kind: Final = Kind.PRINTER
    models: Final = tuple(PROFILES)
    options: Final = (
        *(Option(key, AS_MODEL, words, (AS_MODEL, YES, NO)) for key, (_, words) in ABILITIES.items()),
        NV_LOGO,
    )
    example: Final = "tcp://192.168.1.20:9100"

    def __init__(self, pages: PageMaker) -> None:
        self._pages = pages

    def supported(self, peripheral: Peripheral) -> None:
        open_printer(peripheral.url, profile_of(peripheral)).close()

    def find(self) -> tuple[Found, ...]:
        """Serial ports, USB printers, and queues that may lead to one."""
        usb = (Found(self.kind, one.url, one.name) for one in attached())
        queues = (Found(self.kind, url, model) for url, model in sheet_queues())
        return (*serial_found(self.kind), *usb, *queues)

    def probe(self, peripheral: Peripheral, bench: Bench) -> Seen:
        try:
            printer = self._opened(peripheral, bench)
        except UserFacingError as error:
            return Seen.refused(error, Condition.WRONG)
        try:
            seen = seen_state(printer.state())
            if seen.condition.works and isinstance(printer, EscPosPrinter):
                return replace(seen, identity=printer.describe())
            return seen
        finally:
            printer.close()

    def test(self, peripheral: Peripheral, bench: Bench) -> Seen:
        """Print the page that shows what it can do."""
        try:
            printer = self._opened(peripheral, bench)
        except UserFacingError as error:
            return Seen.refused(error, Condition.WRONG)
        try:
            page = self._pages(peripheral, profile_of(peripheral))
            outcome = printer.print_job(int(time.time()), page)
        finally:
            printer.close()
        return seen_end(outcome)

    def _opened(self, peripheral: Peripheral, bench: Bench) -> ReceiptPrinter:
        return open_printer(
            peripheral.url,
            profile_of(peripheral),
            lock_folder=bench.locks,
            owner=bench.owner,
            real_only=real_only(peripheral, bench),
        )
