"""Run a simulated rating pad, strip or drawer until told to quit: `counter-app simulate KIND`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Final

from counter_app.errors import UserFacingError, mark
from counter_app.peripherals import Kind
from counter_app.simulators.control import Control
from counter_app.simulators.frames.device import SimulatedDrawer, SimulatedPad, SimulatedStrip
from counter_app.simulators.serving import DeviceServing, RunningDevice, serve_until_quit

Framed = SimulatedPad | SimulatedStrip | SimulatedDrawer
COMMANDS: Final = "press 1–5 · shut · fault SPEC|none · unplug · plug · state · quit"


class FramedCommandUnknown(UserFacingError):
    def __init__(self, line: str) -> None:
        super().__init__(
            "simulator.command-unknown",
            mark("The simulated device does not understand: {line}"),
            remedy=mark("It understands: {known}"),
            line=line,
            known=COMMANDS,
        )


MADE: Final[Mapping[Kind, type[Framed]]] = {
    Kind.RATING_PAD: SimulatedPad,
    Kind.LED_STRIP: SimulatedStrip,
    Kind.DRAWER: SimulatedDrawer,
}


class FramedControl(Control):
    """`press` is for a pad, `shut` for a drawer."""

    def __init__(self, device: Framed) -> None:
        super().__init__()
        self._device = device

    def _own(self, line: str, verb: str, rest: str) -> tuple[str, ...]:
        device = self._device
        if verb == "fault" and rest:
            device.add_fault(rest)
        elif verb == "state" and not rest:
            if isinstance(device, SimulatedPad):
                return (f"asked {device.asked} thanked {device.thanked}",)
            if isinstance(device, SimulatedDrawer):
                return (f"kicks {device.kicks} {'open' if device.is_open else 'closed'}",)
            return (f"text {device.text}",)
        elif verb == "shut" and not rest and isinstance(device, SimulatedDrawer):
            device.is_open = False
        elif verb == "press" and rest in tuple("12345") and isinstance(device, SimulatedPad):
            device.press(int(rest))
        else:
            raise FramedCommandUnknown(line)
        return ()


class RunningFramed(RunningDevice):
    """A pad, a strip or a drawer being served."""

    def __init__(self, kind: Kind, serving: DeviceServing) -> None:
        """Raises AddressBad, PlaceTaken, NoPty, FrameFaultUnknown."""
        self.device: Framed = MADE[kind]()
        for fault in serving.faults:
            self.device.add_fault(fault)
        super().__init__(self.device, FramedControl(self.device), serving)


def serve(kind: Kind, serving: DeviceServing, commands: Iterable[str], say: Callable[[str], None]) -> None:
    """Serve until `quit`: see `serve_until_quit`. Raises like `RunningFramed`."""
    serve_until_quit(RunningFramed(kind, serving), kind.value, commands, say)
