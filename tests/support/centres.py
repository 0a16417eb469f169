"""A hall's centre in process, its devices and their keys, and chains of events made by hand.

`open_centre` is the real service on SQLite. `Sender` writes a device's events as its journal would seal them
and pushes them; what a device keeps is not its business (`stores.py`).
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from counter_app.catalogue_files.codec import JsonCodec
from counter_app.domain.centre.order import NO_ROOT, RULE_VERSION, batch_digest
from counter_app.domain.journal import GENESIS, Actor, Envelope, Fact, part_digest
from counter_app.domain.streams import Published
from counter_app.domain.time.calendar import CALENDAR_YEARS, read_years
from counter_app.i18n import RESOURCES
from counter_app.keys.signing import DeviceKey, verify
from counter_app.store.centre.centre_store import CoreCentreStore
from counter_app.store.centre.sqlite import SqliteCentre
from counter_app.use_cases.centre.needs import CentreNeeds
from counter_app.use_cases.centre.publishing import kinds_of, publication
from counter_app.use_cases.centre.service import CentreService
from counter_app.use_cases.ports.centre import Ack, Batch, Centre, Hello, SealedEvent, SealedPart, Welcome
from counter_app.use_cases.ports.centre_store import CentreStore
from counter_app.use_cases.ports.clock import Clock
from counter_app.use_cases.reference import HALLS, HERE, PublishedReference, catalogue_rows
from tests.support.clock import HandClock
from tests.support.intake_hall import catalogue, plan

HALL: Final = "南环"
CENTRE: Final = "C"
STORE_KEY: Final = bytes(range(32))
HALL_KEY: Final = bytes(range(32, 64))
CENTRE_KEY: Final = DeviceKey(b"the centre's seed of 32 bytes ..")
REFERENCE: Final = PublishedReference(JsonCodec())
SALT: Final = b"sixteen bytes..."


def centre_needs(clock: Clock, entropy: Callable[[int], bytes] = os.urandom) -> CentreNeeds:
    return CentreNeeds(
        clock=clock,
        entropy=entropy,
        verify=verify,
        sign=CENTRE_KEY.sign,
        kinds=kinds_of(REFERENCE),
        boot="test",
    )


def open_store(folder: Path, clock: Clock | None = None, hall: str = HALL) -> CoreCentreStore:
    """The centre's store of `folder`; opened twice, two processes could do so."""
    dialect = SqliteCentre(folder / "centre.db", STORE_KEY)
    return CoreCentreStore(dialect, hall=hall, centre=CENTRE, hall_key=HALL_KEY, clock=clock or HandClock())


def serving(
    store: CentreStore, clock: Clock | None = None, entropy: Callable[[int], bytes] = os.urandom
) -> CentreService:
    """The centre over any store; pass the clock the store has."""
    return CentreService(store, centre_needs(clock or HandClock(), entropy))


def open_centre(
    folder: Path, clock: Clock | None = None, entropy: Callable[[int], bytes] = os.urandom
) -> CentreService:
    """The centre of `folder` on SQLite; close it at the end."""
    clock = clock or HandClock()
    return serving(open_store(folder, clock), clock, entropy)


def device_key(device: str) -> DeviceKey:
    """Always the same key for a device."""
    return DeviceKey(sha256(f"key of {device}".encode()).digest())


def enrolled(service: CentreService, device: str, role: str = "counter") -> tuple[Centre, DeviceKey]:
    """Invite and enrol a device; gives its line and its key."""
    code = service.enrolling.invite(device, role, f"machine {device}", 30, "1001")
    key = device_key(device)
    service.enrol(code, key.public)
    return service.line(device), key


