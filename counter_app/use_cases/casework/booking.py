"""Whose delay a second request is, and what it adds to the lead's clock; taken back when arbitration finds
another cause (mission: C6, C7). The citizen's date never moves for it.
"""

from __future__ import annotations

from counter_app.domain.casework.assisting import c6_book
from counter_app.domain.casework.clocks import as_of, later_by, working_days_left
from counter_app.domain.casework.state import Cause
from counter_app.domain.casework.task import TASKS, Moved, Task, TaskDueMoved
from counter_app.domain.catalogue.handling import AssistMatter
from counter_app.domain.changing import replace
from counter_app.domain.time.limits import Limit
from counter_app.use_cases.casework.ground import Ground
from counter_app.use_cases.ports.store import Transaction


def book(tx: Transaction, on: Ground, matter: AssistMatter, cause: Cause, task: str) -> None:
    """The cause books the delay: who is late, and how far the lead's clock moves (mission: C6). `task` is the
    assisting department's second round."""
    booked = c6_book(cause, matter.limit)
    second = tx.get(TASKS, task)
    if booked.late == "assist" and second is not None:
        _record(tx, on, second, f"{cause}:{matter.code}", late=True)
    if booked.lead_added is None:
        return
    for piece in _leads(tx, on):
        days, hours = _on_top(piece, booked.lead_added, on)
        _record(tx, on, piece, f"{cause}:{matter.code}", days=days, hours=hours)


def unbook(tx: Transaction, on: Ground, matter: AssistMatter, cause: Cause, task: str) -> None:
    """Arbitration found another cause: the delay is booked to nobody's account any more, and what the lead
    was given for it is taken back (mission: C7)."""
    word, settled = f"{cause}:{matter.code}", f"settled:{matter.code}"
    second = tx.get(TASKS, task)
    if second is not None and second.late:
        _record(tx, on, second, settled, cleared=True)
    for piece in _leads(tx, on):
        days = sum(move.days for move in piece.moves if move.cause == word)
        hours = sum(move.hours for move in piece.moves if move.cause == word)
        if days or hours:
            _record(tx, on, piece, settled, days=-days, hours=-hours)


def _leads(tx: Transaction, on: Ground) -> tuple[Task, ...]:
    """The lead's open steps: their clocks are what an assist's delay moves."""
    return tuple(
        task
        for task in tx.casework.of_case(on.case.id)
        if task.open and task.kind == "step" and task.department == on.handling.department
    )


def _on_top(piece: Task, more: Limit, on: Ground) -> tuple[int, int]:
    """A whole assist's limit on top of the lead's, as (working days, hours): hours to hours, else days."""
    if piece.due is None:
        return 0, 0
    if more.unit == "hours" and piece.limit is not None and piece.limit.unit == "hours":
        return 0, more.amount
    return working_days_left(later_by(piece.due, more, on.calendar), piece.due, on.calendar), 0


def _record(
    tx: Transaction,
    on: Ground,
    piece: Task,
    cause: str,
    *,
    days: int = 0,
    hours: int = 0,
    late: bool = False,
    cleared: bool = False,
) -> None:
    """The move, with the last day it leads to. Work without a limit has no day that could move."""
    if piece.due is None:
        return
    moved = Moved(tx.now, piece.due, cause, late, days, hours)
    then = as_of(replace(piece, moves=(*piece.moves, moved)), None, on.calendar, tx.now)
    tx.record(
        TaskDueMoved(
            case=piece.case,
            task=piece.id,
            due=(then.day if then else piece.due).isoformat(),
            cause=cause,
            days=days,
            hours=hours,
            late=late,
            cleared=cleared,
        )
    )
