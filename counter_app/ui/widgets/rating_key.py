"""A key as large as a hand with words, and a face over them where it stands for a rating.

Painted by us: the face is told by its mouth, not by its colour alone.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from counter_app.ui.theme.look import Look

LEAST: Final = 18
_WRAP: Final = int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap)
_BEND: Final = {1: 0.34, 2: 0.2, 3: 0.0, 4: -0.2, 5: -0.34}  # of the mouth, downwards at its middle


class RatingKey(QAbstractButton):
    """`face` 1 (best) to 5 (worst), 0 without one. It never takes the keys."""

    def __init__(self, look: Look, code: str, words: str, face: int = 0) -> None:
        super().__init__()
        self._look, self.code, self.face = look, code, face
        self._size = LEAST
        self.setText(words)
        self.setAccessibleName(words)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        return QSize(self._look.px(120), self._look.px(76))

    def fitting(self, most: int) -> int:
        """The largest size of its words that breaks no word, at most `most` pixels."""
        room = self._words_place()
        return next((size for size in range(most, LEAST, -2) if self._fits(size, room)), LEAST)

    @property
    def font_size(self) -> int:
        return self._size

    def set_size(self, pixels: int) -> None:
        self._size = pixels
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, px = self._look.theme, self._look.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour = self._colour()
        painter.setPen(QPen(colour if self.face else QColor(theme.accent), px(3)))
        painter.setBrush(QColor(theme.selected if self.isDown() else theme.surface))
        painter.drawRoundedRect(self.rect().adjusted(2, 2, -3, -3), px(16), px(16))
        if self.face:
            self._draw_face(painter, colour)
        font = self._look.font(14, bold=True)
        font.setPixelSize(self._size)
        painter.setFont(font)
        painter.setPen(QColor(theme.text))
        painter.drawText(self._words_place(), _WRAP, self.text())
        painter.end()

    def _draw_face(self, painter: QPainter, colour: QColor) -> None:
        side = min(self.width() * 0.66, self.height() * 0.5)
        place = QRectF((self.width() - side) / 2, self.height() * 0.32 - side / 2, side, side)
        pen = QPen(colour, side * 0.06)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(place)
        bend, mouth = _BEND[self.face], place.top() + side * 0.66
        path = QPainterPath(QPointF(place.left() + side * 0.24, mouth - side * bend * 0.3))
        path.quadTo(
            QPointF(place.center().x(), mouth + side * bend),
            QPointF(place.right() - side * 0.24, mouth - side * bend * 0.3),
        )
        painter.drawPath(path)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        for x in (0.33, 0.67):
            painter.drawEllipse(
                QPointF(place.left() + side * x, place.top() + side * 0.38), side * 0.06, side * 0.06
            )

    def _colour(self) -> QColor:
        theme = self._look.theme
        tones = (theme.accent, theme.good, theme.good, theme.accent, theme.warn, theme.bad)
        return QColor(tones[self.face])

    def _words_place(self) -> QRect:
        gap = self._look.px(10)
        inner = self.rect().adjusted(gap, gap, -gap, -gap)
        if self.face:
            inner.setTop(round(self.height() * 0.56))
            inner.setBottom(round(self.height() * 0.9))
        return inner

    def _fits(self, size: int, room: QRect) -> bool:
        font = self._look.font(14, bold=True)
        font.setPixelSize(size)
        metrics = QFontMetrics(font)
        widest = max((metrics.horizontalAdvance(word) for word in self.text().split()), default=0)
        high = metrics.boundingRect(QRect(0, 0, room.width(), 10_000), _WRAP, self.text()).height()
        return widest <= room.width() and high <= room.height()
