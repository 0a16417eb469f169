"""What falls on a roll, line by line: easy to draw on a screen, easy to turn into bytes.

A run says at which column it starts; a column is 12 dots wide, a line of size 1 is 24 dots high. Not
here: how blocks become lines (`columns.py`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from counter_app.domain.paper.width import native, width

DOTS_A_COLUMN: Final = 12
Level = Literal["L", "M"]


@dataclass(frozen=True, slots=True)
class Run:
    """Text in one style from `column` on; each column of it `across` times as wide, `tall` as high."""

    column: int
    text: str
    across: int = 1
    tall: int = 1
    bold: bool = False

    @property
    def columns(self) -> int:
        """Columns it covers on the paper."""
        return width(self.text) * self.across

    @property
    def end(self) -> int:
        return self.column + self.columns

    @property
    def raster(self) -> bool:
        """True when a resident font cannot print it."""
        return not all(map(native, self.text))


@dataclass(frozen=True, slots=True)
class TextLine:
    """Runs from left to right; none is an empty line."""

    runs: tuple[Run, ...] = ()

    @property
    def tall(self) -> int:
        return max((run.tall for run in self.runs), default=1)

    @property
    def end(self) -> int:
        return max((run.end for run in self.runs), default=0)

    @property
    def raster(self) -> bool:
        """True when the line must be drawn: it holds what GBK lacks."""
        return any(run.raster for run in self.runs)

    @property
    def text(self) -> str:
        """The line with spaces up to each run's column; large runs are followed by their due room."""
        drawn, column = "", 0
        for run in self.runs:
            drawn += " " * (run.column - column) + run.text
            column = run.end
        return drawn


@dataclass(frozen=True, slots=True)
class RuleLine:
    """A dashed line over the whole paper."""


@dataclass(frozen=True, slots=True)
class QrLine:
    """A centred QR code: `modules` a side, `dots` a module."""

    data: str
    level: Level
    modules: int
    dots: int


@dataclass(frozen=True, slots=True)
class BarcodeLine:
    """A centred Code 128 bar code, `dots` a narrow bar; its text is a line of its own."""

    text: str
    dots: int


@dataclass(frozen=True, slots=True)
class CutLine:
    """The end of a sheet: feed and cut."""


Line = TextLine | RuleLine | QrLine | BarcodeLine | CutLine


@dataclass(frozen=True, slots=True)
class ThermalLines:
    """A paper on a roll of `columns` half-width columns (32 on 58 mm, 48 on 80 mm)."""

    columns: int
    lines: tuple[Line, ...]

    @property
    def dots(self) -> int:
        return self.columns * DOTS_A_COLUMN

    @property
    def text(self) -> str:
        """What a person reads, for logs and golden files: codes appear in brackets."""
        return "\n".join(map(self._shown, self.lines)) + "\n"

    def _shown(self, line: Line) -> str:
        match line:
            case TextLine():
                return line.text
            case RuleLine():
                return "-" * self.columns
            case QrLine():
                return f"[QR {line.modules}x{line.dots} {line.level} {line.data}]"
            case BarcodeLine():
                return f"[BAR {line.dots} {line.text}]"
            case CutLine():
                return "[CUT]"
