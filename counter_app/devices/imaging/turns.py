"""Whose turn it is with SANE: looking for scanners opens every one of them, and breaks a scan under way.

Pages are scanned beside one another, on different scanners; looking waits for nobody, a scan waits for it.
The lock is a duty of the home, so it dies with its process. Programs that know nothing of the home are not
kept off: SANE says *busy* of what they use.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from counter_app.devices.imaging.trouble import BeingScanned, SourceBusy
from counter_app.locks import DutyLock

NAME: Final = "sane"
WAIT_SECONDS: Final = 20.0  # longer than looking may take
_LOOK_SECONDS: Final = 0.02


class Turns:
    """Of one home, whose `locks` they are; None: of nobody, nothing is waited for."""

    def __init__(self, locks: Path | None, wait_seconds: float = WAIT_SECONDS) -> None:
        self._locks = locks
        self._wait_seconds = wait_seconds

    @contextmanager
    def scanning(self, where: str) -> Iterator[None]:
        """Wait until nobody looks for scanners. UserFacingError `imaging.busy` when that takes too long."""
        if self._locks is None:
            yield
            return
        lock, until = DutyLock(self._locks, NAME), time.monotonic() + self._wait_seconds
        while not lock.take(shared=True):
            if time.monotonic() >= until:
                raise SourceBusy(where)
            time.sleep(_LOOK_SECONDS)
        try:
            yield
        finally:
            lock.release()

    @contextmanager
    def looking(self, where: str) -> Iterator[None]:
        """At once or not at all. UserFacingError `imaging.scanning`."""
        if self._locks is None:
            yield
            return
        lock = DutyLock(self._locks, NAME)
        if not lock.take():
            raise BeingScanned(where)
        try:
            yield
        finally:
            lock.release()
