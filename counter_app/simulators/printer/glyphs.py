"""The printer's resident fonts: 24 x 24 dots for GBK, 12 x 24 for ASCII, drawn once and kept.

The shapes come from the bundled Noto Sans SC, cut to one bit a dot as a thermal head prints them.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from PIL import Image, ImageDraw, ImageFont

from counter_app.errors import UserFacingError
from counter_app.i18n import RESOURCES

CELL: Final = 24  # dots: height of every cell, width of a Chinese one
HALF: Final = 12
_FONT: Final = RESOURCES / "build" / "fonts" / "NotoSansSC-Regular.ttf"
_BASELINE: Final = 20
_LATIN_BASELINE: Final = 19
_SIZE: Final = 23
_LATIN_SIZE: Final = 22
_SHARP: Final = 4  # drawn this much larger, then shrunk: thin strokes survive the threshold
_DARK: Final = 96
_THRESHOLD: Final = [0] * _DARK + [255] * (256 - _DARK)


@lru_cache(maxsize=4)
def _font(size: int) -> ImageFont.FreeTypeFont:
    if not _FONT.exists():
        raise UserFacingError(
            "fonts.missing",
            "The fonts are not unpacked: {path} is missing.",
            remedy="Run installer/prepare.py once.",
            path=_FONT,
        )
    return ImageFont.truetype(str(_FONT), size)


@lru_cache(maxsize=8192)
def glyph(char: str, wide: bool, bold: bool, width: int, height: int) -> Image.Image:
    """Ink mask (mode L, 255 = ink) of one character, `width` and `height` times enlarged (1..8)."""
    cell = _drawn(char, wide)
    if bold:
        shifted = Image.new("L", cell.size, 0)
        shifted.paste(cell, (1, 0))
        shifted.paste(255, (0, 0), cell)
        cell = shifted
    if width > 1 or height > 1:
        cell = cell.resize((cell.width * width, cell.height * height), Image.Resampling.NEAREST)
    return cell


@lru_cache(maxsize=8192)
def _drawn(char: str, wide: bool) -> Image.Image:
    cell_width = CELL if wide else HALF
    font = _font((_SIZE if wide else _LATIN_SIZE) * _SHARP)
    room = cell_width * _SHARP
    advance = max(1, round(font.getlength(char)))
    large = Image.new("L", (max(advance, room), CELL * _SHARP), 0)
    start = max(0, (room - advance) // 2)
    baseline = (_BASELINE if wide else _LATIN_BASELINE) * _SHARP
    ImageDraw.Draw(large).text((start, baseline), char, fill=255, font=font, anchor="ls")
    small = large.resize((cell_width, CELL), Image.Resampling.BOX)
    return small.point(_THRESHOLD)
