"""Keys of the kiosk, painted whole: words that wrap and are never cut short by a style; and a grid of them.

A key takes no keyboard input itself: the window tells a scanner's characters from a press.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import ceil
from typing import Final

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from counter_app.ui.kiosk.measures import Measures
from counter_app.ui.kiosk.page import Key, KeyKind
from counter_app.ui.kiosk.style import font, key_colours
from counter_app.ui.theme.tokens import Theme

_TALL: Final = 4000
_ROOMIEST: Final = 1.7  # a tile grows no taller than this times what its words need


class KioskKey(QAbstractButton):
    """One key; `pressed_key(act, target)` when it is touched."""

    pressed_key = Signal(str, str)

    def __init__(self, key: Key, measures: Measures, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._measures, self._theme, self._key = measures, theme, key
        self.title_font = font(measures.words, bold=True)
        self.detail_font = font(measures.text)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setMinimumSize(measures.key, measures.key)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.clicked.connect(self._press)
        self.set_key(key)

    @property
    def key(self) -> Key:
        return self._key

    def set_key(self, key: Key) -> None:
        self._key = key
        self._detail = " · ".join(part for part in (key.hint, key.detail) if part)
        self.setAccessibleName(" ".join(part for part in (key.title, self._detail) if part))
        self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        title, detail = self._heights(width)
        around = 2 * self._pad if self._measures.low else 4 * self._pad
        least = self._measures.mm(14) + around if self._key.mark else self._measures.key
        return max(least, self._measures.key, title + detail + self._pad)

    def sizeHint(self) -> QSize:
        wide = QFontMetrics(self.title_font).horizontalAdvance(self._key.title) + 4 * self._pad
        wide = max(self._measures.key, min(wide, self._measures.mm(80)))
        return QSize(wide, self.heightForWidth(wide))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.ignore()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = key_colours(self._theme, self._key.kind)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = 5 if self.hasFocus() else colours.edge
        line = QColor(self._theme.text if self.hasFocus() else colours.line)
        painter.setPen(QPen(line, edge))
        ground = QColor(colours.ground)
        painter.setBrush(ground.darker(112) if self.isDown() else ground)
        inset = edge / 2
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), 10, 10)
        if self._key.mark:
            self._paint_card(painter, QColor(colours.text))
        self._paint_words(painter, QColor(colours.text), QColor(colours.detail))
        painter.end()

    def _paint_words(self, painter: QPainter, title_colour: QColor, detail_colour: QColor) -> None:
        title, detail = self._heights(self.width())
        place = self._words_place(self.width())
        top = max(0, (self.height() - title - detail) // 2)
        flags = int(self._align) | int(Qt.TextFlag.TextWordWrap)
        painter.setPen(title_colour)
        painter.setFont(self.title_font)
        painter.drawText(QRect(place.left(), top, place.width(), title), flags, self._key.title)
        if self._detail:
            painter.setPen(detail_colour)
            painter.setFont(self.detail_font)
            painter.drawText(QRect(place.left(), top + title, place.width(), detail), flags, self._detail)

    def _paint_card(self, painter: QPainter, colour: QColor) -> None:
        """An ID card: three lines and a head."""
        high = self._measures.mm(14)
        wide = high * 1.5
        card = QRectF(2 * self._pad, (self.height() - high) / 2, wide, high)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colour, max(3, high // 14)))
        painter.drawRoundedRect(card, 6, 6)
        for row, share in enumerate((0.38, 0.3, 0.38)):
            y = card.top() + high * (0.3 + 0.2 * row)
            left = card.left() + wide * 0.12
            painter.drawLine(int(left), int(y), int(left + wide * share), int(y))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        middle = card.left() + wide * 0.76
        head = high * 0.13
        painter.drawEllipse(QRectF(middle - head, card.top() + high * 0.24, 2 * head, 2 * head))
        painter.drawPie(
            QRectF(middle - 2 * head, card.top() + high * 0.56, 4 * head, 4 * head * 1.1), 0, 180 * 16
        )

    @property
    def _pad(self) -> int:
        return self._measures.mm(2.4)

    @property
    def _align(self) -> Qt.AlignmentFlag:
        key = self._key
        left = key.kind == "tile" or bool(key.mark) or (key.kind == "off" and bool(key.detail))
        return Qt.AlignmentFlag.AlignLeft if left else Qt.AlignmentFlag.AlignHCenter

    def _words_place(self, width: int) -> QRect:
        """Where words may stand; beside the card's picture where there is one."""
        side = 2 * self._pad if self._align is Qt.AlignmentFlag.AlignLeft else self._pad // 2
        left = side + (self._measures.mm(14 * 1.5) + 2 * self._pad if self._key.mark else 0)
        return QRect(left, 0, max(1, width - left - side), _TALL)

    def _heights(self, width: int) -> tuple[int, int]:
        place = self._words_place(width)
        flags = int(self._align) | int(Qt.TextFlag.TextWordWrap)
        title = QFontMetrics(self.title_font).boundingRect(place, flags, self._key.title).height()
        if not self._detail:
            return title, 0
        return title, QFontMetrics(self.detail_font).boundingRect(place, flags, self._detail).height()

    def _press(self) -> None:
        self.pressed_key.emit(self._key.act, self._key.target)


