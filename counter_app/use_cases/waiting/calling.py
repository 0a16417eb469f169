"""Calling: the choice and `TicketCalled` in one act, and tickets that go back to their place.

Alone, the choice is made here. In a hall of many machines the centre chooses (`claiming.py`), and only a
counter that is cut off chooses again, among the few tickets leased to it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Final

from counter_app.domain.centre.facts import TicketGranted
from counter_app.domain.centre.granting import LEASES, lease_id
from counter_app.domain.journal import Actor
from counter_app.domain.waiting.choice import LINEUPS, candidates, choose, pools_for
from counter_app.domain.waiting.duty import DUTIES, CounterOpened, Duty
from counter_app.domain.waiting.facts import TicketCalled, TicketReturned, TicketTransferred
from counter_app.domain.waiting.fold import TICKETS
from counter_app.domain.waiting.ticket import QUEUES, Ticket, at_counter, at_staff, place_at, pool
from counter_app.errors import UserFacingError
from counter_app.use_cases.ports.store import Reader, Transaction
from counter_app.use_cases.waiting.guards import need_free_hands
from counter_app.use_cases.waiting.reference import HallNow

MOST_SENT_BACK = 500
POST_PASSED = "post-passed"
CUT_OFF: Final = "call.cut-off"


def seen_note(counter: str) -> str:
    """The local note in which a counter's latest sign of life stands."""
    return f"seen/{counter}"


def show_life(tx: Transaction, counter: str) -> None:
    tx.keep_note(seen_note(counter), tx.now.isoformat().encode())


def need_ready(reader: Reader, hall: HallNow, actor: Actor) -> Duty | None:
    """Before a call: the counter exists, is not paused, has free hands. Gives its duty."""
    counter = str(hall.counter(actor.place).number)
    need_free_hands(reader, counter)
    duty = reader.get(DUTIES, counter)
    if duty is not None and duty.state == "paused":
        raise UserFacingError(
            "counter.paused",
            "Counter {counter} is paused.",
            remedy="Resume it, then call.",
            counter=counter,
        )
    return duty


def make_ready(tx: Transaction, hall: HallNow, actor: Actor) -> None:
    """`need_ready`; and a closed counter opens by calling."""
    duty = need_ready(tx, hall, actor)
    counter = actor.place
    if duty is None or duty.state == "closed":
        tx.record(CounterOpened(counter=counter, staff=actor.staff))
    show_life(tx, counter)


def call_by_rule(tx: Transaction, hall: HallNow, actor: Actor) -> None:
    """Call whose turn it is; records nothing about tickets when nobody waits for this counter."""
    make_ready(tx, hall, actor)
    release_holds(tx, hall, actor.place)
    services = hall.services_of(hall.counter(actor.place))
    heads = tx.waiting.heads(pools_for(hall.day, services, actor.place, actor.staff))
    runs = {line: _run(tx, line) for line in {head.line for head in heads}}
    chosen = choose(candidates(heads, services, runs), hall.rules, hall.now)
    if chosen is None:
        return
    ticket = chosen.ticket
    tx.record(
        TicketCalled(
            ticket=ticket.id,
            line=ticket.line,
            counter=actor.place,
            staff=actor.staff,
            queue=ticket.queue,
            rule=chosen.rule,
        )
    )


def call_granted(tx: Transaction, hall: HallNow, actor: Actor, grant: str) -> bool:
    """Call what the centre granted; False when the ticket does not wait any more as far as is known here."""
    make_ready(tx, hall, actor)
    event = tx.event(grant)
    granted = event.fact if event is not None else None
    if not isinstance(granted, TicketGranted):
        return False
    ticket = tx.get(TICKETS, granted.ticket)
    if ticket is None or ticket.state != "waiting":
        return False
    tx.record(
        TicketCalled(
            ticket=ticket.id,
            line=ticket.line,
            counter=actor.place,
            staff=actor.staff,
            queue=ticket.queue,
            rule=granted.rule,
            grant=grant,
        )
    )
    return True


