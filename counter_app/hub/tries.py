"""Failed tries: who fails too often waits, and nobody else does (design: lock-out)."""

from __future__ import annotations

from collections import OrderedDict, deque
from collections.abc import Callable
from typing import Final

MOST_KEPT: Final = 4096


class Tries:
    """At most `most` failures of one (an address, with its device) in `seconds`. For the event loop only."""

    def __init__(self, most: int, seconds: float, monotonic: Callable[[], float]) -> None:
        self._most = most
        self._seconds = seconds
        self._monotonic = monotonic
        self._failed: OrderedDict[str, deque[float]] = OrderedDict()

    def too_many(self, who: str) -> bool:
        times = self._failed.get(who)
        if times is None:
            return False
        while times and times[0] < self._monotonic() - self._seconds:
            times.popleft()
        return len(times) >= self._most

    def failed(self, who: str) -> None:
        times = self._failed.setdefault(who, deque(maxlen=self._most))
        times.append(self._monotonic())
        self._failed.move_to_end(who)
        while len(self._failed) > MOST_KEPT:
            self._failed.popitem(last=False)
