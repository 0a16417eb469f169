"""Sheets that went to an A4 printer: ordered once for each command, and how that ended (mission: P1, M1).

Folded when asked, by the paper's history. Not here: the prints that the roll counts (`issued.py`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from counter_app.domain.changing import replace
from counter_app.domain.journal import Fact, Recorded


class SheetFact(Fact):
    """Base of what happens to a paper on the A4 printer."""

    paper: str

    @property
    def subjects(self) -> tuple[str, ...]:
        return (f"paper:{self.paper}",)


class SheetOrdered(SheetFact):
    """It is about to be handed to the system's printing: whatever happens now, it is not done twice."""

    size: str
    printer: str


class SheetEnded(SheetFact):
    """How the order (an event's id) ended: `end` and `code` as a driver gives them; `by_hand` when a person
    said what came out."""

    order: str
    end: str
    code: str = ""
    by_hand: bool = False


@dataclass(frozen=True, slots=True)
class SheetPrint:
    """`id` is the order. `end` is "" while nobody knows."""

    id: str
    at: datetime
    staff: str
    size: str
    printer: str
    end: str = ""
    code: str = ""


def sheet_prints(history: Iterable[Recorded]) -> tuple[SheetPrint, ...]:
    """All orders of a paper, oldest first."""
    found: dict[str, SheetPrint] = {}
    for event in history:
        fact = event.fact
        if isinstance(fact, SheetOrdered):
            found[event.id] = SheetPrint(event.id, event.at, event.actor.staff, fact.size, fact.printer)
        elif isinstance(fact, SheetEnded) and fact.order in found:
            found[fact.order] = replace(found[fact.order], end=fact.end, code=fact.code)
    return tuple(found.values())
