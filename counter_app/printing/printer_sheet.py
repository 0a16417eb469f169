"""The page that tries, aligns and describes a printer for sheets: no paper of the hall, so it has no number.

Everything is in millimetres from the paper's edge, and beside each thing stands how it must look. Drawn right
up to the edges: what is missing there is the printer's own margin.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Final

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from counter_app.domain.paper.width import clean
from counter_app.i18n import Translator
from counter_app.printing.fonts import FontFiles
from counter_app.printing.pdf_fonts import SheetFonts
from counter_app.use_cases.ports.papers import SheetSize

SIZES: Final[dict[SheetSize, tuple[float, float]]] = {"A4": (210.0, 297.0), "A5": (148.0, 210.0)}
FRAME: Final = 100.0  # on a side: the same on every size, so that one ruler measures all
EDGE: Final = 5.0  # the corners' marks are so far in: most printers reach there
_ARM: Final = 3.5
_RULERS: Final = 14.0  # from the edges
_LONGEST: Final = 5.0
_INSIDE: Final = 4.0
_RARE: Final = "𬱟𰻝"
_GREYS: Final = 10
_COLOURS: Final = ((0, 1, 1), (1, 0, 1), (1, 1, 0), (1, 0, 0), (0, 1, 0), (0, 0, 1))


@dataclass(frozen=True, slots=True)
class PrinterSheet:
    """What is known of the printer, in the reader's words; `moved` says what its options do to a sheet."""

    name: str
    address: str
    model: str
    state: str
    moved: str
    made_at: str
    size: SheetSize
    training: bool


def printer_sheet(page: PrinterSheet, t: Translator, files: FontFiles | None = None) -> bytes:
    """One page as PDF."""
    wide, high = SIZES[page.size]
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=(wide * mm, high * mm), invariant=1, pageCompression=1)
    canvas.setTitle(t("Printer test page"))
    pen = _Pen(canvas, SheetFonts(files or FontFiles.bundled()), wide, high)
    pen.corners()
    pen.ruler_across()
    pen.ruler_down()
    left, top = (wide - FRAME) / 2, (high - FRAME) / 2
    pen.frame(left, top)
    pen.title(t("Printer test page"), page.training)
    pen.words(left + _INSIDE, top + 4, _about(page, t), FRAME - 2 * _INSIDE)
    pen.ink(left + _INSIDE, top + FRAME - 26)
    pen.words(left, top + FRAME + 3, _checks(page, t), FRAME)
    canvas.save()
    return stream.getvalue()


def _about(page: PrinterSheet, t: Translator) -> tuple[str, ...]:
    told = (
        (t("Printer"), page.name),
        (t("Address"), page.address),
        (t("Model"), page.model or t("not told")),
        (t("State"), page.state),
        (t("Size of the sheets"), page.size),
        (t("Moved and scaled"), page.moved),
        (t("Printed at"), page.made_at),
    )
    return (*(f"{label}：{value}" for label, value in told), f"中文 Aa 0123，。：￥20.00　生僻字 {_RARE}")


def _checks(page: PrinterSheet, t: Translator) -> tuple[str, ...]:
    return (
        t("1. The frame is 100 mm wide and high. If not, the queue scales: turn “fit to page” off there."),
        t("2. The frame is equally far from both sides, and from top and bottom. If not, paper lies askew."),
        t("3. The rulers count from the paper's edge: the first and last mark seen are the margins."),
        t("4. All four corner marks are whole, the greys are ten steps, the rare characters are no boxes."),
    )


