"""Taking in a stretch of the hall's order, in one transaction (design: push and pull, acts are events).

Each new event must continue its device's chain, each own one must be the very one recorded here. A row is
extended at the tail; only a subject of which own events still have no place is folded from its beginning,
since a foreign event goes before them. Each row is written once.

Not here: what needs no lock (`stretch.py`), and parting from a lost branch (`parting.py`).
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Final

from counter_app.domain.centre.order import next_root
from counter_app.domain.intake.erasure_facts import PartyErased
from counter_app.domain.journal import GENESIS, Actor, Recorded
from counter_app.domain.paper.jobs import JOBS
from counter_app.domain.publication import RowsPublished
from counter_app.domain.streams import subject_id
from counter_app.errors import UserFacingError
from counter_app.store.pending import Pending
from counter_app.store.query import Cursor
from counter_app.store.reader import PublishedCache, Shared
from counter_app.store.runs import pass_over_leased
from counter_app.store.stretch import Checked, forged
from counter_app.store.transaction import INSERT_CHANGE, INSERT_PUBLISHED, SET_HEAD, SqliteTransaction
from counter_app.use_cases.ports.centre import ChainEnd, Secret
from counter_app.use_cases.ports.sync import SECRETS, Taken

KEEPER: Final = Actor("keeper")
# Who missed that many refreshes everything anyway.
MOST_NAMED: Final = 500

INSERT_TAKEN = (
    "INSERT INTO events (id, device, epoch, seq, key, hall_seq, hash, data) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
)
INSERT_SUBJECTS = "INSERT OR IGNORE INTO subjects (subject, event) VALUES (?, ?)"
INSERT_PARTS = "INSERT INTO parts (event, slot, salt, data) VALUES (?, ?, ?, ?)"
PLACE = "UPDATE events SET hall_seq = ? WHERE id = ?"
OWN_EVENT = "SELECT id, hash FROM events WHERE device = ? AND epoch = ? AND seq = ?"
SET_CHAIN = (
    "INSERT INTO heads (device, epoch, seq, hash, hlc, confirmed, base, base_hash) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?) "
    "ON CONFLICT (device, epoch) DO UPDATE SET seq = excluded.seq, hash = excluded.hash, "
    "hlc = max(hlc, excluded.hlc), confirmed = excluded.confirmed, "
    "base = excluded.base, base_hash = excluded.base_hash"
)


@dataclass
class _Chain:
    seq: int = 0
    hash: str = GENESIS
    hlc: int = 0
    own: bool = False
    confirmed: int = 0
    base: int = 0
    base_hash: str = ""
    touched: bool = False


class TakingIn(SqliteTransaction):
    """`Transaction` that takes events which others have written. Valid inside one `SqliteStore.writing`."""

    def __init__(self, cursor: Cursor, shared: Shared, now: datetime, pending: Pending) -> None:
        super().__init__(cursor, dataclasses.replace(shared, cache=PublishedCache()), now, KEEPER, "")
        cursor.execute("SELECT device, epoch, seq, hash, hlc, own, confirmed, base, base_hash FROM heads")
        self._chains = {
            (row[0], row[1]): _Chain(row[2], row[3], row[4], bool(row[5]), *row[6:])
            for row in cursor.fetchall()
        }
        self._chains.setdefault((self.device, self._epoch), _Chain(own=True))
        # until its first event has a place, blocks leased to the lost branch may still arrive
        self._recovering = self._epoch > 1 and not self._chains[self.device, self._epoch].confirmed
        cursor.execute("SELECT centre FROM sync")
        self._centre: str = (cursor.fetchone() or ("",))[0]
        self._pending = pending.load(cursor, shared.device)
        self._new: list[tuple[int, Checked]] = []
        self._placed: list[tuple[int, int]] = []
        self._late: dict[str, None] = {}

    def take(self, events: Sequence[Checked], root: str) -> str:
        """Store and fold a stretch that joins on; gives the running hash after it.

        UserFacingError `sync.forged`, `sync.forked`.
        """
        self._cursor.execute("SELECT max(id) FROM events")
        last = (self._cursor.fetchone() or (0,))[0] or 0
        for entry in events:
            root = next_root(root, entry.event.hash)
            if self._confirmed(entry.event):
                continue
            self._continue(entry.event)
            last += 1
            self._add(last, entry)
        self._store()
        return root

    def fill(self, events: Sequence[Checked]) -> None:
        """Take a page of a snapshot: chains have gaps there, and end where `start_chains` said."""
        self._cursor.execute("SELECT max(id) FROM events")
        last = (self._cursor.fetchone() or (0,))[0] or 0
        for row, entry in enumerate(events, last + 1):
            end = self._chains.get((entry.event.device, entry.event.epoch))
            if end is None or entry.event.seq > end.base:
                raise forged(entry.event.id, "its chain is not in the snapshot")
            self._add(row, entry)
        self._store()

    def start_chains(self, ends: Sequence[ChainEnd]) -> None:
        """Where every device's chain stands at the snapshot's place."""
        for end in ends:
            chain = self._chains.get((end.device, end.epoch))
            if chain is not None and chain.seq and not chain.base:
                raise forked(f"{end.device}.{end.epoch}.{end.seq}")
            self._chains[end.device, end.epoch] = _Chain(
                end.seq, end.hash, confirmed=end.seq, base=end.seq, base_hash=end.hash, touched=True
            )

    def keep_secrets(self, secrets: Sequence[Secret]) -> None:
        """What was set here and not yet sent stays: it is on its way to the centre."""
        for secret in secrets:
            if not secret.name.startswith(SECRETS):
                raise forged(secret.name, "no credential")
            self._cursor.execute("SELECT digest FROM secrets WHERE name = ?", (secret.name,))
            row = self._cursor.fetchone()
            note = self.note(secret.name)
            if row is not None and note is not None and sha256(note).digest() != row[0]:
                continue
            self.keep_note(secret.name, secret.body)
            self._cursor.execute(
                "INSERT OR REPLACE INTO secrets (name, digest) VALUES (?, ?)",
                (secret.name, sha256(secret.body).digest()),
            )

    @property
    def taken(self) -> tuple[Recorded, ...]:
        return tuple(entry.event for _, entry in self._new)

    def done(self, last: int) -> Taken:
        """Write what is left, the chains' ends and the own clock among them."""
        if self._recovering:
            touched = [state for (kind, _), state in self._states.items() if kind == JOBS.kind]
            self.ask_about_jobs(state for state in touched if state is not None)
        self.flush()
        if self._recovering:
            pass_over_leased(self._cursor, self._shared)
        named = list(self._changes) if len(self._changes) < MOST_NAMED else [("all", "")]
        self._cursor.executemany(INSERT_CHANGE, named)
        chains = [
            (device, epoch, at.seq, at.hash, at.hlc, at.confirmed, at.base, at.base_hash)
            for (device, epoch), at in self._chains.items()
            if at.touched
        ]
        self._cursor.executemany(SET_CHAIN, chains)
        self._cursor.execute(SET_HEAD, (self.device, self._epoch, self._seq, self._hash, self._hlc))
        return Taken(len(self._new), len(self._late), last)

    def _confirmed(self, event: Recorded) -> bool:
        """Whether it is one of our own that lies here: it gets its place."""
        if event.device != self.device:
            return False
        chain = self._chains.setdefault((event.device, event.epoch), _Chain())
        if event.seq > chain.seq:
            if chain.own:
                raise forked(event.id)
            return False
        self._cursor.execute(OWN_EVENT, (event.device, event.epoch, event.seq))
        row = self._cursor.fetchone()
        if row is None or row[1].hex() != event.hash:
            raise forked(event.id)
        if event.seq != chain.confirmed + 1:
            raise forged(event.id, "out of its order")
        chain.confirmed, chain.touched = event.seq, True
        self._placed.append((event.hall_seq or 0, row[0]))
        self._pending.subtract(event.subjects)
        return True

    def _continue(self, event: Recorded) -> None:
        key = (event.device, event.epoch)
        chain = self._chains.get(key)
        if chain is None:
            chain = self._chains[key] = _Chain()
        if event.seq != chain.seq + 1 or event.prev != chain.hash:
            raise forged(event.id, "it does not continue its chain")
        chain.seq, chain.hash, chain.confirmed, chain.touched = event.seq, event.hash, event.seq, True
        chain.hlc = max(chain.hlc, event.hlc)
        self._hlc = max(self._hlc, event.hlc)

    def _add(self, row: int, entry: Checked) -> None:
        """Extend the folds; those of which own events wait for their place are folded anew later."""
        self._new.append((row, entry))
        event = entry.event
        for subject in event.subjects:
            kind = subject.partition(":")[0]
            self._changes[kind, subject] = None
            if self._pending[subject] > 0:
                self._late[subject] = None
            projection = self._shared.projections.get(kind)
            if projection is None or subject in self._late:
                continue
            id = subject_id(subject)
            state = projection.stream.fold(self.get(projection.stream, id), event)
            if state is not None:
                self._states[kind, id] = state
                self._dirty[kind, id] = None

    def _store(self) -> None:
        own = self.device
        rows: list[tuple[object, ...]] = []
        subjects: list[tuple[str, int]] = []
        parts: list[tuple[object, ...]] = []
        for id, entry in self._new:
            event = entry.event
            key = (event.key or None) if event.device == own else None
            hashed = bytes.fromhex(event.hash)
            rows.append((id, event.device, event.epoch, event.seq, key, event.hall_seq, hashed, entry.data))
            subjects.extend((subject, id) for subject in event.subjects)
            parts.extend((id, part.slot, part.salt, part.data) for part in entry.parts)
        subjects.sort()
        self._cursor.executemany(INSERT_TAKEN, rows)
        self._cursor.executemany(INSERT_SUBJECTS, subjects)
        self._cursor.executemany(INSERT_PARTS, parts)
        self._cursor.executemany(PLACE, self._placed)
        for id, entry in self._new:
            if entry.rows and entry.event.device == self._centre:
                self._put_in_force(id, entry)
        for subject in self._late:
            self._refold(subject)
        for _, entry in self._new:
            fact = entry.event.fact
            # what other devices say was erased is no order: the centre's word is, and one's own come back
            if isinstance(fact, PartyErased) and entry.event.device in (self._centre, self.device):
                self.erase(fact)

    def _put_in_force(self, row: int, entry: Checked) -> None:
        fact = entry.event.fact
        if not isinstance(fact, RowsPublished):
            return
        stamp = self.serial("published")
        self._cursor.executemany(
            INSERT_PUBLISHED, [(fact.kind, key, stamp, body, row, 1) for key, body in entry.rows]
        )
        self._changes["published", fact.kind] = None


def forked(name: str) -> UserFacingError:
    return UserFacingError(
        "sync.forked",
        "Another machine has gone on as this device: {name} is not what was recorded here.",
        kept="Nothing is lost; what was done here is entered anew.",
        remedy="See to it that only one machine runs with this device's disk.",
        name=name,
    )
