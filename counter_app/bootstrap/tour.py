"""Binds the tour: fresh training homes, simulated devices, a real keeper, the real windows offscreen."""

from __future__ import annotations

import logging
import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime
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
from counter_app.clock import TrainingClock
from counter_app.devices.printer.opening import open_printer
from counter_app.devices.printer.profiles import EPSON_58
from counter_app.domain.identity.document import IdentityDocument
from counter_app.errors import UserFacingError
from counter_app.home import Home
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
from counter_app.ui.tour.hands import Hands
from counter_app.ui.tour.lag import LagMeter
from counter_app.ui.tour.stories import STORIES, Setting, play_story
from counter_app.ui.tour.story_deps import StoryDeps
from counter_app.ui.tour.summary import Summary
from counter_app.ui.tour.tour import MAIN_JOB, play
from counter_app.use_cases.program import Program

COUNTER: Final = "3"
NEIGHBOUR: Final = "zhang"
PACE: Final = 0.2  # the simulated card reader's own delays, shortened: nobody is watching


def run_tour(folder: Path, only: Sequence[str] = ()) -> int:
    """Play the main job and every story, or `only` those named, each in a hall made for it; 0 only when every
    step did what it should. `summary.json` is left in any case. UserFacingError `demo.no-story`."""
    _need_known(only)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    folder.mkdir(parents=True, exist_ok=True)
    logging.basicConfig(filename=folder / "tour.log", filemode="w", level=logging.INFO, encoding="utf-8")
    app = application()
    load_fonts(app)
    lag = LagMeter()
    summary = Summary(lag)
    hands = Hands(app, folder / "screens", lag)
    try:
        if not only or MAIN_JOB in only:
            with _main_hall(folder) as deps:
                play(deps, hands, summary, lag)
        for name in STORIES:
            if not only or name in only:
                play_story(name, lambda setting: _story_hall(setting, folder), hands, summary)
    finally:
        summary.save(folder / "summary.json")
    return 0 if summary.ok else 1


def _need_known(only: Sequence[str]) -> None:
    known = (MAIN_JOB, *STORIES)
    for name in only:
        if name not in known:
            raise UserFacingError(
                "demo.no-story",
                "No story is called {name}.",
                kept="Nothing was played.",
                remedy="Choose among {names}.",
                name=name,
                names=", ".join(known),
            )


@contextmanager
def _fresh_home(begins: datetime | None = None) -> Iterator[Home]:
    with tempfile.TemporaryDirectory(prefix="counter-app-tour-", ignore_cleanup_errors=True) as folder:
        yield make_demo(Path(folder) / "home", begins)


@contextmanager
def _main_hall(folder: Path) -> Iterator[TourDeps]:
    """All windows of one machine, on the day of the machine."""
    t = Translator()
    with ExitStack() as held:
        home = held.enter_context(_fresh_home())
        devices = held.enter_context(simulated_devices(home, pace=PACE))
        program = attend(devices.home, held)
        narrow = _NarrowPrinter(program, held)

        def another() -> Program:
            """Each window works on the store as it would in a process of its own."""
            return held.enter_context(open_program(devices.home.path))

        options = WindowOptions(counter=COUNTER)
        later: list[Callable[[], object]] = []
        deps = TourDeps(
            app=application(),
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
        yield deps


@contextmanager
def _story_hall(setting: Setting, folder: Path) -> Iterator[StoryDeps]:
    """A counter and a desk, on the day the story begins."""
    t = Translator()
    with ExitStack() as held:
        home = held.enter_context(_fresh_home(setting.begins))
        devices = held.enter_context(simulated_devices(home, pace=PACE))
        program = attend(devices.home, held)
        options = WindowOptions(counter=setting.counter)
        later: list[Callable[[], object]] = []
        counter, desk = (held.enter_context(open_program(devices.home.path)) for _ in range(2))
        deps = StoryDeps(
            program=program,
            counter=counter_window(counter, options, t, held, later),
            desk=desk_window(desk, options, t, held),
            counter_tray=TrayHand(devices.reader),
            go_to=TrainingClock(devices.home.training_clock).go_to,
            sheet=lambda paper: tuple(page_pictures(program.paper_reading.pdf(paper, t))),
            folder=folder,
        )
        for work in later:
            work()
        yield deps


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
