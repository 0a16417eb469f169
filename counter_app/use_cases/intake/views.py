"""Frozen rows that the counter shows of a case. No behaviour; texts of the catalogue as they stand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from counter_app.domain.catalogue.materials import Handling
from counter_app.domain.catalogue.questions import Answer, SituationQuestion
from counter_app.domain.intake.case import MarkKind, Notice, Role, Stage
from counter_app.domain.intake.competence import Finding
from counter_app.domain.intake.paper_facts import DecisionInput
from counter_app.domain.intake.verdict import Sentence, Verdict
from counter_app.domain.time.ledger import Due
from counter_app.domain.time.limits import Limit


@dataclass(frozen=True, slots=True)
class PersonView:
    """`number` is masked. `document` is what it was read from; `same` is 人证相符, None until looked."""

    party: str
    role: Role
    sort: str
    name: str
    number: str
    document: str
    sex: str
    nation: str
    birth: date | None
    birth_part: str
    address: str
    valid_to: date | None
    long_term: bool
    expired: bool
    source: str
    same: bool | None
    mandate: str
    mandate_until: date | None

    @property
    def birth_year(self) -> str:
        """As far as it is known; "" when it is not."""
        return str(self.birth.year) if self.birth else self.birth_part[:4]

    @property
    def typed(self) -> bool:
        return self.source == "typed"


@dataclass(frozen=True, slots=True)
class ItemView:
    """`kind` is 办件类型 (1 on the spot, 2 with promise, 9 other); `fee_fen` 0 means free of charge."""

    code: str
    version: int
    name: str
    kind: int
    department: str
    legal_limit: Limit | None
    promised_limit: Limit | None
    limit_because: tuple[str, ...]
    fee_fen: int
    pending_check: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class QuestionView:
    """A question that is asked, with its answer, in words as well (`reads`)."""

    question: SituationQuestion
    answer: Answer | None
    reads: str


@dataclass(frozen=True, slots=True)
class LineView:
    """One line of the checklist. `markable` False: in order since an earlier visit. `by_card`: present
    because the applicant's card was read. `pictures` counts its pages taken in."""

    material: str
    name: str
    originals: int
    copies: int
    handling: Handling
    because: tuple[str, ...]
    mark: MarkKind | None
    reason: str
    detail: str
    needed: bool
    markable: bool
    lack_allowed: bool
    mendable: bool
    by_card: bool
    form: str
    reasons: tuple[str, ...]
    pictures: int = 0


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A case in a list. `number` is empty for a draft; `held_until` says until when it may be mended.
    `hidden`: a sensitive one that whoever asks may not see (mission: I10)."""

    case: str
    number: str
    item: str
    applicant: str
    stage: Stage
    changed_at: datetime
    due: date | None
    held_until: date | None = None
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class CaseView:
    """All that the middle of the counter shows. `item` is None until one is chosen.

    `counters` are licensed for the item; `licensed` tells whether the asking counter is among them.
    `suggested_detail` fills the decision's form as far as the catalogue gives it.
    """

    case: str
    number: str
    query: str
    stage: Stage
    ticket: str | None
    saved_at: datetime
    held_until: date | None
    persons: tuple[PersonView, ...]
    fields: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]
    item: ItemView | None
    questions: tuple[QuestionView, ...]
    lines: tuple[LineView, ...]
    undecided: tuple[str, ...]
    dropped: tuple[tuple[str, tuple[str, ...]], ...]
    remarks: tuple[str, ...]
    stops: tuple[tuple[str, tuple[str, ...]], ...]
    prerequisites: tuple[tuple[str, str, tuple[str, ...]], ...]
    verdict: Verdict
    suggested_detail: DecisionInput
    due: Due | None
    legal_due: Due | None
    competence: Finding
    counters: tuple[int, ...]
    licensed: bool
    earlier: tuple[CaseRow, ...]
    warnings: tuple[Sentence, ...]
    notices: tuple[Notice, ...]
    may_undo: bool


HitKind = Literal["item", "person", "case", "ticket", "paper"]


@dataclass(frozen=True, slots=True)
class Hit:
    """Something found. Lower `score` is better. `detail` says why it is the one."""

    kind: HitKind
    id: str
    title: str
    detail: str
    score: int
