"""Row queries of casework: seeks on partial indexes, the most urgent first, every list bounded."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import Final

from sqlalchemy import BindParameter, bindparam, func, select

from counter_app.domain.casework.fold import HANDLINGS
from counter_app.domain.casework.posts import POSTS, PostHeld
from counter_app.domain.casework.state import Handling
from counter_app.domain.casework.task import TASKS, Task
from counter_app.store.casework_tables import NO_LIMIT, handlings, posts, tasks
from counter_app.store.query import Prepared, Query, prepared

_t = tasks.c
_FOLD = select(_t.fold)
_OPEN = _t.due.is_not(None)
_OF_CASE_CAP: Final = 500
_listed = func.json_each(bindparam("posts")).table_valued("value").alias("listed")
_most: Final[BindParameter[int]] = bindparam("most")

_OF_STAFF: Final = prepared(
    _FOLD.where(_t.staff == bindparam("staff"), _t.staff != "", _OPEN).order_by(_t.due).limit(_most)
)
_OF_POSTS: Final = prepared(
    _FOLD.select_from(_listed)
    .join(tasks, _t.post == _listed.c.value)
    .where(_t.staff == "", _OPEN)
    .order_by(_t.due)
    .limit(_most)
)
_POOL: Final = prepared(
    _FOLD.where(_t.department == bindparam("department"), _t.post == "", _t.staff == "", _OPEN)
    .order_by(_t.due)
    .limit(_most)
)
_FLAGGED: Final = prepared(
    select(handlings.c.fold)
    .where(handlings.c.flagged.is_not(None))
    .order_by(handlings.c.flagged.desc())
    .limit(_most)
)
_ON_PAPER: Final = prepared(_FOLD.where(_t.paper.is_not(None)).order_by(_t.paper, _t.due).limit(_most))
_SILENT: Final = prepared(
    _FOLD.where(_OPEN, _t.due < bindparam("day"), _t.kind == "assist").order_by(_t.due).limit(_most)
)
_HOURS_DUE: Final = prepared(
    _FOLD.where(_t.hours.is_not(None), _t.due == bindparam("day")).order_by(_t.id).limit(_most)
)
_DUE_FROM: Final = prepared(_FOLD.where(_t.due >= bindparam("day"), _t.due < NO_LIMIT).limit(_most))
_OF_DEPARTMENT: Final = prepared(
    _FOLD.where(_t.department == bindparam("department"), _OPEN).order_by(_t.due).limit(_most)
)
_COUNT: Final = prepared(
    select(func.count()).select_from(
        select(_t.id).where(_t.department == bindparam("department"), _OPEN).limit(_most).subquery()
    )
)
_OF_CASE: Final = prepared(_FOLD.where(_t.of_case == bindparam("case")).limit(_OF_CASE_CAP))
_HELD: Final = prepared(select(posts.c.fold).where(posts.c.holder.is_not(None)))
_NEEDING: Final = prepared(
    select(handlings.c.fold).where(handlings.c.needs.is_not(None)).order_by(handlings.c.id).limit(_most)
)
_TRACKED: Final = prepared(
    select(handlings.c.id).where(handlings.c.tracker == bindparam("staff")).limit(_most)
)


class SqliteCaseworkRows:
    """`CaseworkRows` from the casework tables."""

    def __init__(self, query: Query) -> None:
        self._query = query

    def of_staff(self, staff: str, most: int) -> tuple[Task, ...]:
        return self._tasks(_OF_STAFF, staff=staff, most=most)

    def of_posts(self, posts: Sequence[str], most: int) -> tuple[Task, ...]:
        return self._tasks(_OF_POSTS, posts=json.dumps(list(posts)), most=most)

    def flagged(self, most: int) -> tuple[Handling, ...]:
        return tuple(HANDLINGS.decode(row[0]) for row in self._query.all(_FLAGGED, most=most))

    def pool(self, department: str, most: int) -> tuple[Task, ...]:
        return self._tasks(_POOL, department=department, most=most)

    def on_paper(self, most: int) -> tuple[Task, ...]:
        return self._tasks(_ON_PAPER, most=most)

    def silent(self, day: date, most: int) -> tuple[Task, ...]:
        return self._tasks(_SILENT, day=day.isoformat(), most=most)

    def in_hours(self, day: date, most: int) -> tuple[Task, ...]:
        return self._tasks(_HOURS_DUE, day=day.isoformat(), most=most)

    def due_from(self, day: date, most: int) -> tuple[Task, ...]:
        return self._tasks(_DUE_FROM, day=day.isoformat(), most=most)

    def of_department(self, department: str, most: int) -> tuple[Task, ...]:
        return self._tasks(_OF_DEPARTMENT, department=department, most=most)

    def count(self, department: str, most: int) -> int:
        row = self._query.one(_COUNT, department=department, most=most)
        return int(row[0]) if row else 0

    def of_case(self, case: str) -> tuple[Task, ...]:
        found = self._tasks(_OF_CASE, case=case)
        return tuple(sorted(found, key=lambda task: (task.opened_at, task.id)))

    def held_posts(self) -> tuple[PostHeld, ...]:
        return tuple(POSTS.decode(row[0]) for row in self._query.all(_HELD))

    def tracked_by(self, staff: str, most: int) -> tuple[str, ...]:
        return tuple(id for (id,) in self._query.all(_TRACKED, staff=staff, most=most))

    def needing_results(self, most: int) -> tuple[Handling, ...]:
        return tuple(HANDLINGS.decode(row[0]) for row in self._query.all(_NEEDING, most=most))

    def _tasks(self, statement: Prepared, **params: object) -> tuple[Task, ...]:
        return tuple(TASKS.decode(row[0]) for row in self._query.all(statement, **params))
