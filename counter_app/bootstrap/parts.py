"""What every workspace is given: presence in the home, its reader, command keys."""

from __future__ import annotations

import uuid
from contextlib import ExitStack

from counter_app.bootstrap.program import open_program
from counter_app.devices.id_card.no_reader import NoReader
from counter_app.devices.id_card.reader_lane import ReaderLane
from counter_app.devices.serial_line import LineSettings
from counter_app.home import Home
from counter_app.keeper.watch import KeeperWatch
from counter_app.locks import presence
from counter_app.use_cases.ports.identity import CardReader
from counter_app.use_cases.program import Program


def attend(home: Home, held: ExitStack) -> Program:
    """Be present in the home: its keeper runs as long as somebody is."""

    home.make_folders()
    present = presence(home.locks)
    present.take(shared=True)
    held.callback(present.release)
    held.enter_context(KeeperWatch(home))
    return held.enter_context(open_program(home.path))


def card_reader(home: Home, url: str, owner: str) -> CardReader:
    """The ID-card reader at `url`, not started; one that says so when none is set up."""

    if not url:
        return NoReader()
    return ReaderLane(LineSettings(url, lock_folder=home.locks, owner=owner))


def new_key() -> str:
    """A command key for one key press."""
    return uuid.uuid4().hex
