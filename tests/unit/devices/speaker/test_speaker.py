"""The loudspeaker: clips joined, the hall's own voice first, no sound device a state and not a failure."""

from __future__ import annotations

import array
import shutil
import threading
import time
from pathlib import Path
from typing import Final

import miniaudio
import pytest

from counter_app.devices.speaker.clips import RATE, join
from counter_app.devices.speaker.output import NoSoundDevice, SoundDevice
from counter_app.devices.speaker.speaker import ClipSpeaker
from counter_app.domain.waiting.announcement import clips
from counter_app.lanes import InlineRunner, Lane
from counter_app.use_cases.ports.speech import Speaker, SpeakerState, Voice

SOUNDS: Final = Path(__file__).resolve().parents[4] / "resources" / "sounds"
CALL: Final = clips("A012", "3", "zh_CN")


class Loudspeaker:
    """Keeps what it was given; says it is not there when told to."""

    def __init__(self, there: bool = True) -> None:
        self.there = there
        self.heard: list[array.array[int]] = []

    def play(self, samples: array.array[int]) -> None:
        if not self.there:
            raise NoSoundDevice("unplugged")
        self.heard.append(samples)


def test_a_call_is_one_run_of_sound() -> None:
    output = Loudspeaker()
    speaker: Speaker = ClipSpeaker((SOUNDS,), InlineRunner(), output)
    speaker.say(CALL)
    (samples,) = output.heard
    apart = sum(len(join((name,), (SOUNDS,)).samples) for name in CALL)
    assert 3 * RATE < apart < len(samples) < apart + len(CALL) * RATE // 20
    assert speaker.state == SpeakerState(Voice.READY)


def test_a_halls_own_recording_comes_first(tmp_path: Path) -> None:
    (tmp_path / "zh").mkdir()
    shutil.copy(SOUNDS / "chime.ogg", tmp_path / "zh" / "please.ogg")
    own = join(("zh/please",), (tmp_path, SOUNDS))
    assert own.samples == join(("chime",), (SOUNDS,)).samples


def test_a_damaged_recording_gives_way_to_the_shipped_one(tmp_path: Path) -> None:
    (tmp_path / "chime.ogg").write_bytes(b"OggS" + bytes(60))
    assert join(("chime",), (tmp_path, SOUNDS)) == join(("chime",), (SOUNDS,))


def test_a_missing_clip_is_told_and_the_rest_is_said() -> None:
    output = Loudspeaker()
    speaker = ClipSpeaker((SOUNDS,), InlineRunner(), output)
    speaker.say(("zh/please", "zh/no-such-word"))
    assert speaker.state == SpeakerState(Voice.READY, frozenset({"zh/no-such-word"}))
    assert output.heard == [join(("zh/please",), (SOUNDS,)).samples]


def test_without_a_sound_device_the_state_says_so_until_one_is_there() -> None:
    output = Loudspeaker(there=False)
    speaker = ClipSpeaker((SOUNDS,), InlineRunner(), output)
    seen = []
    for there in (False, True):
        output.there = there
        speaker.say(CALL)
        seen.append(speaker.state.voice)
    assert seen == [Voice.NO_DEVICE, Voice.READY]
    assert len(output.heard) == 1


def test_saying_does_not_wait_for_the_sound() -> None:
    release = threading.Event()

    class Slow(Loudspeaker):
        def play(self, samples: array.array[int]) -> None:
            assert release.wait(10)
            super().play(samples)

    output = Slow()
    with Lane("speaker") as lane:
        speaker = ClipSpeaker((SOUNDS,), lane, output)
        speaker.say(CALL)
        speaker.say(("chime",))
        assert output.heard == []
        release.set()
    assert [len(samples) for samples in output.heard] == [
        len(join(CALL, (SOUNDS,)).samples),
        len(join(("chime",), (SOUNDS,)).samples),
    ]


def test_the_sound_device_takes_as_long_as_the_sound() -> None:
    """Through the real player, with the backend that every machine has."""
    samples = array.array("h", [0] * (RATE // 2))
    begun = time.monotonic()
    SoundDevice((miniaudio.Backend.NULL,)).play(samples)
    assert time.monotonic() - begun >= 0.45


def test_a_machine_without_that_sound_system_is_told() -> None:
    with pytest.raises(NoSoundDevice):
        SoundDevice((miniaudio.Backend.WASAPI, miniaudio.Backend.COREAUDIO)).play(array.array("h", [0] * 100))
