"""Counters and desks of one hall, each with a store of its own, around a real hub over real TLS.

`sync` is the plainest exchange there can be: everything out, everything in. A line can be cut.
"""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from counter_app.domain.catalogue.catalogue import Catalogue
from counter_app.domain.centre.conflicts import Conflict
from counter_app.domain.centre.order import batch_digest
from counter_app.store.journal import SqliteJournal
from counter_app.store.rooms import PROJECTIONS
from counter_app.use_cases.centre.publishing import publication
from counter_app.use_cases.centre.service import CentreService
from counter_app.use_cases.ports.centre import Batch
from counter_app.use_cases.reference import catalogue_rows
from counter_app.use_cases.sync.hall import HallCentre
from tests.support.casework_hall import CaseworkHall
from tests.support.centres import HALL, REFERENCE, enrolled, hello_of, open_centre, publish_hall
from tests.support.clock import HandClock
from tests.support.hubs import Key, RunningHub, ServiceDoor, client, start_hub

AROUND: Final = ("case", "handling", "clock", "fees", "delivery", "archive", "telling")


class HubMachine(CaseworkHall):
    """One enrolled machine; `role` counter or desk."""

    def __init__(
        self, folder: Path, service: CentreService, hub: RunningHub, clock: HandClock, device: str, role: str
    ) -> None:
        folder.mkdir()
        super().__init__(folder, clock, publish=False, device=device, alone=False)
        self.device, self.cut = device, False
        _, self._key_of = enrolled(service, device, role)
        seed = sha256(f"key of {device}".encode()).digest()
        self._line = client(hub, device, hall=HALL, sockets=False, key=Key(seed))
        self._journal = SqliteJournal(self.store)
        self.centre = HallCentre(self.store)
        welcome = self._line.hello(hello_of())
        self._journal.keep_welcome(welcome.token, welcome.centre)
        self.sync()

    def key(self) -> str:
        return f"{self.device}-{super().key()}"

    def sync(self) -> None:
        if not self.cut:
            self._push()
            self._pull()

    def _push(self) -> None:
        while True:
            at = self._journal.standing()
            events = self._journal.outbox(at.epoch, at.acked, 500)
            if not events:
                return
            hashes = (sha256(event.data).hexdigest() for event in events)
            message = batch_digest(HALL, self.device, at.epoch, hashes)
            ack = self._line.push(Batch(at.epoch, events, self._key_of.sign(message)))
            assert ack.state == "ok", ack
            self._journal.acked(at.epoch, ack.seq)

    def _pull(self) -> None:
        while True:
            at = self._journal.standing()
            pulled = self._line.pull(at.pulled, at.secrets)
            self._journal.take_in(pulled)
            if pulled.last >= pulled.head:
                return

    def conflicts(self) -> tuple[Conflict, ...]:
        return self.centre.open_conflicts()

    def close(self) -> None:
        self._line.close()
        super().close()


class HubHall:
    """A hub with two counters and a desk of the demo hall, all in step. Use it in a `with`."""

    def __init__(self, folder: Path) -> None:
        self.clock = HandClock()
        (folder / "centre").mkdir()
        self.service = open_centre(folder / "centre", self.clock)
        publish_hall(self.service, items=True)
        self.hub = start_hub(ServiceDoor(self.service), folder)
        self.three, self.two, self.desk = (
            HubMachine(folder / name, self.service, self.hub, self.clock, device, role)
            for name, device, role in (
                ("three", "3", "counter"),
                ("two", "2", "counter"),
                ("desk", "D", "desk"),
            )
        )

    def machine(self, folder: Path, device: str, role: str) -> HubMachine:
        return HubMachine(folder, self.service, self.hub, self.clock, device, role)

    @property
    def machines(self) -> tuple[HubMachine, ...]:
        return (self.three, self.two, self.desk)

    def publish(self, changed: Catalogue) -> None:
        """Another catalogue for the whole hall."""
        with self.service.store.deciding() as tx:
            for kind, bodies, whole in catalogue_rows(REFERENCE, changed):
                made = publication(kind, bodies, key=f"anew-{kind.kind}", staff="1001", replace=whole)
                tx.publish(made.kind, made.rows, replace=whole, staff="1001", key=made.key)
        self.sync()

    def agree(self, case: str) -> None:
        """Every machine has made the same of all that happened to this case, and nothing is unsound."""
        first, *others = (_made_of(machine, case) for machine in self.machines)
        assert first
        for other in others:
            assert other == first
        for machine in self.machines:
            report = machine.store.check()
            assert report.sound, report

    def sync(self) -> None:
        """Everybody sends, then everybody hears."""
        for _ in range(2):
            for machine in self.machines:
                machine.sync()

    def sweep(self, most: int = 30) -> None:
        """What the centre does by the clock, until its round is over; then everybody hears of it."""
        for _ in range(most):
            self.service.sweep()
        self.sync()

    def close(self) -> None:
        for machine in self.machines:
            machine.close()
        self.hub.stop()
        self.service.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _made_of(machine: HubMachine, case: str) -> dict[str, object]:
    """The folds of all subjects that the case's events name."""
    streams = {entry.stream.kind: entry.stream for entry in PROJECTIONS}
    with machine.store.reading() as reader:
        events = [event for kind in AROUND for event in reader.history(f"{kind}:{case}")]
        subjects = {subject for event in events for subject in event.subjects}
        return {
            subject: reader.get(streams[kind], subject.partition(":")[2])
            for subject in subjects
            if (kind := subject.partition(":")[0]) in streams
        }
