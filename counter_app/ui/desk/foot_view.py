"""The foot of the desk: the keys of the case in hand, and how this machine stands to the hall's centre."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QWidget

from counter_app.i18n import Translator
from counter_app.ui.theme.look import Look
from counter_app.ui.theme.tokens import State
from counter_app.ui.widgets.elided import Elided
from counter_app.ui.widgets.keys import KeyButton, KeyCap
from counter_app.ui.widgets.signs import StatusDot


class FootView(QFrame):
    """`command_requested(name)`; `mend_requested` when the centre's dot is chosen."""

    command_requested = Signal(str)
    mend_requested = Signal()

    def __init__(self, t: Translator, look: Look) -> None:
        super().__init__()
        self.setProperty("panel", "foot")
        self._offered: dict[str, KeyButton] = {}
        self._words: dict[str, str] = {}
        self._centre = StatusDot(look, t("Store"))
        self._centre.mend_requested.connect(self.mend_requested)
        row = QHBoxLayout(self)
        row.setContentsMargins(look.px(16), look.px(4), look.px(16), look.px(4))
        row.setSpacing(look.px(10))
        place = QWidget()
        keys = QHBoxLayout(place)
        keys.setContentsMargins(0, 0, 0, 0)
        keys.setSpacing(look.px(10))
        for name, words, key in (
            ("go_opinion", t("Fill in"), "Enter"),
            ("take", t("Take on"), "F3"),
            ("submit", t("Sign and send on"), "F9"),
            ("answer", t("Answer"), "F8"),
            ("assist", t("Ask assists"), "F5"),
            ("clock", t("Time"), "F6"),
            ("copy_notices", t("Copy-notices"), "F7"),
        ):
            button = KeyButton(words, key, kind="quiet")
            button.clicked.connect(lambda checked=False, name=name: self.command_requested.emit(name))
            self._offered[name] = button
            self._words[name] = words
            keys.addWidget(button)
        keys.addStretch(1)
        row.addWidget(_Strip(place), 1)
        row.addWidget(self._centre)
        for key, words in (("Ctrl M", t("more commands")), ("F1", t("all keys"))):
            row.addWidget(KeyCap(key))
            told = Elided(words, least=0)
            told.setProperty("tone", "muted")
            row.addWidget(told)

    def offer(self, names: frozenset[str], words: Mapping[str, str]) -> None:
        """Only what may be done now stands here, in the words of the work in hand where it has its own."""
        for name, button in self._offered.items():
            button.setVisible(name in names)
            button.set_words(words.get(name, self._words[name]))

    def show_centre(self, name: str, state: State, word: str) -> None:
        self._centre.set_name(name)
        self._centre.show_state(state, word)


class _Strip(QScrollArea):
    """The keys in one line. At large text the last may be cut off: F1 has them all."""

    def __init__(self, place: QWidget) -> None:
        super().__init__()
        place.setProperty("clear", True)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setWidget(place)

    def sizeHint(self) -> QSize:
        high = max(button.sizeHint().height() for button in self.findChildren(KeyButton))
        return QSize(self.widget().sizeHint().width(), high + 2)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())
