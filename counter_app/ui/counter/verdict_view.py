"""The verdict: what it is, why, and the keys that carry it out. A passive view."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QVBoxLayout

from counter_app.i18n import Translator
from counter_app.ui.counter.shown import VerdictShown
from counter_app.ui.theme.look import Look
from counter_app.ui.widgets.keys import KeyButton
from counter_app.ui.widgets.signs import Badge
from counter_app.ui.widgets.text import label, set_tone


class VerdictView(QFrame):
    """`command_requested("decide" | "outcomes" | "hold")`."""

    command_requested = Signal(str)

    def __init__(self, t: Translator, look: Look) -> None:
        super().__init__()
        self.setProperty("panel", "hand")
        self._room = look.px(1200)
        self._badge = Badge(look, 4)
        self._title = label(strong=True, wrap=True)
        self._detail = label(tone="muted", wrap=True)
        self._others = KeyButton(t("Others"), "Ctrl F9")
        self._hold = KeyButton("", "F6")
        self._decide = KeyButton("", "F9", kind="primary")
        for button, command in (
            (self._others, "outcomes"), (self._hold, "hold"), (self._decide, "decide"),
        ):  # fmt: skip
            button.clicked.connect(lambda _=False, command=command: self.command_requested.emit(command))
        words = QVBoxLayout()
        words.setSpacing(look.px(2))
        words.addWidget(self._title)
        words.addWidget(self._detail)
        told = QHBoxLayout()
        told.setSpacing(look.px(12))
        told.addWidget(self._badge)
        told.addLayout(words, 1)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(look.px(12))
        for button in (self._others, self._hold, self._decide):
            self._buttons.addWidget(button)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(look.px(12), look.px(10), look.px(14), look.px(10))
        self._row.setSpacing(look.px(12))
        self._row.addLayout(told, 1)
        self._row.addLayout(self._buttons)
        self.setAccessibleName(t("Verdict"))

    def fit(self, room: int) -> None:
        """Where words and keys do not fit side by side, the keys go beneath, at last one under another."""
        shown = [button for button in (self._others, self._hold, self._decide) if not button.isHidden()]
        keys = sum(button.sizeHint().width() + self._buttons.spacing() for button in shown)
        self._room = room
        across = QBoxLayout.Direction.LeftToRight
        down = QBoxLayout.Direction.TopToBottom
        self._buttons.setDirection(across if keys + self._row.spacing() * 3 < room else down)
        side_by_side = keys * 9 // 5 < room
        wanted = across if side_by_side else down
        if self._row.direction() != wanted:
            self._row.setDirection(wanted)

    def show_verdict(self, verdict: VerdictShown) -> None:
        self._badge.set_state(verdict.state)
        set_tone(self, verdict.tone)
        self._title.setText(verdict.title)
        self._detail.setText(verdict.detail)
        self._detail.setVisible(bool(verdict.detail))
        self._decide.set_words(verdict.words)
        self._decide.setVisible(bool(verdict.words))
        self._hold.set_words(verdict.hold_words)
        self._hold.setVisible(bool(verdict.hold_words))
        self._others.setVisible(verdict.others > 0)
        self.fit(self._room)
        self.setAccessibleDescription(f"{verdict.title} {verdict.detail}".strip())
