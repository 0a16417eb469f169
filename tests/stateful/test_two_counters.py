"""Two counters and a centre as a state machine: hypothesis chooses what people and lines do, and shrinks it.

The simulation (`tests/simulation`) goes further and wider; this one finds the shortest story of a mistake.
"""

from __future__ import annotations

import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path
from random import Random

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from counter_app.domain.waiting.ticket import Ticket
from counter_app.use_cases.waiting.requests import IssueTicket
from tests.conftest import LONG
from tests.simulation.building import Building
from tests.simulation.faults import KINDS, Kind
from tests.simulation.machine import Machine
from tests.simulation.network import Weather
from tests.simulation.quiet import quiet
from tests.simulation.run import MEMORY, judged

COUNTERS = st.sampled_from(("1", "2"))
ACTS = st.sampled_from(("issue", "call", "call", "start", "finish", "hold", "number"))
TIMES = st.sampled_from((1, 6, 31, 650))


@cache
def made() -> Building:
    """One a process, gone with it."""
    base = tempfile.mkdtemp(prefix="two-counters-", dir=MEMORY if MEMORY.is_dir() else None)
    atexit.register(shutil.rmtree, base, ignore_errors=True)
    return Building(Path(base) / "building")


class TwoCounters(RuleBasedStateMachine):
    """Counters 1 and 2 of the small hall; the others only listen."""

    def __init__(self) -> None:
        super().__init__()
        self.keys = 0

    @initialize()
    def open(self) -> None:
        base = tempfile.mkdtemp(prefix="two-counters-", dir=MEMORY if MEMORY.is_dir() else None)
        self.hall = made().hall("two counters", Path(base) / "hall")
        self.hall.old.clear()
        self.hall.chance = self.hall.network.chance = self.hall.people.chance = Random(0)

    def do(self, counter: str, what: str) -> None:
        """One act at a counter; what it was told is remembered."""
        machine = self.hall.machines[counter]
        if not machine.alive:
            self.hall.on(machine, machine.open)
        self.keys += 1
        key = f"two-{self.keys}"
        self.hall.on(
            machine, lambda: self.hall.people.try_act(machine, key, what, lambda: act(machine, what, key))
        )

    @rule(counter=COUNTERS, what=ACTS)
    def act(self, counter: str, what: str) -> None:
        self.do(counter, what)

    @rule(counter=COUNTERS)
    def sync(self, counter: str) -> None:
        machine = self.hall.machines[counter]
        if machine.alive:
            self.hall.on(machine, machine.sync)

    @rule(counter=COUNTERS)
    def cut_or_heal(self, counter: str) -> None:
        self.hall.network.cut ^= {counter}

    @rule(lost=st.booleans(), doubled=st.booleans())
    def weather(self, lost: bool, doubled: bool) -> None:
        """Answers are lost, requests come twice: all of them, or none."""
        self.hall.network.weather = Weather(answer_lost=float(lost), doubled=float(doubled))

    @precondition(lambda self: self.hall.network.on_their_way)
    @rule()
    def comes_late(self) -> None:
        self.hall.network.deliver_one()

    @rule(counter=COUNTERS, kind=st.sampled_from(KINDS), after=st.integers(0, 6))
    def arm(self, counter: str, kind: Kind, after: int) -> None:
        self.hall.machines[counter].faults.arm(kind, after)

    @rule(seconds=TIMES)
    def time_passes(self, seconds: int) -> None:
        self.hall.true.advance(seconds=seconds)

    @precondition(lambda self: self.hall.centre_up)
    @rule()
    def centre_restarts(self) -> None:
        self.hall.centre.close()
        self.hall.centre.open()

    @invariant()
    def nothing_acknowledged_is_missing(self) -> None:
        for machine in self.hall.machines.values():
            if machine.alive:
                standing = machine.standing()
                end = self.hall.centre.chain_end(machine.code, standing.epoch)
                assert standing.acked <= end, f"{machine.name} believes in {standing.acked} of {end}"

    def teardown(self) -> None:
        try:
            found = quiet(self.hall) or judged(self.hall)
            assert not found, "\n".join([*self.hall.trace, *found])
        finally:
            self.hall.close()
            shutil.rmtree(self.hall.folder.parent, ignore_errors=True)


def act(machine: Machine, what: str, key: str) -> str:
    """Do it with whatever is at hand; "" when there was nothing to do it with."""
    waiting, actor = machine.waiting, machine.actor
    if what == "issue":
        return waiting.issue_ticket(actor, key, IssueTicket(items=("B1",), channel="counter")).ticket
    if what == "call":
        called = waiting.call_next(actor, key)
        return called.id if called else ""
    ticket = at_hand(machine, what)
    if ticket is None:
        return ""
    if what == "number":
        return waiting.call_number(actor, key, ticket.number, "asked").id
    if what == "hold":
        return waiting.hold(actor, key, ticket.id, "fetches a copy").id
    return (waiting.start if what == "start" else waiting.finish)(actor, key, ticket.id).id


def at_hand(machine: Machine, what: str) -> Ticket | None:
    with machine.store.reading() as reader:
        found = (
            reader.waiting.open_tickets(20)
            if what == "number"
            else reader.waiting.at_counter(machine.counter)
        )
    wanted = "waiting" if what == "number" else "called"
    return next((ticket for ticket in found if ticket.state == wanted), None)


TestTwoCounters = TwoCounters.TestCase
TestTwoCounters.settings = settings(
    max_examples=400 if LONG else 30, stateful_step_count=30, deadline=None, print_blob=True
)
