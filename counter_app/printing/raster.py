"""Lines drawn as dots where the printer's own font cannot: rare characters, printers without Chinese.

A drawn line keeps columns, sizes and places of a printed one, so that the two mix on one paper. Not
here: which lines need it (`escpos_encoder.py`).
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

import segno
from PIL import Image, ImageDraw, ImageFont

from counter_app.domain.paper.lines import DOTS_A_COLUMN, QrLine, Run, TextLine
from counter_app.domain.paper.width import char_width
from counter_app.printing.fonts import FontFiles

CELL: Final = 24  # dots: height of a line's characters
LINE_GAP: Final = 6  # dots below them: 30 from line to line, as printers do
_BASELINE: Final = 0.86  # of the cell, from its top
_DARK: Final = 110  # of 255: thinner strokes vanish on thermal paper
_NO_CHARACTER: Final = "\U0010ffff"


def raster_command(picture: Image.Image) -> bytes:
    """`GS v 0` with a picture of mode 1 whose black is ink; its width is filled to whole bytes."""
    across = (picture.width + 7) // 8
    head = b"\x1dv0\x00" + across.to_bytes(2, "little") + picture.height.to_bytes(2, "little")
    return head + picture.tobytes("raw", "1;I")


class LinePainter:
    """Draws lines with the bundled fonts. Not for use from several threads."""

    def __init__(self, files: FontFiles) -> None:
        self._files = files
        self._cell = lru_cache(maxsize=4096)(self._drawn_cell)
        self._font = lru_cache(maxsize=16)(self._loaded)

    def _loaded(self, rare: bool, size: int) -> ImageFont.FreeTypeFont:
        path = self._files.rare if rare else self._files.regular
        return ImageFont.truetype(str(path), size)

    def _lacks(self, font: ImageFont.FreeTypeFont, character: str) -> bool:
        """A font draws the same box for everything it lacks."""
        missing, found = font.getmask(_NO_CHARACTER), font.getmask(character)
        return found.size == missing.size and bytes(found) == bytes(missing)

    def _drawn_cell(self, character: str, columns: int, across: int, tall: int) -> Image.Image:
        """One character in its cell, white on black."""
        size = CELL * max(across, tall)
        font = self._font(False, size)
        if self._lacks(font, character):
            font = self._font(True, size)
        wide = max(columns * size // 2, round(font.getlength(character)))
        cell = Image.new("L", (wide, size), 0)
        start = (wide - font.getlength(character)) / 2
        ImageDraw.Draw(cell).text((start, size * _BASELINE), character, 255, font=font, anchor="ls")
        target = (columns * DOTS_A_COLUMN * across, CELL * tall)
        return cell if cell.size == target else cell.resize(target, Image.Resampling.LANCZOS)

    def _draw_run(self, picture: Image.Image, run: Run) -> None:
        column = run.column
        for character in run.text:
            columns = char_width(character)
            # A mark of no width is drawn over the character before it.
            place = column if columns else column - run.across
            if character != " ":
                cell = self._cell(character, columns or 1, run.across, run.tall)
                picture.paste(255, (place * DOTS_A_COLUMN, 0), cell)
                if run.bold:
                    picture.paste(255, (place * DOTS_A_COLUMN + 1, 0), cell)
            column += columns * run.across

    def line(self, line: TextLine) -> Image.Image:
        """The line as dots: width up to its last column, one line high, black is ink."""
        dots = max(line.end * DOTS_A_COLUMN, 8)
        picture = Image.new("L", ((dots + 7) // 8 * 8, CELL * line.tall + LINE_GAP), 0)
        for run in line.runs:
            self._draw_run(picture, run)
        return picture.point(lambda light: 0 if light >= _DARK else 255, "1")


def qr_picture(line: QrLine) -> Image.Image:
    """The QR code as dots, for printers that cannot draw one themselves."""
    code = segno.make_qr(line.data, error=line.level, boost_error=False)
    rows = [bytes(0 if dark else 255 for dark in row) for row in code.matrix]
    small = Image.frombytes("L", (len(rows), len(rows)), b"".join(rows))
    side = len(rows) * line.dots
    filled = Image.new("L", ((side + 7) // 8 * 8, side), 255)
    filled.paste(small.resize((side, side), Image.Resampling.NEAREST))
    return filled.convert("1")