class Tiles(QWidget):
    """Equal keys in columns, as many as fit; two keys below turn to those before and after."""

    pressed_key = Signal(str, str)

    def __init__(
        self,
        columns: tuple[int, int],
        turn_words: tuple[str, str],
        measures: Measures,
        theme: Theme,
        parent: QWidget | None = None,
    ) -> None:
        """`columns`: at least and at most; as few as show all at once. `turn_words`: (previous, next)."""
        super().__init__(parent)
        self._range, self._measures, self._theme = columns, measures, theme
        self._columns = columns[0]
        self._keys: list[KioskKey] = []
        self._first = 0
        self._turns = [self._make(Key(act, word)) for act, word in zip(("-", "+"), turn_words, strict=True)]
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(measures.key)

    def set_keys(self, keys: Sequence[Key]) -> None:
        """The same number of keys changes in place: nothing moves under a finger."""
        if len(keys) == len(self._keys):
            for button, key in zip(self._keys, keys, strict=True):
                button.set_key(key)
        else:
            for button in self._keys:
                button.deleteLater()
            self._keys = [self._make(key) for key in keys]
            self._first = 0
        self._place()

    @property
    def shown(self) -> tuple[KioskKey, ...]:
        return tuple(button for button in self._keys if not button.isHidden())

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()

    def sizeHint(self) -> QSize:
        rows = ceil(len(self._keys) / self._columns)
        high = rows * (self._measures.key + self._measures.gap)
        return QSize(self._measures.mm(120), high)

    def _make(self, key: Key) -> KioskKey:
        button = KioskKey(key, self._measures, self._theme, self)
        button.pressed_key.connect(self._pressed)
        button.show()
        return button

    def _pressed(self, act: str, target: str) -> None:
        if act in ("-", "+"):
            self._first += (1 if act == "+" else -1) * self._fit()[0]
            self._place()
            self.pressed_key.emit("go_on", "")
        else:
            self.pressed_key.emit(act, target)

    def _choose_columns(self) -> None:
        least, most = self._range
        narrowest = 6 * self._measures.words  # four characters and the room around them
        able = [n for n in range(least, most + 1) if n == least or self.width() // n >= narrowest]
        pages = {}
        for columns in able:
            self._columns = columns
            pages[columns] = ceil(len(self._keys) / self._fit()[0])
        self._columns = min(able, key=lambda columns: (pages[columns], columns))

    def _fit(self) -> tuple[int, int]:
        """(keys a page, their least height)."""
        gap = self._measures.gap
        wide = self._column_width()
        needed = max((button.heightForWidth(wide) for button in self._keys), default=self._measures.key)
        rows = max(1, (self.height() + gap) // (needed + gap))
        if rows * self._columns < len(self._keys):
            turn = max(button.heightForWidth(self.width() // 2) for button in self._turns)
            rows = max(1, (self.height() - turn) // (needed + gap))
        return rows * self._columns, needed

    def _column_width(self) -> int:
        gap = self._measures.gap
        return max(1, (self.width() - gap * (self._columns - 1)) // self._columns)

    def _place(self) -> None:
        self._choose_columns()
        gap, wide = self._measures.gap, self._column_width()
        page, high = self._fit()
        paged = page < len(self._keys)
        self._first = min(max(0, self._first), max(0, (len(self._keys) - 1) // page * page))
        turn = max(button.heightForWidth(self.width() // 2) for button in self._turns) if paged else 0
        rows = page // self._columns if paged else ceil(len(self._keys) / self._columns)
        if rows:
            room = (self.height() - (turn + gap if paged else 0) - gap * (rows - 1)) // rows
            high = max(high, min(room, int(high * _ROOMIEST)))
        for at, button in enumerate(self._keys):
            place = at - self._first
            button.setVisible(0 <= place < page)
            row, column = divmod(place, self._columns)
            button.setGeometry(column * (wide + gap), row * (high + gap), wide, high)
        half = (self.width() - gap) // 2
        for side, button in enumerate(self._turns):
            button.setVisible(paged)
            usable = self._first > 0 if side == 0 else self._first + page < len(self._keys)
            button.setEnabled(usable)
            shown = button.key
            kind: KeyKind = "plain" if usable else "off"
            if shown.kind != kind:
                button.set_key(replace(shown, kind=kind))
            button.setGeometry(side * (half + gap), self.height() - turn, half, turn)
