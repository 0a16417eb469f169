"""The loudspeaker as a peripheral: the system's sound device, tried by one call."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from counter_app.devices.speaker.clips import join
from counter_app.devices.speaker.output import NoSoundDevice, Output, SoundDevice
from counter_app.errors import UserFacingError, mark
from counter_app.i18n import RESOURCES
from counter_app.peripherals import Kind, Peripheral
from counter_app.use_cases.ports.peripherals import Bench, Condition, Found, Option, Seen

SYSTEM: Final = "system:"
CHIME: Final = ("chime",)


class SpeakerDriver:
    """`PeripheralDriver` of the loudspeaker."""

    kind: Final = Kind.SPEAKER
    models: Final[tuple[str, ...]] = ()
    options: Final[tuple[Option, ...]] = ()
    example: Final = SYSTEM

    def __init__(self, output: Output | None = None, folder: Path = RESOURCES / "sounds") -> None:
        self._output = output or SoundDevice()
        self._folder = folder

    def supported(self, peripheral: Peripheral) -> None:
        if peripheral.url != SYSTEM:
            raise UserFacingError(
                "speaker.bad-url",
                "Only the system's own sound device can be used.",
                remedy="Write system: as its address.",
            )

    def find(self) -> tuple[Found, ...]:
        return (Found(self.kind, SYSTEM, ""),)

    def probe(self, peripheral: Peripheral, bench: Bench) -> Seen:
        return Seen(Condition.UNKNOWN)

    def test(self, peripheral: Peripheral, bench: Bench) -> Seen:
        try:
            self._output.play(join(CHIME, (self._folder,)).samples)
        except NoSoundDevice as error:
            return Seen(
                Condition.ABSENT, advice=mark("This machine has no sound device."), lines=(str(error),)
            )
        return Seen(Condition.READY, advice=mark("A chime was played."))
