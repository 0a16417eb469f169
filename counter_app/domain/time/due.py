"""When something is due, and why: the day count that a citizen can check with a finger (mission: T1, T3).

The day of arrival is not counted (民法典 §201); what arrives on a day off counts from the next working
day (mission: T1). Working days leave out the days off (行政许可法 §82). Natural days, months and years
that would end on a day off end on the next working day (民法典 §203). Hours run on the clock.

Not here: excluded time, suspension and extensions, which will add entries to the same ledger.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from counter_app.domain.time.calendar import ONE_DAY, WorkCalendar
from counter_app.domain.time.limits import Limit
from counter_app.errors import mark

ARRIVED: Final = mark("arrived; the count begins after it")
ARRIVED_OFF: Final = mark("arrived on a day off; counts from the next working day")
NATURAL: Final = mark("counted")
WAITS: Final = mark("the last day is a day off; moves to the next working day")
ENDS: Final = mark("the same day of the month")
ON_THE_SPOT: Final = mark("decided on the spot")


@dataclass(frozen=True, slots=True)
class DayEntry:
    """One line of the ledger: the `n`-th counted day, or 0 for a day that is not counted, and why."""

    day: date
    n: int
    why: str
    provisional: bool = False


@dataclass(frozen=True, slots=True)
class Due:
    """The last day, or the last moment (`at`) for limits in hours; the ledger that leads there."""

    day: date
    at: datetime | None
    provisional: bool
    ledger: tuple[DayEntry, ...]


def due(limit: Limit, accepted_at: datetime, calendar: WorkCalendar) -> Due:
    """The due date of `limit` for what was accepted at `accepted_at` (hall time)."""
    arrived = accepted_at.date()
    if limit.unit == "on_the_spot":
        return Due(arrived, None, False, (DayEntry(arrived, 0, ON_THE_SPOT),))
    base = _base(arrived, calendar)
    first = DayEntry(arrived, 0, ARRIVED if base == arrived else ARRIVED_OFF, _unsure(arrived, calendar))
    if limit.unit == "hours":
        return _hours(limit, accepted_at, base, first, calendar)
    if limit.unit == "working_days":
        entries = _working(limit.amount, base, calendar)
    elif limit.unit == "natural_days":
        entries = _natural(limit.amount, base, calendar)
    else:
        months = limit.amount * (12 if limit.unit == "years" else 1)
        entries = _corresponding(add_months(base, months), calendar)
    ledger = (first, *entries)
    return Due(ledger[-1].day, None, any(entry.provisional for entry in ledger), ledger)


def add_months(day: date, months: int) -> date:
    """The same day `months` later, or that month's last day when it has none (民法典 §202)."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    following = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    return date(year, month + 1, min(day.day, (following - ONE_DAY).day))


def _base(arrived: date, calendar: WorkCalendar) -> date:
    """The day before the first one that counts: the arrival, or the eve of the next working day."""
    return arrived if calendar.works(arrived) else calendar.next_working(arrived) - ONE_DAY


def _unsure(day: date, calendar: WorkCalendar) -> bool:
    return calendar.kind(day).provisional


def _working(amount: int, base: date, calendar: WorkCalendar) -> list[DayEntry]:
    entries: list[DayEntry] = []
    counted, day = 0, base
    while counted < amount:
        day += ONE_DAY
        kind = calendar.kind(day)
        counted += kind.works
        entries.append(DayEntry(day, counted if kind.works else 0, kind.why, kind.provisional))
    return entries


def _natural(amount: int, base: date, calendar: WorkCalendar) -> list[DayEntry]:
    entries = [
        DayEntry(base + ONE_DAY * n, n, NATURAL, _unsure(base + ONE_DAY * n, calendar))
        for n in range(1, amount + 1)
    ]
    last = entries[-1].day if entries else base
    return entries + _wait(last, calendar)


def _corresponding(last: date, calendar: WorkCalendar) -> list[DayEntry]:
    return [DayEntry(last, 0, ENDS, _unsure(last, calendar)), *_wait(last, calendar)]


def _wait(last: date, calendar: WorkCalendar) -> list[DayEntry]:
    moved = calendar.next_working(last)
    return [] if moved == last else [DayEntry(moved, 0, WAITS, _unsure(moved, calendar))]


def _hours(limit: Limit, accepted_at: datetime, base: date, first: DayEntry, calendar: WorkCalendar) -> Due:
    start = accepted_at
    if base != accepted_at.date() or not calendar.works(base):
        start = datetime.combine(base + ONE_DAY, time(), accepted_at.tzinfo)
    at = start + timedelta(hours=limit.amount)
    unsure = _unsure(at.date(), calendar) or first.provisional
    return Due(at.date(), at, unsure, (first, DayEntry(at.date(), 0, NATURAL, unsure)))
