"""Stores in a folder, as the program opens them; with or without the jars room."""

from __future__ import annotations

from pathlib import Path

from counter_app.domain.journal import Actor
from counter_app.store.connection import connect
from counter_app.store.sqlite_store import SqliteStore
from counter_app.use_cases.ports.clock import Clock
from tests.support.clock import HandClock
from tests.support.jars import CREATE_JARS, JAR_ROWS

KEY = bytes(range(32))
CLERK = Actor("w003", "3")


def open_store(folder: Path, clock: Clock | None = None, *, device: str = "3") -> SqliteStore:
    """The store of `folder` with the program's own rooms."""
    return SqliteStore(folder / "store.db", KEY, hall="南环", device=device, clock=clock or HandClock())


def open_jars(folder: Path, clock: Clock | None = None) -> SqliteStore:
    """A store that keeps jars and nothing else."""
    path = folder / "store.db"
    connection = connect(path, KEY)
    connection.execute(CREATE_JARS)
    connection.close()
    return SqliteStore(
        path, KEY, hall="南环", device="3", clock=clock or HandClock(), projections=(JAR_ROWS,)
    )
