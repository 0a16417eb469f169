"""A PC/SC service in memory, and trouble at any call of it: what this interface has in place of bytes.

`trouble KIND:N` comes after N calls: `unplug` takes the reader away; `silent` keeps the call, as a driver
does that waits for its reader, until the trouble is over; `garble` spoils one answer so that it shows (a
chip's answer is checked on its way, so no serial ever turns into another); `restart` ends the service with
all its connections; it is back after a moment and counts cards from nought.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final, TypeVar

from counter_app.devices.pcsc.errors import NO_CARD, NO_SERVICE, READER_GONE, PcscTrouble
from counter_app.devices.pcsc.library import SlotState
from counter_app.errors import UserFacingError
from counter_app.simulators.trouble import RESTART_SECONDS, Trouble, parse_trouble

T = TypeVar("T")
READER: Final = "ACS ACR122U 00"
LONGEST_SILENCE: Final = 5.0


@dataclass
class Service:
    """The service; also the connection to it."""

    names: tuple[str, ...] = (READER,)
    refuses: UserFacingError | None = None
    card: bytes = b""
    counter: int = 0
    trouble: list[int] = field(default_factory=list)
    asked: list[bytes] = field(default_factory=list)

    def connect(self) -> Service:
        if self.refuses is not None:
            raise self.refuses
        return self

    def lay(self, serial: str) -> None:
        self.card, self.counter = bytes.fromhex(serial) + b"\x90\x00", self.counter + 1

    def lift(self) -> None:
        self.card, self.counter = b"", self.counter + 1

    def readers(self) -> tuple[str, ...]:
        if self.refuses is not None:
            raise self.refuses
        return self.names

    def state(self, reader: str) -> SlotState:
        if reader not in self.names:
            raise PcscTrouble(READER_GONE)
        return SlotState(bool(self.card), self.counter, b"\x3b")

    def ask(self, reader: str, command: bytes) -> bytes:
        self.asked.append(command)
        if self.trouble:
            raise PcscTrouble(self.trouble.pop())
        if not self.card:
            raise PcscTrouble(NO_CARD)
        return self.card

    def close(self) -> None:
        pass


class RunningSlots:
    """The service with a reader, driven by control lines like a simulator on a cable."""

    url: Final = "pcsc:"

    def __init__(self) -> None:
        self.service = Service()
        self._guard = threading.Lock()
        self._life = 0
        self._back_at = 0.0
        self._passed = 0
        self._trouble: Trouble | None = None
        self._speaks = threading.Event()
        self._speaks.set()

    def connect(self) -> Connection:
        """One connection; it ends with the service it was made to."""
        if time.monotonic() < self._back_at:
            raise PcscTrouble(NO_SERVICE)
        return Connection(self, self._life)

    def run(self, line: str) -> tuple[str, ...]:
        word, _, rest = line.partition(" ")
        with self._guard:
            if word == "trouble":
                self._speaks.set()
                self._passed, self._trouble = 0, None if rest == "none" else parse_trouble(rest)
            elif word == "lay":
                self.service.lay(rest)
            elif word == "lift":
                self.service.lift()
            elif word in ("plug", "unplug"):
                self.service.names = (READER,) if word == "plug" else ()
            elif word == "passed":
                return str(self._passed), "ok"
        return ("ok",)

    def stop(self) -> None:
        self._speaks.set()

    def call(self, life: int, answer: Callable[[], T], spoil: Callable[[T], T]) -> T:
        """One call of a connection, with the trouble that falls on it."""
        with self._guard:
            self._passed += 1
            kind = self._fallen()
            if kind == "silent":
                self._speaks.clear()
        self._speaks.wait(LONGEST_SILENCE)
        with self._guard:
            if life != self._life or time.monotonic() < self._back_at:
                raise PcscTrouble(NO_SERVICE)
            found = answer()
            return spoil(found) if kind == "garble" else found

    def _fallen(self) -> str:
        """The trouble whose time has come, once."""
        trouble = self._trouble
        if trouble is None or self._passed <= trouble.at:
            return ""
        self._trouble = None
        if trouble.kind == "unplug":
            self.service.names = ()
        elif trouble.kind == "restart":
            self._life += 1
            self._back_at = time.monotonic() + RESTART_SECONDS
            self.service.counter = 0
        return trouble.kind


@dataclass
class Connection:
    """`SmartCards` over the service in memory."""

    slots: RunningSlots
    life: int

    def readers(self) -> tuple[str, ...]:
        def spoil(found: tuple[str, ...]) -> tuple[str, ...]:
            return tuple(f"{name}\N{REPLACEMENT CHARACTER}" for name in found)

        return self.slots.call(self.life, self.slots.service.readers, spoil)

    def state(self, reader: str) -> SlotState:
        def spoil(found: SlotState) -> SlotState:
            return SlotState(found.present, found.counter, b"\xff")

        return self.slots.call(self.life, lambda: self.slots.service.state(reader), spoil)

    def ask(self, reader: str, command: bytes) -> bytes:
        def spoil(found: bytes) -> bytes:
            return found[:-1]

        return self.slots.call(self.life, lambda: self.slots.service.ask(reader, command), spoil)

    def close(self) -> None:
        """Nothing is held."""
