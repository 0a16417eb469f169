"""Papers as acts: issued once with a number, printed how often, and why again (mission: P10).

A paper's facts are the private part `facts` of its `PaperIssued`; that event is the paper, bytes for
a printer and PDF files are made from it whenever they are wanted. Not here: print jobs (`jobs.py`),
what a paper says (`facts.py`), the signed statement (`statement.py`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from counter_app.domain.journal import Fact, Recorded
from counter_app.domain.streams import Stream

FACTS: Final = "facts"


class PaperIssued(Fact):
    """A paper has its number. `item` is `CODE@VERSION`; `sheet` papers have a place for the seal."""

    paper: str
    number: str
    kind: str
    case: str | None = None
    ticket: str | None = None
    item: str = ""
    roll: bool = True
    sheet: bool = False
    language: str = "zh_CN"

    @property
    def subjects(self) -> tuple[str, ...]:
        about = [f"paper:{self.paper}"]
        about += [f"case:{self.case}"] if self.case else []
        about += [f"ticket:{self.ticket}"] if self.ticket else []
        return tuple(about)


class PaperPrinted(Fact):
    """A further print was asked for: `count` stands on it, with the reason (补打)."""

    paper: str
    count: int
    reason: str = ""

    @property
    def subjects(self) -> tuple[str, ...]:
        return (f"paper:{self.paper}",)


class PaperSealed(Fact):
    """The seal was put on a sheet; who and when stand on the event: the seal's register (mission: P13)."""

    paper: str
    seal: str

    @property
    def subjects(self) -> tuple[str, ...]:
        return (f"paper:{self.paper}",)


@dataclass(frozen=True, slots=True)
class IssuedPaper:
    """A paper as it stands. `prints` counts the prints asked for; `reasons` those after the first.

    `sealed_at` and `sealed_by` are set once the seal was used on it.
    """

    id: str
    number: str
    kind: str
    case: str | None
    ticket: str | None
    item: str
    roll: bool
    sheet: bool
    issued_at: datetime
    staff: str
    counter: str
    language: str = "zh_CN"
    prints: int = 1
    reasons: tuple[str, ...] = ()
    seal: str = ""
    sealed_at: datetime | None = None
    sealed_by: str = ""


def fold_paper(paper: IssuedPaper | None, event: Recorded) -> IssuedPaper | None:
    fact = event.fact
    if isinstance(fact, PaperIssued) and paper is None:
        return IssuedPaper(
            id=fact.paper,
            number=fact.number,
            kind=fact.kind,
            case=fact.case,
            ticket=fact.ticket,
            item=fact.item,
            roll=fact.roll,
            sheet=fact.sheet,
            issued_at=event.at,
            staff=event.actor.staff,
            counter=event.actor.place,
            language=fact.language,
        )
    if isinstance(fact, PaperPrinted) and paper is not None:
        reasons = (*paper.reasons, fact.reason) if fact.reason else paper.reasons
        return replace(paper, prints=max(paper.prints, fact.count), reasons=reasons)
    if isinstance(fact, PaperSealed) and paper is not None and paper.sealed_at is None:
        return replace(paper, seal=fact.seal, sealed_at=event.at, sealed_by=event.actor.staff)
    return paper


PAPERS: Final = Stream("paper", IssuedPaper, fold_paper)
