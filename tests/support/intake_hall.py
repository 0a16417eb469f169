"""A hall with the real catalogue on a real store, and everything intake and papers need of the world."""

from __future__ import annotations

import hashlib
import hmac
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from counter_app.bootstrap.around import around_case
from counter_app.catalogue_files.codec import JsonCodec
from counter_app.catalogue_files.files import TomlCatalogue
from counter_app.catalogue_files.halls import TomlHall
from counter_app.catalogue_files.romaniser import PinyinRomaniser
from counter_app.domain.catalogue.catalogue import Catalogue
from counter_app.domain.hall.plan import HallPlan
from counter_app.domain.identity.document import DocumentType, IdentityDocument, Sex
from counter_app.domain.identity.nations import nation
from counter_app.domain.journal import Actor
from counter_app.domain.time.calendar import read_years
from counter_app.i18n import RESOURCES
from counter_app.keys.signing import DeviceKey, verify
from counter_app.store.sqlite_store import SqliteStore
from counter_app.use_cases.casework.casework import casework_of
from counter_app.use_cases.intake.erasing import Erasing
from counter_app.use_cases.intake.finding import Finder
from counter_app.use_cases.intake.forwarding import Forwarding
from counter_app.use_cases.intake.inputs import PersonInput
from counter_app.use_cases.intake.intake import Intake, IntakeNeeds, deciding_of
from counter_app.use_cases.intake.persons import People
from counter_app.use_cases.intake.queries import IntakeQueries
from counter_app.use_cases.papers.day_totals import DayTotals
from counter_app.use_cases.papers.papers import Papers
from counter_app.use_cases.papers.statements import Statements
from counter_app.use_cases.papers.tickets import TicketPapers
from counter_app.use_cases.reference import PublishedReference, Publishing
from counter_app.use_cases.sync.finding import ForeignTokens
from counter_app.use_cases.time.room import time_room
from tests.support.clock import HandClock
from tests.support.stores import open_store

CLERK = Actor("1002", "3")
ENTERPRISE = Actor("1006", "5")
SOCIAL = Actor("1005", "2")
OVERSEER = Actor("1011")  # supervision, who sees all of the hall


@lru_cache
def catalogue() -> Catalogue:
    return TomlCatalogue().load(RESOURCES / "catalogue")


@lru_cache
def plan() -> HallPlan:
    return TomlHall().load_hall(RESOURCES / "demo" / "hall.toml")


@lru_cache
def citizens() -> dict[str, IdentityDocument]:
    raw = tomllib.loads((RESOURCES / "demo" / "citizens.toml").read_text(encoding="utf-8"))["citizen"]
    return {
        row["key"]: IdentityDocument(
            DocumentType.RESIDENT,
            row["name"],
            row["number"],
            sex=Sex(row["sex"]),
            nation=nation(row["nation"]),
            birth=row["birth"],
            address=row["address"],
            authority=row["authority"],
            valid_from=row["valid_from"],
            valid_to=row.get("valid_to"),
            long_term="valid_to" not in row,
        )
        for row in raw
        if row.get("kind", "resident") == "resident" and "nation" in row
    }


def person_hash(number: str) -> str:
    return hmac.new(b"hall key", number.encode(), hashlib.sha256).hexdigest()


@dataclass
class TestKeys:
    """This device's key, and the keys the hall knows."""

    __test__ = False

    seed: bytes = bytes(range(32))
    known: dict[str, bytes] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.known[self.key_id] = DeviceKey(self.seed).public

    @property
    def key_id(self) -> str:
        return hashlib.sha256(DeviceKey(self.seed).public).hexdigest()[:16]

    def sign(self, data: bytes) -> bytes:
        return DeviceKey(self.seed).sign(data)

    def verify(self, key_id: str, data: bytes, signature: bytes) -> bool | None:
        public = self.known.get(key_id)
        return None if public is None else verify(public, signature, data)


class Entropy:
    """Bytes that differ at each call and are the same in each run."""

    def __init__(self) -> None:
        self._calls = 0

    def __call__(self, size: int) -> bytes:
        self._calls += 1
        return hashlib.sha512(str(self._calls).encode()).digest()[:size]


class IntakeHall:
    """One counter machine with its store open."""

    def __init__(
        self,
        folder: Path,
        clock: HandClock | None = None,
        *,
        publish: bool = True,
        device: str = "3",
        alone: bool = True,
    ) -> None:
        self.clock = clock or HandClock()
        self.store: SqliteStore = open_store(folder, self.clock, device=device)
        self.reference = PublishedReference(JsonCodec())
        self.keys = TestKeys()
        publishing = Publishing(self.store, self.reference)
        if publish:
            years = read_years((RESOURCES / "calendar" / "cn.json").read_text(encoding="utf-8"))
            publishing.hall(CLERK, "hall", plan())
            publishing.catalogue(CLERK, "catalogue", catalogue())
            publishing.calendar(CLERK, "calendar", years)
        statements = Statements(self.keys)
        needs = IntakeNeeds(self.reference, PinyinRomaniser(), person_hash, Entropy(), statements)
        self.intake = Intake(self.store, self.clock, needs)
        self.queries = IntakeQueries(self.store, self.reference)
        self.finder = Finder(self.store, self.reference, person_hash)
        self.papers = Papers(self.store, self.reference, statements, self.keys)
        self.ticket_papers = TicketPapers(statements)
        self.day_totals = DayTotals(self.store, self.reference, statements, verify)
        self.forwarding = Forwarding(self.store, self.reference, statements)
        people = ForeignTokens(People(PinyinRomaniser(), person_hash, self.clock.monotonic))
        self.erasing = Erasing(self.store, self.reference, people, None)
        self.needs = needs
        self.people = People(PinyinRomaniser(), person_hash, self.clock.monotonic)
        self.casework = casework_of(self.store, self.reference, deciding_of(needs, self.people))
        self.around = around_case(self.store, needs, self.people)
        self.time = time_room(self.store, self.reference, publishing, statements, alone=alone)
        self._keys = 0

    def key(self) -> str:
        """A new command key; time goes on a little with every key press."""
        self._keys += 1
        self.clock.advance(seconds=1)
        return f"key-{id(self)}-{self._keys}"

    def case(self, item: str, who: str = "zhang", actor: Actor = CLERK, /, **answers: str) -> str:
        """A draft with an applicant from his card, an item and answers."""
        case = self.intake.open_case(actor, self.key())
        self.intake.record_person(actor, self.key(), case, "applicant", self.card(who))
        self.intake.choose_item(actor, self.key(), case, item)
        for question, value in answers.items():
            self.intake.answer(actor, self.key(), case, question, value)
        return case

    def card(self, who: str) -> PersonInput:
        return PersonInput.from_document(citizens()[who])

    def mark_all(self, case: str, actor: Actor = CLERK) -> None:
        for line in self.queries.case_view(case).lines:
            if line.mark is None and line.markable:
                self.intake.mark(actor, self.key(), case, line.material, "present")

    def close(self) -> None:
        self.store.close()


def opened(folder: Path) -> Iterator[IntakeHall]:
    hall = IntakeHall(folder)
    yield hall
    hall.close()
