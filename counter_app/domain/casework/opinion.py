"""An opinion and what keeps it back: conditions, view, law with article, bands, three different people.

经办意见必须清楚, 政策法规依据必须指明具体的法规名称、条文 (mission: C9, C10, C16). Pure: says what is
lacking, in sentences that the form shows and the command refuses with.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Final

from counter_app.domain.casework.discretion import (
    c16_amounts,
    c16_band,
    c16_reasons,
    c16_signs_after,
    c16_stated_before,
)
from counter_app.domain.casework.phrases import denial_reasons
from counter_app.domain.casework.rights import c9_signed_by
from counter_app.domain.casework.state import FAILED, LEVELS, Handling, Step, View
from counter_app.domain.catalogue.handling import ReviewQuestion
from counter_app.domain.catalogue.items import Item
from counter_app.domain.catalogue.materials import PENDING
from counter_app.errors import mark

LONGEST_OPINION: Final = 5000  # some eight pages: beyond that it is a material, not an opinion


@dataclass(frozen=True, slots=True, kw_only=True)
class OpinionInput:
    """What is filled in. `conditions` says for each condition of the item whether it is met; `bands` how much
    discretion was used, by band; outside it `band_approver` (a badge) and `band_reason` are needed (for
    several bands as `discretion.c16_kept` writes them)."""

    view: View
    text: str = ""
    law: str = ""
    article: str = ""
    conditions: tuple[tuple[str, bool], ...] = ()
    bands: tuple[tuple[str, int], ...] = ()
    band_approver: str = ""
    band_reason: str = ""
    result_number: str = ""


@dataclass(frozen=True, slots=True)
class Lack:
    """One thing that keeps it back: a stable code, a message source, its words."""

    code: str
    text: str
    params: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Owed:
    """What others owe before it can be granted: assists `awaited` whose day is not over (their names), papers
    `promised` at acceptance that have not come."""

    awaited: tuple[str, ...] = ()
    promised: bool = False


NOTHING_OWED: Final = Owed()


def c9_lacks(
    handling: Handling,
    step: Step,
    item: Item,
    staff: str,
    given: OpinionInput,
    owed: Owed = NOTHING_OWED,
    approvers: Collection[str] | None = None,
) -> tuple[Lack, ...]:
    """Everything that keeps this opinion back, the first to be mended first. `approvers`: badges of those who
    may be named where a band is left."""
    beyond = c16_lacks(handling, step, item, staff, given, approvers)
    return (*_lacks(handling, step, item, staff, given, owed), *beyond)


def _lacks(
    handling: Handling, step: Step, item: Item, staff: str, given: OpinionInput, owed: Owed
) -> Iterator[Lack]:
    level = LEVELS[step.kind]
    signed = c9_signed_by(handling).get(staff)
    if signed is not None and signed != level:
        yield Lack(
            "opinion.same-person",
            mark("Who has signed one of the three opinions of a case signs no other."),
        )
    if not given.text.strip():
        yield Lack("opinion.no-text", mark("The opinion is not stated."))
    if len(given.text) > LONGEST_OPINION:
        words = (("count", str(len(given.text))), ("longest", str(LONGEST_OPINION)))
        yield Lack("opinion.too-long", mark("The opinion has {count} characters, {longest} at most."), words)
    yield from basis_lacks(given)
    if given.view == "deny" and level != "approver" and not c9_reasons(handling, given):
        yield Lack("opinion.no-reason", mark("A denial states the facts and the reason in its own words."))
    if level == "handler":
        yield from _conditions(item, given)
    yield from c10_lacks(item, step, given.view)
    if given.view == "grant":
        yield from granting_lacks(handling, item, owed, final=step.kind == "final")


def c9_reasons(handling: Handling, given: OpinionInput) -> str:
    """Why it is denied, as the decision states it: what this opinion says, else those signed before it."""
    signed = sorted(handling.opinions, key=lambda one: one.at, reverse=True)
    return denial_reasons(given.text, (one.text for one in signed if one.view == "deny"))


def c9_basis(handling: Handling, given: OpinionInput) -> str:
    """The law that the decision rests on, as the last who signed it named it; "" where nobody did."""
    signed = sorted(handling.opinions, key=lambda one: one.at, reverse=True)
    named = [(one.law, one.article) for one in signed if one.view == handling.view]
    found = ((given.law, given.article), *named)
    return next((f"《{law.strip('《》')}》{article}" for law, article in found if law), "")


def granting_lacks(handling: Handling, item: Item, owed: Owed, *, final: bool) -> Iterator[Lack]:
    """What speaks against granting whoever signs: a visit or test that failed, a department that does not
    agree, an answer still to come in its time (mission: C3, C4); a promised paper holds the last word
    (I15). Whoever is silent past his day holds up nobody: it is escalated, and the citizen's date does not
    move."""
    for step in handling.steps:
        if step.outcome == FAILED:
            yield Lack(
                "opinion.step-failed",
                mark("It failed, so it cannot be granted: {step}"),
                (("step", step.name),),
            )
    for assist in handling.assists:
        if assist.answer == "disagree":
            declared = item.assist(assist.matter)
            words = (("matter", declared.name if declared else assist.matter),)
            yield Lack(
                "opinion.disagreed",
                mark("A department does not agree, so it cannot be granted: {matter}"),
                words,
            )
    for matter in owed.awaited:
        yield Lack(
            "opinion.awaited",
            mark("Its answer is still to come, in its time: {matter}"),
            (("matter", matter),),
        )
    if final and owed.promised:
        yield Lack("opinion.promised", mark("Papers promised at acceptance have not come yet."))


def paper_lacks(given: OpinionInput) -> Iterator[Lack]:
    """What a decision that came on paper still has to say: its basis, and why, when it denies."""
    if given.view == "deny" and not given.text.strip():
        yield Lack("opinion.no-text", mark("The opinion is not stated."))
    yield from basis_lacks(given)


def basis_lacks(given: OpinionInput) -> Iterator[Lack]:
    """An opinion without a named law and article cannot be sent (mission: C9)."""
    if not given.law.strip():
        yield Lack("opinion.no-law", mark("The opinion names no law."))
    elif not given.article.strip() or given.article.strip() == PENDING:
        yield Lack("opinion.no-article", mark("The opinion names no article of the law."))


def _conditions(item: Item, given: OpinionInput) -> Iterator[Lack]:
    """The handler answers for every condition; one that is not met speaks against granting."""
    checked = dict(given.conditions)
    for condition in item.conditions:
        if condition not in checked:
            words = (("condition", condition),)
            yield Lack("opinion.condition-open", mark("Not checked yet: {condition}"), words)
        elif not checked[condition] and given.view == "grant":
            words = (("condition", condition),)
            yield Lack(
                "opinion.condition-unmet", mark("Not met, so it cannot be granted: {condition}"), words
            )


def review_form(item: Item, step: Step) -> tuple[ReviewQuestion, ...]:
    """The questions of this step's form."""
    declared = item.step(step.code)
    return declared.review if declared else ()


