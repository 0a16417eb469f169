"""The clocks of steps and departments: from when, until when (mission: C6, T5).

They are counted by the ledger of `domain/time`, like the case's own two; what moves them never moves the
citizen's.
"""

from __future__ import annotations

from datetime import date, datetime

from counter_app.domain.casework.task import Task
from counter_app.domain.time.calendar import ONE_DAY, WorkCalendar
from counter_app.domain.time.clock import Clock
from counter_app.domain.time.ledger import Added, Running, Stop, due, reckon
from counter_app.domain.time.limits import Limit


def last_day(limit: Limit | None, since: datetime, calendar: WorkCalendar) -> date | None:
    """The last day of a limit that begins at `since`; None without a limit."""
    return due(limit, since, calendar).day if limit is not None else None


def working_days_left(until: date, today: date, calendar: WorkCalendar) -> int:
    """Working days from today to `until`: 0 on the day itself, negative when it has passed."""
    first, last, sign = (today, until, 1) if until >= today else (until, today, -1)
    return sign * sum(calendar.works(first + ONE_DAY * n) for n in range(1, (last - first).days + 1))


def later_by(until: date, limit: Limit, calendar: WorkCalendar) -> date:
    """`until` moved on by a whole limit: one assist's time on top of the lead's (mission: C6)."""
    return due(limit, datetime.combine(until, datetime.min.time()), calendar).day


def as_of(task: Task, clock: Clock | None, calendar: WorkCalendar, now: datetime) -> tuple[date | None, bool]:
    """The last day of this work as of now, and whether its clock stands. What stops the case stops the lead's
    steps too; an assisting department's clock runs on: it was asked in time or not (主协办分别计时, mission:
    T5). It is counted anew each time, so a calendar that came moves it."""
    if task.limit is None or task.due is None:
        return task.due, False
    stops: tuple[Stop, ...] = ()
    stands = False
    if clock is not None and task.lead:
        stops = tuple(Stop(stop.kind, stop.start, stop.ended_as_of(now), stop.basis) for stop in clock.stops)
        stands = any(stop.end is None for stop in stops)
    days = _added_days(task, calendar)
    added = (Added("second_assist", Limit(days, "working_days")),) if days else ()
    return reckon(Running(task.limit, task.opened_at, stops, added), calendar, now).day, stands


def _added_days(task: Task, calendar: WorkCalendar) -> int:
    """Working days the books have added. What was booked before days were written down says where it led."""
    if task.first_due is None or task.due is None or not task.moves:
        return 0
    if any(move.days for move in task.moves):
        return max(0, sum(move.days for move in task.moves))
    return max(0, working_days_left(task.due, task.first_due, calendar))
