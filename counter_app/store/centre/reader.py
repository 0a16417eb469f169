"""Reading the centre's store on one cursor: the order, chains, folds, lines, devices, notes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, TypeVar

from counter_app.domain.centre.order import NO_ROOT
from counter_app.domain.centre.roles import may_read
from counter_app.domain.journal import GENESIS, Recorded, read
from counter_app.domain.streams import Published, Stream
from counter_app.domain.waiting.fold import TICKETS
from counter_app.domain.waiting.ticket import Ticket
from counter_app.store.centre.dialect import Dialect
from counter_app.store.centre.kept import Kept
from counter_app.store.centre.sealing import HallSeal
from counter_app.store.centre.statements import Statements, in_lengths
from counter_app.store.query import Cursor
from counter_app.store.reader import PublishedCache
from counter_app.use_cases.ports.centre import ChainEnd, OrderedEvent, RowBody, SealedPart, Secret
from counter_app.use_cases.ports.centre_store import DeviceRow, HallHead

T = TypeVar("T")

OF_ONE_KEY: Final = 64
BEYOND: Final = "\U0010ffff"


@dataclass(frozen=True)
class Common:
    """What every read and decision of one centre store has in common."""

    hall: str
    centre: str
    dialect: Dialect
    sql: Statements
    seal: HallSeal
    kept: Mapping[str, Kept[Any]]
    cache: PublishedCache


class CoreReader:
    """`CentreReader` over a cursor."""

    def __init__(self, cursor: Cursor, common: Common, now: datetime) -> None:
        self._cursor = cursor
        self._common = common
        self._now = now

    def _all(self, name: str, **params: Any) -> list[tuple[Any, ...]]:
        statement = self._common.sql[name]
        self._cursor.execute(statement.sql, {**statement.literals, "hall": self._common.hall, **params})
        return self._cursor.fetchall()

    def _one(self, name: str, **params: Any) -> tuple[Any, ...] | None:
        return next(iter(self._all(name, **params)), None)

    @property
    def hall(self) -> str:
        return self._common.hall

    @property
    def centre(self) -> str:
        return self._common.centre

    @property
    def now(self) -> datetime:
        return self._now

    def head(self) -> HallHead:
        row = self._one("hall")
        if row is None:
            return HallHead(0, NO_ROOT, 0)
        return HallHead(row[1], row[2].hex(), row[5])

    def root_at(self, hall_seq: int) -> str | None:
        if hall_seq == 0:
            return NO_ROOT
        row = self._one("root", place=hall_seq)
        return None if row is None else row[0].hex()

    def chain_end(self, device: str, epoch: int) -> tuple[int, str]:
        row = self._one("chain_end", device=device, epoch=epoch)
        return (0, GENESIS) if row is None else (row[0], row[1].hex())

    def chain(self, device: str, epoch: int, after: int, limit: int) -> tuple[tuple[int, str], ...]:
        rows = self._all("chain", device=device, epoch=epoch, after=after, most=limit)
        return tuple((seq, hashed.hex()) for seq, hashed in rows)

    def chains(self) -> tuple[ChainEnd, ...]:
        return tuple(
            ChainEnd(device, epoch, seq, hashed.hex()) for device, epoch, seq, hashed in self._all("chains")
        )

    def after(self, hall_seq: int, limit: int, role: str) -> tuple[OrderedEvent, ...]:
        rows = self._all("after", place=hall_seq, most=limit)
        first = rows[0][0] if rows else self.head().hall_seq + 1
        if first > hall_seq + 1:
            rows = [*self._archived(range(hall_seq + 1, min(first, hall_seq + 1 + limit))), *rows][:limit]
        if not rows:
            return ()
        span = {"first": rows[0][0], "last": rows[-1][0]}
        return self._ordered(rows, self._all("parts", **span), self._all("rows", **span), role)

    def at(self, places: Sequence[int], role: str) -> tuple[OrderedEvent, ...]:
        wanted = list(places)
        rows, parts, bodies = (self._listed(name, wanted) for name in ("events", "parts", "rows"))
        missing = set(wanted).difference(row[0] for row in rows)
        if missing:
            rows = sorted([*rows, *self._archived(missing)])
        return self._ordered(rows, parts, bodies, role)

    def _archived(self, places: Iterable[int]) -> list[tuple[Any, ...]]:
        """Rows as `_ordered` takes them, of events that left the journal for the archive."""
        return self._common.dialect.archived(self._cursor, self.hall, places)

    def _listed(self, name: str, wanted: list[Any], **params: Any) -> list[tuple[Any, ...]]:
        found = []
        for size, keys in in_lengths(wanted):
            statement = self._common.sql.listed(name, size)
            self._cursor.execute(statement.sql, {**statement.literals, "hall": self.hall, **keys, **params})
            found.extend(self._cursor.fetchall())
        return found

    def _ordered(
        self,
        rows: list[tuple[Any, ...]],
        parts: list[tuple[int, str, bytes | None]],
        published: list[tuple[int, str, bytes | None]],
        role: str,
    ) -> tuple[OrderedEvent, ...]:
        """Rows of (place, device, epoch, seq, type, data) with what stands beside them."""
        sealed: dict[int, list[tuple[str, bytes | None]]] = {}
        for place, slot, data in parts:
            sealed.setdefault(place, []).append((slot, data))
        bodies: dict[int, list[RowBody]] = {}
        for place, key, body in published:
            bodies.setdefault(place, []).append(RowBody(key, body))
        return tuple(
            OrderedEvent(
                place,
                data,
                self._parts(sealed[place], role, type, (device, epoch, seq)) if place in sealed else (),
                tuple(bodies.get(place, ())),
            )
            for place, device, epoch, seq, type, data in rows
        )

    def _parts(
        self, sealed: list[tuple[str, bytes | None]], role: str, type: str, event: tuple[str, int, int]
    ) -> tuple[SealedPart, ...]:
        seal = self._common.seal
        return tuple(
            seal.open_part(slot, data, *event) if may_read(role, type, slot) else SealedPart(slot, None, None)
            for slot, data in sealed
        )

    def alive(self, until: int, since: str) -> tuple[int, tuple[int, ...]]:
        cut = self._first_since(until, since)
        return cut, tuple(place for (place,) in self._all("alive", until=cut))

    def _first_since(self, until: int, since: str) -> int:
        """Times never go back along the order: halve the stretch."""
        row = self._one("oldest")
        low, high = (row[0] if row and row[0] else 1), until + 1
        while low < high:
            middle = (low + high) // 2
            found = self._one("at", place=middle)
            if found is not None and found[0] >= since:
                high = middle
            else:
                low = middle + 1
        return low

    def history(self, subject: str) -> tuple[OrderedEvent, ...]:
        rows = self._all("history", subject=subject)
        missing = [place for place, data in rows if data is None]
        old = {row[0]: row[-1] for row in self._archived(missing)} if missing else {}
        return tuple(OrderedEvent(place, old[place] if data is None else data) for place, data in rows)

    def of_key(self, device: str, key: str) -> tuple[Recorded, ...]:
        found: list[Recorded] = []
        for epoch, seq in self._all("of_key", device=device, key=key):
            rows = self._all("chain_data", device=device, epoch=epoch, after=seq - 1, most=OF_ONE_KEY)
            for data, place in rows:
                event = read(data, None, place)
                if event.key != key:
                    break
                found.append(event)
        return tuple(found)

    def device(self, device: str) -> DeviceRow | None:
        row = self._one("device", device=device)
        return None if row is None else _device(row)

    def devices(self) -> tuple[DeviceRow, ...]:
        return tuple(_device(row) for row in self._all("devices"))

    def get(self, stream: Stream[T], id: str) -> T | None:
        return self._folds(stream, [id]).get(id)

    def _folds(self, stream: Stream[T], ids: list[str]) -> dict[str, T]:
        """The folds of those that have one."""
        rows = self._listed("folds", ids, kind=stream.kind)
        return {id: stream.decode(fold) for id, fold in rows}

    def published(self, kind: Published[T]) -> Mapping[str, T]:
        cache = self._common.cache
        row = self._one("stamp")
        stamp = row[0] if row else 0
        if cache.stamp != stamp:
            cache.kinds = {}
            cache.stamp = stamp
        kinds = cache.kinds  # a read that began before a publication must not fill the new one's cache
        rows = kinds.get(kind.kind)
        if rows is None:
            rows = {key: kind.decode(body) for key, body in self._all("in_force", kind=kind.kind)}
            kinds[kind.kind] = rows
        return rows

    def heads(self, pools: Sequence[str], besides: Iterable[str] = ()) -> tuple[Ticket, ...]:
        return self.first(pools, 1, besides)

    def first(self, pools: Sequence[str], each: int, besides: Iterable[str] = ()) -> tuple[Ticket, ...]:
        barred = frozenset(besides)
        ids = [id for pool in pools for id in self._waiting(pool, each, barred)]
        tickets = self._folds(TICKETS, ids)
        found = [tickets[id] for id in ids]
        return tuple(sorted(found, key=lambda ticket: (ticket.place, ticket.id)))

    def _waiting(self, pool: str, most: int, barred: frozenset[str]) -> list[str]:
        found: list[str] = []
        place = id = ""
        while True:
            # mostly the first will do; who is barred stands at the front and is passed over in strides
            wanted = most - len(found) if not place else max(16, most)
            rows = self._all("waiting", pool=pool, place=place, id=id, most=wanted)
            found.extend(id for _, id in rows if id not in barred)
            if len(found) >= most or len(rows) < wanted:
                return found[:most]
            place, id = rows[-1]

    def secrets(self, after: int) -> tuple[Secret, ...]:
        return tuple(
            Secret(name, version, self._common.seal.open(sealed, "secret", name, version))
            for name, version, sealed in self._all("secrets", after=after)
        )

    def note(self, key: str) -> bytes | None:
        row = self._one("note", key=key)
        return None if row is None else bytes(row[0])

    def notes(self, prefix: str) -> Mapping[str, bytes]:
        rows = self._all("notes", first=prefix, beyond=prefix + BEYOND)
        return {key: bytes(value) for key, value in rows}


def _device(row: tuple[Any, ...]) -> DeviceRow:
    _, device, role, name, public, epoch, token, offered, revoked, state = row
    return DeviceRow(
        device=device,
        role=role,
        name=name,
        public=public,
        epoch=epoch,
        token=token,
        offered=tuple(json.loads(offered)),
        revoked=bool(revoked),
        state=json.loads(state),
    )
