"""Recorded clips → one run of samples. A hall's own recordings come before the ones that were shipped."""

from __future__ import annotations

import array
import logging
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import miniaudio

RATE: Final = 22_050  # samples a second, mono, 16 bit
ENDINGS: Final = (".ogg", ".flac", ".mp3", ".wav")
_GAP: Final = RATE * 40 // 1000  # silence between clips
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Joined:
    """Samples ready to play (16-bit, mono, `RATE`) and the clips that no folder could give."""

    samples: array.array[int]
    missing: frozenset[str]


def join(names: Iterable[str], folders: tuple[Path, ...]) -> Joined:
    """Join the clips `names`, each from the first of `folders` that has a readable one."""
    samples = array.array("h")
    missing: set[str] = set()
    for name in names:
        clip = _first_readable(name, folders)
        if clip is None:
            missing.add(name)
            continue
        if samples:
            samples.extend([0] * _GAP)
        samples.extend(clip)
    return Joined(samples, frozenset(missing))


def _first_readable(name: str, folders: tuple[Path, ...]) -> array.array[int] | None:
    for folder in folders:
        for ending in ENDINGS:
            clip = _decode(folder / f"{name}{ending}")
            if clip is not None:
                return clip
    return None


def _decode(file: Path) -> array.array[int] | None:
    """The clip's samples, or None when the file is not there or holds no sound we can read."""
    try:
        content = file.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        _log.warning("clip %s cannot be read: %s", file, error)
        return None
    try:
        sound = miniaudio.decode(
            content, output_format=miniaudio.SampleFormat.SIGNED16, nchannels=1, sample_rate=RATE
        )
    except miniaudio.DecodeError as error:
        _log.warning("clip %s is damaged: %s", file, error)
        return None
    return sound.samples
