"""Puts the simulated printer on a line, saves its papers, and obeys a script while it runs.

A script talks in lines, over standard input or a control port: `fault KIND[:N]`, `mend`, `unplug`,
`plug`, `papers`, `render PATH`, `quit`; each is answered by one line, `ok …` or `error …`.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from counter_app.errors import UserFacingError
from counter_app.simulators.line import LineServer, Wire, tcp_line
from counter_app.simulators.printer.device import PrinterSimulator
from counter_app.simulators.printer.faults import Fault
from counter_app.simulators.printer.sheet import Sheet

_LINE_LIMIT: Final = 4096  # bytes of one control command


class PaperFolder:
    """Saves each paper as `NNN.png` and `NNN.escpos`; whoever sees a name sees the whole file."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        numbers = [int(path.stem) for path in folder.glob("*.png") if path.stem.isdecimal()]
        self._next = max(numbers, default=0) + 1

    def save(self, sheet: Sheet) -> None:
        """The bytes first: a picture in the folder has its bytes beside it."""
        name = f"{self._next:03d}"
        self._next += 1
        fresh = self._folder / f".{name}.new"
        fresh.write_bytes(sheet.data)
        fresh.replace(self._folder / f"{name}.escpos")
        sheet.render().save(fresh, format="PNG")
        fresh.replace(self._folder / f"{name}.png")


class ServedPrinter:
    """A running simulator with its cable and, if wanted, its control port. Use as a context manager.

    `make_line` is `tcp_line` or `pty_line` with its place filled in.
    """

    def __init__(
        self,
        make_line: Callable[[PrinterSimulator], LineServer],
        *,
        width: int = 576,
        clone: bool = False,
        papers: Path | None = None,
        faults: Iterable[Fault] = (),
        control: tuple[str, int] | None = None,
    ) -> None:
        saved = PaperFolder(papers).save if papers is not None else None
        self.simulator = PrinterSimulator(width, clone=clone, finished=saved)
        for fault in faults:
            self.simulator.set_fault(fault)
        self._stopped = threading.Event()
        self._line = make_line(self.simulator)
        self._control: LineServer | None = None
        if control is not None:
            try:
                self._control = tcp_line(_ControlPort(self.command), *control)
            except OSError:
                self._line.stop()
                raise

    @property
    def url(self) -> str:
        """The pyserial URL of the printer; changes when a pseudo terminal is plugged in again."""
        return self._line.url

    @property
    def control_url(self) -> str:
        """`socket://host:port` of the control port, empty without one."""
        return "" if self._control is None else self._control.url

    def command(self, text: str) -> str:
        """Do one command of a script and give its answer."""
        verb, _, rest = text.strip().partition(" ")
        try:
            return f"ok {self._obey(verb, rest.strip())}".rstrip()
        except (UserFacingError, OSError) as error:
            return f"error {error}"

    def attend(self, commands: Iterable[str], say: Callable[[str], None]) -> None:
        """Obey a script from its own thread until `quit`; the end of the script is no end of ours."""

        def read() -> None:
            for text in commands:
                if text.strip():
                    say(self.command(text))

        threading.Thread(target=read, name="printer-script", daemon=True).start()
        self._stopped.wait()

    def wait(self, seconds: float | None = None) -> bool:
        """Whether `quit` was ordered within the time."""
        return self._stopped.wait(seconds)

    def stop(self) -> None:
        self._stopped.set()
        if self._control is not None:
            self._control.stop()
        self._line.stop()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def _obey(self, verb: str, rest: str) -> str:
        match verb:
            case "fault":
                self.simulator.set_fault(Fault.parse(rest))
            case "mend":
                self.simulator.mend()
                self._line.plug()
            case "unplug":
                self._line.unplug()
            case "plug":
                self._line.plug()
            case "papers":
                return str(len(self.simulator.sheets))
            case "render" if rest:
                return self._render(Path(rest))
            case "quit":
                self._stopped.set()
            case _:
                raise OSError(f"no such command: {verb}")
        return ""

    def _render(self, path: Path) -> str:
        picture = self.simulator.render()
        if picture is None:
            raise OSError("nothing was printed yet")
        picture.save(path, format="PNG")
        return str(path)


class _ControlPort:
    """A line-wise text port in front of `ServedPrinter.command`."""

    def __init__(self, command: Callable[[str], str]) -> None:
        self._command = command
        self._wire: Wire | None = None
        self._heard = b""

    def connected(self, wire: Wire) -> None:
        self._wire, self._heard = wire, b""

    def feed(self, data: bytes) -> None:
        self._heard += data
        while b"\n" in self._heard:
            line, self._heard = self._heard.split(b"\n", 1)
            answer = self._command(line.decode("utf-8", "replace"))
            if self._wire is not None:
                self._wire.send(answer.encode() + b"\n")
        self._heard = self._heard[-_LINE_LIMIT:]

    def disconnected(self) -> None:
        self._wire = None
