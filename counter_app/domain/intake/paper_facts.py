"""The facts of every paper that a decision makes, from the case as it stands (mission: P1–P3, P10).

The preview and the act use the very same functions; only the number, the query code and the QR are
put in when the act is stored. Not here: how facts read (`domain/paper/builders`), numbers
(`numbers.py`), which decision may be taken (`verdict.py`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from counter_app.domain.intake.ending_papers import denial, end_papers
from counter_app.domain.intake.lack_facts import lack_papers, lacking, promised
from counter_app.domain.intake.numbers import read_number
from counter_app.domain.intake.scene import (
    Planned,
    Scene,
    applicant_of,
    kept,
    paper_limit,
    quoted,
    received,
)
from counter_app.domain.intake.time_papers import ledger_lines
from counter_app.domain.intake.verdict import DecisionKind, mendable, shortcomings
from counter_app.domain.intake.words import DELIVERY_ON_PAPER
from counter_app.domain.paper.facts import Counted
from counter_app.domain.paper.facts_intake import (
    AcceptanceFacts,
    Came,
    CorrectionReceiptFacts,
    OnceOnlyNoticeFacts,
    PapersReceiptFacts,
    Problem,
    ReturnListFacts,
)
from counter_app.domain.paper.facts_outcome import NoPermitNeededFacts, RefusalFacts, ResultFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionInput:
    """What the clerk adds to a decision. `cause` and `caused_by` belong to a second notice, `into` is the
    number of the case that a duplicate goes on as; `discretion` what the department used of it, in words for
    the decision; `upper_body` who decided what was reported up."""

    reason: str = ""
    phrase: str = ""
    article: str = ""
    competent: str = ""
    cause: str = ""
    caused_by: str = ""
    result_number: str = ""
    consequence: str = ""
    into: str = ""
    discretion: tuple[tuple[str, str], ...] = ()
    upper_body: str = ""


def papers_for(kind: DecisionKind, scene: Scene, detail: DecisionInput) -> tuple[Planned, ...]:
    """Every paper that this decision issues, the most important first."""
    return _PAPERS[kind](scene, detail)


def _receive(scene: Scene, detail: DecisionInput) -> tuple[Planned, ...]:
    if scene.case.stage == "reopened":
        return (Planned(_corrections(scene)),)
    number = read_number(scene.case.number)
    facts = PapersReceiptFacts(
        head=scene.head,
        case_number=scene.case.number,
        item=scene.named,
        applicant=applicant_of(scene),
        materials=received(scene),
        decide_by=scene.decide_by,
        bar_code=number.plain if number else "",
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
    legal = scene.checklist.legal_limit
    limit = scene.checklist.promised_limit or legal
    due_on = scene.due.day if scene.due else scene.today
    upper = scene.item.report_up
    facts = AcceptanceFacts(
        head=scene.head,
        authority=scene.authority,
        case_number=scene.case.number,
        item=scene.named,
        applicant=applicant_of(scene),
        applied_on=scene.applied_on,
        accepted_on=scene.today,
        materials=received(scene) + promised(scene, due_on),
        lacking=len(lacking(scene)),
        basis=scene.basis,
        legal_limit=paper_limit(legal) if legal else None,
        promised_limit=paper_limit(limit),
        due_on=due_on,
        due_at=scene.due.at if scene.due else None,
        due_provisional=bool(scene.due and scene.due.provisional),
        ledger=ledger_lines(scene.due) if scene.due and scene.due.ledger else (),
        accepted_by=scene.head.clerk,
        phone=scene.head.inquiry_line,
        fee=_fees(scene),
        handed_over_how=_delivery(scene.case.draft.fields.get("delivery", "")),
        plan=scene.plan,
        upper_body=upper.body if upper else "",
        upper_limit=paper_limit(upper.limit) if upper and upper.limit else None,
    )
    return (Planned(facts, sheet=True), *lack_papers(scene, due_on, detail.consequence))


def _delivery(wish: str) -> str:
    """The way of delivery wished, in the paper's words; other words as they were kept."""
    return next((words for way, words in DELIVERY_ON_PAPER.items() if way == wish), wish)


def _fees(scene: Scene) -> str:
    """The item's standards as papers name them; what is due stands on the notice of fees."""
    return "、".join(f"{fee.name} {fee.amount_fen / 100:.2f}元" for fee in scene.item.fees)


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
        returned=kept(scene),
        remedies=scene.remedies,
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
        returned=kept(scene),
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
        content=detail.discretion,
        basis=(detail.article,) if detail.article else scene.basis,
        result_name=result.name if result else "",
        result_number=detail.result_number,
        handed_over_now=scene.case.stage != "accepted",
        fee=_fees(scene),
        upper_body=detail.upper_body,
    )
    return (Planned(facts, sheet=True),)


def _withdraw(scene: Scene, detail: DecisionInput) -> tuple[Planned, ...]:
    facts = ReturnListFacts(
        head=scene.head,
        case_number=scene.case.number,
        item=scene.named,
        applicant=applicant_of(scene),
        why=detail.reason or detail.phrase,
        materials=kept(scene),
        receiver=applicant_of(scene).name,
    )
    return (Planned(facts),)


def _deny(scene: Scene, detail: DecisionInput) -> tuple[Planned, ...]:
    return denial(scene, detail.reason or detail.phrase, detail.article, detail.discretion, detail.upper_body)


def _terminate(scene: Scene, detail: DecisionInput) -> tuple[Planned, ...]:
    return end_papers("terminated", scene, detail.reason or detail.phrase, detail.article)


def _lapse(scene: Scene, detail: DecisionInput) -> tuple[Planned, ...]:
    return end_papers("lapsed", scene, detail.reason or detail.phrase, detail.article)


def _merge(scene: Scene, detail: DecisionInput) -> tuple[Planned, ...]:
    return end_papers("merged", scene, detail.reason or detail.phrase, into=detail.into)


_PAPERS: Final[dict[DecisionKind, Callable[[Scene, DecisionInput], tuple[Planned, ...]]]] = {
    "receive": _receive,
    "accept": _accept,
    "notify": _notify,
    "refuse": _refuse,
    "no_permit": _no_permit,
    "grant": _grant,
    "withdraw": _withdraw,
    "deny": _deny,
    "terminate": _terminate,
    "lapse": _lapse,
    "merge": _merge,
}
