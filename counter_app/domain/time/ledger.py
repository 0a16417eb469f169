"""The ledger: every day of a clock, counted, not counted or added, and why (mission: T1, T2, T3, T5, C6, C8).

One function serves every clock there is: a case's legal and its promised one, a step's, a department's.
It knows nothing of cases: a limit, a moment, what stopped the clock, what was added.

The day of arrival is not counted (民法典 §201); what arrives on a day off counts from the next working
day (mission: T1). Working days leave out the days off (行政许可法 §82). Natural days, months and years that
would end on a day off end on the next working day (民法典 §203): once, at the very end. Hours run on the
clock, nights and days off too.

A stop takes every day it touches, its first and its last; hours stop to the minute. A month is as many days
as it has where it began, so that each stopped day moves the end by one. What is added is counted on from the
last counted day. A stop that is still open is taken to end now: the day is then the earliest there can be.

Not here: whether a stop or an addition is allowed (`stopping.py`), whether a day is late (`alarms.py`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final, Literal

from counter_app.domain.time.calendar import ONE_DAY, WorkCalendar
from counter_app.domain.time.limits import Limit
from counter_app.errors import mark

StopKind = Literal["suspension", "excluded", "correction", "dispute", "waiting"]
AddedKind = Literal["extension", "rework", "second_assist", "supervisor", "upper"]
DayState = Literal["arrived", "counted", "not_counted", "stopped", "added", "waits"]

ARRIVED: Final = mark("arrived; the count begins after it")
ARRIVED_OFF: Final = mark("arrived on a day off; counts from the next working day")
NATURAL: Final = mark("counted")
WAITS: Final = mark("the last day is a day off; moves to the next working day")
ON_THE_SPOT: Final = mark("decided on the spot")

STOPPED: Final[dict[StopKind, str]] = {
    "suspension": mark("suspended"),
    "excluded": mark("time not counted by law"),
    "correction": mark("waiting for corrected materials"),
    "dispute": mark("departments are being heard"),
    "waiting": mark("waiting for another step"),
}
ADDED: Final[dict[AddedKind, str]] = {
    "extension": mark("added by extension"),
    "rework": mark("added for work to be redone"),
    "second_assist": mark("added for a second request"),
    "supervisor": mark("added by the supervisor"),
    "upper": mark("the upper body's own limit, from its being reported"),
}


@dataclass(frozen=True, slots=True)
class Stop:
    """The clock stands from `start` to `end`, both days included; `end` None: it still stands.

    `basis` is the law or the reason as the citizen may read it, `notice` the number of the paper that told.
    A citizen's clock is never stopped by `dispute` or `waiting` (mission: C6).
    """

    kind: StopKind
    start: datetime
    end: datetime | None = None
    basis: str = ""
    notice: str = ""


@dataclass(frozen=True, slots=True)
class Added:
    """Time on top of the limit, in its own unit; hours can be added to a limit in hours only."""

    kind: AddedKind
    limit: Limit
    basis: str = ""
    notice: str = ""


@dataclass(frozen=True, slots=True)
class Running:
    """A clock: `limit` from `started` (hall time)."""

    limit: Limit
    started: datetime
    stops: tuple[Stop, ...] = ()
    added: tuple[Added, ...] = ()


@dataclass(frozen=True, slots=True)
class DayEntry:
    """One day. `n` is which counted day of the limit (of the addition, when added) it is, hours by its end
    where hours are counted, 0 when it is not counted. `why` is a message source, `basis` as it was given."""

    day: date
    n: int
    why: str
    provisional: bool = False
    state: DayState = "not_counted"
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Due:
    """The last day, or the last moment (`at`) for limits in hours; the ledger that leads there.

    `provisional`: a year's notice is missing. `standing`: a stop is still open, so the day can only move on.
    """

    day: date
    at: datetime | None
    provisional: bool
    ledger: tuple[DayEntry, ...]
    standing: bool = False


def reckon(running: Running, calendar: WorkCalendar, now: datetime, *, told: bool = True) -> Due:
    """When `running` is due, and the day of every day to there. `now` matters only while a stop is open.
    Where nobody reads the days (`told` false) they are not written down, nor what is provisional.

    ValueError when hours are added to a limit that is not in hours.
    """
    walk = _Walk(running, calendar, now, told)
    if running.limit.unit == "hours":
        return walk.by_the_hour()
    if any(extra.limit.unit == "hours" for extra in running.added):
        raise ValueError("hours cannot be added to a limit in days")
    return walk.by_the_day()


def due(limit: Limit, accepted_at: datetime, calendar: WorkCalendar) -> Due:
    """The due date of `limit` for what was accepted at `accepted_at` (hall time) and never stopped."""
    return reckon(Running(limit, accepted_at), calendar, accepted_at)


def add_months(day: date, months: int) -> date:
    """The same day `months` later, or that month's last day when it has none (民法典 §202)."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    following = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    return date(year, month + 1, min(day.day, (following - ONE_DAY).day))


