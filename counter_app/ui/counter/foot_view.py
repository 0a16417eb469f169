"""The foot: printer, reader, store and centre, each a sign with a word, to be mended from there."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout

from counter_app.i18n import Translator
from counter_app.ui.counter.shown import FootShown
from counter_app.ui.theme.look import Look
from counter_app.ui.widgets.elided import Elided
from counter_app.ui.widgets.keys import KeyCap
from counter_app.ui.widgets.signs import StatusDot
from counter_app.ui.widgets.text import label


class FootView(QFrame):
    """`mend_requested("printer" | "reader" | "beside" | "centre")` when one of them is chosen."""

    mend_requested = Signal(str)

    def __init__(self, t: Translator, look: Look) -> None:
        super().__init__()
        self._t = t
        self.setProperty("panel", "foot")
        self._printer = StatusDot(look, t("Printer"))
        self._reader = StatusDot(look, t("Card reader"))
        self._centre = StatusDot(look, t("Store"))
        self._beside = StatusDot(look, t("Peripherals"))
        self._beside.hide()
        self._draft = Elided()
        row = QHBoxLayout(self)
        row.setContentsMargins(look.px(16), look.px(5), look.px(16), look.px(5))
        row.setSpacing(look.px(18))
        dots = (
            ("printer", self._printer),
            ("reader", self._reader),
            ("beside", self._beside),
            ("centre", self._centre),
        )
        for name, dot in dots:
            dot.mend_requested.connect(lambda name=name: self.mend_requested.emit(name))
            row.addWidget(dot)
        row.addStretch(1)
        row.addWidget(self._draft)
        keys = QHBoxLayout()
        keys.setSpacing(look.px(6))
        for key, words in (("Ctrl M", t("more commands")), ("F1", t("all keys"))):
            keys.addWidget(KeyCap(key))
            keys.addWidget(label(words, tone="muted"))
        row.addLayout(keys)

    def show_foot(self, foot: FootShown) -> None:
        for dot, shown in (
            (self._printer, foot.printer),
            (self._reader, foot.reader),
            (self._centre, foot.centre),
        ):
            dot.show_state(shown.state, shown.word)
        self._beside.setVisible(foot.beside is not None)
        if foot.beside is not None:
            self._beside.show_state(foot.beside.state, foot.beside.word)
        self._centre.set_name(self._t("Centre") if foot.many else self._t("Store"))
        self._draft.setText(foot.draft)

    @property
    def draft(self) -> str:
        """When the draft was kept, as shown."""
        return self._draft.text()
