"""Facts of papers made without a decision: guide, slip, application form (mission: P7, P12, D2).

Not here: how they read (`domain/paper/builders`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from counter_app.domain.catalogue.checklist import Checklist, ChecklistLine
from counter_app.domain.catalogue.items import Item
from counter_app.domain.identity.known_days import birth_words
from counter_app.domain.intake.scene import (
    DOCUMENT_NAMES,
    Scene,
    applicant_of,
    paper_limit,
    quoted,
    received,
)
from counter_app.domain.paper.facts import ItemNamed, Limit, PaperHead
from counter_app.domain.paper.facts_public import (
    CopyStampFacts,
    Fee,
    FormFacts,
    FormField,
    FormPart,
    GuideFacts,
    GuideMaterial,
    OpenClause,
)
from counter_app.domain.time.limits import Limit as TimeLimit

KINDS: Final[Mapping[int, str]] = {1: "即办件", 2: "承诺件", 9: "其他"}
HANDLING: Final[Mapping[str, str]] = {"confirm": "核验后退还", "use": "收存", "produce": "办理中产生"}
SEXES: Final[Mapping[str, str]] = {"1": "男", "2": "女"}


def guide_facts(
    item: Item,
    lines: Checklist,
    head: PaperHead,
    authority: str,
    *,
    slip: bool,
    place: str = "",
    hours: str = "",
) -> GuideFacts:
    """办事指南, or with `slip` 办事须知, for the situation that `lines` were worked out for."""
    return GuideFacts(
        head=head,
        slip=slip,
        item=ItemNamed(name=item.name, code=item.code, department=authority),
        handled_as=KINDS[item.item_kind],
        situation=tuple(dict.fromkeys(word for line in lines.lines for word in line.because)),
        basis=tuple(quoted(basis) for basis in item.legal_basis),
        conditions=item.conditions,
        materials=tuple(_material(line) for line in lines.lines),
        open_clauses=_clauses(item),
        procedure=tuple(
            "：".join(part for part in (step.name, step.text) if part) for step in item.procedure
        ),
        legal_limit=_limit(lines.legal_limit),
        promised_limit=_limit(lines.promised_limit),
        upper_body=item.report_up.body if item.report_up else "",
        upper_limit=_limit(item.report_up.limit) if item.report_up else None,
        fees=tuple(
            Fee(name=fee.name, standard=f"{fee.amount_fen / 100:.2f}元", basis=quoted(fee.basis))
            for fee in item.fees
        ),
        free_of_charge=not item.fees,
        discretion=tuple(
            f"{band.circumstance}：{band.least}至{band.most}{band.unit}（{quoted(band.basis)}）"
            for band in item.bands
        ),
        result="、".join(result.name for result in item.results),
        place=place,
        hours=hours,
        version=str(item.version),
        effective_from=item.effective_from,
    )


def _limit(limit: TimeLimit | None) -> Limit | None:
    return paper_limit(limit) if limit else None


def _material(line: ChecklistLine) -> GuideMaterial:
    material = line.material
    return GuideMaterial(
        name=material.full_name,
        when="、".join(line.because),
        purpose=material.purpose,
        content=material.content,
        requirement=material.requirement,
        size=material.size,
        originals=line.originals,
        copies=line.copies,
        handling=HANDLING[material.handling],
        source=material.source,
        basis="、".join(quoted(basis) for basis in material.legal_basis),
    )


def _clauses(item: Item) -> tuple[OpenClause, ...]:
    return tuple(
        OpenClause(source_text=question.source_text, closed=tuple(option.text for option in question.options))
        for question in item.questions
        if question.source_text
    )


def form_facts(scene: Scene, title: str, spoken: str = "") -> FormFacts:
    """The application form filled in with what is known, for the citizen to check and sign; `spoken` is what
    he said where he applies by word of mouth."""
    case = scene.case
    parts = []
    for person in case.draft.persons:
        identity = scene.identities.get(person.party)
        if identity is None:
            continue
        fields = (
            FormField(label="姓名" if identity.sort == "person" else "名称", value=identity.name),
            FormField(label="性别", value=SEXES.get(identity.sex, "")),
            FormField(label="民族", value=identity.nation),
            FormField(label="出生日期", value=birth_words(identity.birth, identity.birth_part)),
            FormField(label=DOCUMENT_NAMES.get(identity.document, "证件号码"), value=identity.number),
            FormField(label="住址", value=identity.address),
        )
        kept = fields if identity.sort == "person" else (fields[0], fields[4], fields[5])
        parts.append(FormPart(heading=ROLE_NAMES[person.role], fields=kept))
    situation = tuple(
        FormField(label=question.text, value=question.reads(case.draft.answers[question.code]))
        for question in scene.checklist.asked
        if question.code in case.draft.answers
    )
    if situation:
        parts.append(FormPart(heading="申请情形", fields=situation))
    if spoken:
        parts.append(FormPart(heading="口头申请内容", fields=(FormField(label="申请人陈述", value=spoken),)))
    return FormFacts(
        head=scene.head,
        title=title,
        case_number=case.number,
        item=scene.named,
        applicant=applicant_of(scene),
        parts=tuple(parts),
        declaration="本人承诺以上内容及所提交材料真实有效。",
        oral=bool(spoken),
    )


def copy_facts(scene: Scene) -> CopyStampFacts:
    """与原件一致, for every copy that was compared with its original at this counter (mission: P12)."""
    case = scene.case
    return CopyStampFacts(
        head=scene.head,
        case_number=case.number,
        item=scene.named,
        applicant=applicant_of(scene),
        copies=tuple(counted for counted in received(scene) if counted.copies),
        checked_by=scene.head.clerk,
        checked_on=scene.today,
    )


ROLE_NAMES: Final[Mapping[str, str]] = {
    "applicant": "申请人",
    "spouse": "配偶",
    "guardian": "监护人",
    "agent": "代办人",
    "collector": "领取人",
    "helper": "陪同人",
    "organisation": "申请单位",
}
