"""A reader that works by itself: it polls, reads and says what happened (the thread is `port_lane`'s).

The lane survives every state of cable and card; it comes back by itself when the reader does.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from counter_app.devices.id_card.driver import BAUDRATES, USUAL, IdCardDriver, Timing
from counter_app.devices.id_card.status import ReaderRefused, ReaderSilent, ReplyDamaged
from counter_app.devices.port_lane import PortLane, Reopen
from counter_app.devices.serial_line import LineSettings, Port, SerialLine, open_port
from counter_app.domain.identity.layouts import TextBlockDamaged
from counter_app.peripherals import simulator_refused
from counter_app.use_cases.ports.identity import CardFailed, CardRead, CardRemoved

POLL_SECONDS: Final = 0.3  # the protocol's shortest interval between two polls
SILENCES: Final = 3  # unanswered polls in a row before the reader counts as lost

CARD_TROUBLE: Final = (ReaderRefused, ReaderSilent, ReplyDamaged, TextBlockDamaged)


class ReaderLane(PortLane[CardRead | CardFailed | CardRemoved]):
    """A `CardReader` over a serial line. `find_speed` tries the other baud rates when none answers;
    `fastest` makes a slow reader talk at the fastest, and opens the line anew at it. Where `real_only`, a
    simulator stays away: its made-up citizens never come into a real home's cases."""

    def __init__(
        self,
        settings: LineSettings,
        *,
        find_speed: bool = True,
        fastest: bool = False,
        real_only: bool = False,
        poll_seconds: float = POLL_SECONDS,
        timing: Timing = USUAL,
        clock: Callable[[], float] = time.monotonic,
        opener: Callable[[str, int], Port] = open_port,
    ) -> None:
        super().__init__(settings, "lane-id-card", clock=clock, opener=opener)
        first = settings.baudrate
        has_speed = find_speed and not settings.url.startswith(("socket://", "loop://"))
        others = tuple(rate for rate in BAUDRATES if rate != first) if has_speed else ()
        self._speeds = (first, *others)
        self._fastest = fastest and has_speed
        self._real_only = real_only
        self._poll_seconds = poll_seconds
        self._timing = timing
        self._mute = 0  # openings in a row at which nothing answered, each at another speed
        self._card: CardRead | None = None
        self._failure: str | None = None  # code of the trouble that was told about the card lying there

    @property
    def card(self) -> CardRead | None:
        return self._card

    def _line_settings(self) -> LineSettings:
        return replace(self._settings, baudrate=self._speeds[0])

    def _at_once(self) -> bool:
        """Something is there; the next speed may be the right one."""
        return bool(self._mute % len(self._speeds))

    def _session(self, line: SerialLine) -> None:
        driver = IdCardDriver(line, self._timing)
        module = self._probe(driver)
        if self._fastest and self._speeds[0] != BAUDRATES[0]:
            self._speed_up(driver)
        self._ready(module)
        self._work(driver)

    def _speed_up(self, driver: IdCardDriver) -> None:
        """Once: a reader that refuses, or is not heard at its new speed, keeps the one it had."""
        self._fastest = False
        try:
            driver.change_speed(BAUDRATES[0])
        except (ReaderRefused, ReaderSilent, ReplyDamaged):
            return
        self._speeds = (BAUDRATES[0], *(rate for rate in self._speeds if rate != BAUDRATES[0]))
        raise Reopen

    def _probe(self, driver: IdCardDriver) -> str:
        """The module number. When nothing answers, the next opening tries the next speed."""
        try:
            module = driver.probe()
        except (ReaderSilent, ReplyDamaged):
            self._speeds = self._speeds[1:] + self._speeds[:1]
            self._mute += 1
            raise
        self._mute = 0
        if module.simulated and self._real_only:
            raise simulator_refused(self._settings.url)
        return module.number

    def _work(self, driver: IdCardDriver) -> None:
        """Poll until the line breaks, the reader falls silent or says nothing whole (all raise), or stop."""
        mute = 0
        while not self._stop.is_set():
            began = self._clock()
            try:
                self._step(driver)
                mute = 0
            except (ReaderSilent, ReplyDamaged):
                mute += 1
                if mute >= SILENCES:
                    raise
            except ReaderRefused:
                mute = 0  # it answers; what it says is looked at again with the next poll
            self._stop.wait(max(0.0, began + self._poll_seconds - self._clock()))

    def _step(self, driver: IdCardDriver) -> None:
        """One poll: is the card still there, else is there a new one."""
        if self._card is not None and self._still_lies(driver):
            return
        if not driver.find():
            if self._failure is not None and not driver.newest_address().still_there:
                self._left()
            return
        if self._card is not None:
            self._left()
        self._read(driver)

    def _still_lies(self, driver: IdCardDriver) -> bool:
        """Ask for the card read last; readers that cannot tell notice only the next laying-on."""
        still_there = driver.newest_address().still_there
        if still_there is False:
            self._left()
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

    def _left(self) -> None:
        if self._card is not None or self._failure is not None:
            self._card, self._failure = None, None
            self._tell(CardRemoved(self._clock()))
