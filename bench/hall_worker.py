"""Some machines of the busy hall in a process of their own.

`python -m bench.hall_worker FOLDER URL CERTIFICATE KIND CODES SECONDS PACE`: says `ready` when all are there,
begins at a line on stdin, works for so many seconds, then says what happened, a line each: `called TICKET AT`
(when a clerk pressed the key), `shown TICKET AT` (when the display had it), `issued`, `case`, `away` (no
answer in time), `refused CODE`. Times are of the monotonic clock, which all processes share. PACE: seconds
from one citizen to the next at a counter, or at the kiosk.
"""

from __future__ import annotations

import sys
import threading
import time
import uuid
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from random import Random
from typing import Final

from bench.hall_setup import CLOCK, FullMachine, full_machine
from counter_app.domain.centre.facts import TicketGranted
from counter_app.domain.intake.facts import CaseOpened, NoteWritten
from counter_app.domain.journal import Actor, read
from counter_app.domain.waiting.facts import ServingStarted, TicketCalled, TicketFinished
from counter_app.domain.waiting.fold import TICKETS
from counter_app.errors import UserFacingError
from counter_app.use_cases.ports.centre import CentreAway, Claim, Granted
from counter_app.use_cases.waiting.requests import IssueTicket
from tests.simulation.machine import key_of
from tests.support.centres import HALL, Sender
from tests.support.many_counters import Hub

ITEMS: Final = ("B1", "C1", "W1", "F1")
WITH_CASE: Final = 0.4
IDLE_SECONDS: Final = 1.0
AWAY_SECONDS: Final = 5.0  # who found the centre away does not ask again for so long, as in the program
LOOK_SECONDS: Final = 0.004


class Work:
    """What all machines of this process write to, and when they end."""

    def __init__(self, seconds: float, pace: float) -> None:
        self.pace = pace
        self.seconds = seconds
        self.ends = 0.0
        self.said: list[str] = []

    def over(self) -> bool:
        return time.monotonic() > self.ends

    def say(self, word: str, ticket: str = "", at: float = 0.0) -> None:
        self.said.append(f"{word} {ticket} {at:.6f}" if ticket else word)

    def rest(self, chance: Random, share: float) -> None:
        """A part of the time a citizen takes, more or less."""
        time.sleep(self.pace * share * chance.uniform(0.6, 1.4))


def full_counter(machine: FullMachine, code: str, work: Work) -> None:
    """A clerk at a window: call, serve, perhaps a case, finish."""
    chance, actor = Random(code), Actor(f"w{code}", str(int(code)))
    work.rest(chance, chance.random())
    while not work.over():
        pressed = time.monotonic()
        try:
            ticket = machine.waiting.call_next(actor, uuid.uuid4().hex)
            if ticket is None:
                time.sleep(IDLE_SECONDS)
                continue
            work.say("called", ticket.id, pressed)
            work.rest(chance, 0.2)
            machine.waiting.start(actor, uuid.uuid4().hex, ticket.id)
            if chance.random() < WITH_CASE:
                case = machine.intake.open_case(actor, uuid.uuid4().hex, ticket.id)
                machine.intake.note(actor, uuid.uuid4().hex, case, "材料齐全")
                work.say("case")
            work.rest(chance, 0.7)
            machine.waiting.finish(actor, uuid.uuid4().hex, ticket.id)
        except UserFacingError as error:
            work.say(f"refused {error.code}")
            time.sleep(IDLE_SECONDS)


def light_counter(sender: Sender, work: Work) -> None:
    """A counter that claims, is woken and sends its acts; it keeps no rows."""
    chance = Random(sender.device)
    place = sender.centre.wait(0, 0)
    ends = time.monotonic() + work.pace * chance.random()
    while not work.over():
        place = _woken_until(sender, place, ends)
        try:
            place = _one_citizen(sender, place, chance, work)
        except CentreAway:
            work.say("away")
            time.sleep(AWAY_SECONDS)
        except UserFacingError as error:
            work.say(f"refused {error.code}")
        ends = time.monotonic() + IDLE_SECONDS


def _woken_until(sender: Sender, place: int, ends: float) -> int:
    """It hears of every act in the hall, as a counter does."""
    while (left := ends - time.monotonic()) > 0:
        try:
            place = max(place, sender.centre.wait(place, left))
        except CentreAway:
            time.sleep(min(left, AWAY_SECONDS))
    return place


