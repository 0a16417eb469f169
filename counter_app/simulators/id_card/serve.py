"""Run a simulated reader until told to quit: the body of `counter-app simulate reader`.

Parsing of command lines is not here.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from counter_app.simulators.id_card.control import ControlDevice, ReaderControl
from counter_app.simulators.id_card.device import SimulatedReader
from counter_app.simulators.id_card.tray import TRAY, load_tray
from counter_app.simulators.line import LineServer
from counter_app.simulators.place import open_place, serve_tcp


@dataclass(frozen=True, slots=True)
class ReaderServing:
    """Where and how: `tcp` as HOST:PORT (port 0: any), else a pseudo terminal, named by `link` if given.

    `baudrate` None sends at once, `pace` scales the module's own delays; `control` is HOST:PORT of
    a second port for `control` lines.
    """

    tcp: str | None = None
    link: Path | None = None
    tray: Path = TRAY
    card: str = ""
    faults: tuple[str, ...] = ()
    control: str | None = None
    pace: float = 1.0
    baudrate: int | None = 115200
    old: bool = False


class RunningReader:
    """A reader being served: for a demo window in the same process, and for `serve`."""

    def __init__(self, serving: ReaderServing) -> None:
        """Raises AddressBad, PlaceTaken, NoPty, TrayBad, CardUnknown, FaultUnknown, OSError (no tray)."""
        self.quit = threading.Event()
        self.tray = load_tray(serving.tray)
        self.reader = SimulatedReader(pace=serving.pace, old=serving.old)
        self.control = ReaderControl(self.reader, self.tray, self.quit.set)
        if serving.card:
            self.control.lay(serving.card)
        for fault in serving.faults:
            self.reader.add_fault(fault)
        with ExitStack() as stack:
            self.line = stack.enter_context(
                open_place(self.reader, tcp=serving.tcp, link=serving.link, baudrate=serving.baudrate)
            )
            self.control.attach(self.line)
            self.control_line: LineServer | None = None
            if serving.control is not None:
                self.control_line = stack.enter_context(
                    serve_tcp(ControlDevice(self.control), serving.control)
                )
            self._lines = stack.pop_all()

    @property
    def url(self) -> str:
        """What to give the driver as its port."""
        return self.line.url

    def stop(self) -> None:
        self._lines.close()


def serve(serving: ReaderServing, commands: Iterable[str], say: Callable[[str], None]) -> None:
    """Serve until `quit`, or an interrupt. `commands` are control lines (standard input); when
    they end the reader goes on. `say` gets `reader URL`, `control URL`, then the answers.

    Raises like `RunningReader`.
    """
    running = RunningReader(serving)
    try:
        say(f"reader {running.url}")
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
