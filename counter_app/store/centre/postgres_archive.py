"""Closed months leave the journal's partitions for segments. Needs an administrator: no hall's role may.

Each hall's stretch of a month is packed, read back and proven by the running root before the partition is
dropped, all in one transaction: a month is archived whole or not at all. Subjects, private parts and the
guard of places stay in rows, so histories and erasure work on as before; what is read of an archived place
comes out of its segment. Not here: what a segment is (`archive.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection

from counter_app.domain.centre.order import NO_ROOT
from counter_app.errors import UserFacingError
from counter_app.store.centre.archive import EVENTS_A_SEGMENT, Segment, pack, unpack
from counter_app.store.centre.postgres_prepare import as_owner

_PARTITION: Final = re.compile(r"events_(\d{4})_(\d\d)")
_MONTHS: Final = "SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = 'events'::regclass"
_STRETCHES: Final = (
    "SELECT hall, min(hall_seq), max(hall_seq), count(*) FROM {table} GROUP BY hall ORDER BY hall"
)
_EVENTS: Final = (
    "SELECT hall_seq, at, root, data FROM {table} WHERE hall = %(hall)s AND hall_seq >= %(first)s "
    "ORDER BY hall_seq LIMIT {most}"
)
_BEFORE: Final = (
    "SELECT root FROM events WHERE hall = %(hall)s AND hall_seq = %(place)s "
    "UNION ALL SELECT root FROM segments WHERE hall = %(hall)s AND last = %(place)s LIMIT 1"
)
_KEEP: Final = (
    "INSERT INTO segments (hall, first, last, month, root, digest, packed) VALUES "
    "(%(hall)s, %(first)s, %(last)s, %(month)s, %(root)s, %(digest)s, %(packed)s)"
)
_READ_BACK: Final = (
    "SELECT first, root, digest, packed FROM segments WHERE hall = %(hall)s AND first = %(first)s"
)


@dataclass(frozen=True, slots=True)
class ArchivedMonth:
    """What became of a month: events and bytes of their canonical form, bytes in segments."""

    month: str
    halls: int
    events: int
    bytes_before: int
    bytes_after: int


def archive_closed(url_admin: str, before_month: str) -> tuple[ArchivedMonth, ...]:
    """Archive all months before `before_month` (`2026-11`), oldest first, each in its own transaction.

    UserFacingError `store.broken` when a stretch is not whole or its root does not prove it (that month and
    later ones stay as they are), `store.busy` when the hub does not let go of the partition; `CentreAway`.
    """
    done = []
    with as_owner(url_admin) as connection:
        months = sorted(month for month in _partitions(connection) if month < before_month)
    for month in months:
        with as_owner(url_admin) as connection:
            if month in _partitions(connection):
                done.append(_archive(connection, month, _partitions(connection)[month]))
    return tuple(done)


def _partitions(connection: Connection) -> dict[str, str]:
    """Partitions of the events by month."""
    names = connection.exec_driver_sql(_MONTHS).scalars()
    return {f"{found[1]}-{found[2]}": found[0] for name in names if (found := _PARTITION.fullmatch(name))}


def _archive(connection: Connection, month: str, table: str) -> ArchivedMonth:
    connection.exec_driver_sql("SET LOCAL lock_timeout = '5s'")
    # writers of this month, if a clock is behind, wait or come before; readers of other months go on
    connection.exec_driver_sql(f"LOCK TABLE {table} IN SHARE ROW EXCLUSIVE MODE")
    stretches = connection.exec_driver_sql(_STRETCHES.format(table=table)).all()
    if sum(row[3] for row in stretches) != _rows(connection, table):
        raise _not_whole("", month)
    before = after = 0
    for hall, first, last, count in stretches:
        if last - first + 1 != count:
            raise _not_whole(hall, month)
        for segment, size in _segments(connection, table, hall, first):
            _keep(connection, hall, month, segment, size[0])
            before += size[1]
            after += len(segment.packed)
    connection.exec_driver_sql(f"ALTER TABLE events DETACH PARTITION {table}")
    connection.exec_driver_sql(f"DROP TABLE {table}")
    return ArchivedMonth(month, len(stretches), sum(row[3] for row in stretches), before, after)


def _rows(connection: Connection, table: str) -> int:
    """How many there are; an error where row security would hide one from us, as it must never here."""
    connection.exec_driver_sql("SET LOCAL row_security = off")
    count: int = connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one()
    connection.exec_driver_sql("SET LOCAL row_security = on")
    return count


def _segments(
    connection: Connection, table: str, hall: str, first: int
) -> Iterator[tuple[Segment, tuple[int, int]]]:
    """A hall's stretch packed, with (events, bytes) of each segment."""
    found = connection.exec_driver_sql(_BEFORE, {"hall": hall, "place": first - 1}).scalar()
    root: bytes = bytes.fromhex(NO_ROOT) if first == 1 else bytes(found or b"")
    query = _EVENTS.format(table=table, most=EVENTS_A_SEGMENT)
    while rows := connection.exec_driver_sql(query, {"hall": hall, "first": first}).all():
        segment = pack(first, root, [(at, bytes(data)) for _, at, _, data in rows])
        if segment.root != bytes(rows[-1][2]):
            raise _not_whole(hall, rows[0][1][:7])
        yield segment, (len(rows), sum(len(row[3]) for row in rows))
        first, root = rows[-1][0] + 1, segment.root


def _keep(connection: Connection, hall: str, month: str, segment: Segment, events: int) -> None:
    """Write a segment, and read it back before anything is dropped."""
    values: dict[str, Any] = {"hall": hall, "month": month, "first": segment.first}
    values |= {"last": segment.first + events - 1, "root": segment.root}
    values |= {"digest": segment.digest, "packed": segment.packed}
    connection.exec_driver_sql(_KEEP, values)
    row = connection.exec_driver_sql(_READ_BACK, {"hall": hall, "first": segment.first}).one()
    if sum(1 for _ in unpack(Segment(*row))) != events:
        raise _not_whole(hall, month)


def _not_whole(hall: str, month: str) -> UserFacingError:
    return UserFacingError(
        "store.broken",
        "The events of hall {hall} in {month} are not whole: their running root does not prove them.",
        kept="The month was not archived; nothing was dropped.",
        remedy="Restore a backup of the database.",
        hall=hall,
        month=month,
    )
