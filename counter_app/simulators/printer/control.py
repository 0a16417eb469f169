"""What the control lines of a simulated printer are; how lines are taken and answered is not here."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from counter_app.errors import UserFacingError, mark
from counter_app.simulators.control import Control
from counter_app.simulators.printer.device import PrinterSimulator
from counter_app.simulators.printer.faults import Fault

COMMANDS: Final = "fault KIND[:N] · mend · unplug · plug · shut-drawer · papers · text · render PATH · quit"


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


class PrinterControl(Control):
    """Commands for one printer. `mend` plugs its cable in as well."""

    def __init__(self, printer: PrinterSimulator) -> None:
        super().__init__()
        self._printer = printer

    def _own(self, line: str, verb: str, rest: str) -> tuple[str, ...]:
        match verb, rest:
            case "fault", spec if spec:
                self._printer.set_fault(Fault.parse(spec))
            case "mend", "":
                self._printer.mend()
                if self._cable is not None:
                    self._cable.plug()
            case "shut-drawer", "":
                self._printer.shut_drawer()
            case "papers", "":
                return (str(len(self._printer.sheets)),)
            case "text", "":
                return self._text()
            case "render", path if path:
                self._render(Path(path))
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
