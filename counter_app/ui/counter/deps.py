"""Everything the counter window is given. The composition root fills it; nothing is looked up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from counter_app.domain.hall.plan import HallPlan
from counter_app.domain.journal import Actor
from counter_app.errors import UserFacingError
from counter_app.lanes import Runner
from counter_app.ui.changes import ChangeFeed
from counter_app.use_cases.access.access import Access
from counter_app.use_cases.access.persons import Persons
from counter_app.use_cases.around import AroundCase
from counter_app.use_cases.casework.casework import Casework
from counter_app.use_cases.intake.erasing import Erasing
from counter_app.use_cases.intake.finding import Finder
from counter_app.use_cases.intake.forwarding import Forwarding
from counter_app.use_cases.intake.intake import Intake
from counter_app.use_cases.intake.pictures import Pictures
from counter_app.use_cases.intake.queries import IntakeQueries
from counter_app.use_cases.papers.cards import Cards, Printing
from counter_app.use_cases.papers.day_totals import DayTotals
from counter_app.use_cases.papers.papers import Papers
from counter_app.use_cases.peripherals.desk import PeripheralDesk
from counter_app.use_cases.peripherals.logos import LogoDesk
from counter_app.use_cases.ports.clock import Clock
from counter_app.use_cases.ports.identity import CardReader
from counter_app.use_cases.ports.imaging import NamedPictureSource
from counter_app.use_cases.ports.inputs import NamedSource
from counter_app.use_cases.ports.integrity import CheckReport
from counter_app.use_cases.ports.printing import PrinterState, PrintOutcome
from counter_app.use_cases.sync.hall import HallCentre
from counter_app.use_cases.time.room import TimeRoom
from counter_app.use_cases.waiting.day_close import DayClose
from counter_app.use_cases.waiting.duty import Counters, Shifts
from counter_app.use_cases.waiting.help_desk import HelpDesk
from counter_app.use_cases.waiting.queries import WaitingQueries
from counter_app.use_cases.waiting.ratings import Ratings
from counter_app.use_cases.waiting.waiting import Waiting

RatedOn = Literal["display", "beside", "counter"]


def no_sheet(paper: str, size: str) -> Path:
    """Where nothing makes sheets. UserFacingError `paper.no-sheets`."""
    raise UserFacingError(
        "paper.no-sheets", "This window makes no sheets.", remedy="Use the command that writes a PDF."
    )


def no_export(name: str, files: tuple[tuple[str, bytes], ...]) -> Path:
    """Where nothing is written out. UserFacingError `paper.no-sheets`."""
    return no_sheet(name, "")


@dataclass(frozen=True)
class CardTools:
    """Cards of plastic. `file` writes a card's PDF, `print` sends a noted print to the card printer."""

    cards: Cards
    file: Callable[[str], Path]
    has_printer: Callable[[], bool]
    print: Callable[[Actor, Printing], PrintOutcome]


@dataclass(frozen=True)
class CounterDeps:
    """`counter` is the counter's number as text; `columns` those of its printer (48 on 80 mm).

    `sheet(paper, "A4" | "A5")` writes a paper as a private PDF file, `print_sheet(actor, key, paper, size)`
    hands it to the machine's A4 printer (UserFacingError where none is declared); `package(case)` writes a
    closed file's package and `export(name, files)` other files into a new folder of the home; `open_file`
    opens it with the system's viewer and tells whether it did. `rejected` are applications of the import
    folder that were not taken in. `printer` is the state the keeper saw last;
    `key_warning` is what must be said of where the keys lie, as a message source.

    `acts` runs commands one after another, `reads` queries; they may be the same lane. `asks` asks the
    centre and peripherals, which may be slow, `reads` when not given; `centre` is None where there never is
    one. `new_key` makes a command key per key press (uuid4 text). `scan_prefix` is the key a wedge scanner
    was set up to send first, in Qt's spelling; `sources` are scanners and passport readers on own lines,
    `scanner_sheet` writes the page that sets scanners up, `photo` decodes a card's photo (PNG).
    `cameras` are the machine's cameras and document scanners, those first that are quick; `imaging` is their
    lane, `reads` when not given. `rated_on`: a second display where there is one, a window beside the
    work, or the clerk's own window. `theme` is `light` or `dark`, `scale` 1.0–2.0.
    """

    counter: str
    plan: HallPlan
    waiting: Waiting
    counters: Counters
    shifts: Shifts
    ratings: Ratings
    lines: WaitingQueries
    access: Access
    persons: Persons
    intake: Intake
    cases: IntakeQueries
    finder: Finder
    papers: Papers
    forwarding: Forwarding
    erasing: Erasing
    help_desk: HelpDesk
    day_close: DayClose
    time: TimeRoom
    day_totals: DayTotals
    around: AroundCase
    casework: Casework
    check: Callable[[], CheckReport]
    reader: CardReader
    feed: ChangeFeed
    acts: Runner
    reads: Runner
    clock: Clock
    new_key: Callable[[], str]
    columns: int = 48
    scan_prefix: str = "F12"
    sources: tuple[NamedSource, ...] = ()
    pictures: Pictures | None = None
    cameras: tuple[NamedPictureSource, ...] = ()
    imaging: Runner | None = None
    cards: CardTools | None = None
    scanner_sheet: Callable[[], Path] | None = None
    photo: Callable[[bytes], bytes] | None = None
    sheet: Callable[[str, str], Path] = no_sheet
    volume: Callable[[str], Path] = lambda case: no_sheet(case, "A4")
    package: Callable[[str], Path] = lambda case: no_sheet(case, "A4")
    export: Callable[[str, tuple[tuple[str, bytes], ...]], Path] = no_export
    open_file: Callable[[Path], bool] = lambda path: False
    rejected: Callable[[], tuple[Path, ...]] = tuple
    printer: Callable[[], PrinterState] = lambda: PrinterState.UNKNOWN
    centre: HallCentre | None = None
    peripherals: PeripheralDesk | None = None
    logos: LogoDesk | None = None
    print_sheet: Callable[[Actor, str, str, str], PrintOutcome] | None = None
    asks: Runner | None = None
    key_warning: str = ""
    rated_on: RatedOn = "display"
    rating_keypad: bool = False
    theme: str = "light"
    scale: float = 1.0
