"""A city's halls in one PostgreSQL: what an event costs as halls and months grow.

One hub speaks for all halls by the city's role, as it would. After each growth some halls, drawn by chance,
push a visit and fetch it; between them as many bytes go into a bare table of the same server, so that a busy
machine slows both. The growth itself is written in bulk. Everything is gone afterwards.
"""

from __future__ import annotations

import time
from contextlib import ExitStack
from dataclasses import dataclass, field
from random import Random
from typing import Final

import psycopg

from bench.results import Result, at_most, figure, interleaved, median
from bench.traffic import EVENTS_OF_A_VISIT, visits
from counter_app.store.centre.centre_store import CoreCentreStore
from counter_app.store.centre.postgres import PostgresCentre
from counter_app.store.centre.postgres_prepare import prepare, prepare_city
from tests.support.centres import CENTRE, HALL_KEY, Sender, sender, serving
from tests.support.clock import HandClock
from tests.support.postgres import Server, running

FLAT: Final = 1.5  # a cost that grows with halls or months would be far beyond
LOOKS: Final = 100
DAYS_OF_A_MONTH: Final = 31
VISITS_A_MONTH: Final = 10  # of each hall, when it grows


@dataclass(frozen=True)
class Growth:
    """So many halls and months, one after the other."""

    halls: tuple[int, ...]
    months: int


def run(quick: bool) -> list[Result]:
    """A hundred halls and six months in some two minutes; quick: eight halls, two months."""
    return _city(Growth((4, 8), 2) if quick else Growth((10, 100), 6))


def run_long() -> list[Result]:
    """A thousand halls, a year."""
    return _city(Growth((10, 100, 1000), 12))


def _city(growth: Growth) -> list[Result]:
    results: list[Result] = []
    with running(durable=True) as server, ExitStack() as held:
        city = _City(server, held)
        costs = []
        for halls in growth.halls:
            city.grow_to(halls)
            costs.append((f"{halls} halls, 1 month", city.cost()))
        for _ in range(growth.months - 1):
            city.month_passes()
        costs.append((f"{growth.halls[-1]} halls, {growth.months} months", city.cost()))
    for where, cost in costs:
        results += [
            figure(f"an event pushed, {where}", cost.pushed, "ms"),
            figure(f"an event pushed, {where}: against a raw row", cost.pushed / cost.raw, "x"),
            figure(f"an event fetched, {where}", cost.fetched, "ms"),
        ]
    first, last = costs[0][1], costs[-1][1]
    pushing = (last.pushed / last.raw) / (first.pushed / first.raw)
    fetching = (last.fetched / last.raw) / (first.fetched / first.raw)
    return [
        *results,
        figure("events in the end", city.events, "events"),
        at_most("cost of pushing, in the end to the beginning", pushing, "x", FLAT),
        at_most("cost of fetching, in the end to the beginning", fetching, "x", FLAT),
    ]


@dataclass(frozen=True)
class Cost:
    """Milliseconds an event."""

    pushed: float
    fetched: float
    raw: float


@dataclass
class _City:
    """All halls by one dialect; each has one counter that sends."""

    server: Server
    held: ExitStack
    halls: list[Sender] = field(default_factory=list)
    events: int = 0
    _clock: HandClock = field(default_factory=HandClock)
    _chance: Random = field(default_factory=lambda: Random(20261123))

    def __post_init__(self) -> None:
        self.server.run("CREATE DATABASE city")
        self._admin = self.server.url("city")
        prepare(self._admin, _name(0))
        access = prepare_city(self._admin)
        self._dialect = PostgresCentre(access.url, password=access.password, city=True)
        self.held.callback(self._dialect.close)
        self._raw = self.held.enter_context(psycopg.connect(self._admin, autocommit=True))
        self._raw.execute("CREATE TABLE raw_rows (id bigserial PRIMARY KEY, data bytea)")

    def grow_to(self, count: int) -> None:
        """New halls, each with a month of visits."""
        for number in range(len(self.halls), count):
            prepare(self._admin, _name(number))
            store = CoreCentreStore(
                self._dialect, hall=_name(number), centre=CENTRE, hall_key=HALL_KEY, clock=self._clock
            )
            self.halls.append(sender(serving(store, self._clock), "3", clock=self._clock))
            self._work(self.halls[-1], VISITS_A_MONTH)
        self.server.run("ANALYZE", database="city")

    def month_passes(self) -> None:
        self._clock.advance(seconds=DAYS_OF_A_MONTH * 86400)
        for hall in self.halls:
            self._work(hall, VISITS_A_MONTH)
        self.server.run("ANALYZE", database="city")

    def _work(self, hall: Sender, count: int) -> None:
        visits(hall, count, first=hall.seq + 1, day=self._clock.now().date().isoformat())
        if hall.push().state != "ok":
            raise RuntimeError("a hall did not take its acts")
        self.events += count * EVENTS_OF_A_VISIT

    def cost(self) -> Cost:
        """Medians over halls drawn by chance, an event's share of a visit's."""
        drawn = [self._chance.choice(self.halls) for _ in range(LOOKS)]
        self._work(drawn[0], 1)  # the first one after a growth pays for statistics and new partitions
        pushed, raw = interleaved(LOOKS, lambda n: self._work(drawn[n], 1), lambda n: self._write())
        fetched = [self._fetched(hall) for hall in drawn]
        each = [median(times) / EVENTS_OF_A_VISIT for times in (pushed, fetched, raw)]
        return Cost(*each)

    def _fetched(self, hall: Sender) -> float:
        head = hall.centre.wait(0, 0)
        began = time.perf_counter()
        got = hall.centre.pull(head - EVENTS_OF_A_VISIT)
        if len(got.events) != EVENTS_OF_A_VISIT:
            raise RuntimeError("a hall does not give what it took")
        return (time.perf_counter() - began) * 1000

    def _write(self) -> None:
        """Bytes of the length of a visit's events, in one statement."""
        rows = [(bytes(600),)] * EVENTS_OF_A_VISIT
        with self._raw.cursor() as cursor, cursor.copy("COPY raw_rows (data) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)


def _name(number: int) -> str:
    return f"hall {number:04d}"
