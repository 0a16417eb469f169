"""Which tickets are spoken for: live grants and leases, kept as notes of the centre.

Notes and no events, because only the centre asks for them: `grant/<ticket>`, `lease/<ticket>` and, for each
counter's standing lease, `leased/<device>/<counter>`. Every decision that reads them clears away what is
over, so nothing depends on how often the centre tidies up (`housekeeping.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final, TypeVar

import msgspec

from counter_app.domain.centre.facts import GrantLapsed
from counter_app.domain.centre.granting import GRANT_LASTS, LEASE_LASTS, LEASE_MARGIN, Stamp, Tick, stamp
from counter_app.use_cases.ports.centre_store import CentreReader, CentreTransaction

T = TypeVar("T")
Heard = Callable[[str], int]
GRANTS: Final = "grant/"
LEASED_TICKETS: Final = "lease/"
STANDING: Final = "leased/"


@dataclass(frozen=True, slots=True)
class Grant:
    """A live grant; `place` is where in the hall's order it stands."""

    grant: str
    ticket: str
    line: str
    queue: str
    device: str
    counter: str
    place: int
    since: Stamp


@dataclass(frozen=True, slots=True)
class LeasedTicket:
    """A ticket only `device` at `counter` is given. `dropped` is the hall's place of the lease that names it
    no longer, 0 while it is named: it is free once the device has heard of that."""

    ticket: str
    device: str
    counter: str
    since: Stamp
    dropped: int = 0


@dataclass(frozen=True, slots=True)
class StandingLease:
    device: str
    counter: str
    tickets: tuple[str, ...]
    place: int
    since: Stamp


@dataclass(frozen=True, slots=True)
class Held:
    """What is spoken for now, by ticket. `changed`: something that was over was cleared away."""

    grants: Mapping[str, Grant]
    leases: Mapping[str, LeasedTicket]
    changed: bool

    def barred_for(self, device: str, counter: str) -> set[str]:
        """Tickets this counter may not be given: granted ones, and what others have on lease."""
        others = (
            ticket
            for ticket, lease in self.leases.items()
            if (lease.device, lease.counter) != (device, counter)
        )
        return {*self.grants, *others}

    def on_the_way(self, line: str) -> list[Grant]:
        """Grants of a line that were not called yet, in the order they were given."""
        return sorted((grant for grant in self.grants.values() if grant.line == line), key=lambda g: g.place)


_grants: Final = msgspec.json.Decoder(Grant)
_leases: Final = msgspec.json.Decoder(LeasedTicket)
_standing: Final = msgspec.json.Decoder(StandingLease)


def held_now(tx: CentreTransaction, tick: Tick | None, heard: Heard | None = None) -> Held:
    """Read what is spoken for, and end what is over: unused grants lapse, expired leases go.

    `heard` tells how far in the hall's order a device is known to be; without it, what it said at its last
    hello counts.
    """
    grants = {note.ticket: note for note in live_grants(tx)}
    leases = {note.ticket: note for note in _read(tx, LEASED_TICKETS, _leases)}
    over = [grant for grant in grants.values() if _is_over(tx, grant.since, GRANT_LASTS, tick)]
    for grant in over:
        lapse(tx, grant, "unused")
        del grants[grant.ticket]
    reached = _reached(tx, {lease.device for lease in leases.values() if lease.dropped}, heard)
    gone = [
        lease
        for lease in leases.values()
        if _is_over(tx, lease.since, LEASE_LASTS + LEASE_MARGIN, tick)
        or (lease.dropped and reached[lease.device] >= lease.dropped)
    ]
    for lease in gone:
        tx.keep_note(LEASED_TICKETS + lease.ticket, None)
        del leases[lease.ticket]
    _begin_anew(tx, [*grants.values(), *leases.values()], tick)
    return Held(grants, leases, bool(over or gone))


def _read(reader: CentreReader, prefix: str, decoder: msgspec.json.Decoder[T]) -> Iterable[T]:
    return [decoder.decode(body) for body in reader.notes(prefix).values()]


def _is_over(reader: CentreReader, since: Stamp, lasts: float, tick: Tick | None) -> bool:
    return since.age(reader.now, tick) > lasts


def _reached(reader: CentreReader, devices: Iterable[str], heard: Heard | None) -> dict[str, int]:
    rows = {device: reader.device(device) for device in devices}
    said = {device: int(row.state.get("pulled") or 0) if row else 0 for device, row in rows.items()}
    return {device: max(place, heard(device) if heard else 0) for device, place in said.items()}


def _begin_anew(tx: CentreTransaction, notes: Iterable[Grant | LeasedTicket], tick: Tick | None) -> None:
    """A wall clock that went back would hold tickets for as long as it went: their time begins again."""
    for note in notes:
        if note.since.ahead_of(tx.now, tick):
            since = stamp(tx.now, tick)
            if isinstance(note, Grant):
                keep_grant(tx, replace(note, since=since))
            else:
                keep_leased(tx, replace(note, since=since))


def keep_grant(tx: CentreTransaction, grant: Grant) -> None:
    tx.keep_note(GRANTS + grant.ticket, msgspec.json.encode(grant))


def keep_leased(tx: CentreTransaction, lease: LeasedTicket) -> None:
    tx.keep_note(LEASED_TICKETS + lease.ticket, msgspec.json.encode(lease))


def grant_on(reader: CentreReader, ticket: str) -> Grant | None:
    body = reader.note(GRANTS + ticket)
    return _grants.decode(body) if body else None


def live_grants(reader: CentreReader) -> Iterable[Grant]:
    return _read(reader, GRANTS, _grants)


def lapse(tx: CentreTransaction, grant: Grant, cause: str) -> None:
    """The ticket keeps its place. Written once for a grant, whoever asks how often."""
    tx.keep_note(GRANTS + grant.ticket, None)
    key = lapse_key(grant.grant)
    if not tx.of_key(tx.centre, key):
        tx.record(GrantLapsed(ticket=grant.ticket, grant=grant.grant, cause=cause), key=key)


def lapse_key(grant: str) -> str:
    return f"lapse:{grant}"


def standing(reader: CentreReader, device: str, counter: str) -> StandingLease | None:
    body = reader.note(f"{STANDING}{device}/{counter}")
    return _standing.decode(body) if body else None


def standing_of(reader: CentreReader, device: str) -> list[StandingLease]:
    """All leases of one device, one for each counter."""
    return list(_read(reader, f"{STANDING}{device}/", _standing))


def keep_standing(tx: CentreTransaction, lease: StandingLease) -> None:
    tx.keep_note(f"{STANDING}{lease.device}/{lease.counter}", msgspec.json.encode(lease))


def drop_old_standing(tx: CentreTransaction, after: float, tick: Tick | None) -> bool:
    """Forget leases nobody renewed for so many seconds."""
    old = [lease for lease in _read(tx, STANDING, _standing) if _is_over(tx, lease.since, after, tick)]
    for lease in old:
        tx.keep_note(f"{STANDING}{lease.device}/{lease.counter}", None)
    return bool(old)
