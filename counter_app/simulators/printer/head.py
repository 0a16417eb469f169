"""The print head over the moving paper: the line being filled, the ink, the knife.

The knife sits 12 mm behind the head, as in real printers: a cut without enough feed leaves the last
lines on the next paper, and every paper begins with those 12 mm blank.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Final

from PIL import Image

from counter_app.simulators.printer.glyphs import HALF
from counter_app.simulators.printer.modes import CENTRE, RIGHT, Modes
from counter_app.simulators.printer.sheet import Sheet, Strip

HEAD_TO_KNIFE: Final = 96
_UNDERLINE: Final = 2


@dataclass(slots=True)
class Memory:
    """Pictures kept: by key code (GS ( L), and those of the last FS q. `writes` wears it out."""

    keyed: dict[bytes, Image.Image] = field(default_factory=dict)
    listed: list[Image.Image] = field(default_factory=list)
    writes: int = 0


@dataclass(frozen=True, slots=True)
class Cell:
    """One character waiting in the line buffer."""

    x: int
    mask: Image.Image
    char: str
    underline: bool
    reverse: bool


class Head:
    """Holds one line and the paper since the last cut. Everything it cannot do goes to `rubbish`."""

    def __init__(self, width: int) -> None:
        self.width = width
        self.modes = Modes()
        self.cursor = 0
        self.lines_printed = 0  # since power-on: text lines and graphics
        self.drawer_kicks = 0
        self.memory = Memory()  # what stays when it is switched off
        self.sheets: list[Sheet] = []
        self.record = bytearray()  # the bytes since the last cut
        self._y = HEAD_TO_KNIFE
        self._line: list[Cell] = []
        self._strips: list[Strip] = []
        self._qr: list[str] = []
        self._barcodes: list[str] = []
        self._rubbish: list[str] = []
        self._overflow: list[str] = []

    @property
    def area(self) -> int:
        """Printable dots between the margins."""
        room = self.width - self.modes.left_margin
        return min(self.modes.area_width, room) if self.modes.area_width else room

    @property
    def at_line_start(self) -> bool:
        return not self._line and self.cursor == 0

    def rubbish(self, what: str) -> None:
        self._rubbish.append(what)

    def overflow(self, what: str) -> None:
        self._overflow.append(what)

    def note_qr(self, payload: str) -> None:
        self._qr.append(payload)

    def note_barcode(self, payload: str) -> None:
        self._barcodes.append(payload)

    def put(self, char: str, mask: Image.Image, gaps: tuple[int, int], *, underline: bool) -> None:
        """Add a character; what passes the right edge goes to the next line, as printers do."""
        width = gaps[0] + mask.width + gaps[1]
        if self.cursor + width > self.area and not self.at_line_start:
            self.overflow(f"{self._line_text()}|{char}")
            self.feed_line()
        self._line.append(Cell(self.cursor + gaps[0], mask, char, underline, self.modes.reverse))
        self.cursor += width

    def feed_line(self) -> None:
        """Print the line and move on by the line spacing, or by the line's height if that is more."""
        self._y += self._print(self.modes.spacing)

    def feed_dots(self, dots: int) -> None:
        """Print the line, if there is one, and feed."""
        self._y += self._print(dots)

    def place(self, mask: Image.Image) -> None:
        """Print graphics as wide as they are: they are no part of a line; too wide is clipped."""
        if not self.at_line_start:
            self.feed_line()
        if mask.width > self.area:
            self.overflow(f"graphics {mask.width} dots wide")
            mask = mask.crop((0, 0, self.area, mask.height))
        self._strips.append(Strip(self._y, self._left(mask.width), mask))
        self._y += mask.height
        self.lines_printed += 1

    def forget_line(self) -> None:
        """Drop what is not printed yet (ESC @, CAN, power)."""
        self._line.clear()
        self.cursor = 0

    def cut(self, feed: int | None) -> None:
        """Cut here (None) or first feed past the knife and `feed` dots more (GS V 65/66)."""
        if self._line:
            self.feed_line()
        if feed is not None:
            self._y += HEAD_TO_KNIFE + feed
        self.sheets.append(self._torn(self._y - HEAD_TO_KNIFE, cut=True))

    def hanging(self) -> Sheet | None:
        """The paper that is printed on and not cut off yet."""
        return self._sheet(self._y, self._strips, cut=False) if self._strips else None

    def _torn(self, height: int, *, cut: bool) -> Sheet:
        here = [strip for strip in self._strips if strip.y < height]
        later = [replace(strip, y=strip.y - height) for strip in self._strips if strip.y >= height]
        sheet = self._sheet(height, here, cut=cut, cut_through=bool(later) or _passes(here, height))
        self._strips = later
        self._y = HEAD_TO_KNIFE
        self.record.clear()
        for noted in (self._qr, self._barcodes, self._rubbish, self._overflow):
            noted.clear()
        return sheet

    def _sheet(self, height: int, strips: list[Strip], *, cut: bool, cut_through: bool = False) -> Sheet:
        return Sheet(
            width=self.width,
            height=height,
            strips=tuple(strips),
            data=bytes(self.record),
            qr=tuple(self._qr),
            barcodes=tuple(self._barcodes),
            rubbish=tuple(self._rubbish),
            overflow=tuple(self._overflow),
            cut=cut,
            cut_through=cut_through,
        )

    def _left(self, width: int) -> int:
        spare = max(0, self.area - width)
        shift = {CENTRE: spare // 2, RIGHT: spare}.get(self.modes.align, 0)
        return self.modes.left_margin + shift

    def _print(self, feed: int) -> int:
        """Put the line on paper; gives how far the paper must move."""
        self.modes.kanji = self.modes.kanji or self.modes.kanji_next_line
        self.modes.kanji_next_line = False
        if not self._line:
            self.cursor = 0
            return feed
        height = max(cell.mask.height for cell in self._line)
        width = max(cell.x + cell.mask.width for cell in self._line)
        ink = Image.new("L", (width, height), 0)
        for cell in self._line:
            _stamp(ink, cell, height)
        self._strips.append(Strip(self._y, self._left(min(self.cursor, self.area)), ink, self._line_text()))
        self.lines_printed += 1
        self.forget_line()
        return max(feed, height)

    def _line_text(self) -> str:
        text, end = "", 0
        for cell in sorted(self._line, key=lambda each: each.x):
            text += " " * max(0, round((cell.x - end) / HALF)) + cell.char
            end = cell.x + cell.mask.width
        return text.rstrip()


def _stamp(ink: Image.Image, cell: Cell, height: int) -> None:
    top = height - cell.mask.height
    box = (cell.x, top, cell.x + cell.mask.width, height)
    if cell.reverse:
        ink.paste(255, box)
        ink.paste(0, (cell.x, top), cell.mask)
    else:
        ink.paste(255, (cell.x, top), cell.mask)
    if cell.underline:
        ink.paste(255, (cell.x, height - _UNDERLINE, cell.x + cell.mask.width, height))


def _passes(strips: list[Strip], height: int) -> bool:
    return any(strip.y + strip.mask.height > height for strip in strips)
