"""The control lines of a simulated camera or scanner: which page lies there, how many are in the feeder."""

from __future__ import annotations

from typing import Final

from counter_app.errors import UserFacingError, mark
from counter_app.simulators.control import Control
from counter_app.simulators.imaging.device import SimulatedCamera, SimulatedScanner

COMMANDS: Final = "page N · feed N · fault SPEC|none · unplug · plug · state · quit"


class ImagingCommandUnknown(UserFacingError):
    def __init__(self, line: str) -> None:
        super().__init__(
            "simulator.command-unknown",
            mark("The simulated camera does not understand: {line}"),
            remedy=mark("It understands: {known}"),
            line=line,
            known=COMMANDS,
        )


class ImagingControl(Control):
    """Commands for a camera or a scanner; `feed` is for a scanner."""

    def __init__(self, device: SimulatedCamera | SimulatedScanner) -> None:
        super().__init__()
        self._device = device

    def _own(self, line: str, verb: str, rest: str) -> tuple[str, ...]:
        number = int(rest) if rest.isascii() and rest.isdecimal() and len(rest) < 4 else None
        match verb:
            case "page" if number is not None:
                self._device.page = number
            case "feed" if number is not None and isinstance(self._device, SimulatedScanner):
                self._device.feeder = number
            case "fault" if rest:
                self._device.add_fault(rest)
            case "state" if not rest:
                return (f"page {self._device.page} taken {self._device.taken}",)
            case _:
                raise ImagingCommandUnknown(line)
        return ()
