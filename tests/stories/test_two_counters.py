"""Two counters and a kiosk, each a machine of its own, around one centre (mission: Q1–Q5, Q7, X1)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from counter_app.domain.access.lockout import FREE_PAIR
from counter_app.domain.centre.conflict_words import choices, sentence
from counter_app.domain.waiting.facts import TicketCalled
from counter_app.domain.waiting.fold import TICKETS
from counter_app.errors import UserFacingError
from counter_app.i18n import Translator
from counter_app.lanes import InlineRunner
from counter_app.use_cases.sync.link import CentreLink
from counter_app.use_cases.waiting.day_close import DayClose
from tests.support.centres import REFERENCE, open_centre
from tests.support.clock import HandClock
from tests.support.intake_hall import plan
from tests.support.machines import Machine, ManyMachines

ITEM = "0603"  # its line is served at counters 2 and 3


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[ManyMachines]:
    clock = HandClock()
    hall = ManyMachines(tmp_path, open_centre(tmp_path, clock), clock)
    yield hall
    hall.close()


def pin(badge: str) -> str:
    member = plan().member(badge)
    assert member is not None
    return member.training_pin


class Sending(CentreLink):
    """The machine's line, with a keeper that sends at once."""

    def __init__(self, machine: Machine) -> None:
        super().__init__(
            lambda: machine.centre, machine.store, machine.journal, machine.clock, runner=InlineRunner()
        )
        self._machine = machine

    def _wait_sent(self, seconds: float) -> None:
        self._machine.sync()


def state_of(machine: Machine, ticket: str) -> tuple[str, str | None]:
    with machine.store.reading() as reader:
        found = reader.need(TICKETS, ticket)
    return found.state, found.counter


# mission: Q1 Q2 Q4
def test_a_ticket_of_the_kiosk_is_called_at_one_counter_and_shown_at_all(hall: ManyMachines) -> None:
    first, second = hall.kiosk.ticket("zhang", ITEM), hall.kiosk.ticket("li", ITEM)
    assert (first.number, second.number) == ("A001", "A002")  # from the block leased to the kiosk
    three, two = hall.three.log_in("1002", "3").actor, hall.two.log_in("1005", "2").actor
    hall.sync()
    at_three = hall.three.waiting.call_next(three, hall.three.key())
    at_two = hall.two.waiting.call_next(two, hall.two.key())  # the other's call has not even been sent
    assert at_three is not None
    assert at_two is not None
    assert {at_three.id, at_two.id} == {first.ticket, second.ticket}
    hall.sync()
    for machine in hall.machines:
        assert state_of(machine, at_three.id) == ("called", "3")
        assert state_of(machine, at_two.id) == ("called", "2")
        shown = {(call.number, call.counter) for call in machine.views.hall_view().calls}
        assert shown == {(at_three.number, "3"), (at_two.number, "2")}


# mission: Q2
def test_the_call_rests_on_a_grant_and_asking_twice_calls_once(hall: ManyMachines) -> None:
    hall.kiosk.ticket("zhang", ITEM)
    hall.kiosk.ticket("li", ITEM)
    actor = hall.three.log_in("1002", "3").actor
    hall.sync()
    key = hall.three.key()
    called = hall.three.waiting.call_next(actor, key)
    assert called is not None
    again = hall.three.waiting.call_next
    with pytest.raises(UserFacingError, match="still at this counter"):
        again(actor, hall.three.key())
    with hall.three.store.reading() as reader:
        facts = [event.fact for event in reader.history(f"ticket:{called.id}")]
    kinds = [type(fact).__name__ for fact in facts]
    assert kinds == ["TicketIssued", "TicketGranted", "TicketCalled"]


# mission: Q2 X1
def test_cut_off_a_counter_calls_what_was_leased_to_it_and_nobody_else_does(hall: ManyMachines) -> None:
    tickets = [hall.kiosk.ticket(who, ITEM) for who in ("zhang", "li", "ma", "zhao")]
    three, two = hall.three.log_in("1002", "3").actor, hall.two.log_in("1005", "2").actor
    hall.sync()
    hall.three.centre.lease("3", "1002")
    hall.sync()
    hall.three.net.cut = True
    called = hall.three.waiting.call_next(three, hall.three.key())
    assert called is not None
    others = []
    for _ in tickets:
        ticket = hall.two.waiting.call_next(two, hall.two.key())
        if ticket is None:
            break
        others.append(ticket.id)
        hall.two.waiting.finish(two, hall.two.key(), ticket.id)
    assert called.id not in others
    hall.three.net.cut = False
    hall.sync()
    hall.sync()
    assert state_of(hall.two, called.id) == ("called", "3")
    assert hall.two.hall.open_conflicts() == ()


