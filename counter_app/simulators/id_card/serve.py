"""Run a simulated reader until told to quit: the body of `counter-app simulate reader`.

Parsing of command lines is not here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from counter_app.simulators.id_card.control import ReaderControl
from counter_app.simulators.id_card.device import SimulatedReader
from counter_app.simulators.id_card.tray import TRAY, load_tray
from counter_app.simulators.serving import DeviceServing, RunningDevice, serve_until_quit


@dataclass(frozen=True, slots=True, kw_only=True)
class ReaderServing(DeviceServing):
    """A reader with the cards of `tray`, `card` laid on it; `pace` scales the module's own delays."""

    tray: Path = TRAY
    card: str = ""
    pace: float = 1.0
    baudrate: int | None = 115200
    old: bool = False


class RunningReader(RunningDevice):
    """A reader being served: for a demo window in the same process, and for `serve`."""

    def __init__(self, serving: ReaderServing) -> None:
        """Raises AddressBad, PlaceTaken, NoPty, TrayBad, CardUnknown, FaultUnknown, OSError (no tray)."""
        self.tray = load_tray(serving.tray)
        self.reader = SimulatedReader(pace=serving.pace, old=serving.old)
        self.control = ReaderControl(self.reader, self.tray)
        if serving.card:
            self.control.lay(serving.card)
        for fault in serving.faults:
            self.reader.add_fault(fault)
        super().__init__(self.reader, self.control, serving)


def serve(serving: ReaderServing, commands: Iterable[str], say: Callable[[str], None]) -> None:
    """Serve until `quit`: see `serve_until_quit`. Raises like `RunningReader`."""
    serve_until_quit(RunningReader(serving), "reader", commands, say)
