"""Sizes on the glass: millimetres and points turned into pixels of this panel (interface.md: The kiosk).

A pixel of a 21.5-inch panel held upright (1080 pixels wide) is 0.248 mm; on a 40-inch one 0.461 mm, where
the same pixels come out larger still. Elder mode: fewer keys, larger ones.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import Final

POINT_MM: Final = 25.4 / 72
MM_PER_PX: Final = 0.248
KEY_MM: Final = 20.0
ELDER_KEY_MM: Final = 28.0
TEXT_PT: Final = 18.0
ELDER_TEXT_PT: Final = 30.0


@dataclass(frozen=True, slots=True)
class Measures:
    """What a panel of `mm_per_px` needs, in pixels. `low`: a panel that lies and has little height; its
    keys do not grow in elder mode, their words do."""

    mm_per_px: float = MM_PER_PX
    elder: bool = False
    low: bool = False

    def mm(self, millimetres: float) -> int:
        return ceil(millimetres / self.mm_per_px)

    def pt(self, points: float) -> int:
        return self.mm(points * POINT_MM)

    @property
    def key(self) -> int:
        """The least height and width of anything to press."""
        return self.mm(ELDER_KEY_MM if self.elder and not self.low else KEY_MM)

    @property
    def text(self) -> int:
        """The smallest text on any page."""
        return self.pt(ELDER_TEXT_PT if self.elder else TEXT_PT)

    @property
    def words(self) -> int:
        """Words on keys."""
        if self.elder:
            return self.pt(ELDER_TEXT_PT if self.low else 34.0)
        return self.pt(23.0)

    @property
    def title(self) -> int:
        return self.pt(40.0 if self.elder and not self.low else 32.0)

    @property
    def number(self) -> int:
        """A ticket's number."""
        return self.pt(66.0 if self.low else 130.0)

    @property
    def gap(self) -> int:
        return self.mm(3.0)
