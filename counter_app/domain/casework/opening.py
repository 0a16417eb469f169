"""A piece of work as it is opened, and what it is called.

Work that a rule opens has a name that follows from the case: when two machines open it at once, cut off from
each other, it is one piece of work and not two. What a person asks for is named after his act.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from counter_app.domain.casework.clocks import last_day
from counter_app.domain.casework.task import TaskKind, TaskOpened
from counter_app.domain.time.calendar import WorkCalendar
from counter_app.domain.time.limits import Limit

# one at a time of each code in a case, so who opens it second means the same
MERGING: Final[frozenset[TaskKind]] = frozenset({"step", "plan", "assist", "dispute", "prerequisite"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A piece of work to open. `staff` when it is for one person at once, `due` when its last day was named
    and follows from no limit."""

    kind: TaskKind
    code: str
    name: str
    department: str
    post: str = ""
    staff: str = ""
    limit: Limit | None = None
    due: date | None = None
    lead: bool = True
    on_paper: bool = False


def name_of(case: str, work: Piece, opened_before: int, next_id: str) -> str:
    """The id of its stream. `opened_before` is how often this case has had such work already; `next_id` the
    id of the event about to be written."""
    if work.kind not in MERGING:
        return next_id
    name = f"{case}/{work.kind}/{work.code}"
    return f"{name}/{opened_before + 1}" if opened_before else name


def opened(case: str, task: str, work: Piece, calendar: WorkCalendar, now: datetime) -> TaskOpened:
    """The fact that puts it into the inbox it belongs to."""
    due = work.due or last_day(work.limit, now, calendar)
    return TaskOpened(
        case=case,
        task=task,
        kind=work.kind,
        code=work.code,
        name=work.name,
        department=work.department,
        post=work.post,
        staff=work.staff,
        limit=(work.limit.amount, work.limit.unit) if work.limit else None,
        due=due.isoformat() if due else None,
        lead=work.lead,
        on_paper=work.on_paper,
    )
