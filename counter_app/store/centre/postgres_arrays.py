"""Columns of many rows as PostgreSQL's binary arrays, packed at once: the driver asks about each value apart.

Not here: what the rows are (`postgres.py`).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain, repeat
from struct import Struct
from typing import Any, Final

from psycopg.adapt import Dumper
from psycopg.pq import Format

_HEAD: Final = Struct("!iiIii")  # dimensions, whether nulls, type of the values, how many, first index
_LENGTH: Final = Struct("!i")
_NUMBERS: Final = {"int4": (23, Struct("!ii"), 4), "int8": (20, Struct("!iq"), 8)}
_TEXTS: Final = {"text": 25, "bytea": 17}


class Packed(bytes):
    """An array as it goes over the line."""


class PackedDumper(Dumper):
    """Sends it as it is; the statement's cast says of what type it is."""

    format = Format.BINARY

    def dump(self, obj: Packed) -> bytes:
        return obj


def packed(type: str, values: Sequence[Any]) -> Packed | list[Any]:
    """`values` of a type `int4`, `int8`, `text` or `bytea`. With a null among them it stays a list, and the
    driver's affair. UnicodeEncodeError for half a character."""
    if None in values:
        return list(values)
    if type in _NUMBERS:
        oid, number, size = _NUMBERS[type]
        return Packed(_head(oid, len(values)) + b"".join(map(number.pack, repeat(size), values)))
    texts = [value.encode() for value in values] if type == "text" else values
    lengths = map(_LENGTH.pack, map(len, texts))
    body = b"".join(chain.from_iterable(zip(lengths, texts, strict=True)))
    return Packed(_head(_TEXTS[type], len(values)) + body)


def _head(oid: int, count: int) -> bytes:
    return _HEAD.pack(1, 0, oid, count, 1)
