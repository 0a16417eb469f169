"""One line of plain text that gives way: it is cut with an ellipsis and told whole on hovering."""

from __future__ import annotations

import html

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget


class Elided(QWidget):
    """A line of text as long as there is room."""

    def __init__(self, text: str = "", least: int = 4, parent: QWidget | None = None) -> None:
        """`least`: letters that stay when room is short."""
        super().__init__(parent)
        self._text = text
        self._least = least
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def text(self) -> str:
        return self._text

    def setText(self, text: str) -> None:
        if text != self._text:
            self._text = text
            # A tool tip guesses rich text from tags; a name must stay plain.
            self.setToolTip(html.escape(text))
            self.setAccessibleName(text)
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(self._text) + 2, metrics.height())

    def minimumSizeHint(self) -> QSize:
        least = min(self.sizeHint().width(), self.fontMetrics().averageCharWidth() * self._least)
        return QSize(least, self.fontMetrics().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        shown = self.fontMetrics().elidedText(self._text, Qt.TextElideMode.ElideRight, self.width())
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
        painter.end()
