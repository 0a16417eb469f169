"""One virtual time for the hall, and how each machine reads it: offset, jumps, a steady second hand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from counter_app.clock import HALL_ZONE
from counter_app.use_cases.ports.clock import Clock


@dataclass
class MachineClock:
    """`Clock` of one machine: the wall clock may be wrong and may jump, the monotonic one only goes on."""

    true: Clock
    wrong_by: timedelta = timedelta()

    def now(self) -> datetime:
        """In whole milliseconds, as the machine's real clock gives them."""
        now = (self.true.now() + self.wrong_by).astimezone(HALL_ZONE)
        return now.replace(microsecond=now.microsecond // 1000 * 1000)

    def monotonic(self) -> float:
        return self.true.monotonic()

    def jump(self, by: timedelta) -> None:
        self.wrong_by += by
