"""Row queries about shifts and looks."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy import bindparam, select

from counter_app.domain.access.looks import LOOKS, Look
from counter_app.domain.access.shift import SHIFTS, ShiftState
from counter_app.store.access_tables import looks, shifts
from counter_app.store.query import Prepared, Query, prepared

_OPEN: Final = prepared(select(shifts.c.fold).where(shifts.c.open == 1).order_by(shifts.c.began))
_OF_STAFF: Final = prepared(
    select(shifts.c.fold)
    .where(shifts.c.staff == bindparam("staff"), shifts.c.began >= bindparam("since"))
    .order_by(shifts.c.began.desc())
    .limit(bindparam("most"))
)
_LOOKS_AT: Final = prepared(
    select(looks.c.fold)
    .where(looks.c.party == bindparam("party"))
    .order_by(looks.c.at.desc())
    .limit(bindparam("most"))
)
_LOOKS_SINCE: Final = prepared(
    select(looks.c.fold)
    .where(looks.c.at >= bindparam("since"))
    .order_by(looks.c.at.desc())
    .limit(bindparam("most"))
)


class SqliteAccessRows:
    """Answers from the access tables; few shifts are open at once, so they are read whole."""

    def __init__(self, query: Query) -> None:
        self._query = query

    def open_shifts(self) -> tuple[ShiftState, ...]:
        return tuple(SHIFTS.decode(fold) for (fold,) in self._query.all(_OPEN))

    def shift_of(self, staff: str) -> ShiftState | None:
        return next((shift for shift in reversed(self.open_shifts()) if shift.staff == staff), None)

    def shift_at(self, counter: str) -> ShiftState | None:
        return next((shift for shift in reversed(self.open_shifts()) if shift.counter == counter), None)

    def shifts_of(self, staff: str, since: datetime, limit: int) -> tuple[ShiftState, ...]:
        rows = self._query.all(_OF_STAFF, staff=staff, since=since.isoformat(), most=limit)
        return tuple(SHIFTS.decode(fold) for (fold,) in rows)

    def looks_at(self, party: str, limit: int) -> tuple[Look, ...]:
        return self._looks(_LOOKS_AT, party=party, most=limit)

    def looks_since(self, since: datetime, limit: int) -> tuple[Look, ...]:
        return self._looks(_LOOKS_SINCE, since=since.isoformat(), most=limit)

    def _looks(self, statement: Prepared, **params: object) -> tuple[Look, ...]:
        return tuple(LOOKS.decode(fold) for (fold,) in self._query.all(statement, **params))
