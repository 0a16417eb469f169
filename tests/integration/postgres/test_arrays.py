"""Columns packed at once come out of the server as they went in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest

from counter_app.store.centre.postgres_arrays import Packed, PackedDumper, packed
from tests.support.postgres import shared

VALUES: dict[str, list[Any]] = {
    "int4": [0, -1, 2**31 - 1, -(2**31)],
    "int8": [7, 2**63 - 1, -(2**63)],
    "text": ["", "南环", "a'b\\\"{},NULL", "😀"],
    "bytea": [b"", b"\x00\xff", bytes(range(256)) * 300],
}


@pytest.fixture
def connection() -> Iterator[psycopg.Connection[Any]]:
    with psycopg.connect(shared().url(), autocommit=True) as made:
        made.adapters.register_dumper(Packed, PackedDumper)
        yield made


@pytest.mark.parametrize("type", VALUES)
def test_values_come_back(connection: psycopg.Connection[Any], type: str) -> None:
    values = VALUES[type]
    array = packed(type, values)
    assert isinstance(array, Packed)
    asked = f"SELECT v FROM unnest(%b::{type}[]) AS v"
    rows = connection.execute(asked.encode(), (array,), binary=True).fetchall()
    assert [value for (value,) in rows] == values


def test_a_null_leaves_it_to_the_driver(connection: psycopg.Connection[Any]) -> None:
    array = packed("int8", [1, None])
    row = connection.execute(b"SELECT %b::int8[]", (array,), binary=True).fetchone()
    assert row == ([1, None],)


def test_half_a_character_is_refused() -> None:
    with pytest.raises(UnicodeEncodeError):
        packed("text", ["\ud800"])