class _Pen:
    """Draws in millimetres from the top left corner."""

    def __init__(self, canvas: Canvas, fonts: SheetFonts, wide: float, high: float) -> None:
        self._canvas = canvas
        self._fonts = fonts
        self._wide = wide
        self._high = high

    def corners(self) -> None:
        """An angle at each corner, its bend `EDGE` from both edges."""
        for x, inwards in ((EDGE, 1), (self._wide - EDGE, -1)):
            for y, down in ((EDGE, 1), (self._high - EDGE, -1)):
                self._line(x, y, x + _ARM * inwards, y, 0.4)
                self._line(x, y, x, y + _ARM * down, 0.4)
                self._text(
                    x + (0.6 if inwards > 0 else -3.8),
                    y + (2.4 if down > 0 else -1.0),
                    "5 mm",
                    4,
                )

    def ruler_across(self) -> None:
        for at in filter(_apart, range(int(self._wide) + 1)):
            self._line(at, _RULERS, at, _RULERS - _tick(at), 0.15)
            if at % 10 == 0 and EDGE * 2 < at < self._wide - EDGE * 2:
                self._text(at - 1.5, _RULERS + 2.6, str(at), 6)
        self._line(0, _RULERS, self._wide, _RULERS, 0.2)

    def ruler_down(self) -> None:
        for at in filter(_apart, range(int(self._high) + 1)):
            self._line(_RULERS, at, _RULERS - _tick(at), at, 0.15)
            if at % 10 == 0 and _RULERS + 5 < at < self._high - EDGE * 2:
                self._text(_RULERS + 0.8, at + 0.8, str(at), 6)
        self._line(_RULERS, 0, _RULERS, self._high, 0.2)

    def frame(self, left: float, top: float) -> None:
        """In the middle of the sheet, its sides named, the sheet's middle crossed."""
        canvas = self._canvas
        canvas.setLineWidth(0.3 * mm)
        canvas.rect(left * mm, (self._high - top - FRAME) * mm, FRAME * mm, FRAME * mm)
        across, down = self._wide / 2, self._high / 2
        self._line(across - 3, down, across + 3, down, 0.2)
        self._line(across, down - 3, across, down + 3, 0.2)
        self._text(left + FRAME / 2 - 5, top - 1.2, "100 mm", 7)
        canvas.saveState()
        canvas.translate((left - 1.2) * mm, (self._high - top - FRAME / 2 - 5) * mm)
        canvas.rotate(90)
        self._fonts.draw(canvas, 0, 0, "100 mm", 7)
        canvas.restoreState()

    def title(self, text: str, training: bool) -> None:
        size = 16
        width = self._fonts.width(text, size, True) / mm
        self._text((self._wide - width) / 2, 28, text, size, bold=True)
        if training:
            words = "演练无效"
            self._text((self._wide - self._fonts.width(words, 12, True) / mm) / 2, 35, words, 12, bold=True)

    def words(self, left: float, top: float, lines: tuple[str, ...], room: float) -> None:
        """One below the other, broken where `room` ends."""
        y = top
        for line in lines:
            for piece in self._broken(clean(line), room):
                y += 4.0
                self._text(left, y, piece, 8)
            y += 0.6

    def ink(self, left: float, top: float) -> None:
        """Ten greys, colours, thin lines and solid black."""
        canvas = self._canvas
        for step in range(_GREYS):
            canvas.setFillGray(1 - (step + 1) / _GREYS)
            self._fill(left + step * 6, top, 6)
        for at, colour in enumerate(_COLOURS):
            canvas.setFillColorRGB(*colour)
            self._fill(left + at * 6, top + 8, 6)
        canvas.setFillGray(0)
        for at, thick in enumerate((0.05, 0.1, 0.2, 0.4, 0.8)):
            self._line(left + 40, top + 9 + at * 1.5, left + 60, top + 9 + at * 1.5, thick)
        canvas.rect((left + 64) * mm, (self._high - top - 14) * mm, 28 * mm, 14 * mm, stroke=0, fill=1)
        self._text(left, top + 19, "■ ▓ 清晰 clear 0.05 0.1 0.2 0.4 0.8 mm", 6)

    def _fill(self, left: float, top: float, side: float) -> None:
        self._canvas.rect(left * mm, (self._high - top - side) * mm, side * mm, side * mm, stroke=0, fill=1)

    def _broken(self, text: str, room: float) -> list[str]:
        lines = [""]
        for sign in text:
            if self._fonts.width(lines[-1] + sign, 8) > room * mm:
                whole, _, begun = lines[-1].rpartition(" ")
                lines[-1:] = [whole, begun] if whole and sign.isascii() else [lines[-1], ""]
            lines[-1] += sign
        return lines

    def _line(self, x: float, y: float, to_x: float, to_y: float, thick: float) -> None:
        self._canvas.setLineWidth(thick * mm)
        self._canvas.line(x * mm, (self._high - y) * mm, to_x * mm, (self._high - to_y) * mm)

    def _text(self, x: float, y: float, text: str, size: float, *, bold: bool = False) -> None:
        self._canvas.setFillGray(0)
        self._fonts.draw(self._canvas, x * mm, (self._high - y) * mm, text, size, bold)


def _apart(at: int) -> bool:
    """Not where the two rulers cross."""
    return not _RULERS - _LONGEST <= at <= _RULERS


def _tick(at: int) -> float:
    if at % 10 == 0:
        return _LONGEST
    return 3.5 if at % 5 == 0 else 2.0
