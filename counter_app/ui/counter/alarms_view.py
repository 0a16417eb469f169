"""What rings, in the left zone: calls for help with their key, lines that wait too long, posts that wait for
who stands in. Passive."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout

from counter_app.i18n import Translator
from counter_app.ui.counter.shown import AlarmsShown
from counter_app.ui.theme.look import Look
from counter_app.ui.widgets.keys import KeyButton
from counter_app.ui.widgets.text import label


class AlarmsView(QFrame):
    """`answer_requested()` on its key; it takes no room while nothing rings."""

    answer_requested = Signal()

    def __init__(self, t: Translator, look: Look) -> None:
        super().__init__()
        self.setProperty("panel", "hand")
        self.setProperty("tone", "warn")
        self.setAccessibleName(t("Help wanted, lines that wait too long"))
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(12), look.px(8), look.px(10), look.px(8))
        column.setSpacing(look.px(4))
        self._calls = label(strong=True, wrap=True)
        self._answer = KeyButton(t("I go there"), "Ctrl H", kind="tile")
        self._answer.clicked.connect(self.answer_requested)
        self._late = label(tone="warn", wrap=True)
        for part in (self._calls, self._answer, self._late):
            column.addWidget(part)
        self.show_alarms(AlarmsShown())

    def show_alarms(self, alarms: AlarmsShown) -> None:
        self._calls.setText("\n".join(alarms.help))
        warned = (*alarms.posts, *alarms.late)
        self._late.setText("\n".join(warned))
        for part in (self._calls, self._answer):
            part.setVisible(bool(alarms.help))
        self._late.setVisible(bool(warned))
        self.setVisible(bool(alarms.help or warned))

    @property
    def words(self) -> str:
        """All it says."""
        return "\n".join(part.text() for part in (self._calls, self._late) if part.text())