def call_leased(tx: Transaction, hall: HallNow, actor: Actor) -> None:
    """Cut off: whose turn it is among the tickets leased to this counter and still waiting.

    UserFacingError `call.cut-off` when there is none: nobody else is called on a guess (mission: Q4).
    """
    make_ready(tx, hall, actor)
    release_holds(tx, hall, actor.place)
    services = hall.services_of(hall.counter(actor.place))
    mine = frozenset(pools_for(hall.day, services, actor.place, actor.staff))
    waiting = [ticket for ticket in _leased(tx, actor.place) if ticket.pool in mine]
    runs = {line: _run(tx, line) for line in {ticket.line for ticket in waiting}}
    chosen = choose(candidates(waiting, services, runs), hall.rules, hall.now)
    if chosen is None:
        raise UserFacingError(
            CUT_OFF,
            "The centre does not answer, and no ticket is set aside for this counter.",
            kept="Nobody was called.",
            remedy="Ask who is next, and call the number on the ticket.",
        )
    ticket = chosen.ticket
    tx.record(
        TicketCalled(
            ticket=ticket.id,
            line=ticket.line,
            counter=actor.place,
            staff=actor.staff,
            queue=ticket.queue,
            rule=chosen.rule,
            offline=True,
        )
    )


def _leased(tx: Transaction, counter: str) -> list[Ticket]:
    lease = tx.get(LEASES, lease_id(tx.device, counter))
    if lease is None or not lease.holds(tx.now):
        return []
    tickets = [tx.get(TICKETS, id) for id in lease.tickets]
    return [ticket for ticket in tickets if ticket is not None]


def call_out_of_turn(
    tx: Transaction, hall: HallNow, actor: Actor, ticket: Ticket, reason: str, *, offline: bool = False
) -> None:
    """`offline`: the centre is away, so the number may be called elsewhere too; then both are told."""
    make_ready(tx, hall, actor)
    tx.record(
        TicketCalled(
            ticket=ticket.id,
            line=ticket.line,
            counter=actor.place,
            staff=actor.staff,
            queue=ticket.queue,
            rule="number",
            out_of_turn=True,
            reason=reason,
            offline=offline,
        )
    )


def overdue_holds(reader: Reader, hall: HallNow, counter: str) -> list[Ticket]:
    longest = timedelta(minutes=hall.rules.hold_minutes)
    held = [ticket for ticket in reader.waiting.at_counter(counter) if ticket.state == "held"]
    return [ticket for ticket in held if ticket.held_at and hall.now - ticket.held_at > longest]


def release_holds(tx: Transaction, hall: HallNow, counter: str) -> None:
    """Holds past their minutes go back to their place in the line."""
    send_back(tx, overdue_holds(tx, hall, counter), "hold-limit")


def send_back(tx: Transaction, tickets: Iterable[Ticket], cause: str) -> None:
    """Called, serving and held tickets wait again where they stood."""
    for ticket in tickets:
        tx.record(TicketReturned(ticket=ticket.id, cause=cause))


def leave_counter(tx: Transaction, hall: HallNow, counter: str, staff: str, cause: str) -> None:
    """Nobody serves at this counter now: what it had, and what waited for it or its clerk, goes back."""
    send_back(tx, tx.waiting.at_counter(counter), cause)
    owners = [at_counter(counter), *([at_staff(staff)] if staff else [])]
    pools = [pool(hall.day, owner, queue) for owner in owners for queue in QUEUES]
    for ticket in tx.waiting.first(pools, MOST_SENT_BACK):
        tx.record(
            TicketTransferred(
                ticket=ticket.id, to="line", id=ticket.line, licence=ticket.licence, reason=cause
            )
        )


def leave_line_to(tx: Transaction, hall: HallNow, staff: str, counter: str) -> int:
    """Who asked for this clerk by name waits for the counter of his post instead, place kept; gives how many
    (mission: H5)."""
    pools = [pool(hall.day, at_staff(staff), queue) for queue in QUEUES]
    tickets = tx.waiting.first(pools, MOST_SENT_BACK)
    for ticket in tickets:
        tx.record(
            TicketTransferred(
                ticket=ticket.id, to="counter", id=counter, licence=ticket.licence, reason=POST_PASSED
            )
        )
    return len(tickets)


def place_after_miss(tx: Transaction, hall: HallNow, ticket: Ticket) -> str:
    """Behind the first few of those waiting where it will wait; at the end when fewer wait."""
    where = pool(hall.day, ticket.where, ticket.queue)
    before = tx.waiting.first([where], hall.rules.return_after)
    if len(before) < hall.rules.return_after:
        return place_at(hall.now)
    return before[-1].place + "~"  # sorts after that place and before the next


def _run(tx: Transaction, line: str) -> int:
    state = tx.get(LINEUPS, line)
    return state.run if state else 0
