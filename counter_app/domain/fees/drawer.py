"""Every opening of a cash drawer, with who and why (mission: P5, M1).

An opening is recorded before the drawer is told to open: none is without its record. What did not open after
all is recorded too. They are folded when asked, by machine and day. Not here: pulses and lines (`devices`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal, get_args

from counter_app.domain.changing import replace
from counter_app.domain.journal import Fact, Recorded
from counter_app.domain.streams import Stream
from counter_app.errors import mark

Cause = Literal["paid", "given-back", "change", "check", "other"]
CAUSES: Final[tuple[Cause, ...]] = get_args(Cause)
WORDS: Final[Mapping[str, str]] = {
    "paid": mark("A fee was paid in cash"),
    "given-back": mark("Cash is given back"),
    "change": mark("Change is needed"),
    "check": mark("The drawer is checked"),
    "other": mark("Another reason"),
}
BY_HAND: Final[tuple[Cause, ...]] = ("change", "check", "other")


class DrawerFact(Fact):
    """Base of what happens to the drawer of a machine on an ISO day."""

    device: str
    day: str

    @property
    def subjects(self) -> tuple[str, ...]:
        return (f"drawer:{self.device}/{self.day}",)


class DrawerOpened(DrawerFact):
    """A drawer was told to open; who and at which counter stands with the event. `cause` is one of `CAUSES`,
    `receipt` the receipt whose money goes in or out."""

    drawer: str
    cause: str
    reason: str = ""
    receipt: str = ""


class DrawerStayedShut(DrawerFact):
    """It did not open: `opening` is the event that told it to, `code` says why."""

    opening: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class Opening:
    """`id` is the event. `failed` holds the code of what kept it shut."""

    id: str
    at: datetime
    staff: str
    counter: str
    drawer: str
    cause: str
    reason: str = ""
    receipt: str = ""
    failed: str = ""


@dataclass(frozen=True, slots=True)
class DrawerDay:
    """All openings at one machine on one day, oldest first."""

    id: str
    openings: tuple[Opening, ...] = ()


def fold_drawer(day: DrawerDay | None, event: Recorded) -> DrawerDay | None:
    fact = event.fact
    if isinstance(fact, DrawerOpened):
        day = day or DrawerDay(f"{fact.device}/{fact.day}")
        actor = event.actor
        new = Opening(
            event.id, event.at, actor.staff, actor.place, fact.drawer, fact.cause, fact.reason, fact.receipt
        )
        return replace(day, openings=(*day.openings, new))
    if isinstance(fact, DrawerStayedShut) and day is not None:
        marked = (
            replace(one, failed=fact.code or "shut") if one.id == fact.opening else one
            for one in day.openings
        )
        return replace(day, openings=tuple(marked))
    return day


DRAWERS: Final = Stream("drawer", DrawerDay, fold_drawer)
