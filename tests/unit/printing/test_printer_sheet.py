"""The page that tries an A4 printer: its measures hold on the paper, it says what is known of the printer."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import pypdfium2
import pytest
from PIL import Image

from counter_app.i18n import Translator
from counter_app.printing.printer_sheet import EDGE, FRAME, SIZES, PrinterSheet, printer_sheet
from counter_app.use_cases.ports.papers import SheetSize

DOTS: Final = 8  # for each millimetre
PAGE: Final = PrinterSheet(
    name="office",
    address="cups://A4",
    model="Maker LP-7",
    state="ready",
    moved="right 0 mm",
    made_at="2026-11-29 09:30",
    size="A4",
    training=False,
)


def drawn(page: PrinterSheet, language: str = "en") -> tuple[Image.Image, str]:
    with pypdfium2.PdfDocument(printer_sheet(page, Translator(language))) as document:
        (sheet,) = document
        picture = sheet.render(scale=DOTS * 25.4 / 72).to_pil().convert("L")
        return picture, sheet.get_textpage().get_text_range()


def dark(picture: Image.Image, x: float, y: float, reach: float = 0.3) -> bool:
    """Whether there is ink so near to a point, in millimetres from the top left corner."""
    left, top, right, down = (round(at * DOTS) for at in (x - reach, y - reach, x + reach, y + reach))
    return min(picture.crop((left, top, right, down)).tobytes()) < 128


@pytest.mark.parametrize("size", ["A4", "A5"])
def test_frame_corners_and_rulers_stand_where_a_ruler_must_find_them(size: SheetSize) -> None:
    picture, _ = drawn(replace(PAGE, size=size))
    wide, high = SIZES[size]
    assert picture.size == pytest.approx((wide * DOTS, high * DOTS), abs=2)
    left, top = (wide - FRAME) / 2, (high - FRAME) / 2
    for x in (left, left + FRAME):
        assert dark(picture, x, high / 2 + 10)
        assert not dark(picture, x + 1, high / 2 + 10)
    for y in (top, top + FRAME):
        assert dark(picture, wide / 2 + 20, y)
        assert not dark(picture, wide / 2 + 20, y + 1)
    assert dark(picture, wide / 2, high / 2)
    assert all(dark(picture, x, y) for x in (EDGE, wide - EDGE) for y in (EDGE, high - EDGE))
    for at in range(20, int(wide) - 10):
        assert dark(picture, at, 13) and not dark(picture, at + 0.5, 13, 0.15)  # noqa: PT018 - one mark
    for at in range(20, int(high) - 10):
        assert dark(picture, 13, at)
    assert dark(picture, 1, 14)
    assert dark(picture, wide - 1, 14)
    assert dark(picture, 14, high - 1)


def test_it_says_what_is_known_of_the_printer() -> None:
    _, text = drawn(PAGE)
    for told in (PAGE.name, PAGE.address, PAGE.model, PAGE.state, PAGE.moved, PAGE.made_at, "𬱟𰻝"):
        assert told in text
    assert "演练无效" not in text
    assert "演练无效" in drawn(replace(PAGE, training=True))[1]


def test_a_printer_that_tells_nothing_is_said_to() -> None:
    assert "未告知" in drawn(replace(PAGE, model=""), "zh_CN")[1]
