"""Reading the hall's order on one cursor: places, chains, histories, what a snapshot holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from counter_app.domain.centre.order import NO_ROOT
from counter_app.domain.centre.roles import may_read
from counter_app.domain.journal import GENESIS, Recorded, read
from counter_app.store.centre.dialect import Dialect
from counter_app.store.centre.kept import Kept
from counter_app.store.centre.sealing import HallSeal
from counter_app.store.centre.statements import Statements
from counter_app.store.query import Cursor
from counter_app.store.reader import PublishedCache
from counter_app.use_cases.ports.centre import ChainEnd, OrderedEvent, RowBody, SealedPart
from counter_app.use_cases.ports.centre_store import HallHead

OF_ONE_KEY: Final = 64


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


class CoreOrder:
    """`OrderReader` over a cursor."""

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
        return self._common.dialect.archived(self._cursor, self._common.hall, places)

    def _listed(self, name: str, wanted: list[Any], **params: Any) -> list[tuple[Any, ...]]:
        found = []
        for size, keys in self._common.dialect.lists(wanted):
            statement = self._common.sql.listed(name, size)
            self._cursor.execute(
                statement.sql, {**statement.literals, "hall": self._common.hall, **keys, **params}
            )
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
