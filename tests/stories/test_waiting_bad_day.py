"""A bad day: power out, a counter that dies, a clerk who leaves, and still every ticket ends (Q7, X6)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from counter_app.use_cases.waiting.requests import IssueTicket
from tests.support.waiting_hall import WaitingHall, opened_hall


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[WaitingHall]:
    yield from opened_hall(tmp_path)


# mission: X6
def test_slips_of_the_power_cut_are_entered_and_keep_their_place(hall: WaitingHall) -> None:
    hall.card_ticket("zhang", "0603")
    clerk = hall.log_in("1002", "3").actor
    taken = hall.clock.now() - timedelta(minutes=25)
    slip = hall.waiting.issue_ticket(
        clerk,
        hall.key(),
        IssueTicket(items=("0603",), channel="slip", slip_number="T-017", slip_at=taken),
    )
    assert slip.paper is None  # the citizen holds the slip
    called = hall.waiting.call_next(clerk, hall.key())
    assert called is not None
    assert called.number == "T-017"
    assert (called.slip_at, called.issued_at > taken) == (taken, True)


# mission: H4 Q7
def test_dead_counter_gives_its_citizen_back(hall: WaitingHall) -> None:
    first = hall.card_ticket("zhang", "0603")
    clerk = hall.log_in("1002", "3").actor
    called = hall.waiting.call_next(clerk, hall.key())
    assert called is not None
    hall.card_ticket("li", "0603")
    hall.clock.advance(minutes=5)  # the machine is off: no sign of life
    states = {counter.number: counter.state for counter in hall.views.counter_states()}
    assert states["3"] == "unattended"
    assert hall.shifts.end_lost(clerk, hall.key()) == ("3",)
    other = hall.log_in("1005", "2").actor
    again = hall.waiting.call_next(other, hall.key())
    assert again is not None
    assert again.number == first.number


# mission: Q7
def test_evening_lists_and_ends_what_is_open_and_tomorrow_honours_it(hall: WaitingHall) -> None:
    waiting = hall.card_ticket("zhang", "0603")
    shift = hall.log_in("1002", "3")
    hall.card_ticket("li", "0605")
    hall.waiting.call_next(shift.actor, hall.key())
    hall.access.log_off(shift, hall.key())
    assert len(hall.closing.open_points()) == 2
    closed = hall.closing.close_day(shift.actor, hall.key())
    assert (closed.ended, dict(closed.counts)) == (2, {"carried_over": 2})
    hall.clock.advance(days=1)
    hall.card_ticket("ma", "0603")
    fresh = hall.waiting.issue_ticket(
        shift.actor, hall.key(), IssueTicket(channel="counter", carried_from=waiting.ticket)
    )
    called = hall.waiting.call_next(hall.log_in("1002", "3").actor, hall.key())
    assert called is not None
    assert called.id == fresh.ticket
