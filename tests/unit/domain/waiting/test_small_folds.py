"""Duty, help, ratings, lock-out: their folds and the questions asked of them as of now."""

from __future__ import annotations

from datetime import timedelta

import pytest

from counter_app.domain.access.lockout import FREE_PAIR, Lockout, waits_until
from counter_app.domain.hall.rights import RIGHTS, RIGHTS_OF, Right, rights_of
from counter_app.domain.waiting.duty import CounterOpened, CounterPaused, fold_duty, shown_state
from counter_app.domain.waiting.helpcall import HelpCall, rings
from counter_app.domain.waiting.rating import TicketRated, fold_rating, rating_sums
from tests.support.tickets import MORNING, event


def test_open_counter_without_a_sign_of_life_is_unattended() -> None:
    duty = fold_duty(None, event(CounterOpened(counter="1", staff="w001")))
    now = MORNING + timedelta(seconds=121)
    assert shown_state(duty, MORNING, 120, now) == "unattended"
    assert shown_state(duty, MORNING + timedelta(seconds=2), 120, now) == "open"
    assert shown_state(duty, None, 120, now) == "unattended"
    paused = fold_duty(duty, event(CounterPaused(counter="1", reason="lunch")))
    assert shown_state(paused, None, 120, now) == "paused"
    assert shown_state(None, None, 120, now) == "closed"


@pytest.mark.parametrize(
    ("seconds", "pushed", "posts"), [(0, 0, 1), (119, 0, 1), (120, 0, 2), (0, 2, 3), (999, 0, 3)]
)
def test_help_rings_more_with_time(seconds: int, pushed: int, posts: int) -> None:
    call = HelpCall("h", "kiosk-1", MORNING, pushed=pushed)
    chain = ("lobby", "manager", "leader")
    assert rings(call, chain, 2, MORNING + timedelta(seconds=seconds)) == chain[:posts]


def test_first_rating_stands() -> None:
    first = fold_rating(None, event(TicketRated(ticket="t", score=1, staff="w001", counter="1", line="A")))
    assert fold_rating(first, event(TicketRated(ticket="t", score=5))) == first
    assert rating_sums({1: 3, 5: 1}, 5).by_score == ()
    assert rating_sums({1: 4, 5: 1}, 5).by_score == (4, 0, 0, 0, 1)


@pytest.mark.parametrize(("tries", "wait"), [(2, None), (3, 30), (4, 60), (7, 480), (8, 900), (60, 900)])
def test_waits_double_up_to_a_quarter_of_an_hour(tries: int, wait: int | None) -> None:
    assert FREE_PAIR == 3
    until = waits_until(Lockout(tries, MORNING), None, None, MORNING)
    assert until == (None if wait is None else MORNING + timedelta(seconds=wait))


def test_count_anywhere_does_not_bind_where_the_person_is_known() -> None:
    guessed = Lockout(50, MORNING)
    assert waits_until(Lockout(1, MORNING, proven=True), guessed, None, MORNING) is None
    assert waits_until(Lockout(1, MORNING), guessed, None, MORNING) is not None


# mission: H3, X3. One line a right: who has it.
WHO: dict[Right, str] = {
    "ticket.issue": "inquiry intake kiosk",
    "ticket.issue-burst": "inquiry intake",
    "ticket.call": "inquiry intake",
    "ticket.prioritise": "inquiry intake",
    "ticket.void": "inquiry intake supervision",
    "ticket.enter-slip": "inquiry intake",
    "counter.open": "inquiry intake",
    "help.answer": "admin handling inquiry intake supervision",
    "case.open": "inquiry intake",
    "case.decide": "intake",
    "case.review": "handling",
    "case.approve": "handling",
    "case.arbitrate": "supervision",
    "reply.enter": "intake",
    "party.erase": "admin supervision",
    "case.reopen": "supervision",
    "case.archive": "handling intake",
    "result.deliver": "handling intake",
    "time.beyond": "supervision",
    "work.urge": "supervision",
    "calendar.edit": "admin",
    "fee.take": "intake",
    "fee.refund": "supervision",
    "drawer.open": "intake supervision",
    "person.read": "handling inquiry intake supervision",
    "person.read-by-reason": "handling intake supervision",
    "paper.reprint": "handling intake",
    "paper.verify": "admin handling inquiry intake kiosk supervision",
    "paper.sign": "handling inquiry intake",
    "rating.sums": "admin handling inquiry intake supervision",
    "rating.each": "supervision",
    "day.close": "supervision",
    "journal.read": "admin supervision",
    "looks.read": "supervision",
    "catalogue.edit": "admin",
    "hall.edit": "admin",
    "staff.edit": "admin",
    "pin.reset": "admin",
    "device.edit": "admin",
    "peripheral.edit": "admin inquiry intake",
}


@pytest.mark.parametrize("right", RIGHTS)
def test_rights_table(right: Right) -> None:
    assert sorted(role for role in RIGHTS_OF if right in RIGHTS_OF[role]) == WHO[right].split()


def test_roles_add_up_and_an_unknown_one_gives_nothing() -> None:
    assert rights_of(["inquiry", "handling"]) == RIGHTS_OF["inquiry"] | RIGHTS_OF["handling"]
    assert rights_of(["king"]) == frozenset()
