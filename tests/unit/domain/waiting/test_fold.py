"""What each fact makes of a ticket, and that one which no longer fits is kept as overtaken."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.journal import Fact
from counter_app.domain.waiting import facts as f
from counter_app.domain.waiting.fold import TICKETS
from counter_app.domain.waiting.ticket import Ticket, number_text
from tests.support.tickets import Story

ISSUED = f.TicketIssued(ticket="t1", number="A001", line="A", day="2026-11-23", items=("B1", "B2"))
CALLED = f.TicketCalled(ticket="t1", line="A", counter="1", staff="w001", queue="ordinary", rule="ordinary")
ANY: tuple[Fact, ...] = (
    CALLED,
    f.TicketRecalled(ticket="t1", counter="1"),
    f.CallTakenBack(ticket="t1", line="A", counter="1"),
    f.ServingStarted(ticket="t1", counter="1"),
    f.TicketFinished(ticket="t1", counter="1", staff="w001"),
    f.TicketMissed(ticket="t1", counter="1"),
    f.TicketHeld(ticket="t1", counter="1", reason="copies"),
    f.TicketResumed(ticket="t1", counter="1", staff="w001"),
    f.TicketReturned(ticket="t1", cause="closing"),
    f.TicketTransferred(ticket="t1", to="counter", id="5", reason="there"),
    f.MatterAdded(ticket="t1", item="C1"),
    f.MatterFinished(ticket="t1", item="B1"),
    f.TicketPrioritised(ticket="t1", kind="pregnant"),
    f.TicketVoided(ticket="t1", reason="double"),
    f.TicketGaveUp(ticket="t1"),
    f.TicketCarriedOver(ticket="t1"),
)


def after(*facts: Fact) -> Ticket:
    story = Story()
    for fact in (ISSUED, *facts):
        story.then(fact)
    assert story.ticket is not None
    return story.ticket


def test_service_time_runs_from_the_call() -> None:
    ticket = after(CALLED, f.ServingStarted(ticket="t1", counter="1"), ANY[4])
    assert (ticket.state, ticket.service_seconds, ticket.matters_done) == ("served", 120, 2)


@pytest.mark.parametrize("cause", ["log-off", "crash", "closing", "hold-limit"])
def test_returned_ticket_has_its_place(cause: str) -> None:
    before = after()
    ticket = after(CALLED, f.TicketReturned(ticket="t1", cause=cause))
    assert (ticket.state, ticket.place, ticket.pool) == ("waiting", before.place, before.pool)
    assert (ticket.counter, ticket.staff) == (None, None)


def test_late_event_changes_nothing_but_is_kept() -> None:
    served = after(CALLED, ANY[4])
    again = after(CALLED, ANY[4], CALLED)
    assert again.overtaken == ("3.1.4",)
    assert (again.state, again.ended_at) == ("served", served.ended_at)


def test_second_call_of_a_called_ticket_does_not_move_it() -> None:
    elsewhere = f.TicketCalled(
        ticket="t1", line="A", counter="2", staff="w002", queue="ordinary", rule="ordinary"
    )
    ticket = after(CALLED, elsewhere)
    assert (ticket.counter, len(ticket.overtaken)) == ("1", 1)


@given(st.lists(st.sampled_from(ANY), max_size=25))
def test_any_order_of_facts_leaves_a_whole_ticket(facts: list[Fact]) -> None:
    story = Story()
    place = story.then(ISSUED).place
    ended: Ticket | None = None
    for fact in facts:
        ticket = story.then(fact)
        assert ticket.place == place  # no fact here gives another place
        assert (ticket.pool is not None) == (ticket.state == "waiting")
        assert (ticket.counter is None) == (ticket.state == "waiting") or not ticket.live
        if ended is not None and ended.state in ("served", "void", "gave_up", "carried_over"):
            assert ticket.state == ended.state
        ended = ticket
    assert story.ticket == TICKETS.replay(story.events)
    assert story.ticket is not None
    assert TICKETS.decode(TICKETS.encode(story.ticket)) == story.ticket


def test_numbers_keep_three_places_and_grow() -> None:
    assert [number_text("A", serial) for serial in (1, 12, 999, 1000)] == ["A001", "A012", "A999", "A1000"]
