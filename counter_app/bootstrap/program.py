"""A home's store and use cases, bound to this machine's adapters."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, TypedDict

from counter_app.bootstrap.around import around_case
from counter_app.bootstrap.late import LatePictureMaker, LateRenderer, LateRomaniser
from counter_app.clock import SystemClock, TrainingClock
from counter_app.errors import UserFacingError
from counter_app.home import Home, open_home
from counter_app.i18n import Translator
from counter_app.use_cases.access.access import Access
from counter_app.use_cases.access.credentials import Credentials
from counter_app.use_cases.access.persons import Persons
from counter_app.use_cases.around import AroundCase
from counter_app.use_cases.casework.casework import casework_of
from counter_app.use_cases.device_keys import HallKeys
from counter_app.use_cases.intake.erasing import Erasing
from counter_app.use_cases.intake.finding import Finder
from counter_app.use_cases.intake.forwarding import Forwarding
from counter_app.use_cases.intake.intake import Intake, IntakeNeeds, deciding_of
from counter_app.use_cases.intake.persons import People
from counter_app.use_cases.intake.pictures import Pictures
from counter_app.use_cases.intake.queries import IntakeQueries
from counter_app.use_cases.papers.cards import Cards
from counter_app.use_cases.papers.day_totals import DayTotals
from counter_app.use_cases.papers.papers import Papers
from counter_app.use_cases.papers.reading import PaperReading
from counter_app.use_cases.papers.statements import DeviceSigner, Statements
from counter_app.use_cases.papers.tickets import TicketPapers
from counter_app.use_cases.ports.centre import Centre
from counter_app.use_cases.ports.clock import Clock
from counter_app.use_cases.ports.pictures import PictureVault
from counter_app.use_cases.ports.store import Store
from counter_app.use_cases.ports.sync import Also, Journal
from counter_app.use_cases.program import Program
from counter_app.use_cases.reference import PublishedReference, Publishing
from counter_app.use_cases.sync.finding import ForeignTokens
from counter_app.use_cases.sync.hall import HallCentre
from counter_app.use_cases.sync.link import CentreLink
from counter_app.use_cases.time.room import time_room
from counter_app.use_cases.waiting.day_close import DayClose
from counter_app.use_cases.waiting.duty import Counters, Shifts
from counter_app.use_cases.waiting.help_desk import HelpDesk
from counter_app.use_cases.waiting.queries import WaitingQueries
from counter_app.use_cases.waiting.ratings import Ratings
from counter_app.use_cases.waiting.waiting import Waiting

STORE_KEY: Final = "store"
DEVICE_KEY: Final = "device"
LOOKUP_KEY: Final = "lookup"


@contextmanager
def open_program(path: Path) -> Iterator[Program]:
    """Open the home at `path`. UserFacingError `home.*`, `keys.*`, `store.*`."""
    home = open_home(path)
    need_device_home(home)
    store, key_warning = open_store(home)
    program = None
    try:
        program = bind(home, store, key_warning)
        yield program
    finally:
        if program is not None and program.link is not None:
            program.link.close()
        store.close()


def need_device_home(home: Home) -> None:
    """UserFacingError `home.centre`: a centre keeps no journal, and none is made there by mistake."""
    if home.role == "centre":
        raise UserFacingError(
            "home.centre",
            "This is the home of the hall's centre: nobody works in it.",
            kept="Nothing was changed.",
            remedy="Name the home of a machine with --home, or use the commands of `hub` and `device`.",
        )


def open_store(home: Home) -> tuple[Store, str]:
    """The home's store, and what must be said of where its key lies."""
    from counter_app.keys.keeping import key_place
    from counter_app.store.sqlite_store import SqliteStore

    keys = key_place(home.path)
    key = keys.secret(STORE_KEY, make=not home.store.exists())
    store = SqliteStore(home.store, key, hall=home.hall, device=home.device, clock=clock_of(home))
    return store, keys.warning


def clock_of(home: Home) -> SystemClock:
    """The machine's clock; a training home that works alone may be told another day."""
    if home.training and not home.centre:
        return TrainingClock(home.training_clock)
    return SystemClock()


def journal_of(store: Store) -> Journal:
    """The other face of a store that `open_store` gave. For one thread at a time."""
    from counter_app.store.journal import SqliteJournal
    from counter_app.store.sqlite_store import SqliteStore

    if not isinstance(store, SqliteStore):
        raise TypeError(f"{store!r} keeps no journal")
    return SqliteJournal(store)


def picture_vault(home: Home) -> PictureVault:
    """Where the home's pictures lie, sealed."""
    from counter_app.store.picture_vault import FilePictureVault

    return FilePictureVault(home.pictures)


