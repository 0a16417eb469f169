"""The control lines of a simulated scanner and of a passport reader, which draws known documents."""

from __future__ import annotations

from collections.abc import Mapping

from counter_app.errors import UserFacingError, mark
from counter_app.simulators.control import Control
from counter_app.simulators.scanner.device import SimulatedScanner

SCANNER_COMMANDS = "scan TEXT · fault SPEC|none · unplug · plug · state · quit"
MRZ_COMMANDS = "draw NAME · scan LINE|LINE · list · fault SPEC|none · unplug · plug · state · quit"


class ScanCommandUnknown(UserFacingError):
    def __init__(self, line: str, known: str) -> None:
        super().__init__(
            "simulator.command-unknown",
            mark("The simulated scanner does not understand: {line}"),
            remedy=mark("It understands: {known}"),
            line=line,
            known=known,
        )


class NobodyListens(UserFacingError):
    def __init__(self) -> None:
        super().__init__(
            "simulator.nobody-listens",
            mark("Nobody has opened the simulated scanner's port."),
            remedy=mark("Open the counter with this port, then scan again."),
        )


class DocumentUnknown(UserFacingError):
    def __init__(self, name: str, known: str) -> None:
        super().__init__(
            "simulator.document-unknown",
            mark("No document of the simulator is called {name}."),
            remedy=mark("There are: {known}"),
            name=name,
            known=known,
        )


class ScannerControl(Control):
    """`scan TEXT` sends a code; `|` in it ends a line. With `documents`, `draw NAME` sends one of them."""

    def __init__(self, scanner: SimulatedScanner, documents: Mapping[str, str] | None = None) -> None:
        super().__init__()
        self._scanner = scanner
        self._documents = documents or {}

    def scan(self, text: str) -> None:
        """Raises NobodyListens."""
        if not self._scanner.scan(text):
            raise NobodyListens

    def _own(self, line: str, verb: str, rest: str) -> tuple[str, ...]:
        match verb, rest:
            case "scan", text if text:
                self.scan(text.replace("|", "\n"))
            case "draw", name if name and self._documents:
                if name not in self._documents:
                    raise DocumentUnknown(name, " ".join(self._documents))
                self.scan(self._documents[name])
            case "list", "" if self._documents:
                return tuple(
                    f"{name}\t{text.replace(chr(10), '|')}" for name, text in self._documents.items()
                )
            case "fault", spec if spec:
                self._scanner.add_fault(spec)
            case "state", "":
                listened = "listened-to" if self._scanner.is_connected else "alone"
                return (f"{listened} sent {self._scanner.sent}",)
            case _:
                raise ScanCommandUnknown(line, MRZ_COMMANDS if self._documents else SCANNER_COMMANDS)
        return ()
