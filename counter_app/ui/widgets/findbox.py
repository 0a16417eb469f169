"""The one box: a line to type or scan into, and a list beneath it that never takes the focus.

It knows nothing of what it finds: hits are handed in as rows with a heading, a detail and a kind.
Keys: up and down choose, Enter takes (the chosen hit, else the text as it stands), Esc gives up.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from counter_app.ui.theme.look import Look
from counter_app.ui.widgets.keys import KeyCap
from counter_app.ui.widgets.rows import ROW_ROLE, Column, RowsModel

_MOST_SHOWN: Final = 9


@dataclass(frozen=True, slots=True)
class FoundRow:
    """One hit as it is shown: `kind` is a word at the left, `detail` stands behind the title."""

    id: str
    kind: str
    title: str
    detail: str = ""
    key: str = ""


class FindBox(QLineEdit):
    """The line. `typed` on every change, `taken(id)` for a chosen hit, `entered(text)` for Enter on text."""

    typed = Signal(str)
    taken = Signal(str)
    entered = Signal(str)
    dismissed = Signal()

    def __init__(self, look: Look, ground: QWidget, placeholder: str, name: str, key: str = "") -> None:
        super().__init__()
        self._look, self._ground = look, ground
        self.setProperty("find", True)
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(name)
        self._cap = KeyCap(key, self)
        if not key:  # never shown by hand: while it has no parent it would be a window of its own
            self._cap.hide()
        self._model = RowsModel[FoundRow](
            (Column("title", "", lambda row: row.title),),
            key=lambda row: row.id,
            spoken=lambda row: f"{row.kind} {row.title} {row.detail}".strip(),
        )
        self._popup = QFrame(ground)
        self._popup.setProperty("panel", "overlay")
        self._list = QListView(self._popup)
        self._build_popup(name)
        self._fresh = False  # the hits shown are those of the text as it stands
        self._placeholder = placeholder
        self.textEdited.connect(self._edited)
        ground.installEventFilter(self)

    @property
    def model(self) -> RowsModel[FoundRow]:
        return self._model

    def show_hits(self, rows: Sequence[FoundRow]) -> None:
        """List these beneath the line, the first one chosen; none hides the list."""
        self._fresh = True
        self._model.set_rows(rows)
        if rows:
            self._list.setCurrentIndex(self._model.index(0, 0))
            self._settle()
            self._popup.show()
            self._popup.raise_()
        else:
            self._popup.hide()

    @property
    def hits_shown(self) -> bool:
        return self._popup.isVisibleTo(self._ground)

    def show_scanned(self, words: str) -> None:
        """What was scanned last stands in the empty line until something else is typed or scanned."""
        self.setPlaceholderText(words or self._placeholder)

    def keep(self, text: str) -> None:
        """Let a text stand, so that the next one typed or scanned replaces it."""
        self.empty()
        self.setText(text)
        self.selectAll()

    def empty(self) -> None:
        """Forget text and hits."""
        self.clear()
        self.show_hits(())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up) and self.hits_shown:
            step = 1 if key == Qt.Key.Key_Down else -1
            at = (self._list.currentIndex().row() + step) % self._model.rowCount()
            self._list.setCurrentIndex(self._model.index(at, 0))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            usable = self.hits_shown and self._fresh  # a scanner's Enter comes before its hits
            chosen = self._model.key_at(self._list.currentIndex().row()) if usable else None
            if chosen is not None:
                self.taken.emit(chosen)
            else:
                self.entered.emit(self.text())
        elif key == Qt.Key.Key_Escape and (self.text() or self.hits_shown):
            self.empty()
            self.dismissed.emit()
        else:
            super().keyPressEvent(event)

    def _edited(self, text: str) -> None:
        self._fresh = False
        self.show_scanned("")
        self.typed.emit(text)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._popup.hide()
        super().focusOutEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._settle()
        return False

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Polish, QEvent.Type.StyleChange):
            self._place_cap()
        return super().event(event)

    def _place_cap(self) -> None:
        if not hasattr(self, "_cap"):
            return
        size = self._cap.sizeHint()
        left, top = self.width() - size.width() - 10, (self.height() - size.height()) // 2
        self._cap.setGeometry(left, top, size.width(), size.height())
        if not self._cap.isHidden():
            self.setTextMargins(0, 0, size.width() + 10, 0)

    def _build_popup(self, name: str) -> None:
        column = QVBoxLayout(self._popup)
        column.setContentsMargins(4, 4, 4, 4)
        self._list.setModel(self._model)
        self._list.setItemDelegate(_HitDelegate(self._look, self._list))
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setAccessibleName(name)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.clicked.connect(self._clicked)
        column.addWidget(self._list)
        self._popup.hide()

    def _clicked(self, index: QModelIndex) -> None:
        chosen = self._model.key_at(index.row())
        if chosen is not None:
            self.taken.emit(chosen)

    def _settle(self) -> None:
        below = self.mapTo(self._ground, QPoint(0, self.height() + 4))
        shown = min(_MOST_SHOWN, max(1, self._model.rowCount()))
        high = shown * self._look.px(34) + 12
        room = self._ground.height() - below.y() - 8
        self._popup.setGeometry(below.x(), below.y(), self.width(), min(high, room))


class _HitDelegate(QStyledItemDelegate):
    """Kind, title and detail in one line; the chosen one on the accent's ground."""

    def __init__(self, look: Look, parent: QObject) -> None:
        super().__init__(parent)
        self._look = look

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(self._look.px(200), self._look.px(34))

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        row = index.data(ROW_ROLE)
        look, place = self._look, QRect(option.rect)  # type: ignore[attr-defined]  # Qt's public fields
        theme = look.theme
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:  # type: ignore[attr-defined]  # as above
            painter.fillRect(place, QColor(theme.selected))
        middle = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        painter.setFont(look.font(12))
        painter.setPen(QColor(theme.muted))
        kind_wide = look.px(64)
        painter.drawText(place.adjusted(look.px(8), 0, 0, 0), middle, row.kind)
        painter.setFont(look.font(14, bold=True))
        painter.setPen(QColor(theme.text))
        metrics = painter.fontMetrics()
        room = place.adjusted(look.px(8) + kind_wide, 0, -look.px(8), 0)
        title = metrics.elidedText(row.title, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, middle, title)
        rest = room.adjusted(metrics.horizontalAdvance(title) + look.px(12), 0, 0, 0)
        painter.setFont(look.font(12))
        painter.setPen(QColor(theme.muted))
        if rest.width() > look.px(40):
            detail = painter.fontMetrics().elidedText(row.detail, Qt.TextElideMode.ElideRight, rest.width())
            painter.drawText(rest, middle, detail)
        painter.restore()
