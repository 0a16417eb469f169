"""Signs are seen and differ from one another, also for someone who sees no colours."""

from __future__ import annotations

from itertools import combinations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

from counter_app.ui.theme.glyphs import draw_shape
from counter_app.ui.theme.tokens import Shape

SIDE = 24


def _drawn(shape: Shape) -> frozenset[tuple[int, int]]:
    image = QImage(SIDE, SIDE, QImage.Format.Format_Grayscale8)
    image.fill(QColor("#ffffff"))
    painter = QPainter(image)
    draw_shape(painter, shape, QRectF(0, 0, SIDE, SIDE), QColor("#000000"))
    painter.end()
    return frozenset(
        (x, y) for x in range(SIDE) for y in range(SIDE) if image.pixelColor(x, y).lightness() < 128
    )


def test_no_two_signs_look_alike(qapp: QApplication) -> None:
    drawn = {shape: _drawn(shape) for shape in Shape}
    assert all(len(dots) > 30 for dots in drawn.values())
    alike = [
        (first.value, second.value)
        for first, second in combinations(Shape, 2)
        if len(drawn[first] ^ drawn[second]) < 60
    ]
    assert alike == []
