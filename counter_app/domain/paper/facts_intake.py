"""Facts of the papers of waiting and intake: ticket, receipts, acceptance, notices, lacks, returns."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, Literal

from counter_app.domain.paper.facts import (
    Applicant,
    Counted,
    ItemNamed,
    LedgerLine,
    Limit,
    PaperFacts,
    PaperKind,
    PlanStep,
)

LEGAL_SHORTCOMINGS: Final = Limit(amount=5)  # 行政许可法 第三十二条 (四)


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketFacts(PaperFacts):
    """排队号票 (mission: Q1). `wait_minutes` is (low, high), None when nothing is known."""

    ticket: str
    group: str
    ahead: int
    wait_minutes: tuple[int, int] | None = None
    area: str = ""
    item: str = ""
    bring: tuple[str, ...] = ()
    priority: str = ""

    @property
    def kind(self) -> PaperKind:
        return PaperKind.TICKET


@dataclass(frozen=True, slots=True, kw_only=True)
class PapersReceiptFacts(PaperFacts):
    """收件凭证: proof that papers were handed in; proof of acceptance if nothing is said in time.

    `decide_by` is the last day on which the department says accepted or not. `bar_code` is the case
    number in ASCII, as a scanner reads it; empty prints none.
    """

    case_number: str
    item: ItemNamed
    applicant: Applicant
    materials: tuple[Counted, ...]
    decide_by: date
    decide_within: Limit = LEGAL_SHORTCOMINGS
    bar_code: str = ""

    @property
    def kind(self) -> PaperKind:
        return PaperKind.PAPERS_RECEIPT


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptanceFacts(PaperFacts):
    """受理通知书 (行政许可法 第三十二条): sealed, dated; limits, due date, what is not counted.

    `basis` are laws with their articles. `fee` empty means no fee is due. `due_on` may be
    provisional until the calendar of that year is known. `legal_limit` None: the catalogue has it
    待核, and no limit is invented. `plan` only where several steps or cases
    are involved. What is reported up names who decides it and that body's own part of the limits.
    `lacking` of the materials were promised for later (容缺): what was brought is complete but for them.
    """

    authority: str
    case_number: str
    item: ItemNamed
    applicant: Applicant
    applied_on: date
    accepted_on: date
    materials: tuple[Counted, ...]
    basis: tuple[str, ...]
    legal_limit: Limit | None
    promised_limit: Limit
    due_on: date
    due_provisional: bool = False
    not_counted: tuple[str, ...] = ()
    accepted_by: str
    phone: str = ""
    fee: str = ""
    ask_how: str = ""
    handed_over_how: str = ""
    copies: int = 2
    plan: tuple[PlanStep, ...] = ()
    ledger: tuple[LedgerLine, ...] = ()
    upper_body: str = ""
    upper_limit: Limit | None = None
    lacking: int = 0
    due_at: datetime | None = None

    @property
    def kind(self) -> PaperKind:
        return PaperKind.ACCEPTANCE


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One line of a once-only notice: what is wrong with which material and what to bring.

    `on_the_spot` says where it can be put right today; empty when it cannot.
    """

    material: str
    wrong: str
    originals: int = 0
    copies: int = 0
    bring: str = ""
    on_the_spot: str = ""
    basis: str = ""
    blank_form_qr: str = ""
    sample_qr: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OnceOnlyNoticeFacts(PaperFacts):
    """一次性告知书 (before papers are received) or 补正通知书 (after); mission: I6, P2.

    `until` None where the law sets no date. `deemed_withdrawn_basis` only where the item quotes its
    basis; then the notice says so. `nth` above 1 needs `nth_reason`.
    """

    after_receipt: bool
    authority: str
    case_number: str = ""
    item: ItemNamed
    applicant: Applicant
    received_on: date
    problems: tuple[Problem, ...]
    basis: tuple[str, ...] = ()
    until: date | None = None
    consequence: str = ""
    deemed_withdrawn_basis: str = ""
    contact: str = ""
    nth: int = 1
    nth_reason: str = ""

    @property
    def kind(self) -> PaperKind:
        return PaperKind.CORRECTION_NOTICE if self.after_receipt else PaperKind.ONCE_ONLY_NOTICE


@dataclass(frozen=True, slots=True, kw_only=True)
class Came:
    """An open line of a notice and the material that closed it on `on`."""

    material: Counted
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionReceiptFacts(PaperFacts):
    """补正材料收件凭证: which open lines of which notice came when, and what is still open."""

    notice_number: str
    case_number: str = ""
    item: ItemNamed
    applicant: Applicant
    came: tuple[Came, ...]
    still_open: tuple[str, ...] = ()
    until: date | None = None
    deemed_withdrawn_basis: str = ""

    @property
    def kind(self) -> PaperKind:
        return PaperKind.CORRECTION_RECEIPT


@dataclass(frozen=True, slots=True, kw_only=True)
class Lack:
    """A material that may come later (容缺): in which form and until when."""

    material: str
    form: str
    until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class LackFacts(PaperFacts):
    """容缺受理通知书 (`part` notice) and 容缺受理承诺书 (`part` promise), two copies each; mission: I15."""

    part: Literal["notice", "promise"]
    authority: str
    case_number: str
    item: ItemNamed
    applicant: Applicant
    lacks: tuple[Lack, ...]
    promised_limit: Limit
    consequence: str
    basis: tuple[str, ...] = ()
    copies: int = 2

    @property
    def kind(self) -> PaperKind:
        return PaperKind.LACK_NOTICE if self.part == "notice" else PaperKind.LACK_PROMISE


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnListFacts(PaperFacts):
    """材料退还清单: papers handed back on withdrawal, refusal or end, signed for."""

    case_number: str = ""
    item: ItemNamed
    applicant: Applicant
    why: str
    materials: tuple[Counted, ...]
    receiver: str = ""
    receiver_relation: str = ""
    receiver_id: str = ""

    @property
    def kind(self) -> PaperKind:
        return PaperKind.RETURN_LIST
