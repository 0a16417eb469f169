"""One hall's centre store over either database: decisions one at a time, short reads, waiting for news."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from counter_app.domain.centre.order import NO_ROOT, RULE_VERSION
from counter_app.errors import UserFacingError
from counter_app.store.centre.dialect import Dialect
from counter_app.store.centre.kept import KEPT, Kept
from counter_app.store.centre.order import Common
from counter_app.store.centre.reader import CoreReader
from counter_app.store.centre.sealing import HallSeal
from counter_app.store.centre.statements import statements_of
from counter_app.store.centre.tables import halls
from counter_app.store.centre.transaction import REWRITE, CoreTransaction
from counter_app.store.reader import PublishedCache
from counter_app.use_cases.ports.clock import Clock

FOLD_NOTE: Final = "fold:"


class CoreCentreStore:
    """`CentreStore` of one hall. Several may share a database, each for its own hall."""

    def __init__(
        self,
        dialect: Dialect,
        *,
        hall: str,
        centre: str,
        hall_key: bytes,
        clock: Clock,
        kept: tuple[Kept[Any], ...] = KEPT,
    ) -> None:
        """Open the hall, or found it. `hall_key`: 32 bytes, never stored here.

        UserFacingError `centre.other` when the hall's centre has another device code.
        """
        self._dialect = dialect
        self._clock = clock
        self._common = Common(
            hall=hall,
            centre=centre,
            dialect=dialect,
            sql=statements_of(dialect),
            seal=HallSeal(hall, hall_key),
            kept={entry.stream.kind: entry for entry in kept},
            cache=PublishedCache(),
        )
        self._prepare()

    @property
    def hall(self) -> str:
        return self._common.hall

    @property
    def centre(self) -> str:
        return self._common.centre

    @property
    def common(self) -> Common:
        """For what else is kept in the same database (`mirror.py`)."""
        return self._common

    def _prepare(self) -> None:
        """The hall's row, and folds anew whose making has changed."""
        at = self._clock.now().isoformat(timespec="milliseconds")
        with self._dialect.deciding(self.hall) as cursor:
            sql = self._common.sql["hall"]
            cursor.execute(sql.sql, {**sql.literals, "hall": self.hall})
            row = cursor.fetchone()
            if row is None:
                first = (self.hall, self.centre, 0, bytes.fromhex(NO_ROOT), at, 0, RULE_VERSION, 0, 0)
                self._dialect.insert(cursor, halls, [first])
            elif row[0] != self.centre:
                raise UserFacingError(
                    "centre.other",
                    "The centre of hall {hall} is {centre}, not {other}.",
                    kept="Nothing was changed.",
                    remedy="Open the store with the home it belongs to.",
                    hall=self.hall,
                    centre=str(row[0]),
                    other=self.centre,
                )
            transaction = CoreTransaction(cursor, self._common, self._clock.now())
            if transaction.head().rules > RULE_VERSION:
                return
            if transaction.head().rules < RULE_VERSION:
                transaction.adopt_rules()
            for kind, kept in self._common.kept.items():
                note = FOLD_NOTE + kind
                if transaction.note(note) != str(kept.version).encode():
                    transaction.rebuild(kind)
                    transaction.keep_note(note, str(kept.version).encode())
            transaction.finish()

    @contextmanager
    def deciding(self, *, by_rules: bool = True) -> Iterator[CoreTransaction]:
        with self._dialect.deciding(self.hall) as cursor:
            transaction = CoreTransaction(cursor, self._common, self._clock.now())
            before = transaction.head().hall_seq
            if by_rules and transaction.head().rules > RULE_VERSION:
                raise UserFacingError(
                    "centre.rules-newer",
                    "The hall's centre is run by a newer program: this one may not decide.",
                    kept="Acts go on being sent and received.",
                    remedy="Install the newer program on the centre's machine.",
                )
            yield transaction
            transaction.finish()
            after = transaction.head().hall_seq
        if after != before:
            self._dialect.committed(self.hall, after)

    @contextmanager
    def reading(self) -> Iterator[CoreReader]:
        with self._dialect.reading(self.hall) as cursor:
            yield CoreReader(cursor, self._common, self._clock.now())

    def wait(self, after: int, seconds: float) -> int:
        end = time.monotonic() + seconds
        while True:
            mark = self._dialect.mark(self.hall)
            with self.reading() as reader:
                place = reader.head().hall_seq
            left = end - time.monotonic()
            if place > after or left <= 0:
                return place
            self._dialect.woken(self.hall, mark, left)

    def rewrite(self) -> bool:
        """See `CentreStore.rewrite`."""
        with self.reading() as reader:
            due = reader.note(REWRITE)
        if due is None or not self._dialect.rewrite():
            return False
        with self.deciding(by_rules=False) as tx:
            if tx.note(REWRITE) == due:  # nothing was emptied meanwhile
                tx.keep_note(REWRITE, None)
        return True

    def close(self) -> None:
        self._dialect.close()
