"""The port to the paper maker: blocks in; lines for the screen, bytes for a printer, a PDF out.

Making a paper touches no printer and no store. Not here: when a paper is made, and its numbers.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, Protocol

from counter_app.domain.paper.lines import ThermalLines
from counter_app.domain.paper.model import Paper
from counter_app.use_cases.ports.printing import PrinterProfile

SheetSize = Literal["A4", "A5"]


class PaperRenderer(Protocol):
    """Makes papers. Pure but for reading the bundled fonts; the same paper gives the same bytes."""

    def lines(self, paper: Paper, columns: int) -> ThermalLines:
        """The lines on a roll of `columns` half-width columns: what a preview draws."""
        ...

    def thermal(self, paper: Paper, profile: PrinterProfile) -> bytes:
        """ESC/POS bytes for one printer, ending with the cut."""
        ...

    def encoded(self, lines: ThermalLines, profile: PrinterProfile) -> bytes:
        """ESC/POS bytes of lines already laid out for this printer's paper."""
        ...

    def bound(self, files: Sequence[bytes]) -> bytes:
        """PDF files joined into one, in order."""
        ...

    def picture(self, data: bytes, caption: str) -> bytes:
        """A picture as a PDF page, with what it is below it."""
        ...

    def pages(self, paper: Paper, size: SheetSize = "A4") -> int:
        """How many pages `pdf` has."""
        ...

    def pdf(self, paper: Paper, size: SheetSize = "A4") -> bytes:
        """A PDF with embedded fonts whose text can be copied out."""
        ...
