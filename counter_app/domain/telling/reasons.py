"""What the citizen of a case is to be told as of now, and how urgently: pure (mission: I15, I17).

Nothing here is an event: a result that waits, a promise that ends, a fee that is due follow from their own
streams. Not here: the tries (`telling.py`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final, Literal

from counter_app.domain.telling.telling import About, Telling

Subject = About | Literal["certificate"]
SOON: Final = timedelta(days=3)
AGAIN: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Reason:
    """`since` when it is to be told, `until` when it must have happened; None: no day. A `certificate` is not
    told yet: it is still to be made."""

    about: Subject
    since: datetime
    until: date | None = None

    def late(self, today: date) -> bool:
        return self.until is not None and self.until < today


def due_now(reason: Reason, telling: Telling | None, now: datetime) -> bool:
    """Whether somebody should try today: never told, or long ago, or the day has passed since."""
    tries = telling.about(reason.about) if telling else ()
    tries = tuple(one for one in tries if one.at >= reason.since)
    if not tries:
        return True
    last = tries[-1]
    if last.at.date() == now.date():
        return False
    if telling is not None and not telling.told_since(reason.about, reason.since):
        return True
    passed = reason.late(now.date()) and last.at.date() <= (reason.until or now.date())
    return passed or now - last.at >= AGAIN
