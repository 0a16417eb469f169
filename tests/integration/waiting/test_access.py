"""Log-in, lock-out, lock, one person at one counter, looks at persons (mission: H3, H4, X3, X4)."""

from __future__ import annotations

from contextlib import nullcontext
from datetime import timedelta

import pytest

from counter_app.domain.access.shift import desk_place
from counter_app.domain.journal import Actor
from counter_app.domain.waiting.duty import DUTIES
from counter_app.errors import UserFacingError
from counter_app.store.passwords import ArgonPins, PinCost
from counter_app.use_cases.access.access import Shift
from tests.integration.waiting.conftest import CHEAP, Room, clerk

PIN = "2468"


def refused(room: Room, badge: str, pin: str, counter: str) -> str:
    with pytest.raises(UserFacingError) as error:
        room.access.log_in(badge, pin, counter, room.key)
    return error.value.code


def log_in(room: Room, badge: str, counter: str) -> Shift:
    room.credentials.set_pin(clerk(1), room.key, badge, PIN)
    return room.access.log_in(badge, PIN, counter, room.key)


def test_badge_and_pin_begin_a_shift(room: Room) -> None:
    shift = log_in(room, "w002", "1")
    assert (shift.staff, shift.name, shift.counter, shift.post) == ("w002", "员工w002", "1", "B")
    assert shift.roles == {"intake", "inquiry"}
    assert room.access.may(shift, "ticket.call")
    assert not room.access.may(shift, "catalogue.edit")
    with pytest.raises(UserFacingError) as error:
        room.access.need(shift, "journal.read")
    assert error.value.code == "access.no-right"
    assert room.access.who("1") == shift


def test_same_key_gives_the_same_shift_and_no_second_guess(room: Room) -> None:
    room.credentials.set_pin(clerk(1), room.key, "w001", PIN)
    first = room.access.log_in("w001", PIN, "1", "press")
    assert room.access.log_in("w001", PIN, "1", "press") == first
    assert refused(room, "w001", "0001", "2") == "access.wrong"
    with pytest.raises(UserFacingError):
        room.access.log_in("w002", "0000", "1", "guess")
    with pytest.raises(UserFacingError) as error:
        room.access.log_in("w002", "1111", "1", "guess")
    assert error.value.code == "access.tried"


def test_waits_grow_and_end(room: Room) -> None:
    room.credentials.set_pin(clerk(1), room.key, "w001", PIN)
    waits = []
    for _ in range(3):
        assert refused(room, "w001", "0000", "1") == "access.wrong"
    for _ in range(3):
        with pytest.raises(UserFacingError) as error:
            room.access.log_in("w001", PIN, "1", room.key)  # even the right PIN waits
        assert error.value.code == "access.wait"
        seconds = int(str(error.value.params["seconds"]))
        waits.append(seconds)
        room.clock.advance(seconds=seconds)
        assert refused(room, "w001", "0000", "1") == "access.wrong"
    assert waits == [30, 60, 120]
    room.clock.advance(seconds=240)
    assert room.access.log_in("w001", PIN, "1", room.key).staff == "w001"
    assert refused(room, "w001", "0000", "1") == "access.wrong"  # counted from nothing again


def test_nobody_locks_out_the_clerk_or_the_hall_by_guessing(room: Room) -> None:
    shift = log_in(room, "w001", "1")
    room.access.log_off(shift, room.key)
    for badge in ("w001", "w002", "w003", "s001", "a001"):
        for _ in range(3):
            refused(room, badge, "0000", "5")
    assert refused(room, "w002", "0000", "5") == "access.wait"  # the place is slow now
    assert refused(room, "nobody", "0000", "5") == "access.wait"
    assert room.access.log_in("w001", PIN, "1", room.key).staff == "w001"  # the own counter is not
    assert log_in(room, "w003", "3").staff == "w003"


def test_guesses_at_one_person_from_many_places_add_up(room: Room) -> None:
    for counter in ("1", "2", "3"):
        for _ in range(2):
            assert refused(room, "w001", "0000", counter) == "access.wrong"
    assert refused(room, "w001", "0000", "5") == "access.wait"


def test_ones_own_badge_does_not_wash_off_guesses(room: Room) -> None:
    log_in(room, "w001", "1")
    codes: list[str] = []
    for _ in range(11):
        codes.append(refused(room, f"x{len(codes)}", "0000", "1"))
        if codes[-1] == "access.wrong":
            shift = room.access.who("1")
            assert shift is not None
            with pytest.raises(UserFacingError) if len(codes) >= 10 else nullcontext():
                room.access.unlock(shift, PIN, room.key)
    assert codes[:10] == ["access.wrong"] * 10
    assert codes[10] == "access.wait"


def test_locking_and_unlocking_many_times_a_day_never_waits(room: Room) -> None:
    shift = log_in(room, "w001", "1")
    for _ in range(15):
        assert room.access.lock(shift, room.key, "离席").locked
        assert not room.access.unlock(shift, PIN, room.key).locked
        room.clock.advance(seconds=20)
    with pytest.raises(UserFacingError) as error:
        room.access.unlock(shift, "0000", room.key)
    assert error.value.code == "access.wrong"


