"""What a printer says, told apart by the fixed bits of each kind of reply (peripherals: ESC/POS).

    DLE EOT   0xx1xx10   one byte, in the order asked
    GS a      0xx1xx00   and three bytes 0xx0xxxx
    GS r      0xx0xxxx   one byte
    GS ( H    37 22 d1 d2 d3 d4 00
    DLE DC4 8 37 25 00

Pure: bytes in any pieces → replies. Noise is dropped, never read as good news.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from counter_app.use_cases.ports.printing import PrinterState

_HEADER: Final = 0x37
_DONE: Final = b"\x37\x22"
_CLEARED: Final = b"\x37\x25\x00"
_DONE_SIZE: Final = 7
_AUTOMATIC_SIZE: Final = 4


@dataclass(frozen=True, slots=True)
class RealTime:
    """The answer to a `DLE EOT`; which one, only the asker knows."""

    bits: int


@dataclass(frozen=True, slots=True)
class Automatic:
    """The four bytes a printer sends by itself after `GS a`."""

    data: bytes


@dataclass(frozen=True, slots=True)
class Transmitted:
    """The answer to `GS r 1`: everything before it was taken out of the buffer."""

    bits: int


@dataclass(frozen=True, slots=True)
class ProcessDone:
    """Everything before the `GS ( H` with this mark is on paper."""

    mark: bytes


@dataclass(frozen=True, slots=True)
class Cleared:
    """The buffer was emptied as ordered."""


Reply = RealTime | Automatic | Transmitted | ProcessDone | Cleared


class ReplyReader:
    """Collects bytes and gives whole replies."""

    def __init__(self) -> None:
        self._heard = b""

    def feed(self, data: bytes) -> list[Reply]:
        self._heard += data
        replies: list[Reply] = []
        while self._heard:
            reply, size = _first(self._heard)
            if size == 0:
                break
            self._heard = self._heard[size:]
            if reply is not None:
                replies.append(reply)
        return replies

    def forget(self) -> None:
        """Drop an unfinished reply: what comes next is not its end."""
        self._heard = b""


def _first(heard: bytes) -> tuple[Reply | None, int]:
    """The reply at the beginning and its size; size 0 asks for more bytes, no reply drops noise."""
    first = heard[0]
    if first == _HEADER:
        return _block(heard)
    if first & 0x93 == 0x12:
        return RealTime(first), 1
    if first & 0x93 == 0x10:
        return _automatic(heard)
    if first & 0x90 == 0:
        return Transmitted(first), 1
    return None, 1


def _block(heard: bytes) -> tuple[Reply | None, int]:
    if len(heard) == 1:
        return None, 0
    if heard.startswith(_DONE):
        if len(heard) < _DONE_SIZE:
            return None, 0
        return (ProcessDone(heard[2:6]), _DONE_SIZE) if heard[6] == 0 else (None, 1)
    if _CLEARED.startswith(heard[:3]):
        return (None, 0) if len(heard) < 3 else (Cleared(), 3)
    return None, 1


def _automatic(heard: bytes) -> tuple[Reply | None, int]:
    rest = heard[1:_AUTOMATIC_SIZE]
    if any(byte & 0x90 for byte in rest):
        return None, 1
    return (Automatic(heard[:_AUTOMATIC_SIZE]), _AUTOMATIC_SIZE) if len(rest) == 3 else (None, 0)


@dataclass(frozen=True, slots=True)
class Condition:
    """What the sensors were last heard to say. Nothing heard is nothing wrong: the asker keeps count."""

    offline: bool = False
    cover_open: bool = False
    paper_out: bool = False
    near_end: bool = False
    cutter_error: bool = False
    other_error: bool = False
    drawer_high: bool | None = None  # the level of the drawer's switch, None until told

    def heard(self, n: int, bits: int) -> Condition:
        """With the answer to `DLE EOT n`, n = 1..4."""
        match n:
            case 1:
                return replace(self, offline=bool(bits & 0x08), drawer_high=bool(bits & 0x04))
            case 2:
                return replace(
                    self,
                    cover_open=bool(bits & 0x04),
                    paper_out=bool(bits & 0x20),
                    other_error=bool(bits & 0x40),
                )
            case 3:
                return replace(self, cutter_error=bool(bits & 0x08), other_error=bool(bits & 0x64))
            case _:
                return replace(
                    self, near_end=bool(bits & 0x0C), paper_out=self.paper_out or bool(bits & 0x60)
                )

    @property
    def state(self) -> PrinterState:
        """The worst that holds."""
        for holds, state in (
            (self.cover_open, PrinterState.COVER_OPEN),
            (self.paper_out, PrinterState.PAPER_OUT),
            (self.cutter_error, PrinterState.CUTTER_ERROR),
            (self.offline or self.other_error, PrinterState.OFFLINE),
            (self.near_end, PrinterState.PAPER_NEAR_END),
        ):
            if holds:
                return state
        return PrinterState.READY


def from_automatic(data: bytes) -> Condition:
    """The four bytes of `GS a`."""
    return Condition(
        offline=bool(data[0] & 0x08),
        drawer_high=bool(data[0] & 0x04),
        cover_open=bool(data[0] & 0x20),
        paper_out=bool(data[2] & 0x0C),
        near_end=bool(data[2] & 0x03),
        cutter_error=bool(data[1] & 0x08),
        other_error=bool(data[1] & 0x64),
    )


def from_transmitted(bits: int) -> Condition:
    """The byte of `GS r 1`."""
    return Condition(paper_out=bool(bits & 0x0C), near_end=bool(bits & 0x03))
