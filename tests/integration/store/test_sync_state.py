"""What the foot shows: true, not restless, and never in step before the roots are equal."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from counter_app.domain.intake.facts import CaseOpened
from counter_app.use_cases.ports.store import Transaction
from counter_app.use_cases.sync.noting import STUCK, Noting
from tests.support.centres import open_centre
from tests.support.clock import HandClock
from tests.support.stores import CLERK
from tests.support.synced import Synced, joined


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def device(tmp_path: Path, clock: HandClock) -> Iterator[Synced]:
    centre = open_centre(tmp_path, clock)
    device = joined(tmp_path, centre, "3", clock)
    yield device
    device.close()
    centre.close()


def open_case(device: Synced) -> None:
    def work(tx: Transaction) -> None:
        tx.record(CaseOpened(case=tx.next_id))

    device.store.act(CLERK, "", work)


def test_a_home_that_never_had_a_centre_is_alone(device: Synced) -> None:
    assert device.state.state == "alone"


def test_in_step_is_said_with_when_it_was_agreed(device: Synced, clock: HandClock) -> None:
    open_case(device)
    state = device.settle()
    assert (state.state, state.unsent, state.hall_seq) == ("in_step", 0, device.journal.standing().pulled)
    assert state.agreed_at
    assert state.last_contact
    since = state.since
    assert device.settle(60.0).since == since


def test_the_moment_of_an_act_is_no_state(device: Synced) -> None:
    device.settle()
    before = device.store.last_change()
    open_case(device)
    device.sync.step()
    assert device.state.state == "in_step"
    device.settle(1.0)
    notes = [change for change in device.store.changes_since(before) if change.kind == "note"]
    assert len(notes) <= 1


def test_an_order_that_does_not_fit_is_not_taken_in_and_said_and_acts_still_go_out(device: Synced) -> None:
    device.settle()
    device.line.twist["pull"] = lambda pulled: replace(pulled, root="1" * 64)
    open_case(device)
    state = device.settle()
    assert (state.state, state.reason) == ("out_of_step", "sync.out-of-step")
    assert state.unsent == 0
    device.line.twist.clear()
    assert device.settle().state == "in_step"


def test_who_gets_no_further_for_a_minute_says_so(device: Synced, clock: HandClock) -> None:
    noting = Noting(device.store, clock)
    behind = replace(device.journal.standing(), seq=3, oldest_unsent="2026-11-23T10:00:00.000+08:00")
    noting.stands(behind, agreed=False)
    assert (device.state.state, device.state.unsent, device.state.reason) == ("catching_up", 3, "")
    for _ in range(70):
        clock.advance(seconds=1)
        noting.stands(behind, agreed=False)
    assert device.state.reason == STUCK
    noting.stands(replace(behind, acked=1), agreed=False)
    assert device.state.reason == ""