# mission: Q4
def test_cut_off_without_a_lease_nobody_is_called_and_a_number_can_be_typed(hall: ManyMachines) -> None:
    ticket = hall.kiosk.ticket("zhang", ITEM)
    actor = hall.three.log_in("1002", "3").actor
    hall.sync()
    hall.three.net.cut = True
    with pytest.raises(UserFacingError) as refused:
        hall.three.waiting.call_next(actor, hall.three.key())
    assert refused.value.code == "call.cut-off"
    called = hall.three.waiting.call_number(actor, hall.three.key(), ticket.number, "the next one here")
    with hall.three.store.reading() as reader:
        fact = reader.history(f"ticket:{called.id}")[-1].fact
    assert isinstance(fact, TicketCalled)
    assert fact.offline


# mission: Q4 X1
def test_both_serve_one_number_and_both_are_told(hall: ManyMachines) -> None:
    ticket = hall.kiosk.ticket("zhang", ITEM)
    three, two = hall.three.log_in("1002", "3").actor, hall.two.log_in("1005", "2").actor
    hall.sync()
    hall.three.net.cut = True
    mine = hall.three.waiting.call_number(three, hall.three.key(), ticket.number, "it was shown to me")
    theirs = hall.two.waiting.call_next(two, hall.two.key())
    assert theirs is not None
    assert theirs.id == mine.id == ticket.ticket
    hall.two.sync()
    hall.three.net.cut = False
    hall.sync()
    hall.sync()
    for machine, actor in ((hall.three, three), (hall.two, two)):
        assert state_of(machine, ticket.ticket) == ("called", "2")  # who was first in the hall's order
        (told,) = machine.hall.concerning(actor.staff, actor.place)
        words = sentence(told).said(Translator("en"))
        assert ticket.number in words
        assert "2" in words
        assert "3" in words
    (conflict,) = hall.three.hall.open_conflicts()
    choice = choices(conflict.rule)[0].code
    hall.three.hall.settle(three, hall.three.key(), conflict.id, choice)
    hall.sync()
    assert hall.two.hall.concerning("1005", "2") == ()
    with pytest.raises(UserFacingError, match="settled this already"):
        hall.two.hall.settle(two, hall.two.key(), conflict.id, choice)


# mission: Q7
def test_one_live_ticket_for_a_person_and_an_item_across_machines(hall: ManyMachines) -> None:
    first = hall.kiosk.ticket("zhang", ITEM)
    hall.sync()
    with pytest.raises(UserFacingError, match=first.number):
        hall.three.ticket("zhang", ITEM)


# mission: Q1 X1
def test_numbers_come_from_blocks_and_past_them_bear_the_device(hall: ManyMachines) -> None:
    assert hall.kiosk.ticket("zhang", ITEM).number == "A001"
    assert hall.three.ticket("li", ITEM).number == "A021"
    hall.two.net.cut = True
    assert hall.two.ticket("ma", ITEM).number == "A001-2"
    hall.two.net.cut = False
    hall.clock.advance(seconds=10)
    hall.sync()
    assert hall.two.ticket("zhao", ITEM).number == "A042"  # its first number is left out: a gap harms nobody


# mission: X3 H4
def test_logging_in_at_another_machine_moves_the_shift(hall: ManyMachines) -> None:
    shift = hall.three.log_in("1002", "3")
    hall.sync()
    hall.two.log_in("1002", "2")
    hall.sync()
    assert not hall.three.access.lasts(shift)
    assert hall.three.access.who("3") is None
    states = {counter.number: counter.state for counter in hall.kiosk.views.counter_states()}
    assert (states["3"], states["2"]) == ("closed", "open")


# mission: H4
def test_a_machine_ends_only_its_own_lost_shifts(hall: ManyMachines) -> None:
    hall.three.log_in("1002", "3")
    hall.sync()
    hall.clock.advance(minutes=5)
    assert hall.two.shifts.end_lost(hall.two.log_in("1005", "2").actor, hall.two.key()) == ()
    assert hall.three.shifts.end_lost(hall.two.log_in("1005", "2").actor, hall.three.key()) == ("3",)


# mission: H4 Q5
def test_a_silent_machine_shows_as_unattended_and_its_clerk_may_work_elsewhere(hall: ManyMachines) -> None:
    ticket = hall.kiosk.ticket("zhang", ITEM)
    three = hall.three.log_in("1002", "3").actor
    hall.sync()
    assert hall.three.waiting.call_next(three, hall.three.key()) is not None
    hall.sync()
    hall.clock.advance(minutes=3)  # the machine has died
    hall.two.sync()
    hall.two.look_around()
    states = {counter.number: counter.state for counter in hall.two.views.counter_states()}
    assert states["3"] == "unattended"
    hall.two.log_in("1002", "2")  # it is this very clerk: what was in hand there waits again
    assert state_of(hall.two, ticket.ticket) == ("waiting", None)


