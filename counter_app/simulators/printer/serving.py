"""Run a simulated printer until told to quit: the body of `counter-app simulate printer`.

Parsing of command lines is not here.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from counter_app.simulators.line import LineServer
from counter_app.simulators.place import open_place, serve_tcp
from counter_app.simulators.printer.control import PrinterControl, PrinterControlPort
from counter_app.simulators.printer.device import PrinterSimulator
from counter_app.simulators.printer.faults import Fault
from counter_app.simulators.printer.sheet import Sheet

WIDTHS: Final = {80: 576, 58: 384}  # paper in mm → printable dots


@dataclass(frozen=True, slots=True)
class PrinterServing:
    """Where and how: `tcp` as HOST:PORT (port 0: any), else a pseudo terminal, named by `link` if given.

    `width` in dots. `papers` is the folder that keeps every finished paper as `NNN.png` and
    `NNN.escpos`, `faults` are those of `faults.py`, `control` is HOST:PORT of a second port for
    control lines, `baudrate` None takes bytes as fast as they come.
    """

    tcp: str | None = None
    link: Path | None = None
    width: int = WIDTHS[80]
    clone: bool = False
    papers: Path | None = None
    faults: tuple[str, ...] = ()
    control: str | None = None
    baudrate: int | None = None


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


class RunningPrinter:
    """A printer being served: for a demo window in the same process, and for `serve`."""

    def __init__(self, serving: PrinterServing, *, finished: Callable[[Sheet], None] | None = None) -> None:
        """`finished` gets each paper, from the line's thread.

        Raises AddressBad, PlaceTaken, NoPty, PrinterFaultUnknown, OSError (no folder for papers).
        """
        self.quit = threading.Event()
        folder = None if serving.papers is None else PaperFolder(serving.papers)

        def keep(sheet: Sheet) -> None:
            if folder is not None:
                folder.save(sheet)
            if finished is not None:
                finished(sheet)

        self.printer = PrinterSimulator(serving.width, clone=serving.clone, finished=keep)
        self.control = PrinterControl(self.printer, self.quit.set)
        for fault in serving.faults:
            self.printer.set_fault(Fault.parse(fault))
        with ExitStack() as stack:
            self.line = stack.enter_context(
                open_place(self.printer, tcp=serving.tcp, link=serving.link, baudrate=serving.baudrate)
            )
            self.control.attach(self.line)
            self.control_line: LineServer | None = None
            if serving.control is not None:
                self.control_line = stack.enter_context(
                    serve_tcp(PrinterControlPort(self.control), serving.control)
                )
            self._lines = stack.pop_all()

    @property
    def url(self) -> str:
        """What to give the driver as its port; a pseudo terminal plugged in again has another one."""
        return self.line.url

    def stop(self) -> None:
        self._lines.close()


def serve(serving: PrinterServing, commands: Iterable[str], say: Callable[[str], None]) -> None:
    """Serve until `quit`, or an interrupt. `commands` are control lines (standard input); when
    they end the printer goes on. `say` gets `printer URL`, `control URL`, then the answers.

    Raises like `RunningPrinter`.
    """
    running = RunningPrinter(serving)
    try:
        say(f"printer {running.url}")
        if running.control_line is not None:
            say(f"control {running.control_line.url}")
        for line in commands:
            for row in running.control.run(line):
                say(row)
            if running.quit.is_set():
                break
        running.quit.wait()
    except KeyboardInterrupt:
        pass  # the way a person ends it at a terminal
    finally:
        running.stop()
