"""A city's halls in one PostgreSQL: what an event costs as halls and months grow.

One hub speaks for all halls by the city's role, as it would. After each growth some halls, drawn by chance,
push a visit and fetch it. Judged is processor time, the program's and the server's together: a clock on the
wall says more about who else wants the machine. The growth itself is written in bulk, and gone afterwards.
"""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass, field
from random import Random
from typing import Final

from bench.cpu import spent
from bench.results import Result, at_most, figure, interleaved, median
from bench.traffic import EVENTS_OF_A_VISIT, visits
from counter_app.store.centre.centre_store import CoreCentreStore
from counter_app.store.centre.postgres import PostgresCentre
from counter_app.store.centre.postgres_prepare import prepare, prepare_city
from tests.support.centres import CENTRE, HALL_KEY, Sender, sender, serving
from tests.support.clock import HandClock
from tests.support.postgres import Server, running

FLAT: Final = 1.5  # a cost that grows with halls or months would be far beyond
LOOKS: Final = 200
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
            figure(f"an event pushed, {where}: processor time", cost.pushed, "us"),
            figure(f"an event fetched, {where}: processor time", cost.fetched, "us"),
            figure(f"a visit pushed, {where}: by the clock", cost.visit_ms, "ms"),
        ]
    first, last = costs[0][1], costs[-1][1]
    return [
        *results,
        figure("events in the end", city.events, "events"),
        at_most("cost of pushing, in the end to the beginning", last.pushed / first.pushed, "x", FLAT),
        at_most("cost of fetching, in the end to the beginning", last.fetched / first.fetched, "x", FLAT),
    ]


@dataclass(frozen=True)
class Cost:
    """Microseconds of processors an event; median milliseconds of a push."""

    pushed: float
    fetched: float
    visit_ms: float


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
        """Over halls drawn by chance, in the order they are drawn."""
        drawn = [self._chance.choice(self.halls) for _ in range(LOOKS)]
        for hall in drawn:
            self._work(hall, 1)  # whoever looks first after a growth pays for statistics and new partitions
        events = LOOKS * EVENTS_OF_A_VISIT
        before = spent(self.server.folder)
        (times,) = interleaved(LOOKS, lambda n: self._work(drawn[n], 1))
        pushed = spent(self.server.folder)
        for hall in drawn:
            self._fetch(hall)
        fetched = spent(self.server.folder)
        return Cost((pushed - before) * 1e6 / events, (fetched - pushed) * 1e6 / events, median(times))

    def _fetch(self, hall: Sender) -> None:
        head = hall.centre.wait(0, 0)
        if len(hall.centre.pull(head - EVENTS_OF_A_VISIT).events) != EVENTS_OF_A_VISIT:
            raise RuntimeError("a hall does not give what it took")


def _name(number: int) -> str:
    return f"hall {number:04d}"
