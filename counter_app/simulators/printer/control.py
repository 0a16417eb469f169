"""The simulated printer operated by lines of text: from a terminal, a script, the demo's window.

Each line is answered by lines, the last one `ok` or `error CODE TEXT`.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from counter_app.errors import UserFacingError, mark
from counter_app.simulators.line import LineServer, Wire
from counter_app.simulators.printer.device import PrinterSimulator
from counter_app.simulators.printer.faults import Fault

COMMANDS: Final = "fault KIND[:N] · mend · unplug · plug · papers · text · render PATH · quit"
_LINE_LIMIT: Final = 4096  # bytes of one command


class PrinterCommandUnknown(UserFacingError):
    def __init__(self, line: str) -> None:
        super().__init__(
            "simulator.printer-command-unknown",
            mark("The simulated printer does not understand: {line}"),
            remedy=mark("The printer understands: {commands}"),
            line=line,
            commands=COMMANDS,
        )


class NothingPrinted(UserFacingError):
    def __init__(self) -> None:
        super().__init__("simulator.nothing-printed", mark("Nothing was printed yet."))


class PictureRefused(UserFacingError):
    def __init__(self, path: Path, why: str) -> None:
        super().__init__(
            "simulator.picture-refused",
            mark("The picture could not be saved at {path} ({why})."),
            path=path,
            why=why,
        )


class PrinterControl:
    """Commands for one printer."""

    def __init__(self, printer: PrinterSimulator, on_quit: Callable[[], None]) -> None:
        self._printer = printer
        self._on_quit = on_quit
        self._cable: LineServer | None = None

    def attach(self, cable: LineServer) -> None:
        """The cable that `unplug`, `plug` and `mend` work on."""
        self._cable = cable

    def run(self, line: str) -> tuple[str, ...]:
        """Carry out one line; the answer's lines. Never raises for a bad line."""
        try:
            return (*self._run(line.strip()), "ok")
        except UserFacingError as error:
            return (f"error {error.code} {error}",)

    def _run(self, line: str) -> tuple[str, ...]:
        verb, _, rest = line.partition(" ")
        match verb, rest.strip():
            case "fault", spec if spec:
                self._printer.set_fault(Fault.parse(spec))
            case "mend", "":
                self._printer.mend()
                if self._cable is not None:
                    self._cable.plug()
            case "unplug", "" if self._cable is not None:
                self._cable.unplug()
            case "plug", "" if self._cable is not None:
                self._cable.plug()
            case "papers", "":
                return (str(len(self._printer.sheets)),)
            case "text", "":
                return self._text()
            case "render", path if path:
                self._render(Path(path))
            case "quit", "":
                self._on_quit()
            case _:
                raise PrinterCommandUnknown(line)
        return ()

    def _text(self) -> tuple[str, ...]:
        """The lines of the hanging paper, else of the newest one."""
        sheet = self._printer.newest
        if sheet is None:
            raise NothingPrinted
        return sheet.lines

    def _render(self, path: Path) -> None:
        sheet = self._printer.newest
        if sheet is None:
            raise NothingPrinted
        try:
            sheet.render().save(path, format="PNG")
        except OSError as error:
            raise PictureRefused(path, str(error)) from error


class PrinterControlPort:
    """A `ByteDevice` that takes control lines over a second port, one client at a time."""

    def __init__(self, control: PrinterControl) -> None:
        self._control = control
        self._wire: Wire | None = None
        self._buffer = b""

    def connected(self, wire: Wire) -> None:
        self._wire, self._buffer = wire, b""

    def disconnected(self) -> None:
        self._wire = None

    def feed(self, data: bytes) -> None:
        *lines, rest = (self._buffer + data).split(b"\n")
        self._buffer = rest[-_LINE_LIMIT:]
        for line in lines:
            answer = "".join(f"{row}\n" for row in self._control.run(line.decode("utf-8", "replace")))
            if self._wire is not None:
                self._wire.send(answer.encode())
