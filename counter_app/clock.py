"""The machine's clocks, in the hall's zone. A training home may have one that goes ahead of the machine's."""

from __future__ import annotations

import contextlib
import os
import time
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Final

HALL_ZONE: Final = timezone(timedelta(hours=8))


class SystemClock:
    """`Clock` of the running program."""

    def now(self) -> datetime:
        now = datetime.now(HALL_ZONE)
        return now.replace(microsecond=now.microsecond // 1000 * 1000)

    def monotonic(self) -> float:
        return time.monotonic()


class TrainingClock(SystemClock):
    """`Clock` of a training home: every process of the home reads at `place` how far from the machine's
    clock it goes, so that all leap together. Deadlines are the machine's own."""

    def __init__(self, place: Path) -> None:
        self._place = place
        self._read: tuple[int, int] | None = None
        self._apart = timedelta()

    def now(self) -> datetime:
        return super().now() + self._offset()

    def go_to(self, moment: datetime) -> None:
        """From now on it is `moment`, here and in every other process of the home."""
        apart = moment - super().now()
        draft = self._place.with_name(f"{self._place.name}.{os.getpid()}")
        draft.write_text(f"{apart / timedelta(milliseconds=1):.0f}\n", encoding="ascii")
        draft.replace(self._place)

    def _offset(self) -> timedelta:
        """Read only when the file is another one; what was known last while it is being replaced."""
        with contextlib.suppress(OSError):
            found = self._place.stat()
            stamp = (found.st_mtime_ns, found.st_ino)
            if stamp != self._read:
                self._apart = timedelta(milliseconds=int(self._place.read_text(encoding="ascii")))
                self._read = stamp
        return self._apart
