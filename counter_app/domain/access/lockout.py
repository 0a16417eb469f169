"""Wrong PINs and how long the next try must wait (mission: X3; design §4).

Each try is counted before the PIN is looked at, three times: for the person at this place, for the
place, and for the person anywhere. Waits grow and end by themselves. The person's count anywhere
binds only where that person never logged in: guessing at the kiosk cannot lock a clerk out of the own
counter, and guessing many badges at one place slows that place only. Nobody can lock out a hall.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from counter_app.domain.access.shift import PinProven, lock_place, lock_subjects
from counter_app.domain.journal import Fact, Recorded
from counter_app.domain.streams import Stream

FORGET_AFTER: Final = timedelta(hours=1)
FIRST_WAIT: Final = 30  # seconds
LONGEST_WAIT: Final = 900
FREE_PAIR, FREE_STAFF, FREE_PLACE = 3, 6, 10


class LogInTried(Fact):
    """A badge and a PIN were given. `staff` is empty when nobody has the badge."""

    staff: str
    place: str
    device: str = ""

    @property
    def subjects(self) -> tuple[str, ...]:
        return lock_subjects(self.staff, lock_place(self.place, self.device))


@dataclass(frozen=True, slots=True)
class Lockout:
    """Tries that were not (yet) right, of one key. `proven`: this pair once gave the right PIN."""

    tries: int = 0
    last_at: datetime | None = None
    proven: bool = False


def _tried(was: Lockout, event: Recorded) -> Lockout:
    stale = was.last_at is not None and event.at - was.last_at > FORGET_AFTER
    return replace(was, tries=1 if stale else was.tries + 1, last_at=event.at)


def fold_pair(state: Lockout | None, event: Recorded) -> Lockout | None:
    """A right PIN makes this person's wrong ones at this place forgotten."""
    if isinstance(event.fact, LogInTried):
        return _tried(state or Lockout(), event)
    return Lockout(proven=True) if isinstance(event.fact, PinProven) else state


def fold_shared(state: Lockout | None, event: Recorded) -> Lockout | None:
    """A right PIN takes back its own try only: one's own badge must not wash off guesses at others'."""
    if isinstance(event.fact, LogInTried):
        return _tried(state or Lockout(), event)
    if isinstance(event.fact, PinProven) and state is not None:
        return replace(state, tries=max(0, state.tries - 1))
    return state


LOCK_PAIRS: Final = Stream("lock-pair", Lockout, fold_pair)
LOCK_STAFF: Final = Stream("lock-staff", Lockout, fold_shared)
LOCK_PLACES: Final = Stream("lock-place", Lockout, fold_shared)


def waits_until(
    pair: Lockout | None, staff: Lockout | None, place: Lockout | None, now: datetime
) -> datetime | None:
    """When the next try is allowed; None when it is allowed now."""
    known = pair is not None and pair.proven
    ends = [_end(pair, FREE_PAIR), _end(place, FREE_PLACE)]
    if not known:
        ends.append(_end(staff, FREE_STAFF))
    latest = max((end for end in ends if end is not None), default=None)
    return latest if latest is not None and latest > now else None


def _end(state: Lockout | None, free: int) -> datetime | None:
    if state is None or state.last_at is None or state.tries < free:
        return None
    seconds = min(FIRST_WAIT * 2 ** min(state.tries - free, 10), LONGEST_WAIT)
    return state.last_at + timedelta(seconds=seconds)
