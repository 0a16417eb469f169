"""How long grants and leases hold by clocks that jump, and what the small folds come to."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from counter_app.clock import HALL_ZONE
from counter_app.domain.centre.devices import DEVICES, MOST_EPOCHS_KEPT
from counter_app.domain.centre.facts import (
    DeviceEnrolled,
    DeviceRevoked,
    EpochOpened,
    NumbersLeased,
    TicketsLeased,
)
from counter_app.domain.centre.granting import LEASES, Tick, stamp
from counter_app.domain.centre.numbering import NUMBERS, number_at
from counter_app.domain.journal import GENESIS, Actor, Envelope, Fact, Recorded, read

AT = datetime(2026, 11, 23, 10, tzinfo=HALL_ZONE)


def recorded(fact: Fact, *, epoch: int = 1, minutes: int = 0) -> Recorded:
    at = (AT + timedelta(minutes=minutes)).isoformat(timespec="milliseconds")
    envelope = Envelope("南环", "Z", epoch, 1, 1, at, Actor("centre"), "", 0, GENESIS)
    return read(envelope.seal(fact, {})[0])


@pytest.mark.parametrize(
    ("wall", "tick", "age", "ahead"),
    [
        (10, Tick("b", 110.0), 10.0, False),
        (9999, Tick("b", 110.0), 10.0, False),  # the wall clock jumped, the machine ran on
        (-500, Tick("b", 110.0), 10.0, False),
        (20, Tick("other boot", 3.0), 20.0, False),
        (20, None, 20.0, False),
        (-500, None, 0.0, True),
        (-500, Tick("other boot", 3.0), 0.0, True),
        (0, Tick("b", 90.0), 0.0, False),
    ],
)
def test_ages(wall: int, tick: Tick | None, age: float, ahead: bool) -> None:
    since = stamp(AT, Tick("b", 100.0))
    now = AT + timedelta(seconds=wall)
    assert since.age(now, tick) == age
    assert since.ahead_of(now, tick) is ahead


def test_without_a_monotonic_reading_the_wall_clock_tells() -> None:
    assert stamp(AT, None).age(AT + timedelta(seconds=7), Tick("", 500.0)) == 7.0


def test_each_lease_replaces_the_one_before() -> None:
    until = (AT + timedelta(minutes=10)).isoformat()
    first = TicketsLeased(for_device="1", counter="3", tickets=("a", "b"), until=until)
    second = TicketsLeased(for_device="1", counter="3", tickets=("c",), until=until)
    state = LEASES.replay([recorded(first), recorded(second)])
    assert state is not None
    assert state.tickets == ("c",)
    assert first.subjects == (LEASES.subject("1/3"),)
    assert state.holds(AT + timedelta(minutes=9))
    assert not state.holds(AT + timedelta(minutes=10))
    assert not state.holds(AT - timedelta(minutes=3))  # a clock set back makes no lease longer
    assert LEASES.decode(LEASES.encode(state)) == state


def test_numbers_run_through_the_blocks_and_end() -> None:
    facts = [
        NumbersLeased(for_device="1", letter="A", day="2026-11-23", first=first, last=last)
        for first, last in ((21, 22), (61, 61))
    ]
    state = NUMBERS.replay([recorded(fact) for fact in facts])
    assert [number_at(state, k) for k in range(1, 5)] == [21, 22, 61, None]
    assert state is not None
    assert state.count == 3
    assert number_at(None, 1) is None
    with pytest.raises(ValueError):
        number_at(state, 0)


def test_a_device_through_its_life() -> None:
    enrolled = DeviceEnrolled(device="3", role="counter", name="三号", public="ab")
    opened = EpochOpened(device="3", old_epoch=1, last_seq=9, last_hash="f", cause="restored", set_aside=2)
    events = [
        recorded(enrolled),
        recorded(opened, epoch=2, minutes=5),
        recorded(DeviceRevoked(device="3", cause="stolen")),
    ]
    state = DEVICES.replay(events)
    assert state is not None
    assert (state.role, state.epoch, state.revoked, state.revoked_cause) == ("counter", 2, True, "stolen")
    assert [(step.epoch, step.cause, step.set_aside) for step in state.epochs] == [
        (1, "", 0),
        (2, "restored", 2),
    ]
    again = DEVICES.fold(state, recorded(DeviceEnrolled(device="3", role="desk", name="三号", public="cd")))
    assert again is not None
    assert (again.role, again.public, again.revoked) == ("desk", "cd", False)
    assert len(again.epochs) == 2


def test_only_the_latest_epochs_are_kept_and_an_old_one_does_not_turn_back() -> None:
    def opened(epoch: int) -> Recorded:
        fact = EpochOpened(device="3", old_epoch=epoch - 1, last_seq=1, last_hash="f", cause="cloned")
        return recorded(fact, epoch=epoch)

    state = DEVICES.replay([opened(epoch) for epoch in (*range(2, 40), 5)])
    assert state is not None
    assert state.epoch == 39
    assert len(state.epochs) == MOST_EPOCHS_KEPT
