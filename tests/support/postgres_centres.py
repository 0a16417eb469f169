"""Halls in a real PostgreSQL, each opened as the role it has and never as a superuser."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Final

from counter_app.store.centre.centre_store import CoreCentreStore
from counter_app.store.centre.postgres import PostgresCentre
from counter_app.store.centre.postgres_prepare import Access, prepare
from counter_app.store.centre.tables import METADATA
from counter_app.use_cases.ports.clock import Clock
from tests.support.centres import CENTRE, HALL, HALL_KEY
from tests.support.clock import HandClock
from tests.support.postgres import Server, shared

TEMPLATE: Final = "prepared"
_ROWS: Final = (*(table.name for table in METADATA.sorted_tables), "places", "segments")
_EMPTY: Final = (
    "BEGIN; SET LOCAL session_replication_role = replica; "
    + "".join(f"DELETE FROM {name}; " for name in _ROWS)
    + "COMMIT"
)


@dataclass(frozen=True)
class Database:
    """A prepared database. `admin` is the superuser's URL: for preparing and archiving only."""

    server: Server
    name: str
    access: dict[str, Access]

    @property
    def admin(self) -> str:
        return self.server.url(self.name)

    def url(self, hall: str = HALL) -> str:
        return self.access[hall].url

    def open(self, hall: str = HALL, clock: Clock | None = None, centre: str = CENTRE) -> CoreCentreStore:
        """The hall's store, as its hub would open it; close it."""
        access = self.access[hall]
        return CoreCentreStore(
            PostgresCentre(access.url, password=access.password),
            hall=hall,
            centre=centre,
            hall_key=HALL_KEY,
            clock=clock or HandClock(),
        )


@contextmanager
def prepared(*halls: str, server: Server | None = None) -> Iterator[Database]:
    """A fresh database with these halls; without any named, the one of `centres.py`."""
    server = server or shared()
    _need_template(server)
    with server.database(TEMPLATE) as name:
        yield Database(server, name, {hall: prepare(server.url(name), hall) for hall in halls or (HALL,)})


@contextmanager
def emptied(*halls: str) -> Iterator[Database]:
    """Halls with nothing in them, in this process's standing database: a few milliseconds instead of half a
    second, for tests that leave roles and tables alone."""
    database = _standing()
    for hall in halls or (HALL,):
        if hall not in database.access:
            database.access[hall] = prepare(database.admin, hall)
    try:
        yield database
    finally:
        database.server.run(_EMPTY, database=database.name)


@cache
def _standing() -> Database:
    server = shared()
    server.run("CREATE DATABASE standing")
    return Database(server, "standing", {})


@cache
def _need_template(server: Server) -> None:
    server.run(f"CREATE DATABASE {TEMPLATE}")
    prepare(server.url(TEMPLATE), HALL)
