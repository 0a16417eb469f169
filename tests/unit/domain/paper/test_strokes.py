"""Strokes from other pads are read strictly: nothing empty, nothing beyond its pad, nothing without end."""

from __future__ import annotations

import json

import pytest

from counter_app.domain.paper.strokes import MOST_BYTES, MOST_POINTS, Strokes, strokes_bytes, strokes_of
from counter_app.errors import UserFacingError

GOOD = Strokes(1000, 400, (((100, 300, 500), (400, 100, 900)),))


def test_what_was_kept_is_read_again() -> None:
    assert strokes_of(strokes_bytes(GOOD)) == GOOD
    assert GOOD.box == (100, 100, 300, 200)


def pad(*lines: object, width: int = 1000) -> bytes:
    return json.dumps({"width": width, "height": 400, "lines": lines}).encode()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (pad(), "signature.empty"),
        (pad([]), "signature.empty"),
        (pad([[5, 5, 0], [9, 9, 0]]), "signature.empty"),
        (pad([[0, 0, 0], [1001, 5, 0]]), "signature.unreadable"),
        (pad([[0, 0, 0], [100, 5, 1001]]), "signature.unreadable"),
        (pad([[0, 0, 0], [-1, 5, 10]]), "signature.unreadable"),
        (pad([[0, 0], [100, 5]]), "signature.unreadable"),
        (pad([[0, 0, 0], [100, 5, 0]], width=0), "signature.unreadable"),
        (pad([[1, 2, 3]] * (MOST_POINTS + 1)), "signature.too-large"),
        (b" " * (MOST_BYTES + 1), "signature.too-large"),
        (b"\xff{}", "signature.unreadable"),
        (b"[]", "signature.unreadable"),
        (b"", "signature.unreadable"),
    ],
)
def test_what_is_no_signature_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(UserFacingError) as told:
        strokes_of(data)
    assert told.value.code == code
