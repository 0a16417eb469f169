"""The menu of further commands: all of them at once, each under one or two letters. No dialog.

What it lists is the workspace's declaration. A command that the clerk's role does not give stays in its
place, muted, so that nobody looks for it elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from counter_app.domain.hall.rights import Right
from counter_app.i18n import Translator
from counter_app.ui.theme.look import Look
from counter_app.ui.widgets.commands import Group, Key
from counter_app.ui.widgets.keys import KeyCap
from counter_app.ui.widgets.text import label, set_tone

COLUMNS: Final = 3
MOST_HIGH: Final = 560
TITLE_LINES: Final = 2  # what a group's title takes of a column, in lines


class _Line(QFrame):
    """One command, its letters before it."""

    clicked = Signal()

    def __init__(self, look: Look, key: Key, words: str) -> None:
        super().__init__()
        self.key, self.allowed, self._in_reach, self._fits = key, True, True, True
        row = QHBoxLayout(self)
        row.setContentsMargins(look.px(4), look.px(2), look.px(4), look.px(2))
        row.setSpacing(look.px(10))
        self.cap = KeyCap(" ".join(key.cap))
        row.addWidget(self.cap)
        self._words: QLabel = label(words, wrap=True)
        row.addWidget(self._words, 1)
        self.setAccessibleName(f"{key.cap} {words}")

    def allow(self, allowed: bool, fits: bool) -> None:
        """What does not fit now is muted too, but can be taken: the command says why it does nothing."""
        self.allowed, self._fits = allowed, fits
        self._show()

    @property
    def muted(self) -> bool:
        return not (self.allowed and self._fits and self._in_reach)

    def reach(self, typed: str) -> None:
        """Muted while what was typed leads elsewhere."""
        self._in_reach = self.key.cap.startswith(typed)
        self._show()

    def _show(self) -> None:
        set_tone(self._words, "muted" if self.muted else "")

    def mousePressEvent(self, event: object) -> None:
        self.clicked.emit()


class MoreMenu(QFrame):
    """`command_requested(name)` after the menu has gone; `left` when nothing was taken."""

    command_requested = Signal(str)
    left = Signal()

    def __init__(self, t: Translator, look: Look, groups: Sequence[Group], columns: int = COLUMNS) -> None:
        super().__init__()
        self._t = t
        self._caps: list[list[KeyCap]] = []  # of each group
        self._typed = ""
        self.setProperty("panel", "overlay")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(t("More commands"))
        self._lines: list[_Line] = []
        self._hint = label(tone="muted")
        place = QWidget()
        place.setProperty("clear", True)
        across = QHBoxLayout(place)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(look.px(24))
        for column in balanced(groups, columns):
            across.addLayout(self._column(column, look), 1)
        self._scroll = scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(place)
        self._look = look
        whole = QVBoxLayout(self)
        whole.setContentsMargins(look.px(24), look.px(16), look.px(24), look.px(16))
        whole.setSpacing(look.px(10))
        whole.addWidget(label(t("More commands"), size="title"))
        whole.addWidget(scroll)
        whole.addWidget(self._hint)
        self.hide()

    def open(
        self, may: Callable[[Right | None], bool], fits: Callable[[str], bool] = lambda command: True
    ) -> None:
        """Show the menu; `may` tells which rights the clerk has, `fits` which commands have work."""
        for line in self._lines:
            line.allow(may(line.key.right), fits(line.key.command))
        self._begin("")
        self._measure()
        self.show()
        self.setFocus()

    @property
    def muted(self) -> frozenset[str]:
        """The commands that are not for now, or not for this clerk."""
        return frozenset(line.key.command for line in self._lines if line.muted)

    @property
    def scrolls(self) -> bool:
        """Whether some of it is out of sight."""
        return self._scroll.verticalScrollBar().maximum() > 0

    def _measure(self) -> None:
        """As high as its lines, once it has the look that they are drawn with; the words of a group begin
        below one another."""
        for caps in self._caps:
            for cap in caps:
                cap.ensurePolished()
                cap.setMinimumWidth(0)
            wide = max(cap.sizeHint().width() for cap in caps)
            for cap in caps:
                cap.setMinimumWidth(wide)
        needed = self._scroll.widget().sizeHint().height() + self._look.px(8)
        self._scroll.setMinimumHeight(min(self._look.px(MOST_HIGH), needed))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Backspace):
            if self._typed:
                self._begin("")
            elif event.key() == Qt.Key.Key_Escape:
                self.hide()
                self.left.emit()
            return
        typed = self._typed + event.text().upper() if event.text().isalnum() else ""
        line = next((line for line in self._lines if line.key.cap == typed), None)
        if line is not None:
            self._take(line)
        elif typed and any(line.key.cap.startswith(typed) for line in self._lines):
            self._begin(typed)

    def _begin(self, typed: str) -> None:
        self._typed = typed
        for line in self._lines:
            line.reach(typed)
        if typed:
            self._hint.setText(self._t("{letter} and its second letter. Esc goes back.", letter=typed))
        else:
            self._hint.setText(self._t("Press its letter. Esc leaves."))

    def _take(self, line: _Line) -> None:
        if not line.allowed:
            self._begin("")
            self._hint.setText(self._t("Your role does not allow this."))
            return
        self.hide()
        self.left.emit()
        self.command_requested.emit(line.key.command)

    def _column(self, groups: Sequence[Group], look: Look) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(look.px(2))
        for at, group in enumerate(groups):
            if at:
                column.addSpacing(look.px(10))
            column.addWidget(label(self._t(group.title), strong=True))
            lines = [_Line(look, key, self._t(key.words)) for key in group.lines]
            self._caps.append([line.cap for line in lines])
            for line in lines:
                line.clicked.connect(lambda line=line: self._take(line))
                column.addWidget(line)
            self._lines += lines
        column.addStretch(1)
        return column


def balanced(groups: Sequence[Group], columns: int) -> list[list[Group]]:
    """The groups in their order over `columns`, so that the longest column is as short as that allows."""
    sizes = [len(group.lines) + TITLE_LINES for group in groups]
    low, high = max(sizes, default=0), sum(sizes)
    while low < high:  # the smallest height at which they fit
        height = (low + high) // 2
        low, high = (low, height) if len(_filled(sizes, height)) <= columns else (height + 1, high)
    return [[groups[at] for at in column] for column in _filled(sizes, low)]


def _filled(sizes: Sequence[int], height: int) -> list[list[int]]:
    """Columns of indices, each filled up to `height`."""
    columns: list[list[int]] = []
    left = 0
    for at, size in enumerate(sizes):
        if not columns or size > left:
            columns.append([])
            left = height
        columns[-1].append(at)
        left -= size
    return columns
