"""What the display shows, made from the hall's rows: pure, ready to draw.

Numbers and counters only; the queries give no names (mission: D1, X3). Not here: drawing (`view.py`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from counter_app.domain.hall.plan import HallPlan
from counter_app.i18n import Translator
from counter_app.use_cases.waiting.rows import CallRow, CounterRow, HallView

ROWS: Final = 4
MOST_MISSED: Final = 4  # as many as can be read from ten metres beside the words that say where to go


@dataclass(frozen=True, slots=True)
class Call:
    """One call. `token` changes with every recall, so a repeated call is announced again."""

    number: str
    counter: str
    language: str
    token: str


@dataclass(frozen=True, slots=True)
class Board:
    """`newest` is shown large; `calls` are the ones before it, latest first; `paused` are shown in turn."""

    newest: Call | None
    calls: tuple[Call, ...]
    missed: tuple[str, ...]
    paused: tuple[str, ...]
    facts: tuple[tuple[str, str, str], ...]
    complaint: str
    promises: tuple[str, ...] = ()


EMPTY: Final = Board(None, (), (), (), (), "")


def board(view: HallView, plan: HallPlan, t: Translator) -> Board:
    """The board of this moment (mission: D1, D5). `facts` are (before, number, after): numbers stand out."""
    calls = tuple(_call(row) for row in view.calls)
    waiting = str(view.waiting_total)
    served = str(view.today.get("served", 0))
    facts = (
        (t("Waiting"), waiting, t("people")),
        (t("Served today"), served, t("numbers")),
    )
    return Board(
        newest=calls[0] if calls else None,
        calls=calls[1 : ROWS + 1],
        missed=view.missed[:MOST_MISSED],
        paused=_paused(view.paused, t),
        facts=facts,
        complaint=t("Complaints {line}", line=plan.complaint_line) if plan.complaint_line else "",
        promises=tuple(t("We promise: {promise}", promise=promise.text) for promise in plan.promises),
    )


def _call(row: CallRow) -> Call:
    return Call(
        row.number,
        row.counter,
        row.language,
        f"{row.number}/{row.counter}/{_stamp(row.called_at)}/{row.times}",
    )


def _stamp(moment: datetime) -> str:
    return moment.isoformat(timespec="milliseconds")


def _paused(rows: tuple[CounterRow, ...], t: Translator) -> tuple[str, ...]:
    told = []
    for row in rows:
        if row.until is not None:
            until = f"{row.until:%H:%M}"
            told.append(t("Counter {counter} paused until {until}", counter=row.number, until=until))
        else:
            told.append(t("Counter {counter} paused", counter=row.number))
    return tuple(told)
