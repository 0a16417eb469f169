"""Machines of one hall around a centre in process: each its own store, journal, line and windows' use cases.

`Machine.sync` is the plainest exchange that can be: everything out, everything in. What the keeper does all
day is tested elsewhere. A line can be cut (`net.cut`) and can answer too late (`net.late`).
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any, cast

from counter_app.domain.centre.order import batch_digest
from counter_app.domain.journal import Actor
from counter_app.domain.waiting.rules import rules_of
from counter_app.lanes import InlineRunner, Runner
from counter_app.store.journal import SqliteJournal
from counter_app.store.passwords import ArgonPins, PinCost
from counter_app.use_cases.access.access import Access, Shift
from counter_app.use_cases.access.credentials import Credentials
from counter_app.use_cases.centre.service import CentreService
from counter_app.use_cases.ports.centre import Batch, Centre, CentreAway
from counter_app.use_cases.sync.hall import HallCentre
from counter_app.use_cases.sync.link import CentreLink
from counter_app.use_cases.sync.neighbours import keep_neighbours
from counter_app.use_cases.sync.state import CentreState, note_state
from counter_app.use_cases.waiting.day_close import DayClose
from counter_app.use_cases.waiting.duty import Counters, Shifts
from counter_app.use_cases.waiting.kiosk import KioskDesk
from counter_app.use_cases.waiting.queries import WaitingQueries
from counter_app.use_cases.waiting.requests import IssuedTicket, IssueTicket
from counter_app.use_cases.waiting.waiting import Waiting
from tests.support.centres import HALL, REFERENCE, enrolled, hello_of, publish_hall
from tests.support.clock import HandClock
from tests.support.intake_hall import citizens, person_hash, plan
from tests.support.stores import open_store

KEEPER = Actor("keeper")


class Net:
    """A `Centre` behind a line that can be cut, lose answers, or answer late."""

    def __init__(self, centre: Centre) -> None:
        self._centre = centre
        self.cut = False
        self.lost = 0  # so many answers never come, though what was asked is done
        self.late = 0.0  # real seconds until the answer comes
        self.asked: list[str] = []
        self.then: tuple[str, Callable[[], None]] | None = None  # once this was asked, do that (once)

    def __getattr__(self, name: str) -> Callable[..., Any]:
        def ask(*given: Any, **named: Any) -> Any:
            self.asked.append(name)
            if self.cut and name != "close":
                raise CentreAway
            time.sleep(self.late)
            answer = getattr(self._centre, name)(*given, **named)
            if self.then is not None and self.then[0] == name:
                then, self.then = self.then[1], None
                then()
            if self.lost:
                self.lost -= 1
                raise CentreAway
            return answer

        return ask


class Machine:
    """One device with its windows' use cases; `staffed`: its clerks' training PINs are set."""

    def __init__(
        self,
        folder: Path,
        service: CentreService,
        device: str,
        clock: HandClock,
        *,
        role: str = "counter",
        staffed: bool = True,
        runner: Runner | None = None,
    ) -> None:
        folder.mkdir()
        line, self._device_key = enrolled(service, device, role)
        self.device, self.clock, self.folder = device, clock, folder
        self.net = Net(line)
        self.centre = cast(Centre, self.net)
        self.store = open_store(folder, clock, device=device)
        self.journal = SqliteJournal(self.store)
        self.link = CentreLink(
            lambda: self.centre, self.store, SqliteJournal(self.store), clock, runner=runner or InlineRunner()
        )
        self.waiting = Waiting(self.store, REFERENCE, None, self.link)
        self.views = WaitingQueries(self.store, REFERENCE)
        self.counters = Counters(self.store, REFERENCE)
        self.shifts = Shifts(self.store, REFERENCE)
        self.closing = DayClose(self.store, REFERENCE, self.link)
        self.desk = KioskDesk(self.store, REFERENCE, person_hash)
        self.hall = HallCentre(self.store, self.link)
        self._credentials = Credentials(self.store, ArgonPins(PinCost(time=1, memory_kib=64, lanes=1)))
        self.access = Access(self.store, REFERENCE, self._credentials)
        self._keys = 0
        self._greet()
        self.sync()
        if staffed:
            for member in plan().staff:
                self._credentials.set_pin(KEEPER, self.key(), member.badge, member.training_pin)
            self.sync()

    def key(self) -> str:
        self._keys += 1
        return f"{self.device}-{self._keys}"

    def _greet(self) -> None:
        welcome = self.centre.hello(hello_of())
        self.journal.keep_welcome(welcome.token, welcome.centre)

    def sync(self) -> None:
        """Everything out, everything in; and the note of how that went."""
        try:
            self._push()
            self._pull()
        except CentreAway:
            self._note("cut_off")
        else:
            self._note("in_step")

    def _push(self) -> None:
        while True:
            at = self.journal.standing()
            events = self.journal.outbox(at.epoch, at.acked, 500)
            if not events:
                return
            hashes = (sha256(event.data).hexdigest() for event in events)
            message = batch_digest(HALL, self.device, at.epoch, hashes)
            ack = self.centre.push(Batch(at.epoch, events, self._device_key.sign(message)))
            assert ack.state == "ok", ack
            self.journal.acked(at.epoch, ack.seq)

    def _pull(self) -> None:
        while True:
            at = self.journal.standing()
            pulled = self.centre.pull(at.pulled, at.secrets)
            self.journal.take_in(pulled)
            if pulled.last >= pulled.head:
                return

    def _note(self, state: str) -> None:
        at = self.journal.standing()
        now = self.clock.now().isoformat(timespec="milliseconds")
        with self.store.reading() as reader:
            note = reader.note("centre/state")
        before = CentreState("alone") if note is None else self.hall.state()
        if state == "in_step":
            noted = CentreState("in_step", now, at.unsent, at.oldest_unsent, now, now, at.pulled)
        else:
            noted = replace(before, state="cut_off", unsent=at.unsent, oldest_unsent=at.oldest_unsent)
        self.store.act(KEEPER, "", lambda tx: note_state(tx, noted))

    def look_around(self) -> None:
        """What the keeper notes of the hall's other machines now and then."""
        told = self.centre.devices()
        self.store.act(KEEPER, "", lambda tx: keep_neighbours(tx, told))

    def log_in(self, badge: str, counter: str) -> Shift:
        member = plan().member(badge)
        assert member is not None
        shift = self.access.log_in(badge, member.training_pin, counter, self.key())
        self.counters.open(shift.actor, self.key())
        return shift

    def ticket(self, who: str, *items: str) -> IssuedTicket:
        """A ticket by ID card at a kiosk."""
        document = citizens()[who]
        assert document.birth is not None
        elder = rules_of(plan().settings).is_elder(document.birth, self.clock.now().date())
        request = IssueTicket(
            items=items, priority="elder" if elder else None, person=person_hash(document.number)
        )
        return self.waiting.issue_ticket(Actor("kiosk", f"kiosk-{self.device}"), self.key(), request)

    def close(self) -> None:
        self.link.close()
        self.store.close()


class ManyMachines:
    """A centre, two counters and a kiosk, all in step."""

    def __init__(self, folder: Path, service: CentreService, clock: HandClock) -> None:
        self.service, self.clock = service, clock
        publish_hall(service, items=True)
        self.three = Machine(folder / "three", service, "3", clock)
        self.two = Machine(folder / "two", service, "2", clock)
        self.kiosk = Machine(folder / "kiosk", service, "Z1", clock, role="kiosk", staffed=False)
        self.machines = [self.three, self.two, self.kiosk]
        self.sync()

    def sync(self) -> None:
        """Everybody sends, then everybody hears."""
        for _ in range(2):
            for machine in self.machines:
                machine.sync()

    def close(self) -> None:
        for machine in self.machines:
            machine.close()
        self.service.close()
