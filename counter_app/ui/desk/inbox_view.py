"""The left zone: what waits for this handler, the most urgent first. A passive view."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QModelIndex, QRect, QRectF, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QPainter
from PySide6.QtWidgets import QFrame, QHBoxLayout, QListView, QStyleOptionViewItem, QVBoxLayout, QWidget

from counter_app.i18n import Translator
from counter_app.ui.desk.shown import WorkRowShown
from counter_app.ui.theme.glyphs import draw_shape
from counter_app.ui.theme.look import Look
from counter_app.ui.theme.tokens import SHAPES, State
from counter_app.ui.widgets.elided import Elided
from counter_app.ui.widgets.row_delegate import Index, RowDelegate
from counter_app.ui.widgets.rows import ROW_ROLE, Column, RowsModel
from counter_app.ui.widgets.text import label

_LEFT: Final = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT: Final = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_ELIDE: Final = Qt.TextElideMode.ElideRight


def inbox_model() -> RowsModel[WorkRowShown]:
    """A row a piece of work; read aloud as one sentence."""
    return RowsModel[WorkRowShown](
        (Column("work", "", lambda row: row.title),),
        key=lambda row: row.id,
        spoken=lambda row: " ".join(
            part for part in (row.title, row.applicant, row.where, row.left, row.due, row.note) if part
        ),
    )


class WorkDelegate(RowDelegate):
    """Two lines: sign, item, applicant, time left; beneath what is to be done, and the day."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(self._look.px(200), self._look.px(52))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: WorkRowShown = index.data(ROW_ROLE)
        look, theme = self._look, self._look.theme
        painter.save()
        place = self.ground(painter, option, first=True)
        side = look.px(13)
        sign = QRectF(place.left() + look.px(10), place.top() + look.px(11), side, side)
        draw_shape(painter, SHAPES[row.state], sign, look.colour(row.state))
        inner = place.adjusted(look.px(32), look.px(5), -look.px(10), -look.px(6))
        half = inner.height() // 2
        above = QRect(inner.left(), inner.top(), inner.width(), half)
        below = QRect(inner.left(), inner.top() + half, inner.width(), half)
        painter.setFont(look.font(13, bold=True))
        painter.setPen(look.colour(row.state) if row.state is not State.IDLE else QColor(theme.text))
        left_wide = painter.fontMetrics().horizontalAdvance(row.left) + look.px(8)
        painter.drawText(above, _RIGHT, row.left)
        self._title(painter, row, above.adjusted(0, 0, -left_wide, 0))
        painter.setFont(look.font(12))
        painter.setPen(QColor(theme.muted))
        metrics = painter.fontMetrics()
        behind = row.note or row.due
        painter.drawText(below, _RIGHT, behind)
        room = below.adjusted(0, 0, -metrics.horizontalAdvance(behind) - look.px(8), 0)
        painter.drawText(room, _LEFT, metrics.elidedText(row.where, _ELIDE, room.width()))
        painter.restore()

    def _title(self, painter: QPainter, row: WorkRowShown, place: QRect) -> None:
        look, theme = self._look, self._look.theme
        painter.setFont(look.font(14, bold=row.mine))
        metrics = painter.fontMetrics()
        painter.setPen(QColor(theme.text))
        title = metrics.elidedText(row.title, _ELIDE, place.width())
        painter.drawText(place, _LEFT, title)
        used = metrics.horizontalAdvance(title) + look.px(10)
        rest = place.adjusted(used, 0, 0, 0)
        if rest.width() > look.px(24):
            painter.setFont(look.font(14))
            painter.drawText(
                rest, _LEFT, painter.fontMetrics().elidedText(row.applicant, _ELIDE, rest.width())
            )


class _WorkList(QListView):
    """The keys coming back put nothing in hand that was not: Qt would silently take the first row."""

    def focusInEvent(self, event: QFocusEvent) -> None:
        with QSignalBlocker(self.selectionModel()):
            chosen = self.currentIndex().isValid()
            super().focusInEvent(event)
            if not chosen:
                self.clearSelection()
                self.setCurrentIndex(QModelIndex())


class InboxView(QFrame):
    """`case_chosen(task id)` while the arrows move; `entered(task id)` on Enter."""

    case_chosen = Signal(str)
    entered = Signal(str)

    def __init__(self, t: Translator, look: Look) -> None:
        super().__init__()
        self.setProperty("panel", "card")
        self.model = inbox_model()
        self._title = label(t("To do"), strong=True)
        self._scope = Elided()
        self._scope.setProperty("tone", "muted")
        self.overtaken = label(tone="warn", wrap=True)
        self._empty = label(t("Nothing waits for you."), tone="muted", wrap=True)
        self.list = _WorkList()
        self.list.setModel(self.model)
        self.list.setItemDelegate(WorkDelegate(look, self.list))
        self.list.setAccessibleName(t("To do"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.selectionModel().currentChanged.connect(self._moved)
        self.list.activated.connect(self._entered)
        head = QHBoxLayout()
        head.setContentsMargins(look.px(14), look.px(10), look.px(14), look.px(6))
        head.addWidget(self._title)
        head.addWidget(self._scope, 1)
        place = QWidget()
        place.setLayout(head)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addWidget(place)
        column.addWidget(self.overtaken)
        column.addWidget(self.list, 1)
        self.overtaken.setContentsMargins(look.px(14), 0, look.px(14), look.px(8))
        self._empty.setContentsMargins(look.px(14), look.px(8), look.px(14), look.px(8))
        column.addWidget(self._empty)
        column.addStretch(0)
        self.show_rows((), "")
        self.show_overtaken("")

    def show_overtaken(self, words: str) -> None:
        """What another machine was first with, above what waits; no word, no line."""
        self.overtaken.setText(words)
        self.overtaken.setVisible(bool(words))

    def show_rows(self, rows: tuple[WorkRowShown, ...], scope: str) -> None:
        """Show these; the row in hand stays in hand while it is there."""
        kept = self.current
        self.list.selectionModel().blockSignals(True)
        self.model.set_rows(rows)
        at = self.model.row_of(kept) if kept else -1
        if at >= 0:
            self.list.setCurrentIndex(self.model.index(at, 0))
        self.list.selectionModel().blockSignals(False)
        self._scope.setText(scope)
        self.setAccessibleDescription(scope)
        self._empty.setVisible(not rows)
        self.list.setVisible(bool(rows))
        self.list.viewport().update()

    @property
    def current(self) -> str:
        """The task in hand, "" for none."""
        return self.model.key_at(self.list.currentIndex().row()) or ""

    def choose(self, task: str) -> bool:
        """Put a task in hand; False when it is not shown."""
        at = self.model.row_of(task)
        if at < 0:
            return False
        self.list.setCurrentIndex(self.model.index(at, 0))
        return True

    def _moved(self, current: QModelIndex, before: QModelIndex) -> None:
        task = self.model.key_at(current.row())
        if task is not None:
            self.case_chosen.emit(task)

    def _entered(self, index: QModelIndex) -> None:
        task = self.model.key_at(index.row())
        if task is not None:
            self.entered.emit(task)
