"""Every look at a person's data is a fact; the person may ask who looked (mission: X3, X4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from counter_app.domain.journal import Fact, Recorded
from counter_app.domain.streams import Stream


class PersonOpened(Fact):
    """`basis` is `card`, `ticket`, `receipt`, or `reason` when only a stated reason opened it."""

    look: str
    party: str
    basis: str
    reason: str = ""

    @property
    def subjects(self) -> tuple[str, ...]:
        return (f"look:{self.look}", f"looked-at:{self.party}")


@dataclass(frozen=True, slots=True)
class Look:
    id: str
    party: str
    staff: str
    place: str
    at: datetime
    basis: str
    reason: str = ""


def fold_look(state: Look | None, event: Recorded) -> Look | None:
    fact = event.fact
    if not isinstance(fact, PersonOpened):
        return state
    actor = event.actor
    return Look(fact.look, fact.party, actor.staff, actor.place, event.at, fact.basis, fact.reason)


LOOKS: Final = Stream("look", Look, fold_look)
