"""Words that are offered for an opinion: standard phrases, what the form found, the item's laws. No Qt."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from counter_app.domain.casework.phrases import PHRASES, REPORTED, denial_reasons, stated
from counter_app.domain.casework.state import View
from counter_app.domain.catalogue.materials import PENDING, LegalBasis
from counter_app.ui.desk.opinion_draft import Draft
from counter_app.use_cases.casework.views import CasePage, OpinionForm

MOST_PHRASES: Final = 9


def first_words(page: CasePage, form: OpinionForm, draft: Draft, view: View) -> str:
    """What an opinion of this view begins with. A denial begins with its reasons: the handler's from the
    form, the final approver's from the opinions before, since his go on the decision."""
    phrase = _general(page, form, view)[0]
    if view == "grant" or form.level == "approver":
        return phrase
    if form.level == "handler":
        return "".join((*_found(page, form, draft), phrase))
    before = sorted(page.opinions, key=lambda row: row.at, reverse=True)
    return denial_reasons("", (row.text for row in before if row.view == "deny")) or phrase


def offered_again(draft: Draft) -> bool:
    """Whether the words are nobody's own yet, so that others may stand in their place."""
    return draft.text == draft.offered or not stated(draft.text)


def phrases(page: CasePage, form: OpinionForm, draft: Draft) -> tuple[str, ...]:
    """The catalogue's own first, each with the question it answers, so that it reads as an opinion; after
    them the general ones (mission: C10)."""
    views: tuple[View, ...] = (draft.view,) if draft.view else ("grant", "deny")
    own = [
        f"{question.text.rstrip('？?')}：{phrase}。"
        for question in form.review
        for phrase in (question.against if draft.view == "deny" else question.phrases)
    ]
    general = [phrase for view in views for phrase in _general(page, form, view)]
    return (*own[:MOST_PHRASES], *general)


def laws(form: OpinionForm) -> tuple[LegalBasis, ...]:
    """The item's, then those of the step's guidance."""
    return offered((*form.laws, *(form.guidance.basis if form.guidance is not None else ())))


def offered(laws: tuple[LegalBasis, ...]) -> tuple[LegalBasis, ...]:
    """Each article once. Of a law whose article nobody has checked only the name is offered; one nobody has
    named is not."""
    named = [law for law in laws if law.name != PENDING]
    whole = [law for law in named if not law.pending]
    known = {law.name for law in whole}
    found: dict[tuple[str, str], LegalBasis] = {}
    for law in (*whole, *(law for law in named if law.name not in known)):
        before = found.get((law.name, law.article))
        if before is None or not before.text:
            found[law.name, law.article] = law
    return tuple(found.values())


def article(law: LegalBasis) -> str:
    return "" if law.article == PENDING else law.article


def _general(page: CasePage, form: OpinionForm, view: View) -> tuple[str, ...]:
    """Here nobody grants what the upper body decides."""
    return REPORTED[view] if form.level == "final" and page.reported_up else PHRASES[form.level][view]


def _found(page: CasePage, form: OpinionForm, draft: Draft) -> Iterator[str]:
    """What speaks against it, in sentences: answers of the form, conditions, other departments."""
    answered = dict(form.answered) | draft.review
    for question in form.review:
        answer = answered.get(question.code, "")
        if answer in question.against:
            yield f"{question.text.rstrip('？?')}：{answer}。"
    for condition, met in draft.conditions.items():
        if not met:
            yield f"不符合条件：{condition.rstrip('。')}。"
    for row in page.assists:
        if row.answer == "disagree":
            basis = f"（《{row.law}》{row.article}）" if row.law else ""
            yield f"{row.department_name}不同意：{row.reason.rstrip('。')}{basis}。"
