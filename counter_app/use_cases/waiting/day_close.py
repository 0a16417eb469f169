"""Closing the day: what is still open, and an end for each of it (mission: Q7)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from counter_app.domain.journal import Actor, Fact
from counter_app.domain.waiting import facts as f
from counter_app.domain.waiting.duty import CounterClosed
from counter_app.domain.waiting.ticket import State, Ticket
from counter_app.errors import UserFacingError
from counter_app.use_cases.ports.store import Store, Transaction
from counter_app.use_cases.sync.link import CentreLink
from counter_app.use_cases.waiting.reference import Reference, hall_now

Ending = Literal["served", "carried_over", "gave_up", "void"]
MOST: Final = 100_000
REASON: Final = "day-close"
SUGGESTED: Final[Mapping[State, Ending]] = {
    "waiting": "carried_over",
    "held": "carried_over",
    "called": "gave_up",
}


@dataclass(frozen=True, slots=True)
class OpenPoint:
    """A ticket that has not ended. `suggested` is None where a person must say (it is being served)."""

    ticket: str
    number: str
    day: str
    line: str
    state: State
    counter: str | None
    suggested: Ending | None


@dataclass(frozen=True, slots=True)
class ClosedDay:
    """`totalled`: the centre has totalled and signed the day; True where there is no centre."""

    day: str
    ended: int
    counts: Mapping[str, int]
    totalled: bool = True


class DayClose:
    """The day is the hall's: with a centre it is closed only while everything is in step."""

    def __init__(self, store: Store, reference: Reference, link: CentreLink | None = None) -> None:
        self._store = store
        self._reference = reference
        self._link = link

    def open_points(self, limit: int = MOST) -> tuple[OpenPoint, ...]:
        """Open tickets of today and of every earlier day that nobody closed, oldest first."""
        with self._store.reading() as reader:
            today = hall_now(self._reference, reader).day
            return tuple(_point(ticket, today) for ticket in reader.waiting.open_tickets(limit))

    def close_day(self, actor: Actor, key: str, endings: Mapping[str, Ending] | None = None) -> ClosedDay:
        """End every open ticket as suggested or as `endings` (ticket id → ending) says; close counters.

        Raises `day.still-serving` when a ticket is being served today and no ending was given;
        `centre.needed` when other machines may be at work still and the centre is away.
        """
        said = endings or {}
        if self._link is not None:
            self._link.need_in_step("close-day")

        def work(tx: Transaction) -> None:
            hall = hall_now(self._reference, tx)
            tickets = tx.waiting.open_tickets(MOST)
            decided = [(t, said.get(t.id) or _point(t, hall.day).suggested) for t in tickets]
            undecided = [ticket.number for ticket, ending in decided if ending is None]
            if undecided:
                raise UserFacingError(
                    "day.still-serving",
                    "Still being served: {numbers}.",
                    kept="Nothing was closed.",
                    remedy="Finish them, or say how each of them ended.",
                    numbers=", ".join(undecided),
                )
            for ticket, ending in decided:
                tx.record(_end(ticket, ending or "gave_up"))
            for duty in tx.waiting.duties():
                if duty.state != "closed":
                    tx.record(CounterClosed(counter=duty.counter, cause=REASON))
            counts = dict(tx.waiting.states(hall.day, MOST))
            tx.record(f.DayClosed(day=hall.day, ended=len(decided), counts=counts))

        fact = self._store.act(actor, key, work).first(f.DayClosed)
        signed = self._link is None or self._link.close_day(key, fact.day, actor.staff)
        return ClosedDay(fact.day, fact.ended, fact.counts, signed)


def _point(ticket: Ticket, today: str) -> OpenPoint:
    suggested = SUGGESTED.get(ticket.state)
    if ticket.day != today:
        suggested = "served" if ticket.state == "serving" else "gave_up"
    return OpenPoint(
        ticket.id, ticket.number, ticket.day, ticket.line, ticket.state, ticket.counter, suggested
    )


def _end(ticket: Ticket, ending: Ending) -> Fact:
    if ending == "served":
        return f.TicketFinished(ticket=ticket.id, counter=ticket.counter or "", staff=ticket.staff or "")
    if ending == "carried_over":
        return f.TicketCarriedOver(ticket=ticket.id, reason=REASON)
    if ending == "void":
        return f.TicketVoided(ticket=ticket.id, reason=REASON)
    return f.TicketGaveUp(ticket=ticket.id, reason=REASON)