def bind(home: Home, store: Store, key_warning: str) -> Program:
    """Every use case of the home. Slow libraries are imported by those who need them, later."""
    from counter_app.catalogue_files.codec import JsonCodec
    from counter_app.keys.signing import verify
    from counter_app.store.passwords import ArgonPins

    signer, person_hash = _own_keys(home)
    clock = clock_of(home)
    reference = PublishedReference(JsonCodec())
    statements = Statements(signer)
    papers = Papers(store, reference, statements, HallKeys(store, verify))
    credentials = Credentials(store, ArgonPins())
    romaniser = LateRomaniser()
    needs = IntakeNeeds(reference, romaniser, person_hash, secrets.token_bytes, statements)
    people = People(romaniser, person_hash, clock.monotonic)
    link = _link(home, store, clock, ForeignTokens(people))
    publishing = Publishing(store, reference, link.publish if link else None)
    return Program(
        home=home,
        clock=clock,
        store=store,
        reference=reference,
        publishing=publishing,
        waiting=Waiting(store, reference, TicketPapers(statements), link),
        waiting_queries=WaitingQueries(store, reference),
        counters=Counters(store, reference),
        shifts=Shifts(store, reference),
        ratings=Ratings(store, reference),
        help_desk=HelpDesk(store, reference),
        centre=HallCentre(store, link),
        link=link,
        day_close=DayClose(store, reference, link),
        access=Access(store, reference, credentials),
        credentials=credentials,
        persons=Persons(store),
        intake=Intake(store, clock, needs),
        intake_queries=IntakeQueries(store, reference),
        casework=casework_of(store, reference, deciding_of(needs, people)),
        **_on_plastic_and_disk(home, store, reference, statements, link, person_hash),
        forwarding=Forwarding(store, reference, statements),
        around=_around(home, store, needs, people, link, papers),
        finder=Finder(store, reference, person_hash),
        erasing=Erasing(store, reference, ForeignTokens(people), link),
        day_totals=DayTotals(store, reference, statements, verify),
        papers=papers,
        time=time_room(store, reference, publishing, statements, alone=link is None),
        paper_reading=PaperReading(papers, LateRenderer()),
        person_hash=person_hash,
        key_warning=key_warning,
        warm_up=romaniser.warm_up,
    )


def _own_keys(home: Home) -> tuple[DeviceSigner, Callable[[str], str]]:
    """What signs for this device, and the keyed hash of an ID number."""
    from counter_app.keys.keeping import key_place
    from counter_app.keys.signing import DeviceKey

    keys = key_place(home.path)
    signer = DeviceKey(keys.secret(DEVICE_KEY, make=True))
    return signer, _hasher(keys.secret(LOOKUP_KEY, make=True))


def _around(
    home: Home, store: Store, needs: IntakeNeeds, people: People, link: CentreLink | None, papers: Papers
) -> AroundCase:
    """What hangs on the machine is looked up anew each time: it is changed while windows run. Pages are
    counted by a renderer of their own, since acts have their own thread."""
    counting = PaperReading(papers, LateRenderer())
    return around_case(
        store,
        needs,
        people,
        lambda: bool(link and link.away),
        lambda: open_home(home.path).peripherals,
        lambda paper: counting.pages(paper, Translator("zh_CN")),
    )


class _Made(TypedDict):
    cards: Cards
    pictures: Pictures


def _on_plastic_and_disk(
    home: Home,
    store: Store,
    reference: PublishedReference,
    statements: Statements,
    link: CentreLink | None,
    person_hash: Callable[[str], str],
) -> _Made:
    fetch = link.picture if link else None
    pictures = Pictures(store, reference, picture_vault(home), LatePictureMaker(), fetch)
    return _Made(cards=Cards(store, reference, statements, person_hash), pictures=pictures)


def _link(home: Home, store: Store, clock: Clock, also: Also) -> CentreLink | None:
    """The line of this home's windows and commands to its centre; None where none is set up.

    Nothing is opened before the first question: a window starts as fast without the centre.
    """
    if not home.centre or home.role == "centre":
        return None

    def open_line() -> Centre:
        from counter_app.bootstrap.centre_line import open_centre

        return open_centre(home)

    return CentreLink(open_line, store, journal_of(store), clock, also=also)


def _hasher(lookup: bytes) -> Callable[[str], str]:
    """The keyed hash by which the same ID number is found again: numbers are guessable, keys are not."""

    def person_hash(number: str) -> str:
        return hmac.new(lookup, number.encode(), hashlib.sha256).hexdigest()

    return person_hash
