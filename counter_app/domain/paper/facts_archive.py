"""Facts of the cover and contents list of a case's file (归档目录); mission: P8."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from counter_app.domain.paper.facts import Applicant, ItemNamed, PaperFacts, PaperKind


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveEntry:
    """One thing in the file: a paper of ours (`kind` its slug), a `picture` or a `material` on paper."""

    kind: str
    title: str = ""
    reference: str = ""
    on: date | None = None
    pages: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveAct:
    """One act of the case: `kind` its code (`accept`, `opinion/final/grant` …), `who` a name, `words` what
    was said, on which article."""

    at: datetime
    kind: str
    who: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedOpinion:
    """One opinion: `kind` as an act's (`opinion/handler/grant`), `basis` law and article, `conditions` with
    whether each is met, `amounts` of discretion, `beyond` who let a band be left, and why."""

    kind: str
    who: str
    at: datetime
    words: str
    basis: str
    conditions: tuple[tuple[str, bool], ...] = ()
    amounts: tuple[str, ...] = ()
    beyond: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewSheet:
    """审批表 of one step (mission: C10): `lines` are (question, answer, for the applicant)."""

    step: str
    lines: tuple[tuple[str, str, bool], ...] = ()
    opinions: tuple[SignedOpinion, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveFacts(PaperFacts):
    """Cover and 归档目录. `end` is the stage it ended in, `let_pass` why the file was closed incomplete."""

    case_number: str
    item: ItemNamed
    applicant: Applicant
    end: str
    opened_on: date
    ended_on: date
    retention: str
    keep_until: date | None = None
    acts: int = 0
    entries: tuple[ArchiveEntry, ...] = ()
    let_pass: str = ""
    course: tuple[ArchiveAct, ...] = ()
    reviews: tuple[ReviewSheet, ...] = ()

    @property
    def kind(self) -> PaperKind:
        return PaperKind.ARCHIVE
