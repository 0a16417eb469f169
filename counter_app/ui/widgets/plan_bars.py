"""What the plan's chart shows, worked out without Qt: groups, lanes, days on the axis (mission: C11).

Bars of one item share a row where they follow one another; what runs side by side gets a lane of its own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final, Literal

from counter_app.errors import mark
from counter_app.i18n import Translator
from counter_app.use_cases.casework.views import PlanChangeRow, PlanRow

BarState = Literal["done", "late", "critical", "step", "waiting", "assist", "foreseen", "applicant"]
SEPARATOR: Final = "·"
SATURDAY: Final = 5
ONE_DAY: Final = timedelta(days=1)
APPLICANT: Final = mark("Applicant")
COLLECT: Final = mark("Collect: {what}")
FORESEEN: Final = mark("foreseen {what}")
MOST_MOVES: Final = 3
STATE_WORDS: Final[dict[BarState, str]] = {
    "done": mark("done"),
    "late": mark("late"),
    "critical": mark("decides the date"),
    "step": mark("under way"),
    "waiting": mark("to come"),
    "assist": mark("assistance"),
    "foreseen": mark("foreseen, not asked yet"),
    "applicant": mark("the applicant's"),
}


@dataclass(frozen=True, slots=True)
class ChartBar:
    """One bar. `group` names its row, `label` itself; `critical` is said beside its state."""

    code: str
    group: str
    label: str
    who: str
    from_on: date
    until_on: date
    state: BarState
    critical: bool = False
    until_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Lane:
    """A row of the chart; `name` stands at its head, empty on the further lanes of a group."""

    name: str
    bars: tuple[ChartBar, ...]


def critical_way(names: Sequence[str]) -> str:
    """The critical steps in a line; where several items are on it, each is named as the way comes to it."""
    steps = [name.partition(SEPARATOR) for name in names]
    alone = len({item for item, _, _ in steps}) == 1
    before = [steps[0][0] if alone else "", *(item for item, _, _ in steps)] if steps else []
    return " → ".join(
        step if item == last else name
        for name, (item, _, step), last in zip(names, steps, before, strict=False)
    )


def change_words(change: PlanChangeRow, names: Mapping[str, str], t: Translator) -> str:
    """What moved, which foreseen assists were sent, which are not asked for after all; "" for nothing that
    has a name."""
    moved = [f"{names[code]} {old or '—'} → {new or '—'}" for code, old, new in change.moved if code in names]
    parts = [*moved[:MOST_MOVES], *assist_words(change, t)]
    return "；".join(parts)


def assist_words(change: PlanChangeRow, t: Translator) -> tuple[str, ...]:
    """What became of assists that were foreseen."""
    told = (
        (t("sent, no longer foreseen: {what}"), change.asked),
        (t("not asked for after all: {what}"), change.left_out),
    )
    return tuple(words.format(what="、".join(names)) for words, names in told if names)


def chart_bars(rows: Sequence[PlanRow], today: date, t: Translator) -> tuple[ChartBar, ...]:
    """Every row as a bar; what the applicant does while a step runs is a bar of his own as well."""
    bars: list[ChartBar] = []
    for row in rows:
        group, _, label = row.name.partition(SEPARATOR)
        if row.kind == "applicant":
            bars.append(_applicants(row, t(COLLECT, what=group), t))
            continue
        bars.append(
            ChartBar(
                row.code,
                group,
                t(FORESEEN, what=label) if row.foreseen else label or row.name,
                row.who,
                row.from_on,
                row.until_on,
                _state(row, today),
                row.critical,
                row.until_at,
            )
        )
        if row.applicant_does and not row.done:
            bars.append(_applicants(row, row.applicant_does, t))
    return tuple(bars)


def _applicants(row: PlanRow, does: str, t: Translator) -> ChartBar:
    return ChartBar(
        f"{row.code}/applicant",
        t(APPLICANT),
        does,
        row.who,
        row.from_on,
        row.until_on,
        "applicant",
    )


def _state(row: PlanRow, today: date) -> BarState:
    if row.done:
        return "done"
    if row.late:
        return "late"
    if row.foreseen:
        return "foreseen"
    if row.kind == "assist":
        return "assist"
    if row.critical:
        return "critical"
    return "step" if row.from_on <= today else "waiting"


def lanes(bars: Sequence[ChartBar]) -> tuple[Lane, ...]:
    """Group by group in the order they come, the applicant's last; each bar in the first lane where it
    fits."""
    groups = dict.fromkeys(bar.group for bar in bars if bar.state != "applicant")
    groups.update(dict.fromkeys(bar.group for bar in bars if bar.state == "applicant"))
    found: list[Lane] = []
    for group in groups:
        packed: list[list[ChartBar]] = []
        for bar in sorted((bar for bar in bars if bar.group == group), key=_begins):
            free = next((lane for lane in packed if lane[-1].until_on <= bar.from_on), None)
            if free is None:
                packed.append([bar])
            else:
                free.append(bar)
        found += [Lane("" if at else group, tuple(lane)) for at, lane in enumerate(packed)]
    return tuple(found)


def _begins(bar: ChartBar) -> tuple[date, int, date]:
    return bar.from_on, 0 if bar.critical else 1, bar.until_on


def span(bars: Sequence[ChartBar], today: date) -> tuple[date, date]:
    """First and last day of the axis: a day's air on both sides, today always on it."""
    days = [today, *(bar.from_on for bar in bars), *(bar.until_on for bar in bars)]
    return min(days) - ONE_DAY, max(days) + ONE_DAY * 2


def rests(day: date) -> bool:
    """Saturdays and Sundays are shaded: make-up days and holidays stand in the ledger."""
    return day.weekday() >= SATURDAY


def said(bar: ChartBar, t: Translator) -> str:
    """One bar in words, for the line below the chart and for who cannot see it."""
    until = f"{bar.until_at:%m-%d %H:%M}" if bar.until_at is not None else f"{bar.until_on:%m-%d}"
    days = f"{bar.from_on:%m-%d} – {until}" if until != f"{bar.from_on:%m-%d}" else until
    words = [t(STATE_WORDS[bar.state])]
    if bar.critical and bar.state != "critical":
        words.append(t(STATE_WORDS["critical"]))
    name = f"{bar.group}{SEPARATOR}{bar.label}" if bar.state != "applicant" else f"{bar.group}：{bar.label}"
    return "  ".join((name, days, *([bar.who] if bar.state != "applicant" else []), "，".join(words)))
