"""A `Speaker` (`use_cases/ports/speech.py`): announcements one after another, in a lane of their own."""

from __future__ import annotations

import logging
from pathlib import Path

from counter_app.devices.speaker.clips import join
from counter_app.devices.speaker.output import NoSoundDevice, Output, SoundDevice
from counter_app.lanes import Runner
from counter_app.use_cases.ports.speech import SpeakerState, Voice

_log = logging.getLogger(__name__)


class ClipSpeaker:
    """Plays recorded clips. Without a sound device it says so in `state` and tries again at the next call.

    `folders` are searched in turn: the hall's own recordings first, then those that were shipped.
    `lane` must be the speaker's own: playing takes as long as the words do.
    """

    def __init__(self, folders: tuple[Path, ...], lane: Runner, output: Output | None = None) -> None:
        self._folders = folders
        self._lane = lane
        self._output = output or SoundDevice()
        self._state = SpeakerState()

    @property
    def state(self) -> SpeakerState:
        return self._state

    def say(self, clip_names: tuple[str, ...]) -> None:
        """Queue one announcement and return at once."""
        self._lane.submit(lambda: self._say(clip_names))

    def _say(self, clip_names: tuple[str, ...]) -> None:
        joined = join(clip_names, self._folders)
        if not joined.samples:
            self._state = SpeakerState(Voice.READY, joined.missing)
            return
        self._state = SpeakerState(Voice.SPEAKING, joined.missing)
        try:
            self._output.play(joined.samples)
        except NoSoundDevice as error:
            _log.warning("announcement not heard: %s", error)
            self._state = SpeakerState(Voice.NO_DEVICE, joined.missing)
        else:
            self._state = SpeakerState(Voice.READY, joined.missing)
