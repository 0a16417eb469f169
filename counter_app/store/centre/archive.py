"""Segments: stretches of a hall's order, packed whole, that prove themselves by the running root.

A segment holds exactly the events from `first` to `last`, and no private parts: those stay in rows of their
own, so that erasing one is one row for ever. What is packed: a msgpack pair of the root before the first
event and the (time, canonical bytes) of each, under zlib. Not here: when a month is packed and its partition
dropped (`postgres_archive.py`).
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final

import msgspec
from sqlalchemy import Connection

from counter_app.domain.journal import read
from counter_app.errors import UserFacingError
from counter_app.store.query import Cursor

EVENTS_A_SEGMENT: Final = 500
_PAIR: Final = msgspec.msgpack.Decoder(tuple[bytes, list[tuple[str, bytes]]])
_OF_PLACES: Final = (
    "SELECT s.first, s.root, s.digest, s.packed FROM segments AS s WHERE s.hall = %(hall)s AND EXISTS ("
    "SELECT FROM unnest(%(places)b::int8[]) AS p(place) WHERE p.place BETWEEN s.first AND s.last"
    ") ORDER BY s.first"
)
_ALL: Final = "SELECT hall, first, root, digest, packed, month FROM segments ORDER BY hall, first"
_LAY_BACK: Final = (
    "INSERT INTO events (hall, hall_seq, device, epoch, seq, type, at, hash, root, data) VALUES "
    "(%(hall)s, %(place)s, %(device)s, %(epoch)s, %(seq)s, %(type)s, %(at)s, %(hash)s, %(root)s, %(data)s)"
)


@dataclass(frozen=True, slots=True)
class Packed:
    """One event out of a segment."""

    place: int
    at: str
    root: bytes
    data: bytes


@dataclass(frozen=True, slots=True)
class Segment:
    """A segment as its row holds it."""

    first: int
    root: bytes
    digest: bytes
    packed: bytes


def pack(first: int, before: bytes, events: Sequence[tuple[str, bytes]]) -> Segment:
    """Pack (time, canonical bytes) of the events from `first` on; `before` is the root before them."""
    packed = zlib.compress(msgspec.msgpack.encode((before, list(events))), 6)
    root = before
    for _, data in events:
        root = _next(root, data)
    return Segment(first, root, sha256(packed).digest(), packed)


def unpack(segment: Segment) -> Iterator[Packed]:
    """The events again, each with its root. UserFacingError `store.broken` when the segment is not what was
    packed; only the whole of it is proven."""
    if sha256(segment.packed).digest() != segment.digest:
        raise _broken()
    try:
        before, events = _PAIR.decode(zlib.decompress(segment.packed))
    except (zlib.error, msgspec.DecodeError) as error:
        raise _broken() from error
    root, found = before, []
    for place, (at, data) in enumerate(events, segment.first):
        root = _next(root, data)
        found.append(Packed(place, at, root, data))
    if root != segment.root:
        raise _broken()
    return iter(found)


def archived(cursor: Cursor, hall: str, places: Iterable[int]) -> list[tuple[Any, ...]]:
    """Rows (place, device, epoch, seq, type, data) of those places that lie in segments, in order."""
    wanted = set(places)
    cursor.execute(_OF_PLACES, {"hall": hall, "places": sorted(wanted)})
    return [
        (entry.place, *_named(entry.data), entry.data)
        for row in cursor.fetchall()
        for entry in unpack(Segment(*row))
        if entry.place in wanted
    ]


def unpack_all(connection: Connection) -> None:
    """Lay every segment back into its month's partition (down from step 002)."""
    connection.exec_driver_sql("ALTER TABLE events DISABLE TRIGGER keep_places")
    for hall, first, root, digest, packed, month in connection.exec_driver_sql(_ALL).all():
        connection.exec_driver_sql("SELECT need_month(%(month)s)", {"month": month})
        for entry in unpack(Segment(first, root, digest, packed)):
            device, epoch, seq, type = _named(entry.data)
            values = {"hall": hall, "place": entry.place, "device": device, "epoch": epoch, "seq": seq}
            values |= {"type": type, "at": entry.at, "hash": sha256(entry.data).digest()}
            connection.exec_driver_sql(_LAY_BACK, {**values, "root": entry.root, "data": entry.data})
    connection.exec_driver_sql("ALTER TABLE events ENABLE TRIGGER keep_places")


def _next(root: bytes, data: bytes) -> bytes:
    return sha256(root + sha256(data).digest()).digest()


def _named(data: bytes) -> tuple[str, int, int, str]:
    event = read(data)
    return event.device, event.epoch, event.seq, event.type


def _broken() -> UserFacingError:
    return UserFacingError(
        "store.broken",
        "A segment of the archive is damaged.",
        kept="Nothing was changed.",
        remedy="Restore a backup of the database.",
    )
