"""What every paper knows: its head, the people and things it names. Facts, not words.

Facts are frozen, hold plain values only, and are kept as bytes (`codec.py`) so that a paper can be
reprinted years later as it was. The signer and the time come from the act, never from who prints.
Not here: the facts of each kind (`facts_*.py`), the words of a paper (`builders/`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar, Literal

from counter_app.domain.paper.strokes import SignedMark


class PaperKind(StrEnum):
    """Every kind of paper, by the slug that names files, statements and translations."""

    TICKET = "ticket"
    PAPERS_RECEIPT = "papers-receipt"
    ACCEPTANCE = "acceptance"
    ONCE_ONLY_NOTICE = "once-only-notice"
    CORRECTION_NOTICE = "correction-notice"
    CORRECTION_RECEIPT = "correction-receipt"
    NO_PERMIT_NEEDED = "no-permit-needed"
    REFUSAL = "refusal"
    RESULT = "result"
    DENIAL = "denial"
    LACK_NOTICE = "lack-notice"
    LACK_PROMISE = "lack-promise"
    RETURN_LIST = "return-list"
    HAND_OVER = "hand-over"
    DAY_TOTAL = "day-total"
    GUIDE = "guide"
    GUIDE_SLIP = "guide-slip"
    FORM = "form"
    COPY_STAMP = "copy-stamp"
    END_NOTICE = "end-notice"
    AMENDMENT = "amendment"
    DELIVERY = "delivery"
    LETTER = "letter"
    TIME_NOTICE = "time-notice"
    PROGRESS_SLIP = "progress-slip"
    URGE_SLIP = "urge-slip"
    FEE_NOTICE = "fee-notice"
    FEE_RECEIPT = "fee-receipt"
    FEE_BACK = "fee-back"
    SETTLEMENT = "settlement"
    COPY_NOTICE = "copy-notice"
    PLAN = "plan"
    ARCHIVE = "archive-contents"
    BLANK_COUNT = "blank-count"
    AGENT_SLIP = "agent-slip"


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperHead:
    """What every paper carries (`papers.md`): number, hall, counter, clerk, time, print count, QR.

    `counter` reads as the hall says it (`3号窗口`). `acted_at` is the time of the act. `qr_text` is
    the signed statement (`statement.py`) or a ticket's own code; empty prints none. `promises` is
    the hall's promise in one line (mission: D5). `training` puts 演练无效 on the paper. `signed` is who
    signed on a pad since: like the print count it is put in when the paper is shown, never stored with it.
    """

    number: str
    hall: str
    acted_at: datetime
    counter: str = ""
    clerk: str = ""
    print_count: int = 1
    reprint_reason: str = ""
    complaint_line: str = ""
    inquiry_line: str = ""
    promises: str = ""
    qr_text: str = ""
    query_code: str = ""
    training: bool = False
    signed: tuple[SignedMark, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperFacts:
    """Base of the facts of every kind."""

    facts_version: ClassVar[int] = 1

    head: PaperHead

    @property
    def kind(self) -> PaperKind:
        """Which paper these facts make. Subclasses say."""
        raise NotImplementedError(type(self).__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Applicant:
    """Who applies, as papers name them. `id_number` comes masked or whole as the paper may show it."""

    name: str
    id_kind: str = ""
    id_number: str = ""
    phone: str = ""
    address: str = ""
    legal_representative: str = ""
    agent: str = ""
    mandate: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemNamed:
    """The item as papers name it."""

    name: str
    code: str = ""
    department: str = ""


LimitUnit = Literal["working-days", "days", "months", "years", "hours"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """A length of time as law and promise state it. Amount 0 is "on the spot"."""

    amount: int
    unit: LimitUnit = "working-days"


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """A material with its numbers of originals and copies; `note` says what matters about it."""

    name: str
    originals: int = 0
    copies: int = 0
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Remedies:
    """Where and until when the citizen may contest a decision (mission: P3)."""

    review_body: str
    court: str
    review_days: int = 60
    suit_months: int = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerLine:
    """Days of a limit that follow one another and read alike (mission: T3). `first_n` to `last_n` are the
    counted days they are, 0 when they are not counted; `why` is a message source, `basis` as it was given."""

    from_on: date
    until_on: date
    first_n: int
    last_n: int
    why: str
    basis: str = ""
    provisional: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanStep:
    """One step of the dated plan (办事计划): who does what in which days, and what the applicant does;
    `foreseen` when it was not asked for yet."""

    what: str
    who: str
    from_on: date
    until_on: date
    applicant_does: str = ""
    critical: bool = False
    foreseen: bool = False
    until_at: datetime | None = None
