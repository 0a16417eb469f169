"""A piece of paper the printer has cut off: its ink, and what a test wants to know of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from PIL import Image

PAPER: Final = 250  # grey of thermal paper
INK: Final = 24
MARGINS: Final = {576: 32, 384: 40}  # dots at each side: 80 mm = 640 dots, 58 mm = 464 dots
_DEFAULT_MARGIN: Final = 32


@dataclass(frozen=True, slots=True)
class Strip:
    """Ink at one height: `mask` (mode L, 255 = ink) placed at dots (`x`, `y`) of the printable area."""

    y: int
    x: int
    mask: Image.Image
    text: str | None = None  # None: not text (raster, bar code, QR)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One paper. `width` and `height` in dots (8/mm), `data` the bytes that made it.

    `rubbish` lists what the printer did not understand or could not print as meant, `overflow` what
    did not fit the width, `cut` is False for paper still hanging in the printer, `cut_through` tells
    that the knife went through print because nothing fed it past the cutter.
    """

    width: int
    height: int
    strips: tuple[Strip, ...]
    data: bytes = b""
    qr: tuple[str, ...] = ()
    barcodes: tuple[str, ...] = ()
    rubbish: tuple[str, ...] = ()
    overflow: tuple[str, ...] = ()
    cut: bool = True
    cut_through: bool = False
    lines: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        texts = tuple(strip.text for strip in self.strips if strip.text is not None)
        object.__setattr__(self, "lines", texts)

    @property
    def text(self) -> str:
        """Every printed text line, top to bottom, joined by newlines."""
        return "\n".join(self.lines)

    @property
    def rasters(self) -> tuple[tuple[int, int], ...]:
        """Width and height in dots of everything printed that is not text."""
        return tuple(strip.mask.size for strip in self.strips if strip.text is None)

    def render(self) -> Image.Image:
        """The paper with its side margins, mode L, one pixel a dot."""
        margin = MARGINS.get(self.width, _DEFAULT_MARGIN)
        paper = Image.new("L", (self.width + 2 * margin, max(self.height, 1)), PAPER)
        for strip in self.strips:
            paper.paste(INK, (margin + strip.x, strip.y), strip.mask)
        return paper