def publish_hall(service: CentreService, *, items: bool = False) -> None:
    """The demo hall's plan and calendar; with `items` the whole catalogue, which takes a moment."""
    years = read_years((RESOURCES / "calendar" / "cn.json").read_text(encoding="utf-8"))
    rows: list[tuple[Published[Any], Mapping[str, Any], bool]] = [
        (HALLS, {HERE: plan()}, False),
        (CALENDAR_YEARS, years, False),
    ]
    if items:
        rows.extend(catalogue_rows(REFERENCE, catalogue()))
    with service.store.deciding() as tx:
        for kind, bodies, whole in rows:
            made = publication(kind, bodies, key=f"demo-{kind.kind}", staff="1001", replace=whole)
            tx.publish(made.kind, made.rows, replace=whole, staff="1001", key=made.key)


def hello_of(epoch: int = 1, seq: int = 0, hashed: str = GENESIS, token: str = "") -> Hello:
    """How a device with this chain says hello; change the rest with `replace`."""
    return Hello(epoch, seq, hashed, token, 0, NO_ROOT, 0, "", "test", RULE_VERSION)


@dataclass
class Sender:
    """One device that seals facts into its chain and pushes what was not acknowledged."""

    centre: Centre
    device: str
    key: DeviceKey
    clock: Clock = field(default_factory=HandClock)
    hall: str = HALL
    epoch: int = 1
    seq: int = 0
    prev: str = GENESIS
    token: str = ""
    unsent: list[SealedEvent] = field(default_factory=list)

    @property
    def next_id(self) -> str:
        return f"{self.device}.{self.epoch}.{self.seq + 1}"

    def act(
        self, *facts: Fact, key: str = "", private: Mapping[str, bytes] | None = None, staff: str = "1002"
    ) -> str:
        """Write facts under one command key, the parts beside the first; gives the first one's id."""
        first = self.next_id
        for n, fact in enumerate(facts):
            self.unsent.append(self._seal(fact, key, n, (private or {}) if n == 0 else {}, staff))
        return first

    def _seal(self, fact: Fact, key: str, n: int, private: Mapping[str, bytes], staff: str) -> SealedEvent:
        now = self.clock.now()
        self.seq += 1
        envelope = Envelope(
            hall=self.hall,
            device=self.device,
            epoch=self.epoch,
            seq=self.seq,
            hlc=int(now.timestamp() * 1000) << 16,
            at=now.isoformat(timespec="milliseconds"),
            actor=Actor(staff, self.device),
            key=key,
            n=n,
            prev=self.prev,
        )
        digests = {slot: part_digest(SALT, data) for slot, data in private.items()}
        data, self.prev = envelope.seal(fact, digests)
        return SealedEvent(data, tuple(SealedPart(slot, SALT, body) for slot, body in private.items()))

    def batch(self, count: int = 500) -> Batch:
        """The oldest that wait, signed."""
        return self.signed(tuple(self.unsent[:count]))

    def signed(self, events: tuple[SealedEvent, ...]) -> Batch:
        """Any events as a batch of this device."""
        hashes = (sha256(event.data).hexdigest() for event in events)
        message = batch_digest(self.hall, self.device, self.epoch, hashes)
        return Batch(self.epoch, events, self.key.sign(message))

    def push(self) -> Ack:
        """Push all that waits; what was acknowledged waits no longer."""
        while True:
            sent = self.batch()
            ack = self.centre.push(sent)
            if ack.state != "ok":
                return ack
            del self.unsent[: len(sent.events)]
            if not self.unsent:
                return ack

    def greet(self) -> Welcome:
        """Say hello and keep the token."""
        welcome = self.centre.hello(hello_of(self.epoch, self.seq, self.prev, self.token))
        self.token = welcome.token
        return welcome

    def copy(self) -> Sender:
        """This disk, copied now."""
        return replace(self, unsent=list(self.unsent))


def sender(service: CentreService, device: str, role: str = "counter", clock: Clock | None = None) -> Sender:
    """An enrolled device that sends."""
    line, key = enrolled(service, device, role)
    return Sender(line, device, key, clock or HandClock(), service.hall)
