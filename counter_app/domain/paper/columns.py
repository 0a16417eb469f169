"""Blocks to lines on a roll: columns, not characters; never wider than the paper.

`lay_out(paper, columns)` is what the printer prints and what the screen previews. Not here: how a
text breaks (`width.py`), bytes (`printing/`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from typing import Final

from counter_app.domain.paper.codes import fit_barcode, fit_qr
from counter_app.domain.paper.lines import DOTS_A_COLUMN, CutLine, Line, RuleLine, Run, TextLine, ThermalLines
from counter_app.domain.paper.model import (
    Align,
    Band,
    Barcode,
    BigNumber,
    Block,
    Entry,
    Heading,
    Numbered,
    Pair,
    Paper,
    Qr,
    Rule,
    SealPlace,
    SignatureLine,
    Space,
    Table,
    Text,
    ThumbPlace,
    Title,
)
from counter_app.domain.paper.width import char_width, clean, width, wrap

_LARGEST_NUMBER: Final = 5
_MIN_CELL: Final = 4
_SMALL_QR: Final = 200  # dots: 25 mm for the QR of one entry
_THUMB_LINES: Final = 4


def lay_out(paper: Paper, columns: int) -> ThermalLines:
    """The paper on a roll of `columns` half-width columns, a cut at its end.

    Raises ValueError below 24 columns.
    """
    if columns < 24:
        raise ValueError("a roll has 24 columns at least")
    lines = [line for run in _runs(paper.blocks) for line in _block(run, columns)]
    return ThermalLines(columns, (*lines, CutLine()))


def colon(label: str) -> str:
    """The label with the colon its script asks for, unless it ends in one."""
    if not label or label[-1] in "：:":
        return label
    return label + ("：" if any(char_width(character) == 2 for character in label) else ": ")


def _runs(blocks: Iterable[Block]) -> Iterator[list[Block]]:
    """Neighbouring pairs together, so that their values line up; every other block alone."""
    for paired, group in groupby(blocks, key=lambda block: isinstance(block, Pair)):
        if paired:
            yield list(group)
        else:
            yield from ([block] for block in group)


def _block(group: list[Block], columns: int) -> Iterator[Line]:
    first = group[0]
    if isinstance(first, Pair):
        yield from _pairs([block for block in group if isinstance(block, Pair)], columns)
        return
    draw = _DRAWN[type(first)]
    yield from draw(first, columns)


def _at(text: str, columns: int, align: Align, across: int) -> int:
    free = columns - width(text) * across
    return {"left": 0, "center": free // 2, "right": free}[align]


def _styled(
    text: str, columns: int, *, align: Align = "left", across: int = 1, tall: int = 1, bold: bool = False
) -> Iterator[TextLine]:
    for line in wrap(clean(text), columns // across):
        runs = (Run(_at(line, columns, align, across), line, across, tall, bold),) if line else ()
        yield TextLine(runs)


def _title(block: Title, columns: int) -> Iterator[Line]:
    yield from _doubled(block.text, columns, "center")


def _doubled(text: str, columns: int, align: Align) -> Iterator[Line]:
    """Twice the size where it fits; never tall alone, which reads as a narrow, foreign hand."""
    size = 2 if width(clean(text)) * 2 <= columns else 1
    yield from _styled(text, columns, align=align, across=size, tall=size, bold=True)


def _heading(block: Heading, columns: int) -> Iterator[Line]:
    if block.large:
        yield from _doubled(block.text, columns, "left")
    else:
        yield from _styled(block.text, columns, bold=True)


def _text(block: Text, columns: int) -> Iterator[Line]:
    size = block.size
    yield from _styled(block.text, columns, align=block.align, across=size, tall=size, bold=block.bold)


def _big_number(block: BigNumber, columns: int) -> Iterator[Line]:
    text = clean(block.text)
    largest = _LARGEST_NUMBER if text.isascii() else 2
    scale = max(1, min(largest, columns // max(width(text), 1)))
    yield from _styled(text, columns, align="center", across=scale, tall=scale, bold=True)


def _band(block: Band, columns: int) -> Iterator[Line]:
    yield from _doubled(f"★{block.text}★", columns, "center")


def _pairs(pairs: list[Pair], columns: int) -> Iterator[Line]:
    labels = [colon(clean(pair.label).replace("\n", " ")) for pair in pairs]
    widths = [width(label) for label in labels]
    usual = max((found for found in widths if found <= columns // 3), default=0)
    for pair, label, found in zip(pairs, labels, widths, strict=True):
        yield from _pair(pair, label, max(usual, found), columns)


def _pair(pair: Pair, label: str, start: int, columns: int) -> Iterator[Line]:
    value = clean(pair.value) or "_" * (columns - min(start, columns // 2))
    if start > columns // 2:
        yield from _styled(label, columns)
        for line in wrap(value, columns - 2):
            yield TextLine((Run(2, line, bold=pair.strong),) if line else ())
        return
    for number, line in enumerate(wrap(value, columns - start)):
        runs = (Run(0, label),) if number == 0 and label else ()
        yield TextLine((*runs, Run(start, line, bold=pair.strong)) if line else runs)


def _rule(_block: Rule, _columns: int) -> Iterator[Line]:
    yield RuleLine()


def _space(_block: Space, _columns: int) -> Iterator[Line]:
    yield TextLine()


def _cell_widths(block: Table, columns: int) -> list[int]:
    """What each column needs; short of room the widest gives way, left-over room goes to the first."""
    room = columns - (len(block.columns) - 1)
    cells = zip(*([column.heading for column in block.columns], *block.rows), strict=True)
    widths = [max(_MIN_CELL, *(width(clean(cell)) for cell in column)) for column in cells]
    while sum(widths) > room:
        widths[widths.index(max(widths))] -= 1
    widths[0] += room - sum(widths)
    return widths


def _table(block: Table, columns: int) -> Iterator[Line]:
    if len(block.columns) * (_MIN_CELL + 1) - 1 > columns:
        yield from _stacked(block, columns)
        return
    widths = _cell_widths(block, columns)
    yield from _row(tuple(column.heading for column in block.columns), block, widths, bold=True)
    for row in block.rows:
        yield from _row(row, block, widths, bold=False)


def _stacked(block: Table, columns: int) -> Iterator[Line]:
    """A table with too many columns for the roll: each row as pairs."""
    for row in block.rows:
        pairs = zip(block.columns, row, strict=True)
        yield from _pairs([Pair(column.heading, cell) for column, cell in pairs], columns)
        yield TextLine()


def _row(cells: tuple[str, ...], block: Table, widths: list[int], *, bold: bool) -> Iterator[Line]:
    wrapped = [wrap(clean(cell), room) for cell, room in zip(cells, widths, strict=True)]
    starts = [sum(widths[:index]) + index for index in range(len(widths))]
    for depth in range(max(map(len, wrapped))):
        runs = []
        for column, lines, room, start in zip(block.columns, wrapped, widths, starts, strict=True):
            text = lines[depth] if depth < len(lines) else ""
            if text:
                runs.append(Run(start + _at(text, room, column.align, 1), text, bold=bold))
        yield TextLine(tuple(runs))


def _numbered(block: Numbered, columns: int) -> Iterator[Line]:
    hang = len(str(len(block.entries))) + 2
    for number, entry in enumerate(block.entries, start=1):
        yield from _entry(f"{number}.", entry, hang, columns)  # "2 1 寸照片" would be read as 21


def _entry(number: str, entry: Entry, hang: int, columns: int) -> Iterator[Line]:
    amount = clean(entry.amount).replace("\n", " ")
    lines = wrap(clean(entry.text), columns - hang)
    beside = bool(amount) and hang + width(lines[-1]) + 1 + width(amount) <= columns
    for depth, line in enumerate(lines):
        runs = [Run(0, number, bold=True)] if depth == 0 else []
        if line:
            runs.append(Run(hang, line, bold=True))
        if beside and depth == len(lines) - 1:
            runs.append(Run(columns - width(amount), amount, bold=True))
        yield TextLine(tuple(runs))
    if amount and not beside:
        yield from _indented(amount, hang, columns, bold=True)
    for note in entry.notes:
        yield from _indented(note, hang, columns)
    if entry.qr:
        yield from _code(entry.qr, columns, _SMALL_QR)
        yield from _styled(entry.qr_caption, columns, align="center")


def _indented(text: str, indent: int, columns: int, *, bold: bool = False) -> Iterator[Line]:
    for line in wrap(clean(text), columns - indent):
        yield TextLine((Run(indent, line, bold=bold),) if line else ())


def _code(data: str, columns: int, widest: int | None = None) -> Iterator[Line]:
    fitted = fit_qr(data, columns * DOTS_A_COLUMN, widest=widest)
    if fitted is None:
        yield from _styled(data, columns)
    else:
        yield fitted


def _qr(block: Qr, columns: int) -> Iterator[Line]:
    if block.data:
        yield from _code(block.data, columns)
    for caption in block.captions:
        yield from _styled(caption, columns, align="center")


def _barcode(block: Barcode, columns: int) -> Iterator[Line]:
    fitted = fit_barcode(block.text, columns * DOTS_A_COLUMN)
    if fitted is not None:
        yield fitted
    yield from _styled(block.text, columns, align="center")


def _signature(block: SignatureLine, columns: int) -> Iterator[Line]:
    yield TextLine()
    if block.signed:
        yield from _styled(colon(block.label) + block.signed, columns)
        return
    yield from _fill_in(block.label, columns)
    if block.date:
        yield TextLine()
        yield from _fill_in(block.date, columns)


def _fill_in(label: str, columns: int) -> Iterator[Line]:
    lines = wrap(clean(colon(label)), columns - 8)
    for depth, line in enumerate(lines):
        last = depth == len(lines) - 1
        yield TextLine((Run(0, line + "_" * (columns - width(line)) if last else line),))


def _thumb(block: ThumbPlace, columns: int) -> Iterator[Line]:
    edge = "+" + "-" * 14 + "+"
    start = (columns - len(edge)) // 2
    yield from _styled(block.label, columns, align="center")
    yield TextLine((Run(start, edge),))
    for _ in range(_THUMB_LINES):
        yield TextLine((Run(start, "|"), Run(start + len(edge) - 1, "|")))
    yield TextLine((Run(start, edge),))


def _seal(block: SealPlace, columns: int) -> Iterator[Line]:
    yield from _styled(block.authority, columns, align="right")
    yield from _styled(block.date, columns, align="right")
    yield from _styled(block.on_roll, columns, bold=True)


_DRAWN: Final[dict[type[Block], Callable[..., Iterator[Line]]]] = {
    Title: _title,
    Heading: _heading,
    Text: _text,
    Rule: _rule,
    Space: _space,
    Table: _table,
    Numbered: _numbered,
    Qr: _qr,
    Barcode: _barcode,
    BigNumber: _big_number,
    SignatureLine: _signature,
    ThumbPlace: _thumb,
    SealPlace: _seal,
    Band: _band,
}
