"""An issued paper made again from its stored facts: to look at, or as a PDF (mission: P1, P13).

Making it again is not printing it: no print count changes. The facts are those of the act.
"""

from __future__ import annotations

from collections.abc import Sequence

from counter_app.domain.paper.builders.registry import build
from counter_app.domain.paper.lines import ThermalLines
from counter_app.errors import UserFacingError
from counter_app.i18n import Translator
from counter_app.use_cases.papers.papers import Papers
from counter_app.use_cases.ports.papers import PaperRenderer, SheetSize


class PaperReading:
    """`renderer` makes lines and sheets; one thread at a time."""

    def __init__(self, papers: Papers, renderer: PaperRenderer) -> None:
        self._papers = papers
        self._renderer = renderer

    def pdf(self, paper: str, t: Translator, size: SheetSize = "A4") -> bytes:
        """UserFacingError `paper.unknown`; or `paper.erased` when its facts were erased."""
        _, facts = self._papers.facts(paper)
        return self._renderer.pdf(build(facts, t), size)

    def pages(self, paper: str, t: Translator) -> int:
        """How many A4 pages it has; 0 of one whose facts were erased."""
        try:
            _, facts = self._papers.facts(paper)
        except UserFacingError:
            return 0
        return self._renderer.pages(build(facts, t))

    def bound(self, files: Sequence[bytes]) -> bytes:
        """PDF files joined into one, in order."""
        return self._renderer.bound(files)

    def picture(self, data: bytes, caption: str) -> bytes:
        """A picture of a material as a page of a volume."""
        return self._renderer.picture(data, caption)

    def lines(self, paper: str, t: Translator, columns: int) -> ThermalLines:
        _, facts = self._papers.facts(paper)
        return self._renderer.lines(build(facts, t), columns)
