"""What a page of facts shows, as data: sentences, days in a strip, rows in a table, keys. No Qt."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from counter_app.ui.theme.tokens import State

Paint = Literal["counted", "off", "stopped", "added", "edge", "plain"]


@dataclass(frozen=True, slots=True)
class SentenceShown:
    """A sentence with the sign of its state, or none. `strong` for what matters most."""

    words: str
    state: State | None = None
    strong: bool = False


@dataclass(frozen=True, slots=True)
class DayShown:
    """One day of a strip. `mark` stands under the day's number; `says` is read aloud and shown when chosen.

    `today` and `last` are framed; `unsure` is hatched: a calendar is missing.
    """

    day: date
    paint: Paint
    says: str
    mark: str = ""
    today: bool = False
    last: bool = False
    unsure: bool = False


@dataclass(frozen=True, slots=True)
class RowShown:
    """A row of the table; `state` gives the sign before its first cell."""

    id: str
    cells: tuple[str, ...]
    state: State | None = None


@dataclass(frozen=True, slots=True)
class KeyShown:
    """A letter and what it does. `command` is what the presenter is told."""

    cap: str
    words: str
    command: str


@dataclass(frozen=True, slots=True)
class PageShown:
    """A page over the window. `shares` are the columns' widths in hundredths; `by_month` sets the strip
    out in months instead of weeks. `empty` is said where there are no rows and no days."""

    title: str
    sentences: tuple[SentenceShown, ...] = ()
    days: tuple[DayShown, ...] = ()
    by_month: bool = False
    columns: tuple[str, ...] = ()
    shares: tuple[int, ...] = ()
    rows: tuple[RowShown, ...] = ()
    empty: str = ""
    legend: tuple[tuple[Paint, str], ...] = ()
    keys: tuple[KeyShown, ...] = ()
    chosen: str = ""
