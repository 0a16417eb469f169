"""Answers on paper, entered at the counter: reply slips of departments that have not moved in. No Qt.

mission: H2.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from counter_app.domain.casework.opinion import OpinionInput
from counter_app.domain.casework.state import ANSWERS, Answer, View
from counter_app.domain.casework.task import WorkKind
from counter_app.domain.casework.words import ANSWER_WORDS, DECIDED_WORDS
from counter_app.domain.journal import Actor
from counter_app.errors import mark
from counter_app.ui.asking import Answers, Ask, ask_all, choices_of, worded
from counter_app.ui.counter.desk import Desk
from counter_app.use_cases.casework.views import CasePage, InboxRow

IN_WORDS: Final[Mapping[WorkKind, str]] = {
    "question": mark("What does the department answer?"),
    "absence": mark("What is its view in writing?"),
    "order": mark("What has it done on the order?"),
}


class Slips:
    """`words` says what a row is about, `done` that it is entered."""

    def __init__(self, desk: Desk, words: Callable[[InboxRow], str], done: Callable[[str], None]) -> None:
        self._desk, self._words, self._done = desk, words, done
        self._casework = desk.deps.casework

    def enter(self, row: InboxRow) -> None:
        """Ask what the slip of this work says, by its kind, and keep it."""
        t = self._desk.t
        if row.kind == "meeting":
            self._desk.tell(t("This is answered by being there."), remedy=self._words(row))
        elif row.kind in IN_WORDS:
            ask = Ask("text", t(IN_WORDS[row.kind]), hint=self._words(row))
            ask_all(self._desk, (ask,), lambda given: self._keep_words(row, given["text"]))
        else:
            self._choose(row)

    def contest(self, page: CasePage) -> None:
        """Which booked cause is not accepted, and why; the management decides."""
        t, asking = self._desk.t, self._casework.asking
        rows = tuple(row for row in page.assists if row.may_dispute)
        if not rows:
            self._desk.tell(t("No cause is booked that could be disputed."))
            return
        lines = choices_of(tuple((row.matter, f"{row.department_name} · {row.name}", "") for row in rows))
        asks = (Ask("matter", t("Which booked cause is not accepted?"), lines), Ask("reason", t("Why not?")))

        def given(answers: Answers) -> None:
            self._desk.act(
                "contest",
                lambda actor, key: asking.dispute(
                    actor, key, page.case, answers["matter"], answers["reason"]
                ),
                lambda _: self._done(t("The counter's management decides it.")),
                right="reply.enter",
            )

        ask_all(self._desk, asks, given)

    def _choose(self, row: InboxRow) -> None:
        t = self._desk.t
        decides = row.kind != "assist"

        def agrees(given: Answers) -> bool:
            return given["answer"] == "agree"

        def says_why(given: Answers) -> bool:
            return given["answer"] not in ("agree", "grant")

        def has_basis(given: Answers) -> bool:
            return decides or given["answer"] == "disagree"

        def may_have_one(given: Answers) -> bool:
            return not has_basis(given) and not agrees(given)

        answers = worded(t, DECIDED_WORDS) if decides else worded(t, ANSWER_WORDS)
        asks = (
            Ask("answer", t("What does the slip say?"), choices=answers, hint=self._words(row)),
            Ask(
                "reason", t("Reason"), label=t("Reason"), needed=False, when=lambda given: not says_why(given)
            ),
            Ask("reason", t("Reason"), label=t("Reason"), when=says_why),
            Ask("law", t("Law"), label=t("Law"), when=has_basis),
            Ask("article", t("Article"), label=t("Article"), when=has_basis),
            Ask("law", t("Law"), label=t("Law"), needed=False, when=may_have_one),
            Ask("article", t("Article"), label=t("Article"), needed=False, when=may_have_one),
            Ask("number", t("Number of the result"), needed=False, when=lambda given: decides),
        )
        ask_all(self._desk, asks, lambda given: self._keep(row, given))

    def _keep(self, row: InboxRow, given: Answers) -> None:
        casework = self._casework
        answer: Answer | None = next((one for one in ANSWERS if one == given["answer"]), None)
        view: View = "grant" if given["answer"] == "grant" else "deny"
        slip = OpinionInput(
            view=view,
            text=given["reason"],
            law=given.get("law", ""),
            article=given.get("article", ""),
            result_number=given.get("number", ""),
        )
        if row.kind == "assist" and answer is not None:
            self._act(
                lambda actor, key: casework.asking.answer(
                    actor, key, row.case, row.code, answer, slip.text, slip.law, slip.article
                )
            )
        else:
            self._act(lambda actor, key: casework.work.enter_reply(actor, key, row.case, row.code, slip))

    def _keep_words(self, row: InboxRow, text: str) -> None:
        asking, group = self._casework.asking, self._casework.group
        if row.kind == "question":
            self._act(lambda actor, key: group.reply(actor, key, row.case, row.task, text))
        elif row.kind == "absence":
            self._act(lambda actor, key: group.make_up(actor, key, row.task, text))
        else:
            self._act(
                lambda actor, key: asking.reply_order(actor, key, row.case, row.code, row.department, text)
            )

    def _act(self, work: Callable[[Actor, str], None]) -> None:
        told = self._desk.t("The reply is entered.")
        self._desk.act("reply", work, lambda _: self._done(told), right="reply.enter")
