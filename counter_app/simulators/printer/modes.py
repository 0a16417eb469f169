"""What ESC @ resets: every setting of the printer, with its value at power-on."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

LEFT, CENTRE, RIGHT = 0, 1, 2
DEFAULT_SPACING: Final = 30  # dots from line to line
DEFAULT_TABS: Final = tuple(range(8, 256, 8))  # columns


@dataclass(slots=True)
class Modes:
    """Sizes are factors 1..8; distances are dots."""

    ank_size: tuple[int, int] = (1, 1)  # width, height of one-byte characters
    kanji_size: tuple[int, int] = (1, 1)
    kanji: bool = False
    kanji_next_line: bool = False  # a clone's FS & waits for the line to end
    bold: bool = False
    underline: bool = False
    kanji_underline: bool = False
    reverse: bool = False
    align: int = LEFT
    spacing: int = DEFAULT_SPACING
    char_gap: int = 0
    kanji_gaps: tuple[int, int] = (0, 0)
    tabs: tuple[int, ...] = DEFAULT_TABS
    left_margin: int = 0
    area_width: int = 0  # 0: the whole paper
    bar_height: int = 162
    bar_width: int = 3
    bar_text: int = 0  # bit 0 above, bit 1 below
    qr_module: int = 3
    qr_level: int = 48
    qr_data: bytes = field(default=b"")
    stored_graphics: bytes = field(default=b"")
