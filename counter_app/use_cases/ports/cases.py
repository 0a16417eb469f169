"""Row queries about cases and parties; `store/case_rows.py` answers them.

Every list is bounded and newest first; every query is an index seek, at 1,000,000 cases too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from counter_app.domain.intake.case import Case
from counter_app.domain.intake.erasing import Erasure
from counter_app.domain.intake.parties import Party
from counter_app.domain.intake.pictures import Album


@dataclass(frozen=True, slots=True)
class Found:
    """Something indexed under all tokens asked for: `kind` is `case`, `person` or `paper`."""

    kind: str
    ref: str


class CaseRows(Protocol):
    def by_number(self, number: str) -> Case | None:
        """The case whose number this is, written whole."""
        ...

    def by_query(self, code: str) -> Case | None: ...

    def of_ticket(self, ticket: str) -> tuple[Case, ...]: ...

    def of_person(self, lookup: str, most: int) -> tuple[Case, ...]:
        """Cases in which the person with this keyed hash applies."""
        ...

    def of_project(self, project: str, most: int) -> tuple[Case, ...]:
        """Cases filed under this project's code."""
        ...

    def open_at(self, counter: str, most: int) -> tuple[Case, ...]:
        """Drafts and cases received but not decided, by the counter that opened them; all for ""."""
        ...

    def to_be_signed(self, most: int) -> tuple[Case, ...]:
        """Cases from other halls whose papers nobody has signed for, the earliest day first (mission: H1)."""
        ...

    def awaited(self, most: int) -> tuple[Case, ...]:
        """Cases that wait for papers, promised or asked for by notice, the earliest day first (mission: I6,
        I15)."""
        ...

    def unasked(self, day: date, most: int) -> tuple[Case, ...]:
        """Cases whose papers were received and of which nothing was said by their day, before `day`
        (mission: I7)."""
        ...

    def asked_late(self, most: int) -> tuple[Case, ...]:
        """Cases whose lead gave its notice too late and that are not accepted yet, the oldest first (mission:
        I7)."""
        ...

    def to_file(self, most: int) -> tuple[Case, ...]:
        """Cases that ended and whose file is not closed, the oldest first (mission: C14)."""
        ...

    def recent(self, most: int) -> tuple[Case, ...]:
        """The cases changed last."""
        ...

    def person(self, lookup: str) -> Party | None:
        """What was recorded last of the person with this keyed hash."""
        ...

    def parties_of(self, lookup: str, most: int) -> tuple[str, ...]:
        """The parties that are the person with this keyed hash, as ids, the newest first."""
        ...

    def erasures(self, most: int) -> tuple[Erasure, ...]:
        """What was asked to be erased and what became of it, the newest first."""
        ...

    def albums(self, after: str, most: int) -> tuple[Album, ...]:
        """Pictures of cases, by the case's id, beyond one."""
        ...

    def find(self, tokens: Sequence[str], most: int) -> tuple[Found, ...]:
        """What is indexed under every one of `tokens`. No tokens find nothing."""
        ...
