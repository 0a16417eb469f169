"""This machine behind `cli.machine.Machine`: every adapter is imported when its command is called."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path

from counter_app.bootstrap.attached_machine import ThisAttachedMachine
from counter_app.bootstrap.hall_machine import ThisHallMachine
from counter_app.bootstrap.program import open_program, picture_vault
from counter_app.cli.attached_machine import SimulatorOptions
from counter_app.cli.machine import Finding
from counter_app.home import Home
from counter_app.i18n import Translator
from counter_app.use_cases.peripherals.desk import PeripheralDesk
from counter_app.use_cases.ports.catalogue import CatalogueChecker, CatalogueFiles
from counter_app.use_cases.ports.identity import CardRead
from counter_app.use_cases.ports.integrity import CheckReport
from counter_app.use_cases.program import Program
from counter_app.use_cases.sync.pictures import check_pictures


class ThisMachine:
    """Names the concrete classes; does nothing itself."""

    @property
    def attached(self) -> ThisAttachedMachine:
        return ThisAttachedMachine()

    @property
    def hall(self) -> ThisHallMachine:
        return ThisHallMachine()

    def open(self, home: Path) -> AbstractContextManager[Program]:
        return open_program(home)

    def check_store(self, home: Path) -> CheckReport:
        with open_program(home) as program:
            alone = program.link is None
            report = program.store.check()
            return check_pictures(program.store, picture_vault(program.home), report, alone=alone)

    def make_demo(self, home: Path) -> Home:
        from counter_app.bootstrap.demo_home import make_demo

        return make_demo(home)

    def demo_clock(self, home: Path, moment: datetime | None) -> datetime:
        from counter_app.bootstrap.demo_home import demo_clock

        return demo_clock(home, moment)

    def run_demo(self, home: Path, headless: Path | None, only: Sequence[str] = ()) -> int:
        if headless is None:
            from counter_app.bootstrap.demo import run_demo

            return run_demo(home)
        from counter_app.bootstrap.tour import run_tour

        return run_tour(headless, only)

    def run_window(self, words: Sequence[str]) -> int:
        from counter_app.bootstrap.early import open_early

        return open_early(words)

    def run_keeper(self, home: Path, *, stay: bool) -> bool:
        from counter_app.bootstrap.keeping import run_keeper

        return run_keeper(home, stay=stay)

    def catalogue_files(self) -> CatalogueFiles:
        from counter_app.bootstrap.late import LateRomaniser
        from counter_app.catalogue_files.checking import CheckedCatalogue

        return CheckedCatalogue(LateRomaniser())

    def catalogue_checker(self) -> CatalogueChecker:
        from counter_app.bootstrap.late import LateRomaniser
        from counter_app.catalogue_files.checking import CheckedCatalogue

        return CheckedCatalogue(LateRomaniser())

    def read_card(self, url: str, baudrate: int, seconds: float) -> CardRead:
        from counter_app.devices.id_card.once import read_one_card
        from counter_app.devices.serial_line import LineSettings

        return read_one_card(LineSettings(url, baudrate), seconds)

    def simulate_reader(
        self, options: SimulatorOptions, commands: Iterable[str], say: Callable[[str], None]
    ) -> None:
        from counter_app.simulators.id_card.serve import ReaderServing, serve
        from counter_app.simulators.id_card.tray import TRAY

        serving = ReaderServing(
            tcp=options.tcp,
            link=options.link,
            hid=options.hid,
            tray=options.tray or TRAY,
            card=options.card,
            faults=options.faults,
            control=options.control,
        )
        serve(serving, commands, say)

    def simulate_printer(
        self, options: SimulatorOptions, commands: Iterable[str], say: Callable[[str], None]
    ) -> None:
        from counter_app.simulators.printer.serving import WIDTHS, PrinterServing, serve

        serving = PrinterServing(
            tcp=options.tcp,
            link=options.link,
            width=WIDTHS[options.width],
            papers=options.papers,
            faults=options.faults,
            control=options.control,
        )
        serve(serving, commands, say)

    def simulate_scanner(
        self,
        options: SimulatorOptions,
        commands: Iterable[str],
        say: Callable[[str], None],
        *,
        documents: bool,
    ) -> None:
        from counter_app.simulators.scanner.serve import ScannerServing, serve

        serving = ScannerServing(
            tcp=options.tcp,
            link=options.link,
            faults=options.faults,
            control=options.control,
            documents=documents,
        )
        serve(serving, commands, say)

    def peripherals(self, home: Path) -> AbstractContextManager[PeripheralDesk]:
        from counter_app.bootstrap.peripherals import peripheral_desk

        return peripheral_desk(home, Translator())

    def simulate_card(self, serial: str, commands: Iterable[str], say: Callable[[str], None]) -> None:
        from counter_app.simulators.pcsc.card import serve_card

        serve_card(serial, commands, say)

    def decode_photo(self, photo: bytes) -> bytes:
        from counter_app.simulators.id_card.photo import decode

        return decode(photo)

    def scanner_sheet(self, t: Translator) -> bytes:
        from counter_app.printing.scanner_sheet import scanner_sheet

        return scanner_sheet(t)

    def doctor(self, home: Path, t: Translator) -> tuple[Finding, ...]:
        from counter_app.bootstrap.doctor import doctor

        return doctor(home, t)
