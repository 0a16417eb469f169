"""The waiting room on a real store: a hand-moved clock, and keys that are never the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import pytest

from counter_app.domain.journal import Actor
from counter_app.domain.waiting.ticket import Ticket
from counter_app.store.passwords import ArgonPins, PinCost
from counter_app.store.sqlite_store import SqliteStore
from counter_app.use_cases.access.access import Access
from counter_app.use_cases.access.credentials import Credentials
from counter_app.use_cases.access.persons import Persons
from counter_app.use_cases.waiting.day_close import DayClose
from counter_app.use_cases.waiting.duty import Counters, Shifts
from counter_app.use_cases.waiting.help_desk import HelpDesk
from counter_app.use_cases.waiting.queries import WaitingQueries
from counter_app.use_cases.waiting.ratings import Ratings
from counter_app.use_cases.waiting.reference import Reference
from counter_app.use_cases.waiting.requests import IssuedTicket, IssueTicket
from counter_app.use_cases.waiting.waiting import Waiting
from tests.support.clock import HandClock
from tests.support.hall import FixedReference
from tests.support.stores import open_store

KIOSK = Actor("kiosk", "kiosk-1")
CHEAP = PinCost(time=1, memory_kib=64, lanes=1)


def clerk(counter: int) -> Actor:
    return Actor(f"w00{counter}", str(counter))


@dataclass
class Room:
    """Everything a test of the waiting room needs."""

    store: SqliteStore
    clock: HandClock
    reference: Reference = field(default_factory=FixedReference)

    def __post_init__(self) -> None:
        self._keys = count(1)
        self.waiting = Waiting(self.store, self.reference)
        self.counters = Counters(self.store, self.reference)
        self.shifts = Shifts(self.store, self.reference)
        self.closing = DayClose(self.store, self.reference)
        self.help = HelpDesk(self.store, self.reference)
        self.ratings = Ratings(self.store, self.reference)
        self.views = WaitingQueries(self.store, self.reference)
        self.persons = Persons(self.store)
        self.credentials = Credentials(self.store, ArgonPins(CHEAP))
        self.access = Access(self.store, self.reference, self.credentials)

    @property
    def key(self) -> str:
        return f"key-{next(self._keys)}"

    def take(self, *items: str, **rest: object) -> IssuedTicket:
        """A ticket from the kiosk; a second passes."""
        self.clock.advance(seconds=1)
        request = IssueTicket(items=items, **rest)  # type: ignore[arg-type]  # keywords of the request
        actor = KIOSK if request.channel == "kiosk" else clerk(1)
        return self.waiting.issue_ticket(actor, self.key, request)

    def call(self, counter: int) -> Ticket:
        """Call next; somebody must be there."""
        self.clock.advance(seconds=1)
        ticket = self.waiting.call_next(clerk(counter), self.key)
        assert ticket is not None
        return ticket

    def serve(self, counter: int, minutes: float = 5) -> Ticket:
        """Call, start, finish."""
        ticket = self.call(counter)
        self.waiting.start(clerk(counter), self.key, ticket.id)
        self.clock.advance(minutes=minutes)
        return self.waiting.finish(clerk(counter), self.key, ticket.id)


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def make_room(tmp_path: Path, clock: HandClock) -> Iterator[Callable[[Reference], Room]]:
    stores: list[SqliteStore] = []

    def make(reference: Reference) -> Room:
        store = open_store(tmp_path, clock)
        stores.append(store)
        return Room(store, clock, reference)

    yield make
    for store in stores:
        store.close()


@pytest.fixture
def room(make_room: Callable[[Reference], Room]) -> Room:
    return make_room(FixedReference())
