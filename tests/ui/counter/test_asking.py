"""Days and amounts as a clerk types them."""

from __future__ import annotations

from datetime import date

import pytest

from counter_app.ui.asking import read_day
from counter_app.ui.counter.fees_presenter import in_fen

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2026-12-31", date(2026, 12, 31)),
        ("20261231", date(2026, 12, 31)),
        ("12-31", date(2026, 12, 31)),
        ("1231", date(2026, 12, 31)),
        ("3.5", date(2027, 3, 5)),
        ("2026/11/23", TODAY),
        ("13-40", None),
        ("tomorrow", None),
        ("", None),
    ],
)
def test_a_day_is_read_as_it_is_written(typed: str, day: date | None) -> None:
    assert read_day(typed, TODAY) == day


@pytest.mark.parametrize(
    ("typed", "fen"),
    [
        ("12", 1200),
        ("12.5", 1250),
        ("12.05", 1205),
        ("1,200.00", 120000),
        ("12.345", None),
        ("-1", None),
        ("", None),
    ],
)
def test_cash_is_read_in_yuan(typed: str, fen: int | None) -> None:
    assert in_fen(typed) == fen
