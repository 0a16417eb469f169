"""Drawn signs with their words: a state's shape, a status dot, a numbered badge."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from counter_app.ui.theme.glyphs import draw_shape
from counter_app.ui.theme.look import Look
from counter_app.ui.theme.tokens import SHAPES, State
from counter_app.ui.widgets.elided import Elided
from counter_app.ui.widgets.text import label


class Sign(QWidget):
    """One state's shape in its colour, as high as a line of text."""

    def __init__(self, look: Look, state: State, size: int = 14, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._state, self._size = look, state, size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.updateGeometry)

    def set_state(self, state: State) -> None:
        if state != self._state:
            self._state = state
            self.update()

    def sizeHint(self) -> QSize:
        side = self._look.px(self._size)
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        side = self._look.px(self._size)
        place = QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)
        painter = QPainter(self)
        draw_shape(painter, SHAPES[self._state], place, self._look.colour(self._state))
        painter.end()


class Badge(QWidget):
    """A filled circle with a number, or with the check once the part is done."""

    def __init__(self, look: Look, number: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._number, self._state = look, number, State.IDLE
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.updateGeometry)

    def set_state(self, state: State) -> None:
        """DONE shows the check, READY the accent with the number, IDLE a ring, else number in colour."""
        if state != self._state:
            self._state = state
            self.update()

    def sizeHint(self) -> QSize:
        side = self._look.px(24)
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, side = self._look.theme, self._look.px(24)
        place = QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)
        fill = QColor(theme.accent) if self._state is State.READY else self._look.colour(self._state)
        light = fill.lightnessF() > 0.6
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._state is State.IDLE:
            painter.setPen(QColor(theme.muted))
            painter.drawEllipse(place.adjusted(1, 1, -1, -1))
            ink = QColor(theme.muted)
        else:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(fill)
            painter.drawEllipse(place)
            ink = QColor("#10171e" if light else "#ffffff")
        if self._state is State.DONE:
            inset = side * 0.27
            draw_shape(painter, SHAPES[State.DONE], place.adjusted(inset, inset, -inset, -inset), ink)
        else:
            painter.setPen(ink)
            painter.setFont(self._look.font(13, bold=True))
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, str(self._number))
        painter.end()


class StatusDot(QWidget):
    """A device's or store's state: shape, name, word. Enter or a click asks to mend it."""

    mend_requested = Signal()

    def __init__(self, look: Look, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sign = Sign(look, State.IDLE, 11)
        self._name = label(name)
        self._word = Elided()
        self._word.setProperty("tone", "muted")
        self._title = name
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 0, 2, 0)
        row.setSpacing(look.px(6))
        for part in (self._sign, self._name, self._word):
            row.addWidget(part)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.show_state(State.IDLE, "")

    def show_state(self, state: State, word: str) -> None:
        self._sign.set_state(state)
        self._word.setText(word)
        self.setAccessibleName(f"{self._title} {word}".strip())

    def set_name(self, name: str) -> None:
        self._title = name
        self._name.setText(name)
        self.setAccessibleName(f"{name} {self.word}".strip())

    @property
    def word(self) -> str:
        return self._word.text()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.mend_requested.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.mend_requested.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.hasFocus():
            painter = QPainter(self)
            painter.setPen(self.palette().windowText().color())
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
            painter.end()

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.update()
        return super().event(event)
