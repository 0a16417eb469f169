"""A clock that moves only when told."""

from __future__ import annotations

from datetime import datetime, timedelta

from counter_app.clock import HALL_ZONE


class HandClock:
    """`Clock` for tests: wall and monotonic time advance together."""

    def __init__(self, start: datetime | None = None) -> None:
        self._now = start or datetime(2026, 11, 23, 10, 0, tzinfo=HALL_ZONE)
        self._monotonic = 1000.0

    def now(self) -> datetime:
        return self._now

    def monotonic(self) -> float:
        return self._monotonic

    def advance(self, **step: float) -> None:
        """`advance(minutes=5)`: keywords of timedelta."""
        delta = timedelta(**step)
        self._now += delta
        self._monotonic += delta.total_seconds()

    def set(self, moment: datetime) -> None:
        """Jump the wall clock only, as somebody changing it would."""
        self._now = moment
