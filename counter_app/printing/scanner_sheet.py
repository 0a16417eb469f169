"""The page that sets scanners up: prefix and Enter by maker, and a code that tells whether it worked.

Makers' commands are from their manuals and were tried on no scanner (docs/devices.md says so); the page says
what to look up where its own code is not understood.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Final

from reportlab.graphics.barcode.code128 import Code128
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from counter_app.domain.scanning.codes import SETUP_TEXT
from counter_app.errors import mark
from counter_app.i18n import Translator
from counter_app.printing.fonts import FontFiles
from counter_app.printing.pdf_fonts import SheetFonts

_FNC3: Final = "\xf3"  # what tells such a scanner that a code is an order
_MARGIN: Final = 22 * mm
_BAR: Final = 0.33 * mm
_HIGH: Final = 15 * mm


@dataclass(frozen=True, slots=True)
class Step:
    """Words, and the bar code beneath them ("" for none)."""

    words: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    title: str
    steps: tuple[Step, ...]


PARTS: Final = (
    Part(
        mark("1 · Honeywell and scanners that take its orders: scan both codes"),
        (
            Step(mark("Send F12 before each code"), f"{_FNC3}~PREBK29915."),
            Step(mark("Send Enter after each code"), f"{_FNC3}~SUFBK2990D."),
        ),
    ),
    Part(
        mark("2 · Zebra and Symbol: scan in the maker's own manual"),
        (
            Step(mark("“Prefix value”, then the digits 5 0 1 2 (F12)")),
            Step(mark("“Suffix value”, then the digits 7 0 1 3 (Enter)")),
            Step(mark("“Scan options”: prefix, data, suffix; then “Enter”")),
        ),
    ),
    Part(
        mark("3 · All other makers: look these up in the scanner's manual"),
        (
            Step(mark("Prefix for all kinds of code: the key F12")),
            Step(mark("Suffix: Enter (CR). Keyboard: English (US). Codes: QR and Code 128 on")),
        ),
    ),
    Part(
        mark("4 · Then scan this code at the counter: the program says whether the scanner is set up"),
        (Step("", SETUP_TEXT),),
    ),
)
NOTE: Final = mark(
    "Scanners differ. If a code here does nothing, use part 3; a scanner on a serial line needs none of this."
)


def scanner_sheet(t: Translator, files: FontFiles | None = None) -> bytes:
    """One page A4 as PDF, the same bytes for the same language."""
    fonts = SheetFonts(files or FontFiles.bundled())
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=A4, invariant=1, pageCompression=1)
    title = t("Setting scanners up")
    canvas.setTitle(title)
    y = A4[1] - 24 * mm
    fonts.draw(canvas, _MARGIN, y, title, 20, True)
    y -= 8 * mm
    for part in PARTS:
        y -= 10 * mm
        fonts.draw(canvas, _MARGIN, y, t(part.title), 12, True)
        y = _steps(canvas, fonts, part.steps, t, y)
    y -= 8 * mm
    canvas.setFillGray(0.3)
    fonts.draw(canvas, _MARGIN, y, t(NOTE), 9)
    canvas.save()
    return stream.getvalue()


def _steps(canvas: Canvas, fonts: SheetFonts, steps: tuple[Step, ...], t: Translator, y: float) -> float:
    for step in steps:
        if step.words:
            y -= 8 * mm
            fonts.draw(canvas, _MARGIN + 5 * mm, y, f"· {t(step.words)}", 11)
        if step.code:
            y -= _HIGH + 4 * mm
            bars = Code128(step.code, barWidth=_BAR, barHeight=_HIGH, quiet=True)
            bars.drawOn(canvas, _MARGIN, y)
            y -= 2 * mm
    return y - 2 * mm
