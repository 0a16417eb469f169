"""Time is passed in: wall time in the hall's zone, and a monotonic clock for deadlines."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol


class Clock(Protocol):
    def now(self) -> datetime:
        """Wall time, aware, in the hall's zone (UTC+8), whole milliseconds."""
        ...

    def monotonic(self) -> float:
        """Seconds that never go back."""
        ...
