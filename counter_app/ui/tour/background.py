"""The rest of the hall while the tour plays: other counters serve other people, by the same use cases."""

from __future__ import annotations

import uuid
from typing import Final

from counter_app.domain.journal import Actor
from counter_app.use_cases.program import Program
from counter_app.use_cases.waiting.requests import IssueTicket

# Items whose lines the tour's own counter does not serve, and the counters that do.
TICKETS: Final = ("0511", "0511", "0511", "0801", "0801", "0301")
CALLS: Final = ("5", "6", "4")


def others_at_work(program: Program) -> tuple[str, ...]:
    """Tickets taken and called at other counters; their numbers."""
    desk = Actor("tour", "desk")
    for item in TICKETS:
        program.waiting.issue_ticket(desk, uuid.uuid4().hex, IssueTicket(items=(item,), channel="command"))
    called = []
    for counter in CALLS:
        actor = Actor("tour", counter)
        ticket = program.waiting.call_next(actor, uuid.uuid4().hex)
        if ticket is not None:
            program.waiting.start(actor, uuid.uuid4().hex, ticket.id)
            called.append(ticket.number)
    return tuple(called)
