"""Deciding: the suggested outcome on F9, the others from a list, and what each still has to be told. No Qt.

What may be decided is the verdict's; here only the missing words are asked: the reason, the article, and
for a second notice its cause and who caused it (mission: I6, I9).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from counter_app.domain.intake.paper_facts import DecisionInput
from counter_app.domain.intake.verdict import DecisionKind
from counter_app.errors import mark
from counter_app.ui.counter.desk import Desk
from counter_app.ui.counter.work_words import OUTCOME_WORDS, sentence
from counter_app.ui.widgets.question import Choice
from counter_app.use_cases.intake.inputs import Decided
from counter_app.use_cases.intake.views import CaseView

REFUSED = (mark("The conditions are not met"), mark("Not within our competence"))
DENIED = (mark("The legal conditions are not met"), mark("The law forbids it in this case"))
TERMINATED = (
    mark("The applicant has died or the organisation has ended"),
    mark("It has become impossible for reasons nobody controls"),
    mark("The law it rests on was changed or repealed"),
)
LAPSED = (
    mark("Nothing came within the time the notice gave"),
    mark("What was promised did not come in time"),
)
WITHDRAWN = (mark("The applicant withdraws it"), mark("Applied for elsewhere"))
SECOND_NOTICE = (
    mark("The situation has changed"),
    mark("Overlooked at the first notice"),
    mark("A paper has expired since"),
)

PHRASES: Final[Mapping[DecisionKind, tuple[str, ...]]] = {
    "refuse": REFUSED,
    "no_permit": REFUSED,
    "withdraw": WITHDRAWN,
    "deny": DENIED,
    "terminate": TERMINATED,
    "lapse": LAPSED,
}
WITH_ARTICLE: Final[frozenset[DecisionKind]] = frozenset({"refuse", "deny", "terminate", "lapse"})


class DecidePresenter:
    """`view` gives the case as shown; `decided` refreshes what shows it."""

    def __init__(self, desk: Desk, view: Callable[[], CaseView | None], decided: Callable[[], None]) -> None:
        self._desk = desk
        self._view = view
        self._decided = decided

    def decide(self) -> None:
        """Do what the verdict suggests; where nothing is, say what comes first."""
        view, t = self._view(), self._desk.t
        if view is None:
            return
        suggested = view.verdict.suggested
        if suggested is None:
            first = view.verdict.sentences
            self._desk.tell(sentence(first[0], t) if first else t("Nothing is to be decided."), level="warn")
            return
        self._prepare(view, suggested)

    def outcomes(self) -> None:
        """All outcomes allowed now, by digit."""
        view, desk = self._view(), self._desk
        if view is None or not view.verdict.allowed:
            desk.tell(desk.t("Nothing is to be decided."))
            return
        choices = tuple(
            Choice(kind, str(at), desk.t(OUTCOME_WORDS[kind]))
            for at, kind in enumerate(view.verdict.allowed, 1)
        )

        def answered(choice: str, text: str) -> None:
            kind = next((one for one in view.verdict.allowed if one == choice), None)
            if kind is not None:
                self._prepare(view, kind)

        desk.ask(desk.t("Other outcomes"), choices, answered)

    def hold(self, then: Callable[[], None]) -> None:
        """What can be put right today waits with its citizen (mission: I6); `then` sets him aside."""
        view, desk = self._view(), self._desk
        if view is None or not view.verdict.may_hold or view.held_until is not None:
            then()
            return
        intake = desk.deps.intake
        desk.act("hold_case", lambda actor, key: intake.hold(actor, key, view.case), lambda _: then())

    def _prepare(self, view: CaseView, kind: DecisionKind) -> None:
        detail, desk = view.suggested_detail, self._desk
        if kind in PHRASES and not detail.reason:
            phrases = PHRASES[kind]
            desk.ask_reason(
                desk.t("{outcome}: why?", outcome=desk.t(OUTCOME_WORDS[kind])),
                tuple(desk.t(phrase) for phrase in phrases),
                lambda reason: self._with_article(view, kind, replace(detail, reason=reason)),
            )
        elif kind == "merge":
            self._merge(view, detail)
        elif kind == "notify" and view.notices:
            self._second_notice(view, detail)
        else:
            self._with_article(view, kind, detail)

    def _with_article(self, view: CaseView, kind: DecisionKind, detail: DecisionInput) -> None:
        desk = self._desk
        if kind not in WITH_ARTICLE or detail.article:
            self._carry_out(view, kind, detail)
            return
        desk.ask(
            desk.t("Which law and article?"),
            (),
            lambda _, article: self._carry_out(view, kind, replace(detail, article=article)),
            text=desk.t("Law and article"),
        )

    def _merge(self, view: CaseView, detail: DecisionInput) -> None:
        desk = self._desk
        desk.ask(
            desk.t("A duplicate: of which case?"),
            (),
            lambda _, number: self._carry_out(view, "merge", replace(detail, into=number)),
            text=desk.t("Case number"),
            hint=desk.t("Scan its receipt, or type the number."),
        )

    def _second_notice(self, view: CaseView, detail: DecisionInput) -> None:
        desk = self._desk
        causes = tuple(desk.t(cause) for cause in SECOND_NOTICE)

        def caused(cause: str) -> None:
            self._carry_out(view, "notify", replace(detail, cause=cause))

        desk.ask_reason(desk.t("A second notice: why was it not in the first?"), causes, caused)

    def _carry_out(self, view: CaseView, kind: DecisionKind, detail: DecisionInput) -> None:
        intake, desk = self._desk.deps.intake, self._desk
        desk.act(
            "decide",
            lambda actor, key: intake.decide(actor, key, view.case, kind, detail),
            lambda decided: self._told(kind, decided),
            right="case.decide",
        )

    def _told(self, kind: DecisionKind, decided: Decided) -> None:
        desk = self._desk
        papers = "、".join(decided.papers)
        desk.tell(
            desk.t("{outcome}: case {number}.", outcome=desk.t(OUTCOME_WORDS[kind]), number=decided.number),
            remedy=desk.t("Printing {papers}", papers=papers) if papers else "",
            level="good",
        )
        self._decided()
        desk.screen.focus_find()
