"""What the kiosk asks beyond the waiting room: an item's page, who laid a card on, how a case stands.

Answers hold nothing that tells a bystander who somebody is: names come masked, a case is shown to who
holds its number and query code, its paper, or the applicant's card (mission: I12, X3). Reads only.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal, get_args

from counter_app.domain.catalogue.checklist import Checklist, checklist
from counter_app.domain.catalogue.items import Item
from counter_app.domain.delivery.delivery import DELIVERIES, ResultState
from counter_app.domain.identity.document import IdentityDocument
from counter_app.domain.identity.masking import mask_name
from counter_app.domain.identity.numbers import tidy_number
from counter_app.domain.intake.case import WITHOUT_RESULT, Case, Stage
from counter_app.domain.intake.fold import CASES
from counter_app.domain.intake.numbers import read_number, tidy_query_code
from counter_app.domain.waiting.choice import Service
from counter_app.domain.waiting.fold import TICKETS
from counter_app.domain.waiting.forecast import WaitRange
from counter_app.domain.waiting.ticket import State, Ticket
from counter_app.errors import UserFacingError
from counter_app.use_cases.codes import Codes
from counter_app.use_cases.intake.queries import due_day
from counter_app.use_cases.papers.card_links import card_key, holder_of
from counter_app.use_cases.ports.store import Reader, Store
from counter_app.use_cases.waiting.loads import ahead_and_wait
from counter_app.use_cases.waiting.reference import HallNow, Reference, hall_now

OF_PERSON: Final = 10


@dataclass(frozen=True, slots=True)
class KioskItem:
    """An item as a citizen reads it. `lines` without any answer: what every situation asks for, and
    `lines.undecided` what some do. `may_take` is False outside hours."""

    item: Item
    lines: Checklist
    authority: str
    authority_en: str
    counters: tuple[str, ...]
    ahead: int
    wait: WaitRange | None
    may_take: bool


@dataclass(frozen=True, slots=True)
class KioskTicket:
    """A ticket of today as its holder may see it. `counter` where it is called to."""

    ticket: str
    number: str
    state: State
    counter: str


@dataclass(frozen=True, slots=True)
class Progress:
    """How a case stands, without names. `missing` are the materials the last notice named, `item` the
    code, empty before one is chosen. `elsewhere` is the hall that goes on with it, `news` the stage that hall
    last told of, None while nothing was heard. `result` is where its result is, "" before there is one."""

    case: str
    number: str
    item: str
    item_name: str
    item_name_en: str
    stage: Stage
    changed_on: date
    due: date | None
    missing: tuple[str, ...]
    elsewhere: str = ""
    news: Stage | None = None
    result: ResultState | Literal[""] = ""


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who laid a card on. `person` is the keyed hash, never the number; `elder` by the hall's age."""

    person: str
    masked_name: str
    elder: bool
    expired: bool
    tickets: tuple[KioskTicket, ...]
    cases: tuple[Progress, ...]


@dataclass(frozen=True, slots=True)
class CardCases:
    """What a service card shows. `masked_name` is "" where this machine does not know it."""

    masked_name: str
    cases: tuple[Progress, ...]


