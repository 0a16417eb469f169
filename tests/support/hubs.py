"""A real hub on a free port, in a thread, with real TLS; and a plain hall in memory to put behind it.

`MemoryHall` keeps what it is sent and answers simply: it is there for tests of the wire, TLS and sessions.
What a centre decides is tested with the real service (`centres.py`).
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from counter_app.domain.centre.invitation import InvitationText
from counter_app.domain.centre.order import NO_ROOT, next_root
from counter_app.domain.journal import GENESIS
from counter_app.errors import UserFacingError
from counter_app.hub.hall import HubHall
from counter_app.hub.limits import Limits
from counter_app.hub.serve import serve
from counter_app.hub.tls import HubTls
from counter_app.sync.hub_centre import HubCentre, Times, Who
from counter_app.sync.waking import HubWaking
from counter_app.use_cases.centre.service import CentreService
from counter_app.use_cases.centre.wire import Enrolled
from counter_app.use_cases.ports.centre import (
    MOST_PULLED,
    Ack,
    Batch,
    Centre,
    Claim,
    DeviceStanding,
    Granted,
    Hello,
    OrderedEvent,
    Publication,
    Pulled,
    Secret,
    SnapshotPage,
    Welcome,
)
from counter_app.use_cases.ports.centre_store import DeviceRow

PASSPHRASE = bytes(range(32))
HALL = "南环"
PATIENT = Times(connect=5.0, quick=10.0, hello=20.0, bulk=60.0)  # for tests that are not about time
QUICK = Limits(
    handshake_seconds=1.0, head_seconds=0.6, body_seconds=0.6, answer_seconds=20.0, enrol_seconds=0.02,
    stop_seconds=5, beat_seconds=0.5, wake_gap=0.01,
)  # fmt: skip


@dataclass(frozen=True)
class Key:
    """A device's key."""

    seed: bytes

    @property
    def _key(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self.seed)

    @property
    def public(self) -> bytes:
        return self._key.public_key().public_bytes_raw()

    def sign(self, data: bytes) -> bytes:
        return self._key.sign(data)


def key_of(device: str) -> Key:
    return Key(sha256(device.encode()).digest())


@dataclass
class MemoryHall:
    """`HubHall` in memory. `asked` lists every call that reached it."""

    hall: str = HALL
    training: bool = False
    rows: dict[str, DeviceRow] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)
    order: list[OrderedEvent] = field(default_factory=list)
    asked: list[tuple[str, str, object]] = field(default_factory=list)
    raises: Exception | None = None
    before: Callable[[str], None] = lambda name: None
    swept: int = 0
    moved: threading.Condition = field(default_factory=threading.Condition)

    def add(self, device: str) -> Key:
        key = key_of(device)
        self.rows[device] = DeviceRow(device, "counter", f"counter {device}", key.public.hex(), 1)
        return key

    def revoke(self, device: str) -> None:
        self.rows[device] = replace(self.rows[device], revoked=True)

    def known(self, device: str) -> DeviceRow | None:
        return self.rows.get(device)

    def line(self, device: str) -> Centre:
        return MemoryLine(self, device)

    def enrol(self, code: str, public: bytes) -> Enrolled:
        device = self.codes.pop(code, None)
        if device is None:
            raise UserFacingError("centre.code-unknown", "Unknown: {typed}", typed=code)
        self.rows[device] = DeviceRow(device, "counter", device, public.hex(), 1)
        return Enrolled(self.hall, "Z", device, "counter", device, 1)

    def wait(self, after: int, seconds: float) -> int:
        with self.moved:
            self.moved.wait_for(lambda: len(self.order) > after, seconds)
            return len(self.order)

    def sweep(self) -> None:
        self.swept += 1

    def note(self, device: str, name: str, asked: object) -> None:
        self.before(name)
        self.asked.append((device, name, asked))
        if self.raises is not None:
            raise self.raises


