"""What painted rows share: ground, hairline, the accent's edge of the row in hand, wrapped text, chips."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from counter_app.ui.theme.look import Look

Index = QModelIndex | QPersistentModelIndex
WRAP: Final = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap)


def place_of(option: QStyleOptionViewItem) -> QRect:
    """The cell's rectangle; the binding does not declare Qt's public fields."""
    return QRect(option.rect)  # type: ignore[attr-defined]  # a public field of QStyleOption


def is_chosen(option: QStyleOptionViewItem) -> bool:
    return bool(option.state & QStyle.StateFlag.State_Selected)  # type: ignore[attr-defined]  # as above


def text_height(metrics: QFontMetrics, text: str, width: int) -> int:
    """How high `text` stands when wrapped to `width`; nothing for no text."""
    if not text:
        return 0
    return metrics.boundingRect(QRect(0, 0, max(1, width), 100_000), WRAP, text).height()


class RowDelegate(QStyledItemDelegate):
    """Base: ground, hairline and the accent's edge of the row in hand."""

    def __init__(self, look: Look, parent: QObject) -> None:
        super().__init__(parent)
        self._look = look

    def ground(self, painter: QPainter, option: QStyleOptionViewItem, *, first: bool) -> QRect:
        """Paint what lies under a cell; answers the cell's place."""
        place, theme = place_of(option), self._look.theme
        if is_chosen(option):
            painter.fillRect(place, QColor(theme.selected))
            if first:
                painter.fillRect(
                    place.left(), place.top(), self._look.px(3), place.height(), QColor(theme.accent)
                )
        painter.setPen(QColor(theme.line))
        painter.drawLine(place.bottomLeft(), place.bottomRight())
        return place

    def chip(self, painter: QPainter, text: str, left: int, top: int, widest: int) -> int:
        """A small rounded word at (left, top); answers its right edge."""
        look = self._look
        painter.setFont(look.font(11))
        metrics = painter.fontMetrics()
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, widest - look.px(14))
        place = QRectF(left, top, metrics.horizontalAdvance(shown) + look.px(14), look.px(18))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(look.theme.line))
        painter.setBrush(QColor(look.theme.raised))
        painter.drawRoundedRect(place, place.height() / 2, place.height() / 2)
        painter.setPen(QColor(look.theme.text))
        painter.drawText(place, int(Qt.AlignmentFlag.AlignCenter), shown)
        return round(place.right())
