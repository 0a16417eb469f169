"""`store check`: walk every chain, the hall's order, the private parts and every saved fold, and name the
first broken entry.

Where a snapshot began, entries may be missing; from there on none. Nothing is mended here: a store that fails
is evidence.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from counter_app.domain.centre.order import NO_ROOT, next_root
from counter_app.domain.journal import GENESIS, Recorded, part_digest, read
from counter_app.domain.publication import RowsPublished
from counter_app.store.due_counts import COUNTED, KEPT
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
    key: str | None
    hash: str


@dataclass
class _Head:
    """Where a chain has come to. Up to `base` entries may be missing; what follows joins on to it."""

    seq: int = 0
    hash: str = GENESIS
    base: int = 0
    base_hash: str = ""

    def leap(self) -> None:
        """On to the base: what lies between is not kept here."""
        if self.seq < self.base:
            self.seq, self.hash = self.base, self.base_hash


def check(cursor: Cursor, reader: SqliteReader, projections: tuple[Projection[Any], ...]) -> CheckReport:
    """Verify the file's own pages, the journal and the rows; stops at the first broken entry."""
    cursor.execute("SELECT device, epoch, base, base_hash FROM heads WHERE base > 0")
    heads = {(row[0], row[1]): _Head(base=row[2], base_hash=row[3]) for row in cursor.fetchall()}
    count = 0
    for problem in _pages(cursor):
        return CheckReport(0, 0, problem)
    for problem in _journal(cursor, heads, reader.device):
        if problem:
            return CheckReport(count, 0, problem)
        count += 1
    parts = (
        _heads(cursor, heads),
        _order(cursor),
        _subjects(cursor),
        _published(cursor, reader.device),
        _aside(cursor),
    )
    for problem in (found for part in parts for found in part):
        return CheckReport(count, 0, problem)
    rows = 0
    for projection in projections:
        for problem in _rows(cursor, reader, projection):
            if problem:
                return CheckReport(count, rows, problem)
            rows += 1
    for problem in _counts(cursor, projections):
        return CheckReport(count, rows, problem)
    return CheckReport(count, rows, "")


def _pages(cursor: Cursor) -> Iterator[str]:
    cursor.execute("PRAGMA cipher_integrity_check")
    for (text,) in cursor.fetchall():
        yield f"file: {text}"


def _journal(cursor: Cursor, heads: dict[tuple[str, int], _Head], own: str) -> Iterator[str]:
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
            # the column answers for own commands only; what others did stands in the sealed bytes alone
            stated = _Stated(device, epoch, seq, (key or "") if device == own else None, hashed.hex())
            yield _event(cursor, row_id, stated, data, head, name)
            last = row_id


def _event(cursor: Cursor, row_id: int, stated: _Stated, data: bytes, head: _Head, name: str) -> str:
    try:
        event = read(data)
    except ValueError as error:
        return f"{name}: {error}"
    if event.hash != stated.hash:
        return f"{name}: its bytes were altered"
    key = event.key if stated.key is None else stated.key
    if (event.device, event.epoch, event.seq, event.key) != (stated.device, stated.epoch, stated.seq, key):
        return f"{name}: the row says something else than the sealed bytes"
    if event.seq > head.base:
        head.leap()
    follows = event.seq == head.seq + 1
    if not follows and (event.seq > head.base or event.seq <= head.seq):
        return f"{name}: follows {head.seq}, entries are missing or doubled"
    if follows and event.prev != head.hash:
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
        head.leap()
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


def _order(cursor: Cursor) -> Iterator[str]:
    """From where a snapshot began the hall's order has no gaps here, and comes to the root agreed with the
    centre; own events have their places in the order they were written."""
    cursor.execute("SELECT base, base_root, pulled, root FROM sync")
    base, root, pulled, agreed = cursor.fetchone() or (0, NO_ROOT, 0, NO_ROOT)
    cursor.execute("SELECT hall_seq, hash FROM events WHERE hall_seq > ? ORDER BY hall_seq", (base,))
    place = base
    for hall_seq, hashed in cursor.fetchall():
        place += 1
        if hall_seq != place:
            yield f"the hall's order: {place} is missing or doubled"
            return
        root = next_root(root, hashed.hex())
    if pulled and (place, root) != (pulled, agreed):
        yield f"the hall's order: it ends at {place}, and not as agreed with the centre at {pulled}"
    cursor.execute(
        "SELECT e.device, e.epoch, e.seq FROM events e JOIN heads h ON h.device = e.device "
        "AND h.epoch = e.epoch WHERE (e.hall_seq IS NULL) <> (e.seq > h.confirmed) LIMIT 1"
    )
    for device, epoch, seq in cursor.fetchall():
        yield f"event {device}.{epoch}.{seq}: its place in the hall's order is missing or made up"


def _published(cursor: Cursor, own: str) -> Iterator[str]:
    """What is in force, or once was, must be what the journal says was published: by the centre, or by this
    machine for itself. Rows of own publications do not come back to a restored disk."""
    cursor.execute("SELECT kind, key, version, body, event FROM published")
    kept = {
        (event, kind, key): (sha256(body).hexdigest() if body is not None else "", version)
        for kind, key, version, body, event in cursor.fetchall()
    }
    with_rows = {event for event, _, _ in kept}
    sealed: dict[tuple[int, str, str], tuple[str, int]] = {}
    cursor.execute(
        "SELECT e.id, e.device, e.hall_seq, e.data FROM subjects s JOIN events e ON e.id = s.event "
        "WHERE s.subject >= 'published:' AND s.subject < 'published;' "
        "AND e.device IN (?, (SELECT centre FROM sync)) ORDER BY e.id",
        (own,),
    )
    for id, device, hall_seq, data in cursor.fetchall():
        fact = read(data).fact
        if not isinstance(fact, RowsPublished):
            continue
        if device == own and hall_seq is not None and id not in with_rows:
            continue
        digests = dict(zip(fact.changed, fact.digests, strict=False))
        for key in (*fact.changed, *fact.withdrawn):
            sealed[id, fact.kind, key] = (digests.get(key, ""), fact.version_no)
    for entry in sorted(sealed.keys() | kept.keys()):
        stated, found = sealed.get(entry), kept.get(entry)
        if stated is None or found is None or stated[0] != found[0]:
            version = (found or stated or ("", 0))[1]
            yield f"published {entry[1]} {entry[2]}: version {version} is not what was published"


def _aside(cursor: Cursor) -> Iterator[str]:
    """The evidence of lost branches is what was recorded."""
    cursor.execute("SELECT epoch, seq, hash, data FROM forked")
    for epoch, seq, hashed, data in cursor.fetchall():
        if sha256(data).digest() != hashed:
            yield f"set aside {epoch}.{seq}: its bytes were altered"


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


def _counts(cursor: Cursor, projections: tuple[Projection[Any], ...]) -> Iterator[str]:
    """The late board's roll-up is what its tables come to."""
    if not any(projection.counted for projection in projections):
        return
    cursor.execute(COUNTED)
    counted = set(cursor.fetchall())
    cursor.execute(KEPT)
    for department, step, _, due, _ in sorted(counted ^ set(cursor.fetchall())):
        yield f"due_counts {due} {department} {step}: not what is due on that day"
