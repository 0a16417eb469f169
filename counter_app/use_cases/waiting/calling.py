"""Calling: the choice and `TicketCalled` in one act, and tickets that go back to their place."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from counter_app.domain.journal import Actor
from counter_app.domain.waiting.choice import LINEUPS, candidates, choose, pools_for
from counter_app.domain.waiting.duty import DUTIES, CounterOpened
from counter_app.domain.waiting.facts import TicketCalled, TicketReturned, TicketTransferred
from counter_app.domain.waiting.ticket import QUEUES, Ticket, at_counter, at_staff, place_at, pool
from counter_app.errors import UserFacingError
from counter_app.use_cases.ports.store import Transaction
from counter_app.use_cases.waiting.guards import need_free_hands
from counter_app.use_cases.waiting.reference import HallNow

MOST_SENT_BACK = 500


def seen_note(counter: str) -> str:
    """The local note in which a counter's latest sign of life stands."""
    return f"seen/{counter}"


def show_life(tx: Transaction, counter: str) -> None:
    tx.keep_note(seen_note(counter), tx.now.isoformat().encode())


def make_ready(tx: Transaction, hall: HallNow, actor: Actor) -> None:
    """Before a call: the counter exists, is not paused, has free hands; a closed one opens by calling."""
    counter = str(hall.counter(actor.place).number)
    need_free_hands(tx, counter)
    duty = tx.get(DUTIES, counter)
    if duty is not None and duty.state == "paused":
        raise UserFacingError(
            "counter.paused",
            "Counter {counter} is paused.",
            remedy="Resume it, then call.",
            counter=counter,
        )
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


def call_out_of_turn(tx: Transaction, hall: HallNow, actor: Actor, ticket: Ticket, reason: str) -> None:
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
        )
    )


def release_holds(tx: Transaction, hall: HallNow, counter: str) -> None:
    """Holds past their minutes go back to their place in the line."""
    longest = timedelta(minutes=hall.rules.hold_minutes)
    held = [ticket for ticket in tx.waiting.at_counter(counter) if ticket.state == "held"]
    late = [ticket for ticket in held if ticket.held_at and hall.now - ticket.held_at > longest]
    send_back(tx, late, "hold-limit")


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
