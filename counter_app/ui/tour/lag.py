"""How long the windows' event loop kept somebody waiting, sampled by a timer (design: speed)."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QObject, Qt, QTimer

EVERY_MS: Final = 5


@dataclass(frozen=True, slots=True)
class LagFigures:
    """Milliseconds beyond the timer's own interval; the worst with the step it came in."""

    samples: int
    p50_ms: float
    p99_ms: float
    worst_ms: float
    worst_in: str


class LagMeter(QObject):
    """A precise timer that notes how late it comes; `step` is what is under way."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.step = ""
        self._lags: list[float] = []
        self._worst = (0.0, "")
        self._last: float | None = None
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self._note)

    def start(self) -> None:
        self._last = time.perf_counter()
        self._timer.start()

    def stop(self) -> None:
        self._timer.stop()

    @contextmanager
    def paused(self) -> Iterator[None]:
        """What happens meanwhile is not counted."""
        self._last = None
        try:
            yield
        finally:
            self._last = time.perf_counter()

    def figures(self) -> LagFigures:
        ordered = sorted(self._lags) or [0.0]

        def at(share: float) -> float:
            return round(ordered[min(len(ordered) - 1, int(share * len(ordered)))], 1)

        return LagFigures(len(self._lags), at(0.5), at(0.99), round(ordered[-1], 1), self._worst[1])

    def _note(self) -> None:
        now = time.perf_counter()
        if self._last is not None:
            late = max(0.0, (now - self._last) * 1000 - EVERY_MS)
            self._lags.append(late)
            self._worst = max(self._worst, (late, self.step))
        self._last = now
