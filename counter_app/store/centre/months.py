"""The months events are kept by in PostgreSQL: `2026-11`. Each needs partitions before its first event."""

from __future__ import annotations

from datetime import date
from typing import Final

MONTHS_AHEAD: Final = 3


def months_from(day: date, ahead: int = MONTHS_AHEAD) -> tuple[str, ...]:
    """The month of `day` and so many after it."""
    first = day.year * 12 + day.month - 1
    return tuple(f"{month // 12}-{month % 12 + 1:02d}" for month in range(first, first + ahead + 1))
