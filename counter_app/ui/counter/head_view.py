"""The head of the window: hall and counter, the one box, who works here, the clock."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from counter_app.i18n import Translator
from counter_app.ui.counter.shown import HeadBarShown
from counter_app.ui.theme.look import Look
from counter_app.ui.widgets.elided import Elided
from counter_app.ui.widgets.findbox import FindBox
from counter_app.ui.widgets.text import label


class HeadView(QFrame):
    """A bar that never moves; in a training home it says so beside the hall's name."""

    def __init__(self, t: Translator, look: Look, ground: QWidget) -> None:
        super().__init__()
        self.setProperty("panel", "bar")
        self._hall = Elided(least=8)
        self._hall.setProperty("textsize", "title")
        self._counter = Elided()
        self._counter.setObjectName("on-bar")
        self._training = label(chip=True)
        self._training.setProperty("tone", "training")
        self._clerk = label()
        self._clock = label()
        self.box = FindBox(
            look,
            ground,
            t("Lay on a card, scan a slip, or type an item, a name, a number (as ldrk, A012)"),
            t("Find anything"),
            "Ctrl K",
        )
        self.box.setMinimumWidth(look.px(160))
        row = QHBoxLayout(self)
        row.setContentsMargins(look.px(16), look.px(6), look.px(16), look.px(6))
        row.setSpacing(look.px(14))
        row.addWidget(self._hall)
        row.addWidget(self._training)
        row.addWidget(self._counter, 3)
        row.addWidget(self.box, 5)
        row.addStretch(1)
        row.addWidget(self._clerk)
        row.addWidget(self._clock)

    def show_head(self, head: HeadBarShown) -> None:
        self._hall.setText(head.hall)
        self._counter.setText(head.counter)
        self._clerk.setText(head.clerk)
        self._clock.setText(head.clock)
        self._training.setText(head.training)
        self._training.setVisible(bool(head.training))

    @property
    def training(self) -> str:
        """What is said of training, where it is."""
        return self._training.text() if not self._training.isHidden() else ""
