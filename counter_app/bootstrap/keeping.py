"""The keeper's duties of a home: printing, ending lost shifts, tidying the store."""

from __future__ import annotations

import signal
import threading
from pathlib import Path
from types import FrameType
from typing import Final

from counter_app.bootstrap.late import LateRenderer
from counter_app.bootstrap.program import open_program
from counter_app.domain.journal import Actor
from counter_app.home import Home
from counter_app.keeper.loop import Duty, Keeper
from counter_app.keeper.printing import PrinterWatch
from counter_app.use_cases.papers.spooler import Spooler
from counter_app.use_cases.ports.printing import PrinterProfile, ReceiptPrinter
from counter_app.use_cases.program import Program

KEEPER: Final = Actor("keeper")
SPOOL_SECONDS: Final = 2.0
SHIFT_SECONDS: Final = 15.0
TIDY_SECONDS: Final = 60.0


def run_keeper(path: Path, *, stay: bool) -> bool:
    """Until stopped, or until nobody is present; False when the home has a keeper already."""
    with open_program(path) as program:
        home = program.home
        home.make_folders()
        printer = receipt_printer(home)
        keeper = Keeper(home, _duties(program, printer), stay=stay)

        def stop(number: int, frame: FrameType | None) -> None:
            keeper.stop()
            if printer is not None:
                printer.close()

        if threading.current_thread() is threading.main_thread():
            signal.signal(signal.SIGTERM, stop)
            signal.signal(signal.SIGINT, stop)
        try:
            return keeper.run()
        finally:
            if printer is not None:
                printer.close()


def profile_of(home: Home) -> PrinterProfile:
    """The printer's kind as the home says: by name, else by the width of its paper."""
    from counter_app.devices.printer.profiles import PROFILES

    return PROFILES[f"generic-{home.devices.printer_width}"]


def receipt_printer(home: Home) -> ReceiptPrinter | None:
    """The home's thermal printer; None when none is set up."""
    from counter_app.devices.printer.opening import open_printer

    if not home.devices.printer:
        return None
    return open_printer(home.devices.printer, profile_of(home), lock_folder=home.locks, owner="keeper")


def _duties(program: Program, printer: ReceiptPrinter | None) -> list[Duty]:
    from counter_app.printing.roll import RollMaker

    home = program.home
    store = program.store
    maker = RollMaker(LateRenderer(), profile_of(home))
    spooler = Spooler(store, maker, _OnePrinter(printer))
    watch = PrinterWatch(store, spooler, printer)

    def end_lost() -> bool:
        program.shifts.end_lost(KEEPER, "")
        return False

    def tidy() -> bool:
        store.tidy()
        return False

    return [
        Duty("spool", watch.step, every=SPOOL_SECONDS, woken=store.changed),
        Duty("shifts", end_lost, every=SHIFT_SECONDS),
        Duty("tidy", tidy, every=TIDY_SECONDS),
    ]


class _OnePrinter:
    """`Printers` of a home with one printer: every place prints there."""

    def __init__(self, printer: ReceiptPrinter | None) -> None:
        self._printer = printer

    def at(self, place: str) -> ReceiptPrinter | None:
        return self._printer
