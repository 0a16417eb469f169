"""What was done behind the counter, for a case's file: acts of its handling in words, and its review forms
(审批表) with every opinion, condition and amount (mission: C9, C10, C14, C16).

Read from the handling's events, since a fold keeps no more than how things stand. Opinions and answers stand
in `course.py`; who has which piece of work at hand does not belong in a file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from counter_app.domain.casework import facts as f
from counter_app.domain.casework import joint_facts as j
from counter_app.domain.casework.fold import HANDLINGS
from counter_app.domain.casework.state import Handling, Opinion, Step
from counter_app.domain.catalogue.handling import DiscretionBand
from counter_app.domain.journal import Recorded
from counter_app.domain.paper.facts_archive import ArchiveAct, ReviewSheet, SignedOpinion
from counter_app.use_cases.intake.look import Look
from counter_app.use_cases.ports.store import Reader

LONGEST: Final = 300
SIGNED: Final = frozenset({"grant", "deny"})  # outcomes of a step whose opinion says it
OUTCOMES: Final[Mapping[str, str]] = {
    "agreed": "同意", "passed": "通过", "failed": "未通过", "denied": "不同意",
}  # fmt: skip
Words = tuple[str, ...]


def handling_acts(reader: Reader, seen: Look) -> Iterator[ArchiveAct]:
    """Class, assists asked, meetings, orders, the plan's approval …, each in its own words."""
    handling = reader.get(HANDLINGS, seen.case.id)
    if handling is None:
        return
    told = _Told(seen, handling)
    for event in reader.history(HANDLINGS.subject(seen.case.id)):
        said = told.said(event)
        if said is not None and event.id not in handling.overtaken:
            kind, words = said
            yield ArchiveAct(
                at=event.at,
                kind=f"handling/{kind}",
                who=staff_name(seen, event.actor.staff),
                words="；".join(word for word in words if word)[:LONGEST],
            )


def review_sheets(reader: Reader, seen: Look) -> tuple[ReviewSheet, ...]:
    """The review form of every step that has one or was signed, in the steps' order."""
    handling = reader.get(HANDLINGS, seen.case.id)
    if handling is None:
        return ()
    signed = [
        (step, tuple(one for one in handling.opinions if one.step == step.code)) for step in handling.steps
    ]
    return tuple(_sheet(seen, step, opinions) for step, opinions in signed if opinions or step.review)


def staff_name(seen: Look, badge: str) -> str:
    member = seen.plan.member(badge)
    return member.name if member else badge


def _sheet(seen: Look, step: Step, opinions: tuple[Opinion, ...]) -> ReviewSheet:
    declared = seen.item.step(step.code) if seen.item else None
    asked = {question.code: question.text for question in declared.review} if declared else {}
    return ReviewSheet(
        step=step.name,
        lines=tuple(
            (asked.get(line.question, line.question), line.answer, line.speaks_for) for line in step.review
        ),
        opinions=tuple(_signed(seen, one) for one in opinions),
    )


def _signed(seen: Look, opinion: Opinion) -> SignedOpinion:
    bands = {band.code: band for band in seen.item.bands} if seen.item else {}
    beyond = ""
    if opinion.band_approver:
        beyond = f"{staff_name(seen, opinion.band_approver)}：{opinion.band_reason}"
    return SignedOpinion(
        kind=f"opinion/{opinion.level}/{opinion.view}",
        who=staff_name(seen, opinion.staff),
        at=opinion.at,
        words=opinion.text,
        basis=f"《{opinion.law}》{opinion.article}",
        conditions=opinion.conditions,
        amounts=tuple(_amount(bands.get(code), code, amount) for code, amount in opinion.bands),
        beyond=beyond,
    )


def _amount(band: DiscretionBand | None, code: str, amount: int) -> str:
    return f"{band.circumstance}：{amount}{band.unit}" if band else f"{code}：{amount}"


