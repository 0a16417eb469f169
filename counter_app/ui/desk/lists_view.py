"""Guidance, materials, assists and course of a case, each list as high as its rows. A passive view."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QItemSelectionModel, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QFontMetrics, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QFrame, QListView, QScrollArea, QStyleOptionViewItem, QVBoxLayout, QWidget

from counter_app.i18n import Translator
from counter_app.ui.desk.shown import LineShown, SectionShown
from counter_app.ui.theme.glyphs import draw_shape
from counter_app.ui.theme.look import Look
from counter_app.ui.theme.tokens import SHAPES
from counter_app.ui.widgets.row_delegate import WRAP, Index, RowDelegate, text_height
from counter_app.ui.widgets.rows import ROW_ROLE, Column, RowsModel
from counter_app.ui.widgets.text import label

_LEFT: Final = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
_RIGHT: Final = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
_STEPS: Final = {Qt.Key.Key_Down: 1, Qt.Key.Key_PageDown: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageUp: -1}
PAGE: Final = 85  # of what is seen, in hundredths, that one key goes on
_MOST_RIGHT: Final = 45  # of the width, in hundredths, that the words at the right may take


class LineDelegate(RowDelegate):
    """Name at the left, its state in words at the right, a detail beneath."""

    def __init__(self, look: Look, view: QListView) -> None:
        super().__init__(look, view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        row: LineShown = index.data(ROW_ROLE)
        width = self._view.viewport().width() - self._look.px(12)
        metrics = QFontMetrics(self._look.font(14))
        high = text_height(metrics, row.name, width - self._right(metrics, row, width))
        high += text_height(QFontMetrics(self._look.font(12)), row.detail, width)
        return QSize(self._look.px(120), high + self._look.px(9))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: LineShown = index.data(ROW_ROLE)
        look, theme = self._look, self._look.theme
        painter.save()
        inner = self.ground(painter, option, first=True).adjusted(look.px(6), look.px(3), -look.px(6), 0)
        painter.setFont(look.font(14))
        metrics = painter.fontMetrics()
        right = self._right(metrics, row, inner.width())
        painter.setPen(QColor(theme.text))
        name = inner.adjusted(0, 0, -right, 0)
        painter.drawText(name, WRAP, row.name)
        high = text_height(metrics, row.name, name.width())
        if row.words:
            self._state(painter, row, inner, right - look.px(10))
        if row.detail:
            painter.setFont(look.font(12))
            painter.setPen(QColor(theme.muted))
            painter.drawText(inner.adjusted(0, high, 0, 0), WRAP, row.detail)
        painter.restore()

    def _state(self, painter: QPainter, row: LineShown, inner: QRect, width: int) -> None:
        look = self._look
        metrics = painter.fontMetrics()
        colour = look.colour(row.state) if row.state is not None else QColor(look.theme.muted)
        painter.setPen(colour)
        words = metrics.elidedText(row.words, Qt.TextElideMode.ElideRight, width)
        painter.drawText(inner, _RIGHT, words)
        if row.state is not None:
            side = look.px(11)
            left = inner.right() - metrics.horizontalAdvance(words) - side - look.px(5)
            sign = QRectF(left, inner.top() + (metrics.height() - side) / 2, side, side)
            draw_shape(painter, SHAPES[row.state], sign, colour)

    def _right(self, metrics: QFontMetrics, row: LineShown, width: int) -> int:
        if not row.words:
            return 0
        wide = metrics.horizontalAdvance(row.words) + self._look.px(26)
        return min(wide, width * _MOST_RIGHT // 100)


class LineList(QListView):
    """A list as high as its rows: what is around it scrolls. `walked(step)` beyond its ends."""

    walked = Signal(int)

    def __init__(self, look: Look, name: str, scrolled: Callable[[LineList, int], bool]) -> None:
        """`scrolled(list, step)` shows more of the line in hand, False when there is no more that way."""
        super().__init__()
        self._scrolled = scrolled
        self.rows = RowsModel[LineShown](
            (Column("line", "", lambda row: row.name),),
            key=lambda row: row.id,
            spoken=lambda row: " ".join(part for part in (row.name, row.words, row.detail) if part),
        )
        self.setModel(self.rows)
        self.setItemDelegate(LineDelegate(look, self))
        self.setAccessibleName(name)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        at, last = self.currentIndex().row(), self.rows.rowCount() - 1
        step = _STEPS.get(Qt.Key(event.key()), 0)
        if step and self._scrolled(self, step):
            return
        if event.key() == Qt.Key.Key_Down and at >= last:
            self.walked.emit(1)
        elif event.key() == Qt.Key.Key_Up and at <= 0:
            self.walked.emit(-1)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.rows.rowCount():
            self.setCurrentIndex(self.rows.index(0, 0))
        elif self.currentIndex().isValid():  # what lost the keys lost its mark with them
            self.selectionModel().select(
                self.currentIndex(), QItemSelectionModel.SelectionFlag.ClearAndSelect
            )

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """One line is in hand in all the lists, not one in each."""
        super().focusOutEvent(event)
        self.clearSelection()

    def set_lines(self, lines: tuple[LineShown, ...]) -> None:
        self.rows.set_rows(lines)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self.doItemsLayout()
        self.setFixedHeight(2 + sum(self.sizeHintForRow(at) for at in range(self.rows.rowCount())))

    @property
    def current(self) -> str:
        """The line in hand, "" for none."""
        return self.rows.key_at(self.currentIndex().row()) or ""


class _Section:
    """A head, a word about it, its lines."""

    def __init__(self, look: Look, title: str, scrolled: Callable[[LineList, int], bool]) -> None:
        self.head = label(title, strong=True)
        self.note = label(tone="muted", wrap=True)
        self.lines = LineList(look, title, scrolled)
        self.parts: tuple[QWidget, ...] = (self.head, self.note, self.lines)

    def show(self, shown: SectionShown | None) -> None:
        there = shown is not None and bool(shown.lines)
        self.lines.set_lines(shown.lines if shown is not None else ())
        self.note.setText(shown.note if shown is not None else "")
        for part in self.parts:
            part.setVisible(there)
        self.note.setVisible(there and bool(self.note.text()))


class ListsView(QFrame):
    """`chosen(section, line)` on Enter. Arrows walk on from list to list."""

    chosen = Signal(str, str)

    def __init__(self, t: Translator, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setProperty("panel", "card")
        self.setAccessibleName(t("Materials, assists and course"))
        self._sections: dict[str, _Section] = {}
        place = QWidget()
        place.setProperty("clear", True)
        self._inner = QVBoxLayout(place)
        self._inner.setContentsMargins(look.px(14), look.px(10), look.px(14), look.px(10))
        self._inner.setSpacing(look.px(4))
        self._inner.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(place)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.addWidget(self._scroll)

    def show_sections(self, sections: tuple[SectionShown, ...]) -> None:
        """Show these in their order; one that is not among them, or has no lines, is not seen."""
        for shown in sections:
            if shown.id not in self._sections and shown.lines:
                self._add(shown, [one.id for one in sections])
        by_id = {shown.id: shown for shown in sections}
        for id, section in self._sections.items():
            section.show(by_id.get(id))

    def lines(self, section: str) -> tuple[LineShown, ...]:
        """What a section shows, () while it is not there."""
        there = self._sections.get(section)
        return there.lines.rows.rows if there is not None else ()

    @property
    def current(self) -> tuple[str, str]:
        """Section and line that have the keys, empty when they are elsewhere."""
        found = ((id, section.lines) for id, section in self._sections.items() if section.lines.hasFocus())
        return next(((id, lines.current) for id, lines in found), ("", ""))

    @property
    def seen(self) -> tuple[int, int]:
        """From where to where of all the lists is in sight."""
        bar = self._scroll.verticalScrollBar()
        return bar.value(), bar.value() + bar.pageStep()

    def begin(self) -> None:
        """The keys go to the first list that has lines; from a list to the next one, and round."""
        shown = self._shown()
        at = next((at for at, section in enumerate(shown) if section.lines.hasFocus()), -1)
        if shown:
            section = shown[(at + 1) % len(shown)]
            if len(shown) > 1:
                section.lines.setCurrentIndex(section.lines.rows.index(0, 0))
            section.lines.setFocus()
            self._reveal(section.lines)

    def _add(self, shown: SectionShown, order: list[str]) -> None:
        """A section is made when it first has lines, in its place among the others."""
        section = _Section(self._look, shown.title, self._more_of)
        section.lines.activated.connect(lambda _: self.chosen.emit(shown.id, section.lines.current))
        section.lines.walked.connect(lambda step: self._walk(section, step))
        section.lines.selectionModel().currentChanged.connect(lambda now, _: self._reveal(section.lines))
        before = [self._sections[id] for id in order[: order.index(shown.id)] if id in self._sections]
        at = self._inner.indexOf(before[-1].lines) + 1 if before else 0
        for step, part in enumerate(section.parts):
            self._inner.insertWidget(at + step, part)
        self._sections = {
            id: made for id in order if (made := {**self._sections, shown.id: section}.get(id)) is not None
        }

    def _shown(self) -> list[_Section]:
        return [section for section in self._sections.values() if section.lines.rows.rowCount()]

    def _walk(self, section: _Section, step: int) -> None:
        """Beyond the end of a list the next one begins."""
        shown = self._shown()
        at = shown.index(section) + step
        if 0 <= at < len(shown):
            lines = shown[at].lines
            lines.setCurrentIndex(lines.rows.index(0 if step > 0 else lines.rows.rowCount() - 1, 0))
            lines.setFocus()

    def _more_of(self, lines: LineList, step: int) -> bool:
        """Words longer than the place are read page by page before the keys go on."""
        bar, place = self._scroll.verticalScrollBar(), lines.visualRect(lines.currentIndex())
        top = lines.mapTo(self._scroll.widget(), place.topLeft()).y()
        hidden = top + place.height() - bar.value() - bar.pageStep() if step > 0 else bar.value() - top
        if hidden <= 0 or place.height() <= bar.pageStep():
            return False
        bar.setValue(bar.value() + step * min(hidden, bar.pageStep() * PAGE // 100))
        return True

    def _reveal(self, lines: LineList) -> None:
        if lines.hasFocus():
            place = lines.visualRect(lines.currentIndex())
            spot = lines.mapTo(self._scroll.widget(), place.center())
            if place.height() > self._scroll.viewport().height():  # read from its beginning
                top = lines.mapTo(self._scroll.widget(), place.topLeft()).y()
                self._scroll.verticalScrollBar().setValue(top)
            else:
                self._scroll.ensureVisible(spot.x(), spot.y(), 0, place.height())
