"""Everything the desk's window is given. The composition root fills it; nothing is looked up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from counter_app.domain.hall.plan import HallPlan
from counter_app.lanes import Runner
from counter_app.ui.changes import ChangeFeed
from counter_app.ui.exporting import Export, no_export
from counter_app.use_cases.access.access import Access
from counter_app.use_cases.access.persons import Persons
from counter_app.use_cases.arriving.applying import Applying
from counter_app.use_cases.casework.casework import Casework
from counter_app.use_cases.casework.finding import CaseFinder
from counter_app.use_cases.intake.pictures import Pictures
from counter_app.use_cases.intake.queries import IntakeQueries
from counter_app.use_cases.papers.papers import Papers
from counter_app.use_cases.ports.clock import Clock
from counter_app.use_cases.ports.inputs import NamedSource
from counter_app.use_cases.sync.hall import HallCentre
from counter_app.use_cases.time.room import TimeRoom


@dataclass(frozen=True)
class DeskDeps:
    """`place` is where the shift stands (`desk_place`). `sheet(paper, "A4")` writes a paper as a private PDF
    file, `open_file` opens it with the system's viewer and tells whether it did. `acts` runs commands one
    after another, `reads` queries; they may be the same lane. `fetches` may wait
    for the centre. `centre` is None where there never is one."""

    place: str
    plan: HallPlan
    access: Access
    persons: Persons
    casework: Casework
    time: TimeRoom
    cases: IntakeQueries
    finder: CaseFinder
    papers: Papers
    pictures: Pictures
    applying: Applying
    feed: ChangeFeed
    acts: Runner
    reads: Runner
    fetches: Runner
    clock: Clock
    new_key: Callable[[], str]
    sheet: Callable[[str, str], Path]
    open_file: Callable[[Path], bool]
    export: Export = no_export
    scan_prefix: str = "F12"
    sources: tuple[NamedSource, ...] = ()
    centre: HallCentre | None = None
    key_warning: str = ""
    theme: str = "light"
    scale: float = 1.0
