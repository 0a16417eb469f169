"""The dated plan (办事计划): when each step runs, what it waits for, what decides the end (mission: C11).

Pure: nodes in, bars out. A step that is done stands where it was; one that is open runs to its clock's last
day, or to today when that has passed; one that waits begins when the last of what it waits for ends, and no
step ends before what it needs (an assist's answer) is there. Of all ways to the end the longest is critical.
Not here: making nodes of a case (`use_cases/casework/planning.py`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Final, Literal

from counter_app.domain.time.calendar import WorkCalendar
from counter_app.domain.time.ledger import due
from counter_app.domain.time.limits import Limit

BarKind = Literal["step", "assist", "applicant"]
UNSTATED: Final = Limit(1, "working_days")
HAND_OVER: Final = "hand_over"


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A thing that takes time. `started` and `ended` are set as far as it has come; `due` is its clock's last
    day, `due_at` its minute where the limit is in hours.

    `limit` None: the catalogue states none, and one working day is taken. `needs` runs beside it and is to be
    there before it ends. `foreseen`: the catalogue names it and nobody has asked for it yet.
    """

    code: str
    name: str
    who: str
    kind: BarKind = "step"
    after: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    limit: Limit | None = None
    started: date | None = None
    ended: date | None = None
    due: date | None = None
    due_at: datetime | None = None
    applicant_does: str = ""
    foreseen: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A node with its days. `late`: open and past its last day. `critical`: it decides when all is done.
    `foreseen`: it has not been asked for yet. `until_at` is the minute at which hours are over."""

    code: str
    name: str
    who: str
    kind: BarKind
    from_on: date
    until_on: date
    after: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    critical: bool = False
    done: bool = False
    late: bool = False
    applicant_does: str = ""
    foreseen: bool = False
    until_at: datetime | None = None


def c11_plan(nodes: Sequence[Node], begins: date, now: datetime, calendar: WorkCalendar) -> tuple[Bar, ...]:
    """The bars in the order of `nodes`. What waits for something unknown, or in a circle, is left out."""
    bars: dict[str, Bar] = {}
    left = list(nodes)
    known = {node.code for node in nodes}
    while ready := [node for node in left if known.isdisjoint({*node.after, *node.needs} - bars.keys())]:
        for node in ready:
            bars[node.code] = _bar(node, bars, begins, now, calendar)
        left = [node for node in left if node.code not in bars]
    critical = _critical(bars)
    return tuple(
        replace(bars[node.code], critical=node.code in critical) for node in nodes if node.code in bars
    )


def _bar(node: Node, bars: Mapping[str, Bar], begins: date, now: datetime, calendar: WorkCalendar) -> Bar:
    waits = [bars[code] for code in node.after if code in bars]
    today = now.date()
    from_on = node.started or max([*(bar.until_on for bar in waits), begins, today])
    until_on, until_at = _until(node, from_on, waits, now, calendar)
    needs = [bars[code] for code in node.needs if code in bars]
    bar = Bar(
        code=node.code,
        name=node.name,
        who=node.who,
        kind=node.kind,
        from_on=from_on,
        until_on=max(until_on, from_on),
        after=tuple(bar.code for bar in waits),
        needs=tuple(bar.code for bar in needs),
        done=node.ended is not None,
        late=node.ended is None and node.started is not None and _is_over(node, now),
        applicant_does=node.applicant_does,
        foreseen=node.foreseen,
        until_at=until_at,
    )
    last = max((bar, *needs), key=lambda entry: _ends(entry, now))
    return bar if node.ended else replace(bar, until_on=last.until_on, until_at=last.until_at)


def _is_over(node: Node, now: datetime) -> bool:
    if node.due_at is not None:
        return node.due_at < now
    return node.due is not None and node.due < now.date()


def _ends(bar: Bar, now: datetime) -> datetime:
    return bar.until_at or datetime.combine(bar.until_on, time.max, now.tzinfo)


def _until(
    node: Node, from_on: date, waits: Sequence[Bar], now: datetime, calendar: WorkCalendar
) -> tuple[date, datetime | None]:
    """Its last day, and the minute where it counts hours. Hours run from the moment the last of what it waits
    for is over: what is counted by the day takes the whole of its last day."""
    if node.ended is not None:
        return node.ended, None
    if node.due_at is not None:
        at = max(node.due_at, now)
        return at.date(), at
    if node.due is not None:
        return max(node.due, now.date()), None
    limit = node.limit or UNSTATED
    if limit.unit != "hours":
        last = due(limit, datetime.combine(from_on, time()), calendar).day
        return (max(last, now.date()) if node.started else last), None
    since = max([now, *(_ends(bar, now) for bar in waits if not bar.done)])
    counted = due(limit, since, calendar)
    return counted.day, counted.at


def _critical(bars: Mapping[str, Bar]) -> frozenset[str]:
    """Back from what ends last, always over that which it had to wait for longest; over what it needs only
    where that holds up its end."""
    steps = [bar for bar in bars.values() if bar.kind == "step"]
    if not steps:
        return frozenset()
    way: list[str] = []
    bar: Bar | None = max(steps, key=lambda entry: (entry.until_on, entry.from_on))
    while bar is not None and bar.code not in way:
        way.append(bar.code)
        holding = [bars[code] for code in bar.needs if bars[code].until_on >= bar.until_on]
        before = holding or [bars[code] for code in bar.after]
        bar = max(before, key=lambda entry: (entry.until_on, entry.from_on), default=None)
    return frozenset(way)


def c11_ends(bars: Sequence[Bar]) -> date | None:
    """When all is done."""
    return max((bar.until_on for bar in bars if bar.kind == "step"), default=None)


def c11_owed(bars: Sequence[Bar]) -> tuple[Bar, ...]:
    """What the applicant still has to do, and when, the earliest first."""
    owed = (bar for bar in bars if bar.applicant_does and not bar.done)
    return tuple(sorted(owed, key=lambda bar: (bar.from_on, bar.code)))


def c11_moved(
    before: Mapping[str, date], bars: Sequence[Bar]
) -> tuple[tuple[str, date | None, date | None], ...]:
    """(code, former last day, new last day) of each bar whose end differs."""
    after = {bar.code: bar.until_on for bar in bars}
    return tuple(
        (code, before.get(code), after.get(code))
        for code in dict.fromkeys((*after, *before))
        if before.get(code) != after.get(code)
    )
