"""`./run --hall`: the windows of a training hall of many machines, or its play offscreen."""

from __future__ import annotations

import logging
import os
import tempfile
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Final

from counter_app.bootstrap.centre_home import open_service
from counter_app.bootstrap.counter import counter_window
from counter_app.bootstrap.demo import bench_of
from counter_app.bootstrap.display import display_window
from counter_app.bootstrap.hall_processes import RunningMachine, TrainingHall, start, training_hall
from counter_app.bootstrap.kiosk import kiosk_window
from counter_app.bootstrap.program import journal_of, open_program
from counter_app.bootstrap.tour import TrayHand, printed_papers
from counter_app.cli.machine import WindowOptions
from counter_app.clock import SystemClock
from counter_app.i18n import Translator
from counter_app.locks import presence
from counter_app.ui.application import Shell, application, end_on_signal, run_shell
from counter_app.ui.fonts import load_fonts
from counter_app.ui.theme.look import Look
from counter_app.ui.tour.deps import PrintedPaper, TourDeps
from counter_app.ui.tour.hall_deps import Agreement, HallTourDeps
from counter_app.ui.tour.hall_tour import play_hall
from counter_app.ui.tour.hands import TourStopped
from counter_app.ui.training.hall_window import HallTable, TableMachine
from counter_app.use_cases.centre.checking import check_centre
from counter_app.use_cases.program import Program
from counter_app.use_cases.sync.state import CentreState

PACE: Final = 0.2
# what every machine that works with people keeps alike
ALIKE: Final = ("ticket", "case", "lineup", "duty")


def run_hall(headless: Path | None, store: str) -> int:
    """The exit code; of the play 0 only when all machines agree at the end."""
    if headless is not None:
        return _play(headless, store)
    t = Translator()
    application()
    end_on_signal()
    with ExitStack() as held:
        folder = Path(held.enter_context(_folder()))
        shell = Shell(t("Training hall"), t)
        shell.resize(1500, 900)

        def prepare() -> tuple[TrainingHall, dict[str, Program]]:
            hall = held.enter_context(training_hall(folder, t, store=store))
            for machine in hall.machines:
                start(held, machine.home, *machine.member.words)
            return hall, _programs(hall, held)

        def build(ready: tuple[TrainingHall, dict[str, Program]]) -> HallTable:
            hall, programs = ready
            look = Look()
            rows = [_row(machine, programs[machine.member.code], look, t) for machine in hall.machines]
            return HallTable(rows, SystemClock(), look, t)

        return run_shell(shell, prepare, build, lambda _: None)


def _folder() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="counter-app-hall-", ignore_cleanup_errors=True)


def _programs(hall: TrainingHall, held: ExitStack) -> dict[str, Program]:
    return {
        machine.member.code: held.enter_context(open_program(machine.home.path)) for machine in hall.machines
    }


def _row(machine: RunningMachine, program: Program, look: Look, t: Translator) -> TableMachine:
    role = machine.member.role
    bench = None if role == "display" else bench_of(machine.devices, role, look, t)
    return TableMachine(t(machine.member.name), machine.line, program.centre.state, bench)


def _play(folder: Path, store: str) -> int:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    folder.mkdir(parents=True, exist_ok=True)
    logging.basicConfig(filename=folder / "hall.log", filemode="w", level=logging.INFO, encoding="utf-8")
    app = application()
    load_fonts(app)
    t = Translator()
    with ExitStack() as held:
        hall = held.enter_context(
            training_hall(Path(held.enter_context(_folder())), t, store=store, pace=PACE)
        )
        for machine in hall.machines:
            here = presence(machine.home.locks)
            here.take(shared=True)
            held.callback(here.release)
        programs = _programs(hall, held)
        windows = _programs(hall, held)  # each window works on the store as it would in a process of its own
        later: list[Callable[[], object]] = []
        options = WindowOptions()
        kiosk = kiosk_window(windows["K"], options, held)
        display = display_window(windows["D"], options, t, held)

        def tour(code: str) -> TourDeps:
            machine, program = hall.machine(code), programs[code]
            return TourDeps(
                app=app,
                program=program,
                kiosk=kiosk,
                counter=counter_window(windows[code], replace(options, counter=code), t, held, later),
                display=display,
                counter_tray=TrayHand(machine.devices.reader),
                printed=lambda: printed_papers(machine.devices),
                narrow=_no_narrow,
                pdf=lambda paper: program.paper_reading.pdf(paper, t),
                pdf_pictures=lambda pdf: (),
                folder=folder,
            )

        deps = HallTourDeps(
            first=tour("3"),
            second=tour("2"),
            kiosk_program=programs["K"],
            cut=hall.cut,
            heal=hall.heal,
            states=lambda: _states(programs),
            agreement=lambda: _agreement(hall, programs),
        )
        for work in later:
            work()
        return play_hall(deps)


def _no_narrow(paper: str) -> PrintedPaper:
    raise TourStopped("no machine of the training hall has a narrow printer")


def _states(programs: Mapping[str, Program]) -> dict[str, CentreState]:
    return {code: program.centre.state() for code, program in programs.items()}


def _agreement(hall: TrainingHall, programs: Mapping[str, Program]) -> Agreement:
    """Everything that must be equal, and every store walked through."""
    with open_service(hall.centre) as service:
        report = check_centre(service.store)
        with service.store.reading() as reader:
            head = reader.head()
    places = {"C": (head.hall_seq, head.root)}
    sound = {"C": report.broken}
    alike: dict[str, dict[str, str]] = {}
    for code, program in programs.items():
        journal = journal_of(program.store)
        standing = journal.standing()
        places[code] = (standing.pulled, standing.root)
        sound[code] = program.store.check().broken
        if hall.machine(code).member.role == "counter":
            alike[code] = dict(journal.digest(ALIKE))
    return Agreement(places, sound, alike)
