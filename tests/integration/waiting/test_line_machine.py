"""A waiting line under any sequence of commands: no ticket called twice, none lost, places kept, all end."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from counter_app.domain.waiting.fold import TICKETS
from counter_app.domain.waiting.ticket import Ticket
from counter_app.errors import UserFacingError
from counter_app.use_cases.waiting.day_close import Ending
from counter_app.use_cases.waiting.requests import TransferTo
from tests.integration.waiting.conftest import Room, clerk
from tests.support.clock import HandClock
from tests.support.hall import with_settings
from tests.support.stores import open_store

COUNTERS = st.sampled_from([1, 2, 3, 5])
ENDED = {"served", "void", "gave_up", "carried_over"}


class LineMachine(RuleBasedStateMachine):
    """What the model knows: every ticket ever issued, its first place, and who has whom in hand."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.places: dict[str, str] = {}
        self.in_hand: dict[int, str] = {}
        self.held: dict[int, set[str]] = {}
        self.ended: set[str] = set()

    @initialize()
    def open(self) -> None:
        clock = HandClock()
        self.store = open_store(self.folder, clock)
        self.room = Room(self.store, clock, with_settings({"waiting.burst": 10_000}))

    @rule(item=st.sampled_from(["B1", "C1", "W1", "F1"]), elder=st.booleans())
    def take(self, item: str, elder: bool) -> None:
        issued = self.room.take(item, priority="elder" if elder else None)
        assert issued.ticket not in self.places
        self.places[issued.ticket] = self._read(issued.ticket).place

    @rule(counter=COUNTERS)
    def call(self, counter: int) -> None:
        if counter in self.in_hand:
            self._refused(
                "counter.in-hand", lambda: self.room.waiting.call_next(clerk(counter), self.room.key)
            )
            return
        self.room.clock.advance(seconds=1)
        ticket = self.room.waiting.call_next(clerk(counter), self.room.key)
        self._drop_released(counter)
        if ticket is not None:
            assert ticket.id not in self.in_hand.values()
            assert ticket.place == self.places[ticket.id]
            self.in_hand[counter] = ticket.id

    @precondition(lambda self: self.in_hand)
    @rule(
        data=st.data(), way=st.sampled_from(["finish", "start", "take_back", "no_show", "hold", "transfer"])
    )
    def handle(self, data: st.DataObject, way: str) -> None:
        counter = data.draw(st.sampled_from(sorted(self.in_hand)))
        id = self.in_hand[counter]
        waiting, key, who = self.room.waiting, self.room.key, clerk(counter)
        state = self._read(id).state
        if way in ("take_back", "no_show", "start") and state != "called":
            command = getattr(waiting, way)
            self._refused("ticket.state", lambda: command(who, key, id))
            return
        if way == "hold":
            if self._read(id).holds >= 3:
                self._refused("ticket.hold-limit", lambda: waiting.hold(who, key, id, "copies"))
                return
            waiting.hold(who, key, id, "copies")
            self.held.setdefault(counter, set()).add(id)
        elif way == "transfer":
            to = data.draw(st.sampled_from([TransferTo("line", "F"), TransferTo("counter", "2")]))
            assert waiting.transfer(who, key, id, to, "there").place == self.places[id]
        else:
            ticket = getattr(waiting, way)(who, key, id)
            if way == "start":
                return
            if way == "take_back":
                assert ticket.place == self.places[id]
            if way == "finish":
                self.ended.add(id)
        del self.in_hand[counter]

    @precondition(lambda self: any(self.held.values()))
    @rule(data=st.data())
    def resume(self, data: st.DataObject) -> None:
        counter = data.draw(st.sampled_from(sorted(number for number, held in self.held.items() if held)))
        id = data.draw(st.sampled_from(sorted(self.held[counter])))
        if counter in self.in_hand:
            self._refused(
                "counter.in-hand", lambda: self.room.waiting.resume(clerk(counter), self.room.key, id)
            )
            return
        self.room.waiting.resume(clerk(counter), self.room.key, id)
        self.held[counter].discard(id)
        self.in_hand[counter] = id

    @rule(counter=COUNTERS)
    def close(self, counter: int) -> None:
        self.room.counters.close(clerk(counter), self.room.key)
        self.in_hand.pop(counter, None)
        self.held.pop(counter, None)

    @rule(data=st.data())
    def come_back(self, data: st.DataObject) -> None:
        missed = [id for id in sorted(self.places) if self._read(id).state == "no_show"]
        if missed:
            id = data.draw(st.sampled_from(missed))
            ticket = self.room.waiting.return_after_no_show(clerk(1), self.room.key, id)
            self.places[id] = ticket.place  # a no-show alone changes the place

    @rule(minutes=st.integers(1, 45))
    def pass_time(self, minutes: int) -> None:
        self.room.clock.advance(minutes=minutes)

    @invariant()
    def nothing_lost_and_nobody_twice(self) -> None:
        if not hasattr(self, "room"):
            return
        tickets = {id: self._read(id) for id in self.places}
        assert not [ticket for ticket in tickets.values() if ticket.overtaken]
        here = {
            ticket.counter: ticket.id for ticket in tickets.values() if ticket.state in ("called", "serving")
        }
        assert here == {str(counter): id for counter, id in self.in_hand.items()}
        assert {id for id, ticket in tickets.items() if ticket.state in ENDED} == self.ended
        for id, ticket in tickets.items():
            assert ticket.place == self.places[id]
        with self.store.reading() as reader:
            live = {ticket.id for ticket in reader.waiting.open_tickets(1000)}
        assert live == {id for id, ticket in tickets.items() if ticket.live}

    def teardown(self) -> None:
        """However it went, the day can be closed and then nothing is open."""
        if hasattr(self, "room"):
            endings: dict[str, Ending] = dict.fromkeys(self.in_hand.values(), "served")
            self.room.closing.close_day(clerk(1), self.room.key, endings)
            assert self.room.closing.open_points() == ()
            assert all(not self._read(id).live for id in self.places)
            self.store.close()
        shutil.rmtree(self.folder)

    def _read(self, id: str) -> Ticket:
        with self.store.reading() as reader:
            return reader.need(TICKETS, id)

    def _drop_released(self, counter: int) -> None:
        held = self.held.get(counter, set())
        self.held[counter] = {id for id in held if self._read(id).state == "held"}

    def _refused(self, code: str, command: Callable[[], object]) -> None:
        with pytest.raises(UserFacingError) as error:
            command()
        assert error.value.code == code


TestLineMachine = LineMachine.TestCase
TestLineMachine.settings = settings(max_examples=25, stateful_step_count=30, deadline=None)
