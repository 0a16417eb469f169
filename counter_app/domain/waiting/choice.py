"""Whose turn it is: a pure choice among the heads of the pools a counter may call (mission: Q3).

In this order: (1) whoever waited past the longest wait, the longest first: nobody starves;
(2) the ordinary head of a line that just had its run of priority calls; (3) priority and due
appointments; (4) ordinary tickets; (5) appointments before their time, when nobody else waits.
Within a step the counter's order of preference decides, then the place. A ticket sent to this very
counter or clerk counts as most preferred. Not here: where candidates come from (`store/waiting_rows`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final, Literal

from counter_app.domain.journal import Recorded
from counter_app.domain.streams import Stream
from counter_app.domain.waiting.facts import CallTakenBack, TicketCalled
from counter_app.domain.waiting.rules import WaitingRules
from counter_app.domain.waiting.ticket import QUEUES, Ticket, at_counter, at_staff, in_line, pool

Rule = Literal["longest-wait", "owed", "priority", "ordinary", "early"]
SENT_HERE: Final = -1


@dataclass(frozen=True, slots=True)
class Candidate:
    """The head of one pool. `preference` 0 is the counter's favourite line; `run` the line's
    priority calls in a row."""

    ticket: Ticket
    preference: int = 0
    run: int = 0


@dataclass(frozen=True, slots=True)
class Choice:
    ticket: Ticket
    rule: Rule


@dataclass(frozen=True, slots=True)
class Lineup:
    """Turns on one line: priority calls in a row, and the same before the latest call (for 叫错)."""

    line: str
    run: int = 0
    before: int = 0
    latest: str | None = None


def fold_lineup(state: Lineup | None, event: Recorded) -> Lineup | None:
    fact = event.fact
    if isinstance(fact, TicketCalled):
        was = state or Lineup(fact.line)
        if fact.out_of_turn:
            return replace(was, before=was.run, latest=fact.ticket)
        run = 0 if fact.queue == "ordinary" else was.run + 1
        return replace(was, run=run, before=was.run, latest=fact.ticket)
    if isinstance(fact, CallTakenBack) and state is not None and state.latest == fact.ticket:
        return replace(state, run=state.before, latest=None)
    return state


LINEUPS: Final = Stream("lineup", Lineup, fold_lineup)


@dataclass(frozen=True, slots=True)
class Service:
    """One place to wait: a line and the licence its tickets ask for (empty: any of the line)."""

    line: str
    licence: str = ""


def pools_for(day: str, services: Iterable[Service], counter: str, staff: str) -> tuple[str, ...]:
    """Every pool this clerk at this counter may call from: three classes for each place to wait."""
    places = [at_counter(counter), at_staff(staff)]
    places += [in_line(service.line, service.licence) for service in services]
    return tuple(pool(day, where, queue) for where in places for queue in QUEUES)


def candidates(
    heads: Sequence[Ticket], preferences: Mapping[Service, int], runs: Mapping[str, int]
) -> tuple[Candidate, ...]:
    """Heads with what the choice needs to know; `preferences` are the counter's, 0 its favourite."""
    return tuple(
        Candidate(
            head,
            SENT_HERE
            if head.to_counter or head.to_staff
            else preferences.get(Service(head.line, head.licence), len(preferences)),
            runs.get(head.line, 0),
        )
        for head in heads
    )


def choose(among: Sequence[Candidate], rules: WaitingRules, now: datetime) -> Choice | None:
    """The one ticket to call now, or None when nobody waits. Same input, same answer."""
    if not among:
        return None
    best = min(among, key=lambda entry: _turn(entry, rules, now))
    return Choice(best.ticket, _rank(best, rules, now)[0])


def in_turn(among: Sequence[Candidate], rules: WaitingRules, now: datetime) -> tuple[Ticket, ...]:
    """The candidates as they would be called if nothing changed: how a counter lists its line."""
    return tuple(entry.ticket for entry in sorted(among, key=lambda entry: _turn(entry, rules, now)))


def _turn(entry: Candidate, rules: WaitingRules, now: datetime) -> tuple[int, int, str, str]:
    rule, preference, place, id = _rank(entry, rules, now)
    return (_ORDER[rule], preference, place, id)


_ORDER: Final[dict[Rule, int]] = {
    "longest-wait": 0,
    "owed": 1,
    "priority": 2,
    "ordinary": 3,
    "early": 4,
}


def _rank(entry: Candidate, rules: WaitingRules, now: datetime) -> tuple[Rule, int, str, str]:
    ticket = entry.ticket
    key = (entry.preference, ticket.place, ticket.id)
    if now - ticket.waits_since > timedelta(minutes=rules.longest_wait):
        return ("longest-wait", 0, ticket.place, ticket.id)
    if ticket.queue == "ordinary":
        return ("owed" if entry.run >= rules.priority_run else "ordinary", *key)
    due = ticket.appointment_at
    if due is not None and due > now + timedelta(minutes=rules.appointment_early):
        return ("early", *key)
    return ("priority", *key)
