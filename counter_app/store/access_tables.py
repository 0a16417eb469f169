"""Tables of log-in and looks: shifts, counts of tries, looks at persons."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import BLOB, TEXT, Column, Index, Integer, Table

from counter_app.domain.access.lockout import LOCK_PAIRS, LOCK_PLACES, LOCK_STAFF, Lockout
from counter_app.domain.access.looks import LOOKS, Look
from counter_app.domain.access.shift import SHIFTS, ShiftState
from counter_app.domain.streams import Stream
from counter_app.store.projections import Projection
from counter_app.store.schema import METADATA

shifts = Table(
    "shifts",
    METADATA,
    Column("id", TEXT, primary_key=True),
    Column("fold", BLOB, nullable=False),
    Column("staff", TEXT, nullable=False),
    Column("counter", TEXT, nullable=False),
    Column("began", TEXT, nullable=False),
    Column("open", Integer),
)
Index("shifts_open", shifts.c.open, sqlite_where=shifts.c.open.is_not(None))
Index("shifts_staff", shifts.c.staff, shifts.c.began)

looks = Table(
    "looks",
    METADATA,
    Column("id", TEXT, primary_key=True),
    Column("fold", BLOB, nullable=False),
    Column("party", TEXT, nullable=False),
    Column("staff", TEXT, nullable=False),
    Column("at", TEXT, nullable=False),
    Index("looks_party", "party", "at"),
    Index("looks_staff", "staff", "at"),
    Index("looks_at", "at"),
)


def _shift(state: ShiftState) -> dict[str, Any]:
    return {
        "staff": state.staff,
        "counter": state.counter,
        "began": state.began_at.isoformat(),
        "open": 1 if state.ended_at is None else None,
    }


def _look(state: Look) -> dict[str, Any]:
    return {"party": state.party, "staff": state.staff, "at": state.at.isoformat()}


def _nothing(state: Lockout) -> dict[str, Any]:
    return {}


def _lock(name: str, stream: Stream[Lockout]) -> Projection[Lockout]:
    table = Table(name, METADATA, Column("id", TEXT, primary_key=True), Column("fold", BLOB, nullable=False))
    return Projection(stream, table, _nothing)


ACCESS_PROJECTIONS: Final[tuple[Projection[Any], ...]] = (
    Projection(SHIFTS, shifts, _shift),
    Projection(LOOKS, looks, _look),
    _lock("lock_pairs", LOCK_PAIRS),
    _lock("lock_staff", LOCK_STAFF),
    _lock("lock_places", LOCK_PLACES),
)
