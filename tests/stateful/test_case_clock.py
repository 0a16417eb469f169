"""A case's whole life on the clock, by facts and fold, against a clerk counting by finger (mission: T1–T4).

Any order of suspensions, excluded time, extensions, calendars and days that go by: after each step the fold's
dates are what the naive clock counts from the same story kept as plain notes.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from counter_app.clock import HALL_ZONE
from counter_app.domain.journal import Actor, Fact, Recorded
from counter_app.domain.time.by_clock import due_facts
from counter_app.domain.time.calendar import CalendarYear, WorkCalendar
from counter_app.domain.time.clock import CLOCKS, Clock
from counter_app.domain.time.dates import dates
from counter_app.domain.time.facts import (
    ClockEnded,
    ClockResumed,
    ClockStarted,
    ClockStopped,
    TimeAdded,
    TimeAsked,
)
from counter_app.domain.time.ledger import Added, Running, Stop, add_months
from counter_app.domain.time.limits import Limit
from tests.conftest import LONG
from tests.unit.domain.time.naive_clock import last_moment

BEGAN = datetime(2026, 11, 2, 9, 0, tzinfo=HALL_ZONE)
YEAR_2027 = CalendarYear(
    2027, off=(date(2027, 1, 1), date(2027, 2, 8), date(2027, 2, 9)), work=(date(2027, 2, 13),)
)
YEAR_2026 = CalendarYear(2026, off=(date(2026, 12, 31),))


@dataclass
class Notes:
    """The same story as a clerk would note it."""

    limit: Limit
    stops: list[Stop] = field(default_factory=list)
    added: list[Added] = field(default_factory=list)


class CaseClock(RuleBasedStateMachine):
    """One case. Time goes on by itself only in `days_go_by`."""

    def __init__(self) -> None:
        super().__init__()
        self.now = BEGAN
        self.calendar = WorkCalendar({"2026": YEAR_2026})
        self.state: Clock | None = None
        self.seq = 0
        self.asked = ""

    @initialize(
        amount=st.integers(1, 45),
        unit=st.sampled_from(["working_days", "natural_days"]),
        legal=st.integers(20, 60),
    )
    def accepted(self, amount: int, unit: str, legal: int) -> None:
        promised = (amount, unit)
        self.notes = Notes(Limit(amount, "working_days" if unit == "working_days" else "natural_days"))
        self.write(
            ClockStarted(
                case="c",
                item="0602@2",
                department="population",
                since=BEGAN.isoformat(),
                legal=(legal, "working_days"),
                promised=promised,
                legal_due=None,
                promised_due=None,
            )
        )
        self.round()

    @rule(days=st.integers(1, 40), hours=st.integers(0, 9))
    def days_go_by(self, days: int, hours: int) -> None:
        self.now += timedelta(days=days, hours=hours)
        self.round()

    @precondition(lambda self: self.clock.standing is None and self.clock.running)
    @rule(kind=st.sampled_from(["suspension", "excluded", "correction"]))
    def stops(self, kind: str) -> None:
        self.write(ClockStopped(case="c", kind=kind, since=self.now.isoformat()))
        self.notes.stops.append(Stop("suspension" if kind == "suspension" else "excluded", self.now))
        self.round()

    @precondition(lambda self: self.clock.standing is not None and self.clock.running)
    @rule()
    def goes_on(self) -> None:
        stop = self.clock.standing
        assert stop is not None
        ends = stop.ended_as_of(self.now) or self.now
        self.write(ClockResumed(case="c", stop=stop.id, at=ends.isoformat()))
        self.notes.stops[-1] = Stop(self.notes.stops[-1].kind, self.notes.stops[-1].start, ends)
        self.round()

    @precondition(lambda self: self.clock.running)
    @rule(amount=st.integers(1, 15), kind=st.sampled_from(["extension", "rework", "supervisor"]))
    def time_is_added(self, amount: int, kind: str) -> None:
        asked = self.write(TimeAsked(case="c", kind=kind, amount=amount, unit="working_days"))
        self.write(TimeAdded(case="c", kind=kind, amount=amount, unit="working_days", basis="", ask=asked))
        self.notes.added.append(Added("extension", Limit(amount, "working_days")))
        assert self.write(TimeAdded(case="c", kind=kind, amount=9, unit="working_days", basis="", ask=asked))
        assert self.clock.overtaken[-1] == self.last  # an approval counts once
        self.round()

    @rule()
    def a_notice_arrives(self) -> None:
        self.calendar = WorkCalendar({"2026": YEAR_2026, "2027": YEAR_2027})
        self.round()

    @precondition(lambda self: self.clock.running)
    @rule()
    def is_decided(self) -> None:
        self.write(ClockEnded(case="c", outcome="granted"))

    @invariant()
    def the_dates_are_those_a_clerk_counts(self) -> None:
        if self.state is None or not self.clock.running:
            return
        stops = tuple(self.as_of_now(stop) for stop in self.notes.stops)
        running = Running(self.notes.limit, BEGAN, stops, tuple(self.notes.added))
        day, _ = last_moment(running, self.calendar, self.now)
        open_stop = any(stop.end is None and stop.start.date() <= day for stop in stops)
        assert self.clock.promised_due == (None if open_stop else day)
        ledger = self.clock.counted("promised", self.calendar, self.now)
        assert ledger is not None
        assert (ledger.day, ledger.standing) == (day, open_stop)
        assert list(due_facts(self.clock, self.calendar, self.now)) == []

    @property
    def clock(self) -> Clock:
        assert self.state is not None
        return self.state

    def as_of_now(self, stop: Stop) -> Stop:
        """A suspension ends by itself after three months, as a clerk would see in his diary."""
        last = add_months(stop.start.date(), 3)
        if stop.kind != "suspension" or stop.end is not None or self.now.date() <= last:
            return stop
        return Stop(stop.kind, stop.start, datetime(last.year, last.month, last.day, 23, tzinfo=HALL_ZONE))

    def write(self, fact: Fact) -> str:
        """Record a fact with the dates it comes to, as the use cases do; gives its id."""
        self.seq += 1
        event = Recorded(
            "1", 1, self.seq, type(fact).__name__, 1, self.seq, self.now, Actor("1009"), "", 0,
            fact.subjects, fact, {}, "", "",
        )  # fmt: skip
        self.state = CLOCKS.fold(self.state, event)
        assert CLOCKS.decode(CLOCKS.encode(self.clock)) == self.clock
        self.last = event.id
        return event.id

    def round(self) -> None:
        """What the centre writes until nothing is left to write."""
        for _ in range(6):
            written = list(due_facts(self.clock, self.calendar, self.now))
            for _, fact in written:
                self.write(fact)
            if not written:
                moved = dates(self.clock, self.calendar, self.now)
                assert self.clock.standing is not None or moved.promised == self.clock.promised_due
                return
        pytest.fail("the centre never comes to an end")


CaseClock.TestCase.settings = settings(
    max_examples=5_000 if LONG else 25, stateful_step_count=20, deadline=None, print_blob=True
)
TestCaseClock = CaseClock.TestCase
