"""A hall's order made by hand, for stores without a centre: whoever is heard next gets the next places."""

from __future__ import annotations

from pathlib import Path

from counter_app.domain.centre.order import NO_ROOT, next_root
from counter_app.domain.journal import read
from counter_app.store.connection import connect
from counter_app.store.journal import SqliteJournal
from counter_app.store.sqlite_store import SqliteStore
from counter_app.use_cases.ports.centre import OrderedEvent, Pulled, RowBody, Secret
from counter_app.use_cases.ports.clock import Clock
from tests.support.clock import HandClock
from tests.support.jars import CREATE_JARS, JAR_ROWS
from tests.support.stores import KEY


def jars_of(folder: Path, device: str, clock: Clock | None = None) -> SqliteStore:
    """A device's store that keeps jars and nothing else."""
    folder.mkdir(exist_ok=True)
    path = folder / f"{device}.db"
    connection = connect(path, KEY)
    connection.execute(CREATE_JARS)
    connection.close()
    return SqliteStore(
        path, KEY, hall="南环", device=device, clock=clock or HandClock(), projections=(JAR_ROWS,)
    )


class HandOrder:
    """Events at their places, with the root after each."""

    def __init__(self) -> None:
        self.events: list[OrderedEvent] = []
        self.roots = [NO_ROOT]
        self.secrets: tuple[Secret, ...] = ()

    def hear(self, journal: SqliteJournal, limit: int = 500, rows: tuple[RowBody, ...] = ()) -> int:
        """Give places to what a device has not sent yet, and acknowledge it."""
        standing = journal.standing()
        sent = journal.outbox(standing.epoch, standing.acked, limit)
        for event in sent:
            place = len(self.events) + 1
            kind = read(event.data).type
            own_rows = rows if kind == "RowsPublished" else ()
            self.events.append(OrderedEvent(place, event.data, event.parts, own_rows))
            self.roots.append(next_root(self.roots[-1], read(event.data).hash))
        journal.acked(standing.epoch, standing.acked + len(sent))
        return len(sent)

    def pulled(self, after: int, limit: int = 1000) -> Pulled:
        stretch = tuple(self.events[after : after + limit])
        return Pulled(after, stretch, self.roots[after + len(stretch)], len(self.events), self.secrets)

    def teach(self, journal: SqliteJournal, limit: int = 1000) -> None:
        """Let a device take in everything."""
        while journal.standing().pulled < len(self.events):
            journal.take_in(self.pulled(journal.standing().pulled, limit))
