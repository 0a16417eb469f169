"""Facts of the papers about a case's time: what moves its date, how it stands (mission: T2, T3, C8)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from counter_app.domain.paper.facts import (
    Applicant,
    ItemNamed,
    LedgerLine,
    Limit,
    PaperFacts,
    PaperKind,
    Remedies,
)

TimePart = Literal[
    "extension", "excluded", "correction", "suspension", "prolonged", "added", "resumed", "lapsed", "moved"
]


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeNoticeFacts(PaperFacts):
    """延期 / 特别程序、除外时间 / 挂起 / 恢复计时告知书.

    `was` is the date the citizen was told before, `now` the new one (`ledger` leads to it), None while the
    clock stands: then `expected` says until when. `ground` names the special procedure (a
    message source), `until` its last day when it is over. `provisional`: a year's calendar is not announced
    yet.
    """

    part: TimePart
    authority: str
    case_number: str
    item: ItemNamed
    applicant: Applicant
    reason: str = ""
    basis: tuple[str, ...] = ()
    approver: str = ""
    since: date
    expected: date | None = None
    ground: str = ""
    until: date | None = None
    ledger: tuple[LedgerLine, ...] = ()
    added: Limit | None = None
    was: date | None = None
    now: date | None = None
    provisional: bool = False
    now_at: datetime | None = None

    @property
    def kind(self) -> PaperKind:
        return PaperKind.TIME_NOTICE


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressSlipFacts(PaperFacts):
    """进度单: where the case stands, what is counted and what is not. Never a word of whose fault.

    `stage` and `standing` are message sources. `due_on` None while nothing is due. `left` are working days.
    `owed` is what the applicant has to do next. `urged` is what he asked for last at a counter, with the
    reply; an answered order without words is told at the counter.
    """

    case_number: str
    item: ItemNamed
    applicant: Applicant
    stage: str
    accepted_on: date | None
    promised_limit: Limit | None = None
    legal_limit: Limit | None = None
    due_on: date | None = None
    legal_due_on: date | None = None
    provisional: bool = False
    due_at: datetime | None = None
    standing: str = ""
    standing_until: date | None = None
    left: int | None = None
    ledger: tuple[LedgerLine, ...] = ()
    next_step: str = ""
    next_by: date | None = None
    owed: str = ""
    owed_on: date | None = None
    urged: str = ""
    urge_answer: str = ""
    urge_answered_on: date | None = None
    remedies: Remedies | None = None

    @property
    def kind(self) -> PaperKind:
        return PaperKind.PROGRESS_SLIP


@dataclass(frozen=True, slots=True, kw_only=True)
class UrgeSlipFacts(PaperFacts):
    """催办凭证: what was asked, who answers until when."""

    case_number: str
    item: ItemNamed
    applicant: Applicant
    asked: str
    answers: str
    reply_by: date

    @property
    def kind(self) -> PaperKind:
        return PaperKind.URGE_SLIP
