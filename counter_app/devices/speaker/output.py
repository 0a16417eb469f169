"""The machine's sound device. Opened for each announcement, so a loudspeaker plugged in later is found."""

from __future__ import annotations

import array
import os
import sys
import threading
from collections.abc import Callable, Generator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Final, Protocol

import miniaudio

from counter_app.devices.speaker.clips import RATE

# NULL throws the sound away and calls it played; CUSTOM is nobody's.
_SILENT: Final = frozenset({miniaudio.Backend.NULL, miniaudio.Backend.CUSTOM})
AUDIBLE: Final = tuple(backend for backend in miniaudio.Backend if backend not in _SILENT)
_BUFFER_MS: Final = 100
_GRACE: Final = 2.0  # seconds beyond its length after which a device that stopped asking is given up


class NoSoundDevice(Exception):
    """Nothing here can be heard; the text is the sound system's own."""


class Output(Protocol):
    """Plays samples and returns when they have been heard. Raises NoSoundDevice."""

    def play(self, samples: array.array[int]) -> None: ...


class Playback(Protocol):
    """An open sound device: asks `feed` for frames until it is closed."""

    def start(self, feed: Generator[bytes, int, None], /) -> None: ...


Opener = Callable[[list[miniaudio.Backend]], AbstractContextManager[Playback]]


def opened(backends: list[miniaudio.Backend]) -> AbstractContextManager[Playback]:
    """The machine's own, by the first of these that has one. Raises MiniaudioError."""
    return miniaudio.PlaybackDevice(
        output_format=miniaudio.SampleFormat.SIGNED16,
        nchannels=1,
        sample_rate=RATE,
        buffersize_msec=_BUFFER_MS,
        backends=backends,
        app_name="counter-app",
    )


class SoundDevice:
    """The system's default sound device. A sound may take `grace` seconds beyond its length."""

    def __init__(
        self,
        backends: tuple[miniaudio.Backend, ...] = AUDIBLE,
        opener: Opener = opened,
        grace: float = _GRACE,
    ) -> None:
        self._backends = list(backends)
        self._opener = opener
        self._grace = grace

    def play(self, samples: array.array[int]) -> None:
        if sys.platform == "linux" and self._backends == list(AUDIBLE) and not _has_sound():
            raise NoSoundDevice("this machine has no sound card")  # ALSA would fill the terminal with it
        heard = threading.Event()
        feed = _feed(samples, heard)
        next(feed)  # runs up to its first `yield`, as the player expects
        try:
            with self._opener(self._backends) as device:
                device.start(feed)
                if not heard.wait(len(samples) / RATE + self._grace):
                    raise NoSoundDevice("the sound device stopped taking sound")
        except miniaudio.MiniaudioError as error:
            raise NoSoundDevice(str(error)) from error


def _has_sound(cards: Path = Path("/proc/asound/cards")) -> bool:
    """A sound card, or a sound server that may have one elsewhere."""
    runtime = os.environ.get("XDG_RUNTIME_DIR")
    if os.environ.get("PULSE_SERVER") or (runtime and (Path(runtime) / "pulse" / "native").exists()):
        return True
    try:
        return "no soundcards" not in cards.read_text(encoding="utf-8")
    except OSError:
        return False


def _feed(samples: array.array[int], heard: threading.Event) -> Generator[bytes, int, None]:
    """Hands out as many frames as are asked for; sets `heard` once the last buffer has been played."""
    place = 0
    wanted = yield b""
    while place < len(samples):
        chunk = samples[place : place + wanted]
        place += len(chunk)
        wanted = yield chunk.tobytes()
    for _ in range(2):  # the device still holds up to two buffers
        wanted = yield bytes(2 * wanted)
    heard.set()
    while True:
        wanted = yield bytes(2 * wanted)
