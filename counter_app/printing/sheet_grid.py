"""Ruled rows on a sheet: form-like pairs, tables, numbered materials. A row breaks between its lines.

Not here: free text, codes, seals (`sheet_blocks.py`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from reportlab.pdfgen.canvas import Canvas

from counter_app.domain.paper.model import Align
from counter_app.printing.pdf_fonts import SheetFonts
from counter_app.printing.sheet import Draw, Geometry, Strip

PAD: Final = 5.0
_LINE: Final = 0.62  # grey of rules
_SHADE: Final = 0.95  # grey behind labels


@dataclass(frozen=True, slots=True)
class Words:
    """One line of text in one style; `grey` 0 is black."""

    text: str
    bold: bool = False
    grey: float = 0.0


@dataclass(frozen=True, slots=True)
class Cell:
    """Lines in a box `width` points wide. `picture` is drawn at the top, `picture_height` high."""

    width: float
    lines: tuple[Words, ...]
    align: Align = "left"
    shaded: bool = False
    picture: Draw | None = None
    picture_height: float = 0.0


@dataclass(frozen=True, slots=True)
class GridPen:
    """Draws rows of one sheet."""

    fonts: SheetFonts
    geometry: Geometry

    def row(self, cells: list[Cell], *, with_next: bool = False) -> Iterator[Strip]:
        """One row as strips, a line of text each; its picture keeps it whole."""
        leading = self.geometry.leading
        picture = max((cell.picture_height for cell in cells), default=0.0)
        count = max(1, *(len(cell.lines) for cell in cells))
        above = PAD * 0.6 * self.geometry.air
        height = max(count * leading + 2 * above, picture + 2 * PAD)
        extra = height - count * leading
        for depth in range(count):
            first, last = depth == 0, depth == count - 1
            own = leading + (above if first else 0) + (extra - above if last else 0)
            yield Strip(own, self._line(cells, depth, own, last), with_next=with_next or not last)

    def _line(self, cells: list[Cell], depth: int, height: float, last: bool) -> Draw:
        first = depth == 0
        above = PAD * 0.6 * self.geometry.air if first else 0.0

        def draw(canvas: Canvas, top: float) -> None:
            left = self.geometry.margin
            for cell in cells:
                if cell.shaded:
                    canvas.setFillGray(_SHADE)
                    canvas.rect(left, top - height, cell.width, height, stroke=0, fill=1)
                left += cell.width
            left = self.geometry.margin
            for cell in cells:
                self._edges(canvas, left, top, cell.width, height, first, last)
                if first and cell.picture is not None:
                    canvas.saveState()
                    canvas.translate(left + PAD, 0)
                    cell.picture(canvas, top - PAD)
                    canvas.restoreState()
                if depth < len(cell.lines):
                    self._words(canvas, left, top - above, cell, cell.lines[depth])
                left += cell.width

        return draw

    def _edges(
        self, canvas: Canvas, left: float, top: float, width: float, height: float, first: bool, last: bool
    ) -> None:
        canvas.setStrokeGray(_LINE)
        canvas.setLineWidth(0.5)
        canvas.line(left, top, left, top - height)
        canvas.line(left + width, top, left + width, top - height)
        if first:
            canvas.line(left, top, left + width, top)
        if last:
            canvas.line(left, top - height, left + width, top - height)

    def _words(self, canvas: Canvas, left: float, top: float, cell: Cell, words: Words) -> None:
        size = self.geometry.text
        free = cell.width - 2 * PAD - self.fonts.width(words.text, size, words.bold)
        shift = {"left": 0.0, "center": free / 2, "right": free}[cell.align]
        canvas.setFillGray(words.grey)
        baseline = top - self.geometry.leading + size * 0.45
        self.fonts.draw(canvas, left + PAD + shift, baseline, words.text, size, words.bold)
