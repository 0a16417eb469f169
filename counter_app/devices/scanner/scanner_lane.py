"""A serial scanner that works by itself: bytes in, whole codes out.

A scanner says nothing unasked, so the open port is all there is to know of it. Its codes end with what it
was set up to send (CR, LF, Tab, ETX); one without any ends where the line falls silent, since bytes of one
code follow each other without a pause.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

from counter_app.devices.port_lane import PortLane
from counter_app.devices.serial_line import LineSettings, Port, SerialLine, open_port
from counter_app.domain.scanning.codes import LONGEST
from counter_app.domain.scanning.collecting import CodeCollector
from counter_app.use_cases.ports.inputs import Scanned

GAP_SECONDS: Final = 0.25  # a pause within a code is a few milliseconds at 9600 baud
LISTEN_SECONDS: Final = 1.0
USUAL_BAUDRATE: Final = 9600  # what most serial scanners are sold with; those over USB do not care


class ScannerLane(PortLane[Scanned]):
    """A `TextSource` over a serial line."""

    def __init__(
        self,
        settings: LineSettings,
        *,
        gap_seconds: float = GAP_SECONDS,
        clock: Callable[[], float] = time.monotonic,
        opener: Callable[[str, int], Port] = open_port,
    ) -> None:
        super().__init__(settings, "lane-scanner", clock=clock, opener=opener)
        self._gap_seconds = gap_seconds
        self._collector = CodeCollector()

    def _session(self, line: SerialLine) -> None:
        line.discard_input()  # what was scanned while nobody listened is not for whoever sits here now
        self._ready()
        while not self._stop.is_set():
            within = bool(self._collector.pending)
            wait = self._gap_seconds if within else LISTEN_SECONDS
            came = line.read_some(LONGEST, self._clock() + wait)
            codes = self._collector.put(came.decode("latin-1")) if came else self._collector.give_up()
            for code in codes:
                self._tell(Scanned(decoded(code), self._clock()))

    def _left(self) -> None:
        """A scanner unplugged within a code: what came of it is shown, not swallowed."""
        for code in self._collector.give_up():
            self._tell(Scanned(decoded(code), self._clock()))


def decoded(code: str) -> str:
    """Bytes held as Latin-1 → text: UTF-8, else GB 18030, else as they are."""
    data = code.encode("latin-1")
    for encoding in ("utf-8", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return code
