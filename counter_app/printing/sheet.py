"""A sheet as strips: pieces of full width with a height, placed from the top, cut into pages.

Not here: what a strip shows (`sheet_blocks.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from reportlab.lib.pagesizes import A4, A5
from reportlab.pdfgen.canvas import Canvas

from counter_app.use_cases.ports.papers import SheetSize

MM: Final = 72 / 25.4


@dataclass(frozen=True, slots=True)
class Geometry:
    """Of one sheet, in points; `text` is the running size of letters, `air` the share of the usual gaps."""

    width: float
    height: float
    margin: float
    foot: float
    text: float
    air: float = 1.0

    @classmethod
    def of(cls, size: SheetSize) -> Geometry:
        if size == "A4":
            return cls(*A4, margin=18 * MM, foot=15 * MM, text=10.5)
        return cls(*A5, margin=12 * MM, foot=12 * MM, text=9)

    def smaller(self, share: float) -> Geometry:
        """The same sheet with letters of `share` of their size, and with less air between them."""
        return replace(self, text=self.text * share, air=self.air * (2.5 * share - 1.5))

    @property
    def inner(self) -> float:
        """Width between the margins."""
        return self.width - 2 * self.margin

    @property
    def room(self) -> float:
        """Height between the upper margin and the foot."""
        return self.height - self.margin * 0.8 - self.foot

    @property
    def top(self) -> float:
        return self.height - self.margin * 0.8

    @property
    def leading(self) -> float:
        return self.text * 1.42


Draw = Callable[[Canvas, float], None]


@dataclass(frozen=True, slots=True)
class Strip:
    """`draw(canvas, top)` draws below `top`; `with_next` keeps it on the page of the next strip."""

    height: float
    draw: Draw
    with_next: bool = False


def _groups(strips: Iterable[Strip]) -> Iterator[list[Strip]]:
    group: list[Strip] = []
    for strip in strips:
        group.append(strip)
        if not strip.with_next:
            yield group
            group = []
    if group:
        yield group


def paginate(strips: Iterable[Strip], room: float) -> list[list[Strip]]:
    """Pages of strips. What belongs together stays so unless it is higher than a page."""
    pages: list[list[Strip]] = [[]]
    left = room
    for group in _groups(strips):
        needed = sum(strip.height for strip in group)
        if left < needed <= room and pages[-1]:
            pages.append([])
            left = room
        for strip in group:
            if strip.height > left and pages[-1]:
                pages.append([])
                left = room
            pages[-1].append(strip)
            left -= strip.height
    return pages
