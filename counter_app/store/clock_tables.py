"""The table of clocks. A column is set only where it matters, so the partial indexes stay small.

`due` is the day the board counts by, empty while the clock stands or has ended; `reach` the later of the two
dates; `unnoted` the day while its last level (alarm) is not written down. What the board counts is rolled
up in `due_counts` (docs/decisions/033).
"""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import BLOB, TEXT, Column, Index, Integer, Table

from counter_app.domain.time.alarms import LEVELS
from counter_app.domain.time.clock import CLOCKS, Clock
from counter_app.domain.time.dates import moved_by_itself, reach
from counter_app.store.due_counts import rolled_up
from counter_app.store.projections import Projection
from counter_app.store.schema import METADATA

clocks = Table(
    "clocks",
    METADATA,
    Column("id", TEXT, primary_key=True),
    Column("fold", BLOB, nullable=False),
    Column("department", TEXT, nullable=False),
    Column("due", TEXT),
    Column("reach", TEXT),
    Column("suspended", TEXT),
    Column("asked", Integer),
    Column("urged", TEXT),
    Column("urged_of", TEXT),
    Column("replied", TEXT),
    Column("unnoted", TEXT),
    Column("hours", Integer),
    Column("untold", TEXT),
    Column("stopped", Integer),
)
_c = clocks.c
Index("clocks_due", _c.due, _c.department, sqlite_where=_c.due.is_not(None))
Index("clocks_department", _c.department, _c.due, sqlite_where=_c.due.is_not(None))
Index("clocks_reach", _c.reach, sqlite_where=_c.reach.is_not(None))
Index("clocks_suspended", _c.department, _c.suspended, sqlite_where=_c.suspended.is_not(None))
Index("clocks_asked", _c.asked, sqlite_where=_c.asked.is_not(None))
Index("clocks_urged", _c.urged, sqlite_where=_c.urged.is_not(None))
Index("clocks_hours", _c.due, sqlite_where=_c.hours.is_not(None))
Index("clocks_replied", _c.replied, sqlite_where=_c.replied.is_not(None))
Index("clocks_stopped", _c.stopped, sqlite_where=_c.stopped.is_not(None))
Index("clocks_untold", _c.untold, sqlite_where=_c.untold.is_not(None))
Index("clocks_unnoted", _c.unnoted, sqlite_where=_c.unnoted.is_not(None))


def named(department: str) -> str:
    """How a department stands among those that owe a reply."""
    return f"|{department}|"


def _columns(clock: Clock) -> dict[str, Any]:
    due = clock.promised_due or clock.legal_due
    latest, moved = reach(clock), moved_by_itself(clock)
    standing = clock.standing
    open_urges = [urge.reply_by for urge in clock.urges if urge.answered_at is None]
    urged_of = sorted({named(urge.department) for urge in clock.urges if urge.answered_at is None})
    replied = [urge.answered_at for urge in clock.urges if urge.answered_at is not None]
    runs, limit = clock.running, clock.limit("promised")
    suspended = runs and standing is not None and standing.kind == "suspension"
    return {
        "department": clock.department,
        "due": due.isoformat() if runs and due else None,
        "reach": latest.isoformat() if latest else None,
        "suspended": standing.start.isoformat(timespec="milliseconds") if standing and suspended else None,
        "asked": 1 if runs and any(not ask.answer for ask in clock.asks) else None,
        "urged": min(open_urges).isoformat() if open_urges else None,
        "urged_of": "".join(urged_of) if open_urges else None,
        "replied": max(replied).isoformat(timespec="milliseconds") if runs and replied else None,
        "stopped": 1 if runs and clock.stops else None,
        "untold": moved.at.isoformat(timespec="milliseconds") if moved else None,
        "hours": 1 if runs and limit is not None and limit.unit == "hours" else None,
        "unnoted": due.isoformat() if runs and due and clock.level != LEVELS[-1] else None,
    }


CLOCK_PROJECTIONS: Final[tuple[Projection[Any], ...]] = (
    Projection(CLOCKS, clocks, _columns, version=11, counted=rolled_up("clocks")),
)
