"""The voice of the hall, as the display needs it. Implemented by `devices/speaker`."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class Voice(StrEnum):
    """What the speaker is doing, or why nobody hears it."""

    READY = "ready"
    SPEAKING = "speaking"
    NO_DEVICE = "no-device"


@dataclass(frozen=True, slots=True)
class SpeakerState:
    """As of the last announcement: `missing` are clips that were asked for and could not be read."""

    voice: Voice = Voice.READY
    missing: frozenset[str] = frozenset()


class Speaker(Protocol):
    """Says one announcement after another; never blocks the caller, never raises for want of sound."""

    @property
    def state(self) -> SpeakerState: ...

    def say(self, clip_names: tuple[str, ...]) -> None: ...
