"""One round of sending and fetching without a keeper: `sync --once`, and filling a home that has just joined.

Who syncs holds the keeper's lock meanwhile: there is never more than one that sends for a device. Where a
keeper runs, it is waited for.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from counter_app.bootstrap.centre_line import open_centre, sync_of
from counter_app.bootstrap.program import journal_of, open_program
from counter_app.cli.hall_machine import SyncedOnce
from counter_app.locks import DutyLock
from counter_app.use_cases.ports.centre import Centre
from counter_app.use_cases.ports.sync import Standing
from counter_app.use_cases.program import Program
from counter_app.use_cases.sync.state import CentreState, read_state

KEEPER: Final = "keeper"
LOOK_SECONDS: Final = 0.05
TRIES: Final = 3
STOPPED: Final = ("out_of_step", "revoked")


@dataclass(frozen=True, slots=True)
class Round:
    """How a round ended. `quiet`: everything is here and there; `by_keeper`: the home's keeper does it."""

    state: CentreState
    standing: Standing
    sent: int
    quiet: bool
    by_keeper: bool


def sync_once(path: Path, seconds: float) -> SyncedOnce:
    """UserFacingError `home.*`, `store.*`."""
    with open_program(path) as program:
        done = sync_until_quiet(program, seconds)
        return SyncedOnce(done.state, done.by_keeper)


def sync_until_quiet(program: Program, seconds: float) -> Round:
    """Until everything is sent and fetched, the centre is found away, or the time is up."""
    home = program.home
    if not home.centre:
        return _round(program, sent=0, by_keeper=False)
    lock = DutyLock(home.locks, KEEPER)
    home.make_folders()
    if not lock.take():
        _until(lambda: _in_step(program), seconds)
        return _round(program, sent=0, by_keeper=True)
    try:
        centre = open_centre(home)
        try:
            sent = run_rounds(program, centre, seconds)
        finally:
            centre.close()
    finally:
        lock.release()
    return _round(program, sent=sent, by_keeper=False)


def run_rounds(program: Program, centre: Centre, seconds: float) -> int:
    """Steps of the sync until it has nothing left to do; how many acts were sent meanwhile."""
    journal = journal_of(program.store)
    sync = sync_of(program, centre)
    before = journal.standing()
    ends = time.monotonic() + seconds
    tries = 0
    while time.monotonic() < ends and tries < TRIES:
        if sync.step():
            continue
        state = _state(program)
        if (state.state == "in_step" and not journal.standing().unsent) or state.state in STOPPED:
            break
        tries += state.state == "cut_off"
        time.sleep(LOOK_SECONDS)
    after = journal.standing()
    return after.acked - (before.acked if before.epoch == after.epoch else 0)


def _round(program: Program, *, sent: int, by_keeper: bool) -> Round:
    state = _state(program)
    standing = journal_of(program.store).standing()
    quiet = state.state == "in_step" and not standing.unsent and not standing.aside
    return Round(state, standing, sent, quiet, by_keeper)


def _in_step(program: Program) -> bool:
    state = _state(program)
    return state.state in STOPPED or (
        state.state == "in_step" and not journal_of(program.store).standing().unsent
    )


def _until(holds: Callable[[], bool], seconds: float) -> None:
    ends = time.monotonic() + seconds
    while time.monotonic() < ends and not holds():
        time.sleep(LOOK_SECONDS)


def _state(program: Program) -> CentreState:
    with program.store.reading() as reader:
        return read_state(reader)
