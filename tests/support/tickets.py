"""Tickets without a store: events made by hand and folded, in the day of a made-up hall."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from counter_app.clock import HALL_ZONE
from counter_app.domain.journal import Actor, Fact, Recorded
from counter_app.domain.waiting.facts import TicketIssued
from counter_app.domain.waiting.fold import fold_ticket
from counter_app.domain.waiting.ticket import Ticket

MORNING = datetime(2026, 11, 23, 9, 0, tzinfo=HALL_ZONE)


def event(fact: Fact, at: datetime = MORNING, seq: int = 1, **private: bytes) -> Recorded:
    """`fact` as it would stand in the journal of device 3."""
    return Recorded(
        device="3",
        epoch=1,
        seq=seq,
        type=type(fact).__name__,
        version=1,
        hlc=0,
        at=at,
        actor=Actor("w001", "1"),
        key="",
        n=0,
        subjects=fact.subjects,
        fact=fact,
        parts={},
        prev="",
        hash="",
        private=private,
    )


@dataclass
class Story:
    """One ticket's events, a minute apart; `then` gives the ticket after one more."""

    ticket: Ticket | None = None
    events: list[Recorded] = field(default_factory=list)

    def then(self, fact: Fact, **private: bytes) -> Ticket:
        at = MORNING + timedelta(minutes=len(self.events))
        self.events.append(event(fact, at, len(self.events) + 1, **private))
        self.ticket = fold_ticket(self.ticket, self.events[-1])
        assert self.ticket is not None
        return self.ticket


def issued(
    id: str = "t1",
    *,
    minutes: float = 0,
    line: str = "A",
    priority: str | None = None,
    appointment: float | None = None,
    seq: int = 1,
) -> Ticket:
    """A ticket taken so many minutes after nine; `appointment` likewise."""
    due = None if appointment is None else (MORNING + timedelta(minutes=appointment)).isoformat()
    fact = TicketIssued(
        ticket=id,
        number=f"{line}{seq:03d}",
        line=line,
        day="2026-11-23",
        priority="appointment" if due else priority,
        appointment_at=due,
    )
    ticket = fold_ticket(None, event(fact, MORNING + timedelta(minutes=minutes), seq))
    assert ticket is not None
    return ticket
