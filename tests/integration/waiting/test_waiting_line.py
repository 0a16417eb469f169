"""Tickets on a real store: issue, turns, places, matters, transfers, undo (mission: Q1–Q3, Q7)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from counter_app.errors import UserFacingError
from counter_app.use_cases.waiting.reference import Reference
from counter_app.use_cases.waiting.requests import IssueTicket, TransferTo
from tests.integration.waiting.conftest import KIOSK, Room, clerk
from tests.support.hall import with_settings


def test_numbers_run_by_line_and_day(room: Room) -> None:
    assert [room.take("B1").number for _ in range(2)] == ["A001", "A002"]
    assert room.take("W1").number == "W001"
    room.clock.advance(days=1)
    assert room.take("B1").number == "A001"


def test_ticket_tells_who_is_ahead_and_which_counters_serve(room: Room) -> None:
    room.take("B1")
    room.take("C1")
    issued = room.take("B2")
    assert issued.ahead == 2
    assert issued.counters == ("1", "2", "3")
    assert issued.wait is None  # no counter is open yet
    room.counters.open(clerk(1), room.key)
    assert room.take("B1").wait is not None


def test_nobody_is_ahead_whom_only_other_counters_serve(room: Room) -> None:
    room.counters.open(clerk(1), room.key)
    room.counters.open(clerk(3), room.key)
    room.take("C1")  # aid: counter 1, not 3
    room.counters.pause(clerk(1), room.key, "meal")
    first, second = room.take("B1"), room.take("B2")
    assert (first.ahead, second.ahead) == (0, 1)
    assert first.wait is not None
    assert room.call(3).id == first.ticket


def test_same_key_gives_the_same_ticket(room: Room) -> None:
    request = IssueTicket(items=("B1",))
    first = room.waiting.issue_ticket(KIOSK, "press-1", request)
    assert room.waiting.issue_ticket(KIOSK, "press-1", request) == first
    called = room.waiting.call_next(clerk(1), "press-2")
    assert room.waiting.call_next(clerk(1), "press-2") == called
    assert room.waiting.call_next(clerk(2), room.key) is None


def test_counter_calls_what_it_is_licensed_for_its_favourite_first(room: Room) -> None:
    room.take("F1")
    birth = room.take("B1")
    aid = room.take("C1")
    assert room.call(2).id == aid.ticket  # counter 2 prefers aid
    assert room.call(3).id == birth.ticket
    assert room.waiting.call_next(clerk(1), room.key) is None  # the firm waits for counter 5


def test_elder_card_goes_first_and_bears_the_priority_letter(room: Room) -> None:
    room.take("B1")
    elder = room.take("B1", priority="elder")
    assert elder.number == "Y001"
    assert elder.ahead == 0
    assert room.call(1).id == elder.ticket


@pytest.mark.parametrize(
    ("kind", "channel", "reason", "code"),
    [
        ("pregnant", "kiosk", "", "ticket.priority-by-staff"),
        ("pregnant", "counter", " ", "ticket.no-reason"),
        ("friend", "counter", "knows me", "ticket.priority-unknown"),
        ("carried_over", "counter", "yesterday", "ticket.priority-unknown"),
        ("appointment", "counter", "", "ticket.no-appointment-time"),
    ],
)
def test_priority_needs_its_ground(room: Room, kind: str, channel: str, reason: str, code: str) -> None:
    with pytest.raises(UserFacingError) as error:
        room.take("B1", priority=kind, channel=channel, priority_reason=reason)
    assert error.value.code == code


def test_reason_for_priority_stays_out_of_the_journal(room: Room) -> None:
    ordinary = room.take("B1")
    late = room.take("B1")
    given = room.waiting.give_priority(clerk(1), room.key, late.ticket, "pregnant", "七个月")
    assert given.priority == "pregnant"
    assert given.priority_reason == "七个月"
    with room.store.reading() as reader:
        bodies = [event.fact for event in reader.history(f"ticket:{late.ticket}")]
    assert "七个月" not in repr(bodies)
    assert room.call(1).id == late.ticket
    assert room.call(2).id == ordinary.ticket


def test_ordinary_comes_after_a_run_of_priority(room: Room) -> None:
    ordinary = room.take("B1")
    elders = [room.take("B1", priority="elder").ticket for _ in range(3)]
    order = [room.serve(1, minutes=1).id for _ in range(4)]
    assert order == [elders[0], elders[1], ordinary.ticket, elders[2]]


def test_longest_wait_beats_preference_and_priority(room: Room) -> None:
    old = room.take("W1")  # the last licence of counter 2
    room.clock.advance(minutes=41)
    room.take("C1", priority="elder")
    assert room.call(2).id == old.ticket


def test_appointment_is_due_then_first_and_late_then_ordinary(room: Room) -> None:
    soon = room.clock.now() + timedelta(minutes=30)
    kept = room.take("B1", priority="appointment", appointment_at=soon)
    ordinary = room.take("B1")
    assert room.call(1).id == ordinary.ticket
    room.take("B1")
    room.clock.advance(minutes=26)
    assert room.call(3).id == kept.ticket
    missed = room.take("B1", priority="appointment", appointment_at=soon - timedelta(hours=1))
    assert room.waiting.find(missed.number).priority is None


def test_wrong_call_is_taken_back_to_its_place_and_the_turns_with_it(room: Room) -> None:
    ordinary = room.take("B1")
    elders = [room.take("B1", priority="elder").ticket for _ in range(2)]
    wrong = room.call(1)
    back = room.waiting.take_back(clerk(1), room.key, wrong.id)
    assert back.state == "waiting"
    assert back.place == wrong.place
    order = [room.serve(1, minutes=1).id for _ in range(3)]
    assert order == [*elders, ordinary.ticket]


def test_recall_counts(room: Room) -> None:
    room.take("B1")
    ticket = room.call(1)
    assert ticket.calls == 1
    assert room.waiting.recall(clerk(1), room.key, ticket.id).calls == 2
    with pytest.raises(UserFacingError, match="at counter 1"):
        room.waiting.recall(clerk(2), room.key, ticket.id)


def test_one_citizen_at_a_time(room: Room) -> None:
    room.take("B1")
    room.take("B1")
    room.call(1)
    with pytest.raises(UserFacingError) as error:
        room.waiting.call_next(clerk(1), room.key)
    assert error.value.code == "counter.in-hand"


def test_holds_are_limited_in_number_and_minutes(room: Room) -> None:
    room.take("B1")
    ticket = room.call(1)
    for _ in range(3):
        room.waiting.hold(clerk(1), room.key, ticket.id, "去复印")
        room.waiting.resume(clerk(1), room.key, ticket.id)
    with pytest.raises(UserFacingError) as error:
        room.waiting.hold(clerk(1), room.key, ticket.id, "去复印")
    assert error.value.code == "ticket.hold-limit"
    room.waiting.finish(clerk(1), room.key, ticket.id)
    other = room.take("B1")
    room.call(1)
    room.waiting.hold(clerk(1), room.key, other.ticket, "等派出所证明")
    room.clock.advance(minutes=31)
    assert room.views.line_view("1").held[0].hold_overdue
    assert room.call(1).id == other.ticket  # back at its place, so called again


def test_missed_ticket_comes_back_behind_the_first_few(room: Room) -> None:
    late = room.take("B1")
    others = [room.take("B1").ticket for _ in range(5)]
    missed = room.waiting.no_show(clerk(1), room.key, room.call(1).id)
    assert missed.state == "no_show"
    room.waiting.return_after_no_show(clerk(1), room.key, late.ticket)
    order = [room.serve(1, minutes=1).id for _ in range(6)]
    assert order == [*others[:3], late.ticket, *others[3:]]


def test_missed_ticket_comes_back_at_the_end_of_a_short_line(room: Room) -> None:
    late = room.take("B1")
    other = room.take("B1")
    room.waiting.no_show(clerk(1), room.key, room.call(1).id)
    room.waiting.return_after_no_show(clerk(1), room.key, late.ticket)
    assert [room.serve(1).id, room.serve(1).id] == [other.ticket, late.ticket]


def test_transfer_keeps_the_place(room: Room) -> None:
    early = room.take("B1")
    firm = room.take("F1")
    ticket = room.call(1)
    assert ticket.id == early.ticket
    moved = room.waiting.transfer(clerk(1), room.key, ticket.id, TransferTo("line", "F"), "要办执照")
    assert (moved.state, moved.line, moved.place) == ("waiting", "F", ticket.place)
    assert [room.serve(5).id, room.serve(5).id] == [early.ticket, firm.ticket]


def test_transfer_to_a_counter_and_to_a_clerk(room: Room) -> None:
    first, second = room.take("B1"), room.take("B1")
    room.waiting.transfer(clerk(1), room.key, first.ticket, TransferTo("counter", "5"), "先问五号")
    with pytest.raises(UserFacingError) as error:
        room.waiting.transfer(clerk(1), room.key, second.ticket, TransferTo("staff", "w003"), "找她")
    assert error.value.code == "staff.not-here"
    room.credentials.set_pin(clerk(1), room.key, "w003", "2468")
    room.access.log_in("w003", "2468", "3", room.key)
    room.waiting.transfer(clerk(1), room.key, second.ticket, TransferTo("staff", "w003"), "找她")
    assert room.waiting.call_next(clerk(1), room.key) is None
    assert room.call(3).id == second.ticket
    assert room.call(5).id == first.ticket


def test_several_matters_on_one_ticket(room: Room) -> None:
    issued = room.take("B1", "C1")
    room.call(1)
    room.waiting.start(clerk(1), room.key, issued.ticket)
    room.waiting.add_matter(clerk(1), room.key, issued.ticket, "B2")
    one = room.waiting.next_matter(clerk(1), room.key, issued.ticket)
    assert (one.matters_done, one.items) == (1, ("B1", "C1", "B2"))
    room.waiting.next_matter(clerk(1), room.key, issued.ticket)
    with pytest.raises(UserFacingError) as error:
        room.waiting.next_matter(clerk(1), room.key, issued.ticket)
    assert error.value.code == "ticket.last-matter"
    done = room.waiting.finish(clerk(1), room.key, issued.ticket)
    assert (done.state, done.matters_done) == ("served", 3)


def test_one_live_ticket_per_person_and_item(room: Room) -> None:
    first = room.take("B1", person="hash-of-somebody")
    room.take("C1", person="hash-of-somebody")
    with pytest.raises(UserFacingError, match=first.number):
        room.take("B1", "W1", person="hash-of-somebody")
    room.waiting.give_up(clerk(1), room.key, first.ticket)
    assert room.take("B1", person="hash-of-somebody").number == "A003"


def test_a_burst_at_the_kiosk_needs_staff(make_room: Callable[[Reference], Room]) -> None:
    room = make_room(with_settings({"waiting.burst": 3}))
    for _ in range(3):
        room.take("B1")
    with pytest.raises(UserFacingError) as error:
        room.take("B1")
    assert error.value.code == "ticket.burst"
    assert room.take("B1", channel="counter").number == "A004"
    room.clock.advance(minutes=1)
    assert room.take("B1").number == "A005"


def test_call_by_number_is_out_of_turn_and_counted_as_such(room: Room) -> None:
    room.take("B1")
    second = room.take("B1")
    called = room.waiting.call_number(clerk(5), room.key, second.number.lower(), "约好的")
    assert called.counter == "5"
    with room.store.reading() as reader:
        fact = reader.history(f"ticket:{second.ticket}")[-1].fact
    assert getattr(fact, "out_of_turn", False)
    with pytest.raises(UserFacingError) as error:
        room.waiting.call_number(clerk(1), room.key, second.number)
    assert error.value.code == "ticket.state"
    with pytest.raises(UserFacingError) as error:
        room.waiting.call_number(clerk(1), room.key, "Z999")
    assert error.value.code == "ticket.unknown"


def test_slips_are_entered_later_with_both_times(room: Room) -> None:
    room.take("B1")
    taken = room.clock.now() - timedelta(minutes=20)
    slip = room.take("B1", channel="slip", slip_number="p07", slip_at=taken)
    row = room.views.ticket_row(slip.ticket)
    assert (row.number, row.slip_at, row.waited_minutes) == ("P07", taken, 20)
    assert row.issued_at == room.clock.now()
    assert room.call(1).id == slip.ticket  # its place is the slip's
    with pytest.raises(UserFacingError, match="P07 is entered already"):
        room.take("B1", channel="slip", slip_number="P07", slip_at=taken)
    with pytest.raises(UserFacingError) as error:
        room.take("B1", channel="slip", slip_number="P08", slip_at=taken + timedelta(days=1))
    assert error.value.code == "ticket.slip-incomplete"


def test_a_slip_may_use_a_number_and_the_kiosk_skips_it(room: Room) -> None:
    room.take("B1", channel="slip", slip_number="A001", slip_at=room.clock.now())
    assert room.take("B1").number == "A002"


def test_unknown_line_counter_and_item_say_what_there_is(room: Room) -> None:
    with pytest.raises(UserFacingError, match="A, W, F"):
        room.take(line="Y")
    with pytest.raises(UserFacingError, match="1, 2, 3, 5"):
        room.waiting.call_next(clerk(9), room.key)
    with pytest.raises(UserFacingError) as error:
        room.take("NO")
    assert error.value.code == "catalogue.unknown-item"
