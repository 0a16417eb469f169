"""What every part of the tour does with one window: keys, answers to its questions, waiting, pictures."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final, TypeVar

from PySide6.QtCore import Qt

from counter_app.ui.tour.hands import Hands, TourStopped
from counter_app.ui.widgets.commands import Group
from counter_app.ui.widgets.question import Choice, Question
from counter_app.ui.workspace_window import WorkspaceWindow

T = TypeVar("T")
WIDE: Final = (1920, 1080)
LOW: Final = (1366, 768)


class AtWindow:
    """`more` are the groups of the window's menu of further commands."""

    def __init__(self, window: WorkspaceWindow, more: Sequence[Group], hands: Hands) -> None:
        self.window = window
        self.hands = hands
        self._more = {line.command: line.cap for group in more for line in group.lines}

    def show(self) -> None:
        self.window.resize(*LOW)
        self.window.show()
        self.settle()

    def press(self, *keys: Qt.Key, with_ctrl: bool = False) -> None:
        """One key after another, each when the window has done what the one before asked."""
        for key in keys:
            self.hands.press(self.window, key, with_ctrl=with_ctrl)
            self.settle()

    def type(self, text: str) -> None:
        self.hands.type(self.window, text)
        self.settle()

    def write(self, text: str) -> None:
        """Words into the line that is asked for, and Enter."""
        self.until(self._asked_for_words, "a line to write in")
        self.type(text)
        self.press(Qt.Key.Key_Return)

    def command(self, name: str) -> None:
        """Of the menu, by its letters."""
        self.press(Qt.Key.Key_M, with_ctrl=True)
        for letter in self._more[name]:
            self.type(letter)

    def find(self, text: str) -> None:
        """Into the one box, and Enter."""
        self.press(Qt.Key.Key_K, with_ctrl=True)
        self.type(text)
        self.press(Qt.Key.Key_Return)

    def choose(self, *words: str) -> None:
        """Read each question and press the key of the answer that says `words`."""
        for wanted in words:
            choice = self.until(partial(self._choice, wanted), f"an answer “{wanted}”")
            self.press(Qt.Key(ord(choice.key)))

    def asked(self, words: str) -> Question:
        """Wait for the question whose title holds `words`."""

        def found() -> Question | None:
            question = self.window.panels.chooser.question
            return question if question is not None and words in question.title else None

        return self.until(found, f"the question “{words}”")

    def said(self, words: str) -> str:
        """Wait until the message bar says `words`; all that it says."""
        bar = self.window.panels.notice

        def told() -> str | None:
            said = bar.accessibleName() if bar.current is not None else ""
            return said if words in said else None

        return self.until(told, f"“{words}” said")

    def until(self, found: Callable[[], T | None], what: str) -> T:
        """As `Hands.until`; what the window says and asks goes with the complaint."""
        try:
            result = self.hands.until(found, what)
        except TourStopped as missed:
            raise TourStopped(f"{missed}; {self._stands()}") from missed
        self.settle()
        return result

    def settle(self) -> None:
        """Until nothing is on its way to the window."""
        self.hands.look()
        self.hands.until(lambda: not self.window.busy or None, "the window at rest")
        self.hands.look()

    def shoot(self, name: str) -> str:
        """One picture, at the size of a small screen."""
        return self.hands.shoot(self.window, name)

    def both(self, name: str) -> list[str]:
        """Two pictures: as on a small screen, and as on a large one, with no message over the work."""
        self.window.panels.notice.dismiss()
        low = self.hands.shoot(self.window, f"{name}-{LOW[0]}")
        self.window.resize(*WIDE)
        wide = self.hands.shoot(self.window, f"{name}-{WIDE[0]}")
        self.window.resize(*LOW)
        self.settle()
        return [low, wide]

    def _choice(self, words: str) -> Choice | None:
        question = self.window.panels.chooser.question
        choices = question.choices if question is not None else ()
        named = [one for one in choices if words in one.words and one.enabled]
        return min(named, key=lambda one: one.words.index(words), default=None)

    def _asked_for_words(self) -> bool | None:
        question = self.window.panels.chooser.question
        return (question is not None and bool(question.text_label)) or None

    def _stands(self) -> str:
        question, bar = self.window.panels.chooser.question, self.window.panels.notice
        said = bar.accessibleName() if bar.current is not None else "nothing"
        asks = (
            f"“{question.title}”: {', '.join(f'{one.key} {one.words}' for one in question.choices)}"
            if question is not None
            else "nothing"
        )
        return f"the window says {said}, asks {asks}"