# mission: Q7
def test_the_halls_day_is_closed_only_in_step(hall: ManyMachines) -> None:
    hall.kiosk.ticket("zhang", ITEM)
    actor = hall.three.log_in("1002", "3").actor
    hall.sync()
    hall.three.net.cut = True
    with pytest.raises(UserFacingError) as refused:
        hall.three.closing.close_day(actor, hall.three.key())
    assert refused.value.code == "centre.needed"


# mission: X1
def test_the_page_of_devices_knows_who_is_behind(hall: ManyMachines) -> None:
    hall.two.net.cut = True
    hall.two.log_in("1005", "2")
    hall.two.sync()
    assert hall.two.hall.state().state == "cut_off"
    assert hall.two.hall.state().unsent > 0
    page = hall.three.hall.devices()
    assert page.fresh
    assert {row.device for row in page.rows} >= {"2", "3", "Z1"}
    assert [row.device for row in page.rows if row.here] == ["3"]
    hall.three.net.cut = True
    hall.clock.advance(seconds=10)
    assert not hall.three.hall.devices().fresh


# mission: X3
def test_wrong_pins_count_for_the_person_everywhere_and_for_the_machine_where_they_were_tried(
    hall: ManyMachines,
) -> None:
    own = hall.three.log_in("1002", "3")
    hall.three.access.log_off(own, hall.three.key())
    for counter in ("2", "3", "4"):  # at machine 2, under several counters' numbers
        for n in range(FREE_PAIR):
            with pytest.raises(UserFacingError):
                hall.two.access.log_in("1002", f"98{n:04}", counter, hall.two.key())
    hall.sync()
    with pytest.raises(UserFacingError) as waits:
        hall.two.access.log_in("1002", "000000", "5", hall.two.key())
    assert waits.value.code == "access.wait"
    assert hall.three.log_in("1002", "3").staff == "1002"  # guessing there keeps nobody from the own counter


# mission: X1 H4
def test_two_shifts_begun_while_cut_off_do_not_lock_each_other_out(hall: ManyMachines) -> None:
    hall.three.net.cut = True
    first = hall.three.log_in("1002", "3")
    hall.clock.advance(minutes=1)
    second = hall.two.log_in("1002", "2")
    hall.three.net.cut = False
    hall.sync()
    assert hall.three.access.lasts(first)
    assert hall.two.access.lasts(second)
    assert hall.three.access.lock(first, hall.three.key()).locked
    assert not hall.two.access.unlock(
        hall.two.access.lock(second, hall.two.key()), pin("1002"), hall.two.key()
    ).locked


# mission: Q7 X1
def test_closing_the_halls_day_ends_every_machines_tickets_and_is_signed(hall: ManyMachines) -> None:
    tickets = [hall.kiosk.ticket(who, ITEM).ticket for who in ("zhang", "li")]
    actor = hall.two.log_in("1005", "2").actor
    hall.three.log_in("1002", "3")
    hall.sync()
    closing = DayClose(hall.two.store, REFERENCE, Sending(hall.two))
    closed = closing.close_day(actor, hall.two.key())
    assert (closed.ended, closed.totalled) == (2, True)
    hall.sync()
    for machine in hall.machines:
        assert {state_of(machine, ticket)[0] for ticket in tickets} == {"carried_over"}
        states = {counter.state for counter in machine.views.counter_states()}
        assert states == {"closed"}
        with machine.store.reading() as reader:
            kinds = [event.type for event in reader.history(f"day:{closed.day}")]
        assert kinds == ["DayClosed", "DayTotalled"]


# mission: Q4 X1
def test_cut_off_display_and_kiosk_say_from_when_their_figures_are(hall: ManyMachines) -> None:
    assert hall.kiosk.views.hall_view().as_of is None
    heard = hall.clock.now()
    hall.kiosk.net.cut = True
    hall.clock.advance(minutes=3)
    hall.kiosk.sync()
    assert hall.kiosk.views.hall_view().as_of == heard
    assert hall.kiosk.views.kiosk_view().as_of == heard
    hall.kiosk.net.cut = False
    hall.kiosk.sync()
    assert hall.kiosk.views.hall_view().as_of is None
    hall.clock.advance(minutes=3)  # its keeper hangs: nothing is noted any more
    assert hall.kiosk.views.kiosk_view().as_of is not None


# mission: Q1 H4
def test_nobody_is_promised_the_help_of_a_silent_machine(hall: ManyMachines) -> None:
    hall.three.log_in("1002", "3")
    hall.sync()
    assert hall.kiosk.views.expected_wait("A", "06") is not None
    hall.clock.advance(minutes=3)
    hall.kiosk.sync()
    hall.kiosk.look_around()
    assert hall.kiosk.views.expected_wait("A", "06") is None
    hall.three.sync()
    hall.kiosk.look_around()
    assert hall.kiosk.views.expected_wait("A", "06") is not None
