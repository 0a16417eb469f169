"""The local store: one encrypted SQLite file that several processes of one machine share.

Writers queue on an OS file lock, since SQLite's own is unfair. Every commit is durable before `act`
returns (WAL, synchronous FULL). Reads use short-lived cursors and never hold a transaction open.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import portalocker

from counter_app.domain.journal import Actor
from counter_app.store.check import check
from counter_app.store.connection import Connection, connect, driver_errors
from counter_app.store.erasing import rewritten
from counter_app.store.projections import Projection
from counter_app.store.query import Cursor
from counter_app.store.reader import PublishedCache, Shared, SqliteReader
from counter_app.store.rooms import PROJECTIONS
from counter_app.store.transaction import SqliteTransaction
from counter_app.store.upgrading import make_table, prepare
from counter_app.use_cases.ports.clock import Clock
from counter_app.use_cases.ports.integrity import CheckReport
from counter_app.use_cases.ports.store import Change, Outcome

MOST_CHANGES: Final = 500
KEPT_CHANGES: Final = 20_000


class SqliteStore:
    """`Store` on one file. Threads and processes may share it; each `SqliteStore` has one writer."""

    def __init__(
        self,
        path: Path,
        key: bytes,
        *,
        hall: str,
        device: str,
        clock: Clock,
        projections: tuple[Projection[Any], ...] = PROJECTIONS,
    ) -> None:
        """Open (or make) the file. UserFacingError `store.*` when that cannot be done."""
        self._projections = projections
        self._path = path
        self._key = key
        self._clock = clock
        self._shared = Shared(
            hall=hall,
            device=device,
            projections={entry.stream.kind: entry for entry in projections},
            cache=PublishedCache(),
        )
        self._turn = threading.Lock()
        self._idle: list[Connection] = []
        self._idle_guard = threading.Lock()
        self._seen = -1
        self._writer = connect(path, key)
        self._watcher = connect(path, key)
        self._lock_file = path.with_suffix(".lock").open("a+b")
        try:
            with self._alone():
                self._prepare()
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
        with driver_errors():
            prepare(self._writer, {entry.table.name for entry in self._projections})
            for projection in self._stale():
                self._rebuild(projection)

    def _stale(self) -> list[Projection[Any]]:
        known = dict(
            self._writer.execute("SELECT key, value FROM meta WHERE key LIKE 'projection:%'").fetchall()
        )
        return [
            entry
            for entry in self._projections
            if known.get(f"projection:{entry.stream.kind}") != str(entry.version)
        ]

    def _rebuild(self, projection: Projection[Any]) -> None:
        """Make a projection's table and all its rows again from the events, in one transaction."""
        kind = projection.stream.kind
        self._writer.execute("BEGIN IMMEDIATE")
        try:
            cursor = self._writer.cursor()
            reader = SqliteReader(cursor, self._shared, self._clock.now())
            cursor.execute(f"DROP TABLE IF EXISTS {projection.table.name}")
            make_table(cursor, projection.table)
            for statement in projection.counted:
                cursor.execute(statement)
            cursor.execute(
                "SELECT DISTINCT subject FROM subjects WHERE subject >= ? AND subject < ?",
                (f"{kind}:", f"{kind};"),
            )
            for (subject,) in cursor.fetchall():
                state = projection.stream.replay(reader.history(subject))
                if state is not None:
                    id = subject.partition(":")[2]
                    cursor.execute(projection.insert_sql, projection.row(id, state))
            cursor.execute(
                "INSERT INTO meta (key, value) VALUES (?, ?) "
                "ON CONFLICT (key) DO UPDATE SET value = excluded.value",
                (f"projection:{kind}", str(projection.version)),
            )
            self._writer.execute("COMMIT")
        except BaseException:
            self._writer.execute("ROLLBACK")
            raise

    def act(self, actor: Actor, key: str, work: Callable[[SqliteTransaction], None]) -> Outcome:
        """See `Store.act`."""
        with self.writing() as cursor:
            transaction = SqliteTransaction(cursor, self._shared, self._clock.now(), actor, key)
            done = transaction.of_key(key) if key else ()
            if done:
                return Outcome(done, replayed=True)
            work(transaction)
            transaction.finish()
            return Outcome(tuple(transaction.recorded), replayed=False)

    @contextmanager
    def writing(self) -> Iterator[Cursor]:
        """One immediate transaction on the writer's connection: kept whole, or not at all."""
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

    @property
    def shared(self) -> Shared:
        return self._shared

    @property
    def now(self) -> datetime:
        return self._clock.now()

    @contextmanager
    def reading(self) -> Iterator[SqliteReader]:
        with self.querying() as cursor:
            yield SqliteReader(cursor, self._shared, self._clock.now())

    @contextmanager
    def querying(self) -> Iterator[Cursor]:
        """A read on a connection of its own; the connection goes back to the idle ones."""
        with self._idle_guard:
            connection = self._idle.pop() if self._idle else None
        if connection is None:
            connection = connect(self._path, self._key)
        cursor = connection.cursor()
        try:
            with driver_errors():
                yield cursor
        finally:
            cursor.close()
            with self._idle_guard:
                self._idle.append(connection)

    def changed(self) -> bool:
        row = self._watcher.execute("PRAGMA data_version").fetchone()
        seen = row[0] if row else 0
        fresh = seen != self._seen
        self._seen = seen
        return fresh

    def last_change(self) -> int:
        row = self._watcher.execute("SELECT max(id) FROM changes").fetchone()
        return int(row[0] or 0) if row else 0

    def changes_since(self, id: int) -> tuple[Change, ...]:
        rows = self._watcher.execute(
            "SELECT id, kind, subject FROM changes WHERE id > ? ORDER BY id LIMIT ?", (id, MOST_CHANGES)
        ).fetchall()
        if len(rows) == MOST_CHANGES:
            return (Change(self.last_change(), "all", ""),)
        return tuple(Change(*row) for row in rows)

    def check(self) -> CheckReport:
        """Walk everything (seconds per 100,000 events) while no one writes."""
        with self._alone(), driver_errors():
            cursor = self._writer.cursor()
            reader = SqliteReader(cursor, self._shared, self._clock.now())
            return check(cursor, reader, self._projections)

    def tidy(self) -> None:
        """Fold the write-ahead log back into the file, forget old change rows, write the file anew after an
        erasure; the keeper calls it."""
        with self._alone(), driver_errors():
            self._writer.execute(
                "DELETE FROM changes WHERE id <= (SELECT max(id) FROM changes) - ?", (KEPT_CHANGES,)
            )
            if not rewritten(self._writer):
                self._writer.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()

    def close(self) -> None:
        with self._turn:
            for connection in (self._writer, self._watcher, *self._idle):
                connection.close()
            self._idle.clear()
            self._lock_file.close()