def _one_citizen(sender: Sender, place: int, chance: Random, work: Work) -> int:
    counter, staff = str(int(sender.device)), f"w{sender.device}"
    pressed = time.monotonic()
    granted = sender.centre.claim(Claim(uuid.uuid4().hex, counter, staff, place))
    if not granted.ticket:
        return place
    grant = _grant(granted)
    ticket = granted.ticket
    sender.act(
        TicketCalled(
            ticket=ticket, line=grant.line, counter=counter, staff=staff, queue=grant.queue, rule=grant.rule,
            grant=granted.grant,
        ),
        key=uuid.uuid4().hex,
    )  # fmt: skip
    sender.push()
    work.say("called", ticket, pressed)
    place = _woken_until(sender, place, time.monotonic() + work.pace * 0.2)
    sender.act(ServingStarted(ticket=ticket, counter=counter), key=uuid.uuid4().hex)
    if chance.random() < WITH_CASE:
        case = sender.next_id
        sender.act(CaseOpened(case=case, ticket=ticket), key=uuid.uuid4().hex)
        sender.act(NoteWritten(case=case), key=uuid.uuid4().hex, private={"text": "材料齐全".encode()})
        work.say("case")
    sender.push()
    place = _woken_until(sender, place, time.monotonic() + work.pace * 0.7 * chance.uniform(0.6, 1.4))
    sender.act(TicketFinished(ticket=ticket, counter=counter, staff=staff), key=uuid.uuid4().hex)
    sender.push()
    return place


def _grant(granted: Granted) -> TicketGranted:
    events = (read(event.data, None, event.hall_seq) for event in reversed(granted.tail.events))
    fact = next(event.fact for event in events if event.id == granted.grant)
    if not isinstance(fact, TicketGranted):
        raise TypeError(f"{granted.grant} is no grant")
    return fact


def kiosk(machine: FullMachine, work: Work) -> None:
    """Citizens come at an even pace."""
    chance, actor = Random("kiosk"), Actor("kiosk", "kiosk-1")
    due = time.monotonic()
    while not work.over():
        asked = IssueTicket(items=(chance.choice(ITEMS),), channel="kiosk")
        try:
            machine.waiting.issue_ticket(actor, uuid.uuid4().hex, asked)
            work.say("issued")
        except UserFacingError as error:
            work.say(f"refused {error.code}")
        due += work.pace
        time.sleep(max(0.0, due - time.monotonic()))


def display(machine: FullMachine, work: Work) -> None:
    """What the screen would show: each called ticket as soon as its row is there."""
    shown: set[str] = set()
    last = machine.store.last_change()
    while not work.over():
        if not machine.store.changed():
            time.sleep(LOOK_SECONDS)
            continue
        changes = machine.store.changes_since(last)
        last = changes[-1].id if changes else last
        ids = {change.subject.partition(":")[2] for change in changes if change.subject.startswith("ticket:")}
        with machine.store.reading() as reader:
            for id in ids - shown:
                ticket = reader.get(TICKETS, id)
                if ticket is not None and ticket.calls:
                    shown.add(id)
                    work.say("shown", id, time.monotonic())


def main(folder: Path, url: str, certificate: Path, kind: str, codes: str, seconds: str, pace: str) -> None:
    work = Work(float(seconds), float(pace))
    hub = Hub(url, certificate.read_bytes())
    with ExitStack() as held:
        threads = [
            threading.Thread(target=_begun(kind, code, folder, hub, work, held)) for code in codes.split(",")
        ]
        print("ready", flush=True)
        sys.stdin.readline()
        work.ends = time.monotonic() + work.seconds
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    print("\n".join(work.said), flush=True)


def _begun(kind: str, code: str, folder: Path, hub: Hub, work: Work, held: ExitStack) -> Callable[[], None]:
    """The machine, ready to work."""
    if kind == "light":
        sender = Sender(hub.line(code), code, key_of(code), CLOCK, HALL)
        held.callback(sender.centre.close)
        sender.greet()
        return lambda: light_counter(sender, work)
    machine = held.enter_context(full_machine(code, "counter" if kind == "full" else kind, folder, hub))
    if kind == "full":
        return lambda: full_counter(machine, code, work)
    return lambda: (kiosk if kind == "kiosk" else display)(machine, work)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]), *sys.argv[4:])
