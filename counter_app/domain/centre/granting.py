"""Grants and leases of tickets: how long they hold, and what a counter may call while it is cut off.

A *grant* answers one claim: this ticket may be called by this device, now. A *lease* names a few tickets
that nobody else is given, so that a counter can go on alone (design: claim; mission: X2, Q4).
Not here: which tickets these are (`use_cases/centre`), whose turn it is (`domain/waiting/choice.py`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from counter_app.domain.centre.facts import TicketsLeased
from counter_app.domain.journal import Recorded
from counter_app.domain.streams import Stream

# A device uses a grant within 20 s of its request by its own monotonic clock; the centre waits longer, so
# that both never count on the same ticket.
GRANT_USED_WITHIN: Final = 20.0
GRANT_LASTS: Final = 30.0
MOST_GRANTS: Final = 3  # live at one counter: a stolen key cannot empty a waiting line

LEASED_AT_ONCE: Final = 3
# A device counts ten minutes from its latest ask that was answered, on its own monotonic clock; `until` is
# the same by the centre's wall clock, or earlier where a lease went on unchanged.
LEASE_LASTS: Final = 600.0
LEASE_MARGIN: Final = 120.0
LEASE_RENEWED_BELOW: Final = 300.0
BARRED_ANEW_AFTER: Final = 30.0
MOST_LEASES: Final = 4  # counters one device may keep a lease for

CALLERS: Final = frozenset({"counter", "desk"})
ISSUERS: Final = frozenset({"counter", "desk", "kiosk"})


@dataclass(frozen=True, slots=True)
class Tick:
    """A reading of a monotonic clock. Readings of one `boot` can be compared, others cannot."""

    boot: str
    seconds: float


@dataclass(frozen=True, slots=True)
class Stamp:
    """When something began: by the wall clock, and by the monotonic one where there was a reading."""

    at: datetime
    boot: str = ""
    seconds: float = 0.0

    def age(self, now: datetime, tick: Tick | None) -> float:
        """Seconds since. Within one boot a jump of the wall clock changes nothing; else never below 0."""
        if tick is not None and self.boot and tick.boot == self.boot:
            return max(0.0, tick.seconds - self.seconds)
        return max(0.0, (now - self.at).total_seconds())

    def ahead_of(self, now: datetime, tick: Tick | None) -> bool:
        """Whether the wall clock went back behind it and nothing else tells its age: it must begin anew."""
        return not (tick is not None and self.boot and tick.boot == self.boot) and now < self.at


def stamp(now: datetime, tick: Tick | None) -> Stamp:
    return Stamp(now) if tick is None else Stamp(now, tick.boot, tick.seconds)


@dataclass(frozen=True, slots=True)
class Lease:
    """The standing lease of one counter at one device; which of `tickets` still wait, their folds tell."""

    device: str
    counter: str
    tickets: tuple[str, ...]
    until: datetime
    since: datetime

    def holds(self, now: datetime) -> bool:
        """Whether it may be called from by the wall clock; a device with a monotonic clock asks that one."""
        return self.since - timedelta(seconds=LEASE_MARGIN) <= now < self.until


def lease_id(device: str, counter: str) -> str:
    """The id in `LEASES`: its subject is `lease:device/counter`."""
    return f"{device}/{counter}"


def fold_lease(state: Lease | None, event: Recorded) -> Lease | None:
    """Each lease replaces the one before."""
    fact = event.fact
    if not isinstance(fact, TicketsLeased):
        return state
    until = datetime.fromisoformat(fact.until)
    return Lease(fact.for_device, fact.counter, fact.tickets, until, event.at)


LEASES: Final = Stream("lease", Lease, fold_lease)
