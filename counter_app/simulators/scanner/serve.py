"""Run a simulated scanner or passport reader until told to quit: `counter-app simulate scanner`, `… mrz`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from counter_app.simulators.scanner.control import ScannerControl
from counter_app.simulators.scanner.device import SimulatedScanner
from counter_app.simulators.scanner.documents import DOCUMENTS
from counter_app.simulators.serving import DeviceServing, RunningDevice, serve_until_quit


@dataclass(frozen=True, slots=True, kw_only=True)
class ScannerServing(DeviceServing):
    """`documents` true: a passport reader that draws `documents.DOCUMENTS` by name."""

    documents: bool = False
    baudrate: int | None = 115200


class RunningScanner(RunningDevice):
    """A scanner being served: for a demo window in the same process, and for `serve`."""

    def __init__(self, serving: ScannerServing) -> None:
        """Raises AddressBad, PlaceTaken, NoPty, ScannerFaultUnknown."""
        self.scanner = SimulatedScanner()
        documents: Mapping[str, str] = DOCUMENTS if serving.documents else {}
        self.control = ScannerControl(self.scanner, documents)
        for fault in serving.faults:
            self.scanner.add_fault(fault)
        super().__init__(self.scanner, self.control, serving)


def serve(serving: ScannerServing, commands: Iterable[str], say: Callable[[str], None]) -> None:
    """Serve until `quit`: see `serve_until_quit`. Raises like `RunningScanner`."""
    name = "passport-reader" if serving.documents else "scanner"
    serve_until_quit(RunningScanner(serving), name, commands, say)
