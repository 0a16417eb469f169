"""What time alone makes true of a clock, as facts that are still to be written (mission: T1, T4, C8).

Everything is known without them, as of now; they exist so that others hear of it. Only a hall's centre writes
them (a machine that works alone is its own), each under its key, so that twice is once.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from counter_app.domain.changing import replace
from counter_app.domain.time.alarms import LATE, LEVELS
from counter_app.domain.time.calendar import WorkCalendar
from counter_app.domain.time.clock import Clock
from counter_app.domain.time.dates import Dates, dates, level_now
from counter_app.domain.time.facts import ClockFact, ClockResumed, DuePassed, DuesRecomputed


def due_facts(clock: Clock, calendar: WorkCalendar, now: datetime) -> Iterator[tuple[str, ClockFact]]:
    """(key `rule:subject:date`, fact) for each that is true now and not written yet."""
    if not clock.running:
        return
    lapsed = lapsed_stop(clock, calendar, now)
    if lapsed is not None:
        yield lapsed
        return  # the rest follows from the clock as it is then
    moved = dates(clock, calendar, now)
    fact = recounted(clock, moved, now)
    if fact is not None:
        yield f"calendar:{clock.case}:{clock.counts}:{fact.promised_due}", fact
    due = moved.promised or moved.legal
    level = level_now(clock, calendar, now)
    if due and level in LATE and LEVELS.index(level) > _written(clock):
        day = now.date().isoformat()
        yield (
            f"late-{level}:{clock.case}:{len(clock.moves)}:{due}",
            DuePassed(case=clock.case, level=level, day=day),
        )


def recounted(clock: Clock, moved: Dates, now: datetime) -> DuesRecomputed | None:
    """The dates as they are now, where they are not the ones that were last told."""
    differs = (moved.promised, moved.legal) != (clock.promised_due, clock.legal_due)
    if differs or (clock.standing is None and moved.provisional != clock.provisional):
        return DuesRecomputed(case=clock.case, year=now.year, **moved.as_fact())
    return None


def _written(clock: Clock) -> int:
    return next((at for at, level in enumerate(LEVELS) if level == clock.level), 0)


def lapsed_stop(clock: Clock, calendar: WorkCalendar, now: datetime) -> tuple[str, ClockFact] | None:
    """A suspension whose three months are over: its clock runs again since then."""
    stop = clock.standing
    ends = stop.ended_as_of(now) if stop else None
    if stop is None or ends is None:
        return None
    stops = tuple(replace(one, end=ends) if one.id == stop.id else one for one in clock.stops)
    then = dates(replace(clock, stops=stops), calendar, now)
    fact = ClockResumed(
        case=clock.case,
        stop=stop.id,
        at=ends.isoformat(timespec="milliseconds"),
        cause="lapsed",
        **then.as_fact(),
    )
    return f"suspension-lapsed:{clock.case}:{ends.date()}", fact
