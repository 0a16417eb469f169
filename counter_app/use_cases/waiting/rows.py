"""Rows that windows show of the waiting room: frozen, ready to draw."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from counter_app.domain.waiting.duty import Shown
from counter_app.domain.waiting.forecast import WaitRange
from counter_app.domain.waiting.ticket import State


@dataclass(frozen=True, slots=True)
class TicketRow:
    """`only_counters` is set when the counter looking cannot serve it: those that can."""

    ticket: str
    number: str
    line: str
    line_name: str
    items: tuple[str, ...]
    item_codes: tuple[str, ...]
    state: State
    waited_minutes: int
    priority: str | None
    held_reason: str
    held_minutes: int
    hold_overdue: bool
    only_counters: tuple[str, ...]
    matters_done: int
    matters_total: int
    calls: int
    issued_at: datetime
    called_at: datetime | None
    started_at: datetime | None
    slip_at: datetime | None


@dataclass(frozen=True, slots=True)
class LineView:
    """A counter's left side. `waiting` in the order of calling, what others must serve after it.

    `count` and `longest_minutes` are of the whole hall's lines.
    """

    counter: str
    state: Shown
    now_serving: TicketRow | None
    waiting: tuple[TicketRow, ...]
    held: tuple[TicketRow, ...]
    missed: tuple[TicketRow, ...]
    count: int
    mine: int
    longest_minutes: int


@dataclass(frozen=True, slots=True)
class CallRow:
    """A call on the display: no name, no item."""

    number: str
    counter: str
    called_at: datetime
    times: int
    language: str


@dataclass(frozen=True, slots=True)
class CounterRow:
    number: str
    name: str
    area: str
    state: Shown
    reason: str
    until: datetime | None
    since: datetime | None
    staff: str
    serving: str | None


@dataclass(frozen=True, slots=True)
class LoadRow:
    """The load of one licence (a category or group) now; `wait` is None while nobody serves it."""

    line: str
    licence: str
    name: str
    waiting: int
    open_counters: tuple[str, ...]
    wait: WaitRange | None


@dataclass(frozen=True, slots=True)
class LineAlert:
    """A line whose longest wait has passed the hall's promise."""

    line: str
    name: str
    waiting: int
    longest_minutes: int
    promised_minutes: int


@dataclass(frozen=True, slots=True)
class HallView:
    """`today` counts tickets by state, each up to 5,000; `paused` are counters with their reason.

    `as_of` is set while this machine is cut off: what other machines did since then is not in it.
    """

    calls: tuple[CallRow, ...]
    missed: tuple[str, ...]
    counters: tuple[CounterRow, ...]
    paused: tuple[CounterRow, ...]
    waiting_total: int
    today: Mapping[str, int]
    alerts: tuple[LineAlert, ...]
    as_of: datetime | None = None


@dataclass(frozen=True, slots=True)
class KioskCategory:
    """A key on the first page. `open` is False outside hours or while none of its counters is open."""

    code: str
    name: str
    hint: str
    line: str
    waiting: int
    open: bool
    counters: tuple[str, ...]
    elder_first: bool = False


@dataclass(frozen=True, slots=True)
class KioskView:
    """`hours` as `(weekdays 1–7, opens, closes)` in ISO times. `as_of` as in `HallView`."""

    categories: tuple[KioskCategory, ...]
    hall_open: bool
    hours: tuple[tuple[tuple[int, ...], str, str], ...]
    waiting_total: int
    as_of: datetime | None = None
