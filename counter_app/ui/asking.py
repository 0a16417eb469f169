"""Several things asked one after another, in the window's own question; what was chosen last stands over the
next one. No Qt.

Esc goes one question back, to what was answered there; at the first it leaves the whole. Nothing has been
done by then.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from counter_app.i18n import Translator
from counter_app.ui.widgets.question import Choice
from counter_app.ui.workplace import Workplace

KEYS = "123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
Answers = Mapping[str, str]
T = TypeVar("T", bound=str)


@dataclass(frozen=True, slots=True)
class Ask:
    """One question: its choices, or a line of text under `label`. `day` texts are days, given as ISO.

    `chosen` is the choice that Enter takes. A text that is not `needed` may stay empty. `when` leaves it out
    by what was answered before.
    """

    id: str
    title: str
    choices: tuple[Choice, ...] = ()
    label: str = ""
    given: str = ""
    hint: str = ""
    chosen: str = ""
    needed: bool = True
    day: bool = False
    when: Callable[[Answers], bool] = lambda answers: True


def ask_all(here: Workplace, asks: tuple[Ask, ...], done: Callable[[Answers], None]) -> None:
    """Ask them in order; `done` gets all answers by id once the last was given."""
    _Asking(here, asks, done).go_on(0)


def choices_of(rows: tuple[tuple[str, str, str], ...]) -> tuple[Choice, ...]:
    """(id, words, detail) under 1–9, then A–Z."""
    return tuple(
        Choice(id, KEYS[at], words, detail) for at, (id, words, detail) in enumerate(rows[: len(KEYS)])
    )


def worded(t: Translator, words: Mapping[T, str]) -> tuple[Choice, ...]:
    """The keys of a closed set under 1–9, then A–Z, in the clerk's words."""
    return choices_of(tuple((str(id), t(text), "") for id, text in words.items()))


def read_day(text: str, today: date) -> date | None:
    """`2026-11-23`, `20261123`, `11-23` or `1123` (the next such day); None when it is none."""
    digits = "".join(sign for sign in text if sign.isdigit())
    parts = [part for part in text.replace("/", "-").replace(".", "-").split("-") if part]
    try:
        if len(parts) == 3:
            return date(int(parts[0]), int(parts[1]), int(parts[2]))
        if len(parts) == 1 and len(digits) == 8:
            return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
        if len(parts) == 2 or len(digits) == 4:
            first, second = parts if len(parts) == 2 else (digits[:2], digits[2:])
            this = date(today.year, int(first), int(second))
            return this if this >= today else this.replace(year=today.year + 1)
    except ValueError:
        return None
    return None


class _Asking:
    """`_way` are the questions answered so far, in order: what Esc goes back by."""

    def __init__(self, here: Workplace, asks: tuple[Ask, ...], done: Callable[[Answers], None]) -> None:
        self._here, self._asks, self._done = here, asks, done
        self._answers: dict[str, str] = {}
        self._way: list[int] = []

    def go_on(self, at: int, typed: str = "") -> None:
        while at < len(self._asks) and not self._asks[at].when(self._answers):
            at += 1
        if at == len(self._asks):
            self._done(self._answers)
        else:
            self._ask(at, typed)

    def _ask(self, at: int, typed: str, chosen: str = "") -> None:
        ask = self._asks[at]
        self._here.ask(
            ask.title,
            ask.choices,
            lambda choice, typed: self._taken(at, choice, typed),
            text=ask.label or ("" if ask.choices else ask.title),
            given=typed or ask.given,
            hint="\n".join(part for part in (self._said(), ask.hint) if part),
            chosen=chosen or ask.chosen,
            back=self._back if self._way else None,
        )

    def _back(self) -> None:
        """The question before, as it was answered; what follows from it is asked anew."""
        at = self._way.pop()
        ask = self._asks[at]
        answer = self._answers.pop(ask.id)
        picked = any(one.id == answer for one in ask.choices)
        self._ask(at, "" if picked else answer, answer if picked else "")

    def _said(self) -> str:
        """The choice taken last, in its words."""
        for at in reversed(self._way):
            ask = self._asks[at]
            for one in ask.choices:
                if one.id == self._answers[ask.id]:
                    return one.words
        return ""

    def _taken(self, at: int, choice: str, typed: str) -> None:
        ask, here = self._asks[at], self._here
        answer = choice or typed.strip()
        if ask.day and not choice and answer:
            day = read_day(answer, here.clock.now().date())
            if day is None:
                here.tell(here.t("“{text}” is no day.", text=answer), level="warn")
                self.go_on(at, answer)
                return
            answer = day.isoformat()
        if ask.needed and not answer:
            here.tell(here.t("This is needed."), level="warn")
            self.go_on(at)
            return
        self._answers[ask.id] = answer
        self._way.append(at)
        self.go_on(at + 1)
