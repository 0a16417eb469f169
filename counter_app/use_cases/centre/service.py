"""The centre at work for one hall: lines to its devices, enrolment, and what it does by the clock.

In process it stands beside the store; the hub puts it on the network. Not here: the rules themselves, each in
its own module beside this one.
"""

from __future__ import annotations

from counter_app.domain.centre.order import RULE_VERSION
from counter_app.use_cases.centre import (
    by_clock,
    claims,
    day_totals,
    erasing,
    giving,
    greeting,
    housekeeping,
    leases,
    numbering,
    picturing,
    publishing,
    status,
    taking_in,
)
from counter_app.use_cases.centre.enrolling import Enrolling
from counter_app.use_cases.centre.giving import Snapshots
from counter_app.use_cases.centre.needs import WORKING, CentreNeeds, need_device, need_plain
from counter_app.use_cases.centre.plans import PublishedPlans, need_role
from counter_app.use_cases.centre.status import Contacts
from counter_app.use_cases.centre.wire import Enrolled
from counter_app.use_cases.ports.centre import (
    MOST_PULLED,
    Ack,
    Batch,
    Claim,
    DeviceStanding,
    Granted,
    Hello,
    Publication,
    Pulled,
    SnapshotPage,
    Welcome,
)
from counter_app.use_cases.ports.centre_store import CentreStore, DeviceRow

GIVEN_BACK = "given-back"


class CentreService:
    """One hall's centre. Threads share it."""

    def __init__(self, store: CentreStore, needs: CentreNeeds) -> None:
        self.store = store
        self.needs = needs
        self.plans = PublishedPlans()
        self.snapshots = Snapshots(store)
        self.contacts = Contacts()
        self.enrolling = Enrolling(store, needs.entropy)

    @property
    def hall(self) -> str:
        return self.store.hall

    def known(self, device: str) -> DeviceRow | None:
        """The enrolled device, revoked or not."""
        with self.store.reading() as reader:
            return reader.device(device)

    def line(self, device: str) -> CentreLine:
        """What this device may ask. Who calls has made sure that it is this device that asks."""
        return CentreLine(self, device)

    def enrol(self, code: str, public: bytes) -> Enrolled:
        """See `Enrolling.enrol`."""
        return self.enrolling.enrol(code, public)

    def devices(self) -> tuple[DeviceStanding, ...]:
        return status.devices(self.store, self.contacts)

    def wait(self, after: int, seconds: float) -> int:
        """The hall's newest place, as soon as it is beyond `after`, or after so many seconds."""
        return self.store.wait(after, seconds)

    def sweep(self) -> None:
        """What the centre does by the clock: call it about once a second."""
        with self.store.deciding(by_rules=False) as tx:
            head = tx.head()
            if head.rules <= RULE_VERSION:
                taking_in.catch_up(tx, head.hall_seq + 1)
                housekeeping.sweep(tx, self.needs.tick(), self.contacts.place)
                by_clock.step(tx, self.needs.kinds)
        if erasing.is_quiet(self.needs.clock.now()):
            self.store.rewrite()

    def close(self) -> None:
        self.store.close()


class CentreLine:
    """`Centre` for one device, in process."""

    def __init__(self, service: CentreService, device: str) -> None:
        self._service = service
        self._store = service.store
        self._needs = service.needs
        self._device = device

    def _seen(self, pulled: int = 0) -> None:
        self._service.contacts.seen(self._device, self._needs.clock.now(), pulled)

    def hello(self, hello: Hello) -> Welcome:
        return greeting.hello(self._store, self._needs, self._device, hello)

    def push(self, batch: Batch) -> Ack:
        ack = taking_in.push(self._store, self._needs, self._device, batch)
        self._seen()
        return ack

    def pull(self, after: int, secrets: int = 0, limit: int = MOST_PULLED) -> Pulled:
        pulled = giving.pull(self._store, self._device, after, secrets, limit)
        self._seen(min(after, pulled.head))
        return pulled

    def wait(self, after: int, seconds: float) -> int:
        with self._store.reading() as reader:
            need_device(reader, self._device)
        return self._store.wait(after, seconds)

    def chain(self, epoch: int, after: int, limit: int = 5000) -> tuple[tuple[int, str], ...]:
        return giving.chain(self._store, self._device, epoch, after, limit)

    def snapshot(self, page: int = 0) -> SnapshotPage:
        return self._service.snapshots.page(self._device, page)

    def claim(self, claim: Claim) -> Granted:
        need_plain(claim.key, claim.counter, claim.staff)
        with self._store.deciding() as tx:
            row = need_device(tx, self._device)
            grant, ticket = claims.claim(tx, self._service.plans, row, claim, self._needs.tick())
        tail = giving.pull(self._store, self._device, claim.pulled, claim.secrets, MOST_PULLED)
        self._seen(min(claim.pulled, tail.head))
        return Granted(grant, ticket, tail)

    def give_back(self, grant: str) -> None:
        need_plain(grant)
        with self._store.deciding() as tx:
            need_device(tx, self._device)
            claims.give_back(tx, self._device, grant, GIVEN_BACK)

    def lease(self, counter: str, staff: str) -> int:
        need_plain(counter, staff)
        with self._store.deciding() as tx:
            row = need_device(tx, self._device)
            return leases.lease(tx, self._service.plans, row, counter, staff, self._needs.tick())

    def numbers(self, letter: str, day: str) -> int:
        need_plain(letter, day)
        with self._store.deciding() as tx:
            return numbering.lease_numbers(tx, need_device(tx, self._device), letter, day)

    def publish(self, publication: Publication) -> int:
        return publishing.publish(self._store, self._needs, self._device, publication)

    def keep_secret(self, name: str, body: bytes) -> None:
        publishing.keep_secret(self._store, self._device, name, body)

    def close_day(self, key: str, day: str, staff: str) -> int:
        need_plain(key, day, staff)
        with self._store.deciding() as tx:
            need_role(need_device(tx, self._device), WORKING)
            return day_totals.close_day(tx, self._needs.sign, key, day, staff)

    def picture_wanted(self, digest: str) -> int:
        return picturing.wanted(self._store, self._device, digest)

    def send_piece(self, digest: str, at: int, data: bytes) -> int:
        return picturing.take_piece(self._store, self._device, digest, at, data)

    def picture_piece(self, digest: str, at: int) -> bytes:
        return picturing.piece(self._store, self._device, digest, at)

    def devices(self) -> tuple[DeviceStanding, ...]:
        with self._store.reading() as reader:
            need_device(reader, self._device)
        return self._service.devices()

    def close(self) -> None:
        """Nothing to let go: the service keeps the store."""
