"""The log of refusals: who, from where, what, why; never a secret, never a body, never a flood.

Texts from outside are written as `repr`, so they cannot write lines of their own. Of one address so many
lines a minute are written and the rest counted: who knocks all night cannot fill the disk.
"""

from __future__ import annotations

import logging
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

MOST_LINES: Final = 60
SECONDS: Final = 60.0
MOST_ADDRESSES: Final = 1024
_LOG: Final = logging.getLogger("counter_app.hub")


@dataclass(slots=True)
class _Minute:
    began: float
    lines: int = 0


class Refusals:
    """Used on the event loop only. `count` hears every refusal's call, written or not."""

    def __init__(self, monotonic: Callable[[], float], count: Callable[[str], None]) -> None:
        self._monotonic = monotonic
        self._count = count
        self._minutes: OrderedDict[str, _Minute] = OrderedDict()

    def note(self, call: str, host: str, why: str, device: str = "") -> None:
        """`call` is a name of ours, everything else may come from outside."""
        self._count(call)
        minute = self._minute(host)
        minute.lines += 1
        if minute.lines <= MOST_LINES:
            _LOG.warning("refused call=%s device=%r from=%r why=%r", call, device, host, why)
            if minute.lines == MOST_LINES:
                _LOG.warning("refused from=%r more often: counted, not written, for a minute", host)

    def _minute(self, host: str) -> _Minute:
        now = self._monotonic()
        minute = self._minutes.get(host)
        if minute is None or now - minute.began >= SECONDS:
            if minute is not None and minute.lines > MOST_LINES:
                _LOG.warning("refused from=%r %d times more", host, minute.lines - MOST_LINES)
            minute = self._minutes[host] = _Minute(now)
            self._minutes.move_to_end(host)
            while len(self._minutes) > MOST_ADDRESSES:
                self._minutes.popitem(last=False)
        return minute
