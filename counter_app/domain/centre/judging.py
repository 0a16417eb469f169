"""Which acts of a ticket, a case or what stands around a case came too late, against what, and what that
means: pure, from its history.

The same history gives the same judgement on every machine, so what the centre published can be checked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from counter_app.domain.blanks.blanks import BLANKS
from counter_app.domain.casework.fold import HANDLINGS
from counter_app.domain.casework.holding import task_of
from counter_app.domain.casework.task import TaskPassed, TaskTaken
from counter_app.domain.centre.conflicts import WORKED, Rule, blank_number, case_rule, ticket_rule, work_rule
from counter_app.domain.delivery.delivery import DELIVERIES
from counter_app.domain.fees.facts import FeePaid
from counter_app.domain.fees.fees import FEES
from counter_app.domain.intake.fold import CASES
from counter_app.domain.journal import Fact, Recorded
from counter_app.domain.streams import Stream
from counter_app.domain.time.clock import CLOCKS
from counter_app.domain.waiting.facts import ServingStarted, TicketCalled, TicketFinished
from counter_app.domain.waiting.fold import TICKETS

# These change nothing that was not in question already when the same two machines differ once more.
_MILD: Final[frozenset[Rule]] = frozenset({"moved-on", "ended-already", "case-moved-on", "case-ended"})
_LOOKED_FOR: Final[dict[Rule, tuple[type[Fact], ...]]] = {
    "called-twice": (TicketCalled,),
    "served-twice": (ServingStarted, TicketFinished),
    "taken-twice": (TaskTaken, TaskPassed),
    "worked-twice": WORKED,
    "paid-twice": (FeePaid,),
}


Quarrel = tuple[frozenset[str], date, str]


@dataclass(frozen=True, slots=True)
class _Stand:
    """An act that stands, and which part of its subject it was about."""

    event: Recorded
    about: str


@dataclass(frozen=True, slots=True)
class Judged:
    """An overtaken act, the act that stands against it (None when none does), and the state it met; `about`
    which piece of work it was."""

    event: Recorded
    against: Recorded | None
    rule: Rule
    state: str
    number: str
    about: str = ""


def judge(kind: str, history: Iterable[Recorded]) -> tuple[Judged, ...]:
    """Every overtaken act of one subject of this kind, in the hall's order. `history` is all its events.

    KeyError for other kinds.
    """
    how = JUDGED[kind]
    state: Any = None
    stands: list[_Stand] = []
    asked: dict[Quarrel, set[Rule]] = {}
    found: list[Judged] = []
    for event in history:
        before, state = state, how.stream.fold(state, event)
        if state is before or not isinstance(event.fact, Fact):
            continue
        about = how.about(event.fact, state)
        if before is None or len(state.overtaken) == len(before.overtaken):
            stands.append(_Stand(event, about))
            continue
        rule = how.rule_of(event.fact, before)
        if rule is None:
            continue
        against = _against(event, rule, about, stands)
        rules = asked.setdefault(_quarrel(event, against, about), set())
        said: Rule = "follows" if _follows(rule, rules) else rule
        number = how.number_of(event.fact, before)
        found.append(Judged(event, against, said, how.state_of(before), number, about))
        rules.add(rule)
    return _once_a_piece(found)


def _once_a_piece(found: list[Judged]) -> tuple[Judged, ...]:
    """Who took work and did it hears of what he did, not of the taking too."""
    done = {_piece(one) for one in found if one.rule == "worked-twice" and one.about}
    return tuple(
        replace(one, rule="follows") if one.rule == "taken-twice" and _piece(one) in done else one
        for one in found
    )


def _piece(one: Judged) -> tuple[str, str]:
    return one.event.device, one.about


def _quarrel(event: Recorded, against: Recorded | None, about: str) -> Quarrel:
    """The same two machines on the same day, over the same piece of work."""
    return frozenset({event.device, against.device if against else ""}), event.at.date(), about


def _follows(rule: Rule, asked: set[Rule]) -> bool:
    """One quarrel asks once: what follows from it is written down only, unless it is worse."""
    return bool(asked) and rule != "same-end" and (rule in _MILD or rule in asked)


def _against(event: Recorded, rule: Rule, about: str, stands: Sequence[_Stand]) -> Recorded | None:
    """The latest standing act of another machine, about the same and of the fitting type where there is
    one."""
    wanted = _LOOKED_FOR.get(rule, Fact)
    other: Recorded | None = None
    for stand in reversed(stands):
        if stand.event.device == event.device or (about and stand.about != about):
            continue
        if isinstance(stand.event.fact, wanted):
            return stand.event
        other = other or stand.event
    return other or (stands[-1].event if stands else None)


@dataclass(frozen=True, slots=True)
class How:
    """How one kind of subject is judged. `rule_of` gives None for what nobody need hear of; `about` which
    part of it an act is about, "" for the whole."""

    stream: Stream[Any]
    rule_of: Callable[[Fact, Any], Rule | None]
    state_of: Callable[[Any], str] = lambda state: ""
    number_of: Callable[[Fact, Any], str] = lambda fact, state: ""
    about: Callable[[Fact, Any], str] = lambda fact, state: ""


def _own_number(fact: Fact, state: Any) -> str:
    return str(state.number)


JUDGED: Final[dict[str, How]] = {
    "ticket": How(TICKETS, ticket_rule, lambda ticket: str(ticket.state), _own_number),
    "case": How(CASES, case_rule, lambda case: str(case.stage), _own_number),
    "handling": How(HANDLINGS, lambda fact, met: work_rule(fact), about=lambda fact, met: task_of(met, fact)),
    "clock": How(CLOCKS, lambda fact, met: "time-twice", lambda clock: clock.outcome),
    "fees": How(FEES, lambda fact, met: "paid-twice"),
    "delivery": How(DELIVERIES, lambda fact, met: "delivered-twice"),
    "blanks": How(BLANKS, lambda fact, met: "blank-twice", number_of=blank_number),
}
