"""The facts of every paper that a decision makes, from the case as it stands (mission: P1–P3, P10).

The preview and the act use the very same functions; only the number, the query code and the QR are
put in when the act is stored. Not here: how facts read (`domain/paper/builders`), numbers
(`numbers.py`), which decision may be taken (`verdict.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from counter_app.domain.catalogue.checklist import Checklist, ChecklistLine
from counter_app.domain.catalogue.items import Item
from counter_app.domain.catalogue.materials import PENDING, LegalBasis
from counter_app.domain.identity.document import DocumentType
from counter_app.domain.identity.masking import mask_number
from counter_app.domain.intake.case import Case
from counter_app.domain.intake.parties import Identity
from counter_app.domain.intake.verdict import DecisionKind, mendable, shortcomings
from counter_app.domain.paper.facts import (
    Applicant,
    Counted,
    ItemNamed,
    Limit,
    LimitUnit,
    PaperFacts,
    PaperHead,
    Remedies,
)
from counter_app.domain.paper.facts_intake import (
    AcceptanceFacts,
    Came,
    CorrectionReceiptFacts,
    Lack,
    LackFacts,
    OnceOnlyNoticeFacts,
    PapersReceiptFacts,
    Problem,
    ReturnListFacts,
)
from counter_app.domain.paper.facts_outcome import NoPermitNeededFacts, RefusalFacts, ResultFacts
from counter_app.domain.time.due import Due
from counter_app.domain.time.limits import Limit as TimeLimit

# 行政复议法 (2023) §24, 行政诉讼法 §14–18: who is competent where no other body is named.
REVIEW_BODY: Final = "本级人民政府"
COURT: Final = "有管辖权的人民法院"
DOCUMENT_NAMES: Final[Mapping[str, str]] = {
    DocumentType.RESIDENT.value: "居民身份证",
    DocumentType.HMT_PERMIT.value: "港澳台居民居住证",
    DocumentType.FOREIGNER_2017.value: "外国人永久居留身份证",
    DocumentType.FOREIGNER_2023.value: "外国人永久居留身份证",
    "passport": "护照",
    "credit_code": "统一社会信用代码",
}
_UNITS: Final[Mapping[str, LimitUnit]] = {
    "on_the_spot": "working-days",
    "hours": "hours",
    "working_days": "working-days",
    "natural_days": "days",
    "months": "months",
    "years": "years",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionInput:
    """What the clerk adds to a decision. `cause` and `caused_by` belong to a second notice."""

    reason: str = ""
    phrase: str = ""
    article: str = ""
    competent: str = ""
    cause: str = ""
    caused_by: str = ""
    result_number: str = ""
    consequence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """All that a paper may name, as known when it is made.

    `identities` by party; `due` and `legal_due` as if accepted at `head.acted_at`; `decide_by` and
    `supply_by` are the days the hall's rules give for saying accepted or not and for bringing papers.
    """

    head: PaperHead
    case: Case
    item: Item
    checklist: Checklist
    identities: Mapping[str, Identity]
    authority: str
    due: Due | None
    legal_due: Due | None
    decide_by: date
    supply_by: date
    today: date

    @property
    def at(self) -> datetime:
        return self.head.acted_at

    @property
    def named(self) -> ItemNamed:
        return ItemNamed(name=self.item.name, code=self.item.code, department=self.authority)

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
    """The materials that are here, with the numbers that came."""
    lines = ((line, scene.case.draft.marks.get(line.material.code)) for line in scene.checklist.lines)
    return tuple(
        Counted(
            name=line.material.full_name,
            originals=line.originals if mark.originals is None else mark.originals,
            copies=line.copies if mark.copies is None else mark.copies,
        )
        for line, mark in lines
        if mark is not None and mark.kind == "present"
    )


def papers_for(kind: DecisionKind, scene: Scene, detail: DecisionInput) -> tuple[Planned, ...]:
    """Every paper that this decision issues, the most important first."""
    return _PAPERS[kind](scene, detail)


def _receive(scene: Scene, detail: DecisionInput) -> tuple[Planned, ...]:
    if scene.case.stage == "reopened":
        return (Planned(_corrections(scene)),)
    facts = PapersReceiptFacts(
        head=scene.head,
        case_number=scene.case.number,
        item=scene.named,
        applicant=applicant_of(scene),
        materials=received(scene),
        decide_by=scene.decide_by,
    )
    return (Planned(facts),)


def _corrections(scene: Scene) -> CorrectionReceiptFacts:
    case = scene.case
    opened = case.open_lines or ()
    marks = case.draft.marks
    came, still = [], []
    for line in scene.checklist.lines:
        if line.material.code not in opened:
            continue
        mark = marks.get(line.material.code)
        if mark is not None and mark.kind == "present":
            counted = Counted(name=line.material.full_name, originals=line.originals, copies=line.copies)
            came.append(Came(material=counted, on=scene.today))
        else:
            still.append(line.material.full_name)
    notice = case.notices[-1] if case.notices else None
    return CorrectionReceiptFacts(
        head=scene.head,
        notice_number=notice.number if notice else "",
        case_number=case.number,
        item=scene.named,
        applicant=applicant_of(scene),
        came=tuple(came),
        still_open=tuple(still),
        until=notice.until if notice else None,
    )


def _accept(scene: Scene, detail: DecisionInput) -> tuple[Planned, ...]:
    limit = scene.checklist.promised_limit or scene.checklist.legal_limit
    due_on = scene.due.day if scene.due else scene.today
    facts = AcceptanceFacts(
        head=scene.head,
        authority=scene.authority,
        case_number=scene.case.number,
        item=scene.named,
        applicant=applicant_of(scene),
        applied_on=scene.applied_on,
        accepted_on=scene.today,
        materials=received(scene),
        basis=scene.basis,
        legal_limit=paper_limit(scene.checklist.legal_limit or limit),
        promised_limit=paper_limit(limit),
        due_on=due_on,
        due_provisional=bool(scene.due and scene.due.provisional),
        accepted_by=scene.head.clerk,
        phone=scene.head.inquiry_line,
        fee="、".join(f"{fee.name} {fee.amount_fen / 100:.2f}元" for fee in scene.item.fees),
        handed_over_how=scene.case.draft.fields.get("delivery", ""),
    )
    lacks = _lacks(scene, limit, due_on, detail)
    return (Planned(facts, sheet=True), *lacks)


def _lacks(scene: Scene, limit: TimeLimit | None, due_on: date, detail: DecisionInput) -> tuple[Planned, ...]:
    until = min(scene.supply_by, due_on)
    lacking = tuple(
        Lack(material=line.material.full_name, form=_amounts(line), until=until)
        for line in scene.checklist.lines
        if (mark := scene.case.draft.marks.get(line.material.code)) and mark.kind == "lacking"
    )
    if not lacking:
        return ()
    both = []
    for part in ("notice", "promise"):
        facts = LackFacts(
            head=scene.head,
            part="notice" if part == "notice" else "promise",
            authority=scene.authority,
            case_number=scene.case.number,
            item=scene.named,
            applicant=applicant_of(scene),
            lacks=lacking,
            promised_limit=paper_limit(limit),
            consequence=detail.consequence or "逾期未补齐的,终止办理并书面告知",
            basis=scene.basis,
        )
        both.append(Planned(facts, roll=part == "promise", sheet=True))
    return tuple(both)


def _amounts(line: ChecklistLine) -> str:
    parts = [f"原件{line.originals}份"] if line.originals else []
    return "、".join(parts + ([f"复印件{line.copies}份"] if line.copies else []))


def _notify(scene: Scene, detail: DecisionInput) -> tuple[Planned, ...]:
    nth = len(scene.case.notices) + 1
    facts = OnceOnlyNoticeFacts(
        head=scene.head,
        after_receipt=scene.case.received_at is not None,
        authority=scene.authority,
        case_number=scene.case.number,
        item=scene.named,
        applicant=applicant_of(scene),
        received_on=(scene.case.received_at or scene.at).date(),
        problems=problems(scene),
        basis=scene.basis,
        until=scene.supply_by,
        contact=scene.head.inquiry_line,
        nth=nth,
        nth_reason=detail.cause if nth > 1 else "",
    )
    return (Planned(facts, sheet=True),)


def problems(scene: Scene) -> tuple[Problem, ...]:
    """Every shortcoming as the notice tells it: what is wrong, what to bring, where it can be mended."""
    found = []
    for line, mark in shortcomings(scene.checklist, scene.case):
        material = line.material
        where = material.available_at or ("本厅可领取空白表" if material.form else "")
        found.append(
            Problem(
                material=material.full_name,
                wrong=mark.reason or ("未提交" if mark.kind == "missing" else "不符合要求"),
                originals=line.originals,
                copies=line.copies,
                bring=material.requirement,
                on_the_spot=where if mendable(line) else "",
                basis="、".join(quoted(basis) for basis in material.legal_basis),
            )
        )
    return tuple(found)


def _refuse(scene: Scene, detail: DecisionInput) -> tuple[Planned, ...]:
    facts = RefusalFacts(
        head=scene.head,
        authority=scene.authority,
        case_number=scene.case.number,
        item=scene.named,
        applicant=applicant_of(scene),
        applied_on=scene.applied_on,
        circumstance=detail.reason or detail.phrase,
        basis=(detail.article,) if detail.article else scene.basis,
        competent_body=detail.competent,
        returned=received(scene),
        remedies=Remedies(review_body=REVIEW_BODY, court=COURT),
    )
    return (Planned(facts, sheet=True),)


def _no_permit(scene: Scene, detail: DecisionInput) -> tuple[Planned, ...]:
    facts = NoPermitNeededFacts(
        head=scene.head,
        authority=scene.authority,
        item=scene.named,
        applicant=applicant_of(scene),
        applied_on=scene.applied_on,
        reason=detail.reason or detail.phrase,
        basis=(detail.article,) if detail.article else (),
        returned=received(scene),
    )
    return (Planned(facts, sheet=True),)


def _grant(scene: Scene, detail: DecisionInput) -> tuple[Planned, ...]:
    result = scene.checklist.results[0] if scene.checklist.results else None
    facts = ResultFacts(
        head=scene.head,
        authority=scene.authority,
        case_number=scene.case.number,
        item=scene.named,
        applicant=applicant_of(scene),
        applied_on=scene.applied_on,
        decided_on=scene.today,
        granted=True,
        permit=bool(result and result.kind == "permit"),
        basis=scene.basis,
        result_name=result.name if result else "",
        result_number=detail.result_number,
    )
    return (Planned(facts, sheet=True),)


def _withdraw(scene: Scene, detail: DecisionInput) -> tuple[Planned, ...]:
    facts = ReturnListFacts(
        head=scene.head,
        case_number=scene.case.number,
        item=scene.named,
        applicant=applicant_of(scene),
        why=detail.reason or detail.phrase,
        materials=received(scene),
        receiver=applicant_of(scene).name,
    )
    return (Planned(facts),)


_PAPERS: Final[dict[DecisionKind, Callable[[Scene, DecisionInput], tuple[Planned, ...]]]] = {
    "receive": _receive,
    "accept": _accept,
    "notify": _notify,
    "refuse": _refuse,
    "no_permit": _no_permit,
    "grant": _grant,
    "withdraw": _withdraw,
}
