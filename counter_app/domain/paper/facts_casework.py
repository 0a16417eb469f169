"""Facts of papers between departments and of the plan: 抄告单 with its reply slip, 办事计划 (mission: P4,
C11, H2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from counter_app.domain.paper.facts import Applicant, Counted, ItemNamed, PaperFacts, PaperKind, PlanStep


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyNoticeFacts(PaperFacts):
    """抄告单: what a department that has not moved in is asked, until when it answers, and what follows if
    not.

    `asked` are the demands; `again` says why it is asked a second time. `decides`: the department leads the
    case and its reply decides it, else it assists. `in_words`: a question, an order, an invitation, answered
    in words. The reply slip stands on the same paper. `task` is the work that it asks.
    """

    authority: str
    from_department: str
    to_department: str
    case_number: str
    item: ItemNamed
    applicant: Applicant
    matter: str
    asked: tuple[str, ...]
    attached: tuple[Counted, ...] = ()
    basis: tuple[str, ...] = ()
    reply_by: date | None = None
    reply_at: datetime | None = None
    reply_days: int = 0
    consequence: str = ""
    again: str = ""
    decides: bool = False
    in_words: bool = False
    copies: int = 2
    task: str = ""

    @property
    def kind(self) -> PaperKind:
        return PaperKind.COPY_NOTICE


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanFacts(PaperFacts):
    """办事计划: the dated plan over all steps and cases, what decides the end, what the applicant does when.

    `changed` says what moved since the last print; `tracker` follows the plan (专人跟蹤).
    """

    case_number: str
    item: ItemNamed
    applicant: Applicant
    matter: str = ""
    steps: tuple[PlanStep, ...]
    critical: tuple[str, ...]
    ends_on: date
    provisional: bool = False
    changed: tuple[str, ...] = ()
    tracker: str = ""

    @property
    def kind(self) -> PaperKind:
        return PaperKind.PLAN
