"""What a counter may call while it is cut off: a few tickets behind those the others will call next.

Not here: how a cut-off counter calls them (`use_cases/waiting`); why behind the head:
docs/decisions/013-leases-behind-the-head.md.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

from counter_app.domain.centre.facts import TicketsLeased
from counter_app.domain.centre.granting import (
    BARRED_ANEW_AFTER,
    CALLERS,
    LEASE_LASTS,
    LEASE_RENEWED_BELOW,
    LEASED_AT_ONCE,
    LEASES,
    MOST_LEASES,
    Tick,
    lease_id,
    stamp,
)
from counter_app.domain.waiting.choice import Service, candidates, in_turn, pools_for
from counter_app.domain.waiting.duty import DUTIES
from counter_app.domain.waiting.fold import TICKETS
from counter_app.domain.waiting.ticket import QUEUES, Ticket, at_counter, at_staff, in_line, pool
from counter_app.errors import UserFacingError
from counter_app.use_cases.centre.claims import runs_of
from counter_app.use_cases.centre.held import (
    Held,
    LeasedTicket,
    StandingLease,
    held_now,
    keep_leased,
    keep_standing,
    standing,
    standing_of,
)
from counter_app.use_cases.centre.plans import Plans, hall_of, need_role
from counter_app.use_cases.ports.centre_store import CentreReader, CentreTransaction, DeviceRow
from counter_app.use_cases.waiting.reference import HallNow


@dataclass(frozen=True, slots=True)
class Offer:
    """Ticket ids: `head` is left to whoever calls next, `behind` may be leased, in turn."""

    head: frozenset[str]
    behind: tuple[str, ...]


NOTHING: Final = Offer(frozenset(), ())


def lease(
    tx: CentreTransaction,
    reference: Plans,
    device: DeviceRow,
    counter: str,
    staff: str,
    tick: Tick | None = None,
) -> int:
    """Renew the lease of `counter`; the hall's place of what stands. A closed counter's lease is emptied.

    No event is written while the standing lease is good: all its tickets wait behind the head still, it is
    not short of tickets, and half its time is left. One that ran out and gets nothing new is emptied: the
    device counts from this answer, and what it held may be another's by now. UserFacingError `device.role`,
    `counter.unknown`, `hall.not-set-up`, `lease.too-many`.
    """
    need_role(device, CALLERS)
    hall = hall_of(reference, tx)
    hall.counter(counter)
    held = held_now(tx, tick)
    known = standing(tx, device.device, counter)
    if known is None:
        _need_room(tx, device)
    named = [entry.ticket for entry in _mine(held, device.device, counter) if not entry.dropped]
    offer = _offer(tx, hall, device.device, counter, staff, held) if _works(tx, counter) else NOTHING
    good = [ticket for ticket in named if _is_good(tx, hall, counter, staff, ticket, offer)]
    wanted = [*good, *(ticket for ticket in offer.behind if ticket not in good)][:LEASED_AT_ONCE]
    if not wanted and not named and not _told(tx, device.device, counter):
        return known.place if known else tx.head().hall_seq
    fresh = known is not None and known.since.age(tx.now, tick) < LEASE_LASTS - LEASE_RENEWED_BELOW
    if known is not None and fresh and named == wanted:
        _bar_longer(tx, held, named, tick)
        return known.place
    return _write(tx, held, device.device, counter, staff, tuple(wanted), tick)


def _write(
    tx: CentreTransaction,
    held: Held,
    device: str,
    counter: str,
    staff: str,
    tickets: tuple[str, ...],
    tick: Tick | None,
) -> int:
    since = stamp(tx.now, tick)
    until = tx.now + timedelta(seconds=LEASE_LASTS)
    recorded = tx.record(
        TicketsLeased(
            for_device=device,
            counter=counter,
            tickets=tickets,
            until=until.isoformat(timespec="milliseconds"),
        ),
        staff=staff,
    )
    place = recorded.hall_seq or tx.head().hall_seq
    for entry in _mine(held, device, counter):
        if entry.ticket not in tickets and not entry.dropped:
            keep_leased(tx, LeasedTicket(entry.ticket, device, counter, entry.since, dropped=place))
    for ticket in tickets:
        keep_leased(tx, LeasedTicket(ticket, device, counter, since))
    keep_standing(tx, StandingLease(device, counter, tickets, place, since))
    return place


def _told(tx: CentreTransaction, device: str, counter: str) -> tuple[str, ...]:
    """The tickets that the latest lease of this counter names, run out or not."""
    latest = tx.get(LEASES, lease_id(device, counter))
    return latest.tickets if latest is not None else ()


def _bar_longer(tx: CentreTransaction, held: Held, tickets: Iterable[str], tick: Tick | None) -> None:
    """The device may count from its latest ask: what it keeps unchanged stays barred for longer, too. The
    margin covers the half minute within which nothing is written."""
    for ticket in tickets:
        entry = held.leases[ticket]
        if entry.since.age(tx.now, tick) > BARRED_ANEW_AFTER:
            keep_leased(tx, replace(entry, since=stamp(tx.now, tick)))


def _mine(held: Held, device: str, counter: str) -> list[LeasedTicket]:
    return [entry for entry in held.leases.values() if (entry.device, entry.counter) == (device, counter)]


def _works(reader: CentreReader, counter: str) -> bool:
    """Somebody is at this counter, or will be back: a closed one calls nobody."""
    duty = reader.get(DUTIES, counter)
    return duty is not None and duty.state != "closed"


def _offer(reader: CentreReader, hall: HallNow, device: str, counter: str, staff: str, held: Held) -> Offer:
    """What may be leased to this counter now, by the calling rule: what was sent here comes first."""
    services = hall.services_of(hall.counter(counter))
    barred = held.barred_for(device, counter)
    here = [pool(hall.day, at, queue) for at in (at_counter(counter), at_staff(staff)) for queue in QUEUES]
    free = list(reader.first(here, LEASED_AT_ONCE, barred))
    head: set[str] = set()
    working = _working(reader, hall, services, counter)
    for service in services:
        left = _left_alone(hall, service, working)
        where = in_line(service.line, service.licence)
        pools = [pool(hall.day, where, queue) for queue in QUEUES]
        waiting = reader.first(pools, left + LEASED_AT_ONCE, barred)
        in_order = _by_rule(reader, hall, counter, waiting, held)
        head.update(ticket.id for ticket in in_order[:left])
        free += in_order[left:]
    behind = _by_rule(reader, hall, counter, free, held)
    return Offer(frozenset(head), tuple(ticket.id for ticket in behind))


def _is_good(
    reader: CentreReader, hall: HallNow, counter: str, staff: str, ticket: str, offer: Offer
) -> bool:
    """Whether a leased ticket may stay leased: it waits for this counter still, and behind the head."""
    if ticket in offer.head or offer is NOTHING:
        return False
    state = reader.get(TICKETS, ticket)
    services = hall.services_of(hall.counter(counter))
    return state is not None and state.pool in pools_for(hall.day, services, counter, staff)


def _by_rule(
    reader: CentreReader, hall: HallNow, counter: str, tickets: Iterable[Ticket], held: Held
) -> tuple[Ticket, ...]:
    among = list(tickets)
    runs = runs_of(reader, {ticket.line for ticket in among}, held)
    services = hall.services_of(hall.counter(counter))
    return in_turn(candidates(among, services, runs), hall.rules, hall.now)


def _working(reader: CentreReader, hall: HallNow, services: Iterable[Service], counter: str) -> set[str]:
    """The other counters that are open and able to call something this one may call."""
    able = {number for service in services for number in hall.counters_for(service)} - {counter}
    duties = {number: reader.get(DUTIES, number) for number in able}
    return {number for number, duty in duties.items() if duty is not None and duty.state == "open"}


def _left_alone(hall: HallNow, service: Service, working: set[str]) -> int:
    """How many of the first are left alone: one for each counter that may call next, this one among them.
    Where no other counter can call them, nobody is passed over and none is left out."""
    others = sum(number in working for number in hall.counters_for(service))
    return others + 1 if others else 0


def _need_room(reader: CentreReader, device: DeviceRow) -> None:
    if len(standing_of(reader, device.device)) >= MOST_LEASES:
        raise UserFacingError(
            "lease.too-many",
            "The machine {device} keeps numbers for {count} counters already.",
            kept="Those stay as they are.",
            remedy="Work with one counter at one machine.",
            device=device.name or device.device,
            count=MOST_LEASES,
        )
