"""The hall's devices, shown over the window: each one's state, last agreement and oldest unsent act.

Not a dialog: Esc takes it away and nothing waits. What the rows say is `centre_presenter.py`'s.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from counter_app.i18n import Translator
from counter_app.ui.counter.shown import DeviceShown
from counter_app.ui.theme.glyphs import draw_shape
from counter_app.ui.theme.look import Look
from counter_app.ui.theme.tokens import SHAPES
from counter_app.ui.widgets.keys import KeyCap
from counter_app.ui.widgets.row_delegate import Index, RowDelegate
from counter_app.ui.widgets.rows import ROW_ROLE, Column, RowsModel
from counter_app.ui.widgets.text import label

_STATE_COLUMN: Final = 2
_SHARES: Final = (23, 10, 25, 15, 15, 12)  # of the width, in hundredths
_MIDDLE: Final = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


def devices_model(t: Translator) -> RowsModel[DeviceShown]:
    """Device, role, state, last agreement, oldest unsent act, epoch; read aloud as one sentence."""
    return RowsModel[DeviceShown](
        (
            Column("device", t("Device"), lambda row: row.name),
            Column("role", t("Role"), lambda row: row.role),
            Column("state", t("State"), lambda row: row.words),
            Column("agreed", t("Last agreement"), lambda row: row.agreed),
            Column("unsent", t("Oldest unsent act"), lambda row: row.unsent),
            Column("epoch", t("Run of numbers"), lambda row: row.epoch),
        ),
        key=lambda row: row.id,
        spoken=lambda row: " ".join(part for part in (row.name, row.role, row.words, row.unsent) if part),
    )


class _DeviceDelegate(RowDelegate):
    """A line each; the state with its sign."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(self._look.px(60), self._look.px(34))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: DeviceShown = index.data(ROW_ROLE)
        look, theme = self._look, self._look.theme
        painter.save()
        place = self.ground(painter, option, first=index.column() == 0)
        inner = place.adjusted(look.px(10), 0, -look.px(6), 0)
        painter.setFont(look.font(14, bold=index.column() == 0))
        painter.setPen(QColor(theme.text))
        if index.column() == _STATE_COLUMN:
            side = look.px(12)
            sign = QRectF(inner.left(), inner.center().y() - side / 2, side, side)
            draw_shape(painter, SHAPES[row.state], sign, look.colour(row.state))
            painter.setPen(look.colour(row.state))
            inner = inner.adjusted(side + look.px(7), 0, 0, 0)
        text = painter.fontMetrics().elidedText(
            str(index.data() or ""), Qt.TextElideMode.ElideRight, inner.width()
        )
        painter.drawText(inner, _MIDDLE, text)
        painter.restore()


class DevicesView(QFrame):
    """`again_requested` on R; `left` on Esc."""

    left = Signal()
    again_requested = Signal()

    def __init__(self, t: Translator, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("panel", "overlay")
        self.setAccessibleName(t("Devices of the hall"))
        self._look = look
        self.devices = devices_model(t)
        self._summary = label(wrap=True)
        self._told = label(tone="muted", wrap=True)
        self._table = self._new_table(t)
        self._lay_out(t)
        self.hide()

    def show_devices(self, rows: tuple[DeviceShown, ...], summary: str, told: str) -> None:
        """Fill the page and give it the keys; `summary` is this machine's own state in a sentence."""
        self._summary.setText(summary)
        self._told.setText(told)
        self.devices.set_rows(rows)
        for at in range(len(rows)):
            self._table.setRowHeight(at, self._look.px(34))
        high = self._look.px(34) * min(max(len(rows), 3), 12) + self._table.horizontalHeader().height() + 4
        self._table.setMinimumHeight(high)
        if rows and not self._table.currentIndex().isValid():
            self._table.selectRow(0)
        self.show()
        self._share()
        self._table.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
            self.left.emit()
        elif event.key() == Qt.Key.Key_R:
            self.again_requested.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share()

    def _share(self) -> None:
        whole = self._table.viewport().width()
        for column, share in enumerate(_SHARES):
            self._table.setColumnWidth(column, whole * share // 100)

    def _new_table(self, t: Translator) -> QTableView:
        table = _Table()
        table.setModel(self.devices)
        table.setItemDelegate(_DeviceDelegate(self._look, table))
        table.setAccessibleName(t("Devices of the hall"))
        table.setShowGrid(False)
        table.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        table.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        table.setTabKeyNavigation(False)
        table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        table.verticalHeader().hide()
        header = table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        return table

    def _lay_out(self, t: Translator) -> None:
        look = self._look
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(24), look.px(16), look.px(24), look.px(16))
        column.setSpacing(look.px(10))
        for part in (
            label(t("Devices of the hall"), size="title"),
            self._summary,
            self._table,
            self._told,
        ):
            column.addWidget(part)
        foot = QHBoxLayout()
        foot.setSpacing(look.px(6))
        for key, words in (("R", t("ask again")), ("Esc", t("leave"))):
            foot.addWidget(KeyCap(key))
            foot.addWidget(label(words, tone="muted"))
        foot.addStretch(1)
        column.addLayout(foot)


class _Table(QTableView):
    """Arrows move; every other key is the page's."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            super().keyPressEvent(event)
        else:
            event.ignore()

    def keyboardSearch(self, search: str) -> None:
        """Letters are commands; they do not search."""
