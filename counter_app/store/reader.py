"""Reading: folds, histories, published rows and the rooms' row queries, on one short-lived cursor."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from counter_app.domain.journal import Recorded, read
from counter_app.domain.streams import Published, Stream
from counter_app.errors import UserFacingError
from counter_app.store.case_rows import SqliteCaseRows
from counter_app.store.casework_rows import SqliteCaseworkRows
from counter_app.store.centre_rows import SqliteCentreRows
from counter_app.store.clock_rows import SqliteClockRows
from counter_app.store.listed_rows import SqliteListedRows
from counter_app.store.paper_rows import SqlitePaperRows
from counter_app.store.projections import Projection
from counter_app.store.query import Cursor, Query
from counter_app.store.waiting_rows import SqliteWaitingRows

T = TypeVar("T")

EVENT = "SELECT id, data, hall_seq FROM events"
OF_SUBJECT = (
    "SELECT e.id, e.data, e.hall_seq FROM subjects s JOIN events e ON e.id = s.event "
    "WHERE s.subject = ? ORDER BY e.hall_seq IS NULL, e.hall_seq, e.id"
)
PARTS = "SELECT slot, data FROM parts WHERE event = ? AND data IS NOT NULL"
# What the centre published of a kind stands instead of all this machine put in force when it was alone.
IN_FORCE = (
    "SELECT key, body FROM published p WHERE kind = ?1 AND version = "
    "(SELECT max(version) FROM published q WHERE q.kind = p.kind AND q.key = p.key) "
    "AND hall = (SELECT max(hall) FROM published h WHERE h.kind = ?1) "
    "AND body IS NOT NULL ORDER BY key"
)


@dataclass
class PublishedCache:
    """Decoded reference rows of one process, good for as long as nothing new is published."""

    stamp: int = -1
    kinds: dict[str, Mapping[str, Any]] = field(default_factory=dict)


@dataclass(frozen=True)
class Shared:
    """What every read and act of one store has in common."""

    hall: str
    device: str
    projections: Mapping[str, Projection[Any]]
    cache: PublishedCache


class SqliteReader:
    """`Reader` over a cursor."""

    def __init__(self, cursor: Cursor, shared: Shared, now: datetime) -> None:
        self._cursor = cursor
        self._shared = shared
        self._now = now

    @property
    def device(self) -> str:
        return self._shared.device

    @property
    def now(self) -> datetime:
        return self._now

    def get(self, stream: Stream[T], id: str) -> T | None:
        projection = self._shared.projections[stream.kind]
        self._cursor.execute(projection.select_sql, (id,))
        row = self._cursor.fetchone()
        return None if row is None else stream.decode(row[0])

    def need(self, stream: Stream[T], id: str) -> T:
        state = self.get(stream, id)
        if state is None:
            raise UserFacingError(
                f"{stream.kind}.unknown",
                "There is nothing here under {id}.",
                remedy="Check the number.",
                id=id,
            )
        return state

    def history(self, subject: str) -> tuple[Recorded, ...]:
        self._cursor.execute(OF_SUBJECT, (subject,))
        return tuple(self._recorded(*row) for row in self._cursor.fetchall())

    def event(self, id: str) -> Recorded | None:
        device, epoch, seq = id.rsplit(".", 2)
        self._cursor.execute(
            EVENT + " WHERE device = ? AND epoch = ? AND seq = ?", (device, int(epoch), int(seq))
        )
        row = self._cursor.fetchone()
        return None if row is None else self._recorded(*row)

    def of_key(self, key: str) -> tuple[Recorded, ...]:
        """The events one command key of this device wrote, in order; empty when it never acted."""
        self._cursor.execute(EVENT + " WHERE key = ? AND device = ? ORDER BY id", (key, self.device))
        return tuple(self._recorded(*row) for row in self._cursor.fetchall())

    def _recorded(self, row_id: int, data: bytes, hall_seq: int | None) -> Recorded:
        self._cursor.execute(PARTS, (row_id,))
        return read(data, dict(self._cursor.fetchall()), hall_seq)

    def published(self, kind: Published[T]) -> Mapping[str, T]:
        cache = self._shared.cache
        self._cursor.execute("SELECT value FROM serials WHERE name = 'published'")
        row = self._cursor.fetchone()
        stamp = row[0] if row else 0
        if cache.stamp != stamp:
            cache.kinds = {}
            cache.stamp = stamp
        kinds = cache.kinds  # a read that began before a publication must not fill the new one's cache
        rows = kinds.get(kind.kind)
        if rows is None:
            self._cursor.execute(IN_FORCE, (kind.kind,))
            rows = {key: kind.decode(body) for key, body in self._cursor.fetchall()}
            kinds[kind.kind] = rows
        return rows

    def note(self, key: str) -> bytes | None:
        self._cursor.execute("SELECT value FROM notes WHERE key = ?", (key,))
        row = self._cursor.fetchone()
        return None if row is None else bytes(row[0])

    def head(self) -> tuple[int, str]:
        self._cursor.execute(
            "SELECT seq, hash FROM heads WHERE device = ? AND own = 1 AND seq > 0", (self._shared.device,)
        )
        row = self._cursor.fetchone()
        return (0, "") if row is None else (row[0], row[1])

    def _query(self) -> Query:
        return Query(self._cursor)

    @property
    def waiting(self) -> SqliteWaitingRows:
        return SqliteWaitingRows(self._query())

    @property
    def cases(self) -> SqliteCaseRows:
        return SqliteCaseRows(self._query())

    @property
    def casework(self) -> SqliteCaseworkRows:
        return SqliteCaseworkRows(self._query())

    @property
    def papers(self) -> SqlitePaperRows:
        return SqlitePaperRows(self._query())

    @property
    def listed(self) -> SqliteListedRows:
        return SqliteListedRows(self._query())

    @property
    def centre(self) -> SqliteCentreRows:
        return SqliteCentreRows(self._query())

    @property
    def clocks(self) -> SqliteClockRows:
        return SqliteClockRows(self._query())
