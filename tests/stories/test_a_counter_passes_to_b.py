"""A clerk leaves for the day: her post is offered to B with who asked for her by name, and returns (H5)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from counter_app.domain.journal import Actor
from counter_app.domain.waiting.fold import TICKETS
from counter_app.errors import UserFacingError
from counter_app.use_cases.access.access import Access, Shift
from counter_app.use_cases.access.credentials import Credentials
from counter_app.use_cases.waiting.requests import IssueTicket, TransferTo
from counter_app.use_cases.waiting.waiting import Waiting
from tests.support.intake_hall import CLERK, IntakeHall, opened
from tests.ui.counter.station import QuickPins

A, B, OTHER = CLERK.staff, "1003", Actor("1005", "2")


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[IntakeHall]:
    yield from opened(tmp_path)


def access(hall: IntakeHall) -> Access:
    return Access(hall.store, hall.reference, Credentials(hall.store, QuickPins()))


def log_in(hall: IntakeHall, badge: str) -> Shift:
    """At counter 3."""
    credentials = Credentials(hall.store, QuickPins())
    credentials.set_pin(CLERK, f"pin-{badge}", badge, "2468")
    return access(hall).log_in(badge, "2468", "3", hall.key())


# mission: H5
def test_the_post_and_its_line_pass_to_b_and_return(hall: IntakeHall) -> None:
    posts = hall.casework.posts
    waiting = Waiting(hall.store, hall.reference, hall.ticket_papers)
    shift = log_in(hall, A)
    asked = waiting.issue_ticket(OTHER, hall.key(), IssueTicket(items=("0603",)))
    waiting.call_number(OTHER, hall.key(), asked.number, "问路")
    waiting.transfer(OTHER, hall.key(), asked.ticket, TransferTo("staff", A), "找王敏")

    assert {post.code for post in posts.mine(A)} == {"counter-3"}
    with pytest.raises(UserFacingError) as caught:
        posts.pass_over(OTHER, hall.key(), "counter-3", "病假")
    assert caught.value.code == "post.not-yours"
    assert posts.pass_over(CLERK, hall.key(), "counter-3", "病假") == 1
    with hall.store.reading() as reader:
        ticket = reader.need(TICKETS, asked.ticket)
    assert (ticket.to_counter, ticket.to_staff) == ("3", None)  # who asked for her waits for the counter

    (offer,) = posts.offers(B)
    assert (offer.counter, offer.reason) == ("3", "病假")
    assert posts.offers(A) == ()
    access(hall).log_off(shift, hall.key())
    assert log_in(hall, B).post == "B"
    assert posts.offers(B) == ()  # he stands there
    called = waiting.call_next(Actor(B, "3"), hall.key())
    assert called is not None
    assert called.id == asked.ticket

    posts.give_back(CLERK, hall.key(), "counter-3")
    assert not posts.passed("counter-3")
    assert posts.offers(B) == ()
