"""Blocks to strips of a sheet. Text is drawn as plain strings, so a name like `<img src=…>` is a name.

Not here: pages, watermark and foot (`pdf.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial
from itertools import groupby
from typing import Any, Final

import segno
from reportlab.graphics.barcode.code128 import Code128
from reportlab.pdfgen.canvas import Canvas

from counter_app.domain.paper.codes import fit_barcode, qr_version
from counter_app.domain.paper.columns import colon
from counter_app.domain.paper.model import (
    Align,
    Band,
    Barcode,
    BigNumber,
    Block,
    Entry,
    Heading,
    Numbered,
    Pair,
    Qr,
    Rule,
    SealPlace,
    SignatureLine,
    Space,
    Table,
    Text,
    ThumbPlace,
    Title,
)
from counter_app.domain.paper.width import clean, wrap
from counter_app.printing.pdf_fonts import SheetFonts
from counter_app.printing.sheet import MM, Draw, Geometry, Strip
from counter_app.printing.sheet_grid import PAD, Cell, GridPen, Words
from counter_app.printing.sheet_signed import signed_strips

_NOTE_GREY: Final = 0.25
_ACCENT: Final = (0.06, 0.25, 0.45)
_SMALL_QR: Final = 18 * MM
_LARGE_QR: Final = 30 * MM
_SEAL: Final = 38 * MM


def draw_qr(canvas: Canvas, x: float, top: float, side: float, data: str) -> None:
    """The code as filled squares, joined along each row; its upper left corner at (x, top)."""
    code = segno.make_qr(data, error="m", boost_error=False)
    rows = [bytes(row) for row in code.matrix]
    each = side / len(rows)
    quiet = 2 * each
    canvas.setFillGray(1)  # a watermark beneath would spoil the code
    canvas.rect(x - quiet, top - side - quiet, side + 2 * quiet, side + 2 * quiet, stroke=0, fill=1)
    canvas.setFillGray(0)
    for down, row in enumerate(rows):
        for dark, run in groupby(enumerate(row), key=lambda place: place[1]):
            if dark:
                places = [across for across, _ in run]
                y = top - (down + 1) * each
                canvas.rect(x + places[0] * each, y, len(places) * each, each, stroke=0, fill=1)


def _fits_code(data: str) -> bool:
    return bool(data) and qr_version(data, "M") is not None


def _overlaid(strip: Strip, other: Strip, shift: float) -> Strip:
    """Two strips side by side, the other one `shift` points to the right: neither uses the other's half."""

    def draw(canvas: Canvas, top: float) -> None:
        strip.draw(canvas, top)
        canvas.saveState()
        canvas.translate(shift, 0)
        other.draw(canvas, top)
        canvas.restoreState()

    return Strip(max(strip.height, other.height), draw)


def _kept(strips: Iterable[Strip], whole: bool) -> Iterator[Strip]:
    """As they are, or each on the page of the next one."""
    return (replace(strip, with_next=True) if whole else strip for strip in strips)


