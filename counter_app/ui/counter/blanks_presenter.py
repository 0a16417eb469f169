"""Numbered blanks of this counter: to the citizen, spoiled, received, counted (mission: P11). No Qt."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from counter_app.domain.blanks.blanks import Blanks
from counter_app.errors import mark
from counter_app.ui.asking import Answers, Ask, ask_all, choices_of
from counter_app.ui.counter.desk import Desk
from counter_app.ui.widgets.question import Choice
from counter_app.use_cases.intake.views import CaseView

SPOILED: Final = (mark("Misprinted"), mark("Torn or soiled"), mark("Damaged when it came"))


class BlanksPresenter:
    """`view` gives the case in hand."""

    def __init__(self, desk: Desk, view: Callable[[], CaseView | None]) -> None:
        self._desk = desk
        self._view = view
        self._stock = desk.deps.around.blanks

    def page(self) -> None:
        counter = self._desk.deps.counter
        self._desk.reads.run(lambda: self._stock.of(counter), self._show, self._desk.error)

    def _show(self, blanks: Blanks) -> None:
        desk, t = self._desk, self._desk.t

        def stands(kind: str) -> str:
            return t("{count} left, next {number}", count=blanks.left(kind), number=blanks.following(kind))

        kinds = tuple((kind, kind, stands(kind)) for kind, _ in blanks.stock)
        new = Choice("", "0", t("Take in blanks of another kind"))
        title = t("Numbered blanks at this counter")

        def taken(kind: str, text: str) -> None:
            if kind:
                self._what(blanks, kind)
            else:
                self._receive("")

        twice = len(blanks.overtaken)
        hint = t("{count} acts met those of another machine: look at both.", count=twice) if twice else ""
        desk.ask(title, (*choices_of(kinds), new), taken, hint=hint)

    def _what(self, blanks: Blanks, kind: str) -> None:
        desk, t, view = self._desk, self._desk.t, self._view()
        left = blanks.left(kind) > 0
        none = t("None is left.")
        why = none if not left else t("No case is in hand.")
        following = t("The next to the citizen: {number}", number=blanks.following(kind))
        choices = (
            Choice("issue", "1", following, "", left and view is not None, why),
            Choice("spoil", "2", t("One is spoiled"), "", left, none),
            Choice("receive", "3", t("Take more in")),
            Choice("hand_on", "4", t("Hand some on to another counter"), "", left, none),
            Choice("count", "5", t("Count of the day")),
        )
        does: Mapping[str, Callable[[], None]] = {
            "issue": lambda: self._issue(kind),
            "spoil": lambda: self._spoil(blanks, kind),
            "receive": lambda: self._receive(kind),
            "hand_on": lambda: self._hand_on(kind),
            "count": lambda: self._count(blanks, kind),
        }
        lines = [
            f"{one.number(one.first)} – {one.number(one.last)}（{len(one)}）" for one in blanks.of(kind)[:6]
        ]
        desk.ask(kind, choices, lambda choice, _: does[choice](), hint="\n".join(lines))

    def _issue(self, kind: str) -> None:
        desk, view = self._desk, self._view()
        if view is None:
            return
        desk.act(
            "issue_blank",
            lambda actor, key: self._stock.issue(actor, key, kind, view.case),
            lambda number: desk.tell(desk.t("{number} goes to the citizen.", number=number), level="good"),
            right="case.open",
        )

    def _spoil(self, blanks: Blanks, kind: str) -> None:
        desk, t = self._desk, self._desk.t

        def because(number: str, reason: str) -> None:
            desk.act(
                "spoil_blank",
                lambda actor, key: self._stock.spoil(actor, key, kind, number, reason),
                lambda spoiled: desk.tell(t("{number} is spoiled and kept.", number=spoiled), level="good"),
                right="case.open",
            )

        def numbered(answers: Answers) -> None:
            number, phrases = answers["number"], tuple(t(one) for one in SPOILED)
            desk.ask_reason(t("What happened to it?"), phrases, lambda why: because(number, why))

        ask_all(desk, (Ask("number", t("Its number"), given=blanks.following(kind)),), numbered)

    def _receive(self, kind: str) -> None:
        desk, t = self._desk, self._desk.t
        asks = (
            Ask("kind", t("What kind of blank?"), when=lambda a: not kind),
            Ask("first", t("First number")),
            Ask("last", t("Last number")),
        )

        def given(answers: Answers) -> None:
            of = kind or answers["kind"]
            desk.act(
                "receive_blanks",
                lambda actor, key: self._stock.receive(actor, key, of, answers["first"], answers["last"]),
                lambda count: desk.tell(t("{count} taken in.", count=count), level="good"),
                right="case.open",
            )

        ask_all(desk, asks, given)

    def _hand_on(self, kind: str) -> None:
        desk, t = self._desk, self._desk.t
        others = tuple(
            (str(one.number), t("Counter {counter}", counter=one.number), one.name)
            for one in desk.deps.plan.counters
            if str(one.number) != desk.deps.counter
        )
        asks = (
            Ask("to", t("To which counter?"), choices_of(others)),
            Ask("first", t("First number")),
            Ask("last", t("Last number")),
        )

        def given(answers: Answers) -> None:
            desk.act(
                "hand_on_blanks",
                lambda actor, key: self._stock.hand_on(
                    actor, key, kind, answers["first"], answers["last"], answers["to"]
                ),
                lambda count: desk.tell(t("{count} handed on.", count=count), level="good"),
                right="case.open",
            )

        ask_all(desk, asks, given)

    def _count(self, blanks: Blanks, kind: str) -> None:
        desk, t = self._desk, self._desk.t
        left = blanks.left(kind)
        asks = (
            Ask("counted", t("How many lie here?"), hint=t("The record says {count}.", count=left)),
            Ask("reason", t("It differs: why?"), when=lambda a: a["counted"] != str(left)),
        )

        def given(answers: Answers) -> None:
            if not answers["counted"].isdecimal():
                desk.tell(t("A number is needed."), level="warn")
                return
            counted, reason = int(answers["counted"]), answers.get("reason", "")
            desk.act(
                "count_blanks",
                lambda actor, key: self._stock.count(actor, key, kind, counted, reason),
                lambda _: desk.tell(t("Counted. Its paper is being printed."), level="good"),
                right="case.open",
            )

        ask_all(desk, asks, given)
