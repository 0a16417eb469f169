"""A place that was signed on a pad: its label, the strokes as vectors, and when (mission: P12)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from reportlab.pdfgen.canvas import Canvas

from counter_app.domain.paper.columns import colon
from counter_app.domain.paper.model import SignatureLine
from counter_app.domain.paper.strokes import PRESSURES, Strokes
from counter_app.domain.paper.width import clean
from counter_app.printing.pdf_fonts import SheetFonts
from counter_app.printing.sheet import MM, Geometry, Strip

WIDE: Final = 48 * MM
HIGH: Final = 13 * MM
_THIN: Final = 0.6
_THICK: Final = 1.0  # what full pressure adds


def signed_strips(fonts: SheetFonts, geometry: Geometry, block: SignatureLine) -> Iterator[Strip]:
    """Label, strokes over the line, and the words beside it; without strokes the words alone."""
    size, label = geometry.text, clean(colon(block.label)).replace("\n", " ")
    words, strokes = clean(block.signed).replace("\n", " "), block.strokes
    high = HIGH if strokes is not None else size * 1.4

    def draw(canvas: Canvas, top: float) -> None:
        base, left = top - high - size * 0.6, geometry.margin
        canvas.setFillGray(0)
        fonts.draw(canvas, left, base, label, size)
        left += fonts.width(label, size) + 4
        if strokes is not None:
            draw_strokes(canvas, left, base - 2, strokes)
            canvas.setStrokeGray(0.3)
            canvas.setLineWidth(0.5)
            canvas.line(left, base - 2, left + WIDE, base - 2)
            left += WIDE + 8
        small = min(size, size * (geometry.width - geometry.margin - left) / fonts.width(words, size))
        fonts.draw(canvas, left, base, words, small)

    yield Strip(high + size * 1.4, draw)


def draw_strokes(canvas: Canvas, left: float, base: float, strokes: Strokes) -> None:
    """What was drawn, as large as the place allows and never out of shape; black, as a pen writes."""
    x0, y0, wide, high = strokes.box
    zoom = min(WIDE / max(wide, 1), HIGH / max(high, 1))
    canvas.setStrokeGray(0)
    canvas.setLineCap(1)
    canvas.setLineJoin(1)
    for line in strokes.lines:
        path = canvas.beginPath()
        for at, (x, y, _) in enumerate(line):
            place = left + (x - x0) * zoom, base + (high - (y - y0)) * zoom
            if at:
                path.lineTo(*place)
            else:
                path.moveTo(*place)
                path.lineTo(*place)  # a dot is a line that goes nowhere
        pressed = sum(pressure for _, _, pressure in line) / max(len(line), 1) / PRESSURES
        canvas.setLineWidth(_THIN + _THICK * pressed)
        canvas.drawPath(path, stroke=1, fill=0)
