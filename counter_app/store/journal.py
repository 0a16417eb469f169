"""`Journal` on the local store: what to send, and taking in the hall's order.

Not here: lost branches (`parting.py`); `store check` (`check.py`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import sha256

from counter_app.domain.journal import GENESIS, read
from counter_app.errors import UserFacingError
from counter_app.store import parting
from counter_app.store.pending import Pending
from counter_app.store.query import Cursor
from counter_app.store.sqlite_store import SqliteStore
from counter_app.store.stretch import checked
from counter_app.store.taking_in import TakingIn
from counter_app.store.transaction import OWN_HEAD
from counter_app.use_cases.ports.centre import Pulled, SealedEvent, SealedPart, Secret, SnapshotPage
from counter_app.use_cases.ports.sync import SECRETS, Also, Parting, Standing, Taken

SYNC = "SELECT acked, pulled, root, token, centre, secrets, filling FROM sync"
BEYOND = (
    "SELECT id, data FROM events WHERE device = ? AND epoch = ? AND seq > ? "
    "ORDER BY device, epoch, seq LIMIT ?"
)


class SqliteJournal:
    """See `ports.sync.Journal`. One thread at a time."""

    def __init__(self, store: SqliteStore) -> None:
        self._store = store
        self._device = store.shared.device
        self._pending = Pending()

    def standing(self) -> Standing:
        with self._store.querying() as cursor:
            return self._standing(cursor)

    def _standing(self, cursor: Cursor) -> Standing:
        cursor.execute(OWN_HEAD, (self._device,))
        epoch, seq, hashed, _ = cursor.fetchone() or (1, 0, GENESIS, 0)
        cursor.execute(SYNC)
        row = cursor.fetchone()
        assert row is not None
        acked, pulled, root, token, centre, secrets, filling = row
        cursor.execute("SELECT count(*) FROM forked WHERE entered IS NULL")
        aside = (cursor.fetchone() or (0,))[0]
        oldest = ""
        if seq > acked:
            cursor.execute(BEYOND, (self._device, epoch, acked, 1))
            oldest = read(cursor.fetchall()[0][1]).at.isoformat(timespec="milliseconds")
        return Standing(
            epoch=epoch,
            seq=seq,
            hash=hashed,
            acked=acked,
            pulled=pulled,
            root=root,
            token=token,
            centre=centre,
            secrets=secrets,
            oldest_unsent=oldest,
            aside=aside,
            filling=filling,
        )

    def outbox(self, epoch: int, after: int, limit: int) -> tuple[SealedEvent, ...]:
        with self._store.querying() as cursor:
            cursor.execute(BEYOND, (self._device, epoch, after, limit))
            rows = cursor.fetchall()
            if not rows:
                return ()
            cursor.execute(
                "SELECT event, slot, salt, data FROM parts WHERE event BETWEEN ? AND ?",
                (rows[0][0], rows[-1][0]),
            )
            parts: dict[int, list[SealedPart]] = {}
            for event, slot, salt, data in cursor.fetchall():
                parts.setdefault(event, []).append(SealedPart(slot, salt, data))
            return tuple(SealedEvent(data, tuple(parts.get(id, ()))) for id, data in rows)

    def acked(self, epoch: int, seq: int) -> None:
        with self._store.writing() as cursor:
            cursor.execute(
                "UPDATE sync SET acked = min(?, h.seq) FROM heads h "
                "WHERE h.device = ? AND h.epoch = ? AND h.own = 1 AND acked < ?",
                (seq, self._device, epoch, seq),
            )

    def take_in(self, pulled: Pulled, also: Also | None = None) -> Taken:
        """See `Journal.take_in`. Reading and hashing come before the writers' turn."""
        known = self.standing().pulled
        if pulled.after > known:
            return Taken(0, 0, known)
        events = checked(event for event in pulled.events if event.hall_seq > known)
        with self._store.writing() as cursor:
            standing = self._standing(cursor)
            if standing.pulled != known:  # another process of this machine took in some of it meanwhile
                known = standing.pulled
                events = [entry for entry in events if entry.place > known]
            _gapless([entry.place for entry in events], known)
            taking = TakingIn(cursor, self._store.shared, self._store.now, self._pending)
            root = taking.take(events, standing.root)
            last = events[-1].place if events else known
            if last == pulled.last and root != pulled.root:
                raise _out_of_step(last)
            taking.keep_secrets(pulled.secrets)
            if also is not None and events:
                also(taking, taking.taken)
            cursor.execute(
                "UPDATE sync SET pulled = ?, root = ?, secrets = max(secrets, ?)",
                (last, root, _newest(pulled.secrets)),
            )
            return taking.done(last)

    def begin(self, page: SnapshotPage, also: Also | None = None) -> Taken:
        """See `Journal.begin`. Pages are asked for by the last place given: a new snapshot goes on there."""
        first = bool(page.chains)
        with self._store.writing() as cursor:
            standing = self._standing(cursor)
            if standing.pulled:
                raise _not_empty()
            taking = TakingIn(cursor, self._store.shared, self._store.now, self._pending)
            if first:
                taking.start_chains(page.chains)
                taking.keep_secrets(page.secrets)
                cursor.execute(
                    "UPDATE sync SET base = ?, base_root = ?, secrets = ?",
                    (page.hall_seq, page.root, _newest(page.secrets)),
                )
            cursor.execute("SELECT base FROM sync")
            base = (cursor.fetchone() or (0,))[0]
            if not first and (not standing.filling or page.hall_seq < base):
                raise _wrong_page()
            known = standing.filling if first else 0
            taking.fill(checked(event for event in page.events if known < event.hall_seq <= base))
            if also is not None:
                also(taking, taking.taken)
            filling = max(page.next, known) if page.next else 0
            cursor.execute("UPDATE sync SET filling = ?", (filling,))
            if not filling:
                cursor.execute("UPDATE sync SET pulled = base, root = base_root")
            return taking.done(0 if filling else base)

    def chain(self, epoch: int, after: int, limit: int) -> tuple[tuple[int, str], ...]:
        with self._store.querying() as cursor:
            cursor.execute(
                "SELECT seq, hash FROM events WHERE device = ? AND epoch = ? AND seq > ? "
                "ORDER BY device, epoch, seq LIMIT ?",
                (self._device, epoch, after, limit),
            )
            return tuple((seq, hashed.hex()) for seq, hashed in cursor.fetchall())

    def keep_welcome(self, token: str, centre: str) -> None:
        with self._store.writing() as cursor:
            cursor.execute("UPDATE sync SET token = ?, centre = ?", (token, centre))

    def part_ways(self, where: Parting) -> int:
        with self._store.writing() as cursor:
            aside = parting.part_ways(cursor, self._store.shared, self._store.now, where)
        self._pending.forget()
        return aside

    def enter_anew(self, limit: int, also: Also | None = None) -> int:
        with self._store.writing() as cursor:
            return parting.enter_anew(cursor, self._store.shared, self._store.now, limit, also)

    def runs(self, prefix: str) -> Mapping[str, int]:
        with self._store.querying() as cursor:
            cursor.execute("SELECT name, value FROM serials")
            return {name: value for name, value in cursor.fetchall() if name.startswith(prefix)}

    def secrets_set_here(self, limit: int) -> tuple[tuple[str, bytes], ...]:
        with self._store.querying() as cursor:
            cursor.execute(
                "SELECT n.key, n.value, s.digest FROM notes n LEFT JOIN secrets s ON s.name = n.key "
                "WHERE n.key >= ? AND n.key < ?",
                (SECRETS, SECRETS[:-1] + chr(ord(SECRETS[-1]) + 1)),
            )
            found = [
                (name, bytes(body))
                for name, body, known in cursor.fetchall()
                if known is None or sha256(body).digest() != known
            ]
            return tuple(found[:limit])

    def secret_sent(self, name: str, body: bytes) -> None:
        with self._store.writing() as cursor:
            cursor.execute(
                "INSERT OR REPLACE INTO secrets (name, digest) VALUES (?, ?)", (name, sha256(body).digest())
            )

    def digest(self, kinds: Sequence[str]) -> Mapping[str, str]:
        found = {}
        with self._store.querying() as cursor:
            for kind in kinds:
                whole = sha256()
                table = self._store.shared.projections[kind].table.name
                cursor.execute(f"SELECT id, fold FROM {table} ORDER BY id")
                for id, fold in cursor.fetchall():
                    whole.update(id.encode() + b"\0" + fold + b"\n")
                found[kind] = whole.hexdigest()
        return found


def _newest(secrets: Sequence[Secret]) -> int:
    return max((secret.version for secret in secrets), default=0)


def _gapless(places: Sequence[int], after: int) -> None:
    if list(places) != list(range(after + 1, after + 1 + len(places))):
        raise _out_of_step(after)


def _out_of_step(place: int) -> UserFacingError:
    return UserFacingError(
        "sync.out-of-step",
        "This device and the centre do not agree on the hall's order at {place}.",
        kept="Nothing was taken in; what is recorded here stays.",
        remedy="Have both stores checked.",
        place=place,
    )


def _not_empty() -> UserFacingError:
    return UserFacingError(
        "sync.not-empty",
        "A snapshot fills a new store only; this one has taken in the hall's order already.",
        kept="Nothing was changed.",
    )


def _wrong_page() -> UserFacingError:
    return UserFacingError(
        "sync.wrong-page",
        "This page is of another snapshot than the one begun.",
        kept="Nothing of it was kept.",
        remedy="Make the device's home anew and let it join again.",
    )
