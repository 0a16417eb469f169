"""Run a simulated camera or scanner until told to quit: `counter-app simulate camera | document-scanner`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

from counter_app.peripherals import Kind
from counter_app.simulators.imaging.control import ImagingControl
from counter_app.simulators.imaging.device import SimulatedCamera, SimulatedScanner
from counter_app.simulators.serving import DeviceServing, RunningDevice, serve_until_quit

SCHEMES: Final = {Kind.CAMERA: ("http", "/snapshot.jpg"), Kind.DOCUMENT_SCANNER: ("escl", "")}


class RunningImaging(RunningDevice):
    """A camera or scanner being served on TCP."""

    def __init__(self, kind: Kind, serving: DeviceServing) -> None:
        """Raises AddressBad, PlaceTaken, ImagingFaultUnknown."""
        self._scheme, self._path = SCHEMES[kind]
        self.device = SimulatedCamera() if kind is Kind.CAMERA else SimulatedScanner()
        for fault in serving.faults:
            self.device.add_fault(fault)
        super().__init__(self.device, ImagingControl(self.device), serving)

    @property
    def url(self) -> str:
        """As the driver wants it."""
        return f"{self._scheme}:{self.line.url.partition(':')[2]}{self._path}"


def serve(kind: Kind, serving: DeviceServing, commands: Iterable[str], say: Callable[[str], None]) -> None:
    """Serve until `quit`: see `serve_until_quit`. Raises like `RunningImaging`."""
    serve_until_quit(RunningImaging(kind, serving), kind.value, commands, say)
