"""The keeper's look at what no window holds: cameras, scanners, pads, strips, printers of sheets and cards.

What works is asked seldom, what fails often, until it is back. A duty that finds its device gone says so
(`soon`). Printers of receipts have a lane of their own; readers are held by the windows.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Final, Protocol

from counter_app.domain.journal import Actor
from counter_app.peripherals import Kind
from counter_app.use_cases.peripherals.desk import PeripheralRow
from counter_app.use_cases.ports.peripherals import Seen

KEEPER: Final = Actor("keeper")
AGAIN_SECONDS: Final = 4.0
SELDOM_SECONDS: Final = 60.0
# A strip's line is opened to ask it, which some take for switching on: its own work finds it gone.
SELDOM: Final = frozenset({Kind.CAMERA, Kind.DOCUMENT_SCANNER, Kind.RATING_PAD})
# Asking a queue may take the system half a minute: only after it failed.
ONLY_WHEN_FAILED: Final = frozenset({Kind.LED_STRIP, Kind.SHEET_PRINTER, Kind.CARD_PRINTER})


class Looking(Protocol):
    """The desk of the machine's peripherals, as far as it is looked at from here."""

    def rows(self) -> tuple[PeripheralRow, ...]: ...

    def look(self, actor: Actor, name: str) -> Seen: ...


class BesideWatch:
    """One thread's duty; `soon` comes from any."""

    def __init__(self, desk: Looking, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._desk = desk
        self._monotonic = monotonic
        self._asked: dict[str, float] = {}
        self._doubted: set[str] = set()
        self._guard = threading.Lock()

    def soon(self, name: str) -> None:
        """Somebody who works with it had trouble: ask it at the next look."""
        with self._guard:
            self._doubted.add(name)

    def doubts(self) -> bool:
        """Whether somebody had: wakes the duty."""
        with self._guard:
            return bool(self._doubted)

    def step(self) -> bool:
        """Ask those that are due; never more at once. UserFacingError `store.*`, `home.*`."""
        with self._guard:
            doubted, self._doubted = self._doubted, set()
        due = [row.name for row in self._desk.rows() if self._is_due(row, row.name in doubted)]
        for name in due:
            self._desk.look(KEEPER, name)
            self._asked[name] = self._monotonic()
        return False

    def _is_due(self, row: PeripheralRow, doubted: bool) -> bool:
        if row.set_aside or row.kind not in SELDOM | ONLY_WHEN_FAILED:
            return False
        since = self._monotonic() - self._asked.get(row.name, -SELDOM_SECONDS)
        if doubted or not row.condition.works:
            return doubted or since >= AGAIN_SECONDS
        return row.kind in SELDOM and since >= SELDOM_SECONDS
