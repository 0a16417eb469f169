"""A decision under way: events get their places, folds are extended once each, all in one transaction.

Rows are gathered and written in bulk at the end, or before a query needs them. Not here: whether an event
may be taken in at all (`use_cases/centre/taking_in.py`).
"""

from __future__ import annotations

import dataclasses
import json
import os
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any, Final, TypeVar

from sqlalchemy import Table

from counter_app.domain.centre.facts import EpochOpened
from counter_app.domain.centre.order import RULE_VERSION
from counter_app.domain.journal import GENESIS, Actor, Envelope, Fact, Recorded, part_digest, read
from counter_app.domain.publication import RowsPublished
from counter_app.domain.streams import Stream
from counter_app.store.centre.folding import Folding
from counter_app.store.centre.order import Common
from counter_app.store.centre.reader import CoreReader
from counter_app.store.centre.tables import (
    batches,
    chains,
    devices,
    events,
    halls,
    invitations,
    keys,
    notes,
    parts,
    published,
    secrets,
    subjects,
)
from counter_app.store.query import Cursor
from counter_app.store.reader import PublishedCache
from counter_app.use_cases.ports.centre import RowBody, SealedPart
from counter_app.use_cases.ports.centre_store import DeviceRow, HallHead, Incoming, Invitation

T = TypeVar("T")
SALT_BYTES: Final = 16
_IN_BULK: Final = (events, subjects, parts, keys)
# a note: parts were emptied, and the file still holds their bytes (`CentreStore.rewrite`)
REWRITE: Final = "rewrite"
# queries over what is gathered: it is written before them
_OVER_ROWS: Final = frozenset(
    {"root", "at", "oldest", "chain", "chain_data", "after", "parts", "rows", "alive", "history", "of_kind"}
    | {"of_key", "place_of", "waiting", "fronts", "notes"}
)


