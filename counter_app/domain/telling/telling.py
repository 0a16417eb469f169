"""Tries to reach the citizen of a case, and how he asked to be reached (mission: I17).

What is to be told is not kept: it follows from the case as of now (`reasons.py`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal, get_args

from counter_app.domain.changing import replace
from counter_app.domain.journal import Fact, Recorded
from counter_app.domain.streams import Stream

Way = Literal["phone", "message", "letter", "station", "in_person"]
WAYS: Final[tuple[Way, ...]] = get_args(Way)
About = Literal["result", "lack", "fee", "notice", "decision", "time", "choice", "held_up"]
Outcome = Literal["reached", "no_answer", "wrong_number", "sent", "returned", "asks_later"]
OUTCOMES: Final[tuple[Outcome, ...]] = get_args(Outcome)
REACHED: Final = frozenset({"reached", "sent"})


class TellingFact(Fact):
    case: str

    @property
    def subjects(self) -> tuple[str, ...]:
        return (f"telling:{self.case}", f"case:{self.case}")


class CitizenTold(TellingFact):
    """One try: about what, which way, what came of it; a note is the private part `note`."""

    about: str
    way: str
    outcome: str
    paper: str = ""


class WayAsked(TellingFact):
    """How the citizen wants to be told (mission: I17)."""

    way: str


@dataclass(frozen=True, slots=True)
class Try:
    event: str
    at: datetime
    staff: str
    about: str
    way: str
    outcome: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Telling:
    """All tries of a case (`id` is the case's); `way` as asked, "" while nobody said."""

    id: str
    way: str = ""
    tries: tuple[Try, ...] = ()

    def about(self, about: str) -> tuple[Try, ...]:
        return tuple(one for one in self.tries if one.about == about)

    def told_since(self, about: str, since: datetime) -> bool:
        """Whether a try since then reached the citizen."""
        return any(one.at >= since and one.outcome in REACHED for one in self.about(about))


def fold_telling(telling: Telling | None, event: Recorded) -> Telling | None:
    fact = event.fact
    if isinstance(fact, WayAsked):
        return replace(telling or Telling(fact.case), way=fact.way)
    if isinstance(fact, CitizenTold):
        note = event.private.get("note", b"").decode()
        tried = Try(event.id, event.at, event.actor.staff, fact.about, fact.way, fact.outcome, note)
        known = telling or Telling(fact.case)
        return replace(known, tries=(*known.tries, tried))
    return telling


TELLINGS: Final = Stream("telling", Telling, fold_telling)
