"""A reader that works by itself: one thread that opens the port, polls, reads and says what happened.

Why an own thread: a request may take seconds, an unplugged port may hang, and a port belongs to one
thread. The thread survives every state of cable and card; it comes back by itself when the reader
does. It never touches a window: its listener hands the news on.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from counter_app.devices.id_card.driver import BAUDRATES, USUAL, IdCardDriver, Timing
from counter_app.devices.id_card.status import ReaderRefused, ReaderSilent, ReplyDamaged
from counter_app.devices.port_lock import PortBusy
from counter_app.devices.serial_line import (
    LineLost,
    LineSettings,
    LineStopped,
    Port,
    SerialLine,
    open_port,
)
from counter_app.domain.identity.layouts import TextBlockDamaged
from counter_app.errors import UserFacingError
from counter_app.use_cases.ports.identity import (
    CardFailed,
    CardRead,
    CardRemoved,
    ReaderChanged,
    ReaderListener,
    ReaderNews,
    ReaderState,
)

POLL_SECONDS: Final = 0.3  # the protocol's shortest interval between two polls
BACK_OFF: Final = (0.1, 0.25, 0.5, 1.0)  # seconds before each next try to open; the last one repeats
STOP_SECONDS: Final = 4.0  # longer than an opening may take; the thread is a daemon beyond that
SILENCES: Final = 3  # unanswered polls in a row before the reader counts as lost

CARD_TROUBLE: Final = (ReaderRefused, ReaderSilent, ReplyDamaged, TextBlockDamaged)


class ReaderLane:
    """A `CardReader` over a serial line. `find_speed` tries the other baud rates when none answers."""

    def __init__(
        self,
        settings: LineSettings,
        *,
        find_speed: bool = True,
        poll_seconds: float = POLL_SECONDS,
        timing: Timing = USUAL,
        clock: Callable[[], float] = time.monotonic,
        opener: Callable[[str, int], Port] = open_port,
    ) -> None:
        first = settings.baudrate
        has_speed = find_speed and not settings.url.startswith(("socket://", "loop://"))
        others = tuple(rate for rate in BAUDRATES if rate != first) if has_speed else ()
        self._speeds = (first, *others)
        self._settings = settings
        self._poll_seconds = poll_seconds
        self._timing = timing
        self._clock = clock
        self._opener = opener
        self._mute = 0  # openings in a row at which nothing answered, each at another speed
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None
        self._listener: ReaderListener = lambda news: None
        self._changed = ReaderChanged(ReaderState.OFF)
        self._card: CardRead | None = None
        self._failure: str | None = None  # code of the trouble that was told about the card lying there

    @property
    def state(self) -> ReaderState:
        return self._changed.state

    @property
    def problem(self) -> UserFacingError | None:
        return self._changed.problem

    @property
    def card(self) -> CardRead | None:
        return self._card

    def start(self, listener: ReaderListener) -> None:
        """See `CardReader.start`. Raises RuntimeError when it was started before."""
        if self._thread is not None:
            raise RuntimeError("a reader lane is started once")
        self._listener = listener
        self._thread = threading.Thread(target=self._run, name="lane-id-card", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """See `CardReader.stop`. Waits for the thread, at most for a slice of a read or an opening."""
        self._stop.set()
        if self._thread is not None and self._thread is not threading.current_thread():
            self._thread.join(STOP_SECONDS)

    def _run(self) -> None:
        failures = 0
        while not self._stop.is_set():
            settings = replace(self._settings, baudrate=self._speeds[0])
            line = SerialLine(settings, clock=self._clock, stopping=self._stop.is_set, opener=self._opener)
            try:
                with line:
                    driver = IdCardDriver(line, self._timing)
                    module = self._probe(driver)
                    failures = 0
                    self._tell_state(ReaderChanged(ReaderState.READY, module=module))
                    self._work(driver)
            except LineStopped:
                break
            except UserFacingError as error:
                self._away(error)
                if self._mute % len(self._speeds):
                    continue  # something is there; the next speed may be the right one
            self._stop.wait(BACK_OFF[min(failures, len(BACK_OFF) - 1)])
            failures += 1
        self._card, self._changed = None, ReaderChanged(ReaderState.OFF)

    def _probe(self, driver: IdCardDriver) -> str:
        """The module number. When nothing answers, the next opening tries the next speed."""
        try:
            module = driver.probe().number
        except (ReaderSilent, ReplyDamaged):
            self._speeds = self._speeds[1:] + self._speeds[:1]
            self._mute += 1
            raise
        self._mute = 0
        return module

    def _work(self, driver: IdCardDriver) -> None:
        """Poll until the line breaks, the reader falls silent (both raise), or stop."""
        silent = 0
        while not self._stop.is_set():
            began = self._clock()
            try:
                self._step(driver)
                silent = 0
            except ReaderSilent:
                silent += 1
                if silent >= SILENCES:
                    raise
            except (ReaderRefused, ReplyDamaged):
                silent = 0  # it answers; what it says is looked at again with the next poll
            self._stop.wait(max(0.0, began + self._poll_seconds - self._clock()))

    def _step(self, driver: IdCardDriver) -> None:
        """One poll: is the card still there, else is there a new one."""
        if self._card is not None and self._still_lies(driver):
            return
        if not driver.find():
            if self._failure is not None and not driver.newest_address().still_there:
                self._lifted()
            return
        if self._card is not None:
            self._lifted()
        self._read(driver)

    def _still_lies(self, driver: IdCardDriver) -> bool:
        """Ask for the card read last; readers that cannot tell notice only the next laying-on."""
        still_there = driver.newest_address().still_there
        if still_there is False:
            self._lifted()
        return bool(still_there)

    def _read(self, driver: IdCardDriver) -> None:
        try:
            driver.select()
            document = driver.read()
        except CARD_TROUBLE as error:
            if error.code != self._failure:
                self._failure = error.code
                self._tell(CardFailed(error, self._clock()))
            return
        self._failure = None
        self._card = CardRead(document, self._clock())
        self._tell(self._card)

    def _lifted(self) -> None:
        if self._card is not None or self._failure is not None:
            self._card, self._failure = None, None
            self._tell(CardRemoved(self._clock()))

    def _away(self, error: UserFacingError) -> None:
        """The line is closed: say so once for each state, and that its card is gone."""
        self._lifted()
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

    def _tell(self, news: ReaderNews) -> None:
        if not self._stop.is_set():
            self._listener(news)
