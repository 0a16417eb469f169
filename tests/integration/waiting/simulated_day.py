"""A day in the made-up hall, drawn from a seed: arrivals, service times, breaks, no-shows, priorities.

Everything goes through the use cases on a real store; only the clock is moved by hand. The forecast
sees what it would see in a hall and nothing else: it is not told the distributions below.
"""

from __future__ import annotations

import heapq
import math
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Final

from counter_app.domain.waiting.forecast import WaitRange
from counter_app.use_cases.waiting.requests import IssueTicket
from tests.integration.waiting.conftest import KIOSK, Room, clerk

COUNTERS: Final = (1, 2, 3, 5)
ITEMS: Final = {"B1": 0.30, "B2": 0.15, "C1": 0.25, "W1": 0.17, "F1": 0.13}
MEAN_MINUTES: Final = {"B1": 6.0, "B2": 9.0, "C1": 5.0, "W1": 7.0, "F1": 14.0}
HOURS: Final = 7.5
RATE_BY_HOUR: Final = (22, 34, 30, 18, 14, 26, 24, 12)  # people an hour
PRIORITY: Final = 0.08
NO_SHOW: Final = 0.05
SPREAD: Final = 0.5  # of the logarithm of a service time
BREAKS: Final = 3  # a counter and day
BREAK_MINUTES: Final = (5, 20)


@dataclass
class Told:
    """What one citizen was told, and what came."""

    wait: WaitRange | None
    issued_at: datetime
    called_at: datetime | None = None

    @property
    def minutes(self) -> float:
        assert self.called_at is not None
        return (self.called_at - self.issued_at).total_seconds() / 60


@dataclass
class Day:
    room: Room
    random: Random
    told: dict[str, Told] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._events: list[tuple[datetime, int, str, int]] = []
        self._idle: set[int] = set()
        self._resting: dict[int, datetime] = {}
        self._start = self.room.clock.now()

    def run(self) -> list[Told]:
        """Everybody who was told a range and was called."""
        self._arrivals()
        for counter in COUNTERS:
            self.room.counters.open(clerk(counter), self.room.key)
            self._idle.add(counter)
            for _ in range(BREAKS):
                self._at(self.random.uniform(20, HOURS * 60), "break", counter)
        while self._events:
            at, _, kind, counter = heapq.heappop(self._events)
            self.room.clock.advance(seconds=(at - self.room.clock.now()).total_seconds())
            getattr(self, f"_on_{kind}")(counter)
            for free in sorted(self._idle):
                self._call(free)
        return [told for told in self.told.values() if told.wait is not None and told.called_at is not None]

    def _at(self, minutes: float, kind: str, counter: int = 0) -> None:
        moment = self._start + timedelta(minutes=minutes)
        heapq.heappush(self._events, (max(moment, self.room.clock.now()), len(self._events), kind, counter))

    def _in(self, minutes: float, kind: str, counter: int) -> None:
        self._at((self.room.clock.now() - self._start).total_seconds() / 60 + minutes, kind, counter)

    def _arrivals(self) -> None:
        minute = 0.0
        while minute < HOURS * 60:
            minute += self.random.expovariate(RATE_BY_HOUR[int(minute // 60)] / 60)
            self._at(minute, "arrival")

    def _on_arrival(self, _: int) -> None:
        item = self.random.choices(list(ITEMS), list(ITEMS.values()))[0]
        elder = "elder" if self.random.random() < PRIORITY else None
        self.room.clock.advance(milliseconds=1)
        issued = self.room.waiting.issue_ticket(
            KIOSK, self.room.key, IssueTicket(items=(item,), priority=elder)
        )
        self.told[issued.ticket] = Told(issued.wait, self.room.clock.now())

    def _on_break(self, counter: int) -> None:
        minutes = self.random.uniform(*BREAK_MINUTES)
        self._resting[counter] = self.room.clock.now() + timedelta(minutes=minutes)
        if counter in self._idle:
            self._rest(counter)

    def _rest(self, counter: int) -> None:
        self._idle.discard(counter)
        until = self._resting.pop(counter)
        self.room.counters.pause(clerk(counter), self.room.key, "break", until)
        left = (until - self.room.clock.now()).total_seconds() / 60
        self._in(max(left, 3), "back", counter)

    def _on_back(self, counter: int) -> None:
        self.room.counters.resume(clerk(counter), self.room.key)
        self._idle.add(counter)

    def _on_done(self, counter: int) -> None:
        (ticket,) = self._here(counter)
        self.room.waiting.finish(clerk(counter), self.room.key, ticket)
        self._free(counter)

    def _on_missed(self, counter: int) -> None:
        (ticket,) = self._here(counter)
        self.room.waiting.no_show(clerk(counter), self.room.key, ticket)
        self._free(counter)

    def _here(self, counter: int) -> list[str]:
        with self.room.store.reading() as reader:
            return [ticket.id for ticket in reader.waiting.at_counter(str(counter))]

    def _free(self, counter: int) -> None:
        self._idle.add(counter)
        if counter in self._resting:
            self._rest(counter)

    def _call(self, counter: int) -> None:
        ticket = self.room.waiting.call_next(clerk(counter), self.room.key)
        if ticket is None:
            return
        self._idle.discard(counter)
        self.told[ticket.id].called_at = self.room.clock.now()
        if self.random.random() < NO_SHOW:
            self._in(1.5, "missed", counter)
            return
        mean = MEAN_MINUTES[ticket.items[0]]
        minutes = self.random.lognormvariate(math.log(mean) - SPREAD**2 / 2, SPREAD)
        self._in(minutes + 0.4, "done", counter)  # the citizen walks to the counter first
