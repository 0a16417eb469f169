"""Make the clips of `resources/sounds/` with espeak-ng and oggenc. A developer's tool; results are committed.

Speech is trimmed to its sound, so that clips join into a sentence; the chime is computed here. A hall
that has recorded its own voice does not need this: see `resources/sounds/README.md`.
"""

from __future__ import annotations

import array
import math
import shutil
import subprocess
import sys
import tempfile
import wave
from pathlib import Path
from string import ascii_uppercase
from typing import Final

SOUNDS: Final = Path(__file__).resolve().parent.parent / "resources" / "sounds"
RATE: Final = 22_050  # what espeak-ng writes
PEAK: Final = 28_000  # loudness every clip is brought to, of 32,767
QUIET: Final = 300  # amplitude below which a clip's ends are silence
TAIL: Final = RATE * 30 // 1000

DIGITS: Final = {str(digit): str(digit) for digit in range(10)}
LETTERS: Final = {letter: letter for letter in ascii_uppercase}
CHINESE: Final = (
    DIGITS
    | LETTERS
    | {
        "ten": "十",
        "please": "请",
        "number": "号",
        "to": "到",
        "counter": "号窗口",
        "transact": "办理",
        "please-go-to": "请到",
    }
)
ENGLISH: Final = (
    DIGITS
    | LETTERS
    | {str(number): str(number) for number in (*range(10, 20), *range(20, 100, 10))}
    | {"ticket": "Ticket", "please-go-to-counter": "please go to counter"}
)
# Folder → voice, words a minute, clips. Not the voice "cmn": it reads the pinyin of 请, qing3, as English.
VOICES: Final = {"zh": ("cmn-latn-pinyin", 150, CHINESE), "en": ("en", 150, ENGLISH)}
# The chime: two struck tones, one after the other (Hz, start in seconds).
CHIME: Final = ((659.26, 0.0), (523.25, 0.35))
CHIME_SECONDS: Final = 1.3


def spoken(voice: str, speed: int, text: str, folder: Path) -> array.array[int]:
    """`text` spoken, without silence at its ends, as 16-bit samples."""
    raw = folder / "spoken.wav"
    command = ["espeak-ng", "-v", voice, "-s", str(speed), "-w", str(raw), "-x", text]
    phonemes = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    if "(en)" in phonemes:  # a Chinese voice that falls back to English
        raise ValueError(f"{voice} reads {text!r} as English: {phonemes.strip()}")
    with wave.open(str(raw), "rb") as stream:
        samples = array.array("h", stream.readframes(stream.getnframes()))
    loud = [place for place, sample in enumerate(samples) if abs(sample) > QUIET]
    if not loud:
        raise ValueError(f"espeak-ng said nothing for {text!r} in {voice}")
    return samples[loud[0] : loud[-1] + 1] + array.array("h", [0] * TAIL)


def chime() -> array.array[int]:
    """Two tones with an overtone each, dying away."""
    samples = array.array("h", [0] * int(CHIME_SECONDS * RATE))
    for place in range(len(samples)):
        now = place / RATE
        level = sum(
            math.exp(-4 * (now - start))
            * (math.sin(math.tau * tone * now) + 0.25 * math.sin(math.tau * 2 * tone * now))
            for tone, start in CHIME
            if now >= start
        )
        fade = min(1.0, place / 200, (len(samples) - place) / 2000)
        samples[place] = int(9_000 * level * fade)
    return samples


def write(samples: array.array[int], target: Path, folder: Path) -> None:
    """Bring to one loudness and compress. With a fixed serial number the same input gives the same file."""
    loudest = max(abs(sample) for sample in samples)
    levelled = array.array("h", (sample * PEAK // loudest for sample in samples))
    raw = folder / "levelled.wav"
    with wave.open(str(raw), "wb") as stream:
        stream.setnchannels(1)
        stream.setsampwidth(2)
        stream.setframerate(RATE)
        stream.writeframes(levelled.tobytes())
    target.parent.mkdir(parents=True, exist_ok=True)
    command = ["oggenc", "--quiet", "--quality", "2", "--serial", "1", "-o", str(target), str(raw)]
    subprocess.run(command, check=True)


def main() -> int:
    missing = [tool for tool in ("espeak-ng", "oggenc") if shutil.which(tool) is None]
    if missing:
        print(
            f"make_sounds: needs {' and '.join(missing)} (Debian: espeak-ng, vorbis-tools)", file=sys.stderr
        )
        return 1
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write(chime(), SOUNDS / "chime.ogg", folder)
        for language, (voice, speed, clips) in VOICES.items():
            for clip, text in clips.items():
                write(spoken(voice, speed, text, folder), SOUNDS / language / f"{clip}.ogg", folder)
    made = list(SOUNDS.rglob("*.ogg"))
    print(f"make_sounds: {len(made)} clips, {sum(file.stat().st_size for file in made) // 1024} kB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
