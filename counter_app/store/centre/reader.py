"""Reading the centre's store on one cursor: devices, folds, lines, publications, notes, beside the order."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final, TypeVar

from counter_app.domain.streams import Published, Stream
from counter_app.domain.waiting.fold import TICKETS
from counter_app.domain.waiting.ticket import Ticket
from counter_app.store.centre.blobs import CoreBlobs
from counter_app.store.centre.order import CoreOrder
from counter_app.use_cases.ports.centre import Secret
from counter_app.use_cases.ports.centre_store import DeviceRow

T = TypeVar("T")
BEYOND: Final = "\U0010ffff"


class CoreReader(CoreOrder):
    """`CentreReader` over a cursor."""

    @property
    def hall(self) -> str:
        return self._common.hall

    @property
    def centre(self) -> str:
        return self._common.centre

    @property
    def now(self) -> datetime:
        return self._now

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

    def living(self, stream: Stream[T], after: str, limit: int) -> tuple[tuple[str, T], ...]:
        rows = self._all("living", kind=stream.kind, after=after, most=limit)
        return tuple((id, stream.decode(fold)) for id, fold in rows)

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
        fronts = self._fronts(pools, each)
        ids = [id for pool in pools for id in self._waiting(pool, each, barred, fronts[pool])]
        tickets = self._folds(TICKETS, ids)
        found = [tickets[id] for id in ids]
        return tuple(sorted(found, key=lambda ticket: (ticket.place, ticket.id)))

    def _fronts(self, pools: Sequence[str], most: int) -> dict[str, list[tuple[str, str]]]:
        """The first of every pool: in one question where the database can answer that."""
        found: dict[str, list[tuple[str, str]]] = {pool: [] for pool in pools}
        if self._common.sql.knows("fronts"):
            for pool, place, id in self._all("fronts", pools=list(found), most=most):
                found[pool].append((place, id))
            return found
        return {pool: self._stride(pool, "", "", most) for pool in pools}

    def _stride(self, pool: str, place: str, id: str, most: int) -> list[tuple[str, str]]:
        return [(row[0], row[1]) for row in self._all("waiting", pool=pool, place=place, id=id, most=most)]

    def _waiting(
        self, pool: str, most: int, barred: frozenset[str], front: list[tuple[str, str]]
    ) -> list[str]:
        """Mostly the front will do; who is barred stands there and is passed over in strides."""
        found: list[str] = []
        rows, wanted = front, most
        while True:
            found.extend(id for _, id in rows if id not in barred)
            if len(found) >= most or len(rows) < wanted:
                return found[:most]
            wanted = max(16, most)
            rows = self._stride(pool, *rows[-1], wanted)

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

    @property
    def blobs(self) -> CoreBlobs:
        return CoreBlobs(self._cursor, self._common)


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
