"""Row queries about clocks: seeks and counts over covering indexes, every list bounded."""

from __future__ import annotations

from datetime import date
from typing import Final

from sqlalchemy import TEXT, Integer, bindparam, func, select

from counter_app.domain.casework.task import TASKS, Task
from counter_app.domain.time.clock import CLOCKS, Clock
from counter_app.store.casework_tables import tasks
from counter_app.store.clock_tables import clocks, named
from counter_app.store.due_counts import DUE_BY
from counter_app.store.query import Prepared, Query, prepared
from counter_app.use_cases.ports.clocks import DueCount

_c = clocks.c
_FOLD = select(_c.fold)
_UNTIL: Final = bindparam("until", type_=TEXT)
_MOST: Final = bindparam("most", type_=Integer)
_OF_DEPARTMENT = _c.department == bindparam("department")
_t = tasks.c
_DUE_BY: Final = Prepared(DUE_BY, {})
# CROSS keeps SQLite to this order: from the few clocks that ever stood to their work. Left to itself it goes
# from every late piece of work to its clock.
_STOPPED_WORK: Final = Prepared(
    "SELECT tasks.fold, clocks.fold FROM clocks CROSS JOIN tasks ON tasks.of_case = clocks.id "
    "WHERE clocks.stopped IS NOT NULL AND tasks.due <= :until",
    {},
)
_LATE_WORK: Final = prepared(
    select(_t.fold, _c.fold)
    .outerjoin(clocks, _c.id == _t.of_case)
    .where(_t.department == bindparam("department"), _t.due.is_not(None), _t.due <= _UNTIL)
    .where(_t.name == bindparam("step"), _t.kind == bindparam("cause"))
    .order_by(_t.due)
    .limit(_MOST)
)
_HOURS_DUE: Final = prepared(_FOLD.where(_c.hours.is_not(None), _c.due == bindparam("day")).limit(_MOST))
_LATE: Final = prepared(_FOLD.where(_c.due.is_not(None), _c.due <= _UNTIL).order_by(_c.due).limit(_MOST))
_LATE_OF: Final = prepared(
    _FOLD.where(_OF_DEPARTMENT, _c.due.is_not(None), _c.due <= _UNTIL).order_by(_c.due).limit(_MOST)
)
_UNNOTED: Final = prepared(
    _FOLD.where(_c.unnoted.is_not(None), _c.unnoted <= _UNTIL).order_by(_c.unnoted).limit(_MOST)
)
_REACHING: Final = prepared(
    _FOLD.where(_c.reach.is_not(None), _c.reach >= bindparam("day")).order_by(_c.reach.desc()).limit(_MOST)
)
_UNTOLD: Final = prepared(_FOLD.where(_c.untold.is_not(None)).order_by(_c.untold).limit(_MOST))
_SUSPENDED: Final = prepared(_FOLD.where(_c.suspended.is_not(None)).order_by(_c.suspended).limit(_MOST))
_SUSPENDED_OF: Final = prepared(
    _FOLD.where(_OF_DEPARTMENT, _c.suspended.is_not(None)).order_by(_c.suspended).limit(_MOST)
)
_SUSPENDED_COUNT: Final = prepared(
    select(func.count()).select_from(clocks).where(_OF_DEPARTMENT, _c.suspended.is_not(None))
)
_ASKED: Final = prepared(_FOLD.where(_c.asked.is_not(None)).limit(_MOST))
_ASKED_OF: Final = prepared(_FOLD.where(_c.asked.is_not(None), _OF_DEPARTMENT).limit(_MOST))
_URGED_OF: Final = prepared(
    _FOLD.where(_c.urged.is_not(None), func.instr(_c.urged_of, bindparam("named")) > 0)
    .order_by(_c.urged)
    .limit(_MOST)
)
_REPLIED: Final = prepared(_FOLD.where(_c.replied.is_not(None)).order_by(_c.replied.desc()).limit(_MOST))
_URGED: Final = prepared(_FOLD.where(_c.urged.is_not(None)).order_by(_c.urged).limit(_MOST))


class SqliteClockRows:
    """`ClockRows` from the table of clocks."""

    def __init__(self, query: Query) -> None:
        self._query = query

    def due_by(self, until: date) -> tuple[DueCount, ...]:
        rows = self._query.all(_DUE_BY, until=until.isoformat())
        return tuple(DueCount(row[0], row[1], row[2], date.fromisoformat(row[3]), row[4]) for row in rows)

    def stopped_work(self, until: date) -> tuple[tuple[Task, Clock], ...]:
        rows = self._query.all(_STOPPED_WORK, until=until.isoformat())
        return tuple((TASKS.decode(row[0]), CLOCKS.decode(row[1])) for row in rows)

    def hours_due(self, day: date, most: int) -> tuple[Clock, ...]:
        return self._all(_HOURS_DUE, day=day.isoformat(), most=most)

    def late_work(
        self, department: str, step: str, cause: str, until: date, most: int
    ) -> tuple[tuple[Task, Clock | None], ...]:
        rows = self._query.all(
            _LATE_WORK, department=department, step=step, cause=cause, until=until.isoformat(), most=most
        )
        return tuple((TASKS.decode(task), CLOCKS.decode(clock) if clock else None) for task, clock in rows)

    def late(self, department: str, until: date, most: int) -> tuple[Clock, ...]:
        if not department:
            return self._all(_LATE, until=until.isoformat(), most=most)
        return self._all(_LATE_OF, department=department, until=until.isoformat(), most=most)

    def unnoted(self, until: date, most: int) -> tuple[Clock, ...]:
        return self._all(_UNNOTED, until=until.isoformat(), most=most)

    def reaching(self, day: date, most: int) -> tuple[Clock, ...]:
        return self._all(_REACHING, day=day.isoformat(), most=most)

    def untold(self, most: int) -> tuple[Clock, ...]:
        return self._all(_UNTOLD, most=most)

    def suspended(self, department: str, most: int) -> tuple[Clock, ...]:
        if not department:
            return self._all(_SUSPENDED, most=most)
        return self._all(_SUSPENDED_OF, department=department, most=most)

    def suspended_count(self, department: str) -> int:
        row = self._query.one(_SUSPENDED_COUNT, department=department)
        return int(row[0]) if row else 0

    def asked(self, most: int, department: str = "") -> tuple[Clock, ...]:
        if not department:
            return self._all(_ASKED, most=most)
        return self._all(_ASKED_OF, department=department, most=most)

    def urged(self, most: int, department: str = "") -> tuple[Clock, ...]:
        if not department:
            return self._all(_URGED, most=most)
        return self._all(_URGED_OF, named=named(department), most=most)

    def replied(self, most: int) -> tuple[Clock, ...]:
        return self._all(_REPLIED, most=most)

    def _all(self, statement: Prepared, **params: object) -> tuple[Clock, ...]:
        return tuple(CLOCKS.decode(row[0]) for row in self._query.all(statement, **params))
