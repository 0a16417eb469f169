"""What people do on one machine, chosen by chance: kiosk visitors, clerks at their counters, their cases.

Every act goes through the program's own use cases under a fresh command key. What a person was told goes
into `Told`; a person who was told nothing (killed, no answer, disk full) may press once more under the same
key. Not here: what the program should have made of it (`invariants`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from random import Random
from typing import Final

from counter_app.domain.intake.parties import Identity
from counter_app.domain.journal import Actor
from counter_app.domain.waiting.duty import DUTIES
from counter_app.domain.waiting.ticket import Ticket
from counter_app.errors import UserFacingError
from counter_app.use_cases.intake.inputs import PersonInput
from counter_app.use_cases.ports.centre import CentreAway
from counter_app.use_cases.ports.store import Reader
from counter_app.use_cases.waiting.requests import IssueTicket, TransferTo
from tests.simulation.machine import Machine

ITEMS: Final = ("B1", "B2", "C1", "W1", "F1")
ITEM_OF: Final = {"1": "B1", "2": "W1", "3": "B2", "5": "F1"}
CITIZENS: Final = (
    ("李秀英", "653101198908230263", "2", date(1989, 8, 23)),
    ("王建国", "110101196001010011", "1", date(1960, 1, 1)),
)
MOST_SEEN: Final = 20
GROUND: Final = ("pregnant", "seen")
PERSONS: Final = ("p1", "p2", "p3")
RETRIED: Final = ("store.full", "store.busy", "centre.away", "centre.busy")


@dataclass
class Told:
    """One act whose person was told that it is done; `done` says what, for the trace."""

    machine: str
    device: str
    key: str
    done: str


@dataclass
class Unsure:
    """An act whose person was told nothing; `again` presses the same key once more."""

    key: str
    what: str
    again: Callable[[], str]


@dataclass
class People:
    """Everybody in the hall. `note` writes the trace."""

    chance: Random
    note: Callable[[str], None]
    run: str
    told: list[Told] = field(default_factory=list)
    unsure: dict[str, list[Unsure]] = field(default_factory=dict)
    cases: list[str] = field(default_factory=list)
    _keys: int = 0

    def key(self) -> str:
        self._keys += 1
        return f"{self.run}-{self._keys}"

    def act_on(self, machine: Machine) -> None:
        """Somebody does something on this machine, or tries once more what gave no answer."""
        waiting = self.unsure.get(machine.name)
        if waiting and self.chance.random() < 0.8:
            again = waiting.pop()
            self.try_act(machine, again.key, again.what + " again", again.again)
            return
        if machine.role == "kiosk":
            self._issue(machine, Actor("kiosk", "kiosk-1"), "kiosk")
        elif machine.counter:
            self._at_counter(machine)

    def issue_at(self, machine: Machine) -> None:
        """Somebody takes a ticket at a counter."""
        self._issue(machine, machine.actor, "counter")

    def try_act(self, machine: Machine, key: str, what: str, act: Callable[[], str]) -> None:
        """Do it; remember what was told, and what was not. `Killed` goes on to whoever mends machines."""
        self.note(f"{machine.name}: {what} [{key}]")
        unsure, answered = self.unsure.setdefault(machine.name, []), False
        try:
            done = act()
            answered = True
        except CentreAway as away:
            self.note(f"  no answer: {away}")
            return
        except UserFacingError as error:
            self.note(f"  refused: {error.code}")
            answered = error.code not in RETRIED
            return
        finally:
            if not answered:
                unsure.append(Unsure(key, what.removesuffix(" again"), act))
        if done:
            self.told.append(Told(machine.name, machine.code, key, f"{what}: {done}"))
            self.note(f"  told: {done}")
            if self.chance.random() < 0.08:
                self._press_twice(key, done, act)

    def _press_twice(self, key: str, done: str, act: Callable[[], str]) -> None:
        """An impatient person gets the same answer again, or none."""
        try:
            again = act()
        except (CentreAway, UserFacingError) as error:
            self.note(f"  pressed twice: {error}")
            return
        assert again == done, f"[{key}] gave {done}, and then {again}"

    # -- at the kiosk

    def _issue(self, machine: Machine, actor: Actor, channel: str) -> None:
        chance = self.chance
        person = chance.choice(PERSONS) if chance.random() < 0.15 else None
        elder = "elder" if chance.random() < 0.15 else None
        item = chance.choice(ITEMS)
        asked = IssueTicket(
            items=(item,),
            channel="kiosk" if channel == "kiosk" else "counter",
            priority=elder,
            priority_reason="age" if elder else "",
            person=person,
        )
        key = self.key()

        def done() -> str:
            made = machine.waiting.issue_ticket(actor, key, asked)
            return f"{made.number} {made.ticket}"

        self.try_act(machine, key, f"issue {item}", done)

    # -- at a counter

    def _at_counter(self, machine: Machine) -> None:
        actor = machine.actor
        with machine.store.reading() as reader:
            here = reader.waiting.at_counter(machine.counter)
            now = next((ticket for ticket in here if ticket.state in ("called", "serving")), None)
            held = [ticket for ticket in here if ticket.state == "held"]
            waits = _some_waiting(reader, self.chance)
            paused = _paused(reader, machine.counter)
        roll = self.chance.random()
        if paused:
            self._simply(machine, "resume the counter", lambda key: machine.counters.resume(actor, key))
        elif roll < 0.1:
            self._issue(machine, actor, "counter")
        elif roll < 0.33:
            self._case_step(machine, actor, now)
        elif now is not None:
            self._with(machine, actor, now)
        elif held and roll < 0.45:
            ticket = self.chance.choice(held).id
            self._simply(machine, "resume", lambda key: machine.waiting.resume(actor, key, ticket))
        elif waits is not None and roll < 0.5:
            self._with_waiting(machine, actor, waits)
        elif roll < 0.51:
            self._settle(machine, actor)
        elif roll < 0.52:
            self._simply(machine, "pause", lambda key: machine.counters.pause(actor, key, "tea"))
        elif roll < 0.53:
            self._simply(machine, "close", lambda key: machine.counters.close(actor, key))
        else:
            self._call_next(machine, actor)

    def _simply(self, machine: Machine, what: str, act: Callable[[str], object]) -> None:
        key = self.key()

        def done() -> str:
            act(key)
            return "done"

        self.try_act(machine, key, what, done)

    def _call_next(self, machine: Machine, actor: Actor) -> None:
        key = self.key()

        def done() -> str:
            called = machine.waiting.call_next(actor, key)
            return f"{called.number} {called.id}" if called else ""

        self.try_act(machine, key, "call next", done)

    def _with(self, machine: Machine, actor: Actor, ticket: Ticket) -> None:
        """Something with the ticket in hand."""
        id, state = ticket.id, ticket.state
        to_counter, to_line = TransferTo("counter", "2"), TransferTo("line", "A")
        acts: list[tuple[str, Callable[[str], object]]] = [
            ("finish", lambda key: machine.waiting.finish(actor, key, id)),
            ("finish", lambda key: machine.waiting.finish(actor, key, id)),
            ("hold", lambda key: machine.waiting.hold(actor, key, id, "fetches a copy")),
            ("add matter", lambda key: machine.waiting.add_matter(actor, key, id, "B1")),
            (
                "transfer to 2",
                lambda key: machine.waiting.transfer(actor, key, id, to_counter, "2"),
            ),
            (
                "transfer to A",
                lambda key: machine.waiting.transfer(actor, key, id, to_line, "A"),
            ),
        ]
        if state == "called":
            acts += [
                ("start", lambda key: machine.waiting.start(actor, key, id)),
                ("start", lambda key: machine.waiting.start(actor, key, id)),
                ("start", lambda key: machine.waiting.start(actor, key, id)),
                ("no show", lambda key: machine.waiting.no_show(actor, key, id)),
                ("take back", lambda key: machine.waiting.take_back(actor, key, id)),
                ("recall", lambda key: machine.waiting.recall(actor, key, id)),
            ]
        else:
            acts += [
                ("next matter", lambda key: machine.waiting.next_matter(actor, key, id)),
                ("give up", lambda key: machine.waiting.give_up(actor, key, id)),
            ]
        what, act = self.chance.choice(acts)
        self._simply(machine, f"{what} {ticket.number}", act)

    def _with_waiting(self, machine: Machine, actor: Actor, ticket: Ticket) -> None:
        """Something with a ticket of the line that nobody called."""
        id, number = ticket.id, ticket.number
        acts: list[tuple[str, Callable[[str], object]]] = [
            (f"call {number}", lambda key: machine.waiting.call_number(actor, key, number, "asked")),
            (f"call {number}", lambda key: machine.waiting.call_number(actor, key, number, "asked")),
            (f"void {number}", lambda key: machine.waiting.void(actor, key, id, "taken twice")),
            (f"give up {number}", lambda key: machine.waiting.give_up(actor, key, id)),
            (
                f"priority {number}",
                lambda key: machine.waiting.give_priority(actor, key, id, *GROUND),
            ),
        ]
        if ticket.state == "no_show":
            acts = [(f"return {number}", lambda key: machine.waiting.return_after_no_show(actor, key, id))]
        self._simply(machine, *self.chance.choice(acts))

    def _settle(self, machine: Machine, actor: Actor) -> None:
        """A clerk answers what was asked about a conflict."""
        open_ones = machine.hall.open_conflicts()
        if open_ones:
            id = self.chance.choice(open_ones).id
            self._simply(
                machine, f"settle {id}", lambda key: machine.hall.settle(actor, key, id, "spoken", "told")
            )

    # -- cases

    def _case_step(self, machine: Machine, actor: Actor, ticket: Ticket | None) -> None:
        """The next step of some case: open, person, item, decision with its papers; any counter may do it."""
        cases = self.cases
        if not cases or (len(cases) < 3 and self.chance.random() < 0.4):
            key = self.key()

            def opened() -> str:
                case = machine.intake.open_case(actor, key, ticket.id if ticket else None)
                if case not in cases:
                    cases.append(case)
                return case

            self.try_act(machine, key, "open case", opened)
            return
        case = self.chance.choice(cases)
        with machine.store.reading() as reader:
            state = machine.case(reader, case)
        if state is None:
            return  # it has not come here yet
        if not state.open:
            if self.chance.random() < 0.5 and case in cases:
                cases.remove(case)
        elif not state.draft.persons:
            name, number, sex, birth = self.chance.choice(CITIZENS)
            typed = PersonInput.typed(Identity(name=name, number=number, sex=sex, birth=birth))
            self._simply(
                machine,
                f"person in {case}",
                lambda key: machine.intake.record_person(actor, key, case, "applicant", typed),
            )
        elif not state.draft.item:
            item = ITEM_OF.get(machine.counter, "B1")
            self._simply(
                machine, f"item of {case}", lambda key: machine.intake.choose_item(actor, key, case, item)
            )
        elif self.chance.random() < 0.3:
            self._simply(
                machine, f"note on {case}", lambda key: machine.intake.note(actor, key, case, "called back")
            )
        else:
            outcome: Final = "accept" if self.chance.random() < 0.5 else "grant"
            self._simply(
                machine, f"{outcome} {case}", lambda key: machine.intake.decide(actor, key, case, outcome)
            )


def _some_waiting(reader: Reader, chance: Random) -> Ticket | None:
    """A ticket that waits or was missed, as this machine sees the hall."""
    day = reader.now.date().isoformat()
    waits = [ticket for ticket in reader.waiting.open_tickets(MOST_SEEN) if ticket.state == "waiting"]
    tickets = [*waits, *reader.waiting.missed(day, MOST_SEEN)]
    return chance.choice(sorted(tickets, key=lambda ticket: ticket.id)) if tickets else None


def _paused(reader: Reader, counter: str) -> bool:
    duty = reader.get(DUTIES, counter)
    return duty is not None and duty.state == "paused"
