"""A case's file in the archive: made, frozen, opened by right, made again (mission: C14).

An entry names what it is (`paper`, `act`, `picture`), its reference and title; the bytes are made when the
package is written. Not here: what a file must hold (`rules.py`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from counter_app.domain.changing import replace
from counter_app.domain.intake.ending_facts import CaseReopened
from counter_app.domain.journal import Fact, Recorded
from counter_app.domain.streams import Stream

Entries = tuple[tuple[str, str, str], ...]


class ArchiveFact(Fact):
    case: str

    @property
    def subjects(self) -> tuple[str, ...]:
        return (f"archive:{self.case}", f"case:{self.case}")


class CaseArchived(ArchiveFact):
    """The file was closed. `waived` are codes of what is missing and was let pass; the reason is private.

    `number` is the file's (档号), `keep_until` an ISO day, None for ever.
    """

    number: str
    retention: str
    keep_until: str | None
    entries: Entries
    waived: tuple[str, ...] = ()


class ArchiveOpened(ArchiveFact):
    """The file was opened by right; the reason is the private part `reason`."""

    article: str = ""


@dataclass(frozen=True, slots=True)
class CaseFile:
    """The file of a case (`id` is the case's). `closed`: nothing may be added until it is opened."""

    id: str
    number: str
    retention: str
    keep_until: date | None
    entries: Entries
    at: datetime
    staff: str
    nth: int = 1
    closed: bool = True
    waived: tuple[str, ...] = ()
    reason: str = ""


def fold_file(file: CaseFile | None, event: Recorded) -> CaseFile | None:
    fact = event.fact
    if isinstance(fact, CaseArchived):
        if file is not None and file.closed:
            return file  # archived at two machines at once: the first stands
        return CaseFile(
            fact.case,
            file.number if file else fact.number,
            fact.retention,
            date.fromisoformat(fact.keep_until) if fact.keep_until else None,
            fact.entries,
            event.at,
            event.actor.staff,
            file.nth + 1 if file else 1,
            waived=fact.waived,
            reason=event.private.get("reason", b"").decode(),
        )
    if isinstance(fact, ArchiveOpened | CaseReopened) and file is not None:
        return replace(file, closed=False)
    return file


FILES: Final = Stream("archive", CaseFile, fold_file)
