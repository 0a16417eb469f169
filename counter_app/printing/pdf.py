"""A paper as PDF on A4 or A5: pages, foot with page count, watermark. The same paper, the same bytes.

No paragraph mark-up, no file named by a text, no network. Not here: what blocks look like.
"""

from __future__ import annotations

import io
from typing import Final

from reportlab.pdfgen.canvas import Canvas

from counter_app.domain.paper.model import Paper
from counter_app.domain.paper.width import clean
from counter_app.printing.fonts import FontFiles
from counter_app.printing.pdf_fonts import SheetFonts
from counter_app.printing.picture_page import picture_page
from counter_app.printing.sheet import Geometry, Strip, paginate
from counter_app.printing.sheet_blocks import BlockPen
from counter_app.use_cases.ports.papers import SheetSize

_FOOT_SIZE: Final = 8.0
_WATERMARK_GREY: Final = 0.9
_LITTLE: Final = 0.35  # of a page
_SMALLER: Final = (0.95, 0.92, 0.89, 0.86)  # down to 9 pt on A4, still read without effort


class PdfMaker:
    """Makes PDFs; opens its fonts with the first one. Belongs to one thread."""

    def __init__(self, files: FontFiles) -> None:
        self._files = files
        self._fonts: SheetFonts | None = None

    def make(self, paper: Paper, size: SheetSize) -> bytes:
        """The paper's PDF; its text can be copied out."""
        fonts = self._opened()
        geometry, pages = _laid_out(paper, size, fonts)
        stream = io.BytesIO()
        canvas = Canvas(stream, pagesize=(geometry.width, geometry.height), invariant=1, pageCompression=1)
        canvas.setTitle(clean(f"{paper.title} {paper.number}"))
        canvas.setAuthor(clean(paper.hall))
        for number, strips in enumerate(pages, start=1):
            _watermark(canvas, geometry, fonts, clean(paper.watermark))
            _page(canvas, geometry, strips)
            label = clean(paper.page_label).format(page=number, pages=len(pages))
            _foot(canvas, geometry, fonts, clean(paper.page_foot).replace("\n", " "), label)
            canvas.showPage()
        canvas.save()
        return stream.getvalue()

    def pages(self, paper: Paper, size: SheetSize) -> int:
        """How many pages its PDF has; none is drawn."""
        return len(_laid_out(paper, size, self._opened())[1])

    def picture(self, data: bytes, caption: str) -> bytes:
        """A picture as an A4 page, with what it is."""
        return picture_page(data, caption, self._opened())

    def _opened(self) -> SheetFonts:
        if self._fonts is None:
            self._fonts = SheetFonts(self._files)
        return self._fonts


def _laid_out(paper: Paper, size: SheetSize, fonts: SheetFonts) -> tuple[Geometry, list[list[Strip]]]:
    """The pages; with slightly smaller letters where that spares a last page with little on it."""
    usual = Geometry.of(size)
    pages = _pages(paper, usual, fonts)
    if len(pages) == 1 or sum(strip.height for strip in pages[-1]) > usual.room * _LITTLE:
        return usual, pages
    for share in _SMALLER:
        geometry = usual.smaller(share)
        fewer = _pages(paper, geometry, fonts)
        if len(fewer) < len(pages):
            return geometry, fewer
    return usual, pages


def _pages(paper: Paper, geometry: Geometry, fonts: SheetFonts) -> list[list[Strip]]:
    return paginate(BlockPen(fonts, geometry).strips(paper.blocks), geometry.room)


def _page(canvas: Canvas, geometry: Geometry, strips: list[Strip]) -> None:
    top = geometry.top
    for strip in strips:
        strip.draw(canvas, top)
        top -= strip.height


def _foot(canvas: Canvas, geometry: Geometry, fonts: SheetFonts, words: str, label: str) -> None:
    base = geometry.foot * 0.55
    end = geometry.width - geometry.margin
    label_width = fonts.width(label, _FOOT_SIZE)
    while words and fonts.width(words, _FOOT_SIZE) > geometry.inner - label_width - 12:
        words = words[:-1]
    canvas.setStrokeGray(0.8)
    canvas.setLineWidth(0.5)
    canvas.line(geometry.margin, base + 11, end, base + 11)
    canvas.setFillGray(0.35)
    fonts.draw(canvas, geometry.margin, base, words, _FOOT_SIZE)
    fonts.draw(canvas, end - label_width, base, label, _FOOT_SIZE)


def _watermark(canvas: Canvas, geometry: Geometry, fonts: SheetFonts, text: str) -> None:
    if not text:
        return
    size = geometry.width * 0.8 / max(fonts.width(text, 1, True), 1)
    canvas.saveState()
    canvas.translate(geometry.width / 2, geometry.height / 2)
    canvas.rotate(45)
    canvas.setFillGray(_WATERMARK_GREY)
    fonts.draw(canvas, -fonts.width(text, size, True) / 2, -size / 3, text, size, True)
    canvas.restoreState()
