# The part of miniaudio 1.6x that devices/speaker uses.
import array
from collections.abc import Generator
from enum import Enum
from typing import Self

class MiniaudioError(Exception): ...
class DecodeError(MiniaudioError): ...

class Backend(Enum):
    WASAPI = 0
    DSOUND = 1
    WINMM = 2
    COREAUDIO = 3
    SNDIO = 4
    AUDIO4 = 5
    OSS = 6
    PULSEAUDIO = 7
    ALSA = 8
    JACK = 9
    AAUDIO = 10
    OPENSL = 11
    WEBAUDIO = 12
    CUSTOM = 13
    NULL = 14

class SampleFormat(Enum):
    UNKNOWN = 0
    UNSIGNED8 = 1
    SIGNED16 = 2
    SIGNED24 = 3
    SIGNED32 = 4
    FLOAT32 = 5

class DecodedSoundFile:
    nchannels: int
    sample_rate: int
    samples: array.array[int]

def decode(
    data: bytes, output_format: SampleFormat = ..., nchannels: int = ..., sample_rate: int = ...
) -> DecodedSoundFile: ...

class PlaybackDevice:
    def __init__(
        self,
        output_format: SampleFormat = ...,
        nchannels: int = ...,
        sample_rate: int = ...,
        buffersize_msec: int = ...,
        backends: list[Backend] | None = ...,
        app_name: str = ...,
    ) -> None: ...
    def start(self, callback_generator: Generator[bytes, int, None]) -> None: ...
    def stop(self) -> None: ...
    def close(self) -> None: ...
    def __enter__(self) -> Self: ...
    def __exit__(self, kind: object, error: object, trace: object) -> None: ...
