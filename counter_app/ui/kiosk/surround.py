"""What stands around every page: head with languages, the training mark, foot with promise and clock.

The warning before the kiosk begins afresh takes the foot's place, so nothing else moves.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QStackedWidget, QVBoxLayout

from counter_app.ui.kiosk.keys import KioskKey
from counter_app.ui.kiosk.measures import Measures
from counter_app.ui.kiosk.page import Frame, Key
from counter_app.ui.kiosk.parts import words
from counter_app.ui.theme.tokens import Theme

LONG_PRESS_MS: Final = 3000
PROMISE_LINES: Final = 2


class HallName(QLabel):
    """The hall's name; held for three seconds it asks for the staff's badge."""

    held = Signal()

    def __init__(self, text: str, measures: Measures) -> None:
        super().__init__()
        plain = words(text, measures.words, bold=True)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(plain.font())
        self.setText(text)
        self.setWordWrap(True)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(LONG_PRESS_MS)
        self._timer.timeout.connect(self.held)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._timer.start()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._timer.stop()


class Head(QFrame):
    pressed = Signal(str, str)

    def __init__(self, frame: Frame, measures: Measures, theme: Theme, *, lying: bool) -> None:
        """The training mark stands in it where the panel lies and has no height to spare."""
        super().__init__()
        self.setProperty("part", "head")
        row = QHBoxLayout(self)
        pad = measures.mm(4)
        row.setContentsMargins(2 * pad, pad // 2, pad, pad // 2)
        row.setSpacing(measures.mm(2))
        name = HallName(frame.hall, measures)
        name.held.connect(lambda: self.pressed.emit("staff", ""))
        row.addWidget(name, 1)
        if lying and frame.training:
            row.addWidget(training_band(frame.training, measures))
        for code, word in frame.languages:
            chosen = code == frame.chosen
            given = Key("language", word, target=code, kind="plain" if chosen else "primary")
            key = KioskKey(given, measures, theme)
            key.setFixedWidth(measures.key)
            key.pressed_key.connect(self.pressed)
            row.addWidget(key)


def training_band(text: str, measures: Measures) -> QLabel:
    """演练无效, across the whole width."""
    band = words(text, measures.text, bold=True)
    band.setProperty("part", "training")
    band.setAlignment(Qt.AlignmentFlag.AlignCenter)
    pad = measures.mm(1.5)
    band.setContentsMargins(2 * pad, pad, 2 * pad, pad)
    return band


class Foot(QStackedWidget):
    """Promise, complaints line and clock; or the warning with the key that keeps the page."""

    pressed = Signal(str, str)

    def __init__(self, frame: Frame, measures: Measures, theme: Theme, *, lying: bool) -> None:
        super().__init__()
        self._measures, self._theme = measures, theme
        self._promise = words(frame.promise, measures.text, tone="muted")
        self._complaint = words(frame.complaint, measures.text)
        self._complaint.setWordWrap(False)
        self._clock = words("", measures.text)
        self._clock.setWordWrap(False)
        self._warning = words("", measures.text, bold=True)
        self._go_on = KioskKey(Key("go_on", "", kind="primary"), measures, theme)
        self._go_on.setFixedWidth(measures.mm(50))
        self._go_on.pressed_key.connect(self.pressed)
        self.addWidget(self._plain_foot(lying=lying))
        self.addWidget(self._idle_foot())
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        crowded = measures.low and measures.elder
        if crowded:
            self._promise.hide()  # it stands among the opinions as well
        lines = 1 if crowded else PROMISE_LINES + (0 if lying else 1)
        high = lines * self._promise.fontMetrics().lineSpacing()
        self.setFixedHeight(max(measures.key, high) + measures.mm(3))

    def show_clock(self, text: str) -> None:
        self._clock.setText(text)

    def show_promise(self, text: str) -> None:
        self._promise.setText(text)

    def show_idle(self, warning: str, go_on: str) -> None:
        if warning:
            self._warning.setText(warning)
            if self._go_on.key.title != go_on:
                self._go_on.set_key(Key("go_on", go_on, kind="primary"))
        self.setCurrentIndex(1 if warning else 0)

    def _plain_foot(self, *, lying: bool) -> QFrame:
        foot = QFrame()
        foot.setProperty("part", "foot")
        column = QVBoxLayout(foot)
        pad = self._measures.mm(1)
        column.setContentsMargins(6 * pad, pad, 6 * pad, pad)
        column.setSpacing(0)
        row = QHBoxLayout()
        row.setSpacing(6 * pad)
        if lying:
            row.addWidget(self._promise, 1)
            row.addWidget(self._complaint)
        else:
            column.addWidget(self._promise, 1)
            row.addWidget(self._complaint, 1)
        row.addWidget(self._clock)
        column.addLayout(row)
        return foot

    def _idle_foot(self) -> QFrame:
        foot = QFrame()
        foot.setProperty("part", "idle")
        row = QHBoxLayout(foot)
        pad = self._measures.mm(2)
        row.setContentsMargins(3 * pad, pad // 2, 3 * pad, pad // 2)
        row.addWidget(self._warning, 1)
        row.addWidget(self._go_on)
        return foot
