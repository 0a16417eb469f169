"""The simulated reader operated by lines of text: from a terminal, a script, the demo's window.

Each line is answered by lines, the last one `ok` or `error CODE TEXT`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from counter_app.errors import UserFacingError, mark
from counter_app.simulators.id_card.device import SimulatedReader
from counter_app.simulators.id_card.tray import Citizen
from counter_app.simulators.line import LineServer, Wire

COMMANDS = "lay NAME · lift · fault SPEC|none · unplug · plug · tray · state · quit"


class ControlUnknown(UserFacingError):
    def __init__(self, line: str) -> None:
        super().__init__(
            "simulator.command-unknown",
            mark("The simulated reader does not understand: {line}"),
            remedy=mark("It understands: {known}"),
            line=line,
            known=COMMANDS,
        )


class CardUnknown(UserFacingError):
    def __init__(self, name: str, known: tuple[str, ...]) -> None:
        super().__init__(
            "simulator.card-unknown",
            mark("No card in the tray is called {name}."),
            remedy=mark("There are: {known}"),
            name=name,
            known=" ".join(known),
        )


class ReaderControl:
    """Commands for one reader. A card is named by its key or by its holder's name."""

    def __init__(
        self, reader: SimulatedReader, tray: tuple[Citizen, ...], on_quit: Callable[[], None]
    ) -> None:
        self._reader = reader
        self._on_quit = on_quit
        self._cable: LineServer | None = None
        self._laid = ""
        self._keys = tuple(citizen.key for citizen in tray)
        self._citizens: Mapping[str, Citizen] = {c.document.name: c for c in tray} | {c.key: c for c in tray}

    def attach(self, cable: LineServer) -> None:
        """The cable that `unplug` and `plug` work on."""
        self._cable = cable

    def lay(self, name: str) -> None:
        """Raises CardUnknown."""
        citizen = self._citizens.get(name)
        if citizen is None:
            raise CardUnknown(name, self._keys)
        self._reader.lay(citizen.document)
        self._laid = citizen.key

    def run(self, line: str) -> tuple[str, ...]:
        """Carry out one line; the answer's lines. Never raises for a bad line."""
        try:
            return (*self._run(line.strip()), "ok")
        except UserFacingError as error:
            return (f"error {error.code} {error}",)

    def _run(self, line: str) -> tuple[str, ...]:
        verb, _, rest = line.partition(" ")
        match verb, rest.strip():
            case "lay", name if name:
                self.lay(name)
            case "lift", "":
                self._reader.lift()
            case "fault", spec if spec:
                self._reader.add_fault(spec)
            case "unplug", "" if self._cable is not None:
                self._cable.unplug()
            case "plug", "" if self._cable is not None:
                self._cable.plug()
            case "tray", "":
                return tuple(f"{c.key}\t{c.document.name}\t{c.about}" for c in self._listed())
            case "state", "":
                return (f"card {self._laid if self._reader.has_card else '-'}",)
            case "quit", "":
                self._on_quit()
            case _:
                raise ControlUnknown(line)
        return ()

    def _listed(self) -> tuple[Citizen, ...]:
        return tuple(self._citizens[key] for key in self._keys)


class ControlDevice:
    """A `ByteDevice` that takes control lines over a second port, one client at a time."""

    def __init__(self, control: ReaderControl) -> None:
        self._control = control
        self._wire: Wire | None = None
        self._buffer = b""

    def connected(self, wire: Wire) -> None:
        self._wire = wire
        self._buffer = b""

    def disconnected(self) -> None:
        self._wire = None

    def feed(self, data: bytes) -> None:
        *lines, self._buffer = (self._buffer + data).split(b"\n")
        for line in lines:
            answer = "".join(f"{row}\n" for row in self._control.run(line.decode("utf-8", "replace")))
            if self._wire is not None:
                self._wire.send(answer.encode())
