"""What SQLite and PostgreSQL do each in its own way beneath the centre's store.

Statements are Core, compiled once (`compile`) and run through driver cursors with `:name`/`%(name)s`
parameters by name; rows go in bulk by `insert`. Everything else of the centre is the same for both.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol

from sqlalchemy import Column, ColumnElement, Table
from sqlalchemy.sql import ClauseElement

from counter_app.store.query import Cursor, Prepared


class Dialect(Protocol):
    """One database with the centre's tables in it. Threads may share it.

    Cursors give bytes for `LargeBinary`, int, str or None.
    """

    @property
    def places(self) -> Table:
        """Knows the place of every event ever taken in, archived ones too: hall, hall_seq, device, epoch,
        seq."""
        ...

    @property
    def fronts(self) -> ClauseElement | None:
        """(pool, place, id) of the first `most` waiting in each of `pools`; None when it takes a question for
        each pool."""
        ...

    def compile(self, statement: ClauseElement) -> Prepared:
        """SQL with parameters by name."""
        ...

    @property
    def sizes(self) -> Sequence[int]:
        """The sizes of list that `among` is compiled for."""
        ...

    def among(self, column: Column[Any], size: int) -> ColumnElement[bool]:
        """Whether the column's value is in a list of this size."""
        ...

    def lists(self, wanted: list[Any]) -> list[tuple[int, dict[str, Any]]]:
        """`wanted` cut into lists that statements are compiled for: (size, parameters by name)."""
        ...

    def upsert(self, table: Table) -> Prepared:
        """Insert a row with all columns, parameters named as the columns; on the same primary key the other
        columns are replaced."""
        ...

    def deciding(self, hall: str) -> AbstractContextManager[Cursor]:
        """A transaction in which the hall's head row is locked; committed durably at the end of the block,
        rolled back by an exception. Driver errors come out as UserFacingError `store.*`."""
        ...

    def reading(self, hall: str) -> AbstractContextManager[Cursor]:
        """A short read that sees one state of the database."""
        ...

    def meanwhile(self, cursor: Cursor) -> AbstractContextManager[object]:
        """A block in which `insert` need not wait until the rows are stored: a server does that while this
        program goes on. What went wrong is raised at the end of the block, if not before."""
        ...

    def insert(self, cursor: Cursor, table: Table, rows: Sequence[tuple[Any, ...]]) -> None:
        """Many new rows, values in the order of the table's columns."""
        ...

    def replace(self, cursor: Cursor, table: Table, rows: Sequence[tuple[Any, ...]]) -> None:
        """Like `insert`, but the same primary key replaces (`upsert`)."""
        ...

    def delete(self, cursor: Cursor, table: Table, keys: Sequence[tuple[Any, ...]]) -> None:
        """Rows by primary key, its values in the order of the table."""
        ...

    def archived(self, cursor: Cursor, hall: str, places: Iterable[int]) -> list[tuple[Any, ...]]:
        """Rows (place, device, epoch, seq, type, data), in order, of those places whose events left the
        journal for the archive."""
        ...

    def committed(self, hall: str, hall_seq: int) -> None:
        """A decision was committed: wake whoever waits, here and in other processes."""
        ...

    def mark(self, hall: str) -> int:
        """Take it before looking at the head, and hand it to `woken`: nothing between is missed."""
        ...

    def woken(self, hall: str, mark: int, seconds: float) -> None:
        """Return when something may have been committed for the hall since the mark, or after so many
        seconds; too early is allowed."""
        ...

    def rewrite(self) -> bool:
        """Write the file anew, so that nothing is left in it of bytes that were emptied; False: not now,
        somebody reads. A server clears its own pages."""
        ...

    def close(self) -> None: ...
