"""What the commands need of the machine; `bootstrap` binds it, so that no adapter is imported here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal, Protocol

from counter_app.cli.attached_machine import AttachedMachine, SimulatorOptions
from counter_app.cli.hall_machine import HallMachine
from counter_app.home import Home
from counter_app.i18n import Translator
from counter_app.use_cases.peripherals.desk import PeripheralDesk
from counter_app.use_cases.ports.catalogue import CatalogueChecker, CatalogueFiles
from counter_app.use_cases.ports.identity import CardRead
from counter_app.use_cases.ports.integrity import CheckReport
from counter_app.use_cases.program import Program


@dataclass(frozen=True, slots=True)
class WindowOptions:
    """How a workspace opens. `counter` is the counter's number, `desk` tells the desks of one machine apart,
    `scale` is the size of text in percent, `rate_on` where the citizen of a counter rates."""

    counter: str = ""
    desk: int = 1
    theme: Literal["light", "dark"] = "light"
    scale: int = 100
    full_screen: bool = False
    language: str = "zh_CN"
    rate_on: Literal["display", "beside", "counter"] = "display"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing `doctor` looked at; `state` is ok, warning or broken."""

    name: str
    state: Literal["ok", "warning", "broken"]
    text: str


class Machine(Protocol):
    @property
    def attached(self) -> AttachedMachine:
        """What takes pictures, shows them and makes cards."""
        ...

    @property
    def hall(self) -> HallMachine:
        """What it is and does as one of a hall."""
        ...

    def open(self, home: Path) -> AbstractContextManager[Program]:
        """A home's store and use cases. UserFacingError `home.*`, `keys.*`, `store.*`."""
        ...

    def check_store(self, home: Path) -> CheckReport: ...

    def make_demo(self, home: Path) -> Home:
        """Make a training home with the demo hall; nothing happens where there is one already."""
        ...

    def demo_clock(self, home: Path, moment: datetime | None) -> datetime:
        """What time it is in a training home, once it has gone on to `moment`. UserFacingError `home.*`,
        `demo.clock`."""
        ...

    def run_demo(self, home: Path, headless: Path | None, only: Sequence[str] = ()) -> int:
        """Its windows; or played with nobody there, the results in the folder `headless`."""
        ...

    def run_window(self, words: Sequence[str]) -> int:
        """Open the workspace that these words of a command line name."""
        ...

    def run_keeper(self, home: Path, *, stay: bool) -> bool:
        """Until stopped; False at once when the home has a keeper."""
        ...

    def catalogue_files(self) -> CatalogueFiles: ...

    def catalogue_checker(self) -> CatalogueChecker: ...

    def read_card(self, url: str, baudrate: int, seconds: float) -> CardRead: ...

    def simulate_reader(
        self, options: SimulatorOptions, commands: Iterable[str], say: Callable[[str], None]
    ) -> None: ...

    def simulate_printer(
        self, options: SimulatorOptions, commands: Iterable[str], say: Callable[[str], None]
    ) -> None: ...

    def simulate_scanner(
        self,
        options: SimulatorOptions,
        commands: Iterable[str],
        say: Callable[[str], None],
        *,
        documents: bool,
    ) -> None:
        """A scanner, or with `documents` a reader that draws passports."""
        ...

    def peripherals(self, home: Path) -> AbstractContextManager[PeripheralDesk]:
        """The desk of what hangs on this machine. UserFacingError like `open`."""
        ...

    def simulate_card(self, serial: str, commands: Iterable[str], say: Callable[[str], None]) -> None:
        """A smart card in the virtual slot of this machine's PC/SC."""
        ...

    def decode_photo(self, photo: bytes) -> bytes:
        """A made-up picture for a training card's photo, as a plug-in gives it."""
        ...

    def scanner_sheet(self, t: Translator) -> bytes:
        """The page that sets scanners up, as PDF."""
        ...

    def doctor(self, home: Path, t: Translator) -> tuple[Finding, ...]: ...
