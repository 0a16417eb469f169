"""The hall of the busy day: two hundred counters, a kiosk and a display at one hub."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Thread
from typing import Final

from counter_app.bootstrap.keeping import to_centre
from counter_app.catalogue_files.codec import JsonCodec
from counter_app.catalogue_files.romaniser import PinyinRomaniser
from counter_app.clock import SystemClock
from counter_app.domain.hall.plan import Counter, HallPlan
from counter_app.home import Home
from counter_app.keeper.loop import Keeper
from counter_app.keeper.syncing import CentreDuties
from counter_app.keeper.waking import CommitWatch
from counter_app.store.journal import SqliteJournal
from counter_app.store.sqlite_store import SqliteStore
from counter_app.use_cases.centre.service import CentreService
from counter_app.use_cases.intake.intake import Intake, IntakeNeeds
from counter_app.use_cases.papers.statements import Statements
from counter_app.use_cases.papers.tickets import TicketPapers
from counter_app.use_cases.ports.centre import Centre
from counter_app.use_cases.reference import PublishedReference
from counter_app.use_cases.sync.link import CentreLink
from counter_app.use_cases.sync.sync import Sync, SyncNeeds
from counter_app.use_cases.waiting.waiting import Waiting
from tests.simulation.building import publications
from tests.simulation.machine import key_of
from tests.support.centres import HALL
from tests.support.hall import PLAN
from tests.support.intake_hall import person_hash
from tests.support.many_counters import Hub
from tests.support.stores import KEY

COUNTERS: Final = tuple(f"{number:03d}" for number in range(1, 201))
FULL: Final = COUNTERS[:20]
LIGHT: Final = COUNTERS[20:]
KIOSK, DISPLAY = "K", "D"
LICENCES: Final = (("birth", "aid"), ("aid", "work"), ("work", "firm"), ("firm", "birth"))
CLOCK: Final = SystemClock()


def plan() -> HallPlan:
    """The small hall with two hundred counters; at this pace everybody comes in a burst, and may."""
    counters = tuple(
        Counter(number=int(code), name=code, licences=LICENCES[at % len(LICENCES)])
        for at, code in enumerate(COUNTERS)
    )
    return replace(PLAN, counters=counters, settings={"waiting.burst": 1_000_000})


def set_up(service: CentreService) -> None:
    """Everybody enrolled, the plan in force."""
    roles = dict.fromkeys(COUNTERS, "counter") | {KIOSK: "kiosk", DISPLAY: "display"}
    for device, role in roles.items():
        code = service.enrolling.invite(device, role, f"machine {device}", 60, "a001")
        service.enrol(code, key_of(device).public)
    with service.store.deciding() as tx:
        for row in publications(plan()):
            tx.publish(row.kind, row.rows, replace=row.replace, staff=row.staff, key=row.key)


@dataclass(frozen=True)
class FullMachine:
    """A machine with its own store and its keeper at work, as windows would use it."""

    store: SqliteStore
    waiting: Waiting
    intake: Intake


@contextmanager
def full_machine(code: str, role: str, folder: Path, hub: Hub) -> Iterator[FullMachine]:
    """Its keeper runs in threads of this process until the end of the block."""
    home = Home(folder / f"machine-{code}", HALL, code, training=True, role=role)
    home.make_folders()
    with ExitStack() as held:
        store = SqliteStore(home.store, KEY, hall=HALL, device=code, clock=CLOCK)
        held.callback(store.close)
        link = CentreLink(lambda: hub.line(code), store, SqliteJournal(store), CLOCK)
        held.callback(link.close)
        duties = CentreDuties(
            lambda: hub.line(code), lambda centre: _sync(centre, store, code), lambda: None, CLOCK
        )
        held.callback(duties.close)
        keeper = Keeper(home, to_centre(duties, CommitWatch(store.changed)), stay=True)
        thread = Thread(target=keeper.run)
        thread.start()
        held.callback(thread.join)
        held.callback(keeper.stop)
        reference = PublishedReference(JsonCodec())
        statements = Statements(key_of(code))
        needs = IntakeNeeds(reference, PinyinRomaniser(), person_hash, random.randbytes, statements)
        yield FullMachine(
            store,
            Waiting(store, reference, TicketPapers(statements), link),
            Intake(store, CLOCK, needs),
        )


def _sync(centre: Centre, store: SqliteStore, code: str) -> Sync:
    needs = SyncNeeds(HALL, code, "bench", key_of(code).sign, random.random, _nothing)
    return Sync(SqliteJournal(store), store, centre, CLOCK, needs)


def _nothing() -> None:
    """Nobody is revoked here."""
