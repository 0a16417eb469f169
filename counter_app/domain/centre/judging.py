"""Which acts of a ticket or case came too late, against what, and what that means: pure, from its history.

The same history gives the same judgement on every machine, so what the centre published can be checked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from counter_app.domain.centre.conflicts import Rule, case_rule, ticket_rule
from counter_app.domain.intake.fold import CASES
from counter_app.domain.journal import Fact, Recorded
from counter_app.domain.streams import Stream
from counter_app.domain.waiting.facts import ServingStarted, TicketCalled, TicketFinished
from counter_app.domain.waiting.fold import TICKETS

# These change nothing that was not in question already when the same two machines differ once more.
_MILD: Final[frozenset[Rule]] = frozenset({"moved-on", "ended-already", "case-moved-on", "case-ended"})
_LOOKED_FOR: Final[dict[Rule, tuple[type[Fact], ...]]] = {
    "called-twice": (TicketCalled,),
    "served-twice": (ServingStarted, TicketFinished),
}


Quarrel = tuple[frozenset[str], date]


@dataclass(frozen=True, slots=True)
class Judged:
    """An overtaken act, the act that stands against it (None when none does), and the state it met."""

    event: Recorded
    against: Recorded | None
    rule: Rule
    state: str
    number: str


def judge(kind: str, history: Iterable[Recorded]) -> tuple[Judged, ...]:
    """Every overtaken act of one ticket or case (`kind`), in the hall's order. `history` is all its events.

    KeyError for other kinds.
    """
    stream, rule_of, state_of = _KINDS[kind]
    state: Any = None
    stands: list[Recorded] = []
    asked: dict[Quarrel, set[Rule]] = {}
    found: list[Judged] = []
    for event in history:
        before, state = state, stream.fold(state, event)
        if state is before or not isinstance(event.fact, Fact):
            continue
        if before is None or len(state.overtaken) == len(before.overtaken):
            stands.append(event)
            continue
        rule: Rule = rule_of(event.fact, before)
        against = _against(event, rule, stands)
        rules = asked.setdefault(_quarrel(event, against), set())
        said = "follows" if _follows(rule, rules) else rule
        found.append(Judged(event, against, said, state_of(before), before.number))
        rules.add(rule)
    return tuple(found)


def _quarrel(event: Recorded, against: Recorded | None) -> Quarrel:
    """The same two machines on the same day."""
    return frozenset({event.device, against.device if against else ""}), event.at.date()


def _follows(rule: Rule, asked: set[Rule]) -> bool:
    """One quarrel asks once: what follows from it is written down only, unless it is worse."""
    return bool(asked) and rule != "same-end" and (rule in _MILD or rule in asked)


def _against(event: Recorded, rule: Rule, stands: Sequence[Recorded]) -> Recorded | None:
    """The latest standing act of another machine, of the fitting type where there is one."""
    wanted = _LOOKED_FOR.get(rule, Fact)
    other: Recorded | None = None
    for stand in reversed(stands):
        if stand.device == event.device:
            continue
        if isinstance(stand.fact, wanted):
            return stand
        other = other or stand
    return other or (stands[-1] if stands else None)


_KINDS: Final[dict[str, tuple[Stream[Any], Callable[[Fact, Any], Rule], Callable[[Any], str]]]] = {
    "ticket": (TICKETS, ticket_rule, lambda ticket: str(ticket.state)),
    "case": (CASES, case_rule, lambda case: str(case.stage)),
}
