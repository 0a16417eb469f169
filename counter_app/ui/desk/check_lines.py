"""Questions, conditions and the view itself, a line each, standard answers under digits. A passive view."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QListView, QStyleOptionViewItem

from counter_app.i18n import Translator
from counter_app.ui.desk.shown import CheckLineShown
from counter_app.ui.theme.glyphs import draw_shape
from counter_app.ui.theme.look import Look
from counter_app.ui.theme.tokens import SHAPES
from counter_app.ui.widgets.row_delegate import WRAP, Index, RowDelegate, is_chosen, text_height
from counter_app.ui.widgets.rows import ROW_ROLE, Column, RowsModel

NONE: Final = -1
_MIDDLE: Final = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


class _LineDelegate(RowDelegate):
    """The sign of the answer, the question, the answer; the options beneath the line in hand."""

    def __init__(self, look: Look, view: QListView) -> None:
        super().__init__(look, view)
        self._view = view
        self.editable = False

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        row: CheckLineShown = index.data(ROW_ROLE)
        width = self._view.viewport().width() - self._look.px(40)
        high = text_height(QFontMetrics(self._look.font(14)), self._words(row), width)
        if index == self._view.currentIndex():
            high += text_height(QFontMetrics(self._look.font(12)), self._beneath(row), width)
        return QSize(self._look.px(120), max(self._look.px(28), high + self._look.px(8)))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: CheckLineShown = index.data(ROW_ROLE)
        look, theme = self._look, self._look.theme
        painter.save()
        place = self.ground(painter, option, first=True)
        side = look.px(12)
        sign = QRectF(place.left() + look.px(10), place.top() + look.px(8), side, side)
        draw_shape(painter, SHAPES[row.state], sign, look.colour(row.state))
        inner = place.adjusted(look.px(30), look.px(4), -look.px(8), -look.px(2))
        painter.setFont(look.font(14))
        painter.setPen(QColor(theme.text))
        words = self._words(row)
        painter.drawText(inner, WRAP, words)
        if row.chosen != NONE:
            self._answer(painter, row, inner)
        if is_chosen(option) and index == self._view.currentIndex():
            high = text_height(painter.fontMetrics(), words, inner.width())
            painter.setFont(look.font(12))
            painter.setPen(QColor(theme.muted))
            painter.drawText(inner.adjusted(0, high, 0, 0), WRAP, self._beneath(row))
        painter.restore()

    def _answer(self, painter: QPainter, row: CheckLineShown, inner: QRect) -> None:
        """Behind the question where both fit on one line; else it stands in `_words` already."""
        metrics = painter.fontMetrics()
        used = metrics.horizontalAdvance(row.text) + self._look.px(14)
        if self._fits(metrics, row, inner.width()):
            painter.setPen(self._look.colour(row.state))
            first = QRect(inner.left() + used, inner.top(), inner.width() - used, metrics.height())
            painter.drawText(first, _MIDDLE, row.options[row.chosen])

    def _fits(self, metrics: QFontMetrics, row: CheckLineShown, width: int) -> bool:
        wide = metrics.horizontalAdvance(row.text) + metrics.horizontalAdvance(row.options[row.chosen])
        return wide + self._look.px(14) <= width

    def _words(self, row: CheckLineShown) -> str:
        metrics = QFontMetrics(self._look.font(14))
        width = self._view.viewport().width() - self._look.px(40)
        if row.chosen == NONE or self._fits(metrics, row, width):
            return row.text
        return f"{row.text}　{row.options[row.chosen]}"

    def _beneath(self, row: CheckLineShown) -> str:
        open_ = row.options if self.editable else ()
        options = "　".join(f"{at} {option}" for at, option in enumerate(open_, 1))
        return "\n".join(part for part in (row.detail, options) if part)


class CheckLines(QListView):
    """`answered(line, option)`; -1 takes the answer away. `passed` when the last line was answered."""

    answered = Signal(str, int)
    passed = Signal()

    def __init__(self, t: Translator, look: Look) -> None:
        super().__init__()
        self._look = look
        self._editable = False
        self.rows = RowsModel[CheckLineShown](
            (Column("line", "", lambda row: row.text),), key=lambda row: row.id, spoken=_spoken
        )
        self.setModel(self.rows)
        self._lines = _LineDelegate(look, self)
        self.setItemDelegate(self._lines)
        self.setAccessibleName(t("Review form and conditions"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.selectionModel().currentChanged.connect(lambda now, before: self.doItemsLayout())

    def sizeHint(self) -> QSize:
        """Two lines are enough where words take the room; what there is more is given to it."""
        return QSize(self._look.px(200), self._look.px(90))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scrollTo(self.currentIndex())

    def show_lines(self, lines: tuple[CheckLineShown, ...], *, editable: bool, anew: bool) -> None:
        """`anew`: of another step; else the line in hand stays in hand."""
        self._editable = self._lines.editable = editable
        at = 0 if anew else self.currentIndex().row()
        self.rows.set_rows(lines)
        if lines:
            self.setCurrentIndex(self.rows.index(min(max(at, 0), len(lines) - 1), 0))
        self.doItemsLayout()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self._row()
        if row is None or not self._editable:
            super().keyPressEvent(event)
            return
        digit = event.text()
        if digit.isdecimal() and 0 < int(digit) <= len(row.options):
            self._take(row, int(digit) - 1)
        elif event.key() == Qt.Key.Key_Space:
            self._take(row, 0 if row.chosen == NONE else (row.chosen + 1) % len(row.options), stay=True)
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.answered.emit(row.id, NONE)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._go_on()
        else:
            super().keyPressEvent(event)

    def _take(self, row: CheckLineShown, option: int, *, stay: bool = False) -> None:
        self.answered.emit(row.id, option)
        if not stay:
            self._go_on()

    def _go_on(self) -> None:
        at = self.currentIndex().row() + 1
        if at < self.rows.rowCount():
            self.setCurrentIndex(self.rows.index(at, 0))
        else:
            self.passed.emit()

    def _row(self) -> CheckLineShown | None:
        at = self.currentIndex().row()
        return self.rows.rows[at] if 0 <= at < len(self.rows.rows) else None


def _spoken(row: CheckLineShown) -> str:
    answer = row.options[row.chosen] if row.chosen != NONE else ""
    return " ".join(part for part in (row.text, answer, row.detail) if part)
