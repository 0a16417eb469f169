"""A page over the window: rows that bear a state as a sign and a word, and the keys that act on one.

Not a dialog: Esc takes it away and nothing waits. What the rows say, and what a key does, is its presenter's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Generic, Protocol, TypeVar

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QKeySequence, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from counter_app.ui.theme.glyphs import draw_shape
from counter_app.ui.theme.look import Look
from counter_app.ui.theme.tokens import SHAPES, State
from counter_app.ui.widgets.keys import KeyCap
from counter_app.ui.widgets.row_delegate import Index, RowDelegate
from counter_app.ui.widgets.rows import ROW_ROLE, RowsModel
from counter_app.ui.widgets.text import label

_MIDDLE: Final = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_MOVES: Final = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)
_ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_FEWEST, _MOST = 3, 12  # rows that the page has room for


class HasState(Protocol):
    """A row of such a page."""

    @property
    def state(self) -> State: ...


R = TypeVar("R", bound=HasState)


@dataclass(frozen=True)
class PageKey:
    """`key` is a letter, `Return` or `Del`; `words` are translated already."""

    key: str
    words: str


class _StateDelegate(RowDelegate):
    """A line each; the state with its sign."""

    def __init__(self, look: Look, table: QTableView, state_column: int) -> None:
        super().__init__(look, table)
        self._state_column = state_column

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(self._look.px(60), self._look.px(34))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: HasState = index.data(ROW_ROLE)
        look, theme = self._look, self._look.theme
        painter.save()
        place = self.ground(painter, option, first=index.column() == 0)
        inner = place.adjusted(look.px(10), 0, -look.px(6), 0)
        painter.setFont(look.font(14, bold=index.column() == 0))
        painter.setPen(QColor(theme.text))
        if index.column() == self._state_column:
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


class StatePage(QFrame, Generic[R]):
    """`pressed(key, id of the row in hand)` for its keys, `left` on Esc; `shares` are hundredths of it."""

    left = Signal()
    pressed = Signal(str, str)

    def __init__(
        self,
        look: Look,
        title: str,
        model: RowsModel[R],
        shares: Sequence[int],
        state_column: int,
        keys: Sequence[PageKey],
        leave: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("panel", "overlay")
        self.setAccessibleName(title)
        self._look = look
        self._model = model
        self._shares = tuple(shares)
        self._keys = frozenset(key.key for key in keys)
        self._summary = label(wrap=True)
        self._told = label(tone="muted", wrap=True)
        self._table = self._new_table(title, state_column)
        self._lay_out(title, keys, leave)
        self.hide()

    def show_rows(self, rows: Sequence[R], summary: str, told: str, in_hand: str = "") -> None:
        """Fill the page and give it the keys; `summary` stands above the table, `told` below.

        The row `in_hand` is taken; left out, the one in hand stays in hand.
        """
        before = self._model.key_at(self._table.currentIndex().row()) or ""
        self._summary.setText(summary)
        self._summary.setVisible(bool(summary))
        self._told.setText(told)
        self._told.setVisible(bool(told))
        self._model.set_rows(rows)
        for at in range(len(rows)):
            self._table.setRowHeight(at, self._look.px(34))
        room = min(max(len(rows), _FEWEST), _MOST)
        self._table.setMinimumHeight(self._look.px(34) * room + self._table.horizontalHeader().height() + 4)
        if rows:
            taken = (self._model.row_of(key) for key in (in_hand, before))
            self._table.selectRow(next((at for at in taken if at >= 0), 0))
        self.show()
        self._share()
        self.take_keys()
        self._table.scrollTo(self._table.currentIndex())

    def take_keys(self) -> bool:
        """Give the keys to the table where the page lies over the work; whether it does."""
        if self.isVisible():
            self._table.setFocus()
        return self.isVisible()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
            self.left.emit()
            return
        key = "Return" if event.key() in _ENTER else QKeySequence(event.key()).toString()
        if key in self._keys:
            row = self._model.key_at(self._table.currentIndex().row())
            self.pressed.emit(key, row or "")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share()

    def _share(self) -> None:
        whole = self._table.viewport().width()
        for column, share in enumerate(self._shares):
            self._table.setColumnWidth(column, whole * share // 100)

    def _new_table(self, title: str, state_column: int) -> QTableView:
        table = _Table()
        table.setModel(self._model)
        table.setItemDelegate(_StateDelegate(self._look, table, state_column))
        table.setAccessibleName(title)
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

    def _lay_out(self, title: str, keys: Sequence[PageKey], leave: str) -> None:
        look = self._look
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(24), look.px(16), look.px(24), look.px(16))
        column.setSpacing(look.px(10))
        for part in (label(title, size="title"), self._summary, self._table, self._told):
            column.addWidget(part)
        foot = QHBoxLayout()
        foot.setSpacing(look.px(6))
        for key in (*keys, PageKey("Esc", leave)):
            foot.addWidget(KeyCap("Enter" if key.key == "Return" else key.key))
            foot.addWidget(label(key.words, tone="muted"))
        foot.addStretch(1)
        column.addLayout(foot)


class _Table(QTableView):
    """Arrows move; every other key is the page's."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _MOVES:
            super().keyPressEvent(event)
        elif event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self.selectRow(0 if event.key() == Qt.Key.Key_Home else self.model().rowCount() - 1)
        else:
            event.ignore()

    def keyboardSearch(self, search: str) -> None:
        """Letters are commands; they do not search."""
