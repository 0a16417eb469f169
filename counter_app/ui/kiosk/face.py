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

KEYS_SHARE: Final = 0.34  # of the width of a panel that lies
LYING_ROW: Final = 2  # keys beside one another there
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
            self.tiles.set_keys(page.tiles)

    def show_typed(self, text: str) -> None:
        if self.pad is not None:
            self.pad.show_typed(text)

    def _lay_out(self, across: int) -> None:
        page, measures = self._page, self._measures
        whole = QVBoxLayout(self)
        whole.setContentsMargins(self._margin, self._margin, self._margin, self._margin)
        whole.setSpacing(measures.gap)
        whole.addWidget(words(page.title, measures.title, bold=True))
        if self._lying:
            split = QHBoxLayout()
            split.setSpacing(2 * measures.gap)
            left, right = self._content(across), self._keys()
            if page.lead and not page.number:
                right.insertWidget(0, words(page.lead, measures.text, tone="muted"))
            right.addStretch(1)
            split.addLayout(left, round(100 * (1 - KEYS_SHARE)))
            split.addLayout(right, round(100 * KEYS_SHARE))
            whole.addLayout(split, 1)
        else:
            if page.lead and not page.number:
                whole.addWidget(words(page.lead, measures.text, tone="muted"))
            whole.addLayout(self._content(across), 1)
            whole.addLayout(self._keys())

    def _content(self, across: int) -> QVBoxLayout:
        page, measures = self._page, self._measures
        column = QVBoxLayout()
        column.setSpacing(measures.gap)
        if page.banner:
            column.addWidget(self._banner())
        if page.number:
            number = words(page.number, measures.number, bold=True, tone="number")
            number.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(number)
            lead = words(page.lead, measures.words, bold=True)
            lead.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(lead)
        if page.qr:
            code = QrCode(page.qr, page.title, measures)
            column.addWidget(code, 0, Qt.AlignmentFlag.AlignHCenter)
        if page.blocks:
            text = TextPages(page.blocks, (self._frame.up_word, self._frame.down_word), measures, self._theme)
            text.turned.connect(lambda: self.pressed.emit("go_on", ""))
            column.addWidget(text, 0 if page.number or page.tiles else 1)
        if page.tiles:
            self.tiles = Tiles(
                page.tile_columns,
                (self._frame.previous_word, self._frame.next_word),
                measures,
                self._theme,
            )
            self.tiles.pressed_key.connect(self.pressed)
            self.tiles.set_keys(page.tiles)
            column.addWidget(self.tiles, 1)
        if page.entry is not None:
            self.pad = EntryPad(page.entry, across, measures, self._theme)
            self.pad.pressed_key.connect(self.pressed)
            if not self._lying:
                column.addStretch(1)  # under the hand
            column.addWidget(self.pad)
        if not (page.tiles or (page.entry and not self._lying) or (page.blocks and not page.number)):
            column.addStretch(1)
        return column

    def _banner(self) -> QFrame:
        frame = QFrame()
        frame.setProperty("part", "banner")
        frame.setProperty("tone", self._page.tone)
        row = QHBoxLayout(frame)
        pad = self._measures.mm(3)
        row.setContentsMargins(pad, pad, pad, pad)
        row.addWidget(words(self._page.banner, self._measures.text, bold=True))
        return frame

    def _keys(self) -> QVBoxLayout:
        page, measures = self._page, self._measures
        column = QVBoxLayout()
        column.setSpacing(measures.gap)
        for key in page.wide:
            column.addWidget(self._key(key))
        for row in page.rows:
            most = len(row)
            if self._lying or measures.elder:
                most = LYING_ROW
            for at in range(0, len(row), most):
                line = QHBoxLayout()
                line.setSpacing(measures.gap)
                for key in row[at : at + most]:
                    line.addWidget(self._key(key))
                column.addLayout(line)
        return column

    def _key(self, key: Key) -> KioskKey:
        made = KioskKey(key, self._measures, self._theme)
        made.pressed_key.connect(self.pressed)
        return made
