"""`store check`: walk the chain, the private parts and every saved fold, and name the first broken entry.

Nothing is mended here: a store that fails is evidence.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from counter_app.domain.journal import GENESIS, Recorded, part_digest, read
from counter_app.domain.publication import RowsPublished
from counter_app.store.projections import Projection
from counter_app.store.query import Cursor
from counter_app.store.reader import SqliteReader
from counter_app.use_cases.ports.integrity import CheckReport


@dataclass(frozen=True, slots=True)
class _Stated:
    """What the row says beside the sealed bytes."""

    device: str
    epoch: int
    seq: int
    key: str
    hash: str


@dataclass
class _Head:
    seq: int = 0
    hash: str = GENESIS


def check(cursor: Cursor, reader: SqliteReader, projections: tuple[Projection[Any], ...]) -> CheckReport:
    """Verify the file's own pages, the journal and the rows; stops at the first broken entry."""
    heads: dict[tuple[str, int], _Head] = {}
    count = 0
    for problem in _pages(cursor):
        return CheckReport(0, 0, problem)
    for problem in _journal(cursor, heads):
        if problem:
            return CheckReport(count, 0, problem)
        count += 1
    for problem in (*_heads(cursor, heads), *_subjects(cursor), *_published(cursor)):
        return CheckReport(count, 0, problem)
    rows = 0
    for projection in projections:
        for problem in _rows(cursor, reader, projection):
            if problem:
                return CheckReport(count, rows, problem)
            rows += 1
    return CheckReport(count, rows, "")


def _pages(cursor: Cursor) -> Iterator[str]:
    cursor.execute("PRAGMA cipher_integrity_check")
    for (text,) in cursor.fetchall():
        yield f"file: {text}"


def _journal(cursor: Cursor, heads: dict[tuple[str, int], _Head]) -> Iterator[str]:
    """One entry per event: empty when sound, else what is wrong with it."""
    last = 0
    while True:
        cursor.execute(
            "SELECT id, device, epoch, seq, key, hash, data FROM events WHERE id > ? ORDER BY id LIMIT 1000",
            (last,),
        )
        rows = cursor.fetchall()
        if not rows:
            return
        for row_id, device, epoch, seq, key, hashed, data in rows:
            name = f"event {device}.{epoch}.{seq}"
            head = heads.setdefault((device, epoch), _Head())
            stated = _Stated(device, epoch, seq, key or "", hashed.hex())
            yield _event(cursor, row_id, stated, data, head, name)
            last = row_id


def _event(cursor: Cursor, row_id: int, stated: _Stated, data: bytes, head: _Head, name: str) -> str:
    try:
        event = read(data)
    except ValueError as error:
        return f"{name}: {error}"
    if event.hash != stated.hash:
        return f"{name}: its bytes were altered"
    if (event.device, event.epoch, event.seq, event.key) != (
        stated.device,
        stated.epoch,
        stated.seq,
        stated.key,
    ):
        return f"{name}: the row says something else than the sealed bytes"
    if event.seq != head.seq + 1:
        return f"{name}: follows {head.seq}, entries are missing or doubled"
    if event.prev != head.hash:
        return f"{name}: does not continue the chain; it or the entry before it was altered"
    head.seq, head.hash = event.seq, event.hash
    return _parts(cursor, row_id, event, name)


def _parts(cursor: Cursor, row_id: int, event: Recorded, name: str) -> str:
    cursor.execute("SELECT slot, salt, data FROM parts WHERE event = ?", (row_id,))
    kept = {slot: (salt, data) for slot, salt, data in cursor.fetchall()}
    for slot, stated in event.parts.items():
        salt, data = kept.get(slot, (None, None))
        if data is None:
            continue  # erased, or not for this device: the digest stands in for it
        if salt is None or part_digest(salt, data) != stated:
            return f"{name}: its private part {slot} was altered"
    return ""


def _heads(cursor: Cursor, heads: dict[tuple[str, int], _Head]) -> Iterator[str]:
    cursor.execute("SELECT device, epoch, seq, hash FROM heads")
    stated = {(device, epoch): (seq, hashed) for device, epoch, seq, hashed in cursor.fetchall()}
    for chain in sorted(stated.keys() | heads.keys()):
        head = heads.get(chain, _Head())
        if stated.get(chain) != (head.seq, head.hash):
            seq = stated.get(chain, (0, ""))[0]
            yield f"chain {chain[0]}.{chain[1]}: the head says {seq}, the journal ends at {head.seq}"


def _subjects(cursor: Cursor) -> Iterator[str]:
    """The subject index must hold exactly what the sealed bytes say."""
    cursor.execute("SELECT id, data FROM events ORDER BY id")
    sealed = {(subject, row_id) for row_id, data in cursor.fetchall() for subject in read(data).subjects}
    cursor.execute("SELECT subject, event FROM subjects")
    for subject, row_id in sorted(sealed ^ set(cursor.fetchall())):
        yield f"subject {subject}: its index entry for event row {row_id} is missing or made up"


def _published(cursor: Cursor) -> Iterator[str]:
    """What is in force, or once was, must be what the journal says was published."""
    cursor.execute(
        "SELECT e.data FROM subjects s JOIN events e ON e.id = s.event "
        "WHERE s.subject >= 'published:' AND s.subject < 'published;' ORDER BY e.id"
    )
    sealed: dict[tuple[str, str, int], str] = {}
    for (data,) in cursor.fetchall():
        fact = read(data).fact
        if isinstance(fact, RowsPublished):
            digests = dict(zip(fact.changed, fact.digests, strict=False))
            keys = (*fact.changed, *fact.withdrawn)
            sealed.update({(fact.kind, key, fact.version_no): digests.get(key, "") for key in keys})
    cursor.execute("SELECT kind, key, version, body FROM published")
    kept = {
        (kind, key, version): sha256(body).hexdigest() if body is not None else ""
        for kind, key, version, body in cursor.fetchall()
    }
    for kind, key, version in sorted(sealed.keys() | kept.keys()):
        if sealed.get((kind, key, version)) != kept.get((kind, key, version)):
            yield f"published {kind} {key}: version {version} is not what was published"


def _rows(cursor: Cursor, reader: SqliteReader, projection: Projection[Any]) -> Iterator[str]:
    """One entry per subject with events or a row: empty when the row equals the fold."""
    stream, table = projection.stream, projection.table.name
    cursor.execute(
        "SELECT DISTINCT subject FROM subjects WHERE subject >= ? AND subject < ?",
        (f"{stream.kind}:", f"{stream.kind};"),
    )
    expected = {subject.partition(":")[2] for (subject,) in cursor.fetchall()}
    cursor.execute(f"SELECT id FROM {table}")
    kept = {id for (id,) in cursor.fetchall()}
    names = ", ".join(("id", "fold", *projection.names))
    for id in sorted(expected | kept):
        state = stream.replay(reader.history(stream.subject(id)))
        cursor.execute(f"SELECT {names} FROM {table} WHERE id = ?", (id,))
        row = cursor.fetchone()
        should = None if state is None else projection.row(id, state)
        yield "" if row == should else f"{table} {id}: the row is not what its events come to"
