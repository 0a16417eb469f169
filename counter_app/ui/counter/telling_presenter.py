"""The call list: who is to be told, tries and what came of them, letters, messages, what is to come. No Qt.

One line a citizen and matter, the most urgent first (mission: I15, I17).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from counter_app.domain.identity.masking import mask_name
from counter_app.domain.intake.words import item_words
from counter_app.domain.telling.telling import Outcome, Way
from counter_app.errors import mark
from counter_app.ui.asking import Answers, Ask, ask_all, choices_of, worded
from counter_app.ui.counter.desk import Desk
from counter_app.ui.widgets.question import Choice
from counter_app.use_cases.intake.views import CaseView
from counter_app.use_cases.telling.messages import Message, messages_csv
from counter_app.use_cases.telling.telling import ToTell, by_message, told

ABOUT: Final[Mapping[str, str]] = {
    "result": mark("the result waits"),
    "lack": mark("a promised paper is to come"),
    "fee": mark("a fee is due"),
    "notice": mark("papers of a notice are to come"),
    "decision": mark("the decision waits"),
    "time": mark("its date has moved"),
    "choice": mark("a result needed first does not come: which way?"),
    "held_up": mark("all results are here, its acceptance is held up"),
    "certificate": mark("granted, its paper is still to be made"),
}
WAYS: Final[Mapping[Way, str]] = {
    "phone": mark("by telephone"),
    "message": mark("by text message"),
    "letter": mark("by letter"),
    "station": mark("through the community station"),
    "in_person": mark("in person"),
}
OUTCOMES: Final[Mapping[Outcome, str]] = {
    "reached": mark("reached"),
    "no_answer": mark("no answer"),
    "wrong_number": mark("the number is wrong"),
    "asks_later": mark("asks to be called later"),
    "sent": mark("sent"),
    "returned": mark("came back"),
}


class TellingPresenter:
    """`view` gives the case in hand, `open_case` takes one in hand."""

    def __init__(
        self,
        desk: Desk,
        view: Callable[[], CaseView | None],
        open_case: Callable[[str], None],
        open_paper: Callable[[str], None],
    ) -> None:
        self._desk = desk
        self._view = view
        self._open_case = open_case
        self._open_paper = open_paper
        self._telling = desk.deps.around.telling

    def list(self) -> None:
        """Everybody who is to be told today."""
        actor = self._desk.actor
        self._desk.reads.run(lambda: self._telling.to_tell(actor), self._show, self._desk.error)

    def _show(self, rows: tuple[ToTell, ...]) -> None:
        desk, t = self._desk, self._desk.t
        if not rows:
            desk.tell(t("Nobody is to be told anything today."), level="good")
            return
        known = {f"{row.case}/{row.about}": row for row in rows}
        choices = choices_of(tuple((id, self._line(row), self._detail(row)) for id, row in known.items()))
        title = t("{count} to be told", count=len(rows))
        count = sum(by_message(row) for row in rows)
        send = Choice(
            "", "0", t("Write out {count} text messages", count=count), "", count > 0, t("None is due.")
        )
        desk.ask(title, (*choices, send), lambda id, _: self._what(known[id]) if id else self._messages())

    def _messages(self) -> None:
        """For the hall's own sender, as a file in the home; each counts as a try."""
        desk, t = self._desk, self._desk.t

        def made(messages: tuple[Message, ...]) -> None:
            name = t("text messages {at}", at=f"{desk.deps.clock.now():%Y-%m-%d %H%M}")
            files = (("messages.csv", messages_csv(messages).encode("utf-8-sig")),)
            desk.reads.run(lambda: desk.deps.export(name, files), written, desk.error)

        def written(folder: Path) -> None:
            desk.tell(t("Written to {folder}", folder=str(folder)), level="good")

        desk.act("messages", self._telling.messages, made, right="case.open")

    def _line(self, row: ToTell) -> str:
        t = self._desk.t
        until = t("no later than {day}", day=row.until.isoformat()) if row.until else ""
        late = t("late") if row.late else ""
        name = item_words(t, mask_name(row.name), hidden=row.hidden)
        parts = (name, t(ABOUT[row.about]), until, late)
        return " · ".join(part for part in parts if part)

    def _detail(self, row: ToTell) -> str:
        t = self._desk.t
        last = (
            f"{row.last_at:%m-%d %H:%M} {t(OUTCOMES[_outcome(row.last)])}"
            if row.last_at
            else t("not told yet")
        )
        if row.hidden:
            return " · ".join((row.number, self._who_calls(row), last))
        parts = (row.number, row.item, "、".join(row.things), t(WAYS[_way(row.way)]), last)
        return " · ".join(part for part in parts if part)

    def _who_calls(self, row: ToTell) -> str:
        """Whom to ask about a sensitive case: they have the telephone number (mission: I10)."""
        t = self._desk.t
        if row.counter:
            return t("counter {number} or {department} calls", number=row.counter, department=row.department)
        return t("{department} calls", department=row.department)

    def _what(self, row: ToTell) -> None:
        desk, t = self._desk, self._desk.t
        if row.hidden:
            desk.tell(
                t("This case is sensitive: only those who handle it see it."), remedy=self._who_calls(row)
            )
            return
        lack, about = row.about == "lack", told(row)
        to_make = t("It is to be made and recorded first: open the case, Ctrl+M J R.")
        choices = (
            Choice("tried", "1", t("Tried: what came of it?"), row.phone, about is not None, to_make),
            Choice("letter", "2", t("Write a letter"), "", about is not None, to_make),
            Choice("way", "3", t("How does the citizen want to be told?"), t(WAYS[_way(row.way)])),
            Choice("supplied", "4", t("It has come"), "、".join(row.things), lack, t("Nothing is to come.")),
            Choice("open", "5", t("Open the case")),
        )
        does: Mapping[str, Callable[[ToTell], None]] = {
            "tried": self._tried,
            "letter": self._letter,
            "way": self._way,
            "supplied": self._supplied,
            "open": lambda one: self._open_case(one.case),
        }
        desk.ask(self._line(row), choices, lambda choice, _: does[choice](row), hint=self._detail(row))

    def _tried(self, row: ToTell) -> None:
        t, about = self._desk.t, told(row)
        if about is None:
            return
        asks = (
            Ask(
                "outcome",
                t("What came of it?"),
                worded(t, OUTCOMES),
            ),
            Ask("note", t("Note"), needed=False),
        )

        def given(answers: Answers) -> None:
            self._desk.act(
                "tell",
                lambda actor, key: self._telling.tell(
                    actor,
                    key,
                    row.case,
                    about,
                    _way(row.way),
                    _outcome(answers["outcome"]),
                    answers["note"],
                ),
                lambda _: self.list(),
                right="case.open",
            )

        ask_all(self._desk, asks, given)

    def _letter(self, row: ToTell) -> None:
        about = told(row)
        if about is None:
            return
        self._desk.act(
            "letter",
            lambda actor, key: self._telling.letter(actor, key, row.case, about),
            self._open_paper,
            right="case.open",
        )

    def _way(self, row: ToTell) -> None:
        desk, t = self._desk, self._desk.t
        choices = worded(t, WAYS)

        def taken(way: str, text: str) -> None:
            desk.act(
                "ask_way",
                lambda actor, key: self._telling.ask_way(actor, key, row.case, _way(way)),
                lambda _: self.list(),
                right="case.open",
            )

        desk.ask(t("How does the citizen want to be told?"), choices, taken)

    def supplied_here(self) -> None:
        """Papers promised for the case in hand have come, however early."""
        desk, view = self._desk, self._view()
        if view is None:
            desk.tell(desk.t("No case is in hand."))
            return

        def found(rows: tuple[tuple[str, str], ...]) -> None:
            if rows:
                self._came(view.case)
            else:
                desk.tell(desk.t("Nothing is to come."))

        desk.reads.run(lambda: self._telling.awaited(view.case), found, desk.error)

    def _supplied(self, row: ToTell) -> None:
        self._came(row.case)

    def _came(self, case: str) -> None:
        desk, t = self._desk, self._desk.t

        def supply(codes: tuple[str, ...]) -> None:
            desk.act(
                "supply",
                lambda actor, key: self._telling.supply(actor, key, case, codes),
                lambda _: desk.tell(t("Noted. The receipt is being printed."), level="good"),
                right="case.open",
            )

        desk.reads.run(lambda: self._telling.awaited(case), lambda found: self._which(found, supply))

    def _which(self, found: tuple[tuple[str, str], ...], supply: Callable[[tuple[str, ...]], None]) -> None:
        desk, t = self._desk, self._desk.t
        if len(found) == 1:
            supply((found[0][0],))
            return
        everything = Choice("", "0", t("All of it"))
        rows = choices_of(tuple((code, name, "") for code, name in found))
        codes = tuple(code for code, _ in found)
        desk.ask(
            t("What has come?"),
            (*rows, everything),
            lambda choice, _: supply((choice,) if choice else codes),
        )


def _way(way: str) -> Way:
    return next((one for one in WAYS if one == way), "phone")


def _outcome(outcome: str) -> Outcome:
    return next((one for one in OUTCOMES if one == outcome), "sent")
