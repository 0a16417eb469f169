"""The form's lines: review questions, conditions, discretion, the view; each with its digits. No Qt."""

from __future__ import annotations

from typing import Final

from counter_app.domain.casework.words import LEVEL_WORDS, view_words
from counter_app.domain.catalogue.handling import ReviewQuestion
from counter_app.domain.intake.scene import quoted
from counter_app.i18n import Translator
from counter_app.ui.desk.opinion_draft import Draft
from counter_app.ui.desk.shown import CheckLineShown
from counter_app.ui.desk.words import discretion_words, said_words
from counter_app.ui.theme.tokens import State
from counter_app.use_cases.casework.views import CasePage, OpinionForm, StepForm

REVIEW: Final = "review"
CONDITION: Final = "condition"
BAND: Final = "band"
VIEW: Final = "view"
NONE: Final = -1


def form_lines(page: CasePage, form: OpinionForm, draft: Draft, t: Translator) -> tuple[CheckLineShown, ...]:
    """In the order they are answered; the view comes last, after what it rests on."""
    views = view_words(form.level, reported_up=page.reported_up)
    answered = dict(form.answered) | draft.review
    lines = [_review(question, answered.get(question.code), t) for question in form.review]
    if form.level == "handler":
        lines += [_condition(at, text, draft, t) for at, text in enumerate(form.conditions)]
        lines += [_band(form, at, draft, t) for at in range(len(form.bands))]
    chosen = {"grant": 0, "deny": 1}.get(draft.view or "", NONE)
    lines.append(
        CheckLineShown(
            id=f"{VIEW}:",
            kind=VIEW,
            text=t("View of the {level}", level=t(LEVEL_WORDS[form.level])),
            options=(t(views["grant"]), t(views["deny"])),
            chosen=chosen,
            state=(State.IDLE, State.DONE, State.CORRECT)[chosen + 1],
        )
    )
    return tuple(lines)


def review_lines(form: StepForm, t: Translator) -> tuple[CheckLineShown, ...]:
    """The questions of a step that ends without an opinion."""
    answered = dict(form.answered)
    return tuple(_review(question, answered.get(question.code), t) for question in form.review)


def _review(question: ReviewQuestion, answer: str | None, t: Translator) -> CheckLineShown:
    options = (*question.phrases, *question.against)
    chosen = options.index(answer) if answer in options else NONE
    good = chosen < len(question.phrases)
    detail = t("method: {words}", words=question.method) if question.method else ""
    return CheckLineShown(
        id=f"{REVIEW}:{question.code}",
        kind=REVIEW,
        text=question.text,
        options=options,
        chosen=chosen,
        state=State.IDLE if chosen == NONE else (State.DONE if good else State.CORRECT),
        mandatory=question.mandatory,
        detail=detail,
    )


def _condition(at: int, text: str, draft: Draft, t: Translator) -> CheckLineShown:
    met = draft.conditions.get(text)
    chosen = NONE if met is None else (0 if met else 1)
    return CheckLineShown(
        id=f"{CONDITION}:{at}",
        kind=CONDITION,
        text=text,
        options=(t("met"), t("not met")),
        chosen=chosen,
        state=(State.IDLE, State.DONE, State.CORRECT)[chosen + 1],
    )


def _band(form: OpinionForm, at: int, draft: Draft, t: Translator) -> CheckLineShown:
    band = form.bands[at]
    amount = draft.bands.get(band.code)
    given = t("enter …") if amount is None else f"{amount} {band.unit}"
    span = t("{least} to {most} {unit}", least=band.least, most=band.most, unit=band.unit)
    inside = amount is not None and band.least <= amount <= band.most
    return CheckLineShown(
        id=f"{BAND}:{band.code}",
        kind=BAND,
        text=t("Discretion: {circumstance}", circumstance=band.circumstance),
        options=(given,),
        chosen=NONE if amount is None else 0,
        state=State.IDLE if amount is None else (State.DONE if inside else State.CORRECT),
        mandatory=False,
        detail=f"{span} {quoted(band.basis)}",
    )


def step_lines(page: CasePage, t: Translator) -> tuple[CheckLineShown, ...]:
    """What was signed, where nothing is to be signed: to be read only."""
    return tuple(
        CheckLineShown(
            id=f"signed:{at}",
            kind=VIEW,
            text=f"{t(LEVEL_WORDS[row.level])} {row.name}",
            options=(said_words(row, page, t),),
            chosen=0,
            state=State.DONE if row.view == "grant" else State.CORRECT,
            detail=" · ".join((f"{row.text} 《{row.law}》{row.article}", *discretion_words(row, t))),
        )
        for at, row in enumerate(page.opinions)
    )
