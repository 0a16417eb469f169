"""An act under way: events appended to the chain, folds extended, all in one SQLite transaction.

Folds and change rows are written once at the end (or before a row query needs them), so a command
that writes several events touches each row once.
"""

from __future__ import annotations

import dataclasses
import secrets
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any, TypeVar

from counter_app.domain.intake.erasure_facts import PartyErased
from counter_app.domain.intake.parties import PARTIES
from counter_app.domain.journal import (
    GENESIS,
    Actor,
    Envelope,
    Fact,
    Recorded,
    part_digest,
)
from counter_app.domain.paper.jobs import Job, PrintEnded
from counter_app.domain.publication import RowsPublished
from counter_app.domain.streams import Published, Stream, subject_id
from counter_app.store import erasing
from counter_app.store.query import Cursor, Query
from counter_app.store.reader import PublishedCache, Shared, SqliteReader
from counter_app.use_cases.ports.printing import PrintEnd, Why

T = TypeVar("T")

INSERT_EVENT = "INSERT INTO events (device, epoch, seq, key, hash, data) VALUES (?, ?, ?, ?, ?, ?)"
INSERT_SUBJECT = "INSERT OR IGNORE INTO subjects (subject, event) VALUES (?, ?)"
INSERT_PART = "INSERT INTO parts (event, slot, salt, data) VALUES (?, ?, ?, ?)"
INSERT_CHANGE = "INSERT INTO changes (kind, subject) VALUES (?, ?)"
OWN_HEAD = "SELECT epoch, seq, hash, hlc FROM heads WHERE device = ? AND own = 1"
SET_HEAD = (
    "INSERT INTO heads (device, epoch, seq, hash, hlc, own) VALUES (?, ?, ?, ?, ?, 1) "
    "ON CONFLICT (device, epoch) DO UPDATE SET seq = excluded.seq, hash = excluded.hash, hlc = excluded.hlc"
)
INSERT_PUBLISHED = "INSERT INTO published (kind, key, version, body, event, hall) VALUES (?, ?, ?, ?, ?, ?)"
NEXT_SERIAL = (
    "INSERT INTO serials (name, value) VALUES (?, 1) "
    "ON CONFLICT (name) DO UPDATE SET value = value + 1 RETURNING value"
)
SALT_BYTES = 16


