"""The fold of a ticket: which fact fits which state, and what it makes of it.

A fact that no longer fits (two machines acted at once, mission: Q4) is kept on the ticket as
overtaken and changes nothing else. Not here: whether a command is allowed now (`use_cases/waiting`).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, Final

from counter_app.domain.changing import replace
from counter_app.domain.journal import Fact, Recorded
from counter_app.domain.streams import Stream
from counter_app.domain.waiting import facts as f
from counter_app.domain.waiting.ticket import Matter, State, Ticket, place_at

CALLABLE: Final[frozenset[State]] = frozenset({"waiting", "held", "no_show"})
WAITS: Final[frozenset[State]] = frozenset({"waiting"})
CALLED: Final[frozenset[State]] = frozenset({"called"})
SERVING: Final[frozenset[State]] = frozenset({"serving"})
AT_COUNTER: Final[frozenset[State]] = frozenset({"called", "serving"})
OPEN: Final[frozenset[State]] = frozenset({"waiting", "called", "serving", "held"})
NOT_ENDED: Final[frozenset[State]] = OPEN | {"no_show"}

Step = Callable[[Ticket, Any, Recorded], Ticket]


def fold_ticket(state: Ticket | None, event: Recorded) -> Ticket | None:
    """Extend a ticket by one event. Events of unknown types are skipped."""
    fact = event.fact
    if isinstance(fact, f.TicketIssued):
        return _issued(fact, event) if state is None else _overtaken(state, event)
    if state is None or not isinstance(fact, Fact):
        return state
    known = _STEPS.get(type(fact))
    if known is None:
        return state
    fits, step = known
    return step(state, fact, event) if state.state in fits else _overtaken(state, event)


def _overtaken(state: Ticket, event: Recorded) -> Ticket:
    return replace(state, overtaken=state.overtaken + (event.id,))


def _issued(fact: f.TicketIssued, event: Recorded) -> Ticket:
    slip_at = _moment(fact.slip_at)
    appointment_at = _moment(fact.appointment_at)
    return Ticket(
        id=fact.ticket,
        number=fact.number,
        line=fact.line,
        licence=fact.licence,
        day=fact.day,
        state="waiting",
        place=place_at(appointment_at or slip_at or event.at, event.seq),
        issued_at=event.at,
        channel=fact.channel,
        issuer=fact.issuer,
        language=fact.language,
        matters=tuple(Matter(item) for item in fact.items),
        priority=fact.priority,
        priority_reason=_private(event, "reason") or "",
        appointment_at=appointment_at,
        person=_private(event, "person"),
        slip_number=fact.slip_number,
        slip_at=slip_at,
        carried_from=fact.carried_from,
        wait_low=fact.wait_low,
        wait_high=fact.wait_high,
    )


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _private(event: Recorded, slot: str) -> str | None:
    data = event.private.get(slot)
    return data.decode() if data else None


def _called(t: Ticket, fact: f.TicketCalled, event: Recorded) -> Ticket:
    return replace(
        t,
        state="called",
        counter=fact.counter,
        staff=fact.staff,
        calls=1,
        called_at=event.at,
        first_called_at=t.first_called_at or event.at,
        started_at=None,
        held_at=None,
    )


def _recalled(t: Ticket, fact: f.TicketRecalled, event: Recorded) -> Ticket:
    return replace(t, calls=t.calls + 1, called_at=event.at)


def _back(t: Ticket) -> Ticket:
    """In the line again, at the place it had, for whoever it waited for."""
    return replace(
        t, state="waiting", counter=None, staff=None, calls=0, called_at=None, started_at=None, held_at=None
    )


def _taken_back(t: Ticket, fact: f.CallTakenBack, event: Recorded) -> Ticket:
    first = None if t.first_called_at == t.called_at else t.first_called_at
    return replace(_back(t), first_called_at=first)


def _started(t: Ticket, fact: f.ServingStarted, event: Recorded) -> Ticket:
    return replace(t, state="serving", started_at=event.at)


def _finished(t: Ticket, fact: f.TicketFinished, event: Recorded) -> Ticket:
    began = t.called_at or event.at
    done = tuple(m if m.done_at else replace(m, done_at=event.at) for m in t.matters)
    seconds = max(0, round((event.at - began).total_seconds()))
    return replace(
        t, state="served", matters=done, ended_at=event.at, staff=fact.staff, service_seconds=seconds
    )


def _missed(t: Ticket, fact: f.TicketMissed, event: Recorded) -> Ticket:
    return replace(t, state="no_show", misses=t.misses + 1, ended_at=event.at)


def _held(t: Ticket, fact: f.TicketHeld, event: Recorded) -> Ticket:
    return replace(t, state="held", held_at=event.at, held_reason=fact.reason, holds=t.holds + 1)


def _resumed(t: Ticket, fact: f.TicketResumed, event: Recorded) -> Ticket:
    return replace(
        t,
        state="serving",
        counter=fact.counter,
        staff=fact.staff,
        called_at=event.at,
        started_at=event.at,
        held_at=None,
    )


def _returned(t: Ticket, fact: f.TicketReturned, event: Recorded) -> Ticket:
    returned = event.at if fact.place else t.returned_at
    return replace(_back(t), place=fact.place or t.place, returned_at=returned, ended_at=None)


def _transferred(t: Ticket, fact: f.TicketTransferred, event: Recorded) -> Ticket:
    return replace(
        _back(t),
        line=fact.id if fact.to == "line" else t.line,
        licence=fact.licence if fact.to == "line" else t.licence,
        to_counter=fact.id if fact.to == "counter" else None,
        to_staff=fact.id if fact.to == "staff" else None,
    )


def _matter_added(t: Ticket, fact: f.MatterAdded, event: Recorded) -> Ticket:
    return replace(t, matters=t.matters + (Matter(fact.item),))


def _matter_finished(t: Ticket, fact: f.MatterFinished, event: Recorded) -> Ticket:
    for index, matter in enumerate(t.matters):
        if matter.item == fact.item and matter.done_at is None:
            done = replace(matter, done_at=event.at)
            return replace(t, matters=t.matters[:index] + (done,) + t.matters[index + 1 :])
    return _overtaken(t, event)


def _prioritised(t: Ticket, fact: f.TicketPrioritised, event: Recorded) -> Ticket:
    kind = None if fact.kind == "none" else fact.kind
    return replace(t, priority=kind, priority_reason=_private(event, "reason") or "")


def _ended(state: State) -> Step:
    def end(t: Ticket, fact: Any, event: Recorded) -> Ticket:
        return replace(t, state=state, ended_at=event.at, end_reason=fact.reason)

    return end


def _carried(t: Ticket, fact: f.CarriedTicketUsed, event: Recorded) -> Ticket:
    return replace(t, carried_to=fact.by)


_STEPS: Final[dict[type[Fact], tuple[frozenset[State], Step]]] = {
    f.TicketCalled: (CALLABLE, _called),
    f.TicketRecalled: (CALLED, _recalled),
    f.CallTakenBack: (CALLED, _taken_back),
    f.ServingStarted: (CALLED, _started),
    f.TicketFinished: (AT_COUNTER, _finished),
    f.TicketMissed: (CALLED, _missed),
    f.TicketHeld: (AT_COUNTER, _held),
    f.TicketResumed: (frozenset({"held"}), _resumed),
    f.TicketReturned: (frozenset({"called", "serving", "held", "no_show"}), _returned),
    f.TicketTransferred: (OPEN, _transferred),
    f.MatterAdded: (OPEN, _matter_added),
    f.MatterFinished: (SERVING, _matter_finished),
    f.TicketPrioritised: (WAITS, _prioritised),
    f.TicketVoided: (NOT_ENDED, _ended("void")),
    f.TicketGaveUp: (NOT_ENDED, _ended("gave_up")),
    f.TicketCarriedOver: (OPEN, _ended("carried_over")),
    f.CarriedTicketUsed: (frozenset({"carried_over"}), _carried),
}

TICKETS: Final = Stream("ticket", Ticket, fold_ticket)
