"""What the commands need of cameras, scanners, pads, strips and cards; `bootstrap` binds it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from counter_app.domain.journal import Actor
from counter_app.domain.paper.cards import CardFacts
from counter_app.i18n import Translator
from counter_app.peripherals import Kind
from counter_app.use_cases.papers.cards import Printing
from counter_app.use_cases.peripherals.desk import PeripheralDesk
from counter_app.use_cases.peripherals.logos import LogoDesk
from counter_app.use_cases.ports.imaging import PictureSource
from counter_app.use_cases.ports.printing import PrintOutcome
from counter_app.use_cases.program import Program


@dataclass(frozen=True, slots=True)
class SimulatorOptions:
    """Where a simulated device is served and how it misbehaves."""

    tcp: str | None = None
    link: Path | None = None
    hid: Path | None = None
    control: str | None = None
    faults: tuple[str, ...] = ()
    tray: Path | None = None
    card: str = ""
    width: int = 80
    papers: Path | None = None


@dataclass(frozen=True, slots=True)
class SheetCall:
    """A paper to be printed on a sheet, for whom, under which key; `size` "" for the printer's own."""

    actor: Actor
    key: str
    paper: str
    size: str


class AttachedMachine(Protocol):
    """What hangs on this machine, beside printers and readers."""

    def simulate_device(
        self, kind: Kind, options: SimulatorOptions, commands: Iterable[str], say: Callable[[str], None]
    ) -> None:
        """A camera, a document scanner, a rating pad, an LED strip, a cash drawer."""
        ...

    def logos(self, home: Path, desk: PeripheralDesk) -> LogoDesk:
        """The logos over the papers of its printers."""
        ...

    def build_evolis(self, library: Path) -> None:
        """The Evolis library made of software. UserFacingError `simulator.no-compiler`."""
        ...

    def picture_source(self, home: Path, name: str) -> PictureSource:
        """A declared camera or scanner; "": the first. UserFacingError `imaging.*`, `home.*`."""
        ...

    def draw_card(self, facts: CardFacts, side: str, right: float, down: float, scale: float) -> bytes:
        """One side as PNG, both as PDF for side ""; moved by millimetres and scaled about the middle."""
        ...

    def print_sheet(self, program: Program, call: SheetCall, t: Translator) -> PrintOutcome:
        """On the home's A4 printer. UserFacingError `paper.no-sheet-printer`, `queue.*`."""
        ...

    def print_card(
        self, program: Program, actor: Actor, card: str, note: Callable[[], Printing]
    ) -> PrintOutcome:
        """On the home's card printer, if it has one; `note` is done before. UserFacingError `card.*`."""
        ...
