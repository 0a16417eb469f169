"""Ratings of finished tickets: GB/T 39046 A.8 codes 1–5, one per ticket (mission: Q6).

Clerks see sums only, and those only from a number on where no single citizen can be guessed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from counter_app.domain.journal import Fact, Recorded
from counter_app.domain.streams import Stream
from counter_app.errors import mark

SCORES: Final[Mapping[int, str]] = {
    1: mark("Very satisfied"),
    2: mark("Satisfied"),
    3: mark("Fairly satisfied"),
    4: mark("Dissatisfied"),
    5: mark("Very dissatisfied"),
}
REASONED: Final = frozenset({4, 5})
REASONS: Final[Mapping[str, str]] = {
    "wait": mark("The wait was too long"),
    "attitude": mark("The manner was not friendly"),
    "clarity": mark("It was not explained well"),
    "materials": mark("Too many papers were asked for"),
    "time": mark("Handling took too long"),
    "result": mark("I do not agree with the result"),
    "fees": mark("Fees were not clear"),
    "other": mark("Something else"),
}


class TicketRated(Fact):
    """`staff` and `counter` are who served, not who pressed."""

    ticket: str
    score: int
    reasons: tuple[str, ...] = ()
    staff: str = ""
    counter: str = ""
    line: str = ""

    @property
    def subjects(self) -> tuple[str, ...]:
        return (f"rating:{self.ticket}",)


@dataclass(frozen=True, slots=True)
class Rating:
    ticket: str
    score: int
    at: datetime
    staff: str
    counter: str
    line: str
    reasons: tuple[str, ...] = ()


def fold_rating(state: Rating | None, event: Recorded) -> Rating | None:
    """The first rating stands; a second never replaces it."""
    fact = event.fact
    if state is None and isinstance(fact, TicketRated):
        return Rating(fact.ticket, fact.score, event.at, fact.staff, fact.counter, fact.line, fact.reasons)
    return state


RATINGS: Final = Stream("rating", Rating, fold_rating)


@dataclass(frozen=True, slots=True)
class RatingSums:
    """Counts by score 1–5; `by_score` is empty while fewer than the least number were given."""

    count: int
    by_score: tuple[int, ...] = ()


def rating_sums(counts: Mapping[int, int], least: int) -> RatingSums:
    total = sum(counts.values())
    if total < least:
        return RatingSums(total)
    return RatingSums(total, tuple(counts.get(score, 0) for score in SCORES))
