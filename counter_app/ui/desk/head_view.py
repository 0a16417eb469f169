"""The head of the desk: department, who works here, the one box, what there is to do, the clock."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from counter_app.i18n import Translator
from counter_app.ui.desk.shown import HeadBarShown
from counter_app.ui.theme.look import Look
from counter_app.ui.widgets.elided import Elided
from counter_app.ui.widgets.findbox import FindBox
from counter_app.ui.widgets.text import label


class HeadView(QFrame):
    """A bar that never moves; in a training home it says so beside the department's name."""

    def __init__(self, t: Translator, look: Look, ground: QWidget) -> None:
        super().__init__()
        self.setProperty("panel", "bar")
        self._department = Elided(least=6)
        self._department.setProperty("textsize", "title")
        self._training = label(chip=True)
        self._training.setProperty("tone", "training")
        self._name = Elided(least=3)
        self.counts = Elided(least=4)
        self._clock = label()
        self.box = FindBox(
            look, ground, t("A case: number, name, item, or a scanned paper"), t("Find a case"), "Ctrl K"
        )
        self.box.setMinimumWidth(look.px(120))
        row = QHBoxLayout(self)
        row.setContentsMargins(look.px(16), look.px(6), look.px(16), look.px(6))
        row.setSpacing(look.px(14))
        row.addWidget(self._department, 3)
        row.addWidget(self._training)
        row.addWidget(self._name)
        row.addWidget(self.box, 5)
        row.addStretch(1)
        row.addWidget(self.counts)
        row.addWidget(self._clock)

    def show_head(self, head: HeadBarShown) -> None:
        self._department.setText(head.department)
        self._name.setText(head.name)
        self.counts.setText("　".join(words for words, _ in head.counts))
        self._clock.setText(head.clock)
        self._training.setText(head.training)
        self._training.setVisible(bool(head.training))
