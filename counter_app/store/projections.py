"""Projections: the row a stream's fold is kept in, with the columns its queries need.

A row is never the truth: `SqliteStore.rebuild` makes every one again from the events, and
`store check` compares the two.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Generic, TypeVar

from sqlalchemy import Table

from counter_app.domain.streams import Stream

T = TypeVar("T")


@dataclass(frozen=True)
class Projection(Generic[T]):
    """`table` begins with `id` (TEXT, primary key) and `fold` (BLOB); `columns` gives the rest. `counted` are
    statements for the table when it has just been made: triggers that keep a roll-up of it.

    Raise `version` whenever the fold or the columns change: the rows are then made again at start.
    """

    stream: Stream[T]
    table: Table
    columns: Callable[[T], Mapping[str, Any]]
    version: int = 1
    counted: tuple[str, ...] = ()

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The indexed columns, in the table's order."""
        return tuple(column.name for column in self.table.columns)[2:]

    @cached_property
    def select_sql(self) -> str:
        return f"SELECT fold FROM {self.table.name} WHERE id = ?"

    @cached_property
    def insert_sql(self) -> str:
        names = ("id", "fold", *self.names)
        return f"INSERT INTO {self.table.name} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"

    @cached_property
    def delete_sql(self) -> str:
        return f"DELETE FROM {self.table.name} WHERE id = ?"

    def row(self, id: str, state: T) -> tuple[Any, ...]:
        """The parameters of `insert_sql`. KeyError when `columns` names a column the table lacks."""
        return (id, self.stream.encode(state), *self._values(state))

    def update(self, id: str, old: T, new: T) -> tuple[str, tuple[Any, ...]]:
        """The statement and parameters that turn the row of `old` into that of `new`.

        Only columns that differ are set: SQLite rewrites every index of a column that is set, equal or
        not, and each index is a page to encrypt.
        """
        changed = [
            (name, value)
            for name, was, value in zip(self.names, self._values(old), self._values(new), strict=True)
            if value != was
        ]
        sets = "".join(f", {name} = ?" for name, _ in changed)
        sql = f"UPDATE {self.table.name} SET fold = ?{sets} WHERE id = ?"
        return sql, (self.stream.encode(new), *(value for _, value in changed), id)

    def _values(self, state: T) -> list[Any]:
        values = self.columns(state)
        if len(values) != len(self.names):
            raise KeyError(f"{self.table.name}: columns {sorted(values)} for {self.names}")
        return [values[name] for name in self.names]
