"""One machine of the hall: its disk, its clock, and the program on it as `bootstrap` binds it.

A machine can be killed and opened again, and its disk copied. Not here: the lines between machines
(`network`), what people do at it (`people`), when any of it happens (`hall`).
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from random import Random
from typing import Final, TypeVar

from counter_app.catalogue_files.codec import JsonCodec
from counter_app.catalogue_files.romaniser import PinyinRomaniser
from counter_app.domain.access.shift import ShiftBegan
from counter_app.domain.intake.case import Case
from counter_app.domain.intake.fold import CASES
from counter_app.domain.journal import Actor, Fact
from counter_app.keys.signing import DeviceKey
from counter_app.store.connection import connect
from counter_app.store.journal import SqliteJournal
from counter_app.store.rooms import PROJECTIONS
from counter_app.store.sqlite_store import SqliteStore
from counter_app.use_cases.intake.intake import Intake, IntakeNeeds
from counter_app.use_cases.intake.persons import People
from counter_app.use_cases.papers.statements import Statements
from counter_app.use_cases.papers.tickets import TicketPapers
from counter_app.use_cases.ports.centre import Centre, OrderedEvent
from counter_app.use_cases.ports.store import Reader, Transaction
from counter_app.use_cases.ports.sync import Journal, Standing
from counter_app.use_cases.reference import PublishedReference
from counter_app.use_cases.sync.finding import ForeignTokens
from counter_app.use_cases.sync.hall import HallCentre
from counter_app.use_cases.sync.link import CentreLink
from counter_app.use_cases.sync.sync import Sync, SyncNeeds
from counter_app.use_cases.waiting.duty import Counters
from counter_app.use_cases.waiting.waiting import Waiting
from tests.simulation.clocks import MachineClock
from tests.simulation.faults import Faults, put_under
from tests.simulation.hosts import HALL
from tests.simulation.versions import TicketSungAbout
from tests.support.intake_hall import person_hash

T = TypeVar("T")
KEY: Final = bytes(range(32))
STORE: Final = "store.db"
FILES: Final = (STORE, f"{STORE}-wal")
MOST_STEPS: Final = 60  # of one turn of the keeper
ROMANISER: Final = PinyinRomaniser()


def key_of(device: str) -> DeviceKey:
    """The device's key: the same in every run."""
    return DeviceKey(sha256(b"simulated " + device.encode()).digest())


class AtOnce:
    """A runner that lets whatever happens pass through, a kill too."""

    def submit(self, work: Callable[[], T]) -> Future[T]:
        future: Future[T] = Future()
        try:
            future.set_result(work())
        except Exception as error:  # noqa: BLE001 - same contract as a lane's
            future.set_exception(error)
        return future


class SimulatedLink(CentreLink):
    """The windows' line; where it would wait for the keeper, the keeper gets its turn, or is too slow."""

    def __init__(self, machine: Machine, journal: Journal) -> None:
        super().__init__(
            lambda: machine.line, machine.store, journal, machine.clock, also=None, runner=AtOnce()
        )
        self._machine = machine

    def _wait_sent(self, seconds: float) -> None:
        if self._machine.chance().random() < 0.8:
            self._machine.sync()


