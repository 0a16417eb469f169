"""Tables of casework: pieces of work, handlings, opinions on the way, posts.

`due` is set only while a piece of work is open (far away where it has no limit), so the inboxes' indexes hold
nothing else.
"""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import BLOB, TEXT, Column, Index, Integer, Table

from counter_app.domain.casework.drafts import DRAFTS, Drafted
from counter_app.domain.casework.fold import HANDLINGS
from counter_app.domain.casework.posts import POSTS, PostHeld
from counter_app.domain.casework.state import Handling
from counter_app.domain.casework.task import TASKS, Task
from counter_app.store.due_counts import rolled_up
from counter_app.store.projections import Projection
from counter_app.store.schema import METADATA

NO_LIMIT: Final = "9999-12-31"

tasks = Table(
    "tasks",
    METADATA,
    Column("id", TEXT, primary_key=True),
    Column("fold", BLOB, nullable=False),
    Column("of_case", TEXT, nullable=False),
    Column("department", TEXT, nullable=False),
    Column("post", TEXT, nullable=False),
    Column("staff", TEXT, nullable=False),
    Column("name", TEXT, nullable=False),
    Column("kind", TEXT, nullable=False),
    Column("due", TEXT),
    Column("paper", Integer),
    Column("hours", Integer),
)
_t = tasks.c
_OPEN: Final = _t.due.is_not(None)
Index("tasks_case", _t.of_case)
Index("tasks_staff", _t.staff, _t.due, sqlite_where=_OPEN & (_t.staff != ""))
Index("tasks_post", _t.post, _t.due, sqlite_where=_OPEN & (_t.staff == ""))
Index("tasks_department", _t.department, _t.due, sqlite_where=_OPEN)
Index("tasks_paper", _t.paper, _t.due, sqlite_where=_t.paper.is_not(None))
Index("tasks_hours", _t.due, sqlite_where=_t.hours.is_not(None))
Index("tasks_kind", _t.kind, _t.due, sqlite_where=_OPEN)

handlings = Table(
    "handlings",
    METADATA,
    Column("id", TEXT, primary_key=True),
    Column("fold", BLOB, nullable=False),
    Column("joint", TEXT),
    Column("tracker", TEXT),
    Column("open", Integer),
    Column("needs", Integer),
    Column("flagged", TEXT),
)
Index("handlings_flagged", handlings.c.flagged, sqlite_where=handlings.c.flagged.is_not(None))
Index("handlings_needs", handlings.c.needs, sqlite_where=handlings.c.needs.is_not(None))
Index("handlings_joint", handlings.c.joint, sqlite_where=handlings.c.joint.is_not(None))
Index("handlings_tracker", handlings.c.tracker, sqlite_where=handlings.c.tracker.is_not(None))

drafted = Table(
    "drafted", METADATA, Column("id", TEXT, primary_key=True), Column("fold", BLOB, nullable=False)
)

posts = Table(
    "posts",
    METADATA,
    Column("id", TEXT, primary_key=True),
    Column("fold", BLOB, nullable=False),
    Column("holder", TEXT),
)


def _task_columns(task: Task) -> dict[str, Any]:
    due = task.due.isoformat() if task.due else NO_LIMIT
    return {
        "of_case": task.case,
        "department": task.department,
        "post": task.post,
        "staff": task.staff,
        "name": task.name,
        "kind": task.kind,
        "due": due if task.open else None,
        "paper": 1 if task.open and task.on_paper else None,
        "hours": 1 if task.open and task.limit is not None and task.limit.unit == "hours" else None,
    }


def _handling_columns(handling: Handling) -> dict[str, Any]:
    return {
        "joint": handling.joint.id if handling.joint else None,
        "tracker": (handling.tracker or None) if handling.open else None,
        "open": 1 if handling.open else None,
        "needs": 1 if handling.prerequisites and handling.ended_at is None else None,
        "flagged": _flagged(handling),
    }


def _flagged(handling: Handling) -> str | None:
    """When a meeting was last held, or is waited for, against the table of levels (mission: C15)."""
    ats = [step.ended_at or step.started_at for step in handling.steps if step.flag]
    return max((at.isoformat(timespec="milliseconds") for at in ats if at is not None), default=None)


def _no_columns(drafted: Drafted) -> dict[str, Any]:
    return {}


def _post_columns(held: PostHeld) -> dict[str, Any]:
    return {"holder": held.holder or None}


CASEWORK_PROJECTIONS: Final[tuple[Projection[Any], ...]] = (
    Projection(TASKS, tasks, _task_columns, version=10, counted=rolled_up("tasks", "name", "kind")),
    Projection(HANDLINGS, handlings, _handling_columns, version=11),
    Projection(DRAFTS, drafted, _no_columns),
    Projection(POSTS, posts, _post_columns),
)