class BlockPen:
    """Makes the strips of one sheet size."""

    def __init__(self, fonts: SheetFonts, geometry: Geometry) -> None:
        self._fonts = fonts
        self._geometry = geometry
        self._grid = GridPen(fonts, geometry)
        self._drawn: dict[type[Block], Callable[[Any], Iterator[Strip]]] = {
            Title: self._title,
            Heading: self._heading,
            Text: self._text,
            Rule: self._gap,
            Space: self._gap,
            Table: self._table,
            Numbered: self._numbered,
            Qr: self._qr,
            Barcode: self._barcode,
            BigNumber: self._big_number,
            SignatureLine: self._signature,
            ThumbPlace: self._thumb,
            SealPlace: self._seal,
            Band: self._band,
        }

    def strips(self, blocks: Iterable[Block]) -> Iterator[Strip]:
        """All blocks from top to bottom; neighbouring pairs become one ruled form.

        The last QR code stands beside the seal's or the thumb-print's place, so that a paper whose
        words fit one page needs no second one for the code.
        """
        blocks = tuple(blocks)
        places = [block for block in blocks if isinstance(block, SealPlace | ThumbPlace)]
        codes = [block for block in blocks if isinstance(block, Qr)]
        beside = codes[-1] if places and codes else None
        whole = False
        for paired, group in groupby(blocks, key=lambda block: isinstance(block, Pair)):
            if paired:
                yield from _kept(self._pairs([block for block in group if isinstance(block, Pair)]), whole)
                continue
            for block in group:
                if block is beside:
                    continue
                whole = whole or (isinstance(block, Heading) and block.whole)
                drawn = list(self._drawn[type(block)](block))
                if beside is not None and block is places[-1]:
                    shift = self._geometry.inner * 0.4 if isinstance(block, ThumbPlace) else 0.0
                    drawn = [_overlaid(drawn[0], next(self._qr(beside)), shift)]
                yield from _kept(drawn, whole)

    def _wrapped(self, text: str, room: float, size: float, bold: bool = False) -> list[str]:
        return wrap(clean(text), room, lambda character: self._fonts.width(character, size, bold))

    def _lines(
        self,
        text: str,
        *,
        size: float | None = None,
        bold: bool = False,
        align: Align = "left",
        indent: float = 0.0,
        with_next: bool = False,
    ) -> Iterator[Strip]:
        """A paragraph, a strip a line."""
        size = size or self._geometry.text
        for line in self._wrapped(text, self._geometry.inner - indent, size, bold):
            draw = partial(self._draw_line, text=line, size=size, bold=bold, align=align, indent=indent)
            yield Strip(size * 1.5, draw, with_next)

    def _draw_line(
        self, canvas: Canvas, top: float, *, text: str, size: float, bold: bool, align: Align, indent: float
    ) -> None:
        free = self._geometry.inner - indent - self._fonts.width(text, size, bold)
        shift = {"left": 0.0, "center": free / 2, "right": free}[align]
        canvas.setFillGray(0)
        x = self._geometry.margin + indent + shift
        self._fonts.draw(canvas, x, top - size * 1.1, text, size, bold)

    def _space(self, height: float, *, with_next: bool = False) -> Strip:
        return Strip(height, lambda canvas, top: None, with_next)

    def _gap(self, _block: Block) -> Iterator[Strip]:
        yield self._space(self._geometry.text * 0.8 * self._geometry.air)

    def _title(self, block: Title) -> Iterator[Strip]:
        yield self._space(4, with_next=True)
        yield from self._lines(
            block.text, size=self._geometry.text * 2, bold=True, align="center", with_next=True
        )

    def _heading(self, block: Heading) -> Iterator[Strip]:
        size = self._geometry.text * (1.35 if block.large else 1.1)
        yield self._space(5, with_next=True)
        for strip in self._lines(block.text, size=size, bold=True, indent=8, with_next=True):
            yield Strip(strip.height, partial(self._marked, strip.draw, strip.height), with_next=True)
        yield self._space(3, with_next=True)

    def _marked(self, draw: Draw, height: float, canvas: Canvas, top: float) -> None:
        canvas.setFillColorRGB(*_ACCENT)
        canvas.rect(self._geometry.margin, top - height * 0.88, 3, height * 0.78, stroke=0, fill=1)
        draw(canvas, top)

    def _text(self, block: Text) -> Iterator[Strip]:
        size = self._geometry.text * (1.5 if block.size == 2 else 1)
        yield self._space(2)
        yield from self._lines(block.text, size=size, bold=block.bold, align=block.align)

    def _big_number(self, block: BigNumber) -> Iterator[Strip]:
        yield from self._lines(block.text, size=self._geometry.text * 5, bold=True, align="center")

    def _band(self, block: Band) -> Iterator[Strip]:
        size = self._geometry.text * 1.5
        height = size * 1.9

        def draw(canvas: Canvas, top: float) -> None:
            canvas.setStrokeGray(0)
            canvas.setLineWidth(1.5)
            canvas.rect(self._geometry.margin, top - height + 3, self._geometry.inner, height - 6)
            text = clean(block.text)
            free = self._geometry.inner - self._fonts.width(text, size, True)
            canvas.setFillGray(0)
            self._fonts.draw(canvas, self._geometry.margin + free / 2, top - height * 0.66, text, size, True)

        yield Strip(height, draw)

    def _pairs(self, pairs: list[Pair]) -> Iterator[Strip]:
        inner, size = self._geometry.inner, self._geometry.text
        labels = [clean(pair.label) for pair in pairs]
        widest = max(self._fonts.width(label, size) for label in labels) + 2 * PAD + 1
        label_width = max(min(widest, inner * 0.28), 3 * size + 2 * PAD)
        half = inner / 2 - label_width
        yield self._space(2, with_next=True)
        place = 0
        while place < len(pairs):
            beside = place + 1 < len(pairs) and all(
                self._short(pair, half) for pair in pairs[place : place + 2]
            )
            row = pairs[place : place + 2] if beside else pairs[place : place + 1]
            value_width = half if beside else inner - label_width
            cells = [cell for pair in row for cell in self._pair_cells(pair, label_width, value_width)]
            yield from self._grid.row(cells)
            place += len(row)
        yield self._space(2)

    def _short(self, pair: Pair, room: float) -> bool:
        value = clean(pair.value)
        wide = self._fonts.width(value.replace("\n", ""), self._geometry.text)
        return not pair.strong and "\n" not in value and wide <= room - 2 * PAD - 1

    def _pair_cells(self, pair: Pair, label_width: float, value_width: float) -> Iterator[Cell]:
        yield self._cell(pair.label, label_width, shaded=True)
        yield self._cell(pair.value, value_width, bold=pair.strong)

    def _cell(
        self, text: str, width: float, *, bold: bool = False, align: Align = "left", shaded: bool = False
    ) -> Cell:
        lines = self._wrapped(text, width - 2 * PAD, self._geometry.text, bold)
        return Cell(width, tuple(Words(line, bold) for line in lines), align, shaded)

    def _table(self, block: Table) -> Iterator[Strip]:
        total = sum(column.weight for column in block.columns)
        widths = [self._geometry.inner * column.weight / total for column in block.columns]
        heads = [
            self._cell(column.heading, room, bold=True, align=column.align, shaded=True)
            for column, room in zip(block.columns, widths, strict=True)
        ]
        yield from self._grid.row(heads, with_next=True)
        for row in block.rows:
            cells = zip(block.columns, row, widths, strict=True)
            yield from self._grid.row(
                [self._cell(text, room, align=column.align) for column, text, room in cells]
            )

    def _numbered(self, block: Numbered) -> Iterator[Strip]:
        size = self._geometry.text
        number = self._fonts.width(str(len(block.entries)), size, True) + 2 * PAD + 2
        amounts = [self._fonts.width(clean(entry.amount), size, True) for entry in block.entries]
        amount = max(amounts) + 2 * PAD + 2 if any(amounts) else 0.0
        amount = min(amount, self._geometry.inner * 0.3)
        code = _SMALL_QR + 2 * PAD if any(entry.qr for entry in block.entries) else 0.0
        main = self._geometry.inner - number - amount - code
        for place, entry in enumerate(block.entries, start=1):
            cells = [self._cell(str(place), number, bold=True, align="center"), self._entry_cell(entry, main)]
            if amount:
                cells.append(self._cell(entry.amount, amount, bold=True, align="center"))
            if code:
                cells.append(self._code_cell(entry.qr, code))
            yield from self._grid.row(cells)

    def _entry_cell(self, entry: Entry, width: float) -> Cell:
        size, room = self._geometry.text, width - 2 * PAD
        notes = (*entry.notes, f"{entry.qr_caption} →") if entry.qr_caption else entry.notes
        lines = [Words(line, bold=True) for line in self._wrapped(entry.text, room, size, True)]
        for note in notes:
            lines += [Words(line, grey=_NOTE_GREY) for line in self._wrapped(note, room, size)]
        return Cell(width, tuple(lines))

    def _code_cell(self, data: str, width: float) -> Cell:
        if not _fits_code(data):
            return Cell(width, ())

        def picture(canvas: Canvas, top: float) -> None:
            draw_qr(canvas, 0, top, _SMALL_QR, data)

        return Cell(width, (), picture=picture, picture_height=_SMALL_QR)

    def _qr(self, block: Qr) -> Iterator[Strip]:
        size = self._geometry.text
        captions = [clean(caption).replace("\n", " ") for caption in block.captions]
        side = _LARGE_QR if _fits_code(block.data) else 0.0

        def draw(canvas: Canvas, top: float) -> None:
            left = self._geometry.margin
            if side:
                draw_qr(canvas, left, top - 6, side, block.data)
                left += side + 10
            canvas.setFillGray(0)
            for down, caption in enumerate(captions):
                self._fonts.draw(canvas, left, top - 6 - size * (1.2 + 1.6 * down), caption, size)

        yield Strip(max(side + 10, size * 1.6 * len(captions) + 10), draw)

    def _barcode(self, block: Barcode) -> Iterator[Strip]:
        if fit_barcode(block.text, int(self._geometry.inner * 8 / MM)) is not None:
            bars = Code128(block.text, barHeight=11 * MM, barWidth=0.9, quiet=True)
            left = self._geometry.margin + (self._geometry.inner - bars.width) / 2

            def draw(canvas: Canvas, top: float) -> None:
                bars.drawOn(canvas, left, top - 12 * MM)

            yield Strip(12 * MM, draw, with_next=True)
        yield from self._lines(block.text, align="center")

    def _signature(self, block: SignatureLine) -> Iterator[Strip]:
        if block.signed:
            yield from signed_strips(self._fonts, self._geometry, block)
            return
        size, margin, inner = self._geometry.text, self._geometry.margin, self._geometry.inner
        fields = [colon(clean(label).replace("\n", " ")) for label in (block.label, block.date) if label]

        def draw(canvas: Canvas, top: float) -> None:
            base, left = top - size * 2.4, margin
            for label, share in zip(fields, (0.6, 0.4), strict=False):
                end = left + inner * share - 10
                canvas.setFillGray(0)
                self._fonts.draw(canvas, left, base, label, size)
                start = left + self._fonts.width(label, size) + 2
                canvas.setStrokeGray(0.3)
                canvas.setLineWidth(0.5)
                canvas.line(start, base - 2, max(start + 40, end), base - 2)
                left += inner * share

        yield Strip(size * 3.2 * (0.5 + 0.5 * self._geometry.air), draw)

    def _thumb(self, block: ThumbPlace) -> Iterator[Strip]:
        size, side = self._geometry.text, 26 * MM
        label = clean(block.label).replace("\n", " ")

        def draw(canvas: Canvas, top: float) -> None:
            canvas.setFillGray(0)
            self._fonts.draw(canvas, self._geometry.margin, top - size * 1.4, label, size)
            canvas.setStrokeGray(0.3)
            canvas.setLineWidth(0.8)
            canvas.rect(self._geometry.margin, top - side - size * 2, side, side)

        yield Strip(side + size * 2.6, draw)

    def _seal(self, block: SealPlace) -> Iterator[Strip]:
        size = self._geometry.text
        centre = self._geometry.margin + self._geometry.inner - _SEAL / 2 - 4

        def draw(canvas: Canvas, top: float) -> None:
            canvas.setStrokeGray(0.7)
            canvas.setLineWidth(0.8)
            canvas.setDash(3, 3)
            canvas.circle(centre, top - _SEAL / 2 - 4, _SEAL / 2)
            canvas.setDash()
            rows = (
                (block.authority, -0.3, 0.0, 1.15),
                (block.date, 1.6, 0.0, 1.0),
                (block.hint, 4.2, 0.55, 0.85),
            )
            for text, down, grey, scale in rows:
                line = clean(text).replace("\n", " ")
                wide = self._fonts.width(line, size * scale)
                left = min(centre - wide / 2, self._geometry.width - self._geometry.margin - wide)
                canvas.setFillGray(grey)
                self._fonts.draw(canvas, left, top - _SEAL / 2 - 4 - down * size, line, size * scale)

        yield Strip(_SEAL + 8, draw)
