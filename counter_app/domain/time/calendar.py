"""The work calendar: which days count (mission: T1).

Years are published rows that an administrator may edit; they are seeded from
`resources/calendar/cn.json`, which holds the State Council's yearly notices. A year without a row
is judged by Monday to Friday and the fixed statutory days, and says that it is provisional: the
notice comes in November, and promised dates are worked out again when it is entered.

Not here: limits and due dates (`ledger.py`), a hall's opening hours (`domain/hall`).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from counter_app.domain.streams import Published
from counter_app.errors import mark

ONE_DAY: Final = timedelta(days=1)
SATURDAY: Final = 5

# 全国年节及纪念日放假办法 (2024): those that do not follow the moon.
FIXED_DAYS_OFF: Final = frozenset({(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)})

WORKING: Final = mark("working day")
MAKE_UP: Final = mark("make-up working day")
WEEKEND: Final = mark("weekend")
HOLIDAY: Final = mark("public holiday")
PROVISIONAL: Final = mark("not yet announced for this year")


@dataclass(frozen=True, slots=True)
class CalendarYear:
    """One announced year: `off` are weekdays and weekends off by notice, `work` are make-up days."""

    year: int
    off: tuple[date, ...] = ()
    work: tuple[date, ...] = ()


CALENDAR_YEARS: Final = Published("calendar", CalendarYear)


@dataclass(frozen=True, slots=True)
class DayKind:
    """Whether a day is worked, why (a message source), and whether that may still change."""

    works: bool
    why: str
    provisional: bool


class WorkCalendar:
    """Answers for any day. Cheap to make from the published rows; holds no clock."""

    def __init__(self, years: Mapping[str, CalendarYear]) -> None:
        self._known = frozenset(row.year for row in years.values())
        self._off = frozenset(day for row in years.values() for day in row.off)
        self._work = frozenset(day for row in years.values() for day in row.work)
        self._kinds: dict[date, DayKind] = {}

    def kind(self, day: date) -> DayKind:
        kind = self._kinds.get(day)
        if kind is None:
            kind = self._kinds[day] = self._kind(day)
        return kind

    def _kind(self, day: date) -> DayKind:
        if day.year not in self._known:
            return _unannounced(day)
        if day in self._work:
            return DayKind(True, MAKE_UP, False)
        if day in self._off:
            return DayKind(False, HOLIDAY, False)
        if day.weekday() >= SATURDAY:
            return DayKind(False, WEEKEND, False)
        return DayKind(True, WORKING, False)

    def works(self, day: date) -> bool:
        return self.kind(day).works

    def knows(self, year: int) -> bool:
        """Whether the year's notice has been entered."""
        return year in self._known

    def next_working(self, day: date) -> date:
        """`day` itself when it is worked, else the first worked day after it."""
        while not self.works(day):
            day += ONE_DAY
        return day


def _unannounced(day: date) -> DayKind:
    if (day.month, day.day) in FIXED_DAYS_OFF:
        return DayKind(False, HOLIDAY, True)
    if day.weekday() >= SATURDAY:
        return DayKind(False, WEEKEND, True)
    return DayKind(True, PROVISIONAL, True)


def read_years(text: str) -> dict[str, CalendarYear]:
    """Rows from the seed file: `{"2026": {"off": ["2026-01-01", …], "work": […]}}`.

    Raises ValueError for anything that is not such a table, or a date outside its year.
    """
    rows: dict[str, CalendarYear] = {}
    for key, entry in json.loads(text).items():
        off = tuple(date.fromisoformat(day) for day in entry["off"])
        work = tuple(date.fromisoformat(day) for day in entry["work"])
        year = int(key)
        stray = [day for day in off + work if day.year != year]
        if stray:
            raise ValueError(f"{stray[0]} stands under {key}")
        rows[key] = CalendarYear(year, off, work)
    return rows
