"""Copies of lower halls' orders, in the same tables as the centre's own, each under its own hall's name.

Places, bytes and running hash are those of the hall that gave them; folds are made here, so that whoever
oversees several halls asks the same questions of each. Private parts lie under the key of the hall that
keeps the copy. On PostgreSQL each copy is written as its hall's role. Not here: who may bring what
(`use_cases/relay`).
"""

from __future__ import annotations

import dataclasses
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Final

from counter_app.domain.journal import Recorded
from counter_app.domain.publication import RowsPublished
from counter_app.store.centre.centre_store import CoreCentreStore
from counter_app.store.centre.dialect import Dialect
from counter_app.store.centre.order import Common
from counter_app.store.centre.reader import CoreReader
from counter_app.store.centre.sealing import HallSeal
from counter_app.store.centre.transaction import CoreTransaction
from counter_app.store.reader import PublishedCache
from counter_app.use_cases.ports.centre_store import Incoming
from counter_app.use_cases.ports.clock import Clock
from counter_app.use_cases.ports.relay import Mirrored, MirrorStanding

LETTER: Final = "letter"


class CoreMirrors:
    """`Mirrors` on the database of a centre's own store. Threads share it; `store` is whose it is."""

    def __init__(self, store: CoreCentreStore, dialect: Dialect, hall_key: bytes, clock: Clock) -> None:
        self._own = store.common
        self._dialect = dialect
        self._key = hall_key
        self._clock = clock
        self._lock = threading.Lock()
        self._commons: dict[str, Common] = {}
        self._copies: dict[str, CoreCentreStore] = {}

    def standing(self, hall: str) -> MirrorStanding:
        with self.reading(hall) as reader:
            head = reader.head()
        return MirrorStanding(head.hall_seq, head.root)

    @contextmanager
    def reading(self, hall: str) -> Iterator[CoreReader]:
        with self._dialect.reading(hall) as cursor:
            yield CoreReader(cursor, self._common(hall), self._clock.now())

    def centre_of(self, hall: str) -> str:
        common = self._common(hall)
        sql = common.sql["hall"]
        with self._dialect.reading(hall) as cursor:
            cursor.execute(sql.sql, {**sql.literals, "hall": hall})
            row = cursor.fetchone()
        return "" if row is None else str(row[0])

    def add(self, hall: str, centre: str, after: int, events: Sequence[Mirrored], root: str) -> None:
        """See the port. UserFacingError `centre.other` when the hall's centre has another device code."""
        with self._copy(hall, centre).deciding(by_rules=False) as tx:
            if tx.head().hall_seq != after:
                raise ValueError("it does not go on from what is here")
            _need_chains(tx, [entry.event for entry in events])
            tx.take_in([Incoming(one.event, one.came.data, one.came.parts) for one in events])
            for one in events:
                if isinstance(one.event.fact, RowsPublished) and one.came.rows:
                    tx.keep_rows(one.came.hall_seq, one.event.fact, one.came.rows)
            if tx.head().root != root:
                raise ValueError("the running hash is another")

    def seal(self, data: bytes, place: str) -> bytes:
        return self._own.seal.seal(data, LETTER, place)

    def unseal(self, sealed: bytes, place: str) -> bytes:
        return self._own.seal.open(sealed, LETTER, place)

    def _common(self, hall: str) -> Common:
        """What reads of this hall have in common; the hall may have nothing here yet."""
        with self._lock:
            if hall not in self._commons:
                self._commons[hall] = dataclasses.replace(
                    self._own, hall=hall, seal=HallSeal(hall, self._key), cache=PublishedCache()
                )
            return self._commons[hall]

    def _copy(self, hall: str, centre: str) -> CoreCentreStore:
        with self._lock:
            copy = self._copies.get(hall)
            if copy is None or copy.centre != centre:
                copy = self._copies[hall] = CoreCentreStore(
                    self._dialect, hall=hall, centre=centre, hall_key=self._key, clock=self._clock
                )
            return copy


def _need_chains(tx: CoreTransaction, events: Sequence[Recorded]) -> None:
    """ValueError unless each event continues its device's chain."""
    ends: dict[tuple[str, int], tuple[int, str]] = {}
    for event in events:
        chain = (event.device, event.epoch)
        seq, hashed = ends.get(chain) or tx.chain_end(*chain)
        if (event.seq, event.prev) != (seq + 1, hashed):
            raise ValueError(f"{event.id} does not continue its chain")
        ends[chain] = (event.seq, event.hash)
