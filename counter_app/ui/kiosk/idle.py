"""Nobody there any more: a warning 20 s before the kiosk forgets everything (interface.md, mission: X3)."""

from __future__ import annotations

from math import ceil
from typing import Final

from counter_app.use_cases.ports.clock import Clock

IDLE_SECONDS: Final = 60
WARN_SECONDS: Final = 20


class Idle:
    """Counts by the monotonic clock, so setting the wall clock keeps nobody's data on the screen."""

    def __init__(self, clock: Clock, seconds: int = IDLE_SECONDS) -> None:
        """`seconds` without a touch until reset; more than the warning's."""
        self._clock = clock
        self._seconds = max(seconds, WARN_SECONDS + 5)
        self._touched = clock.monotonic()

    def touch(self) -> None:
        self._touched = self._clock.monotonic()

    @property
    def left(self) -> int:
        """Whole seconds until reset, 0 when it is due."""
        return max(0, ceil(self._seconds - (self._clock.monotonic() - self._touched)))

    @property
    def warns(self) -> bool:
        return self.left <= WARN_SECONDS
