"""A page of facts over the window: sentences, a strip of days or a table, and the letters that act on it.

Passive: it shows a `PageShown` and tells what was pressed. Esc takes it away; nothing waits for it.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QScrollArea,
    QSizePolicy,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from counter_app.i18n import Translator
from counter_app.ui.theme.glyphs import draw_shape
from counter_app.ui.theme.look import Look
from counter_app.ui.theme.tokens import SHAPES, State
from counter_app.ui.widgets.day_strip import DayStrip
from counter_app.ui.widgets.facts_shown import KeyShown, PageShown, Paint, RowShown, SentenceShown
from counter_app.ui.widgets.keys import KeyCap
from counter_app.ui.widgets.row_delegate import Index, RowDelegate
from counter_app.ui.widgets.rows import ROW_ROLE, Column, RowsModel
from counter_app.ui.widgets.signs import Sign
from counter_app.ui.widgets.text import label

MOST_COLUMNS: Final = 7
ROW_HIGH: Final = 34
_MIDDLE: Final = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


class FactsPage(QFrame):
    """`command_requested(command, row or day)` on a letter, `opened(row)` on Enter, `left` on Esc."""

    left = Signal()
    command_requested = Signal(str, str)
    opened = Signal(str)

    def __init__(self, t: Translator, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("panel", "overlay")
        self._look = look
        self._shown = PageShown("")
        self._title = label(size="title")
        self._sentences = QVBoxLayout()
        self._strip = DayStrip(t, look)
        self._says = label(tone="muted", wrap=True)
        self._legend = QHBoxLayout()
        self._model = RowsModel[RowShown](
            tuple(
                Column(str(at), "", lambda row, at=at: row.cells[at] if at < len(row.cells) else "")  # type: ignore[misc]  # one closure a column
                for at in range(MOST_COLUMNS)
            ),
            key=lambda row: row.id,
            spoken=lambda row: "，".join(cell for cell in row.cells if cell),
        )
        self._table = _table(self._model, look)
        self._empty = label(tone="muted")
        self._keys = QHBoxLayout()
        self._lay_out()
        self._strip.chosen.connect(self._says.setText)
        self.hide()

    @property
    def strip(self) -> DayStrip:
        return self._strip

    @property
    def rows(self) -> RowsModel[RowShown]:
        return self._model

    @property
    def in_hand(self) -> str:
        """The row's id, or the day in ISO."""
        if self._shown.rows:
            return self._model.key_at(self._table.currentIndex().row()) or ""
        day = self._strip.day
        return day.day.isoformat() if self._shown.days and day else ""

    def show_page(self, page: PageShown) -> None:
        """Show it over the window and give it the keys. Of the page that is shown anew the same day stays in
        hand."""
        stays = self.isVisible() and self._shown.title == page.title
        day = self._strip.day if stays else None
        self._shown = page
        self.setAccessibleName(page.title)
        self.setAccessibleDescription(" ".join(one.words for one in page.sentences))
        self._title.setText(page.title)
        self._fill_sentences(page.sentences)
        self._fill_legend(page.legend)
        self._fill_keys(page.keys)
        self._fill_table(page)
        self._scroll.setVisible(bool(page.days))
        self._says.setVisible(bool(page.days))
        self._strip.show_days(page.days, by_month=page.by_month, at=day.day if day else None)
        self._scroll.setFixedHeight(min(self._strip.sizeHint().height() + 4, self._look.px(370)))
        self._empty.setVisible(bool(page.empty) and not page.rows and not page.days)
        self._empty.setText(page.empty)
        self.show()
        self._share()
        self.updateGeometry()
        self.take_keys()

    def take_keys(self) -> bool:
        """Have the keys again after a question; False when it is not shown."""
        if self.isVisible():
            (self._strip if self._shown.days else self._table if self._shown.rows else self).setFocus()
        return self.isVisible()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()  # a command of the whole window
        elif event.key() == Qt.Key.Key_Escape:
            self.hide()
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self._shown.rows:
                self.opened.emit(self.in_hand)
        else:
            typed = event.text().upper()
            for key in self._shown.keys:
                if typed and key.cap == typed:
                    self.command_requested.emit(key.command, self.in_hand)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share()

    def _lay_out(self) -> None:
        look = self._look
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(24), look.px(16), look.px(24), look.px(16))
        column.setSpacing(look.px(10))
        self._sentences.setSpacing(look.px(4))
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._strip.setProperty("clear", True)
        self._scroll.setWidget(self._strip)
        column.addWidget(self._title)
        column.addLayout(self._sentences)
        column.addWidget(self._scroll)
        column.addLayout(self._legend)
        column.addWidget(self._says)
        column.addWidget(self._table)
        column.addWidget(self._empty)
        column.addLayout(self._keys)

    def _fill_sentences(self, sentences: tuple[SentenceShown, ...]) -> None:
        _clear(self._sentences)
        for one in sentences:
            line = QHBoxLayout()
            line.setSpacing(self._look.px(8))
            if one.state is not None:
                line.addWidget(Sign(self._look, one.state))
            line.addWidget(label(one.words, strong=one.strong, wrap=True), 1)
            self._sentences.addLayout(line)

    def _fill_legend(self, legend: tuple[tuple[Paint, str], ...]) -> None:
        _clear(self._legend)
        self._legend.setSpacing(self._look.px(6))
        for paint, words in legend:
            self._legend.addWidget(_Swatch(self._look, paint))
            self._legend.addWidget(label(words, tone="muted"))
        self._legend.addStretch(1)

    def _fill_keys(self, keys: tuple[KeyShown, ...]) -> None:
        _clear(self._keys)
        self._keys.setSpacing(self._look.px(6))
        for key in keys:
            self._keys.addWidget(KeyCap(key.cap))
            self._keys.addWidget(label(key.words, tone="muted"))
        self._keys.addStretch(1)

    def _fill_table(self, page: PageShown) -> None:
        self._table.setVisible(bool(page.rows))
        self._model.set_titles(page.columns)
        self._model.set_rows(page.rows)
        for at in range(MOST_COLUMNS):
            self._table.setColumnHidden(at, at >= len(page.columns))
        for at in range(len(page.rows)):
            self._table.setRowHeight(at, self._look.px(ROW_HIGH))
        shown = min(max(len(page.rows), 2), 12)
        high = self._look.px(ROW_HIGH) * shown + self._table.horizontalHeader().sizeHint().height() + 4
        self._table.setFixedHeight(high)
        at = self._model.row_of(page.chosen)
        if page.rows:
            self._table.selectRow(max(at, 0))

    def _share(self) -> None:
        whole = self._table.viewport().width()
        for column, share in enumerate(self._shown.shares):
            self._table.setColumnWidth(column, whole * share // 100)


class _Swatch(QWidget):
    """A small square painted as the strip paints such a day."""

    def __init__(self, look: Look, paint: Paint) -> None:
        super().__init__()
        self._look, self._paint = look, paint
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(self._look.px(16), self._look.px(16))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = self._look.theme
        fill, frame = {
            "counted": (theme.accent, theme.accent),
            "added": (theme.surface, theme.key_path),
            "stopped": (theme.surface, theme.hold),
            "off": (theme.raised, theme.line),
            "edge": (theme.surface, theme.line),
            "plain": (theme.surface, theme.line),
        }[self._paint]
        place = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.setBrush(QColor(fill))
        painter.setPen(QColor(frame))
        painter.drawRoundedRect(place, 3, 3)
        if self._paint == "stopped":
            draw_shape(painter, SHAPES[State.STOPPED], place.adjusted(3, 3, -3, -3), QColor(theme.hold))
        if self._paint == "added":
            painter.drawRoundedRect(place.adjusted(3, 3, -3, -3), 1, 1)
        painter.end()


class _Delegate(RowDelegate):
    """A line each; the first cell with its sign."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(self._look.px(60), self._look.px(ROW_HIGH))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: RowShown = index.data(ROW_ROLE)
        look, theme, first = self._look, self._look.theme, index.column() == 0
        painter.save()
        inner = self.ground(painter, option, first=first).adjusted(look.px(10), 0, -look.px(6), 0)
        painter.setFont(look.font(14, bold=first))
        painter.setPen(QColor(theme.text))
        if first and row.state is not None:
            side = look.px(12)
            sign = QRectF(inner.left(), inner.center().y() - side / 2, side, side)
            draw_shape(painter, SHAPES[row.state], sign, look.colour(row.state))
            inner = inner.adjusted(side + look.px(7), 0, 0, 0)
        text = painter.fontMetrics().elidedText(
            str(index.data() or ""), Qt.TextElideMode.ElideRight, inner.width()
        )
        painter.drawText(inner, _MIDDLE, text)
        painter.restore()


class _Table(QTableView):
    """Arrows move; every other key is the page's."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            super().keyPressEvent(event)
        else:
            event.ignore()

    def keyboardSearch(self, search: str) -> None:
        """Letters are commands; they do not search."""


def _table(model: RowsModel[RowShown], look: Look) -> _Table:
    table = _Table()
    table.setModel(model)
    table.setItemDelegate(_Delegate(look, table))
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


def _clear(layout: QVBoxLayout | QHBoxLayout) -> None:
    """Take everything out of a layout, rows within it too."""
    while layout.count():
        item = layout.takeAt(0)
        inner = item.layout()
        if isinstance(inner, QVBoxLayout | QHBoxLayout):
            _clear(inner)
            continue
        widget = item.widget()
        if isinstance(widget, QWidget):
            widget.setParent(None)
            widget.deleteLater()
