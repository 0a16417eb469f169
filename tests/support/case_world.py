"""One case of a made-up item on any store, with the use cases of intake, casework and time bound to it.

The item's limits are whatever a test draws; hall and calendar are the demo's and the State Council's. The
counter is number 5, the lead is the health department, commerce and rural development (which has not moved
in) assist.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache
from typing import Final

from counter_app.bootstrap.around import around_case
from counter_app.catalogue_files.codec import JsonCodec
from counter_app.catalogue_files.romaniser import PinyinRomaniser
from counter_app.domain.casework.joint_facts import JointOpened
from counter_app.domain.catalogue.catalogue import Catalogue
from counter_app.domain.catalogue.handling import AssistMatter, HandlingStep
from counter_app.domain.catalogue.items import ClockStart, Item
from counter_app.domain.hall.plan import HallPlan
from counter_app.domain.journal import Actor
from counter_app.domain.paper.facts import PaperFacts
from counter_app.domain.time.calendar import WorkCalendar, read_years
from counter_app.domain.time.limits import Limit
from counter_app.i18n import RESOURCES
from counter_app.use_cases.casework.casework import casework_of
from counter_app.use_cases.intake.inputs import PersonInput
from counter_app.use_cases.intake.intake import Intake, IntakeNeeds, deciding_of
from counter_app.use_cases.intake.persons import People
from counter_app.use_cases.ports.store import Store
from counter_app.use_cases.reference import PublishedReference, Publishing
from counter_app.use_cases.time.room import time_room
from tests.support.clock import HandClock
from tests.support.intake_hall import Entropy, catalogue, citizens, person_hash, plan
from tests.unit.domain.catalogue.making import an_item, material

CLERK: Final = Actor("1006", "5")
LEAD: Final = Actor("1014", "desk-T1")
APPROVER: Final = Actor("1015", "desk-T1")
FINAL: Final = Actor("1017", "desk-T1")
COMMERCE: Final = Actor("1018", "desk-T1")
MANAGER: Final = Actor("1011", "desk-T1")
ADMIN: Final = Actor("1012", "desk-T1")
ITEM: Final = "9001"
PAPERS: Final = ("form", "licence")
SITE_USE: Final = "site_use"
TIMBER: Final = "timber"


@dataclass(frozen=True)
class Limits:
    """What the catalogue promises for the case, its steps and its assists."""

    legal: Limit | None
    promised: Limit | None
    review: Limit | None
    check: Limit | None
    approval: Limit | None
    assists: Mapping[str, Limit]
    clock_start: ClockStart = "acceptance"
    joint: bool = False


@lru_cache(1)
def _item() -> Item:
    return an_item(
        ITEM,
        department="health",
        category="05",
        group="enterprise",
        permit=True,
        item_kind=2,
        effective_from=date(2012, 1, 1),
        materials=tuple(material(code, available_at="本厅") for code in PAPERS),
    )


def item_of(limits: Limits) -> Item:
    """Examination and a look by commerce side by side, then the approver, then the final approver."""
    assists = (
        AssistMatter(
            code=SITE_USE, name="用途", department="commerce", demand="核", limit=limits.assists[SITE_USE]
        ),
        AssistMatter(code=TIMBER, name="原料", department="rural", demand="核", limit=limits.assists[TIMBER]),
    )
    steps = (
        HandlingStep(code="review", name="审查", kind="review", limit=limits.review),
        HandlingStep(code="check", name="查看", kind="visit", department="commerce", limit=limits.check),
        HandlingStep(
            code="approval", name="审批", kind="approval", after=("review", "check"), limit=limits.approval
        ),
        HandlingStep(code="final", name="核准", kind="final", after=("approval",)),
    )
    return replace(
        _item(),
        legal_limit=limits.legal,
        promised_limit=limits.promised,
        clock_start=limits.clock_start,
        steps=steps,
        assists=assists,
    )


class FixedReference(PublishedReference):
    """Hall and catalogue as given, the calendar as it is published."""

    def __init__(self) -> None:
        super().__init__(JsonCodec())
        self.given = item_of(PLAIN)
        self._whole: Catalogue | None = None

    def use(self, item: Item) -> None:
        self.given, self._whole = item, None

    def plan(self, reader: object) -> HallPlan:
        return plan()

    def catalogue(self, reader: object) -> Catalogue:
        if self._whole is None:
            demo = catalogue()
            self._whole = Catalogue(demo.categories, demo.groups, demo.bodies, demo.phrases, (self.given,))
        return self._whole


class NoStatements:
    """Papers without a signed statement: what they say is other tests' affair."""

    def statement(self, facts: PaperFacts, *, seq: int, head: str, event: str) -> str:
        return "GSH1:"


class CaseWorld:
    """A hall with one draft in it, ready to be received or accepted."""

    def __init__(self, store: Store, clock: HandClock, case: str = "") -> None:
        self.store, self.clock, self.case = store, clock, case
        self.reference = FixedReference()
        people = People(PinyinRomaniser(), person_hash, clock.monotonic)
        needs = IntakeNeeds(self.reference, PinyinRomaniser(), person_hash, Entropy(), NoStatements())
        self.intake = Intake(store, clock, needs)
        self.casework = casework_of(store, self.reference, deciding_of(needs, people))
        self.time = time_room(
            store, self.reference, Publishing(store, self.reference), NoStatements(), alone=True
        )
        self.archiving = around_case(store, needs, people).archiving
        self._keys = 0

    def key(self) -> str:
        self._keys += 1
        return f"key-{self._keys}"

    def prepare(self) -> None:
        """Announce the known years, and draft a case with its applicant and all its papers."""
        years = read_years((RESOURCES / "calendar" / "cn.json").read_text(encoding="utf-8"))
        Publishing(self.store, self.reference).calendar(ADMIN, "years", years)
        self.case = self.intake.open_case(CLERK, self.key())
        applicant = PersonInput.from_document(citizens()["zhang"])
        self.intake.record_person(CLERK, self.key(), self.case, "applicant", applicant)
        self.intake.choose_item(CLERK, self.key(), self.case, ITEM)
        for code in PAPERS:
            self.intake.mark(CLERK, self.key(), self.case, code, "present")
        self.time.by_clock.step()  # the calendars are known from here on

    def begin(self, limits: Limits, at: datetime) -> None:
        """It is `at`, and the catalogue gives these limits."""
        self.reference.use(item_of(limits))
        self.clock.set(at)
        if limits.joint:
            fact = JointOpened(
                case=self.case, joint="j", name="一件事", lead=self.case, cases=((self.case, ITEM),)
            )
            self.store.act(CLERK, "joint", lambda tx: void(tx.record(fact)))

    def head(self) -> int:
        with self.store.reading() as reader:
            return reader.head()[0]

    def calendar(self) -> WorkCalendar:
        with self.store.reading() as reader:
            return self.reference.calendar(reader)


def void(value: object) -> None:
    """For lambdas that must give nothing."""


PLAIN: Final = Limits(
    Limit(20, "working_days"),
    Limit(10, "working_days"),
    Limit(3, "working_days"),
    Limit(2, "working_days"),
    Limit(1, "working_days"),
    {SITE_USE: Limit(1, "working_days"), TIMBER: Limit(2, "working_days")},
)
