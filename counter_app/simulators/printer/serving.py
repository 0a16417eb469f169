"""Run a simulated printer until told to quit: the body of `counter-app simulate printer`.

Parsing of command lines is not here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from counter_app.simulators.printer.control import PrinterControl
from counter_app.simulators.printer.device import PrinterSimulator
from counter_app.simulators.printer.faults import Fault
from counter_app.simulators.printer.sheet import Sheet
from counter_app.simulators.serving import DeviceServing, RunningDevice, serve_until_quit

WIDTHS: Final = {80: 576, 58: 384}  # paper in mm → printable dots


@dataclass(frozen=True, slots=True, kw_only=True)
class PrinterServing(DeviceServing):
    """A printer of `width` dots. `papers` is the folder that keeps every finished paper as `NNN.png`
    and `NNN.escpos`.
    """

    width: int = WIDTHS[80]
    clone: bool = False
    papers: Path | None = None


class PaperFolder:
    """Saves each paper as `NNN.escpos` and `NNN.png`; whoever sees a name sees the whole file."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        numbers = [int(path.stem) for path in folder.glob("*.escpos") if path.stem.isdecimal()]
        self._next = max(numbers, default=0) + 1

    def save(self, sheet: Sheet) -> None:
        """The bytes first: a picture in the folder has its bytes beside it. Raises OSError."""
        name = f"{self._next:03d}"
        self._next += 1
        fresh = self._folder / f".{name}.new"
        fresh.write_bytes(sheet.data)
        fresh.replace(self._folder / f"{name}.escpos")
        sheet.render().save(fresh, format="PNG")
        fresh.replace(self._folder / f"{name}.png")


class RunningPrinter(RunningDevice):
    """A printer being served: for a demo window in the same process, and for `serve`."""

    def __init__(self, serving: PrinterServing, *, finished: Callable[[Sheet], None] | None = None) -> None:
        """`finished` gets each paper, from the line's thread.

        Raises AddressBad, PlaceTaken, NoPty, PrinterFaultUnknown, OSError (no folder for papers).
        """
        folder = None if serving.papers is None else PaperFolder(serving.papers)

        def keep(sheet: Sheet) -> None:
            if folder is not None:
                folder.save(sheet)
            if finished is not None:
                finished(sheet)

        self.printer = PrinterSimulator(serving.width, clone=serving.clone, finished=keep)
        self.control = PrinterControl(self.printer)
        for fault in serving.faults:
            self.printer.set_fault(Fault.parse(fault))
        super().__init__(self.printer, self.control, serving)


def serve(serving: PrinterServing, commands: Iterable[str], say: Callable[[str], None]) -> None:
    """Serve until `quit`: see `serve_until_quit`. Raises like `RunningPrinter`."""
    serve_until_quit(RunningPrinter(serving), "printer", commands, say)
