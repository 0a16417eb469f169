"""Counters, shifts, views, help, ratings and the end of the day on a real store (mission: Q4–Q7, H4)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from counter_app.domain.waiting.fold import TICKETS
from counter_app.errors import UserFacingError
from counter_app.use_cases.waiting.reference import Reference
from counter_app.use_cases.waiting.requests import IssueTicket, TransferTo
from tests.integration.waiting.conftest import KIOSK, Room, clerk
from tests.support.hall import with_settings


def states(room: Room) -> dict[str, str]:
    return {counter.number: counter.state for counter in room.views.counter_states()}


def log_in(room: Room, counter: int) -> None:
    room.credentials.set_pin(clerk(counter), room.key, f"w00{counter}", "2468")
    room.access.log_in(f"w00{counter}", "2468", str(counter), room.key)


def test_counter_is_open_paused_closed_and_unattended(room: Room) -> None:
    room.counters.open(clerk(1), room.key)
    assert states(room) == {"1": "open", "2": "closed", "3": "closed", "5": "closed"}
    until = room.clock.now() + timedelta(minutes=10)
    room.counters.pause(clerk(1), room.key, "打印机换纸", until)
    (paused,) = room.views.hall_view().paused
    assert (paused.number, paused.reason, paused.until) == ("1", "打印机换纸", until)
    with pytest.raises(UserFacingError) as error:
        room.waiting.call_next(clerk(1), room.key)
    assert error.value.code == "counter.paused"
    room.counters.resume(clerk(1), room.key)
    room.clock.advance(minutes=3)
    assert states(room)["1"] == "unattended"
    room.shifts.beat(clerk(1))
    assert states(room)["1"] == "open"
    with pytest.raises(UserFacingError) as error:
        room.counters.resume(clerk(1), room.key)
    assert error.value.code == "counter.not-paused"


def test_calling_opens_a_closed_counter_and_pausing_waits_for_the_citizen(room: Room) -> None:
    room.take("B1")
    room.call(1)
    assert states(room)["1"] == "open"
    with pytest.raises(UserFacingError) as error:
        room.counters.pause(clerk(1), room.key, "午休")
    assert error.value.code == "counter.in-hand"


def test_closing_returns_everything_to_its_place(room: Room) -> None:
    tickets = [room.take("B1") for _ in range(3)]
    held = room.call(1)
    room.waiting.hold(clerk(1), room.key, held.id, "去复印")
    called = room.call(1)
    room.waiting.transfer(clerk(2), room.key, tickets[2].ticket, TransferTo("counter", "1"), "一号的事")
    room.counters.close(clerk(1), room.key)
    with room.store.reading() as reader:
        after = [reader.need(TICKETS, issued.ticket) for issued in tickets]
    assert [ticket.state for ticket in after] == ["waiting"] * 3
    assert (after[0].place, after[1].place) == (held.place, called.place)
    assert [room.serve(2).id for _ in range(3)] == [issued.ticket for issued in tickets]


def test_log_off_returns_tickets_and_signs_out(room: Room) -> None:
    issued = room.take("B1")
    log_in(room, 1)
    room.call(1)
    shift = room.access.who("1")
    assert shift is not None
    assert room.access.log_off(shift, room.key) == 1
    assert room.access.who("1") is None
    assert states(room)["1"] == "closed"
    assert room.waiting.find(issued.number).state == "waiting"


def test_crash_is_noticed_by_silence_and_returns_tickets(room: Room) -> None:
    issued = room.take("B1")
    log_in(room, 1)
    room.call(1)
    room.clock.advance(seconds=90)
    room.shifts.beat(clerk(1))
    room.clock.advance(seconds=90)
    assert room.shifts.end_lost(clerk(1), room.key) == ()
    room.clock.advance(seconds=90)
    assert room.shifts.end_lost(clerk(1), room.key) == ("1",)
    assert room.access.who("1") is None
    assert room.waiting.find(issued.number).state == "waiting"


def test_tickets_for_a_clerk_who_leaves_go_back_to_the_line(room: Room) -> None:
    issued = room.take("B1")
    log_in(room, 3)
    room.waiting.transfer(clerk(1), room.key, issued.ticket, TransferTo("staff", "w003"), "找她")
    shift = room.access.who("3")
    assert shift is not None
    room.access.log_off(shift, room.key)
    assert room.call(1).id == issued.ticket


def test_line_view_shows_mine_in_turn_then_others_with_their_counters(room: Room) -> None:
    firm = room.take("F1")
    room.clock.advance(minutes=9)
    ordinary = room.take("B1")
    elder = room.take("C1", priority="elder")
    now = room.call(1)
    assert now.id == elder.ticket
    room.waiting.hold(clerk(1), room.key, now.id, "去复印")
    missed = room.take("W1")
    room.waiting.no_show(clerk(3), room.key, room.waiting.call_number(clerk(3), room.key, missed.number).id)
    room.clock.advance(minutes=4)
    view = room.views.line_view("1")
    assert view.now_serving is None
    assert [row.ticket for row in view.held] == [elder.ticket]
    assert (view.held[0].held_reason, view.held[0].held_minutes) == ("去复印", 4)
    assert [row.number for row in view.missed] == [missed.number]
    assert [(row.ticket, row.only_counters) for row in view.waiting] == [
        (ordinary.ticket, ()),
        (firm.ticket, ("5",)),
    ]
    assert (view.count, view.mine, view.longest_minutes) == (2, 1, 13)
    assert view.waiting[0].items == ("事项B1",)
    room.call(1)
    serving = room.views.line_view("1").now_serving
    assert serving is not None
    assert serving.ticket == ordinary.ticket


def test_hall_view_has_calls_without_names(room: Room) -> None:
    first, second = room.take("B1", language="en"), room.take("B1")
    room.take("W1")
    room.call(1)
    room.call(2)
    room.waiting.recall(clerk(1), room.key, first.ticket)
    room.clock.advance(seconds=5)
    view = room.views.hall_view()
    assert {(call.number, call.counter, call.times, call.language) for call in view.calls} == {
        (first.number, "1", 2, "en"),
        (second.number, "2", 1, "zh_CN"),
    }
    assert view.calls[0].called_at >= view.calls[1].called_at
    assert (view.waiting_total, view.today) == (1, {"called": 2, "waiting": 1})


def test_wait_past_the_promise_is_told(room: Room) -> None:
    room.take("W1")
    room.clock.advance(minutes=31)
    (alert,) = room.views.alerts()
    assert (alert.line, alert.waiting, alert.longest_minutes, alert.promised_minutes) == ("W", 1, 31, 30)


def test_load_by_licence(room: Room) -> None:
    room.take("B1")
    room.take("F1")
    room.counters.open(clerk(5), room.key)
    loads = {row.licence: (row.name, row.waiting, row.open_counters, row.wait) for row in room.views.loads()}
    assert loads["birth"] == ("类birth", 1, (), None)
    assert loads["firm"][:3] == ("类firm", 1, ("5",))
    assert loads["firm"][3] is not None


def test_kiosk_view_counts_and_closes(room: Room) -> None:
    room.take("B1")
    room.counters.open(clerk(5), room.key)
    view = room.views.kiosk_view("en")
    keys = {key.code: (key.name, key.waiting, key.open, key.line) for key in view.categories}
    assert keys["birth"] == ("Category birth", 1, False, "A")
    assert keys["firm"] == ("Category firm", 0, True, "F")
    assert view.hours == (((1, 2, 3, 4, 5), "09:00", "17:00"),)


def test_help_rings_one_post_more_with_time_or_at_once(room: Room) -> None:
    asked = room.help.ask(KIOSK, room.key, "不会操作")
    assert asked.posts == ("lobby",)
    assert room.help.ask(KIOSK, room.key).call == asked.call
    room.clock.advance(minutes=2)
    assert room.help.open_calls()[0].posts == ("lobby", "duty-manager")
    assert len(room.help.escalate(clerk(1), room.key, asked.call).posts) == 3
    room.help.answer(clerk(1), room.key, asked.call)
    assert room.help.open_calls() == ()
    with pytest.raises(UserFacingError) as error:
        room.help.answer(clerk(2), room.key, asked.call)
    assert error.value.code == "help.answered"


def test_rating_once_after_the_end_and_only_sums(room: Room) -> None:
    room.take("B1")
    ticket = room.call(1)
    with pytest.raises(UserFacingError) as error:
        room.ratings.rate(KIOSK, room.key, ticket.id, 1)
    assert error.value.code == "rating.not-finished"
    room.waiting.finish(clerk(1), room.key, ticket.id)
    rating = room.ratings.rate(KIOSK, room.key, ticket.id, 4, ("wait",))
    assert (rating.staff, rating.counter, rating.reasons) == ("w001", "1", ("wait",))
    with pytest.raises(UserFacingError) as error:
        room.ratings.rate(KIOSK, room.key, ticket.id, 1)
    assert error.value.code == "rating.given"
    with pytest.raises(UserFacingError) as error:
        room.ratings.rate(KIOSK, room.key, ticket.id, 6)
    assert error.value.code == "rating.unknown"
    day = (room.clock.now() - timedelta(hours=1), room.clock.now() + timedelta(days=1))
    assert room.ratings.sums("staff", "w001", *day).by_score == ()  # one alone could be guessed
    for _ in range(4):
        room.take("B1")
        room.ratings.rate(KIOSK, room.key, room.serve(1).id, 1, ("wait",))
    assert room.ratings.sums("staff", "w001", *day).by_score == (4, 0, 0, 1, 0)
    assert room.ratings.sums("counter", "2", *day).count == 0


def test_day_close_lists_and_ends_everything(room: Room) -> None:
    waiting, held, called, serving = (room.take("B1") for _ in range(4))
    room.waiting.hold(clerk(1), room.key, _number(room, 1, held.number), "去复印")
    _number(room, 1, called.number)
    room.waiting.start(clerk(2), room.key, _number(room, 2, serving.number))
    points = {point.number: point.suggested for point in room.closing.open_points()}
    assert points == {
        waiting.number: "carried_over",
        held.number: "carried_over",
        called.number: "gave_up",
        serving.number: None,
    }
    with pytest.raises(UserFacingError, match=serving.number):
        room.closing.close_day(clerk(1), room.key)
    closed = room.closing.close_day(clerk(1), room.key, {serving.ticket: "served", held.ticket: "void"})
    assert closed.ended == 4
    assert closed.counts == {"carried_over": 1, "void": 1, "gave_up": 1, "served": 1}
    assert room.closing.open_points() == ()
    assert set(states(room).values()) == {"closed"}


def test_carried_over_ticket_gives_one_priority_ticket_next_day(room: Room) -> None:
    old = room.take("B1")
    room.closing.close_day(clerk(1), room.key)
    room.clock.advance(days=1)
    room.take("B1")
    new = room.waiting.issue_ticket(clerk(1), room.key, IssueTicket(carried_from=old.ticket))
    assert room.call(1).id == new.ticket
    with pytest.raises(UserFacingError) as error:
        room.waiting.issue_ticket(clerk(1), room.key, IssueTicket(carried_from=old.ticket))
    assert error.value.code == "ticket.not-carried"


def test_a_day_nobody_closed_is_listed_and_not_called(room: Room) -> None:
    old = room.take("B1")
    room.clock.advance(days=1)
    assert room.waiting.call_next(clerk(1), room.key) is None
    (point,) = room.closing.open_points()
    assert (point.ticket, point.suggested) == (old.ticket, "gave_up")


def test_rules_come_from_the_halls_settings(make_room: Callable[[Reference], Room]) -> None:
    room = make_room(with_settings({"waiting.promised_wait": 5, "waiting.most_holds": 0, "other.key": 1}))
    room.take("B1")
    room.clock.advance(minutes=6)
    assert room.views.alerts()[0].promised_minutes == 5
    with pytest.raises(UserFacingError) as error:
        room.waiting.hold(clerk(1), room.key, room.call(1).id, "去复印")
    assert error.value.code == "ticket.hold-limit"


def test_rows_are_what_the_events_say(room: Room) -> None:
    """Every fold kept in a row equals the replay of its events."""
    room.take("B1", priority="elder")
    room.take("B1", "C1")
    room.waiting.hold(clerk(1), room.key, room.call(1).id, "去复印")
    room.waiting.no_show(clerk(2), room.key, room.call(2).id)
    with room.store.reading() as reader:
        for ticket in (*reader.waiting.open_tickets(10), *reader.waiting.missed("2026-11-23", 10)):
            assert TICKETS.replay(reader.history(f"ticket:{ticket.id}")) == ticket


def _number(room: Room, counter: int, number: str) -> str:
    return room.waiting.call_number(clerk(counter), room.key, number).id
