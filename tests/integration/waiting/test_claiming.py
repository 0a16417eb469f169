"""Call next over the line to the centre: lost, late and useless answers; nobody is called twice."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from counter_app.domain.centre.facts import GrantLapsed
from counter_app.domain.journal import read
from counter_app.errors import UserFacingError
from counter_app.lanes import Lane
from counter_app.use_cases.sync.asking import AWAY_SECONDS
from tests.support.centres import open_centre
from tests.support.clock import HandClock
from tests.support.machines import Machine, ManyMachines

ITEM = "0603"


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[ManyMachines]:
    clock = HandClock()
    hall = ManyMachines(tmp_path, open_centre(tmp_path, clock), clock)
    yield hall
    hall.close()


def lapses(hall: ManyMachines, ticket: str) -> list[str]:
    with hall.service.store.reading() as reader:
        facts = [read(entry.data).fact for entry in reader.history(f"ticket:{ticket}")]
    return [fact.cause for fact in facts if isinstance(fact, GrantLapsed)]


def test_a_lost_answer_is_asked_for_again_under_the_same_key(hall: ManyMachines) -> None:
    ticket = hall.kiosk.ticket("zhang", ITEM)
    actor = hall.three.log_in("1002", "3").actor
    hall.sync()
    hall.three.net.lost = 1
    called = hall.three.waiting.call_next(actor, hall.three.key())
    assert called is not None
    assert called.id == ticket.ticket
    assert hall.three.net.asked.count("claim") == 2
    assert lapses(hall, ticket.ticket) == []


def test_an_answer_that_comes_too_late_is_given_back_unused(hall: ManyMachines, tmp_path: Path) -> None:
    ticket = hall.kiosk.ticket("zhang", ITEM)
    with Lane("test") as lane:
        slow = Machine(tmp_path / "slow", hall.service, "4", hall.clock, runner=lane)
        hall.machines.append(slow)
        actor = slow.log_in("1002", "3").actor
        hall.sync()
        slow.net.late = 1.0
        with pytest.raises(UserFacingError, match="no ticket is set aside"):
            slow.waiting.call_next(actor, slow.key())
        end = time.monotonic() + 10
        while not lapses(hall, ticket.ticket) and time.monotonic() < end:
            time.sleep(0.05)
        assert lapses(hall, ticket.ticket) == ["given-back"]
        two = hall.two.log_in("1005", "2").actor
        called = hall.two.waiting.call_next(two, hall.two.key())
        assert called is not None
        assert called.id == ticket.ticket
        slow.net.late = 0.0


def test_who_found_the_centre_away_does_not_wait_for_it_at_every_press(hall: ManyMachines) -> None:
    hall.kiosk.ticket("zhang", ITEM)
    actor = hall.three.log_in("1002", "3").actor
    hall.sync()
    hall.three.net.cut = True
    for _ in range(3):
        with pytest.raises(UserFacingError):
            hall.three.waiting.call_next(actor, hall.three.key())
    assert hall.three.net.asked.count("claim") == 2  # the first press, and at once again
    hall.three.net.cut = False
    hall.clock.advance(seconds=AWAY_SECONDS + 1)
    assert hall.three.waiting.call_next(actor, hall.three.key()) is not None


def test_what_was_called_here_meanwhile_is_not_called_again_by_a_grant(hall: ManyMachines) -> None:
    first, second = hall.kiosk.ticket("zhang", ITEM), hall.kiosk.ticket("li", ITEM)
    actor = hall.three.log_in("1002", "3").actor
    hall.sync()
    hall.three.net.cut = True
    hall.three.waiting.call_number(actor, hall.three.key(), first.number, "here already")
    hall.three.waiting.finish(actor, hall.three.key(), first.ticket)
    hall.three.net.cut = False
    hall.clock.advance(seconds=AWAY_SECONDS + 1)
    hall.three.net.then = ("give_back", hall.three.sync)
    called = hall.three.waiting.call_next(actor, hall.three.key())
    assert called is not None
    assert called.id == second.ticket
    assert lapses(hall, first.ticket) == ["given-back"]


def test_the_same_key_calls_once(hall: ManyMachines) -> None:
    hall.kiosk.ticket("zhang", ITEM)
    hall.kiosk.ticket("li", ITEM)
    actor = hall.three.log_in("1002", "3").actor
    hall.sync()
    key = hall.three.key()
    first = hall.three.waiting.call_next(actor, key)
    assert first is not None
    assert hall.three.waiting.call_next(actor, key) == first
    hall.three.waiting.finish(actor, hall.three.key(), first.id)
    again = hall.three.waiting.call_next(actor, key)
    assert again is not None
    assert again.id == first.id


def test_a_refused_call_claims_nothing(hall: ManyMachines) -> None:
    hall.kiosk.ticket("zhang", ITEM)
    actor = hall.three.log_in("1002", "3").actor
    hall.three.counters.pause(actor, hall.three.key(), "lunch")
    with pytest.raises(UserFacingError, match="paused"):
        hall.three.waiting.call_next(actor, hall.three.key())
    assert "claim" not in hall.three.net.asked


def test_held_too_long_waits_again_and_is_called_by_a_grant(hall: ManyMachines) -> None:
    ticket = hall.kiosk.ticket("zhang", ITEM)
    actor = hall.three.log_in("1002", "3").actor
    hall.sync()
    hall.three.waiting.call_next(actor, hall.three.key())
    hall.three.waiting.hold(actor, hall.three.key(), ticket.ticket, "fetches papers")
    hall.sync()
    hall.clock.advance(minutes=45)
    hall.three.net.then = ("claim", hall.three.sync)
    called = hall.three.waiting.call_next(actor, hall.three.key())
    assert called is not None
    assert called.id == ticket.ticket
