"""Opening a workspace behind the shell that shows already (`early.py`): store, devices, use cases, window."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Final

from counter_app.bootstrap.early import tell_moment
from counter_app.bootstrap.program import open_program
from counter_app.cli.machine import WindowOptions, Workspace
from counter_app.devices.id_card.no_reader import NoReader
from counter_app.devices.id_card.reader_lane import ReaderLane
from counter_app.devices.serial_line import LineSettings
from counter_app.devices.speaker.speaker import ClipSpeaker
from counter_app.domain.hall.plan import HallPlan
from counter_app.domain.journal import Actor
from counter_app.errors import UserFacingError
from counter_app.home import Home, open_home
from counter_app.i18n import LANGUAGES, RESOURCES, Translator
from counter_app.keeper.start import ensure_keeper
from counter_app.lanes import Lane
from counter_app.locks import presence
from counter_app.script.converter import OpenccConverter
from counter_app.ui.application import Shell, Window, end_on_signal, run_shell
from counter_app.ui.counter.deps import CounterDeps
from counter_app.ui.counter.window import CounterWindow, build_counter_window
from counter_app.ui.display.window import DisplayDeps, DisplayWindow
from counter_app.ui.kiosk.deps import KioskDeps
from counter_app.ui.kiosk.window import KioskWindow, build_kiosk_window
from counter_app.ui.theme.look import Look
from counter_app.use_cases.ports.identity import CardReader
from counter_app.use_cases.program import Program
from counter_app.use_cases.waiting.kiosk import KioskDesk
from counter_app.use_cases.waiting.rows import HallView

KIOSK: Final = "kiosk-1"


def run_window(path: Path, workspace: Workspace, options: WindowOptions, shell: Shell) -> int:
    """Open one workspace of the home in `shell`; the process's exit code."""
    end_on_signal()
    t = Translator(options.language)
    later: list[Callable[[], object]] = []

    def ready() -> None:
        tell_moment("ready")
        for work in later:
            work()

    with ExitStack() as held:
        code = run_shell(shell, lambda: open_workspace(path, workspace, options, t, held, later), ready)
        shell.close()
    return code


def open_workspace(
    path: Path,
    workspace: Workspace,
    options: WindowOptions,
    t: Translator,
    held: ExitStack,
    later: list[Callable[[], object]],
) -> Window:
    """Build a workspace over its home; what must be given back at the end is held by `held`, what can
    wait until it takes keys is added to `later`."""
    home = open_home(path)
    _log_to(home, workspace)
    program = attend(home, held)
    builders: dict[str, Callable[[], Window]] = {
        "counter": lambda: counter_window(program, options, t, held, later),
        "kiosk": lambda: kiosk_window(program, options, held),
        "display": lambda: display_window(program, options, t, held),
    }
    if workspace not in builders:
        raise UserFacingError("window.unknown", "There is no window called {name}.", name=workspace)
    return builders[workspace]()


def attend(home: Home, held: ExitStack) -> Program:
    """Be present in the home: its keeper runs as long as somebody is."""

    home.make_folders()
    present = presence(home.locks)
    present.take(shared=True)
    held.callback(present.release)
    ensure_keeper(home)
    return held.enter_context(open_program(home.path))


def card_reader(home: Home, url: str, owner: str) -> CardReader:
    """The ID-card reader at `url`, not started; one that says so when none is set up."""

    if not url:
        return NoReader()
    return ReaderLane(LineSettings(url, lock_folder=home.locks, owner=owner))


def new_key() -> str:
    """A command key for one key press."""
    return uuid.uuid4().hex


def counter_window(
    program: Program,
    options: WindowOptions,
    t: Translator,
    held: ExitStack,
    later: list[Callable[[], object]],
) -> CounterWindow:
    plan = program.plan()
    reads = held.enter_context(Lane("reads"))
    deps = CounterDeps(
        counter=options.counter or str(plan.counters[0].number),
        plan=plan,
        waiting=program.waiting,
        counters=program.counters,
        shifts=program.shifts,
        ratings=program.ratings,
        lines=program.waiting_queries,
        access=program.access,
        persons=program.persons,
        intake=program.intake,
        cases=program.intake_queries,
        finder=program.finder,
        papers=program.papers,
        help_desk=program.help_desk,
        day_close=program.day_close,
        reader=card_reader(program.home, program.home.devices.reader, "counter"),
        feed=program.store,
        acts=held.enter_context(Lane("acts")),
        reads=reads,
        clock=program.clock,
        new_key=new_key,
        columns=48 if program.home.devices.printer_width == 80 else 32,
        theme=options.theme,
        scale=options.scale / 100,
    )
    # not at once: a busy Python thread makes building and first painting several times slower
    later.append(lambda: reads.submit(program.warm_up))
    return build_counter_window(deps, t)


def kiosk_window(program: Program, options: WindowOptions, held: ExitStack) -> KioskWindow:

    home = program.home

    def prove_staff(badge: str, pin: str) -> None:
        program.access.prove(badge, pin, KIOSK, new_key())

    deps = KioskDeps(
        actor=Actor("kiosk", KIOSK),
        plan=program.plan,
        queries=program.waiting_queries,
        desk=KioskDesk(program.store, program.reference, program.person_hash),
        waiting=program.waiting,
        help_desk=program.help_desk,
        papers=program.papers,
        reader=card_reader(home, home.devices.kiosk_reader, "kiosk"),
        feed=program.store,
        runner=held.enter_context(Lane("kiosk")),
        clock=program.clock,
        new_key=new_key,
        script=OpenccConverter(),
        training=home.training,
        prove_staff=prove_staff,
        locked=options.full_screen,
    )
    languages = {name: Translator(name) for name in LANGUAGES}
    return build_kiosk_window(deps, Look(scale=options.scale / 100), languages)


def display_window(program: Program, options: WindowOptions, t: Translator, held: ExitStack) -> DisplayWindow:

    def load() -> tuple[HallView, HallPlan]:
        return program.waiting_queries.hall_view(), program.plan()

    folders = (program.home.path / "sounds", RESOURCES / "sounds")
    deps = DisplayDeps(
        load=load,
        feed=program.store,
        speaker=ClipSpeaker(folders, held.enter_context(Lane("speaker"))),
        runner=held.enter_context(Lane("reads")),
        clock=program.clock,
        training=program.home.training,
    )
    return DisplayWindow(deps, Look(scale=options.scale / 100), t)


def _log_to(home: Home, name: str) -> None:
    home.make_folders()
    logging.basicConfig(
        filename=home.logs / f"{name}.log",
        level=logging.INFO,
        format="%(asctime)s %(levelname)s %(name)s: %(message)s",
        encoding="utf-8",
    )
