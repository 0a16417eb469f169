"""The line's rows in words: what the left zone shows of a `LineView`. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from counter_app.errors import mark
from counter_app.i18n import Translator
from counter_app.ui.counter.shown import LineShown, ServingShown, TicketShown
from counter_app.use_cases.waiting.rows import LineView, TicketRow

PRIORITIES: Final[Mapping[str, str]] = {
    "elder": mark("priority: age"),
    "disabled": mark("priority: disability"),
    "military": mark("priority: military"),
    "pregnant": mark("priority: pregnancy"),
    "appointment": mark("appointment"),
    "carried_over": mark("carried over"),
}


def line_shown(view: LineView, t: Translator, now: datetime) -> LineShown:
    """Everything of the left zone."""
    return LineShown(
        serving=_serving(view.now_serving, t, now) if view.now_serving else None,
        waiting=tuple(_ticket(row, t, row.waited_minutes) for row in view.waiting),
        held=tuple(_ticket(row, t, row.held_minutes, held=True) for row in view.held),
        missed=tuple(_missed(row, t) for row in view.missed),
        waiting_words=t("Waiting {count}", count=view.count),
        longest_words=t("longest {minutes} min", minutes=view.longest_minutes) if view.count else "",
    )


def _serving(row: TicketRow, t: Translator, now: datetime) -> ServingShown:
    started = row.state == "serving"
    matters = ""
    if row.matters_total:
        at = min(row.matters_done + 1, row.matters_total)
        matters = t("matter {at} of {total}", at=at, total=row.matters_total)
    slip = slip_times(row, t)
    return ServingShown(
        id=row.ticket,
        number=row.number,
        caption=t("Now serving") if started else t("Called"),
        matters=" · ".join(words for words in (matters, slip) if words),
        began=(row.started_at if started else row.called_at) or now,
        started=started,
    )


def _ticket(row: TicketRow, t: Translator, minutes: int, *, held: bool = False) -> TicketShown:
    title = row.held_reason if held else "、".join(row.items) or row.line_name
    return TicketShown(
        id=row.ticket,
        number=row.number,
        title=title,
        chip=_chip(row, t),
        minutes=t("{minutes} min", minutes=minutes),
        ours=not row.only_counters,
    )


def slip_times(row: TicketRow, t: Translator) -> str:
    """Both times of a slip entered later; empty for any other ticket (mission: X6)."""
    if row.slip_at is None:
        return ""
    taken, entered = f"{row.slip_at:%H:%M}", f"{row.issued_at:%H:%M}"
    return t("slip {taken}, entered {entered}", taken=taken, entered=entered)


def _chip(row: TicketRow, t: Translator) -> str:
    if row.only_counters:
        return t("only counter {counters}", counters="、".join(row.only_counters))
    if row.priority:
        return t(PRIORITIES.get(row.priority, row.priority))
    if row.hold_overdue:
        return t("held too long")
    return slip_times(row, t)


def _missed(row: TicketRow, t: Translator) -> TicketShown:
    return TicketShown(row.ticket, row.number, "、".join(row.items) or row.line_name, t("missed"))