class _Told:
    """Events of one case's handling in words; None for those that say nothing to a reader of the file."""

    def __init__(self, seen: Look, handling: Handling) -> None:
        self._seen = seen
        self._handling = handling

    def said(self, event: Recorded) -> tuple[str, Words] | None:
        how = _SAID.get(type(event.fact))
        if how is None or (isinstance(event.fact, f.StepEnded) and event.fact.outcome in SIGNED):
            return None
        kind, words = how
        text = next((part.decode() for slot in ("text", "reason") if (part := event.private.get(slot))), "")
        return kind, (*words(self, event.fact), text)

    def body(self, code: str) -> str:
        found = self._seen.catalogue.body(code)
        return found.name if found else code

    def bodies(self, codes: Iterator[str]) -> str:
        return "、".join(map(self.body, codes))

    def classed(self, fact: f.HandlingBegun | f.ClassSet) -> Words:
        known = self._seen.item.classes if self._seen.item else ()
        name = next((one.name for one in known if one.code == fact.case_class), fact.case_class)
        return (name, "敏感" if fact.sensitive else "", "限制查阅" if fact.restricted else "")

    def step(self, code: str) -> str:
        found = self._handling.step(code)
        return found.name if found else code

    def matter(self, code: str) -> str:
        found = self._seen.item.assist(code) if self._seen.item else None
        return found.name if found else code

    def asked(self, fact: f.AssistsRequested) -> Words:
        return tuple(f"{self.matter(code)}（{self.body(body)}）" for code, body, _ in fact.matters)

    def ended(self, fact: f.StepEnded) -> Words:
        return (self.step(fact.step), OUTCOMES.get(fact.outcome, fact.outcome))

    def staff(self, badge: str) -> str:
        return staff_name(self._seen, badge)

    def result(self, item: str) -> str:
        return self._seen.catalogue.history(item)[-1].name


_SAID: Final[Mapping[type, tuple[str, Callable[[_Told, Any], Words]]]] = {
    f.HandlingBegun: ("begun", _Told.classed),
    f.ClassSet: ("class", _Told.classed),
    f.AssistsRequested: ("asked", _Told.asked),
    f.FactLookedUp: ("looked_up", lambda told, fact: (told.matter(fact.matter),)),
    f.AssistRepeated: ("asked_again", lambda told, fact: (told.matter(fact.matter),)),
    f.AssistDisputed: ("disputed", lambda told, fact: (told.matter(fact.matter), told.body(fact.department))),
    f.DisputeSettled: ("settled", lambda told, fact: (told.matter(fact.matter),)),
    f.OrderGiven: ("order", lambda told, fact: (told.bodies(code for code, _ in fact.departments),)),
    f.OrderReplied: ("order_reply", lambda told, fact: (told.body(fact.department),)),
    f.GroupNoteWritten: ("note", lambda told, fact: (told.body(fact.to) if fact.to else "",)),
    f.GroupQuestionAnswered: ("note_answer", lambda told, fact: ()),
    f.MeetingCalled: ("meeting", lambda told, fact: (fact.day, told.bodies(iter(fact.departments)))),
    f.MeetingMinuted: ("minutes", lambda told, fact: (told.bodies(iter(fact.present)),)),
    f.StepSentBack: ("sent_back", lambda told, fact: (told.step(fact.to),)),
    f.MeetingSentUp: ("sent_up", lambda told, fact: (told.step(fact.step),)),
    f.ReportedUp: ("reported", lambda told, fact: (fact.upper_body,)),
    f.UpperBodyAnswered: ("upper_answer", lambda told, fact: (fact.number,)),
    f.StepEnded: ("step", _Told.ended),
    j.PrerequisiteArrived: ("result_came", lambda told, fact: (told.result(fact.item), fact.number)),
    j.PrerequisiteFailed: ("result_failed", lambda told, fact: (told.result(fact.item),)),
    j.PlanApproved: ("plan_approved", lambda told, fact: ()),
    j.PlanReturned: ("plan_returned", lambda told, fact: ()),
    j.TrackerNamed: ("tracker", lambda told, fact: (told.staff(fact.staff),)),
}
