"""A rating pad and a strip on a line of their own. One thread owns each."""

from __future__ import annotations

import time
from typing import Final

from counter_app.devices.frames.profiles import SCORES, FramesWrong, pad_frames, strip_frames
from counter_app.devices.serial_line import LineSettings, SerialLine
from counter_app.peripherals import Peripheral
from counter_app.use_cases.ports.frames import StripState

MOMENT: Final = 0.4
MOST_UNREAD: Final = 4096


class FramedPad:
    """`RatingPad`. The line stays open between asking and thanking; a lost one is opened by the next call."""

    def __init__(self, peripheral: Peripheral, settings: LineSettings) -> None:
        """UserFacingError `frames.wrong`."""
        self._frames = pad_frames(peripheral)
        self._settings = settings
        self._line: SerialLine | None = None
        self._unread = b""

    def ask(self) -> None:
        self._unread = b""
        line = self._open()
        line.discard_input()
        self._write(self._frames.ask)

    def score(self) -> int | None:
        return next((int(word) for word in self.heard(MOMENT, SCORES) if word in SCORES), None)

    def thank(self) -> None:
        if self._frames.thank:
            self._write(self._frames.thank)

    def hello(self, seconds: float) -> bool | None:
        """Whether it answers; None where it has no such question."""
        if not self._frames.hello:
            self._open()
            return None
        self._open().discard_input()
        self._write(self._frames.hello)
        return bool(self.heard(seconds, ("ready",)))

    def heard(self, seconds: float, wanted: tuple[str, ...]) -> tuple[str, ...]:
        """Meanings of what comes, until a wanted one came or the time is up."""
        line = self._open()
        ends = time.monotonic() + seconds
        while time.monotonic() < ends:
            try:
                self._unread = (self._unread + line.read(1, time.monotonic() + 0.05))[-MOST_UNREAD:]
            except BaseException:
                self.close()
                raise
            meanings, self._unread = self._frames.replies.take(self._unread)
            if any(meaning in wanted for meaning in meanings):
                return meanings
        return ()

    def close(self) -> None:
        line, self._line = self._line, None
        if line is not None:
            line.close()

    def _open(self) -> SerialLine:
        if self._line is None:
            line = SerialLine(self._settings)
            line.open()
            self._line = line
        return self._line

    def _write(self, frame: bytes) -> None:
        try:
            self._open().write(frame)
        except BaseException:
            self.close()
            raise


class FramedStrip:
    """`LedStrip`. The line is opened for each frame: a strip answers nothing, its port is free meanwhile."""

    def __init__(self, peripheral: Peripheral, settings: LineSettings) -> None:
        """UserFacingError `frames.wrong`."""
        self._frames = strip_frames(peripheral)
        self._name = peripheral.name
        self._settings = settings
        self.counter = peripheral.text("counter")

    def show(self, state: StripState, counter: str, ticket: str) -> None:
        try:
            frame = self._frames.frame(state, counter, ticket)
        except ValueError as error:
            raise FramesWrong(self._name, str(error)) from error
        self._send(frame)

    def text(self, text: str) -> None:
        self._send(self._frames.text(text))

    def _send(self, frame: bytes) -> None:
        with SerialLine(self._settings) as line:
            line.write(frame)
