"""A rating pad with five keys, a strip whose text can be read, a cash drawer, byte for byte.

Nothing of the driver is used here: frames are taken apart by hand, so that both can be wrong only apart.
Faults: `silent`, `noise` (bytes before each frame), `flip:N` (a byte of each frame), `cut:N` (the cable
goes).
"""

from __future__ import annotations

import threading
from typing import Final

from counter_app.errors import UserFacingError, mark
from counter_app.simulators.line import Wire

ASK, THANK, HELLO = 1, 2, 0
DRAWER_KICK: Final = 1
HEAD: Final = b"\xaa\x55"
WITH_NUMBER: Final = frozenset({"flip", "cut"})
PLAIN: Final = frozenset({"silent", "noise"})
NOISE: Final = bytes.fromhex("AA00AA55FF")
MOST: Final = 1024
KEPT: Final = 50


class FrameFaultUnknown(UserFacingError):
    def __init__(self, text: str) -> None:
        super().__init__(
            "simulator.fault-unknown",
            mark("{text} is no fault the simulator can make."),
            remedy=mark("It can make: {known}"),
            text=text,
            known=" ".join(sorted(PLAIN | {f"{name}:N" for name in WITH_NUMBER})),
        )


def xor(data: bytes) -> int:
    value = 0
    for byte in data:
        value ^= byte
    return value


def next_order(buffer: bytes) -> tuple[int | None, bytes]:
    """The first whole frame of three bytes and their checksum, and what lies behind it. Noise is dropped."""
    while len(buffer) >= 4:
        frame, rest = buffer[:4], buffer[4:]
        if frame[:2] == HEAD and xor(frame[:3]) == frame[3]:
            return frame[2], rest
        buffer = buffer[1:]
    return None, buffer


class FramedDevice:
    """A `ByteDevice` with a fault. Control and line are different threads."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._wire: Wire | None = None
        self._buffer = b""
        self._fault = ("", 0)

    def add_fault(self, text: str) -> None:
        """`none` ends it. Raises FrameFaultUnknown."""
        kind, colon, number = text.strip().partition(":")
        if kind == "none" or (kind in PLAIN and not colon):
            fault = ("" if kind == "none" else kind, 0)
        elif kind in WITH_NUMBER and number.isascii() and number.isdecimal():
            fault = (kind, int(number))
        else:
            raise FrameFaultUnknown(text)
        with self._guard:
            self._fault = fault

    def connected(self, wire: Wire) -> None:
        with self._guard:
            self._wire, self._buffer = wire, b""

    def disconnected(self) -> None:
        with self._guard:
            self._wire = None

    def feed(self, data: bytes) -> None:
        with self._guard:
            self._buffer = (self._buffer + data)[-MOST:]
        self.taken_in()

    def taken_in(self) -> None:
        """Bytes came: the device's own look at them."""
        raise NotImplementedError

    def _next(self) -> int | None:
        """The next order of three bytes and their checksum."""
        with self._guard:
            frame, self._buffer = next_order(self._buffer)
        return frame

    def _send(self, frame: bytes) -> bool:
        """Whether somebody listens."""
        with self._guard:
            wire, (kind, number) = self._wire, self._fault
        if wire is None:
            return False
        if kind == "silent":
            return True
        if kind == "flip":
            at = number % len(frame)
            frame = frame[:at] + bytes([frame[at] ^ 0x04]) + frame[at + 1 :]
        if kind == "cut":
            wire.send(frame[:number])
            wire.unplug()
            return True
        wire.send(NOISE + frame if kind == "noise" else frame)
        return True


class SimulatedPad(FramedDevice):
    """The pad `generic-xor`: answers hello, and sends the key that is pressed."""

    def __init__(self) -> None:
        super().__init__()
        self.asked = 0
        self.thanked = 0
        self.press_when_asked = 0  # a score: the citizen of a test does not wait

    def press(self, score: int) -> bool:
        """Whether somebody listens."""
        body = HEAD + bytes([0x81, score])
        return self._send(body + bytes([xor(body)]))

    def taken_in(self) -> None:
        while (frame := self._next()) is not None:
            if frame == HELLO:
                body = HEAD + b"\x80"
                self._send(body + bytes([xor(body)]))
            elif frame == ASK:
                self.asked += 1
                if self.press_when_asked:
                    self.press(self.press_when_asked)
            elif frame == THANK:
                self.thanked += 1


class SimulatedDrawer(FramedDevice):
    """The drawer `generic-xor`: opens, and says whether it is open."""

    def __init__(self) -> None:
        super().__init__()
        self.kicks = 0
        self.is_open = False

    def taken_in(self) -> None:
        while (order := self._next()) is not None:
            if order == DRAWER_KICK:
                self.kicks += 1
                self.is_open = True
            elif order == HELLO:
                body = HEAD + (b"\x81" if self.is_open else b"\x80")
                self._send(body + bytes([xor(body)]))


class SimulatedStrip(FramedDevice):
    """The strip `generic-xor`: shows the text of the last whole frame."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []

    def power_on(self) -> None:
        """It is dark until somebody writes to it."""
        with self._guard:
            self.texts = []

    @property
    def text(self) -> str:
        with self._guard:
            return self.texts[-1] if self.texts else ""

    def taken_in(self) -> None:
        with self._guard:
            while True:
                at = self._buffer.find(HEAD)
                if at < 0 or len(self._buffer) < at + 3:
                    return
                size = self._buffer[at + 2]
                end = at + 3 + size
                if len(self._buffer) < end + 1:
                    return
                frame, check = self._buffer[at:end], self._buffer[end]
                if xor(frame) == check and size and frame[3] == 0x10:
                    self.texts = [*self.texts, frame[4:].decode("gbk", "replace")][-KEPT:]
                    self._buffer = self._buffer[end + 1 :]
                else:
                    self._buffer = self._buffer[at + 1 :]
