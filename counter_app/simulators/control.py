"""A simulated device operated by lines of text: from a terminal, a script, the demo's window.

Each line is answered by lines, the last one `ok` or `error CODE TEXT`. What every device understands
(its cable, its end) is here; the commands of one machine are in its own folder.
"""

from __future__ import annotations

import threading
from abc import ABC, abstractmethod
from typing import Final

from counter_app.errors import UserFacingError
from counter_app.simulators.line import LineServer, Wire
from counter_app.simulators.trouble import Troubled

_LINE_LIMIT: Final = 4096  # bytes of one command


class Control(ABC):
    """Commands for one device. `quit` is set once it was told to."""

    def __init__(self) -> None:
        self.quit = threading.Event()
        self._cable: LineServer | None = None
        self._trouble: Troubled | None = None

    def attach(self, cable: LineServer, trouble: Troubled | None = None) -> None:
        """The cable that `unplug`, `plug` and `trouble` work on; without one they are not understood."""
        self._cable = cable
        self._trouble = trouble

    def run(self, line: str) -> tuple[str, ...]:
        """Carry out one line; the answer's lines. Never raises for a bad line."""
        try:
            return (*self._carry_out(line.strip()), "ok")
        except UserFacingError as error:
            return (f"error {error.code} {error}",)

    def _carry_out(self, line: str) -> tuple[str, ...]:
        verb, _, rest = line.partition(" ")
        match verb, rest.strip():
            case "unplug", "" if self._cable is not None:
                self._cable.unplug()
            case "plug", "" if self._cable is not None:
                self._cable.plug()
            case "trouble", spec if spec and self._trouble is not None:
                self._trouble.order(spec)
            case "passed", "" if self._trouble is not None:
                return (str(self._trouble.passed),)
            case "quit", "":
                self.quit.set()
            case _, stripped:
                return self._own(line, verb, stripped)
        return ()

    @abstractmethod
    def _own(self, line: str, verb: str, rest: str) -> tuple[str, ...]:
        """A command of this machine: `line` is `verb` and `rest`. Raises UserFacingError."""


class ControlPort:
    """A `ByteDevice` that takes control lines over a second port, one client at a time."""

    def __init__(self, control: Control) -> None:
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
