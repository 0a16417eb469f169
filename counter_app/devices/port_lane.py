"""A device that works by itself: one thread that opens its port, talks, and comes back after any loss.

Why an own thread: a request may take seconds, an unplugged port may hang, and a port belongs to one
thread. What is said over the line is the subclass's; it never touches a window: its listener hands on.
"""

from __future__ import annotations

import threading
import time
from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import Final, Generic, TypeVar

from counter_app.devices.port_lock import PortBusy
from counter_app.devices.serial_line import LineLost, LineSettings, LineStopped, Port, SerialLine, open_port
from counter_app.errors import UserFacingError
from counter_app.use_cases.ports.identity import ReaderChanged, ReaderState

BACK_OFF: Final = (0.1, 0.25, 0.5, 1.0)  # seconds before each next try to open; the last one repeats
STOP_SECONDS: Final = 4.0  # longer than an opening may take; the thread is a daemon beyond that

News = TypeVar("News")


class Reopen(Exception):  # not a fault: the same line, opened anew
    """Raised by a session that needs the line opened with other settings."""


class PortLane(ABC, Generic[News]):
    """State, thread and port. `News` is what the listener gets besides `ReaderChanged`."""

    def __init__(
        self,
        settings: LineSettings,
        name: str,
        *,
        clock: Callable[[], float] = time.monotonic,
        opener: Callable[[str, int], Port] = open_port,
    ) -> None:
        self._settings = settings
        self._clock = clock
        self._opener = opener
        self._name = name
        self._failures = 0
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None
        self._listener: Callable[[News | ReaderChanged], None] = lambda news: None
        self._changed = ReaderChanged(ReaderState.OFF)

    @property
    def state(self) -> ReaderState:
        return self._changed.state

    @property
    def problem(self) -> UserFacingError | None:
        return self._changed.problem

    def start(self, listener: Callable[[News | ReaderChanged], None]) -> None:
        """Begin to work and to tell. Raises RuntimeError when it was started before."""
        if self._thread is not None:
            raise RuntimeError("a lane is started once")
        self._listener = listener
        self._thread = threading.Thread(target=self._run, name=self._name, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Waits for the thread, at most for a slice of a read or an opening."""
        self._stop.set()
        if self._thread is not None and self._thread is not threading.current_thread():
            self._thread.join(STOP_SECONDS)

    @abstractmethod
    def _session(self, line: SerialLine) -> None:
        """Talk over an open line, calling `_ready` once the device is known to be there; ends by raising."""

    def _line_settings(self) -> LineSettings:
        return self._settings

    def _at_once(self) -> bool:
        """Whether the next opening is tried without waiting."""
        return False

    def _left(self) -> None:
        """The line is closed: what lay there is there no more."""

    def _run(self) -> None:
        while not self._stop.is_set():
            settings = self._line_settings()
            line = SerialLine(settings, clock=self._clock, stopping=self._stop.is_set, opener=self._opener)
            try:
                with line:
                    self._session(line)
            except LineStopped:
                break
            except Reopen:
                continue
            except UserFacingError as error:
                self._away(error)
                if self._at_once():
                    continue
            self._stop.wait(BACK_OFF[min(self._failures, len(BACK_OFF) - 1)])
            self._failures += 1
        self._left()
        self._changed = ReaderChanged(ReaderState.OFF)

    def _ready(self, module: str = "") -> None:
        self._failures = 0
        self._tell_state(ReaderChanged(ReaderState.READY, module=module))

    def _away(self, error: UserFacingError) -> None:
        """Say so once for each state."""
        self._left()
        if isinstance(error, PortBusy):
            state = ReaderState.BUSY
        elif isinstance(error, LineLost) or self.state in {ReaderState.READY, ReaderState.LOST}:
            state = ReaderState.LOST
        else:
            state = ReaderState.ABSENT
        self._tell_state(ReaderChanged(state, error))

    def _tell_state(self, changed: ReaderChanged) -> None:
        known = self._changed
        same_problem = getattr(known.problem, "code", "") == getattr(changed.problem, "code", "")
        self._changed = changed
        if known.state is not changed.state or not same_problem:
            self._tell(changed)

    def _tell(self, news: News | ReaderChanged) -> None:
        if not self._stop.is_set():
            self._listener(news)