class CoreTransaction(CoreReader):
    """`CentreTransaction`: valid inside one `deciding`."""

    def __init__(self, cursor: Cursor, common: Common, now: datetime) -> None:
        super().__init__(cursor, common, now)
        self._rows: dict[Table, list[tuple[Any, ...]]] = {table: [] for table in _IN_BULK}
        self._chains: dict[tuple[str, int], tuple[int, bytes]] = {}
        self._folding = Folding(common, super()._folds)
        self._new_notes: dict[str, bytes | None] = {}
        self._seen_notes: dict[str, bytes | None] = {}
        self._ns: Counter[str] = Counter()
        row = super()._all("hall")[0]
        self._place: int = row[1]
        self._root: bytes = row[2]
        last: str = row[3]
        self._hlc: int = row[4]
        self._rules: int = row[5]
        self._stamp: int = row[6]
        self._secrets: int = row[7]
        self._at = max(now.isoformat(timespec="milliseconds"), last)
        self._epoch = super()._all("newest_epoch", device=common.centre)[0][0] or 1
        self._changed = False

    def _all(self, name: str, **params: Any) -> list[tuple[Any, ...]]:
        if name in _OVER_ROWS:
            self._flush()
        return super()._all(name, **params)

    def _listed(self, name: str, wanted: list[Any], **params: Any) -> list[tuple[Any, ...]]:
        if name != "folds":
            self._flush()
        return super()._listed(name, wanted, **params)

    def _insert_gathered(self) -> None:
        for table, rows in self._rows.items():
            if rows:
                self._common.dialect.insert(self._cursor, table, rows)
                rows.clear()

    def _flush(self) -> None:
        dialect = self._common.dialect
        self._insert_gathered()
        self._folding.flush(self._cursor)
        if self._new_notes:
            kept = [(self.hall, key, value) for key, value in self._new_notes.items() if value is not None]
            gone = [(self.hall, key) for key, value in self._new_notes.items() if value is None]
            self._seen_notes |= self._new_notes
            self._new_notes.clear()
            if kept:
                dialect.replace(self._cursor, notes, kept)
            if gone:
                dialect.delete(self._cursor, notes, gone)

    def finish(self) -> None:
        """The last writes: folds, ends of chains, the head."""
        self._flush()
        if self._chains:
            rows = [
                (self.hall, device, epoch, seq, hashed)
                for (device, epoch), (seq, hashed) in self._chains.items()
            ]
            self._common.dialect.replace(self._cursor, chains, rows)
        if self._changed:
            self._upsert(
                halls,
                (
                    self.hall,
                    self.centre,
                    self._place,
                    self._root,
                    self._at,
                    self._hlc,
                    self._rules,
                    self._stamp,
                    self._secrets,
                ),
            )

    def _upsert(self, table: Table, values: tuple[Any, ...]) -> None:
        names = (column.name for column in table.columns)
        statement = self._common.sql.upsert(table)
        self._cursor.execute(statement.sql, {**statement.literals, **dict(zip(names, values, strict=True))})

    def adopt_rules(self) -> None:
        """From now on this program's rules decide."""
        self._rules = RULE_VERSION
        self._changed = True

    def head(self) -> HallHead:
        return HallHead(self._place, self._root.hex(), self._rules)

    def chain_end(self, device: str, epoch: int) -> tuple[int, str]:
        known = self._chains.get((device, epoch))
        return super().chain_end(device, epoch) if known is None else (known[0], known[1].hex())

    def get(self, stream: Stream[T], id: str) -> T | None:
        return self._folding.get(stream, id)

    def take_in(self, events: Sequence[Incoming]) -> int:
        self._folding.fetch(event.event.subjects for event in events)
        for incoming in events:
            self._place_next(incoming.event, incoming.data, incoming.parts)
        with self._common.dialect.meanwhile(self._cursor):  # a server stores while folds are made here
            self._insert_gathered()
            for incoming in events:
                self._folding.extend(incoming.event)
            self._folding.check()
        return self._place

    def _order(self, event: Recorded, data: bytes, sealed: tuple[SealedPart, ...] = ()) -> None:
        self._place_next(event, data, sealed)
        self._folding.extend(event)

    def _place_next(self, event: Recorded, data: bytes, sealed: tuple[SealedPart, ...]) -> None:
        """Give an event the next place; its chain ends with it."""
        hall, at = self._common.hall, self._at
        device, epoch, seq = event.device, event.epoch, event.seq
        hashed = bytes.fromhex(event.hash)
        self._place = place = self._place + 1
        self._root = sha256(self._root + hashed).digest()
        self._changed = True
        self._chains[device, epoch] = (seq, hashed)
        rows = self._rows
        rows[events].append(
            (hall, place, device, epoch, seq, event.type, at, hashed, self._root, data),
        )
        for subject in dict.fromkeys(event.subjects):
            rows[subjects].append((hall, subject, place, at))
        for part in sealed:
            under_key = self._common.seal.seal_part(part, device, epoch, seq)
            rows[parts].append((hall, place, part.slot, at, under_key))

    def record(
        self, fact: Fact, *, key: str = "", staff: str = "centre", private: Mapping[str, bytes] | None = None
    ) -> Recorded:
        parts = tuple(
            SealedPart(slot, os.urandom(SALT_BYTES), data) for slot, data in (private or {}).items()
        )
        digests = {part.slot: part_digest(part.salt or b"", part.data or b"") for part in parts}
        seq, prev = self.chain_end(self.centre, self._epoch)
        self._hlc = max(int(self._now.timestamp() * 1000) << 16, self._hlc + 1)
        envelope = Envelope(
            hall=self.hall,
            device=self.centre,
            epoch=self._epoch,
            seq=seq + 1,
            hlc=self._hlc,
            at=self._now.isoformat(timespec="milliseconds"),
            actor=Actor(staff),
            key=key,
            n=self._ns[key],
            prev=prev or GENESIS,
        )
        self._ns[key] += 1
        data, _ = envelope.seal(fact, digests)
        event = read(data, None, self._place + 1)
        self._order(event, data, parts)
        if key and event.n == 0:
            self._rows[keys].append((self.hall, self.centre, key, self._epoch, event.seq))
        return event

    def open_epoch(self, cause: str) -> int:
        seq, hashed = self.chain_end(self.centre, self._epoch)
        old, self._epoch = self._epoch, self._epoch + 1
        self.record(
            EpochOpened(device=self.centre, old_epoch=old, last_seq=seq, last_hash=hashed, cause=cause)
        )
        return self._epoch

    def publish(
        self, kind: str, rows: Mapping[str, bytes | None], *, replace: bool, staff: str, key: str
    ) -> None:
        # what is published here may still be rolled back: from now on this decision has a cache of its own
        self._common = dataclasses.replace(self._common, cache=PublishedCache())
        old = {name: bytes(body) for name, body in self._all("in_force", kind=kind)}
        changed = {
            name: body for name, body in sorted(rows.items()) if body is not None and old.get(name) != body
        }
        gone = {name for name, body in rows.items() if body is None} | (
            set(old) - set(rows) if replace else set()
        )
        withdrawn = tuple(sorted(gone & set(old)))
        if not changed and not withdrawn:
            return
        self._stamp += 1
        event = self.record(
            RowsPublished(
                kind=kind,
                changed=tuple(changed),
                withdrawn=withdrawn,
                version_no=self._stamp,
                digests=tuple(sha256(body).hexdigest() for body in changed.values()),
            ),
            key=key,
            staff=staff,
        )
        bodies: list[tuple[str, bytes | None]] = [*changed.items(), *((name, None) for name in withdrawn)]
        self._common.dialect.insert(
            self._cursor,
            published,
            [(self.hall, kind, name, self._stamp, event.hall_seq, body) for name, body in bodies],
        )

    def keep_rows(self, place: int, fact: RowsPublished, rows: Sequence[RowBody]) -> None:
        """The rows beside a publication that another centre ordered (`mirror.py`)."""
        self._stamp = max(self._stamp, fact.version_no)
        self._changed = True
        self._common.dialect.replace(
            self._cursor,
            published,
            [(self.hall, fact.kind, row.key, fact.version_no, place, row.body) for row in rows],
        )

    def keep_batch(self, device: str, epoch: int, first: int, last: int, signature: bytes) -> None:
        self._upsert(batches, (self.hall, device, epoch, first, last, signature))

    def keep_device(self, row: DeviceRow) -> None:
        self._upsert(
            devices,
            (
                self.hall,
                row.device,
                row.role,
                row.name,
                row.public,
                row.epoch,
                row.token,
                json.dumps(row.offered),
                int(row.revoked),
                json.dumps(dict(row.state), ensure_ascii=False),
            ),
        )

    def invite(self, invitation: Invitation) -> None:
        self._upsert(
            invitations,
            (
                self.hall,
                invitation.digest,
                invitation.device,
                invitation.role,
                invitation.name,
                invitation.expires,
            ),
        )

    def use_invitation(self, digest: str) -> Invitation | None:
        row = self._one("invitation", digest=digest)
        if row is None:
            return None
        self._common.dialect.delete(self._cursor, invitations, [(self.hall, digest)])
        invitation = Invitation(*row[1:])
        return invitation if datetime.fromisoformat(invitation.expires) > self._now else None

    def keep_secret(self, name: str, body: bytes) -> None:
        self._secrets += 1
        self._changed = True
        sealed = self._common.seal.seal(body, "secret", name, self._secrets)
        self._upsert(secrets, (self.hall, name, self._secrets, sealed))

    def note(self, key: str) -> bytes | None:
        for known in (self._new_notes, self._seen_notes):
            if key in known:
                return known[key]
        return super().note(key)

    def keep_note(self, key: str, value: bytes | None) -> None:
        self._new_notes[key] = value

    def foresee(self, notes: Iterable[str]) -> None:
        wanted = [key for key in dict.fromkeys(notes) if key not in self._seen_notes]
        self._seen_notes |= dict.fromkeys(wanted)
        self._seen_notes |= {key: bytes(value) for key, value in super()._listed("notes", wanted)}

    def empty_parts(self, parts: Iterable[tuple[str, str]]) -> int:
        self._flush()
        emptied = 0
        statement = self._common.sql["erase"]
        for id, slot in parts:
            device, epoch, seq = id.rsplit(".", 2)
            for (place,) in self._all("place_of", device=device, epoch=int(epoch), seq=int(seq)):
                where = {"hall": self.hall, "place": place, "slot": slot}
                self._cursor.execute(statement.sql, {**statement.literals, **where})
                emptied += self._cursor.rowcount
        if emptied:
            self.keep_note(REWRITE, str(self._place).encode())
        return emptied

    def rebuild(self, kind: str) -> None:
        """Make all folds of one kind again from the events."""
        self._flush()
        clear, unqueue = self._common.sql["clear_folds"], self._common.sql["clear_waits"]
        self._cursor.execute(clear.sql, {**clear.literals, "hall": self.hall, "kind": kind})
        if self._common.kept[kind].waits is not None:
            self._cursor.execute(unqueue.sql, {**unqueue.literals, "hall": self.hall})
        subjects = self._all("of_kind", first=f"{kind}:", beyond=f"{kind};")
        for (subject,) in subjects:
            self._folding.replay(subject, (read(entry.data) for entry in self.history(subject)))
