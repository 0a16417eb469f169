"""What front ends know of scanners for codes, readers for passports' lines, and slots for smart cards.

A scanner at the keyboard's cable is not here: its codes come as keys (`ui/widgets/scan_gate.py`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from counter_app.errors import UserFacingError, mark
from counter_app.use_cases.ports.identity import ReaderChanged, ReaderState

SOURCE_STATE_NAMES = {
    ReaderState.OFF: mark("not started"),
    ReaderState.READY: mark("ready"),
    ReaderState.ABSENT: mark("not reached"),
    ReaderState.LOST: mark("unplugged"),
    ReaderState.BUSY: mark("in use"),
}


@dataclass(frozen=True, slots=True)
class Scanned:
    """A text as it came, whole or not: the recogniser says. `at`: monotonic seconds of its last byte."""

    text: str
    at: float


@dataclass(frozen=True, slots=True)
class ChipLaid:
    """A smart card was laid on or put in: its serial in capital hex digits."""

    serial: str
    at: float


@dataclass(frozen=True, slots=True)
class ChipFailed:
    """A smart card is there and tells no serial."""

    error: UserFacingError
    at: float


ScanNews = Scanned | ChipLaid | ChipFailed | ReaderChanged
ScanListener = Callable[[ScanNews], None]


class TextSource(Protocol):
    """A device that works by itself once started. No call blocks for longer than a moment."""

    def start(self, listener: ScanListener) -> None:
        """Begin. `listener` is called in the device's own thread and must hand on and return."""

    def stop(self) -> None:
        """End and release the port; no news after it returns. May be called twice."""

    @property
    def state(self) -> ReaderState: ...

    @property
    def problem(self) -> UserFacingError | None:
        """Why it is not ready."""


@dataclass(frozen=True, slots=True)
class NamedSource:
    """A source and what it is called where it stands (its name in `home.toml`)."""

    name: str
    source: TextSource