def c10_lacks(item: Item, step: Step, view: View) -> Iterator[Lack]:
    """What the review form still asks, and answers that contradict the view (mission: C10)."""
    answered = {line.question: line for line in step.review}
    for question in review_form(item, step):
        words = (("question", question.text),)
        line = answered.get(question.code)
        if line is None and question.mandatory:
            yield Lack("review.open", mark("The review form asks: {question}"), words)
        elif line is not None and not line.speaks_for and view == "grant":
            yield Lack("review.against", mark("The review speaks against it: {question}"), words)


def c16_lacks(
    handling: Handling,
    step: Step,
    item: Item,
    staff: str,
    given: OpinionInput,
    approvers: Collection[str] | None = None,
) -> Iterator[Lack]:
    """Nothing is imposed without a band; beyond it a reason, an approver who is another person (one of
    `approvers`, where they are known), and his signature to come. To sign what another stated is to approve
    it."""
    for code, _ in given.bands:
        if c16_band(item, code) is None:
            yield Lack("band.unknown", mark("There is no published band {band}."), (("band", code),))
    beyond = [
        one
        for one in c16_amounts(item, given.bands)
        if one.outside and not c16_stated_before(handling, one.code, one.amount, staff)
    ]
    reasons = c16_reasons(given.band_reason, [one.code for one in beyond])
    for one in beyond:
        words = (
            ("amount", str(one.amount)),
            ("least", str(one.least)),
            ("most", str(one.most)),
            ("unit", one.unit),
        )
        if not given.band_approver or given.band_approver == staff:
            text = mark(
                "{amount} lies outside the band of {least} to {most} {unit}: somebody else approves it."
            )
            yield Lack("band.no-approver", text, words)
        elif approvers is not None and not approvers:
            text = mark("No post of this department approves cases: one is to be set up first.")
            yield Lack("band.no-post", text)
        elif approvers is not None and given.band_approver not in approvers:
            text = mark("{badge} approves no cases of this department: name somebody who does.")
            yield Lack("band.not-approver", text, (("badge", given.band_approver),))
        elif not c16_signs_after(handling, step):
            text = mark(
                "{amount} lies outside the band of {least} to {most} {unit}: nobody signs after this."
            )
            yield Lack("band.nobody-after", text, words)
        if not reasons.get(one.code):
            text = mark("{amount} lies outside the band of {least} to {most} {unit}: say why.")
            yield Lack("band.no-reason", text, words)
