"""The page that tries, aligns and describes a receipt printer: no paper of the hall, so it has no number.

What must look right is said beside it, so that whoever holds the page needs no manual.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from counter_app.domain.paper.lines import CutLine, Line, QrLine, RuleLine, Run, TextLine, ThermalLines
from counter_app.domain.paper.width import clean, width, wrap
from counter_app.i18n import Translator

RARE: Final = "𬱟𰻝"  # in no printer's own font: drawn as dots
LINES_OF_INK: Final = 3


@dataclass(frozen=True, slots=True)
class PrinterPage:
    """What is known of the printer. `abilities` are words for what its profile says it can do."""

    name: str
    address: str
    model: str
    columns: int
    made_at: str
    abilities: tuple[str, ...]
    training: bool


def printer_page(page: PrinterPage, t: Translator) -> ThermalLines:
    """The page's lines, as wide as the printer's paper."""
    return ThermalLines(page.columns, tuple(_lines(page, t)))


def _lines(page: PrinterPage, t: Translator) -> Iterator[Line]:
    yield _middle(t("Printer test page"), page.columns, across=2, tall=2)
    if page.training:
        yield _middle("★演练无效★", page.columns)
    for text in (page.name, page.model, page.address, page.made_at):
        yield from _wrapped(text, page.columns)
    yield RuleLine()
    yield from _ruler(page.columns)
    yield from _wrapped(t("Both arrows stand at the paper's edges; the ruler is not broken."), page.columns)
    yield RuleLine()
    yield TextLine((Run(0, "中文 Aa 0123，。：￥20.00"),))
    yield TextLine((Run(0, "粗体", bold=True), Run(6, "宽", across=2), Run(12, "高", tall=2)))
    yield TextLine((Run(0, "大字", across=2, tall=2),))
    yield TextLine((Run(0, f"生僻字 {RARE}"),))
    yield from _wrapped(
        t("Bold, wide, tall and large stand in this order; the rare characters are no boxes."), page.columns
    )
    yield RuleLine()
    for _ in range(LINES_OF_INK):
        yield TextLine((Run(0, "■" * (page.columns // 2)),))
    yield from _wrapped(t("The black is even: a white stripe is a dirty or broken dot."), page.columns)
    yield QrLine("counter-app", "M", 21, 6)
    yield from _wrapped(t("It can: {abilities}", abilities=" ".join(page.abilities)), page.columns)
    yield CutLine()


def _ruler(columns: int) -> Iterator[Line]:
    """Arrows at both edges, and every tenth column numbered."""
    numbers = "".join(f"{at:<10}" for at in range(0, columns, 10))[:columns]
    marks = ("|....:...." * (columns // 10 + 1))[:columns]
    yield TextLine((Run(0, numbers.rstrip()),))
    yield TextLine((Run(0, marks),))
    yield TextLine((Run(0, "<"), Run(columns - 1, ">")))


def _middle(text: str, columns: int, *, across: int = 1, tall: int = 1) -> Line:
    start = max(0, (columns - width(text) * across) // 2)
    return TextLine((Run(start, text, across, tall),))


def _wrapped(text: str, columns: int) -> Iterator[Line]:
    for line in wrap(clean(text), columns):
        yield TextLine((Run(0, line),))
