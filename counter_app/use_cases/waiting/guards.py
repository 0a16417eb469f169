"""What must be true before a ticket may be acted on, and the errors when it is not."""

from __future__ import annotations

from typing import Final

from counter_app.domain.waiting.fold import TICKETS
from counter_app.domain.waiting.ticket import AT_COUNTER, State, Ticket
from counter_app.errors import UserFacingError, mark
from counter_app.use_cases.ports.store import Reader, Transaction

IS_NOW: Final[dict[State, str]] = {
    "waiting": mark("Ticket {number} is waiting; this cannot be done now."),
    "called": mark("Ticket {number} is called; this cannot be done now."),
    "serving": mark("Ticket {number} is being served; this cannot be done now."),
    "held": mark("Ticket {number} is on hold; this cannot be done now."),
    "no_show": mark("Ticket {number} was missed; this cannot be done now."),
    "served": mark("Ticket {number} is served; this cannot be done any more."),
    "gave_up": mark("The holder of ticket {number} has left; this cannot be done any more."),
    "carried_over": mark("Ticket {number} was carried over; this cannot be done any more."),
    "void": mark("Ticket {number} is void; this cannot be done any more."),
}


def need(tx: Transaction, ticket: str, *allowed: State) -> Ticket:
    """The ticket, in one of these states. UserFacingError `ticket.unknown`, `ticket.state`."""
    found = tx.need(TICKETS, ticket)
    if found.state not in allowed:
        raise UserFacingError(
            "ticket.state",
            IS_NOW[found.state],
            kept="The ticket stays as it is.",
            remedy="Look at the line again.",
            number=found.number,
            state=found.state,
        )
    return found


def need_here(tx: Transaction, ticket: str, counter: str, *allowed: State) -> Ticket:
    """Like `need`, and at this counter. UserFacingError `ticket.elsewhere`."""
    found = need(tx, ticket, *allowed)
    if found.counter != counter:
        raise UserFacingError(
            "ticket.elsewhere",
            "Ticket {number} is at counter {counter}.",
            remedy="Ask that counter to transfer it.",
            number=found.number,
            counter=found.counter,
        )
    return found


def need_free_hands(reader: Reader, counter: str) -> None:
    """One citizen at a time. UserFacingError `counter.in-hand`."""
    for ticket in reader.waiting.at_counter(counter):
        if ticket.state in AT_COUNTER:
            raise UserFacingError(
                "counter.in-hand",
                "Ticket {number} is still at this counter.",
                remedy="Finish it, hold it, or mark it as missed first.",
                number=ticket.number,
            )
