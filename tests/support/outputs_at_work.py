"""A card printer and a loudspeaker at their daily work, for the campaign (`devices_at_work`)."""

from __future__ import annotations

import array
import wave
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import miniaudio
import pytest

from counter_app.devices.evolis.printer import EvolisPrinter
from counter_app.devices.speaker.clips import RATE, join
from counter_app.devices.speaker.output import SoundDevice
from counter_app.devices.speaker.speaker import ClipSpeaker
from counter_app.lanes import InlineRunner
from counter_app.simulators.evolis.build import build, compiler
from counter_app.simulators.trouble import parse_trouble
from counter_app.use_cases.ports.printing import DrawnCard, PrintEnd, PrinterState
from counter_app.use_cases.ports.speech import SpeakerState, Voice
from tests.conftest import LONG
from tests.support.printers import eventually
from tests.support.sound import RunningSound

FRONT, BACK = b"BM" + bytes(range(54)), b"BM" + bytes(range(100, 160))
CARD: Final = DrawnCard(lambda: b"", lambda: (FRONT, BACK))
ANSWER_SECONDS: Final = 8.0 if LONG else 2.0  # a machine with much to do starts a process slowly
BACK_SECONDS: Final = 120 if LONG else 20
SOUND_SECONDS: Final = 1.0 if LONG else 0.2
TRIES: Final = 3
CLIP: Final = "word"
SAMPLES: Final = 40


class RunningEvolis:
    """The printer of the maker's library made of software, driven by control lines: it is a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "printer"
        self.folder.mkdir()
        self.library = folder / "libevolis.so"
        build(self.library)

    @property
    def url(self) -> str:
        return f"evolis://{self.folder}"

    @property
    def cards(self) -> int:
        count = self.folder / "count"
        return int(count.read_text()) if count.exists() else 0

    def run(self, line: str) -> tuple[str, ...]:
        match line.split():
            case ["unplug"]:
                (self.folder / "away").touch()
            case ["plug"]:
                (self.folder / "away").unlink(missing_ok=True)
            case ["passed"]:
                return ((self.folder / "passed").read_text(),)
            case ["trouble", text]:
                for left in ("passed", "mute", "trouble"):
                    (self.folder / left).unlink(missing_ok=True)
                if text != "none":
                    due = parse_trouble(text)
                    (self.folder / "trouble").write_text(f"{due.kind} {due.at}")
        return ("ok",)

    def stop(self) -> None:
        """Nothing runs between two cards."""


class CardPrinterAtWork:
    """A card of two sides: at most one for an order, and no word is said that is not certain."""

    def __init__(self, running: RunningEvolis) -> None:
        self.running = running
        self._printer = EvolisPrinter(
            str(running.folder), str(running.library), print_seconds=0, look_seconds=ANSWER_SECONDS, grace=2.0
        )

    def work(self) -> None:
        self._works()

    def _works(self) -> bool:
        before = self.running.cards
        outcome = self._printer.print_card("试-1", CARD)
        came = self.running.cards - before
        assert came <= 1
        if outcome.end is PrintEnd.PRINTED:
            assert came == 1, outcome
        if outcome.end is PrintEnd.FAILED and not outcome.may_have_printed:
            assert came == 0, outcome
        return outcome.end is PrintEnd.PRINTED

    def well(self) -> None:
        assert eventually(lambda: self._printer.state() is PrinterState.READY, BACK_SECONDS)
        assert any(self._works() for _ in range(TRIES))
        for side, face in (("front", FRONT), ("back", BACK)):
            assert (self.running.folder / f"card-{self.running.cards}-{side}.bmp").read_bytes() == face


class SpeakerAtWork:
    """A call of one word: said whole, or known as not heard."""

    def __init__(self, running: RunningSound, folder: Path) -> None:
        self.running = running
        with wave.open(str(folder / f"{CLIP}.wav"), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(RATE)
            file.writeframes(array.array("h", range(1, SAMPLES + 1)).tobytes())
        self._said = join((CLIP,), (folder,)).samples.tobytes()
        output = SoundDevice((miniaudio.Backend.NULL,), running.open, grace=SOUND_SECONDS)
        self._speaker = ClipSpeaker((folder,), InlineRunner(), output)

    def work(self) -> None:
        self._says()

    def _says(self) -> bool:
        before = len(self.running.heard)
        self._speaker.say((CLIP,))
        whole = any(len(sound) >= len(self._said) for sound in self.running.heard[before:])
        assert self._speaker.state.voice in (Voice.READY, Voice.NO_DEVICE)
        if self._speaker.state.voice is Voice.READY:
            assert whole
        return self._speaker.state == SpeakerState(Voice.READY)

    def well(self) -> None:
        assert any(self._says() for _ in range(TRIES))
        assert self.running.heard[-1].startswith(self._said)


@contextmanager
def card_printer_at_work(folder: Path) -> Iterator[CardPrinterAtWork]:
    if compiler() is None:
        pytest.skip("no C compiler to build the simulated library with")
    yield CardPrinterAtWork(RunningEvolis(folder))


@contextmanager
def speaker_at_work(folder: Path) -> Iterator[SpeakerAtWork]:
    yield SpeakerAtWork(RunningSound(), folder)
