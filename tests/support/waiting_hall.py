"""The demo hall at work: kiosk, counters and display on one real store, with ticket papers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from counter_app.domain.journal import Actor
from counter_app.domain.waiting.rules import rules_of
from counter_app.store.passwords import ArgonPins, PinCost
from counter_app.use_cases.access.access import Access, Shift
from counter_app.use_cases.access.credentials import Credentials
from counter_app.use_cases.waiting.day_close import DayClose
from counter_app.use_cases.waiting.duty import Counters, Shifts
from counter_app.use_cases.waiting.queries import WaitingQueries
from counter_app.use_cases.waiting.ratings import Ratings
from counter_app.use_cases.waiting.requests import IssuedTicket, IssueTicket
from counter_app.use_cases.waiting.waiting import Waiting
from tests.support.intake_hall import IntakeHall, citizens, person_hash, plan

KIOSK = Actor("kiosk", "kiosk-1")


class WaitingHall(IntakeHall):
    """`IntakeHall` with its waiting room open and its clerks' training PINs set."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.waiting = Waiting(self.store, self.reference, self.ticket_papers)
        self.views = WaitingQueries(self.store, self.reference)
        self.counters = Counters(self.store, self.reference)
        self.shifts = Shifts(self.store, self.reference)
        self.ratings = Ratings(self.store, self.reference)
        self.closing = DayClose(self.store, self.reference)
        credentials = Credentials(self.store, ArgonPins(PinCost(time=1, memory_kib=64, lanes=1)))
        self.access = Access(self.store, self.reference, credentials)
        for member in plan().staff:
            credentials.set_pin(KIOSK, self.key(), member.badge, member.training_pin)

    def log_in(self, badge: str, counter: str) -> Shift:
        member = plan().member(badge)
        assert member is not None
        return self.access.log_in(badge, member.training_pin, counter, self.key())

    def card_ticket(self, who: str, *items: str, language: str = "zh_CN") -> IssuedTicket:
        """A ticket by ID card at the kiosk; the birthday on the card decides who goes first."""
        document = citizens()[who]
        assert document.birth is not None
        elder = rules_of(plan().settings).is_elder(document.birth, self.clock.now().date())
        request = IssueTicket(
            items=items,
            language=language,
            priority="elder" if elder else None,
            person=person_hash(document.number),
        )
        return self.waiting.issue_ticket(KIOSK, self.key(), request)


def opened_hall(folder: Path) -> Iterator[WaitingHall]:
    hall = WaitingHall(folder)
    yield hall
    hall.close()
