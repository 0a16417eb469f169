"""A sound system in memory, in the place of the machine's: it takes the same samples, as fast as they come.

Its bytes are those of the samples it asked for. `trouble KIND:N` comes after N of them: `unplug` ends the
playing and lets no device open until `plug`; `silent` asks for nothing more, as a device does whose server
hangs; `garble` spoils one byte, which nobody can know; `restart` ends this playing, the next one is heard.
"""

from __future__ import annotations

import threading
from collections.abc import Generator
from types import TracebackType
from typing import Final, Self

import miniaudio

from counter_app.simulators.trouble import Trouble, parse_trouble

FRAMES: Final = 16  # of one buffer, so that many questions make up a short clip
_WRONG_BIT: Final = 0x08


class RunningSound:
    """The sound system, driven by control lines like a simulator on a cable. `heard` is each playing."""

    url: Final = "system:"

    def __init__(self) -> None:
        self.heard: list[bytes] = []
        self._guard = threading.Lock()
        self._there, self._speaks = True, True
        self._passed = 0
        self._trouble: Trouble | None = None

    def run(self, line: str) -> tuple[str, ...]:
        with self._guard:
            match line.split():
                case ["unplug"]:
                    self._there = False
                case ["plug"]:
                    self._there = True
                case ["passed"]:
                    return (str(self._passed),)
                case ["trouble", text]:
                    self._trouble = None if text == "none" else parse_trouble(text)
                    self._passed, self._speaks = 0, True
        return ("ok",)

    def stop(self) -> None:
        """Nothing is held open."""

    def open(self, backends: list[miniaudio.Backend]) -> Playing:
        if not self._there:
            raise miniaudio.MiniaudioError("no device of this sound system")
        self.heard.append(b"")
        return Playing(self)

    def takes(self, data: bytes) -> bool:
        """Whether it goes on asking."""
        with self._guard:
            if not (self._there and self._speaks):
                return False
            before, due = self._passed, self._trouble
            self._passed += len(data)
            if due is None or due.at >= self._passed:
                self.heard[-1] += data
                return True
            self._trouble, at = None, due.at - before
            if due.kind == "garble":
                self.heard[-1] += data[:at] + bytes((data[at] ^ _WRONG_BIT,)) + data[at + 1 :]
                return True
            self.heard[-1] += data[:at]
            self._there = due.kind != "unplug"
            self._speaks = due.kind != "silent"
            return False


class Playing:
    """One open device; it asks from a thread of its own, as the system's do."""

    def __init__(self, sound: RunningSound) -> None:
        self._sound = sound
        self._closed = threading.Event()
        self._thread: threading.Thread | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._closed.set()
        if self._thread is not None:
            self._thread.join()

    def start(self, feed: Generator[bytes, int, None]) -> None:
        self._thread = threading.Thread(target=self._ask, args=(feed,), name="simulated-sound")
        self._thread.start()

    def _ask(self, feed: Generator[bytes, int, None]) -> None:
        while not self._closed.is_set() and self._sound.takes(feed.send(FRAMES)):
            self._closed.wait(0.0002)
