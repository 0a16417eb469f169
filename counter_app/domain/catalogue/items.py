"""An item (服务事项) as one dated version: what it asks, gives, costs, how long it takes, on what law.

Not here: picking a version (`catalogue.py`) and working out a checklist (`checklist.py`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from counter_app.domain.catalogue.effects import Effect
from counter_app.domain.catalogue.handling import (
    AssistMatter,
    CaseClass,
    DecisionLevel,
    DiscretionBand,
    HandlingStep,
)
from counter_app.domain.catalogue.materials import LegalBasis, Material
from counter_app.domain.catalogue.questions import Condition, SituationQuestion
from counter_app.domain.time.limits import Limit

ItemKind = Literal[1, 2, 9]
RetentionClass = Literal["permanent", "30", "10"]
Level = Literal[1, 2, 3, 4, 5, 6]
Channel = Literal[1, 2, 3, 4, 9]
ApplicantKind = Literal["person", "organisation"]
PlaceRule = Literal[
    "none",
    "applicant_registered",
    "either_spouse_registered",
    "wife_registered",
    "current_address",
    "business_place",
]
ClockStart = Literal["acceptance", "receipt"]
ResultKind = Literal["certificate", "permit", "approval", "registration", "reply", "record"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcedureStep:
    """One step of the procedure as the guide prints it; `by` says who does it."""

    name: str
    by: str
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reduction:
    """Who pays less, by how much (percent of the standard, 100: nothing is due) and on what basis."""

    code: str
    name: str
    percent: int
    basis: LegalBasis


@dataclass(frozen=True, slots=True, kw_only=True)
class Fee:
    """Amount in fen for one `unit`; only what a standard gives may ever be charged (mission: P5).

    `most` is how many units one case may be charged; `pay_within_days` until when, 0: at once. `code` tells
    it apart from the item's other fees; without one its place in the list does. `when`: due only then.
    """

    name: str
    amount_fen: int
    basis: LegalBasis
    code: str = ""
    unit: str = ""
    most: int = 1
    pay_within_days: int = 0
    reductions: tuple[Reduction, ...] = ()
    when: Condition | None = None


CollectorKind = Literal["applicant", "agent", "spouse", "guardian", "collector", "representative"]
DeliveryWay = Literal["counter", "post", "station", "electronic"]


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryRule:
    """Who may collect the result and how it may be handed over (mission: P6, C13).

    After `chase_days` without a collector the citizen is told again, after `return_days` (0: never) the
    result goes back to its department.
    """

    collectors: tuple[CollectorKind, ...] = ("applicant", "agent", "representative", "collector", "guardian")
    ways: tuple[DeliveryWay, ...] = ("counter", "post", "station")
    chase_days: int = 15
    return_days: int = 90


@dataclass(frozen=True, slots=True, kw_only=True)
class Competence:
    """Which place decides who is competent (mission: I16); `elsewhere` names the body otherwise."""

    rule: PlaceRule
    text: str
    elsewhere: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """A paper the item ends in (产生). No `validity` means: none is stated."""

    code: str
    name: str
    kind: ResultKind
    issuer: str
    validity: Limit | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportUp:
    """上报件: reviewed here within the item's own limit, decided by `body` within `limit` (mission: I9)."""

    body: str
    text: str
    limit: Limit | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One version, in force from `effective_from` to `effective_to` (both included; None: open end).

    GB/T 39046: `item_kind` 办件类型 1 即办件 2 承诺件 9 其他; `level` 行使层级 (5 镇街 6 村社区);
    `channels` 办理形式 1 窗口 2 电脑 3 移动 4 快递 9 其他. `line` is the letter on its tickets; `group`
    the kiosk key it stands under when that is not its category. `pending_check` names fields for
    which no source is at hand (待核). `initials` are pinyin initials of name and aliases, in order,
    stored so that search needs no romaniser. `forms` are the application forms printed at the counter.
    `steps` to `bands` say how an accepted case is handled (`handling.py`); `plan_approval`: the counter's
    management approves the plan before it starts (mission: C11).
    `retention` is how long its cases are kept: for ever, 30 or 10 years (国家档案局令第8号).
    """

    code: str
    version: int
    name: str
    category: str
    department: str
    line: str
    effective_from: date
    effective_to: date | None = None
    name_en: str = ""
    short_name: str = ""
    aliases: tuple[str, ...] = ()
    initials: tuple[str, ...] = ()
    group: str = ""
    item_kind: ItemKind
    level: Level
    channels: tuple[Channel, ...]
    on_the_spot_possible: bool = False
    permit: bool = True
    sensitive: bool = False
    complex: bool = False
    report_up: ReportUp | None = None
    applicants: tuple[ApplicantKind, ...]
    legal_basis: tuple[LegalBasis, ...] = ()
    conditions: tuple[str, ...] = ()
    procedure: tuple[ProcedureStep, ...] = ()
    clock_start: ClockStart = "acceptance"
    legal_limit: Limit | None = None
    promised_limit: Limit | None = None
    fees: tuple[Fee, ...] = ()
    competence: Competence
    questions: tuple[SituationQuestion, ...] = ()
    materials: tuple[Material, ...] = ()
    effects: tuple[Effect, ...] = ()
    results: tuple[Result, ...] = ()
    forms: tuple[str, ...] = ()
    steps: tuple[HandlingStep, ...] = ()
    assists: tuple[AssistMatter, ...] = ()
    classes: tuple[CaseClass, ...] = ()
    decision_levels: tuple[DecisionLevel, ...] = ()
    bands: tuple[DiscretionBand, ...] = ()
    plan_approval: bool = False
    delivery: DeliveryRule = DeliveryRule()
    retention: RetentionClass = "10"
    source: str
    source_text: str = ""
    pending_check: tuple[str, ...] = ()

    @property
    def key(self) -> tuple[str, int]:
        """What a running case keeps: (code, version)."""
        return self.code, self.version

    @property
    def on_the_spot(self) -> bool:
        """即办件, or one that may be decided while the citizen stands at the counter."""
        return self.item_kind == 1 or self.on_the_spot_possible

    @property
    def licence(self) -> str:
        """What a counter must be licensed for to serve it: the group, else the category."""
        return self.group or self.category

    def in_force(self, on: date) -> bool:
        return self.effective_from <= on and (self.effective_to is None or on <= self.effective_to)

    def material(self, code: str) -> Material | None:
        return next((material for material in self.materials if material.code == code), None)

    def step(self, code: str) -> HandlingStep | None:
        return next((step for step in self.steps if step.code == code), None)

    def assist(self, code: str) -> AssistMatter | None:
        return next((matter for matter in self.assists if matter.code == code), None)

    def question(self, code: str) -> SituationQuestion | None:
        return next((question for question in self.questions if question.code == code), None)
