"""The centre's tables in one encrypted SQLite file: hub and commands of the same machine may share it.

Writers queue on an OS file lock beside the file, as the local store's do; the head row needs no lock of its
own. Whoever waits is woken by a condition at this process's commits, and looks for others' every few
milliseconds. Not here: what is stored (`transaction.py`).
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import cache
from pathlib import Path
from typing import Any, Final

import portalocker
from sqlalchemy import Column, ColumnElement, Table, bindparam
from sqlalchemy.dialects.sqlite import dialect as sqlite_dialect
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.schema import CreateIndex, CreateTable
from sqlalchemy.sql import ClauseElement

from counter_app.errors import UserFacingError
from counter_app.store.centre.tables import METADATA, events
from counter_app.store.connection import Connection, connect, driver_errors
from counter_app.store.query import Cursor, Prepared, prepared

SCHEMA_VERSION: Final = 2
POLL_SECONDS: Final = 0.01
SIZES: Final = (1, 16, 128)
# a batch of 500 events is some 2 MB of pages: by default every one of them would fold the whole log back
PRAGMAS: Final = ("PRAGMA wal_autocheckpoint = 8000", "PRAGMA cache_size = -64000")
_REFUSE: Final = "BEGIN SELECT RAISE(ABORT, 'the journal is insert-only'); END"
GUARDS: Final = (
    f"CREATE TRIGGER IF NOT EXISTS events_keep BEFORE DELETE ON events {_REFUSE}",
    f"CREATE TRIGGER IF NOT EXISTS events_stand BEFORE UPDATE ON events {_REFUSE}",
)


class SqliteCentre:
    """`Dialect` on one file."""

    def __init__(self, path: Path, key: bytes) -> None:
        """Open (or make) the file. UserFacingError `store.*` when that cannot be done."""
        self._path = path
        self._key = key
        self._turn = threading.Lock()
        self._idle: list[Connection] = []
        self._idle_guard = threading.Lock()
        self._bell = threading.Condition()
        self._rung = 0
        self._polling = False
        self._closed = False
        self._seen = -1
        self._writer = connect(path, key)
        self._watcher = connect(path, key)
        self._lock_file = path.with_suffix(".lock").open("a+b")
        try:
            with self._alone(), driver_errors():
                for pragma in PRAGMAS:
                    self._writer.execute(pragma)
                self._prepare()
                self._changed()
        except BaseException:
            self.close()
            raise

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """The writers' turn: first this process's threads, then the machine's processes."""
        with self._turn:
            portalocker.lock(self._lock_file, portalocker.LockFlags.EXCLUSIVE)
            try:
                yield
            finally:
                portalocker.unlock(self._lock_file)

    def _prepare(self) -> None:
        row = self._writer.execute("PRAGMA user_version").fetchone()
        version = row[0] if row else 0
        if version == SCHEMA_VERSION:
            return
        if version > SCHEMA_VERSION:
            raise UserFacingError(
                "store.newer",
                "The store was made by a newer program (version {version}).",
                kept="The file was not touched.",
                remedy="Install the newer program on this machine.",
                version=version,
            )
        dialect = sqlite_dialect()
        self._writer.execute("BEGIN IMMEDIATE")
        for table in METADATA.sorted_tables:  # versions have only added tables
            self._writer.execute(str(CreateTable(table, if_not_exists=True).compile(dialect=dialect)))
            for index in sorted(table.indexes, key=lambda entry: str(entry.name)):
                self._writer.execute(str(CreateIndex(index, if_not_exists=True).compile(dialect=dialect)))
        for guard in GUARDS:
            self._writer.execute(guard)
        self._writer.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
        self._writer.execute("COMMIT")

    @property
    def places(self) -> Table:
        return events

    @property
    def fronts(self) -> ClauseElement | None:
        return None

    def compile(self, statement: ClauseElement) -> Prepared:
        return prepared(statement)

    @property
    def sizes(self) -> Sequence[int]:
        return SIZES

    def among(self, column: Column[Any], size: int) -> ColumnElement[bool]:
        return column.in_([bindparam(f"k{n}") for n in range(size)])

    def lists(self, wanted: list[Any]) -> list[tuple[int, dict[str, Any]]]:
        """Cut into the prepared sizes, the last one filled up by repeating."""
        found = []
        at = 0
        while at < len(wanted):
            left = len(wanted) - at
            size = next((size for size in SIZES if size >= left), SIZES[-1])
            cut = wanted[at : at + size]
            cut += [cut[-1]] * (size - len(cut))
            found.append((size, {f"k{n}": value for n, value in enumerate(cut)}))
            at += size
        return found

    def upsert(self, table: Table) -> Prepared:
        return _upsert(table)

    @contextmanager
    def deciding(self, hall: str) -> Iterator[Cursor]:
        with self._alone(), driver_errors():
            cursor = self._writer.cursor()
            cursor.execute("BEGIN IMMEDIATE")
            try:
                yield cursor
                cursor.execute("COMMIT")
            except BaseException:
                if self._writer.in_transaction:
                    cursor.execute("ROLLBACK")
                raise
            finally:
                cursor.close()

    @contextmanager
    def reading(self, hall: str) -> Iterator[Cursor]:
        with self._idle_guard:
            connection = self._idle.pop() if self._idle else None
        if connection is None:
            connection = connect(self._path, self._key)
        cursor = connection.cursor()
        try:
            with driver_errors():
                cursor.execute("BEGIN")
                try:
                    yield cursor
                finally:
                    cursor.execute("COMMIT")
        finally:
            cursor.close()
            with self._idle_guard:
                self._idle.append(connection)

    def meanwhile(self, cursor: Cursor) -> AbstractContextManager[object]:
        """There is no server that could."""
        return nullcontext()

    def insert(self, cursor: Cursor, table: Table, rows: Sequence[tuple[Any, ...]]) -> None:
        cursor.executemany(_insert(table), rows)

    def replace(self, cursor: Cursor, table: Table, rows: Sequence[tuple[Any, ...]]) -> None:
        cursor.executemany(_insert(table).replace("INSERT", "INSERT OR REPLACE", 1), rows)

    def delete(self, cursor: Cursor, table: Table, keys: Sequence[tuple[Any, ...]]) -> None:
        cursor.executemany(_delete(table), keys)

    def archived(self, cursor: Cursor, hall: str, places: Iterable[int]) -> list[tuple[Any, ...]]:
        """One hall's file keeps its whole journal."""
        return []

    def committed(self, hall: str, hall_seq: int) -> None:
        with self._bell:
            self._ring()

    def mark(self, hall: str) -> int:
        return self._rung

    def woken(self, hall: str, mark: int, seconds: float) -> None:
        """One of those who wait looks for commits of other processes, the rest sleep until it rings."""
        end = time.monotonic() + seconds
        looked = False
        with self._bell:
            while self._rung == mark and not self._closed and (left := end - time.monotonic()) > 0:
                if self._polling:
                    self._bell.wait(left)
                    continue
                self._polling = looked = True
                self._bell.wait(min(left, POLL_SECONDS))
                self._polling = False
                self._look()
            if looked:
                self._bell.notify_all()  # another one looks from now on

    def _look(self) -> None:
        if not self._closed and self._changed():
            self._ring()

    def _ring(self) -> None:
        self._rung += 1
        self._bell.notify_all()

    def _changed(self) -> bool:
        row = self._watcher.execute("PRAGMA data_version").fetchone()
        fresh = row is None or row[0] != self._seen
        self._seen = row[0] if row else -1
        return fresh

    def rewrite(self) -> bool:
        with self._alone(), driver_errors():
            self._writer.execute("VACUUM")
            busy = self._writer.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        return busy is not None and busy[0] == 0

    def close(self) -> None:
        with self._bell:
            self._closed = True
            self._ring()
            self._watcher.close()
        with self._turn, self._idle_guard:
            for connection in (self._writer, *self._idle):
                connection.close()
            self._idle.clear()
            self._lock_file.close()


@cache
def _insert(table: Table) -> str:
    names = [column.name for column in table.columns]
    return f"INSERT INTO {table.name} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"


@cache
def _delete(table: Table) -> str:
    tests = " AND ".join(f"{column.name} = ?" for column in table.primary_key.columns)
    return f"DELETE FROM {table.name} WHERE {tests}"


@cache
def _upsert(table: Table) -> Prepared:
    insert = sqlite_insert(table)
    keys = [column.name for column in table.primary_key.columns]
    rest = {column.name: insert.excluded[column.name] for column in table.columns if column.name not in keys}
    return prepared(insert.on_conflict_do_update(index_elements=keys, set_=rest))