class _Walk:
    """Goes through the days once, writing each down."""

    def __init__(self, running: Running, calendar: WorkCalendar, now: datetime, told: bool) -> None:
        self._running = running
        self._told = told
        self._calendar = calendar
        self._now = now
        self._stops = sorted(running.stops, key=lambda stop: stop.start)
        self._stopped = _days(self._stops, now)
        self._entries: list[DayEntry] = []
        self._arrived = running.started.date()
        self._base = self._arrive()

    def _arrive(self) -> date:
        """The day before the first that counts: the arrival, or the eve of the next working day."""
        kind = self._calendar.kind(self._arrived)
        if self._running.limit.unit == "on_the_spot":
            self._write(self._arrived, 0, ON_THE_SPOT, "arrived")
            return self._arrived
        self._write(self._arrived, 0, ARRIVED if kind.works else ARRIVED_OFF, "arrived")
        day = self._arrived
        while not kind.works and not self._calendar.works(day + ONE_DAY):
            day += ONE_DAY
            self._write(day, 0, self._calendar.kind(day).why, "not_counted")
        return day

    def by_the_day(self) -> Due:
        last = self._count(self._running.limit, self._base, None)
        return self._ended(last, None)

    def by_the_hour(self) -> Due:
        hours = [extra for extra in self._running.added if extra.limit.unit == "hours"]
        amount = self._running.limit.amount + sum(extra.limit.amount for extra in hours)
        at = self._hours(amount)
        return self._ended(at.date(), at.timetz())

    def _ended(self, last: date, clock: time | None) -> Due:
        """Count on what was added in days; move off a day off; hand over what was written."""
        units = [] if clock else [self._running.limit.unit]
        for extra in self._running.added:
            if extra.limit.unit != "hours":
                last = self._count(extra.limit, last, extra)
                units.append(extra.limit.unit)
        if units and units[-1] != "on_the_spot":
            last = self._wait(last)
        at = datetime.combine(last, clock) if clock else None
        unsure = any(entry.provisional for entry in self._entries)
        standing = any(stop.end is None and stop.start.date() <= last for stop in self._stops)
        return Due(last, at, unsure, tuple(self._entries), standing)

    def _count(self, limit: Limit, after: date, extra: Added | None) -> date:
        """Count `limit` from the day after `after`; gives the last counted day."""
        by_work = limit.unit == "working_days"
        amount = _days_of(limit, after)
        day, counted = after, 0
        while counted < amount:
            day += ONE_DAY
            stop = self._stopped.get(day)
            kind = self._calendar.kind(day)
            if stop is not None:
                self._write(day, 0, STOPPED[stop.kind], "stopped", stop.basis)
            elif by_work and not kind.works:
                self._write(day, 0, kind.why, "not_counted")
            else:
                counted += 1
                if extra is not None:
                    self._write(day, counted, ADDED[extra.kind], "added", extra.basis)
                else:
                    self._write(day, counted, kind.why if by_work else NATURAL, "counted")
        return day

    def _wait(self, last: date) -> date:
        while last in self._stopped or not self._calendar.works(last):
            last += ONE_DAY
            stop = self._stopped.get(last)
            if stop is not None:
                self._write(last, 0, STOPPED[stop.kind], "stopped", stop.basis)
            elif self._calendar.works(last):
                self._write(last, 0, WAITS, "waits")
            else:
                self._write(last, 0, self._calendar.kind(last).why, "not_counted")
        return last

    def _hours(self, amount: int) -> datetime:
        """The moment at which `amount` hours have run; writes down each day on the way."""
        start = self._running.started
        if not self._calendar.works(self._arrived):
            start = datetime.combine(self._base + ONE_DAY, time(), start.tzinfo)
        else:
            self._entries.clear()  # the clock runs from the very minute
        runs = tuple(_runs(start, timedelta(hours=amount), self._stops, self._now))
        at = runs[-1][1] if runs else start
        gone = timedelta()
        for day in _from_to(start.date(), at.date()):
            ran = sum((_within(run, day) for run in runs), timedelta())
            gone += ran
            stop = self._stopped.get(day)
            if not ran and stop is not None:
                self._write(day, 0, STOPPED[stop.kind], "stopped", stop.basis)
            else:
                self._write(day, int(gone / timedelta(hours=1)), NATURAL, "counted")
        return at

    def _write(self, day: date, n: int, why: str, state: DayState, basis: str = "") -> None:
        if not self._told:
            return
        unsure = self._calendar.kind(day).provisional
        self._entries.append(DayEntry(day, n, why, unsure, state, basis))


def _days_of(limit: Limit, after: date) -> int:
    """How many days are to be counted. A month has as many as it has from `after` on."""
    if limit.unit in ("months", "years"):
        months = limit.amount * (12 if limit.unit == "years" else 1)
        return (add_months(after, months) - after).days
    return limit.amount


def _days(stops: Iterable[Stop], now: datetime) -> dict[date, Stop]:
    """Which days stand still; where two stops meet, the one that began first is named."""
    found: dict[date, Stop] = {}
    for stop in stops:
        for day in _from_to(stop.start.date(), max(stop.start, stop.end or now).date()):
            found.setdefault(day, stop)
    return found


def _from_to(first: date, last: date) -> Iterator[date]:
    return (first + ONE_DAY * n for n in range((last - first).days + 1))


def _runs(
    start: datetime, amount: timedelta, stops: Iterable[Stop], now: datetime
) -> Iterator[tuple[datetime, datetime]]:
    """The stretches in which the clock of hours runs, until `amount` has run."""
    for stop in stops:
        if stop.start > start:
            run = min(amount, stop.start - start)
            yield start, start + run
            amount -= run
            if not amount:
                return
        start = max(start, stop.start, stop.end or now)
    yield start, start + amount


def _within(run: tuple[datetime, datetime], day: date) -> timedelta:
    """How much of `run` falls on `day`."""
    midnight = datetime.combine(day, time(), run[0].tzinfo)
    return max(min(run[1], midnight + ONE_DAY) - max(run[0], midnight), timedelta())