class KioskDesk:
    def __init__(self, store: Store, reference: Reference, person_hash: Callable[[str], str]) -> None:
        """`person_hash` is the keyed hash of an ID number."""
        self._store = store
        self._reference = reference
        self._person_hash = person_hash
        self.item_codes = Codes(store, reference).items

    def items(self, licence: str) -> tuple[Item, ...]:
        """What stands under a category or group today; of all with ""."""
        with self._store.reading() as reader:
            hall = hall_now(self._reference, reader)
            today = hall.now.date()
            return hall.catalogue.in_category(licence, today) if licence else hall.catalogue.current(today)

    def item(self, code: str) -> KioskItem:
        """UserFacingError `catalogue.*`."""
        with self._store.reading() as reader:
            hall = hall_now(self._reference, reader)
            item = hall.item(code)
            lines = checklist(item, {}, today=hall.now.date(), settings=hall.plan.settings)
            body = hall.catalogue.body(lines.department)
            service = _service(hall, item)
            ahead, wait = ahead_and_wait(reader, hall, service)
            return KioskItem(
                item=item,
                lines=lines,
                authority=body.name if body else lines.department,
                authority_en=body.name_en if body else "",
                counters=hall.counters_for(service),
                ahead=ahead,
                wait=wait,
                may_take=hall.plan.training or hall.plan.open_at(hall.now),
            )

    def visitor(self, document: IdentityDocument) -> Visitor:
        """Whom a card shows: age, tickets of today, cases that still run or wait to be collected."""
        person = self._person_hash(tidy_number(document.number))
        with self._store.reading() as reader:
            hall = hall_now(self._reference, reader)
            today = hall.now.date()
            cases = reader.cases.of_person(person, OF_PERSON)
            return Visitor(
                person=person,
                masked_name=mask_name(document.name),
                elder=document.born_by is not None and hall.rules.is_elder(document.born_by, today),
                expired=document.is_expired(today),
                tickets=tuple(
                    _ticket(ticket) for ticket in reader.waiting.live_of(person) if ticket.day == hall.day
                ),
                cases=tuple(_progress(reader, hall, case) for case in cases if _concerns(case)),
            )

    def card_cases(self, text: str) -> CardCases | None:
        """What a service card's genuine code leads to: the holder's cases, as his ID card would show them; on
        a machine that keeps no parties the one it was made in. None when it is no card of this hall."""
        with self._store.reading() as reader:
            holder = holder_of(reader, card_key(text, self._person_hash))
            if holder is None:
                return None
            hall = hall_now(self._reference, reader)
            own = reader.get(CASES, holder.case)
            cases = (
                reader.cases.of_person(holder.lookup, OF_PERSON) if holder.lookup else (own,) if own else ()
            )
            shown = tuple(_progress(reader, hall, case) for case in cases if _concerns(case))
            return CardCases(mask_name(holder.name) if holder.name else "", shown)

    def progress(self, number: str, query: str) -> Progress:
        """By the two numbers on a receipt. UserFacingError `case.not-found` tells not which is wrong."""
        typed = read_number(number)
        with self._store.reading() as reader:
            case = reader.cases.by_query(tidy_query_code(query)) if typed else None
            known = read_number(case.number) if case else None
            if case is None or known is None or typed is None or known.plain != typed.plain:
                raise UserFacingError(
                    "case.not-found",
                    "Nothing is found under this number and query code.",
                    remedy="Look at the receipt again, or ask the staff.",
                )
            return _progress(reader, hall_now(self._reference, reader), case)

    def progress_of(self, case: str) -> Progress:
        """Of a case whose paper was shown. UserFacingError `case.unknown`."""
        with self._store.reading() as reader:
            return _progress(reader, hall_now(self._reference, reader), reader.need(CASES, case))

    def ticket(self, ticket: str) -> KioskTicket:
        """UserFacingError `ticket.unknown`."""
        with self._store.reading() as reader:
            return _ticket(reader.need(TICKETS, ticket))


def _service(hall: HallNow, item: Item) -> Service:
    service = Service(item.line, item.licence)
    return service if service in hall.services() else Service(item.line)


def _ticket(ticket: Ticket) -> KioskTicket:
    return KioskTicket(ticket.id, ticket.number, ticket.state, ticket.counter or "")


def _concerns(case: Case) -> bool:
    """A draft without a number is the clerk's; what is refused or withdrawn needs no visit."""
    return bool(case.number) and case.stage not in WITHOUT_RESULT


def _progress(reader: Reader, hall: HallNow, case: Case) -> Progress:
    key = case.item_key
    item = hall.catalogue.version(*key) if key else None
    told = case.notices[-1].lines if case.notices and case.stage in ("notified", "reopened") else ()
    names = [item.material(line.material) for line in told] if item else []
    over, delivery = case.hand_over, reader.get(DELIVERIES, case.id)
    return Progress(
        case=case.id,
        number=case.number,
        item=item.code if item else "",
        item_name=item.name if item else "",
        item_name_en=item.name_en if item else "",
        stage=case.stage,
        changed_on=case.changed_at.date(),
        due=None if case.ended else due_day(reader, case),
        missing=tuple(material.full_name for material in names if material),
        elsewhere=_elsewhere(hall, case),
        news=next((stage for stage in get_args(Stage) if over is not None and stage == over.news), None),
        result=delivery.results[-1].state if delivery and delivery.results else "",
    )


def _elsewhere(hall: HallNow, case: Case) -> str:
    """The name of the hall a case was handed on to (mission: H1)."""
    over = case.hand_over
    if over is None or case.stage != "forwarded":
        return ""
    return next((one.name for one in hall.plan.halls if one.code == over.to_hall), over.to_hall)
