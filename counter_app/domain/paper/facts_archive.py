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

    @property
    def kind(self) -> PaperKind:
        return PaperKind.ARCHIVE
