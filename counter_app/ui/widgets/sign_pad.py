"""A field to sign in by mouse, finger or pen: strokes as they are drawn, nothing else (mission: M3)."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QPointF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen, QTabletEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from counter_app.domain.paper.strokes import MOST_POINTS, PRESSURES, Point, Strokes
from counter_app.ui.theme.look import Look

UNITS: Final = 4  # of strokes to a pixel: a pen is finer than a screen
_PLAIN: Final = PRESSURES // 2  # what has no pressure
_WIDTH: Final = 4.0


class SignPad(QWidget):
    """`drawn` whenever something was added or wiped. A finger comes as the mouse, which Qt makes of it."""

    drawn = Signal()

    def __init__(self, look: Look, name: str, hint: str) -> None:
        super().__init__()
        self._look, self._hint = look, hint
        self._lines: list[list[Point]] = []
        self._points = 0
        self._down = False
        self.setAccessibleName(name)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    @property
    def strokes(self) -> Strokes:
        """As drawn; the act checks whether it is a signature."""
        lines = tuple(tuple(line) for line in self._lines)
        return Strokes(max(1, self.width() * UNITS), max(1, self.height() * UNITS), lines)

    @property
    def empty(self) -> bool:
        return not self._lines

    def wipe(self) -> None:
        self._lines, self._points, self._down = [], 0, False
        self.update()
        self.drawn.emit()

    def sizeHint(self) -> QSize:
        return QSize(self._look.px(560), self._look.px(240))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._begin(event.position(), _PLAIN)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._go_on(event.position(), _PLAIN)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._down = False

    def tabletEvent(self, event: QTabletEvent) -> None:
        pressure = round(event.pressure() * PRESSURES)
        if event.type() == QEvent.Type.TabletPress:
            self._begin(event.position(), pressure)
        elif event.type() == QEvent.Type.TabletMove:
            self._go_on(event.position(), pressure)
        else:
            self._down = False
        event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, px = self._look.theme, self._look.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(theme.line), px(2)))
        painter.setBrush(QColor(theme.paper))
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -2, -2), px(8), px(8))
        if self.empty:
            painter.setPen(QColor(theme.muted))
            painter.setFont(self._look.font(26))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._hint)
        for line in self._lines:
            self._draw(painter, line)
        painter.end()

    def _draw(self, painter: QPainter, line: list[Point]) -> None:
        pen = QPen(QColor(self._look.theme.ink))
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        for (x0, y0, _), (x, y, pressure) in zip(line, [*line[1:], line[-1]], strict=True):
            pen.setWidthF(self._look.px(_WIDTH) * (0.5 + pressure / PRESSURES))
            painter.setPen(pen)
            painter.drawLine(QPointF(x0 / UNITS, y0 / UNITS), QPointF(x / UNITS, y / UNITS))

    def _begin(self, where: QPointF, pressure: int) -> None:
        self._down = self._points < MOST_POINTS
        if self._down:
            self._lines.append([])
            self._go_on(where, pressure)

    def _go_on(self, where: QPointF, pressure: int) -> None:
        """A hand that leaves the field draws along its edge."""
        if not self._down or self._points >= MOST_POINTS:
            return
        x = min(max(round(where.x() * UNITS), 0), self.width() * UNITS)
        y = min(max(round(where.y() * UNITS), 0), self.height() * UNITS)
        self._lines[-1].append((x, y, min(max(pressure, 0), PRESSURES)))
        self._points += 1
        self.update()
        self.drawn.emit()
