"""The paper maker behind `PaperRenderer`: layout, ESC/POS bytes and PDF with one set of fonts."""

from __future__ import annotations

from collections.abc import Sequence

from counter_app.domain.paper.columns import lay_out
from counter_app.domain.paper.lines import ThermalLines
from counter_app.domain.paper.model import Paper
from counter_app.printing.binding import bind
from counter_app.printing.escpos_encoder import EscposEncoder
from counter_app.printing.fonts import FontFiles
from counter_app.printing.pdf import PdfMaker
from counter_app.printing.raster import LinePainter
from counter_app.use_cases.ports.papers import SheetSize
from counter_app.use_cases.ports.printing import PrinterProfile


class BundledPaperRenderer:
    """Makes papers with the bundled fonts. Belongs to one thread."""

    def __init__(self, files: FontFiles) -> None:
        self._encoder = EscposEncoder(LinePainter(files))
        self._pdf = PdfMaker(files)

    def lines(self, paper: Paper, columns: int) -> ThermalLines:
        return lay_out(paper, columns)

    def thermal(self, paper: Paper, profile: PrinterProfile) -> bytes:
        return self._encoder.encode(lay_out(paper, profile.columns), profile)

    def encoded(self, lines: ThermalLines, profile: PrinterProfile) -> bytes:
        return self._encoder.encode(lines, profile)

    def bound(self, files: Sequence[bytes]) -> bytes:
        return bind(files)

    def picture(self, data: bytes, caption: str) -> bytes:
        return self._pdf.picture(data, caption)

    def pages(self, paper: Paper, size: SheetSize = "A4") -> int:
        return self._pdf.pages(paper, size)

    def pdf(self, paper: Paper, size: SheetSize = "A4") -> bytes:
        return self._pdf.make(paper, size)
