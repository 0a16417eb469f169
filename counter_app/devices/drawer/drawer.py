"""A drawer on a serial line of its own. The line is open only while something is said: one thread."""

from __future__ import annotations

import time
from typing import Final

from counter_app.devices.drawer.profiles import OPEN, drawer_frames
from counter_app.devices.serial_line import LineSettings, SerialLine
from counter_app.peripherals import Peripheral

ANSWER_SECONDS: Final = 1.0


class SerialDrawer:
    """`use_cases.ports.drawer.OwnDrawer`."""

    def __init__(self, peripheral: Peripheral, settings: LineSettings) -> None:
        """UserFacingError `frames.wrong`."""
        self._frames = drawer_frames(peripheral)
        self._settings = settings

    @property
    def can_tell(self) -> bool:
        return bool(self._frames.ask)

    def kick(self) -> None:
        """Tell it to open. UserFacingError `port.*`, LineLost."""
        with SerialLine(self._settings) as line:
            line.write(self._frames.kick)

    def is_open(self) -> bool | None:
        """None when it does not answer. UserFacingError `port.*`, LineLost."""
        if self._frames.replies is None:
            return None
        heard, ends = b"", time.monotonic() + ANSWER_SECONDS
        with SerialLine(self._settings) as line:
            line.discard_input()
            line.write(self._frames.ask)
            while time.monotonic() < ends:
                heard += line.read(1, time.monotonic() + 0.05)
                meanings, heard = self._frames.replies.take(heard)
                if meanings:
                    return meanings[-1] == OPEN
        return None