@dataclass
class Machine:
    """`name` is the machine's, `code` the device it believes to be; a clone has another name only.

    `chance` gives the current step's.
    """

    name: str
    code: str
    role: str
    counter: str
    staff: str
    folder: Path
    clock: MachineClock
    line: Centre
    chance: Callable[[], Random]
    faults: Faults = field(init=False)
    alive: bool = False
    boots: int = 0
    keeping: bool = False
    _drawn: int = 0

    def __post_init__(self) -> None:
        self.faults = Faults(self.name)

    @property
    def actor(self) -> Actor:
        return Actor(self.staff, self.counter)

    def open(self) -> None:
        """Start the program on its disk."""
        self.boots += 1
        self.store = SqliteStore(
            self.folder / STORE, KEY, hall=HALL, device=self.code, clock=self.clock, projections=PROJECTIONS
        )
        self.alive = True
        put_under(self.store, self.faults)
        self._bind()

    def _bind(self) -> None:
        self.journal: Journal = SqliteJournal(self.store)
        people = People(ROMANISER, person_hash, self.clock.monotonic)
        needs = SyncNeeds(
            hall=HALL,
            device=self.code,
            program="simulated",
            sign=key_of(self.code).sign,
            chance=lambda: self.chance().random(),
            wipe=self._wipe,
            also=ForeignTokens(people),
        )
        self.keeper = Sync(self.journal, self.store, self.line, self.clock, needs)
        reference = PublishedReference(JsonCodec())
        statements = Statements(key_of(self.code))
        link = SimulatedLink(self, self.journal)
        intake = IntakeNeeds(reference, ROMANISER, person_hash, self._entropy, statements)
        self.waiting = Waiting(self.store, reference, TicketPapers(statements), link)
        self.counters = Counters(self.store, reference)
        self.hall = HallCentre(self.store)
        self.intake = Intake(self.store, self.clock, intake)

    def _entropy(self, size: int) -> bytes:
        """Chance of its own for each machine, the same in each run of a seed."""
        self._drawn += 1
        return sha256(f"{self.name}/{self._drawn}".encode()).digest()[:size]

    def close(self) -> None:
        """Its process ends, however: what was not committed is gone."""
        if self.alive:
            self.alive = False
            self.store.close()

    def _wipe(self) -> None:
        raise AssertionError(f"{self.name} was told to wipe itself, and nobody revoked it")

    def sync(self) -> None:
        """A turn of its keeper, of which there is one: until there is nothing more to do at once."""
        if self.keeping:
            return
        self.keeping = True
        try:
            for _ in range(MOST_STEPS):
                if not self.keeper.step():
                    return
        finally:
            self.keeping = False

    def begin_shift(self) -> None:
        """Its clerk has signed in: the keeper keeps a lease for the counter."""
        shift = ShiftBegan(shift=f"{self.code}.1.1", staff=self.staff, counter=self.counter)
        self.store.act(self.actor, f"shift-{self.code}", lambda tx: _record(tx, shift))

    def standing(self) -> Standing:
        return self.journal.standing()

    def said_all(self) -> bool:
        standing = self.standing()
        return not standing.unsent and not standing.aside

    def case(self, reader: Reader, id: str) -> Case | None:
        return reader.get(CASES, id)

    def sing(self, key: str, note: Callable[[str], None]) -> None:
        """Record what only a later program knows about some ticket."""
        with self.store.reading() as reader:
            tickets = reader.waiting.open_tickets(1)
        if tickets:
            note(f"{self.name}: sings about {tickets[0].number} [{key}]")
            fact = TicketSungAbout(ticket=tickets[0].id, song="la")
            self.store.act(self.actor, key, lambda tx: _record(tx, fact))

    # -- its disk

    def copy_disk(self, folder: Path) -> None:
        """Another disk that holds what this one holds now."""
        folder.mkdir(parents=True)
        for name in FILES:
            if (self.folder / name).exists():
                shutil.copy(self.folder / name, folder / name)

    def put_back(self, folder: Path) -> None:
        """This disk holds again what `folder` kept. The program must not run."""
        for name in (*FILES, f"{STORE}-shm"):
            (self.folder / name).unlink(missing_ok=True)
        for name in FILES:
            if (folder / name).exists():
                shutil.copy(folder / name, self.folder / name)

    def twin(self, name: str, folder: Path, clock: MachineClock) -> Machine:
        return replace(self, name=name, folder=folder, clock=clock, alive=False, boots=0)

    def upgrade(self) -> None:
        """A program with other folds: every row is made anew from the events, and again by this one's."""
        self.close()
        newer = tuple(replace(entry, version=entry.version + 1) for entry in PROJECTIONS)
        SqliteStore(
            self.folder / STORE, KEY, hall=HALL, device=self.code, clock=self.clock, projections=newer
        ).close()
        self.open()

    # -- what it holds

    def digests(self) -> Mapping[str, str]:
        """What its rows of every kind come to."""
        return self.journal.digest([entry.stream.kind for entry in PROJECTIONS])

    def problems(self, order: Sequence[OrderedEvent]) -> list[str]:
        """Where its copy of the hall's order, its own check or its lists differ from what they should be."""
        found = []
        connection = connect(self.folder / STORE, KEY)
        try:
            rows = connection.execute("SELECT hall_seq, data FROM events ORDER BY hall_seq").fetchall()
        finally:
            connection.close()
        if [data for place, data in rows if place is None]:
            found.append(f"{sum(place is None for place, _ in rows)} events have no place")
        here = [(place, bytes(data)) for place, data in rows if place is not None]
        there = [(event.hall_seq, event.data) for event in order]
        if here != there:
            first = next(
                (at for at, pair in enumerate(zip(here, there, strict=False)) if pair[0] != pair[1]), -1
            )
            found.append(f"its order differs: {len(here)} of {len(there)} events, first at {first}")
        report = self.store.check()
        if report.broken:
            found.append(f"its own check says: {report.broken}")
        return found


def _record(tx: Transaction, fact: Fact) -> None:
    tx.record(fact)
