"""Everything a front end may do in one home: the use cases, bound once by `bootstrap`.

Windows take from it what they need and pass that on; nothing looks a use case up.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from counter_app.domain.catalogue.catalogue import Catalogue
from counter_app.domain.hall.plan import HallPlan
from counter_app.home import Home
from counter_app.use_cases.access.access import Access
from counter_app.use_cases.access.credentials import Credentials
from counter_app.use_cases.access.persons import Persons
from counter_app.use_cases.archive.packaging import Packaging
from counter_app.use_cases.around import AroundCase
from counter_app.use_cases.casework.casework import Casework
from counter_app.use_cases.intake.erasing import Erasing
from counter_app.use_cases.intake.finding import Finder
from counter_app.use_cases.intake.forwarding import Forwarding
from counter_app.use_cases.intake.intake import Intake
from counter_app.use_cases.intake.pictures import Pictures
from counter_app.use_cases.intake.queries import IntakeQueries
from counter_app.use_cases.papers.cards import Cards
from counter_app.use_cases.papers.day_totals import DayTotals
from counter_app.use_cases.papers.papers import Papers
from counter_app.use_cases.papers.reading import PaperReading
from counter_app.use_cases.ports.clock import Clock
from counter_app.use_cases.ports.store import Store
from counter_app.use_cases.reference import PublishedReference, Publishing
from counter_app.use_cases.sync.hall import HallCentre
from counter_app.use_cases.sync.link import CentreLink
from counter_app.use_cases.time.room import TimeRoom
from counter_app.use_cases.waiting.day_close import DayClose
from counter_app.use_cases.waiting.duty import Counters, Shifts
from counter_app.use_cases.waiting.help_desk import HelpDesk
from counter_app.use_cases.waiting.queries import WaitingQueries
from counter_app.use_cases.waiting.ratings import Ratings
from counter_app.use_cases.waiting.waiting import Waiting


@dataclass(frozen=True)
class Program:
    """One home's use cases. `centre` is the hall's centre as windows see it (`alone` where none is set up),
    `link` the line to it, None when alone. `person_hash` is the keyed hash of an ID number,
    `key_warning` what must be said of where the keys lie. `warm_up` imports what the first case needs."""

    home: Home
    clock: Clock
    store: Store
    reference: PublishedReference
    publishing: Publishing
    waiting: Waiting
    waiting_queries: WaitingQueries
    counters: Counters
    shifts: Shifts
    ratings: Ratings
    help_desk: HelpDesk
    centre: HallCentre
    link: CentreLink | None
    day_close: DayClose
    access: Access
    credentials: Credentials
    persons: Persons
    intake: Intake
    intake_queries: IntakeQueries
    casework: Casework
    pictures: Pictures
    cards: Cards
    forwarding: Forwarding
    around: AroundCase
    finder: Finder
    erasing: Erasing
    day_totals: DayTotals
    papers: Papers
    time: TimeRoom
    paper_reading: PaperReading
    person_hash: Callable[[str], str]
    key_warning: str
    warm_up: Callable[[], None]

    def packaging(self) -> Packaging:
        """The packages of closed files (mission: C14)."""
        return Packaging(self.store, self.around.archiving, self.paper_reading, self.pictures)

    def plan(self) -> HallPlan:
        with self.store.reading() as reader:
            return self.reference.plan(reader)

    def catalogue(self) -> Catalogue:
        with self.store.reading() as reader:
            return self.reference.catalogue(reader)
