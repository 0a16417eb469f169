"""Which acts of a ticket or case came too late, against what, and what that means: pure, from its history.

The same history gives the same judgement on every machine, so what the centre published can be checked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
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
        judged = Judged(event, against, rule, state_of(before), before.number)
        found.append(_unless_it_follows(judged, found))
    return tuple(found)


def _against(event: Recorded, rule: Rule, stands: Sequence[Recorded]) -> Recorded | None:
    """The latest standing act of another machine, of the fitting type where there is one."""
    others = [other for other in stands if other.device != event.device]
    fitting = [other for other in others if isinstance(other.fact, _LOOKED_FOR.get(rule, Fact))]
    among = fitting or others or list(stands)
    return among[-1] if among else None


def _unless_it_follows(judged: Judged, earlier: Sequence[Judged]) -> Judged:
    """One quarrel of two machines asks once a day: what follows from it is written down only."""
    same = [entry for entry in earlier if _same_quarrel(entry, judged)]
    if not same or judged.rule == "same-end":
        return judged
    if judged.rule in _MILD or any(entry.rule == judged.rule for entry in same):
        return Judged(judged.event, judged.against, "follows", judged.state, judged.number)
    return judged


def _same_quarrel(one: Judged, other: Judged) -> bool:
    return _pair(one) == _pair(other) and one.event.at.date() == other.event.at.date()


def _pair(judged: Judged) -> frozenset[str]:
    against = judged.against.device if judged.against else ""
    return frozenset({judged.event.device, against})


_KINDS: Final[dict[str, tuple[Stream[Any], Callable[[Fact, Any], Rule], Callable[[Any], str]]]] = {
    "ticket": (TICKETS, ticket_rule, lambda ticket: str(ticket.state)),
    "case": (CASES, case_rule, lambda case: str(case.stage)),
}
