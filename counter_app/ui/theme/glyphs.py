"""The signs of states, drawn by us so that no font decides whether they can be seen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from counter_app.ui.theme.tokens import Shape

Draw = Callable[[QPainter, QRectF, QColor], None]


def draw_shape(painter: QPainter, shape: Shape, place: QRectF, colour: QColor) -> None:
    """Draw `shape` within `place` (square best) in `colour`; leaves the painter as it was."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    _DRAW[shape](painter, place, colour)
    painter.restore()


def _pen(painter: QPainter, place: QRectF, colour: QColor, share: float = 0.16) -> None:
    pen = QPen(colour, max(1.5, place.width() * share))
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)


def _points(place: QRectF, *shares: tuple[float, float]) -> QPolygonF:
    return QPolygonF(
        [QPointF(place.left() + x * place.width(), place.top() + y * place.height()) for x, y in shares]
    )


def _check(painter: QPainter, place: QRectF, colour: QColor) -> None:
    _pen(painter, place, colour)
    painter.drawPolyline(_points(place, (0.14, 0.52), (0.4, 0.8), (0.88, 0.22)))


def _block(painter: QPainter, place: QRectF, colour: QColor) -> None:
    painter.drawRoundedRect(place.adjusted(1, 1, -1, -1), 2, 2)
    painter.setBrush(QColor("#ffffff") if colour.lightnessF() < 0.55 else QColor("#10171e"))
    width, height = place.width(), place.height()
    left = place.left() + width * 0.43
    for top, high in ((0.2, 0.36), (0.66, 0.14)):
        painter.drawRect(QRectF(left, place.top() + height * top, width * 0.14, height * high))


def _hourglass(painter: QPainter, place: QRectF, colour: QColor) -> None:
    painter.drawPolygon(
        _points(place, (0.15, 0.08), (0.85, 0.08), (0.56, 0.5), (0.85, 0.92), (0.15, 0.92), (0.44, 0.5))
    )


def _bars(painter: QPainter, place: QRectF, colour: QColor) -> None:
    width, height = place.width(), place.height()
    for left in (0.18, 0.58):
        painter.drawRect(
            QRectF(place.left() + width * left, place.top() + height * 0.12, width * 0.24, height * 0.76)
        )


def _chevrons(painter: QPainter, place: QRectF, colour: QColor) -> None:
    _pen(painter, place, colour)
    painter.drawPolyline(_points(place, (0.14, 0.2), (0.44, 0.5), (0.14, 0.8)))
    painter.drawPolyline(_points(place, (0.52, 0.2), (0.82, 0.5), (0.52, 0.8)))


def _diamond(painter: QPainter, place: QRectF, colour: QColor) -> None:
    painter.drawPolygon(_points(place, (0.5, 0.02), (0.98, 0.5), (0.5, 0.98), (0.02, 0.5)))


def _cross(painter: QPainter, place: QRectF, colour: QColor) -> None:
    _pen(painter, place, colour)
    painter.drawPolyline(_points(place, (0.2, 0.2), (0.8, 0.8)))
    painter.drawPolyline(_points(place, (0.8, 0.2), (0.2, 0.8)))


def _disc(painter: QPainter, place: QRectF, colour: QColor) -> None:
    painter.drawEllipse(place.adjusted(1, 1, -1, -1))


def _ring(painter: QPainter, place: QRectF, colour: QColor) -> None:
    _pen(painter, place, colour, 0.14)
    inset = place.width() * 0.16
    painter.drawEllipse(place.adjusted(inset, inset, -inset, -inset))


def _half(painter: QPainter, place: QRectF, colour: QColor) -> None:
    inner = place.adjusted(1, 1, -1, -1)
    painter.drawPie(inner, 90 * 16, 180 * 16)
    _pen(painter, place, colour, 0.1)
    painter.drawEllipse(inner)


def _triangle(painter: QPainter, place: QRectF, colour: QColor) -> None:
    _pen(painter, place, colour, 0.13)
    painter.drawPolygon(_points(place, (0.5, 0.14), (0.92, 0.86), (0.08, 0.86)))


_DRAW: Final[dict[Shape, Draw]] = {
    Shape.CHECK: _check,
    Shape.BLOCK: _block,
    Shape.HOURGLASS: _hourglass,
    Shape.BARS: _bars,
    Shape.CHEVRONS: _chevrons,
    Shape.DIAMOND: _diamond,
    Shape.CROSS: _cross,
    Shape.DISC: _disc,
    Shape.RING: _ring,
    Shape.HALF: _half,
    Shape.TRIANGLE: _triangle,
}
