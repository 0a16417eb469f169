"""Pieces of a page: a text to read by pages, a code to photograph, a keypad with what was typed."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from counter_app.ui.kiosk.keys import KioskKey
from counter_app.ui.kiosk.measures import Measures
from counter_app.ui.kiosk.page import Block, Entry, Key
from counter_app.ui.kiosk.style import font
from counter_app.ui.theme.tokens import Theme
from counter_app.ui.widgets.paper import qr_rows

QUIET: Final = 4  # light modules around a QR code (ISO/IEC 18004)


def words(text: str, pixels: int, *, bold: bool = False, tone: str = "") -> QLabel:
    """A plain-text label that wraps."""
    made = QLabel()
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setText(text)
    made.setFont(font(pixels, bold=bold))
    made.setWordWrap(True)
    made.setProperty("tone", tone)
    return made


class TextPages(QWidget):
    """Blocks of text; where they are longer than the place, two keys turn through them."""

    turned = Signal()

    def __init__(
        self, blocks: tuple[Block, ...], turn_words: tuple[str, str], measures: Measures, theme: Theme
    ) -> None:
        """`turn_words`: (up, further down)."""
        super().__init__()
        self._measures = measures
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setWidget(_text(blocks, measures))
        self._bar = self._area.verticalScrollBar()
        self._bar.rangeChanged.connect(self._show_turns)
        self._bar.valueChanged.connect(self._show_turns)
        self._keys = [
            KioskKey(Key(act, word), measures, theme) for act, word in zip("-+", turn_words, strict=True)
        ]
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(measures.gap)
        column.addWidget(self._area, 1)
        row = QHBoxLayout()
        row.setSpacing(measures.gap)
        for key in self._keys:
            key.pressed_key.connect(self._turn)
            key.hide()
            row.addWidget(key)
        column.addLayout(row)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        inner = self._area.widget()
        wide = self.width() or self._measures.mm(200)
        return QSize(wide, inner.heightForWidth(wide) if inner.hasHeightForWidth() else inner.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(self._measures.key, self._measures.key)

    def showEvent(self, event: QShowEvent) -> None:
        self._show_turns()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._show_turns()

    def _turn(self, act: str, target: str) -> None:
        step = self._area.viewport().height() - self._measures.text * 2
        self._bar.setValue(self._bar.value() + (step if act == "+" else -step))
        self.turned.emit()

    def _show_turns(self) -> None:
        """Keys only where the whole text would not fit the whole place."""
        inner = self._area.widget()
        more = inner.heightForWidth(self.width()) > self.height()
        for at, key in enumerate(self._keys):
            key.setVisible(more)
            usable = self._bar.value() > 0 if at == 0 else self._bar.value() < self._bar.maximum()
            if key.isEnabled() != usable or (key.key.kind == "off") == usable:
                key.setEnabled(usable)
                key.set_key(Key(key.key.act, key.key.title, kind="plain" if usable else "off"))


def _text(blocks: tuple[Block, ...], measures: Measures) -> QFrame:
    frame = QFrame()
    frame.setProperty("part", "text")
    column = QVBoxLayout(frame)
    margin = measures.mm(5)
    column.setContentsMargins(margin, margin, margin, margin)
    column.setSpacing(measures.mm(1.6))
    for number, block in enumerate(blocks):
        if block.heading:
            if number:
                column.addSpacing(measures.mm(3))
            column.addWidget(words(block.heading, measures.words, bold=True))
        for at, line in enumerate(block.lines, start=1):
            column.addLayout(_line(f"{at}." if block.numbered else "", line, measures))
    column.addStretch(1)
    return frame


def _line(number: str, text: str, measures: Measures) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(measures.mm(1.6))
    if number:
        counted = words(number, measures.text, tone="muted")
        counted.setFixedWidth(measures.text * 2)
        counted.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight)
        row.addWidget(counted)
    line = words(text, measures.text)
    line.setAlignment(Qt.AlignmentFlag.AlignTop)
    row.addWidget(line, 1)
    return row


class QrCode(QWidget):
    """A code to take a picture of, black on white whatever the theme."""

    def __init__(self, data: str, name: str, measures: Measures) -> None:
        super().__init__()
        self._rows = qr_rows(data, "M")
        side = measures.mm(70)
        self.setFixedSize(side, side)
        self.setAccessibleName(name)
        self.setAccessibleDescription(data)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor("#ffffff"))
        modules = len(self._rows) + 2 * QUIET
        side = self.width() // modules
        left = (self.width() - side * modules) // 2 + side * QUIET
        for down, row in enumerate(self._rows):
            for across, dark in enumerate(row):
                if dark:
                    place = QRectF(left + across * side, left + down * side, side, side)
                    painter.fillRect(place, QColor("#000000"))
        painter.end()


class EntryPad(QWidget):
    """What was typed, and the keys to type with, as many beside one another as fit."""

    pressed_key = Signal(str, str)

    def __init__(
        self, entry: Entry, room: int, measures: Measures, theme: Theme, *, widest: bool = False
    ) -> None:
        """`room`: pixels across; `widest` uses all of them, for a panel with little height."""
        super().__init__()
        self._measures, self._theme = measures, theme
        self._typed = words("", measures.title, bold=True)
        self._typed.setProperty("part", "typed")
        self._typed.setWordWrap(False)
        self._typed.setMinimumHeight(measures.key)
        self._typed.setContentsMargins(measures.mm(3), 0, measures.mm(3), 0)
        self._name = entry.name
        gap = measures.mm(2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(gap)
        top = QHBoxLayout()
        top.setSpacing(gap)
        top.addWidget(self._typed, 1)
        for act, word in (("delete", entry.delete_word), ("enter", entry.done_word)):
            key = self._key(Key(act, word, kind="primary" if act == "enter" else "plain"))
            key.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
            top.addWidget(key)
        column.addLayout(top)
        grid = QGridLayout()
        grid.setSpacing(gap)
        for down, row in enumerate(_reflowed(tuple(entry.rows), room, measures.key + gap, widest)):
            for across, sign in enumerate(row):
                grid.addWidget(self._key(Key("type", sign, target=sign)), down, across)
        column.addLayout(grid)

    def show_typed(self, text: str) -> None:
        self._typed.setText(text)
        self._typed.setAccessibleName(f"{self._name} {text}".strip())

    @property
    def typed(self) -> str:
        return self._typed.text()

    def _key(self, key: Key) -> KioskKey:
        made = KioskKey(key, self._measures, self._theme)
        made.pressed_key.connect(self.pressed_key)
        return made


def _reflowed(rows: tuple[str, ...], room: int, cell: int, widest: bool) -> tuple[str, ...]:
    fits = max(1, room // cell)
    if not widest and max(len(row) for row in rows) <= fits:
        return rows
    signs = "".join(rows)
    return tuple(signs[at : at + fits] for at in range(0, len(signs), fits))
