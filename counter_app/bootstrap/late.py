"""Ports whose libraries are slow to import, imported at the first use (engineering: start-up)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from counter_app.domain.paper.lines import ThermalLines
from counter_app.domain.paper.model import Paper
from counter_app.use_cases.ports.catalogue import Romaniser
from counter_app.use_cases.ports.papers import PaperRenderer, SheetSize
from counter_app.use_cases.ports.pictures import MadePicture, PictureMaker
from counter_app.use_cases.ports.printing import PrinterProfile


class LateRomaniser:
    """A `Romaniser`; pypinyin takes 0.3 s."""

    @cached_property
    def _real(self) -> Romaniser:
        from counter_app.catalogue_files.romaniser import PinyinRomaniser

        return PinyinRomaniser()

    def warm_up(self) -> None:
        """Import it now: on a lane, while the clerk still types the PIN."""
        self._real.initials("")

    def initials(self, text: str, *, surname: bool = False) -> str:
        return self._real.initials(text, surname=surname)

    def syllables(self, text: str, *, surname: bool = False) -> tuple[str, ...]:
        return self._real.syllables(text, surname=surname)


class LateRenderer:
    """A `PaperRenderer`; reportlab, PIL and escpos take half a second."""

    @cached_property
    def _real(self) -> PaperRenderer:
        from counter_app.printing.fonts import FontFiles
        from counter_app.printing.renderer import BundledPaperRenderer

        return BundledPaperRenderer(FontFiles.bundled())

    def lines(self, paper: Paper, columns: int) -> ThermalLines:
        return self._real.lines(paper, columns)

    def thermal(self, paper: Paper, profile: PrinterProfile) -> bytes:
        return self._real.thermal(paper, profile)

    def encoded(self, lines: ThermalLines, profile: PrinterProfile) -> bytes:
        return self._real.encoded(lines, profile)

    def picture(self, data: bytes, caption: str) -> bytes:
        return self._real.picture(data, caption)

    def bound(self, files: Sequence[bytes]) -> bytes:
        return self._real.bound(files)

    def pages(self, paper: Paper, size: SheetSize = "A4") -> int:
        return self._real.pages(paper, size)

    def pdf(self, paper: Paper, size: SheetSize = "A4") -> bytes:
        return self._real.pdf(paper, size)


class LatePictureMaker:
    """A `PictureMaker`; PIL takes a tenth of a second."""

    @cached_property
    def _real(self) -> PictureMaker:
        from counter_app.imaging.maker import PillowPictureMaker

        return PillowPictureMaker()

    def make(self, raw: bytes, *, straighten: bool = True, turn: int = 0) -> MadePicture:
        return self._real.make(raw, straighten=straighten, turn=turn)
