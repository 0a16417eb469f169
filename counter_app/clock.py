"""The machine's clocks, in the hall's zone."""

from __future__ import annotations

import time
from datetime import datetime, timedelta, timezone
from typing import Final

HALL_ZONE: Final = timezone(timedelta(hours=8))


class SystemClock:
    """`Clock` of the running program."""

    def now(self) -> datetime:
        now = datetime.now(HALL_ZONE)
        return now.replace(microsecond=now.microsecond // 1000 * 1000)

    def monotonic(self) -> float:
        return time.monotonic()
