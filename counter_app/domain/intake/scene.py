"""What papers of a case are made from, and the pieces that several of them share.

Not here: which papers a decision issues (`paper_facts.py`), those made without one (`public_facts.py`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from counter_app.domain.catalogue.checklist import Checklist, ChecklistLine
from counter_app.domain.catalogue.items import Item
from counter_app.domain.catalogue.materials import PENDING, LegalBasis
from counter_app.domain.identity.document import DocumentType
from counter_app.domain.identity.masking import mask_number
from counter_app.domain.intake.case import Case, Mark
from counter_app.domain.intake.parties import Identity
from counter_app.domain.paper.facts import (
    Applicant,
    Counted,
    ItemNamed,
    Limit,
    LimitUnit,
    PaperFacts,
    PaperHead,
    PlanStep,
    Remedies,
)
from counter_app.domain.time.ledger import Due
from counter_app.domain.time.limits import Limit as TimeLimit
from counter_app.errors import mark

DOCUMENT_NAMES: Final[Mapping[str, str]] = {
    DocumentType.RESIDENT.value: "居民身份证",
    DocumentType.HMT_PERMIT.value: "港澳台居民居住证",
    DocumentType.FOREIGNER_2017.value: "外国人永久居留身份证",
    DocumentType.FOREIGNER_2023.value: "外国人永久居留身份证",
    DocumentType.PASSPORT.value: "护照",
    DocumentType.HM_TRAVEL_PERMIT.value: "港澳居民来往内地通行证",
    DocumentType.TW_TRAVEL_PERMIT.value: "台湾居民来往大陆通行证",
    "credit_code": "统一社会信用代码",
    "service_card": "服务卡",
}
CONFIRM: Final = "confirm"
BY_CARD: Final = mark("checked when the card was read")  # why a line is marked without a paper
_UNITS: Final[Mapping[str, LimitUnit]] = {
    "on_the_spot": "working-days",
    "hours": "hours",
    "working_days": "working-days",
    "natural_days": "days",
    "months": "months",
    "years": "years",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """All that a paper may name, as known when it is made.

    `identities` by party; `due` and `legal_due` as if accepted at `head.acted_at`; `decide_by` and
    `supply_by` are the days the hall's rules give for saying accepted or not and for bringing papers.
    `plan` stands on the notice of acceptance where several steps or cases are involved. `department` handles
    the item, `authority` is the name on the seal.
    """

    head: PaperHead
    case: Case
    item: Item
    checklist: Checklist
    identities: Mapping[str, Identity]
    department: str
    authority: str
    remedies: Remedies
    due: Due | None
    legal_due: Due | None
    decide_by: date
    supply_by: date
    today: date
    plan: tuple[PlanStep, ...] = ()

    @property
    def at(self) -> datetime:
        return self.head.acted_at

    @property
    def named(self) -> ItemNamed:
        return ItemNamed(name=self.item.name, code=self.item.code, department=self.department)

    @property
    def basis(self) -> tuple[str, ...]:
        return tuple(quoted(basis) for basis in self.item.legal_basis)

    @property
    def applied_on(self) -> date:
        return self.case.opened_at.date()


@dataclass(frozen=True, slots=True)
class Planned:
    """A paper to be issued: on the roll at the counter, as a sheet with the seal's place, or both."""

    facts: PaperFacts
    roll: bool = True
    sheet: bool = False


def quoted(basis: LegalBasis) -> str:
    """《流动人口计划生育工作条例》第七条. An article nobody has checked says so (条款待核), never an
    invented one; a law nobody has named is 待核."""
    if basis.name == PENDING:
        return PENDING
    name = basis.name if basis.name.startswith("《") else f"《{basis.name}》"
    return name + ("（条款待核）" if basis.article == PENDING else basis.article)


def paper_limit(limit: TimeLimit | None) -> Limit:
    """The catalogue's limit as papers state it; none is "on the spot"."""
    return Limit(amount=0) if limit is None else Limit(amount=limit.amount, unit=_UNITS[limit.unit])


def applicant_of(scene: Scene) -> Applicant:
    """Who applies, with the number masked as every paper shows it (mission: X3)."""
    case = scene.case
    person = case.applicant
    identity = scene.identities.get(person.party) if person else None
    agent = case.with_role("agent")
    agent_identity = scene.identities.get(agent.party) if agent else None
    if identity is None:
        return Applicant(name="")
    number = identity.number if identity.sort == "organisation" else mask_number(identity.number)
    return Applicant(
        name=identity.name,
        id_kind=DOCUMENT_NAMES.get(identity.document, ""),
        id_number=number,
        phone=case.draft.fields.get("phone", "") or identity.phone,
        address=case.draft.fields.get("address", ""),
        legal_representative=identity.representative,
        agent=agent_identity.name if agent_identity else "",
        mandate=agent.mandate.scope if agent and agent.mandate else "",
    )


def received(scene: Scene) -> tuple[Counted, ...]:
    """What was shown or given, for a receipt: a document to confirm goes back at once and says so, what no
    paper stands for (a card read, a result of ours) says what stands for it (mission: I5, I11)."""
    return tuple(
        Counted(
            name=line.material.full_name,
            originals=originals,
            copies=copies,
            note=_noted(line, judged, originals, copies),
        )
        for line, judged, originals, copies in _present(scene.checklist, scene.case)
    )


def kept(scene: Scene) -> tuple[Counted, ...]:
    """The papers that lie in the file, for whoever is handed them, or gets them back: of a document to
    confirm no more than its copy (mission: I5)."""
    return tuple(
        Counted(name=line.material.full_name, originals=originals, copies=copies)
        for line, originals, copies in kept_lines(scene.checklist, scene.case)
    )


def kept_lines(checklist: Checklist, case: Case) -> Iterator[tuple[ChecklistLine, int, int]]:
    """The same as lines of the checklist, each with its originals and copies."""
    for line, _, originals, copies in _present(checklist, case):
        stays = 0 if line.material.handling == CONFIRM else originals
        if stays or copies:
            yield line, stays, copies


def _present(checklist: Checklist, case: Case) -> Iterator[tuple[ChecklistLine, Mark, int, int]]:
    for line in checklist.lines:
        judged = case.draft.marks.get(line.material.code)
        if judged is not None and judged.kind == "present":
            originals = line.originals if judged.originals is None else judged.originals
            yield line, judged, originals, line.copies if judged.copies is None else judged.copies


def _noted(line: ChecklistLine, judged: Mark, originals: int, copies: int) -> str:
    if not originals and not copies:
        return "读卡核验" if judged.reason == BY_CARD else judged.reason
    if line.material.handling != CONFIRM or not originals:
        return ""
    return "原件核验后退还" if copies else "核验后退还"
