"""The keys, shown over the window on F1; not a dialog: Esc or F1 takes it away and nothing waits."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from counter_app.i18n import Translator
from counter_app.ui.theme.look import Look
from counter_app.ui.widgets.commands import Group
from counter_app.ui.widgets.keys import KeyCap
from counter_app.ui.widgets.text import label


class KeysOverlay(QFrame):
    """All keys by group, as a workspace declares them.

    `columns` says which column each group stands in, so that none grows long.
    """

    left = Signal()

    def __init__(self, t: Translator, look: Look, groups: Sequence[Group], columns: Sequence[int]) -> None:
        super().__init__()
        self.setProperty("panel", "overlay")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(t("All keys"))
        place = QWidget()
        place.setProperty("clear", True)
        row = QHBoxLayout(place)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look.px(24))
        stacks = [QVBoxLayout() for _ in range(max(columns) + 1)]
        for column in stacks:
            column.setSpacing(look.px(14))
            row.addLayout(column, 1)
        for at, group in enumerate(groups):
            inner = QGridLayout()
            inner.setHorizontalSpacing(look.px(10))
            inner.setVerticalSpacing(look.px(4))
            inner.addWidget(label(t(group.title), strong=True), 0, 0, 1, 2)
            for down, line in enumerate(group.lines, 1):
                inner.addWidget(KeyCap(line.cap), down, 0, Qt.AlignmentFlag.AlignLeft)
                inner.addWidget(label(t(line.words), wrap=True), down, 1)
            inner.setColumnStretch(1, 1)
            inner.setRowStretch(len(group.lines) + 1, 1)
            stacks[columns[at]].addLayout(inner)
        for column in stacks:
            column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(place)
        scroll.setMinimumHeight(min(look.px(560), place.sizeHint().height() + 8))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(look.px(24), look.px(16), look.px(24), look.px(16))
        whole.setSpacing(look.px(10))
        whole.addWidget(label(t("All keys"), size="title"))
        whole.addWidget(scroll)
        self.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_F1):
            self.hide()
            self.left.emit()
