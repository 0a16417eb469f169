"""The clocks of steps and departments: from when, until when (mission: C6, T5).

They are counted by the ledger of `domain/time`, like the case's own two; what moves them never moves the
citizen's.
"""

from __future__ import annotations

from datetime import date, datetime

from counter_app.domain.casework.task import Task, TaskRecounted
from counter_app.domain.time.calendar import ONE_DAY, WorkCalendar
from counter_app.domain.time.clock import Clock
from counter_app.domain.time.ledger import Added, Due, Running, Stop, due, reckon
from counter_app.domain.time.limits import DAY_HOURS, Limit


def last_day(limit: Limit | None, since: datetime, calendar: WorkCalendar) -> date | None:
    """The last day of a limit that begins at `since`; None without a limit."""
    return due(limit, since, calendar).day if limit is not None else None


def working_days_left(until: date, today: date, calendar: WorkCalendar) -> int:
    """Working days from today to `until`: 0 on the day itself, negative when it has passed."""
    first, last, sign = (today, until, 1) if until >= today else (until, today, -1)
    return sign * sum(calendar.works(first + ONE_DAY * n) for n in range(1, (last - first).days + 1))


def later_by(until: date, limit: Limit, calendar: WorkCalendar) -> date:
    """`until` moved on by a whole limit: one assist's time on top of the lead's (mission: C6). Hours on top
    of days are whole working days, a begun one counts."""
    if limit.unit == "hours":
        limit = Limit(-(-limit.amount // DAY_HOURS), "working_days")
    return due(limit, datetime.combine(until, datetime.min.time()), calendar).day


def as_of(task: Task, clock: Clock | None, calendar: WorkCalendar, now: datetime) -> Due | None:
    """When this work is due as of now, hours to the minute, and whether its clock stands; None without a
    limit and a day. What stops the case stops the lead's steps too; an assisting department's clock runs on
    (主协办分别计时, mission: T5): it was asked in time or not. It is counted anew each time, so a calendar
    that came moves it. A stop that began after the last day changes nothing: what is late stays late."""
    if task.due is None:
        return None
    if task.limit is None:
        return Due(task.due, None, False, ())
    stops: tuple[Stop, ...] = ()
    if clock is not None and task.lead:
        stops = tuple(Stop(stop.kind, stop.start, stop.ended_as_of(now), stop.basis) for stop in clock.stops)
    running = Running(task.limit, task.opened_at, stops, added_to(task, calendar))
    return reckon(running, calendar, now, told=False)


def recounted(task: Task, calendar: WorkCalendar) -> TaskRecounted | None:
    """What a calendar makes of the day its row bears, for the board and the lists that seek by it; None where
    it stays. What was booked before days were written down keeps its day: it says what was added."""
    if not task.open or task.limit is None or task.due is None:
        return None
    if task.due != task.first_due and not any(move.days or move.hours for move in task.moves):
        return None
    then = as_of(task, None, calendar, task.opened_at)
    if then is None or then.day == task.due:
        return None
    return TaskRecounted(case=task.case, task=task.id, due=then.day.isoformat())


def added_to(task: Task, calendar: WorkCalendar) -> tuple[Added, ...]:
    """What the books have added to its limit (mission: C6)."""
    days, hours = _added_days(task, calendar), max(0, sum(move.hours for move in task.moves))
    by_hour = (Added("second_assist", Limit(hours, "hours")),) if hours else ()
    by_day = (Added("second_assist", Limit(days, "working_days")),) if days else ()
    return (*by_hour, *by_day)


def is_over(found: Due | None, now: datetime) -> bool:
    """Past due: a day when it is over, hours at their minute. Nothing is due while it stands."""
    if found is None or found.standing:
        return False
    return found.day < now.date() if found.at is None else found.at < now


def _added_days(task: Task, calendar: WorkCalendar) -> int:
    """Working days the books have added. What was booked before days were written down says where it led."""
    if task.first_due is None or task.due is None or not task.moves:
        return 0
    if any(move.days or move.hours for move in task.moves):
        return max(0, sum(move.days for move in task.moves))
    return max(0, working_days_left(task.due, task.first_due, calendar))
