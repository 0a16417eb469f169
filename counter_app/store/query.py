"""Core statements compiled once, run through driver cursors.

Compiling a Core statement costs more than running it under SQLCipher, so rooms prepare theirs at
import. `IN` lists cannot be prepared: pass JSON and join `func.json_each` instead.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from sqlalchemy.dialects.sqlite import dialect as sqlite_dialect
from sqlalchemy.sql import ClauseElement

_DIALECT = sqlite_dialect(paramstyle="named")


@dataclass(frozen=True, slots=True)
class Prepared:
    """SQL text with `:name` places and the values of its literals."""

    sql: str
    literals: Mapping[str, Any]


def prepared(statement: ClauseElement) -> Prepared:
    """Compile a Core statement for SQLite. Binds named by `bindparam` are filled at each run."""
    compiled = statement.compile(dialect=_DIALECT)
    literals = {name: value for name, value in compiled.params.items() if value is not None}
    return Prepared(str(compiled), literals)


class Cursor(Protocol):
    """The part of a DB-API cursor that the store uses."""

    lastrowid: int | None
    rowcount: int

    def execute(self, sql: str, parameters: Any = ..., /) -> Any: ...
    def executemany(self, sql: str, parameters: Any, /) -> Any: ...
    def fetchone(self) -> tuple[Any, ...] | None: ...
    def fetchall(self) -> list[tuple[Any, ...]]: ...


class Query:
    """Runs prepared statements on one cursor; valid as long as the read or act that made it."""

    def __init__(self, cursor: Cursor) -> None:
        self._cursor = cursor

    def all(self, statement: Prepared, **params: Any) -> list[tuple[Any, ...]]:
        self._cursor.execute(statement.sql, {**statement.literals, **params})
        return self._cursor.fetchall()

    def one(self, statement: Prepared, **params: Any) -> tuple[Any, ...] | None:
        self._cursor.execute(statement.sql, {**statement.literals, **params})
        row = self._cursor.fetchone()
        self._cursor.fetchall()
        return row

    def run(self, statement: Prepared, **params: Any) -> int:
        """Run a changing statement; gives the number of rows it touched."""
        self._cursor.execute(statement.sql, {**statement.literals, **params})
        return self._cursor.rowcount
