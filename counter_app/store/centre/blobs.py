"""Sealed pictures at the centre, piece by piece, on one cursor: written only inside a decision."""

from __future__ import annotations

from typing import Any

from counter_app.store.centre.order import Common
from counter_app.store.centre.tables import blobs
from counter_app.store.query import Cursor


class CoreBlobs:
    """`BlobRows` of one hall."""

    def __init__(self, cursor: Cursor, common: Common) -> None:
        self._cursor = cursor
        self._common = common

    def pieces(self, digest: str) -> tuple[tuple[int, int], ...]:
        return tuple((at, length) for at, length in self._all("pieces", digest=digest))

    def piece(self, digest: str, at: int) -> bytes | None:
        rows = self._all("piece", digest=digest, place=at)
        return bytes(rows[0][0]) if rows else None

    def keep(self, digest: str, at: int, data: bytes) -> None:
        self._common.dialect.replace(self._cursor, blobs, [(self._common.hall, digest, at, data)])

    def drop(self, digest: str) -> None:
        gone = [(self._common.hall, digest, at) for at, _ in self.pieces(digest)]
        if gone:
            self._common.dialect.delete(self._cursor, blobs, gone)

    def _all(self, name: str, **params: Any) -> list[tuple[Any, ...]]:
        statement = self._common.sql[name]
        self._cursor.execute(statement.sql, {**statement.literals, "hall": self._common.hall, **params})
        return self._cursor.fetchall()