def test_one_person_at_one_counter(room: Room) -> None:
    room.take("B1")
    log_in(room, "w001", "1")
    called = room.call(1)
    with pytest.raises(UserFacingError, match="counter 1") as error:
        room.access.log_in("w001", PIN, "2", room.key)
    assert error.value.code == "access.elsewhere"
    room.waiting.finish(clerk(1), room.key, called.id)
    assert room.access.log_in("w001", PIN, "2", room.key).counter == "2"
    assert room.access.who("1") is None


def test_another_clerk_relieves_but_not_while_somebody_is_served(room: Room) -> None:
    room.take("B1")
    first = log_in(room, "w001", "1")
    called = room.call(1)
    room.credentials.set_pin(clerk(1), room.key, "w002", PIN)
    assert refused(room, "w002", PIN, "1") == "access.counter-busy"
    room.waiting.finish(clerk(1), room.key, called.id)
    room.access.log_in("w002", PIN, "1", room.key)
    with pytest.raises(UserFacingError) as error:
        room.access.log_off(first, room.key)
    assert error.value.code == "access.ended"


def test_same_clerk_after_a_crash_keeps_the_citizen(room: Room) -> None:
    room.take("B1")
    log_in(room, "w001", "1")
    called = room.call(1)
    room.access.log_in("w001", PIN, "1", room.key)
    serving = room.views.line_view("1").now_serving
    assert serving is not None
    assert serving.ticket == called.id


def test_sign_in_and_out_are_on_record(room: Room) -> None:
    shift = log_in(room, "w001", "1")
    room.clock.advance(hours=8)
    room.access.log_off(shift, room.key)
    (day,) = room.access.attendance("w001", room.clock.now() - timedelta(days=1))
    assert day.ended_at is not None
    assert (day.ended_at - day.began_at, day.cause) == (timedelta(hours=8), "log-off")


@pytest.mark.parametrize("pin", ["123", "0000", "9" * 65, ""])
def test_weak_pins_are_refused(room: Room, pin: str) -> None:
    with pytest.raises(UserFacingError) as error:
        room.credentials.set_pin(clerk(1), room.key, "w001", pin)
    assert error.value.code == "access.pin-weak"


def test_pin_and_hash_are_in_no_event_and_costs_may_change(room: Room) -> None:
    log_in(room, "w001", "1")
    with room.store.reading() as reader:
        assert "argon2" not in repr(reader.history("credential:w001"))
    dearer = ArgonPins(PinCost(time=2, memory_kib=64, lanes=1))
    old = ArgonPins(CHEAP).hash(PIN)
    assert dearer.verify(old, PIN)
    assert dearer.stale(old)
    assert not dearer.verify("no hash", PIN)


def test_a_person_is_opened_with_a_reason_and_may_ask_who_looked(room: Room) -> None:
    with pytest.raises(UserFacingError) as error:
        room.persons.open_person(clerk(1), room.key, "3.1.7")
    assert error.value.code == "person.no-reason"
    room.persons.open_person(clerk(1), room.key, "3.1.7", "电话咨询进度")
    room.clock.advance(minutes=1)
    room.persons.open_person(clerk(2), room.key, "3.1.7", basis="card")
    looks = room.persons.who_looked("3.1.7")
    assert [(look.staff, look.place, look.basis, look.reason) for look in looks] == [
        ("w002", "2", "card", ""),
        ("w001", "1", "reason", "电话咨询进度"),
    ]


def test_bursts_of_looks_reach_the_supervisor(room: Room) -> None:
    since = room.clock.now()
    for number in range(25):
        room.clock.advance(seconds=20)
        room.persons.open_person(clerk(1), room.key, f"p{number}", "看看")
        room.persons.open_person(clerk(2), room.key, f"p{number}", basis="card")
    (burst,) = room.persons.bursts(since)
    assert (burst.staff, burst.count) == ("w001", 25)
    sample = room.persons.sample(since, one_in=2)
    assert sample == room.persons.sample(since, one_in=2)
    assert {look.staff for look in sample} <= {"w001"}
    assert room.persons.sample(since, one_in=1) != sample


# mission: H3
def test_a_desk_is_no_counter(room: Room) -> None:
    desk = desk_place("3")
    shift = log_in(room, "w001", desk)
    assert (shift.counter, shift.post) == (desk, "A")
    assert room.access.who(desk) == shift
    assert room.access.lock(shift, room.key, "").locked
    assert not room.access.unlock(shift, PIN, room.key).locked
    other = log_in(room, "w002", desk_place("3", 2))  # two desks at one machine
    room.access.log_off(shift, room.key)
    assert room.access.who(desk) is None
    room.clock.advance(hours=1)
    assert room.shifts.end_lost(Actor("keeper"), room.key) == (other.counter,)
    with room.store.reading() as reader:
        assert reader.get(DUTIES, desk) is None
        assert reader.get(DUTIES, other.counter) is None