class MemoryLine:
    """`Centre` of one device of a `MemoryHall`."""

    def __init__(self, hall: MemoryHall, device: str) -> None:
        self._hall = hall
        self._device = device

    def hello(self, hello: Hello) -> Welcome:
        self._hall.note(self._device, "hello", hello)
        place = len(self._hall.order)
        return Welcome(
            "ok", self._hall.hall, "Z", "counter", 1, hello.seq, hello.hash, "t", place, True, 1, "now"
        )

    def push(self, batch: Batch) -> Ack:
        self._hall.note(self._device, "push", batch)
        with self._hall.moved:
            for event in batch.events:
                self._hall.order.append(OrderedEvent(len(self._hall.order) + 1, event.data, event.parts))
            self._hall.moved.notify_all()
            return Ack("ok", len(batch.events), GENESIS, len(self._hall.order))

    def pull(self, after: int, secrets: int = 0, limit: int = MOST_PULLED) -> Pulled:
        self._hall.note(self._device, "pull", after)
        order = self._hall.order
        events = tuple(order[after : after + limit])
        root = NO_ROOT
        for event in order[: after + len(events)]:
            root = next_root(root, sha256(event.data).hexdigest())
        return Pulled(after, events, root, len(order), (Secret("a", 1, b"b"),) if secrets else ())

    def wait(self, after: int, seconds: float) -> int:
        return self._hall.wait(after, seconds)

    def chain(self, epoch: int, after: int, limit: int = 5000) -> tuple[tuple[int, str], ...]:
        self._hall.note(self._device, "chain", (epoch, after))
        return tuple((event.hall_seq, GENESIS) for event in self._hall.order[after : after + limit])

    def snapshot(self, page: int = 0) -> SnapshotPage:
        self._hall.note(self._device, "snapshot", page)
        return SnapshotPage(len(self._hall.order), NO_ROOT, tuple(self._hall.order), 0)

    def claim(self, claim: Claim) -> Granted:
        self._hall.note(self._device, "claim", claim)
        return Granted("Z.1.1", "k.1.1", Pulled(claim.pulled, (), NO_ROOT, claim.pulled))

    def give_back(self, grant: str) -> None:
        self._hall.note(self._device, "give_back", grant)

    def picture_wanted(self, digest: str) -> int:
        self._hall.note(self._device, "picture_wanted", digest)
        return 0

    def send_piece(self, digest: str, at: int, data: bytes) -> int:
        self._hall.note(self._device, "send_piece", (digest, at, data))
        return at + len(data)

    def picture_piece(self, digest: str, at: int) -> bytes:
        self._hall.note(self._device, "picture_piece", (digest, at))
        return b"piece"

    def lease(self, counter: str, staff: str) -> int:
        self._hall.note(self._device, "lease", (counter, staff))
        return 7

    def numbers(self, letter: str, day: str) -> int:
        self._hall.note(self._device, "numbers", (letter, day))
        return 8

    def publish(self, publication: Publication) -> int:
        self._hall.note(self._device, "publish", publication)
        return 9

    def keep_secret(self, name: str, body: bytes) -> None:
        self._hall.note(self._device, "keep_secret", (name, body))

    def close_day(self, key: str, day: str, staff: str) -> int:
        self._hall.note(self._device, "close_day", (key, day, staff))
        return 10

    def devices(self) -> tuple[DeviceStanding, ...]:
        self._hall.note(self._device, "devices", None)
        return tuple(
            DeviceStanding(one.device, one.role, one.name, 1, "", 0, "", 0, "", "1", one.revoked)
            for one in self._hall.rows.values()
        )

    def close(self) -> None:
        return


@dataclass(frozen=True)
class ServiceDoor:
    """`HubHall` over the real service, as it is."""

    service: CentreService
    training: bool = False

    @property
    def hall(self) -> str:
        return self.service.hall

    def known(self, device: str) -> DeviceRow | None:
        return self.service.known(device)

    def line(self, device: str) -> Centre:
        return self.service.line(device)

    def enrol(self, code: str, public: bytes) -> Enrolled:
        return self.service.enrol(code, public)

    def wait(self, after: int, seconds: float) -> int:
        return self.service.wait(after, seconds)

    def sweep(self) -> None:
        self.service.sweep()


@dataclass
class RunningHub:
    """A hub that serves; `stop` ends it in good order."""

    port: int
    tls: HubTls
    stopping: threading.Event
    thread: threading.Thread
    host: str = "127.0.0.1"

    @property
    def url(self) -> str:
        return f"https://{self.host}:{self.port}"

    def invitation(self, code: str) -> InvitationText:
        return InvitationText(self.host, self.port, code, self.tls.fingerprint)

    def stop(self) -> None:
        self.stopping.set()
        self.thread.join()


def now() -> datetime:
    return datetime.now(UTC)


def start_hub(
    hall: HubHall, folder: Path, *, limits: Limits = QUICK, port: int = 0, open_metrics: bool = False
) -> RunningHub:
    tls = HubTls(folder / "tls", PASSPHRASE, ("localhost", "127.0.0.1"), now)
    stopping, ready, ports = threading.Event(), threading.Event(), [0]

    def on_ready(host: str, bound: int) -> None:
        ports[0] = bound
        ready.set()

    def run() -> None:
        serve(
            hall, ("127.0.0.1", port), tls,
            on_ready=on_ready, stop=stopping, limits=limits, open_metrics=open_metrics,
        )  # fmt: skip

    thread = threading.Thread(target=run, name="test-hub")
    thread.start()
    if not ready.wait(20):
        stopping.set()
        thread.join()
        raise RuntimeError("the hub did not start")
    return RunningHub(ports[0], tls, stopping, thread)


@contextlib.contextmanager
def running_hub(
    hall: HubHall, folder: Path, *, limits: Limits = QUICK, port: int = 0, open_metrics: bool = False
) -> Iterator[RunningHub]:
    """A hub for the length of a block."""
    hub = start_hub(hall, folder, limits=limits, port=port, open_metrics=open_metrics)
    try:
        yield hub
    finally:
        hub.stop()


def client(
    hub: RunningHub,
    device: str,
    *,
    hall: str = HALL,
    port: int | None = None,
    times: Times = PATIENT,
    sockets: bool = True,
    key: Key | None = None,
) -> HubCentre:
    """The device's line to a hub; `port` of a proxy before it."""
    return HubCentre(
        f"https://{hub.host}:{port or hub.port}",
        hub.tls.authority_pem,
        Who(hall, device, (key or key_of(device)).sign),
        times=times,
        waking=HubWaking if sockets else None,
    )
