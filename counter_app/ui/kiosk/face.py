"""Draws one page of the kiosk, held upright or lying: content above or left, keys below or right.

Primary keys so stand in the lower half of an upright panel, under the hand. Not here: head and foot.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from counter_app.ui.kiosk.keys import KioskKey, Tiles
from counter_app.ui.kiosk.measures import Measures
from counter_app.ui.kiosk.page import Frame, Key, Page
from counter_app.ui.kiosk.parts import EntryPad, QrCode, TextPages, words
from counter_app.ui.theme.tokens import Theme

KEYS_SHARE: Final = 0.4  # of the width of a panel that lies
LYING_COLUMNS: Final = 2  # of keys there
ELDER_ROW: Final = 2  # keys beside one another in elder mode
MARGIN_MM: Final = 9.0


class PageFace(QWidget):
    """One page as widgets. Made anew for each page; only tiles change in place."""

    pressed = Signal(str, str)

    def __init__(
        self, page: Page, frame: Frame, measures: Measures, theme: Theme, room: tuple[int, int]
    ) -> None:
        """`room`: pixels across and down that the page will have."""
        super().__init__()
        self._page, self._frame, self._measures, self._theme = page, frame, measures, theme
        self._room = room[0]
        self._lying = room[0] > room[1]
        self._margin = measures.mm(MARGIN_MM if not self._lying else MARGIN_MM / 2)
        across = room[0] - 2 * self._margin
        if self._lying:
            across = int(across * (1 - KEYS_SHARE)) - measures.gap
        self.tiles: Tiles | None = None
        self.pad: EntryPad | None = None
        self._lay_out(across)

    def may_change_into(self, page: Page) -> bool:
        """Whether only the words on tiles differ, so that nothing needs to move."""
        return self.tiles is not None and replace(page, tiles=()) == replace(self._page, tiles=())

    def change_into(self, page: Page) -> None:
        self._page = page
        if self.tiles is not None:
            self.tiles.set_keys(self._without_hints(page.tiles))

    def show_typed(self, text: str) -> None:
        if self.pad is not None:
            self.pad.show_typed(text)

    def _lay_out(self, across: int) -> None:
        page, measures = self._page, self._measures
        whole = QVBoxLayout(self)
        whole.setContentsMargins(self._margin, self._margin, self._margin, self._margin)
        whole.setSpacing(measures.gap)
        title = words(page.title, measures.title, bold=True)
        crowded = measures.low and measures.elder
        lead = words("" if page.number or crowded else page.lead, measures.text, tone="muted")
        if not self._lying:
            for part in (title, lead):
                if part.text():
                    whole.addWidget(part)
            whole.addLayout(self._content(across), 1)
            whole.addLayout(self._keys_below())
            return
        top = QHBoxLayout()
        top.setSpacing(2 * measures.gap)
        top.addWidget(title, 3)
        whole.addLayout(top)
        if page.entry is not None:  # the keypad takes the whole width, the other keys stand above it
            for key in (key for row in page.rows for key in row):
                top.addWidget(self._key(key))
            if lead.text():
                whole.addWidget(lead)
            whole.addLayout(self._content(self._pad_width), 1)
            return
        if lead.text():
            top.addWidget(lead, 2)
        split = QHBoxLayout()
        split.setSpacing(2 * measures.gap)
        split.addLayout(self._content(across), round(100 * (1 - KEYS_SHARE)))
        split.addLayout(self._keys_beside(), round(100 * KEYS_SHARE))
        whole.addLayout(split, 1)

    def _content(self, across: int) -> QVBoxLayout:
        page, measures = self._page, self._measures
        column = QVBoxLayout()
        column.setSpacing(measures.gap)
        if page.banner:
            column.addWidget(self._banner())
        if page.number:
            self._add_number(column)
        if page.blocks:
            turns = (self._frame.up_word, self._frame.down_word)
            text = TextPages(page.blocks, turns, measures, self._theme)
            text.turned.connect(lambda: self.pressed.emit("go_on", ""))
            column.addWidget(text, 0 if page.number or page.tiles else 1)
        if page.tiles:
            self.tiles = self._tiles(self._page.tiles, page.tile_columns)
            column.addWidget(self.tiles, 1)
        if page.entry is not None:
            self.pad = EntryPad(page.entry, across, measures, self._theme, widest=self._lying)
            self.pad.pressed_key.connect(self.pressed)
            if not self._lying:
                column.addStretch(1)  # under the hand
            column.addWidget(self.pad)
        filled = page.tiles or (page.entry and not self._lying) or (page.blocks and not page.number)
        if not filled:
            column.addStretch(1)
        return column

    def _add_number(self, column: QVBoxLayout) -> None:
        page, measures = self._page, self._measures
        number = words(page.number, measures.number, bold=True, tone="number")
        lead = words(page.lead, measures.words, bold=True)
        for part in (number, lead):
            part.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(part)
        if page.qr and not self._lying:
            column.addWidget(self._code(), 0, Qt.AlignmentFlag.AlignHCenter)

    def _code(self) -> QrCode:
        return QrCode(self._page.qr, self._page.title, self._measures)

    def _tiles(self, keys: tuple[Key, ...], columns: int) -> Tiles:
        most = columns + 2 if self._lying else columns
        turns = (self._frame.previous_word, self._frame.next_word)
        tiles = Tiles((columns, most), turns, self._measures, self._theme)
        tiles.pressed_key.connect(self.pressed)
        tiles.set_keys(self._without_hints(keys))
        return tiles

    def _without_hints(self, keys: tuple[Key, ...]) -> tuple[Key, ...]:
        return tuple(replace(key, hint="") for key in keys) if self._lying else keys

    def _banner(self) -> QFrame:
        frame = QFrame()
        frame.setProperty("part", "banner")
        frame.setProperty("tone", self._page.tone)
        row = QHBoxLayout(frame)
        pad = self._measures.mm(3)
        row.setContentsMargins(pad, pad, pad, pad)
        row.addWidget(words(self._page.banner, self._measures.text, bold=True))
        return frame

    def _keys_below(self) -> QVBoxLayout:
        page, measures = self._page, self._measures
        column = QVBoxLayout()
        column.setSpacing(measures.gap)
        for key in page.wide:
            column.addWidget(self._key(key))
        for row in page.rows:
            most = ELDER_ROW if measures.elder else len(row)
            for at in range(0, len(row), most):
                line = QHBoxLayout()
                line.setSpacing(measures.gap)
                for key in row[at : at + most]:
                    line.addWidget(self._key(key))
                column.addLayout(line)
        return column

    def _keys_beside(self) -> QVBoxLayout:
        """As many as fit in two columns; what does not is a page further, never over one another."""
        page = self._page
        column = QVBoxLayout()
        column.setSpacing(self._measures.gap)
        if page.qr:
            column.addWidget(self._code(), 0, Qt.AlignmentFlag.AlignHCenter)
        for key in page.wide:
            short = self._measures.low and (self._measures.elder or key.mark)
            column.addWidget(self._key(replace(key, detail="") if short else key))
        rest = tuple(key for row in page.rows for key in row)
        if rest:
            tiles = self._tiles(rest, LYING_COLUMNS)
            column.addWidget(tiles, 1)
        return column

    @property
    def _pad_width(self) -> int:
        return self._room - 2 * self._margin

    def _key(self, key: Key) -> KioskKey:
        made = KioskKey(key, self._measures, self._theme)
        made.pressed_key.connect(self.pressed)
        return made
