"""How the counter's tables are painted: the waiting rows, the checklist, the earlier cases.

Painting by hand keeps rows dense and calm and each state's sign drawn by us. Rows come from the
models as frozen rows (`shown.py`); not here: what they mean.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyleOptionViewItem, QTableView

from counter_app.ui.counter.shown import CheckShown, EarlierShown, TicketShown
from counter_app.ui.theme.glyphs import draw_shape
from counter_app.ui.theme.look import Look
from counter_app.ui.theme.tokens import SHAPES
from counter_app.ui.widgets.row_delegate import WRAP, Index, RowDelegate, is_chosen, place_of, text_height
from counter_app.ui.widgets.rows import ROW_ROLE

_MIDDLE = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)

_MARK_COLUMN: Final = 4


class TicketDelegate(RowDelegate):
    """Number, what for, a chip, minutes waited: one row a person."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        row: TicketShown = index.data(ROW_ROLE)
        high = 50 if row.chip else 32
        return QSize(self._look.px(160), self._look.px(high))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: TicketShown = index.data(ROW_ROLE)
        look, theme = self._look, self._look.theme
        painter.save()
        place = self.ground(painter, option, first=True)
        painter.setPen(QColor(theme.text if row.ours else theme.muted))
        painter.setFont(look.font(14, bold=True))
        number_wide = max(look.px(50), painter.fontMetrics().horizontalAdvance(row.number) + look.px(10))
        painter.drawText(place.adjusted(look.px(6), 0, 0, 0), _MIDDLE, row.number)
        painter.setFont(look.font(12))
        painter.setPen(QColor(theme.muted))
        minutes_wide = painter.fontMetrics().horizontalAdvance(row.minutes)
        painter.drawText(place.adjusted(0, 0, -look.px(4), 0), _RIGHT, row.minutes)
        middle = place.adjusted(look.px(6) + number_wide, 0, -minutes_wide - look.px(10), 0)
        painter.setFont(look.font(13))
        painter.setPen(QColor(theme.text if row.ours else theme.muted))
        title = painter.fontMetrics().elidedText(row.title, Qt.TextElideMode.ElideRight, middle.width())
        if row.chip:
            above = QRect(middle.left(), middle.top() + look.px(5), middle.width(), look.px(19))
            painter.drawText(above, _MIDDLE, title)
            self.chip(painter, row.chip, middle.left(), above.bottom() + look.px(3), middle.width())
        else:
            painter.drawText(middle, _MIDDLE, title)
        painter.restore()


class EarlierDelegate(RowDelegate):
    """Day, what, how it ended."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(self._look.px(160), self._look.px(28))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: EarlierShown = index.data(ROW_ROLE)
        look, theme = self._look, self._look.theme
        painter.save()
        place = place_of(option)
        if is_chosen(option):
            painter.fillRect(place, QColor(theme.selected))
        painter.setFont(look.font(12))
        painter.setPen(QColor(theme.muted))
        metrics = painter.fontMetrics()
        day_wide = metrics.horizontalAdvance(row.day) + look.px(10)
        painter.drawText(place, _MIDDLE, row.day)
        words_wide = metrics.horizontalAdvance(row.words)
        painter.setPen(look.colour(row.state))
        painter.drawText(place, _RIGHT, row.words)
        sign = look.px(10)
        sign_left = place.right() - words_wide - sign - look.px(6)
        draw_shape(
            painter,
            SHAPES[row.state],
            QRectF(sign_left, place.center().y() - sign / 2, sign, sign),
            look.colour(row.state),
        )
        painter.setPen(QColor(theme.text))
        room = place.adjusted(day_wide, 0, sign_left - place.right() - look.px(8), 0)
        painter.drawText(
            room, _MIDDLE, metrics.elidedText(row.title, Qt.TextElideMode.ElideRight, room.width())
        )
        painter.restore()


class CheckDelegate(RowDelegate):
    """The checklist: the row in hand shows the material's detail beneath its name."""

    def __init__(self, look: Look, table: QTableView) -> None:
        super().__init__(look, table)
        self._table = table

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        row: CheckShown = index.data(ROW_ROLE)
        width = self._table.columnWidth(index.column()) - self._look.px(20)
        high = 0
        if index.column() == 0:
            high = self._name_height(row, width)
        elif index.column() == _MARK_COLUMN:
            high = self._mark_height(row, width)
        return QSize(self._look.px(60), max(self._look.px(32), high + self._look.px(13)))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: CheckShown = index.data(ROW_ROLE)
        painter.save()
        place = self.ground(painter, option, first=index.column() == 0)
        inner = place.adjusted(self._look.px(10), self._look.px(6), -self._look.px(8), -self._look.px(4))
        if index.column() == 0:
            self._paint_name(painter, inner, row)
        elif index.column() == _MARK_COLUMN:
            self._paint_mark(painter, inner, row)
        else:
            painter.setFont(self._look.font(14))
            painter.setPen(QColor(self._look.theme.text if row.open else self._look.theme.muted))
            painter.drawText(inner, WRAP, str(index.data() or ""))
        painter.restore()

    def _name_height(self, row: CheckShown, width: int) -> int:
        name = row.name + (f"　{row.because}" if row.because else "")
        high = text_height(QFontMetrics(self._look.font(14)), name, width)
        return high + text_height(QFontMetrics(self._look.font(12)), row.detail, width)

    def _mark_height(self, row: CheckShown, width: int) -> int:
        if not row.reason:
            return 0
        words = f"{row.mark_words}  {row.reason}"
        return text_height(QFontMetrics(self._look.font(14)), words, width - self._look.px(18))

    def _paint_name(self, painter: QPainter, place: QRect, row: CheckShown) -> None:
        look, theme = self._look, self._look.theme
        painter.setFont(look.font(14))
        metrics = painter.fontMetrics()
        painter.setPen(QColor(theme.text if row.open else theme.muted))
        whole = row.name + (f"　{row.because}" if row.because else "")
        high = text_height(metrics, whole, place.width())
        name_wide = metrics.horizontalAdvance(row.name)
        if metrics.horizontalAdvance(whole) <= place.width():
            painter.drawText(place, WRAP, row.name)
            painter.setPen(QColor(theme.muted))
            painter.drawText(
                place.adjusted(name_wide + metrics.horizontalAdvance("　"), 0, 0, 0), WRAP, row.because
            )
        else:
            painter.drawText(place, WRAP, whole)
        if row.detail:
            painter.setFont(look.font(12))
            painter.setPen(QColor(theme.muted))
            painter.drawText(place.adjusted(0, high, 0, 0), WRAP, row.detail)

    def _paint_mark(self, painter: QPainter, place: QRect, row: CheckShown) -> None:
        if row.state is None:
            return
        look = self._look
        side = look.px(13)
        colour = look.colour(row.state)
        painter.setFont(look.font(14, bold=True))
        metrics = painter.fontMetrics()
        sign = QRectF(place.left(), place.top() + (metrics.height() - side) / 2, side, side)
        draw_shape(painter, SHAPES[row.state], sign, colour)
        painter.setPen(colour)
        words = place.adjusted(side + look.px(6), 0, 0, 0)
        painter.drawText(words, WRAP, row.mark_words)
        if row.reason:
            used = metrics.horizontalAdvance(row.mark_words) + look.px(8)
            painter.setFont(look.font(14))
            painter.setPen(QColor(look.theme.text))
            painter.drawText(words.adjusted(used, 0, 0, 0), WRAP, row.reason)
