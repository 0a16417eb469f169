"""The menu of further commands: all of them at once, each under one digit or letter. No dialog.

What it lists is declared in `commands.py`. A command that the clerk's role does not give stays in its
place, muted, so that nobody looks for it elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from counter_app.domain.hall.rights import Right
from counter_app.i18n import Translator
from counter_app.ui.counter.commands import MORE, Key
from counter_app.ui.theme.look import Look
from counter_app.ui.widgets.keys import KeyCap
from counter_app.ui.widgets.text import label, set_tone


class _Line(QFrame):
    """One command, its key before it."""

    clicked = Signal()

    def __init__(self, look: Look, key: Key, words: str) -> None:
        super().__init__()
        self.key, self.allowed = key, True
        row = QHBoxLayout(self)
        row.setContentsMargins(look.px(4), look.px(3), look.px(4), look.px(3))
        row.setSpacing(look.px(10))
        row.addWidget(KeyCap(key.cap))
        self._words: QLabel = label(words, wrap=True)
        row.addWidget(self._words, 1)
        self.setAccessibleName(f"{key.cap} {words}")

    def allow(self, allowed: bool) -> None:
        self.allowed = allowed
        set_tone(self._words, "" if allowed else "muted")

    def mousePressEvent(self, event: object) -> None:
        self.clicked.emit()


class MoreView(QFrame):
    """`command_requested(name)` after the menu has gone; `left` when nothing was taken."""

    command_requested = Signal(str)
    left = Signal()

    def __init__(self, t: Translator, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._t = t
        self.setProperty("panel", "overlay")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(t("More commands"))
        self._lines: list[_Line] = []
        self._hint = label(t("Press its letter. Esc leaves."), tone="muted")
        place = QWidget()
        place.setProperty("clear", True)
        across = QHBoxLayout(place)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(look.px(24))
        for group in MORE:
            column = QVBoxLayout()
            column.setSpacing(look.px(2))
            column.addWidget(label(t(group.title), strong=True))
            for key in group.lines:
                line = _Line(look, key, t(key.words))
                line.clicked.connect(lambda line=line: self._take(line))
                column.addWidget(line)
                self._lines.append(line)
            column.addStretch(1)
            across.addLayout(column, 1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(place)
        scroll.setMinimumHeight(min(look.px(480), place.sizeHint().height() + look.px(60)))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(look.px(24), look.px(16), look.px(24), look.px(16))
        whole.setSpacing(look.px(10))
        whole.addWidget(label(t("More commands"), size="title"))
        whole.addWidget(scroll)
        whole.addWidget(self._hint)
        self.hide()

    def open(self, may: Callable[[Right | None], bool]) -> None:
        """Show the menu; `may` tells which rights the clerk has."""
        for line in self._lines:
            line.allow(may(line.key.right))
        self._hint.setText(self._t("Press its letter. Esc leaves."))
        self.show()
        self.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        letter = event.text().upper()
        line = next((line for line in self._lines if line.key.cap == letter), None) if letter else None
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
            self.left.emit()
        elif line is not None:
            self._take(line)

    def _take(self, line: _Line) -> None:
        if not line.allowed:
            self._hint.setText(self._t("Your role does not allow this."))
            return
        self.hide()
        self.left.emit()
        self.command_requested.emit(line.key.command)
