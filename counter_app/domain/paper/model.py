"""The block model: one paper, readable on a 58 mm roll and on an A4 sheet alike.

A block says what a thing is (a pair, a numbered entry, a place for a seal), never how wide it is.
Not here: words (the builders), columns (`columns.py`), points and pages (`printing/`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from counter_app.domain.paper.strokes import Strokes

Align = Literal["left", "center", "right"]


@dataclass(frozen=True, slots=True)
class Title:
    """The paper's name; large and centred."""

    text: str


@dataclass(frozen=True, slots=True)
class Heading:
    """Begins a part of the paper; `large` for the part a citizen must act on; `whole`: from here on the rest
    stays on one page, as a slip that is torn off does."""

    text: str
    large: bool = False
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph. `size` 1 is the running size, 2 twice as large."""

    text: str
    bold: bool = False
    size: Literal[1, 2] = 1
    align: Align = "left"


@dataclass(frozen=True, slots=True)
class Pair:
    """A label and its value; neighbours line up. `strong` for what the citizen must not miss."""

    label: str
    value: str
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """A line across the paper."""


@dataclass(frozen=True, slots=True)
class Space:
    """An empty line."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table; widths are shares of the paper by `weight`."""

    heading: str
    weight: int = 1
    align: Align = "left"


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under headings. Each row has as many cells as there are columns."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]

    def __post_init__(self) -> None:
        if not self.columns or any(len(row) != len(self.columns) for row in self.rows):
            raise ValueError("every row of a table has one cell for each column")


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing of a numbered list: what it is, how many at its right, and the notes beneath.

    `qr` is what a phone opens (a blank form, a sample), `qr_caption` says so in words.
    """

    text: str
    amount: str = ""
    notes: tuple[str, ...] = ()
    qr: str = ""
    qr_caption: str = ""


@dataclass(frozen=True, slots=True)
class Numbered:
    """A list counted from 1."""

    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Qr:
    """A QR code with lines of words beside or beneath it."""

    data: str
    captions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Barcode:
    """A Code 128 bar code with its text; where it cannot be drawn the text stands alone."""

    text: str


@dataclass(frozen=True, slots=True)
class BigNumber:
    """The number a citizen looks for, as large as the paper allows."""

    text: str


@dataclass(frozen=True, slots=True)
class SignatureLine:
    """A place to sign; `date` adds a place for the date. Signed on a pad it says so in `signed`, and a sheet
    shows the `strokes`."""

    label: str
    date: str = ""
    signed: str = ""
    strokes: Strokes | None = None


@dataclass(frozen=True, slots=True)
class ThumbPlace:
    """A place for a thumb-print (mission: P12)."""

    label: str


@dataclass(frozen=True, slots=True)
class SealPlace:
    """Where the seal goes on a sheet; a roll prints `on_roll` instead (mission: P13)."""

    authority: str
    date: str
    hint: str
    on_roll: str


@dataclass(frozen=True, slots=True)
class Band:
    """A band across the paper that nobody overlooks (演练无效, 补打)."""

    text: str


Block = (
    Title
    | Heading
    | Text
    | Pair
    | Rule
    | Space
    | Table
    | Numbered
    | Qr
    | Barcode
    | BigNumber
    | SignatureLine
    | ThumbPlace
    | SealPlace
    | Band
)


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper ready for layout.

    `kind` is the slug of its facts, `number` its own number; `watermark` lies across every sheet;
    `page_foot` stands at the foot of each sheet before the page count; `page_label` is that count
    with `{page}` and `{pages}` places.
    """

    kind: str
    title: str
    number: str
    hall: str
    blocks: tuple[Block, ...]
    watermark: str = ""
    page_foot: str = ""
    page_label: str = "{page} / {pages}"
