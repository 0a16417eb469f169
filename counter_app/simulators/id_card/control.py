"""What the control lines of a simulated reader are; how lines are taken and answered is not here."""

from __future__ import annotations

from collections.abc import Mapping

from counter_app.errors import UserFacingError, mark
from counter_app.simulators.control import Control
from counter_app.simulators.id_card.device import SimulatedReader
from counter_app.simulators.id_card.tray import Citizen

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


class ReaderControl(Control):
    """Commands for one reader. A card is named by its key or by its holder's name."""

    def __init__(self, reader: SimulatedReader, tray: tuple[Citizen, ...]) -> None:
        super().__init__()
        self._reader = reader
        self._laid = ""
        self._keys = tuple(citizen.key for citizen in tray)
        self._citizens: Mapping[str, Citizen] = {c.document.name: c for c in tray} | {c.key: c for c in tray}

    def lay(self, name: str) -> None:
        """Raises CardUnknown."""
        citizen = self._citizens.get(name)
        if citizen is None:
            raise CardUnknown(name, self._keys)
        self._reader.lay(citizen.document)
        self._laid = citizen.key

    def _own(self, line: str, verb: str, rest: str) -> tuple[str, ...]:
        match verb, rest:
            case "lay", name if name:
                self.lay(name)
            case "lift", "":
                self._reader.lift()
            case "fault", spec if spec:
                self._reader.add_fault(spec)
            case "tray", "":
                return tuple(f"{c.key}\t{c.document.name}\t{c.about}" for c in self._listed())
            case "state", "":
                return (f"card {self._laid if self._reader.has_card else '-'}",)
            case _:
                raise ControlUnknown(line)
        return ()

    def _listed(self) -> tuple[Citizen, ...]:
        return tuple(self._citizens[key] for key in self._keys)
