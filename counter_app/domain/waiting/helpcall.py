"""请工作人员帮忙: a call for help from a kiosk or counter, and whom it rings as of now (mission: Q5)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from counter_app.domain.journal import Fact, Recorded
from counter_app.domain.streams import Stream


class HelpFact(Fact):
    call: str

    @property
    def subjects(self) -> tuple[str, ...]:
        return (f"help:{self.call}",)


class HelpAsked(HelpFact):
    """`place` is where help is wanted: a kiosk's name or a counter number."""

    place: str
    matter: str = ""


class HelpEscalated(HelpFact):
    """Somebody passed it on at once, without waiting for the time to run out."""


class HelpAnswered(HelpFact):
    staff: str


@dataclass(frozen=True, slots=True)
class HelpCall:
    id: str
    place: str
    asked_at: datetime
    matter: str = ""
    pushed: int = 0
    answered_by: str | None = None
    answered_at: datetime | None = None


def fold_help(state: HelpCall | None, event: Recorded) -> HelpCall | None:
    fact = event.fact
    if isinstance(fact, HelpAsked):
        return HelpCall(fact.call, fact.place, event.at, fact.matter)
    if state is None or state.answered_at is not None:
        return state
    if isinstance(fact, HelpEscalated):
        return replace(state, pushed=state.pushed + 1)
    if isinstance(fact, HelpAnswered):
        return replace(state, answered_by=fact.staff, answered_at=event.at)
    return state


HELP_CALLS: Final = Stream("help", HelpCall, fold_help)


def rings(call: HelpCall, chain: Sequence[str], step_minutes: int, now: datetime) -> tuple[str, ...]:
    """The posts that ring now: one at first, one more with each step of time or escalation."""
    if call.answered_at is not None:
        return ()
    steps = (now - call.asked_at) // timedelta(minutes=step_minutes) + call.pushed
    return tuple(chain[: max(0, steps) + 1])
