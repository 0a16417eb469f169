"""The clock a second time, as a clerk would count with a finger: the oracle for the ledger.

It shares no code with it. A day is asked again each time whether it counts; hours are walked in ticks of ten
minutes. Slow and plain on purpose.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, datetime, timedelta

from counter_app.domain.time.calendar import WorkCalendar
from counter_app.domain.time.ledger import Running
from counter_app.domain.time.limits import Limit

DAY = timedelta(days=1)
TICK = timedelta(minutes=10)


def last_moment(running: Running, calendar: WorkCalendar, now: datetime) -> tuple[date, datetime | None]:
    """The last day; for limits in hours the last moment too."""
    finger = _Finger(running, calendar, now)
    clock = None
    if running.limit.unit == "hours":
        clock = finger.hours()
        day = clock.date()
    else:
        day = finger.counted(finger.eve(), running.limit)
    final = running.limit.unit
    for extra in running.added:
        if extra.limit.unit != "hours":
            day = finger.counted(day, extra.limit)
            final = extra.limit.unit
    if final in ("natural_days", "months", "years"):
        while finger.stands(day) or not calendar.works(day):
            day = day + DAY
    if clock is not None:
        clock = datetime.combine(day, clock.timetz())
    return day, clock


class _Finger:
    def __init__(self, running: Running, calendar: WorkCalendar, now: datetime) -> None:
        self.running, self.calendar, self.now = running, calendar, now

    def stands(self, day: date) -> bool:
        for stop in self.running.stops:
            end = stop.end if stop.end is not None else max(self.now, stop.start)
            if stop.start.date() <= day <= end.date():
                return True
        return False

    def stands_at(self, moment: datetime) -> bool:
        for stop in self.running.stops:
            end = stop.end if stop.end is not None else self.now
            if stop.start <= moment < end:
                return True
        return False

    def eve(self) -> date:
        """The last day that does not count."""
        day = self.running.started.date()
        if not self.calendar.works(day) and self.running.limit.unit != "on_the_spot":
            while not self.calendar.works(day + DAY):
                day = day + DAY
        return day

    def counted(self, after: date, limit: Limit) -> date:
        need = limit.amount
        if limit.unit == "months":
            need = (later(after, limit.amount) - after).days
        if limit.unit == "years":
            need = (later(after, limit.amount * 12) - after).days
        day, had = after, 0
        while had < need:
            day = day + DAY
            if self.stands(day):
                continue
            if limit.unit == "working_days" and not self.calendar.works(day):
                continue
            had = had + 1
        return day

    def hours(self) -> datetime:
        started = self.running.started
        clock = started
        if not self.calendar.works(started.date()):
            clock = datetime.combine(self.eve() + DAY, datetime.min.time(), started.tzinfo)
        left = timedelta(hours=self.running.limit.amount)
        for extra in self.running.added:
            if extra.limit.unit == "hours":
                left = left + timedelta(hours=extra.limit.amount)
        while left > timedelta():
            if not self.stands_at(clock):
                left = left - TICK
            clock = clock + TICK
        return clock


def later(day: date, months: int) -> date:
    """The same day of a later month, or its last one: month by month."""
    first = day.replace(day=1)
    for _ in range(months):
        first = first + timedelta(days=monthrange(first.year, first.month)[1])
    return first.replace(day=min(day.day, monthrange(first.year, first.month)[1]))