class SqliteTransaction(SqliteReader):
    """`Transaction`: valid inside one `SqliteStore.act`."""

    def __init__(self, cursor: Cursor, shared: Shared, now: datetime, actor: Actor, key: str) -> None:
        super().__init__(cursor, shared, now)
        self._actor = actor
        self._key = key
        cursor.execute(OWN_HEAD, (shared.device,))
        self._epoch, self._seq, self._hash, self._hlc = cursor.fetchone() or (1, 0, GENESIS, 0)
        self._row: int | None = None  # the journal's row of the event recorded last
        self.recorded: list[Recorded] = []
        self._states: dict[tuple[str, str], Any] = {}
        self._saved: dict[tuple[str, str], Any] = {}  # what each row holds now, by what was read or written
        self._dirty: dict[tuple[str, str], None] = {}
        self._changes: dict[tuple[str, str], None] = {}

    @property
    def next_id(self) -> str:
        return f"{self.device}.{self._epoch}.{self._seq + 1}"

    def record(self, fact: Fact, *, private: Mapping[str, bytes] | None = None) -> Recorded:
        salted = {slot: (secrets.token_bytes(SALT_BYTES), data) for slot, data in (private or {}).items()}
        digests = {slot: part_digest(salt, data) for slot, (salt, data) in salted.items()}
        self._hlc = max(int(self._now.timestamp() * 1000) << 16, self._hlc + 1)
        envelope = Envelope(
            hall=self._shared.hall,
            device=self.device,
            epoch=self._epoch,
            seq=self._seq + 1,
            hlc=self._hlc,
            at=self._now.isoformat(timespec="milliseconds"),
            actor=self._actor,
            key=self._key,
            n=len(self.recorded),
            prev=self._hash,
        )
        data, hashed = envelope.seal(fact, digests)
        event = _as_recorded(envelope, fact, digests, hashed, private or {}, self._now)
        self._append(event, data, salted)
        return event

    def _append(self, event: Recorded, data: bytes, salted: Mapping[str, tuple[bytes, bytes]]) -> None:
        """Put the next event of the own chain into the journal and the folds."""
        self._cursor.execute(
            INSERT_EVENT,
            (self.device, event.epoch, event.seq, event.key or None, bytes.fromhex(event.hash), data),
        )
        self._row = self._cursor.lastrowid
        for subject in event.subjects:
            self._cursor.execute(INSERT_SUBJECT, (subject, self._row))
        for slot, (salt, content) in salted.items():
            self._cursor.execute(INSERT_PART, (self._row, slot, salt, content))
        self._seq, self._hash = event.seq, event.hash
        self.recorded.append(event)
        self._extend(event)

    def _extend(self, event: Recorded) -> None:
        for subject in event.subjects:
            kind = subject.partition(":")[0]
            self._changes[kind, subject] = None
            projection = self._shared.projections.get(kind)
            if projection is None:
                continue
            id = subject_id(subject)
            state = projection.stream.fold(self.get(projection.stream, id), event)
            if state is not None:
                self._states[kind, id] = state
                self._dirty[kind, id] = None

    def get(self, stream: Stream[T], id: str) -> T | None:
        key = (stream.kind, id)
        if key not in self._states:
            self._states[key] = self._saved[key] = super().get(stream, id)
        state: T | None = self._states[key]
        return state

    def _query(self) -> Query:
        self.flush()
        return Query(self._cursor)

    def flush(self) -> None:
        """Write the rows of all folds that changed; a subject that lost all its events loses its row."""
        fresh: dict[str, list[tuple[Any, ...]]] = {}
        for kind, id in self._dirty:
            projection = self._shared.projections[kind]
            old, new = self._saved[kind, id], self._states[kind, id]
            if old is None and new is not None:
                fresh.setdefault(kind, []).append(projection.row(id, new))
            elif new is not None:
                self._cursor.execute(*projection.update(id, old, new))
            elif old is not None:
                self._cursor.execute(projection.delete_sql, (id,))
            self._saved[kind, id] = new
        self._dirty.clear()
        for kind, rows in fresh.items():
            self._cursor.executemany(self._shared.projections[kind].insert_sql, rows)

    def _refold(self, subject: str) -> None:
        """Fold a subject from its first event: something was sorted in before its end, or taken out."""
        kind = subject.partition(":")[0]
        projection = self._shared.projections.get(kind)
        self._changes[kind, subject] = None
        if projection is None:
            return
        id = subject_id(subject)
        self.get(projection.stream, id)
        self._states[kind, id] = projection.stream.replay(self.history(subject))
        self._dirty[kind, id] = None

    def ask_about_jobs(self, jobs: Iterable[Job]) -> None:
        """Jobs of this device that wait from before this epoch may have been printed by the lost branch:
        nobody knows, so a person is asked, and none is printed by itself (mission: M1)."""
        for job in jobs:
            epoch = int(job.id.rsplit(".", 2)[1])
            if job.state == "queued" and job.device == self.device and epoch < self._epoch:
                self.record(
                    PrintEnded(job=job.id, state=PrintEnd.SENT_UNCONFIRMED.value, why=Why.STOPPED.value)
                )

    def finish(self) -> None:
        """The last writes of the act: folds, change rows, the head of the chain."""
        self.flush()
        for change in self._changes:
            self._cursor.execute(INSERT_CHANGE, change)
        if self.recorded:
            self._cursor.execute(SET_HEAD, (self.device, self._epoch, self._seq, self._hash, self._hlc))

    def head(self) -> tuple[int, str]:
        return self._seq, self._hash

    def serial(self, name: str) -> int:
        self._cursor.execute(NEXT_SERIAL, (name,))
        row = self._cursor.fetchone()
        self._cursor.fetchall()
        return int(row[0]) if row else 0

    def publish(self, kind: Published[T], rows: Mapping[str, T], *, replace: bool = False) -> None:
        # what is published here may still be rolled back: from now on this act has a cache of its own
        self._shared = dataclasses.replace(self._shared, cache=PublishedCache())
        stamp = self.serial("published")
        old = self.published(kind)
        changed = {key: kind.encode(row) for key, row in rows.items() if old.get(key) != row}
        withdrawn = tuple(sorted(set(old) - set(rows))) if replace else ()
        self._changes["published", kind.kind] = None
        self._shared.cache.stamp = -1
        if not changed and not withdrawn:
            return
        self.record(
            RowsPublished(
                kind=kind.kind,
                changed=tuple(sorted(changed)),
                withdrawn=withdrawn,
                version_no=stamp,
                digests=tuple(sha256(changed[key]).hexdigest() for key in sorted(changed)),
            )
        )
        bodies = (*changed.items(), *((key, None) for key in withdrawn))
        self._cursor.executemany(
            INSERT_PUBLISHED, [(kind.kind, key, stamp, body, self._row, 0) for key, body in bodies]
        )

    def keep_note(self, key: str, value: bytes | None) -> None:
        self._changes["note", key] = None
        if value is None:
            self._cursor.execute("DELETE FROM notes WHERE key = ?", (key,))
            return
        self._cursor.execute(
            "INSERT INTO notes (key, value) VALUES (?, ?) "
            "ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            (key, value),
        )

    def index(self, kind: str, id: str, tokens: Sequence[str]) -> None:
        self._cursor.execute("SELECT min(rank) FROM tokens WHERE kind = ? AND ref = ?", (kind, id))
        row = self._cursor.fetchone()
        rank = self._rank() if row is None or row[0] is None else row[0]
        self._cursor.execute("DELETE FROM tokens WHERE kind = ? AND ref = ?", (kind, id))
        self._cursor.executemany(
            "INSERT OR IGNORE INTO tokens (token, rank, kind, ref) VALUES (?, ?, ?, ?)",
            [(token, rank, kind, id) for token in tokens],
        )

    def erase(self, erased: PartyErased) -> int:
        """See `Transaction.erase`."""
        self.flush()
        emptied = 0
        subjects = dict.fromkeys(PARTIES.subject(party) for party in erased.parties)
        for id, slot in erased.parts:
            event = self.event(id)
            if event is not None:
                emptied += erasing.empty_part(self._cursor, event, slot)
                subjects.update(dict.fromkeys(event.subjects))
        names = erasing.names_of(self._cursor, erased.parties)
        for subject in subjects:
            self._refold(subject)
        self.flush()
        erasing.forget_tokens(self._cursor, (*erased.cases, *erased.others), names)
        erasing.need_rewrite(self._cursor)
        return emptied

    def _rank(self) -> int:
        """Newest first without a sort: minus the journal's length when the subject was first indexed."""
        self._cursor.execute("SELECT max(id) FROM events")
        row = self._cursor.fetchone()
        return -int(row[0] or 0) if row else 0


def _as_recorded(
    envelope: Envelope,
    fact: Fact,
    digests: Mapping[str, str],
    hashed: str,
    private: Mapping[str, bytes],
    now: datetime,
) -> Recorded:
    return Recorded(
        device=envelope.device,
        epoch=envelope.epoch,
        seq=envelope.seq,
        type=type(fact).__name__,
        version=fact.version,
        hlc=envelope.hlc,
        at=now,
        actor=envelope.actor,
        key=envelope.key,
        n=envelope.n,
        subjects=fact.subjects,
        fact=fact,
        parts=digests,
        prev=envelope.prev,
        hash=hashed,
        private=private,
    )
