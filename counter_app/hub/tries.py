"""Failed tries by address: who fails too often waits, and nobody else does (design: lock-out)."""

from __future__ import annotations

from collections import OrderedDict, deque
from collections.abc import Callable
from typing import Final

MOST_ADDRESSES: Final = 4096


class Tries:
    """At most `most` failures from one address in `seconds`. Used on the event loop only."""

    def __init__(self, most: int, seconds: float, monotonic: Callable[[], float]) -> None:
        self._most = most
        self._seconds = seconds
        self._monotonic = monotonic
        self._failed: OrderedDict[str, deque[float]] = OrderedDict()

    def too_many(self, address: str) -> bool:
        times = self._failed.get(address)
        if times is None:
            return False
        while times and times[0] < self._monotonic() - self._seconds:
            times.popleft()
        return len(times) >= self._most

    def failed(self, address: str) -> None:
        times = self._failed.setdefault(address, deque(maxlen=self._most))
        times.append(self._monotonic())
        self._failed.move_to_end(address)
        while len(self._failed) > MOST_ADDRESSES:
            self._failed.popitem(last=False)
