"""Binds the tour: a fresh training home, simulated devices, a real keeper, the real windows offscreen."""

from __future__ import annotations

import logging
import os
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from counter_app.bootstrap.counter import counter_window
from counter_app.bootstrap.demo import SimulatedDevices, simulated_devices
from counter_app.bootstrap.demo_home import make_demo
from counter_app.bootstrap.desk import desk_window
from counter_app.bootstrap.display import display_window
from counter_app.bootstrap.kiosk import kiosk_window
from counter_app.bootstrap.late import LateRenderer
from counter_app.bootstrap.parts import attend
from counter_app.bootstrap.program import open_program
from counter_app.cli.machine import WindowOptions
from counter_app.devices.printer.opening import open_printer
from counter_app.devices.printer.profiles import EPSON_58
from counter_app.domain.identity.document import IdentityDocument
from counter_app.i18n import Translator
from counter_app.peripherals import Kind
from counter_app.printing.pictures import page_pictures
from counter_app.printing.roll import RollMaker
from counter_app.simulators.id_card.serve import RunningReader
from counter_app.simulators.printer.serving import WIDTHS, PrinterServing, RunningPrinter
from counter_app.simulators.printer.sheet import Sheet
from counter_app.ui.application import application
from counter_app.ui.fonts import load_fonts
from counter_app.ui.tour.deps import Behind, PrintedPaper, TourDeps
from counter_app.ui.tour.tour import play
from counter_app.use_cases.program import Program

COUNTER: Final = "3"
NEIGHBOUR: Final = "zhang"
PACE: Final = 0.2  # the simulated card reader's own delays, shortened: nobody is watching


def run_tour(folder: Path) -> int:
    """Play the main job in a home made for it; 0 only when every step did what it should."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    folder.mkdir(parents=True, exist_ok=True)
    logging.basicConfig(filename=folder / "tour.log", filemode="w", level=logging.INFO, encoding="utf-8")
    app = application()
    load_fonts(app)
    t = Translator()
    with ExitStack() as held:
        fresh = tempfile.TemporaryDirectory(prefix="counter-app-tour-", ignore_cleanup_errors=True)
        home = make_demo(Path(held.enter_context(fresh)) / "home")
        devices = held.enter_context(simulated_devices(home, pace=PACE))
        program = attend(devices.home, held)
        narrow = _NarrowPrinter(program, held)

        def another() -> Program:
            """Each window works on the store as it would in a process of its own."""
            return held.enter_context(open_program(devices.home.path))

        options = WindowOptions(counter=COUNTER)
        later: list[Callable[[], object]] = []
        deps = TourDeps(
            app=app,
            program=program,
            kiosk=kiosk_window(another(), options, held),
            counter=counter_window(another(), options, t, held, later),
            display=display_window(another(), options, t, held),
            behind=Behind(desk_window(another(), options, t, held), _citizen(devices)),
            counter_tray=TrayHand(devices.reader),
            printed=lambda: printed_papers(devices),
            narrow=narrow.print,
            pdf=lambda paper: program.paper_reading.pdf(paper, t),
            pdf_pictures=lambda pdf: tuple(page_pictures(pdf)),
            folder=folder,
            orders=_orders(devices),
        )
        for work in later:
            work()
        return play(deps)


def _orders(devices: SimulatedDevices) -> dict[Kind, Callable[[str], tuple[str, ...]]]:
    """What takes the control lines of each simulated device of the counter."""
    return {
        Kind.PRINTER: devices.printer.control.run,
        Kind.ID_READER: devices.reader.control.run,
        Kind.SCANNER: devices.scanner.control.run,
        **devices.beside.orders,
    }


def _citizen(devices: SimulatedDevices) -> IdentityDocument:
    """Somebody whom the tour's own counter does not serve."""
    return next(one.document for one in devices.reader.tray if one.key == NEIGHBOUR)


def printed_papers(devices: SimulatedDevices) -> tuple[PrintedPaper, ...]:
    """Everything the simulated printer has put out."""
    return tuple(map(_paper, devices.printer.printer.sheets))


@dataclass(frozen=True)
class TrayHand:
    """Lays cards on a simulated reader."""

    reader: RunningReader

    def lay(self, card: str) -> None:
        self.reader.control.lay(card)

    def lift(self) -> None:
        self.reader.control.run("lift")


def _paper(sheet: Sheet) -> PrintedPaper:
    return PrintedPaper(sheet.data, sheet.text, lambda path: sheet.render().save(path, format="PNG"))


class _NarrowPrinter:
    """A second, 58 mm printer: prints an issued paper through the real driver, beside the spool."""

    def __init__(self, program: Program, held: ExitStack) -> None:
        self._program = program
        self._running = RunningPrinter(PrinterServing(tcp="127.0.0.1:0", width=WIDTHS[58]))
        held.callback(self._running.stop)
        self._driver = open_printer(self._running.url, EPSON_58)
        held.callback(self._driver.close)
        self._maker = RollMaker(LateRenderer())
        self._jobs = 0

    def print(self, paper: str) -> PrintedPaper:
        _, facts = self._program.papers.facts(paper)
        self._jobs += 1
        outcome = self._driver.print_job(self._jobs, self._maker.roll(facts, "zh_CN", EPSON_58))
        if not self._running.printer.sheets:
            raise RuntimeError(f"nothing came out of the 58 mm printer: {outcome}")
        return _paper(self._running.printer.sheets[-1])
