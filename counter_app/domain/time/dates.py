"""A clock's two dates as a fact carries them: worked out once, when the fact is made."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, TypedDict

from counter_app.domain.time.alarms import Level, t4_level_now
from counter_app.domain.time.calendar import WorkCalendar
from counter_app.domain.time.clock import Clock, Move

BY_ITSELF: Final = frozenset({"calendar", "lapsed"})


class DatesInFact(TypedDict):
    promised_due: str | None
    legal_due: str | None
    provisional: bool


@dataclass(frozen=True, slots=True)
class Dates:
    """None while the clock stands, or where there is no such limit."""

    promised: date | None
    legal: date | None
    provisional: bool

    def as_fact(self) -> DatesInFact:
        return {
            "promised_due": self.promised.isoformat() if self.promised else None,
            "legal_due": self.legal.isoformat() if self.legal else None,
            "provisional": self.provisional,
        }


def dates(clock: Clock, calendar: WorkCalendar, now: datetime) -> Dates:
    """The dates of this clock as of now."""
    promised, legal = clock.counted("promised", calendar, now), clock.counted("legal", calendar, now)
    both = [due for due in (promised, legal) if due is not None]
    return Dates(
        promised.day if promised and not promised.standing else None,
        legal.day if legal and not legal.standing else None,
        any(due.provisional for due in both),
    )


def level_now(clock: Clock, calendar: WorkCalendar, now: datetime) -> Level:
    """How late the case is by the date the board counts by; a limit in hours from its very minute."""
    counted = clock.counted("promised", calendar, now)
    return t4_level_now(counted, now, calendar) if counted is not None else ""


def reach(clock: Clock) -> date | None:
    """The latest day whose calendar bears on it; any day at all while it stands, for it has no date then and
    a calendar can give it one."""
    if not clock.running:
        return None
    if clock.standing is not None:
        return date.max
    return max((day for day in (clock.promised_due, clock.legal_due) if day is not None), default=None)


def moved_by_itself(clock: Clock) -> Move | None:
    """The newest change of the date, when it came with nobody's act and so with no notice: a calendar, a
    suspension whose three months were over. The citizen is still to be told (mission: T1, C8)."""
    last = clock.moves[-1] if clock.running and clock.moves else None
    return last if last is not None and last.cause in BY_ITSELF and last.now is not None else None
