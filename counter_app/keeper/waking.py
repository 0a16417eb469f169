"""What wakes duties: a commit, heard by each of them and not by the first one only; a clock that leaps."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from counter_app.use_cases.ports.clock import Clock

LEAP: Final = timedelta(seconds=30)


class ClockWatch:
    """For one duty: a machine wakes from sleep, a wrong clock is put right, a training home goes on a day."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._begin = self._beginning()

    def has_leapt(self) -> bool:
        """Whether wall time has left the time gone by since it was asked last."""
        begin = self._beginning()
        leapt = abs(begin - self._begin) >= LEAP
        if leapt:
            self._begin = begin
        return leapt

    def _beginning(self) -> datetime:
        """The wall time at which the monotonic clock stood at nothing: the same while nobody turns it."""
        return self._clock.now() - timedelta(seconds=self._clock.monotonic())


class CommitWatch:
    """`changed` says once whether anybody has committed (`Store.changed`)."""

    def __init__(self, changed: Callable[[], bool]) -> None:
        self._changed = changed
        self._guard = threading.Lock()
        self._unheard: list[bool] = []

    def ear(self) -> Callable[[], bool]:
        """Asked by one duty: whether a commit has landed since it asked last."""
        with self._guard:
            own = len(self._unheard)
            self._unheard.append(True)

        def heard() -> bool:
            with self._guard:
                if self._changed():
                    self._unheard = [True] * len(self._unheard)
                fresh, self._unheard[own] = self._unheard[own], False
                return fresh

        return heard
