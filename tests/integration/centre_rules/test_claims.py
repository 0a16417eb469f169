"""Call next across machines: one claim, one ticket, and none of them twice."""

from __future__ import annotations

from datetime import timedelta

import pytest

from counter_app.domain.centre.facts import GrantLapsed
from counter_app.domain.journal import read
from counter_app.errors import UserFacingError
from counter_app.use_cases.centre import claims
from tests.support.centre_rules import RuleHall


@pytest.fixture(autouse=True)
def machines(hall: RuleHall) -> None:
    for code in ("1", "2"):
        hall.enrol(code)
    hall.enrol("k", "kiosk")


def lapses(hall: RuleHall, ticket: str) -> list[str]:
    with hall.store.reading() as reader:
        facts = [read(entry.data).fact for entry in reader.history(f"ticket:{ticket}")]
    return [fact.cause for fact in facts if isinstance(fact, GrantLapsed)]


def test_two_counters_are_given_two_tickets_in_turn(hall: RuleHall) -> None:
    first, second = hall.tickets(hall.devices["k"], 2)
    assert hall.claim("1", "1")[1] == first
    assert hall.claim("2", "2")[1] == second
    assert hall.claim("1", "1") == ("", "")


def test_the_same_key_has_the_same_answer_and_another_device_its_own(hall: RuleHall) -> None:
    hall.tickets(hall.devices["k"], 3)
    answer = hall.claim("1", "1", "again")
    assert hall.claim("1", "1", "again") == answer
    assert hall.claim("2", "2", "again")[1] != answer[1]


def test_a_lapsed_grant_is_not_replaced_under_its_key(hall: RuleHall) -> None:
    (ticket,) = hall.tickets(hall.devices["k"], 1)
    assert hall.claim("1", "1", "slow")[1] == ticket
    hall.clock.advance(seconds=31)
    assert hall.sweep()
    assert not hall.sweep()
    assert lapses(hall, ticket) == ["unused"]
    assert hall.claim("1", "1", "slow") == ("", "")
    assert hall.claim("2", "2")[1] == ticket


def test_an_overdue_grant_lapses_at_the_next_claim_even_when_nobody_swept(hall: RuleHall) -> None:
    (ticket,) = hall.tickets(hall.devices["k"], 1)
    hall.claim("1", "1", "slow")
    hall.clock.advance(seconds=31)
    assert hall.claim("1", "1", "slow") == ("", "")
    assert hall.claim("2", "2")[1] == ticket


def test_a_grant_lives_for_thirty_seconds(hall: RuleHall) -> None:
    (ticket,) = hall.tickets(hall.devices["k"], 1)
    answer = hall.claim("1", "1", "quick")
    hall.clock.advance(seconds=29)
    assert not hall.sweep()
    assert hall.claim("1", "1", "quick") == answer
    assert answer[1] == ticket


def test_a_call_uses_its_grant_up(hall: RuleHall) -> None:
    (ticket,) = hall.tickets(hall.devices["k"], 1)
    hall.claim("1", "1")
    hall.calls(hall.devices["1"], ticket)
    assert hall.push(hall.devices["1"]) == 0
    hall.clock.advance(seconds=60)
    assert not hall.sweep()
    assert lapses(hall, ticket) == []


def test_a_call_elsewhere_ends_the_grant_at_once(hall: RuleHall) -> None:
    (ticket,) = hall.tickets(hall.devices["k"], 1)
    hall.claim("1", "1", "mine")
    hall.calls(hall.devices["2"], ticket)
    hall.push(hall.devices["2"])
    assert lapses(hall, ticket) == ["called-elsewhere"]
    assert hall.claim("1", "1", "mine") == ("", "")


def test_given_back_the_ticket_keeps_its_place(hall: RuleHall) -> None:
    first, _ = hall.tickets(hall.devices["k"], 2)
    grant, _ = hall.claim("1", "1")
    with hall.deciding() as tx:
        claims.give_back(tx, "2", grant, "late")
    assert lapses(hall, first) == []  # it is not device 2's to give
    for _ in range(2):
        with hall.deciding() as tx:
            claims.give_back(tx, "1", grant, "late")
    assert lapses(hall, first) == ["late"]
    assert hall.claim("2", "2")[1] == first


def test_a_wall_clock_that_jumps_ahead_ends_no_grant(hall: RuleHall) -> None:
    hall.tickets(hall.devices["k"], 1)
    hall.claim("1", "1")
    hall.clock.set(hall.clock.now() + timedelta(hours=1))
    assert not hall.sweep()


def test_a_wall_clock_that_went_back_during_a_restart_holds_a_ticket_half_a_minute_longer(
    hall: RuleHall,
) -> None:
    (ticket,) = hall.tickets(hall.devices["k"], 1)
    hall.claim("1", "1")
    hall.boot = "boot-2"
    hall.clock.set(hall.clock.now() - timedelta(hours=1))
    assert not hall.sweep()
    hall.clock.advance(seconds=31)
    assert hall.sweep()
    assert lapses(hall, ticket) == ["unused"]


def test_counters_asking_at_once_share_the_priority_run(hall: RuleHall) -> None:
    """After two priority calls of a line an ordinary ticket is owed, also while they are only granted."""
    (ordinary,) = hall.tickets(hall.devices["k"], 1)
    hall.tickets(hall.devices["k"], 4, first=11, priority="elder")
    hall.enrol("3")
    hall.claim("1", "1")
    hall.claim("2", "2")
    assert hall.claim("3", "3")[1] == ordinary


def test_who_may_claim(hall: RuleHall) -> None:
    hall.tickets(hall.devices["k"], 9)
    with pytest.raises(UserFacingError, match="another use") as refused:
        hall.claim("k", "1")
    assert refused.value.code == "device.role"
    with pytest.raises(UserFacingError) as unknown:
        hall.claim("1", "77")
    assert unknown.value.code == "counter.unknown"
    for _ in range(3):
        hall.claim("1", "1")
    with pytest.raises(UserFacingError) as greedy:
        hall.claim("1", "1")
    assert greedy.value.code == "claim.too-many"
    hall.clock.advance(seconds=31)
    assert hall.claim("1", "1")[1]
