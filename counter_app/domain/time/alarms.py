"""How late something is, as of today (mission: T4): yellow, reminder, warning, alarm.

Yellow from one working day before the last day; past it a reminder, one working day more a warning, two an
alarm. A higher one replaces the lower. Not here: who hears of it, and urging (`use_cases/time`).
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Final, Literal

from counter_app.domain.time.calendar import ONE_DAY, WorkCalendar
from counter_app.domain.time.ledger import Due
from counter_app.errors import mark

Level = Literal["", "yellow", "reminder", "warning", "alarm"]
LEVELS: Final[tuple[Level, ...]] = ("", "yellow", "reminder", "warning", "alarm")
LATE: Final[tuple[Level, ...]] = LEVELS[2:]
LEVEL_WORDS: Final[dict[Level, str]] = {
    "": mark("in time"),
    "yellow": mark("due soon"),
    "reminder": mark("past due: reminder"),
    "warning": mark("past due: warning"),
    "alarm": mark("past due: alarm"),
}


def t4_level(due: date, today: date, calendar: WorkCalendar) -> Level:
    """The level that `today` gives to what is due on `due`."""
    if today <= due:
        return "yellow" if working_days_left(due, today, calendar) <= 1 else ""
    past = -working_days_left(due, today, calendar)
    return LATE[min(max(past, 1), 3) - 1]


def t4_level_now(due: Due, now: datetime, calendar: WorkCalendar) -> Level:
    """As `t4_level`; a limit in hours is past due from its very minute. Nothing is late while it stands."""
    if due.standing:
        return ""
    level = t4_level(due.day, now.date(), calendar)
    over = due.at is not None and now > due.at
    return "reminder" if over and LEVELS.index(level) < LEVELS.index("reminder") else level


def t4_horizon(today: date, calendar: WorkCalendar) -> date:
    """The latest day whose work is yellow today: whatever is due later is in time."""
    day = calendar.next_working(today + ONE_DAY)
    return calendar.next_working(day + ONE_DAY) - ONE_DAY


def working_days_left(until: date, today: date, calendar: WorkCalendar) -> int:
    """Working days from the morrow of `today` to `until`: 0 on the day itself, negative once it is past."""
    first, last, sign = (today, until, 1) if until >= today else (until, today, -1)
    return sign * sum(calendar.works(first + ONE_DAY * n) for n in range(1, (last - first).days + 1))
