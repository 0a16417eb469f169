"""The keeper's duties of a home: printing, lost shifts, tidying the store, keeping step with the centre."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from types import FrameType
from typing import Final, Literal

from counter_app.bootstrap.framing import beside_duty, beside_watch, framed_duties
from counter_app.bootstrap.late import LateRenderer
from counter_app.bootstrap.left_behind import left_behind
from counter_app.bootstrap.printers import HomePrinters
from counter_app.bootstrap.program import journal_of, open_program, picture_vault
from counter_app.domain.journal import Actor
from counter_app.i18n import Translator
from counter_app.keeper.loop import Duty, Keeper
from counter_app.keeper.printing import PrinterWatch
from counter_app.keeper.syncing import CentreDuties
from counter_app.keeper.waking import ClockWatch, CommitWatch
from counter_app.use_cases.arriving.folder import MOST_AT_ONCE, ImportFolder
from counter_app.use_cases.papers.spooler import Spooler
from counter_app.use_cases.program import Program
from counter_app.use_cases.sync.noting import Noting
from counter_app.use_cases.sync.pictures import PictureCare

KEEPER: Final = Actor("keeper")
SPOOL_SECONDS: Final = 2.0
WORKSPACES: Final[tuple[Literal["counter", "kiosk"], ...]] = ("counter", "kiosk")
SPOOLS: Final = ("spool", "spool-kiosk")
SHIFT_SECONDS: Final = 15.0
TIDY_SECONDS: Final = 60.0
IMPORT_SECONDS: Final = 5.0
BY_CLOCK_SECONDS: Final = 60.0
SYNC_SECONDS: Final = 1.0
PICTURE_SECONDS: Final = 1.0
LISTEN_SECONDS: Final = 0.25  # after the centre was found away


def run_keeper(path: Path, *, stay: bool) -> bool:
    """Until stopped, or until nobody is present; False when the home has a keeper already."""
    with open_program(path) as program:
        home = program.home
        home.make_folders()
        renderer = LateRenderer()
        lanes = [HomePrinters(home, workspace, renderer, Translator()) for workspace in WORKSPACES]
        watch = CommitWatch(program.store.changed)
        centre = centre_duties(program)
        pictures = picture_care(program)
        duties = [*_duties(program, lanes, watch), *(to_centre(centre, watch) if centre else ())]
        duties.append(Duty("pictures", pictures.step, every=PICTURE_SECONDS))
        beside = beside_watch(program, Translator())
        framed = framed_duties(program, watch, beside)
        duties += [beside_duty(beside), *(duty for duty, _ in framed)]
        keeper = Keeper(home, duties, stay=stay)

        def stop(number: int, frame: FrameType | None) -> None:
            keeper.stop()
            for lane in lanes:
                lane.close()

        if threading.current_thread() is threading.main_thread():
            signal.signal(signal.SIGTERM, stop)
            signal.signal(signal.SIGINT, stop)
        try:
            return keeper.run()
        finally:
            for lane in lanes:
                lane.close()
            if centre is not None:
                centre.close()
            pictures.close()
            for _, close in framed:
                close()


def centre_duties(program: Program) -> CentreDuties | None:
    """None where the machine works alone, and in the centre's own home: the hub works there."""
    home, store = program.home, program.store
    if not home.centre or home.role == "centre":
        return None
    from counter_app.bootstrap.centre_line import open_centre, sync_of

    def note_away() -> None:
        Noting(store, program.clock).is_not("cut_off", journal_of(store).standing())

    return CentreDuties(
        lambda: open_centre(home), lambda line: sync_of(program, line), note_away, program.clock
    )


def picture_care(program: Program) -> PictureCare:
    """Pictures go to the centre on a line of their own, so that they never stand before an act."""
    home = program.home
    vault = picture_vault(home)
    if not home.centre or home.role == "centre":
        return PictureCare(program.store, vault, program.clock, None)
    from counter_app.bootstrap.centre_line import open_centre

    return PictureCare(program.store, vault, program.clock, lambda: open_centre(home))


def to_centre(centre: CentreDuties, watch: CommitWatch) -> list[Duty]:
    ear = watch.ear()
    return [
        Duty("sync", centre.sync, every=SYNC_SECONDS, woken=lambda: ear() or centre.woken()),
        Duty("listen", centre.listen, every=LISTEN_SECONDS),
    ]


def _duties(program: Program, lanes: Sequence[HomePrinters], commits: CommitWatch) -> list[Duty]:
    from counter_app.printing.roll import RollMaker

    store = program.store

    def end_lost() -> bool:
        program.shifts.end_lost(KEEPER, "")
        return False

    def spool(printers: HomePrinters, name: str) -> Duty:
        spooler = Spooler(store, RollMaker(LateRenderer()), printers)
        watch = PrinterWatch(store, spooler, printers)
        return Duty(name, watch.step, every=SPOOL_SECONDS, woken=commits.ear())

    folder = ImportFolder(program.home.imports, program.around.applying, Translator("zh_CN"), time.time)

    def imported() -> bool:
        return len(folder.step(KEEPER)) == MOST_AT_ONCE

    def tidy() -> bool:
        store.tidy()
        return False

    return [
        left_behind(program),
        *(spool(lane, name) for lane, name in zip(lanes, SPOOLS, strict=True)),
        Duty("shifts", end_lost, every=SHIFT_SECONDS),
        Duty("tidy", tidy, every=TIDY_SECONDS),
        Duty("import", imported, every=IMPORT_SECONDS),
        Duty(
            "by-clock",
            program.time.by_clock.step,
            every=BY_CLOCK_SECONDS,
            woken=ClockWatch(program.clock).has_leapt,
        ),
    ]
