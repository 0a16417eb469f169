"""A ticket as one row of a list."""

from __future__ import annotations

from datetime import datetime

from counter_app.domain.waiting.ticket import Ticket
from counter_app.use_cases.waiting.reference import HallNow
from counter_app.use_cases.waiting.rows import TicketRow


def minutes(since: datetime, hall: HallNow) -> int:
    """Whole minutes from then to now, never negative."""
    return max(0, int((hall.now - since).total_seconds() // 60))


def ticket_row(ticket: Ticket, hall: HallNow, only: tuple[str, ...] = ()) -> TicketRow:
    """`waited_minutes` stops at the call; for a held ticket it is the wait before it."""
    ended = ticket.first_called_at if ticket.state != "waiting" else None
    waited = minutes(ticket.waits_since, hall)
    if ended is not None:
        waited = max(0, int((ended - ticket.waits_since).total_seconds() // 60))
    held = minutes(ticket.held_at, hall) if ticket.held_at else 0
    lines = {line.letter: line.name for line in hall.plan.lines}
    return TicketRow(
        ticket=ticket.id,
        number=ticket.number,
        line=ticket.line,
        line_name=lines.get(ticket.line, ticket.line),
        items=tuple(hall.item_name(code) for code in ticket.items),
        item_codes=ticket.items,
        state=ticket.state,
        waited_minutes=waited,
        priority=ticket.priority,
        held_reason=ticket.held_reason if ticket.state == "held" else "",
        held_minutes=held,
        hold_overdue=held > hall.rules.hold_minutes,
        only_counters=only,
        matters_done=ticket.matters_done,
        matters_total=len(ticket.matters),
        calls=ticket.calls,
        issued_at=ticket.issued_at,
        called_at=ticket.called_at,
        started_at=ticket.started_at,
        slip_at=ticket.slip_at,
    )
