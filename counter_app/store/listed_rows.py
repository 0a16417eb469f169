"""Row queries of `listed_tables.py`: seeks, every list bounded."""

from __future__ import annotations

from typing import Final, TypeVar

from sqlalchemy import bindparam, select

from counter_app.domain.streams import Stream
from counter_app.store.listed_tables import LISTED_PROJECTIONS
from counter_app.store.query import Prepared, Query, prepared

T = TypeVar("T")


def _open(name: str) -> Prepared:
    c = next(one.table.c for one in LISTED_PROJECTIONS if one.stream.kind == name)
    return prepared(select(c.fold).where(c.open.is_not(None)).order_by(c.open, c.id).limit(bindparam("most")))


def _owned(name: str) -> Prepared:
    c = next(one.table.c for one in LISTED_PROJECTIONS if one.stream.kind == name)
    return prepared(
        select(c.fold).where(c.owner == bindparam("owner")).order_by(c.id).limit(bindparam("most"))
    )


_OPEN: Final = {one.stream.kind: _open(one.stream.kind) for one in LISTED_PROJECTIONS}
_OWNED: Final = {one.stream.kind: _owned(one.stream.kind) for one in LISTED_PROJECTIONS}


class SqliteListedRows:
    """`ListedRows` over one cursor."""

    def __init__(self, query: Query) -> None:
        self._query = query

    def open(self, stream: Stream[T], most: int) -> tuple[T, ...]:
        return tuple(stream.decode(fold) for (fold,) in self._query.all(_OPEN[stream.kind], most=most))

    def owned(self, stream: Stream[T], owner: str, most: int) -> tuple[T, ...]:
        rows = self._query.all(_OWNED[stream.kind], owner=owner, most=most)
        return tuple(stream.decode(fold) for (fold,) in rows)
