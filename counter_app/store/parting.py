"""Parting from a lost branch: what was recorded here but cannot stand goes into the evidence and is entered
anew in the next epoch (design: fork, restored or cloned disk).

An act entered anew keeps who acted, when, and its command key; it names the event it comes from. Ids the lost
branch began (`device.epoch.seq`) are replaced wherever they stand as a word of their own. What the standing
branch recorded under the same key and place in its command is the same act and is not entered twice.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

import msgspec

from counter_app.domain.centre.facts import EpochOpened
from counter_app.domain.journal import GENESIS, Actor, Envelope, Recorded, entered_anew, part_digest, read
from counter_app.domain.paper.jobs import JOBS, PrintQueued
from counter_app.errors import UserFacingError
from counter_app.store.query import Cursor
from counter_app.store.reader import Shared
from counter_app.store.runs import pass_over_leased
from counter_app.store.transaction import INSERT_PART, OWN_HEAD, SALT_BYTES, SqliteTransaction
from counter_app.use_cases.ports.sync import Also, Parting

KEEPER: Final = Actor("keeper")
MOST_JOBS: Final = 1000
INSERT_FORKED = "INSERT INTO forked (epoch, seq, key, hash, data, parts, cause) VALUES (?, ?, ?, ?, ?, ?, ?)"
WAITING = "SELECT id, epoch, seq, hash, data, parts FROM forked WHERE entered IS NULL"
_AROUND: Final = r"[\s\"':/|@,;]"

Part = tuple[str, bytes | None, bytes | None]
_PARTS: Final = msgspec.msgpack.Decoder(list[Part])


def part_ways(cursor: Cursor, shared: Shared, now: datetime, where: Parting) -> int:
    """See `Journal.part_ways`."""
    cursor.execute(OWN_HEAD, (shared.device,))
    epoch, _, _, hlc = cursor.fetchone() or (1, 0, GENESIS, 0)
    if epoch >= where.new_epoch:
        return 0
    subjects, aside = _set_aside(cursor, shared.device, epoch, where)
    _truncate(cursor, shared.device, epoch, where.keep)
    cursor.execute(
        "INSERT INTO heads (device, epoch, seq, hash, hlc, own) VALUES (?, ?, 0, ?, ?, 1)",
        (shared.device, where.new_epoch, GENESIS, hlc),
    )
    cursor.execute("UPDATE sync SET acked = 0")
    transaction = _Parting(cursor, shared, now, KEEPER, "")
    transaction.fold_anew(subjects)
    transaction.record(
        EpochOpened(
            device=shared.device,
            old_epoch=epoch,
            last_seq=where.last_seq,
            last_hash=where.last_hash,
            cause=where.cause,
            set_aside=aside,
        )
    )
    if JOBS.kind in shared.projections:
        transaction.ask_about_jobs(transaction.papers.unsettled(shared.device, MOST_JOBS))
    transaction.finish()
    pass_over_leased(cursor, shared)
    return aside


def enter_anew(cursor: Cursor, shared: Shared, now: datetime, limit: int, also: Also | None) -> int:
    """See `Journal.enter_anew`."""
    cursor.execute(WAITING + " ORDER BY id LIMIT ?", (limit,))
    rows = cursor.fetchall()
    if rows:
        entering = _Entering(cursor, shared, now, KEEPER, "")
        for row in [*rows, *_rest_of_jobs(cursor, rows)]:
            entering.enter(*row)
        if also is not None:
            also(entering, tuple(entering.recorded))
        entering.finish()
    cursor.execute("SELECT count(*) FROM forked WHERE entered IS NULL")
    return int((cursor.fetchone() or (0,))[0])


def _set_aside(cursor: Cursor, device: str, epoch: int, where: Parting) -> tuple[dict[str, None], int]:
    """Move own events beyond `keep` to the evidence; gives their subjects and how many there were."""
    cursor.execute(
        "SELECT id, seq, key, hash, data, hall_seq FROM events "
        "WHERE device = ? AND epoch = ? AND seq > ? ORDER BY seq",
        (device, epoch, where.keep),
    )
    rows = cursor.fetchall()
    subjects: dict[str, None] = {}
    for id, seq, key, hashed, data, hall_seq in rows:
        if hall_seq is not None:
            raise _stands(f"{device}.{epoch}.{seq}")
        cursor.execute("SELECT slot, salt, data FROM parts WHERE event = ?", (id,))
        parts = msgspec.msgpack.encode(cursor.fetchall())
        cursor.execute(INSERT_FORKED, (epoch, seq, key, hashed, data, parts, where.cause))
        about = read(data).subjects
        cursor.executemany(
            "DELETE FROM subjects WHERE subject = ? AND event = ?", [(name, id) for name in about]
        )
        cursor.execute("DELETE FROM parts WHERE event = ?", (id,))
        cursor.execute("DELETE FROM published WHERE event = ?", (id,))
        cursor.execute("DELETE FROM events WHERE id = ?", (id,))
        subjects.update(dict.fromkeys(about))
    return subjects, len(rows)


def _truncate(cursor: Cursor, device: str, epoch: int, keep: int) -> None:
    """The old chain is read from now on, as any other: from where both branches were one."""
    cursor.execute(
        "SELECT hash FROM events WHERE device = ? AND epoch = ? AND seq = ?", (device, epoch, keep)
    )
    row = cursor.fetchone()
    if keep and row is None:
        raise _stands(f"{device}.{epoch}.{keep}")
    cursor.execute(
        "UPDATE heads SET own = 0, seq = ?, hash = ? WHERE device = ? AND epoch = ?",
        (keep, row[0].hex() if row else GENESIS, device, epoch),
    )


class _Parting(SqliteTransaction):
    def fold_anew(self, subjects: dict[str, None]) -> None:
        """Fold what is left of these; what nothing is left of cannot be found any more."""
        self.serial("published")
        for subject in subjects:
            kind, _, id = subject.partition(":")
            self._refold(subject)
            if self._states.get((kind, id)) is None:
                self._cursor.execute("DELETE FROM tokens WHERE kind = ? AND ref = ?", (kind, id))


class _Entering(SqliteTransaction):
    """Records what was set aside, under the keys and at the times it was recorded first."""

    def __init__(self, cursor: Cursor, shared: Shared, now: datetime, actor: Actor, key: str) -> None:
        super().__init__(cursor, shared, now, actor, key)
        cursor.execute("SELECT epoch, seq, entered FROM forked WHERE entered > ''")
        self._new = {f"{self.device}.{epoch}.{seq}": entered for epoch, seq, entered in cursor.fetchall()}
        self._branch = 0

    def _read_branch(self, epoch: int) -> None:
        """An act names what its own branch began by that branch's epoch; the same id in an act of a later
        epoch is what the standing branch has there."""
        if epoch != self._branch:
            id = rf"{re.escape(self.device)}\.{epoch}\.\d+"
            self._text = re.compile(rf"(?:(?<={_AROUND})|^){id}(?={_AROUND}|$)")
            self._bytes = re.compile(self._text.pattern.encode())
            self._branch = epoch

    def enter(self, row: int, epoch: int, seq: int, hashed: bytes, data: bytes, packed_parts: bytes) -> None:
        raw: dict[str, Any] = msgspec.json.decode(data)
        self._read_branch(epoch)
        old = f"{self.device}.{epoch}.{seq}"
        entered = self._standing(raw)
        if entered is None:
            entered = self._new[old] = self.next_id
            self._record_again(raw, hashed.hex(), _PARTS.decode(packed_parts))
        self._new[old] = entered
        self._cursor.execute("UPDATE forked SET entered = ? WHERE id = ?", (entered, row))

    def _standing(self, raw: dict[str, Any]) -> str | None:
        """The id of the same act in the branch that stands; "" for what has no meaning there."""
        if raw["type"] == EpochOpened.__name__:
            return ""
        same = self.of_key(raw["key"]) if raw["key"] else ()
        return next((event.id for event in same if _same(event, raw)), None)

    def _record_again(self, raw: dict[str, Any], original: str, parts: list[Part]) -> None:
        salted: dict[str, tuple[bytes, bytes]] = {}
        erased = []
        digests = dict(raw["parts"])
        for slot, salt, data in parts:
            if salt is None or data is None:
                erased.append(slot)
                continue
            moved = self._moved_bytes(data)
            fresh = salt if moved == data else secrets.token_bytes(SALT_BYTES)
            salted[slot] = fresh, moved
            digests[slot] = part_digest(fresh, moved)
        self._hlc = max(int(self._now.timestamp() * 1000) << 16, self._hlc + 1)
        place = Envelope(
            hall=raw["hall"],
            device=self.device,
            epoch=self._epoch,
            seq=self._seq + 1,
            hlc=self._hlc,
            at=raw["at"],
            actor=Actor(raw["staff"], raw["place"]),
            key=raw["key"],
            n=raw["n"],
            prev=self._hash,
        )
        content = {
            **raw,
            "body": self._moved(raw["body"]),
            "subjects": self._moved(raw["subjects"]),
            "parts": digests,
        }
        sealed, _ = entered_anew(content, place, original)
        private = {slot: data for slot, (_, data) in salted.items()}
        self._append(read(sealed, private), sealed, salted)
        self._cursor.executemany(INSERT_PART, [(self._row, slot, None, None) for slot in erased])

    def _moved(self, value: Any) -> Any:
        """The value with ids of the lost branch replaced, however deep."""
        if isinstance(value, str):
            return self._text.sub(lambda found: self._new.get(found[0]) or found[0], value)
        if isinstance(value, list):
            return [self._moved(entry) for entry in value]
        if isinstance(value, dict):
            return {self._moved(key): self._moved(entry) for key, entry in value.items()}
        return value

    def _moved_bytes(self, data: bytes) -> bytes:
        """Likewise in a private part, where it is text; a photo stays as it is."""
        try:
            data.decode()
        except UnicodeDecodeError:
            return data
        return self._bytes.sub(
            lambda found: (self._new.get(found[0].decode()) or found[0].decode()).encode(), data
        )


def _same(event: Recorded, raw: dict[str, Any]) -> bool:
    return (event.n, event.type) == (raw["n"], raw["type"])


def _rest_of_jobs(cursor: Cursor, rows: Sequence[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """What else happened to the print jobs among `rows`: a job never stands as waiting that was printed."""
    found: dict[int, tuple[Any, ...]] = {}
    for row in rows:
        fact = read(row[4]).fact
        if isinstance(fact, PrintQueued):
            cursor.execute(
                WAITING + " AND id > ? AND instr(data, ?) ORDER BY id",
                (rows[-1][0], f'"{JOBS.subject(fact.job)}"'.encode()),
            )
            found.update({later[0]: later for later in cursor.fetchall()})
    return [found[id] for id in sorted(found)]


def _stands(name: str) -> UserFacingError:
    return UserFacingError(
        "sync.out-of-step",
        "This device and the centre do not agree on the hall's order at {place}.",
        kept="Nothing was taken in; what is recorded here stays.",
        remedy="Have both stores checked.",
        place=name,
    )
