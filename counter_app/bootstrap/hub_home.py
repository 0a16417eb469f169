"""The hub of a centre's home: its certificate, its address, what a joining machine is given, serving it."""

from __future__ import annotations

import contextlib
import hashlib
import os
import signal
import socket
import threading
import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from types import FrameType
from typing import Final

import tomli_w

from counter_app.bootstrap.centre_home import HUB_KEY, LOOKUP_KEY, open_service
from counter_app.bootstrap.relaying import HallLine, gauges, post_of, relaying, upstream_of
from counter_app.cli.hall_machine import HubState
from counter_app.clock import SystemClock
from counter_app.domain.centre.invitation import DEFAULT_PORT, InvitationText, read_address
from counter_app.errors import UserFacingError
from counter_app.home import Home
from counter_app.hub.serve import serve
from counter_app.hub.tls import HubTls
from counter_app.keys.keeping import key_place
from counter_app.locks import DutyLock, is_free
from counter_app.use_cases.centre.publishing import publication
from counter_app.use_cases.centre.service import CentreService
from counter_app.use_cases.centre.status import ABOVE
from counter_app.use_cases.centre.wire import Enrolled
from counter_app.use_cases.device_keys import DEVICE_KEYS, DeviceKeyRow
from counter_app.use_cases.ports.centre import DeviceStanding
from counter_app.use_cases.ports.centre_store import DeviceRow
from counter_app.use_cases.relay.post import Post
from counter_app.use_cases.relay.running import post_state
from counter_app.use_cases.sync.hall import SILENT_AFTER

HUB: Final = "hub"
ADDRESS_FILE: Final = "hub.toml"
EVERYWHERE: Final = ("0.0.0.0", "::", "")  # compared with, never bound to unasked
# machines that work with people find them by the hall's keyed hash
NEED_LOOKUP: Final = frozenset({"counter", "kiosk", "desk"})
DEVICE_KEY_ROW: Final = "device-key-"


def hub_tls(home: Home, names: Sequence[str]) -> HubTls:
    """The hub's authority and certificate, made at first use."""
    passphrase = key_place(home.path).secret(HUB_KEY, make=False)
    return HubTls(home.path / "tls", passphrase, names, SystemClock().now)


@dataclass(frozen=True, slots=True)
class HallDoor:
    """`HubHall`: the hall's centre, with what a machine is given when it joins."""

    service: CentreService
    lookup: bytes
    training: bool
    post: Post

    @property
    def hall(self) -> str:
        return self.service.hall

    def known(self, device: str) -> DeviceRow | None:
        return self.service.known(device)

    def line(self, device: str) -> HallLine:
        return HallLine(self.service, device, self.post)

    def enrol(self, code: str, public: bytes) -> Enrolled:
        """The key is known to the hall from now on, so that everybody can check this machine's papers."""
        enrolled = self.service.enrol(code, public)
        publish_device_keys(self.service)
        keys = {LOOKUP_KEY: self.lookup} if enrolled.role in NEED_LOOKUP else {}
        return replace(enrolled, keys=keys, training=self.training)

    def wait(self, after: int, seconds: float) -> int:
        return self.service.wait(after, seconds)

    def sweep(self) -> None:
        self.service.sweep()
        self.post.hand_on()


def publish_device_keys(service: CentreService) -> None:
    """The key of every machine that counts; those known already are left out."""
    with service.store.deciding() as tx:
        known = tx.published(DEVICE_KEYS)
        rows = {
            hashlib.sha256(bytes.fromhex(row.public)).hexdigest()[:16]: DeviceKeyRow(row.device, row.public)
            for row in tx.devices()
            if not row.revoked
        }
        fresh = {key: row for key, row in rows.items() if key not in known}
        if fresh:
            key = DEVICE_KEY_ROW + "-".join(sorted(fresh))[:100]
            made = publication(DEVICE_KEYS, fresh, key=key, staff="centre")
            tx.publish(made.kind, made.rows, replace=False, staff=made.staff, key=made.key)


def serve_hub(
    home: Home,
    listen: str,
    address: str,
    on_ready: Callable[[str, str], None],
    *,
    open_metrics: bool = False,
    stop: threading.Event | None = None,
) -> bool:
    """Serve until `stop` or a signal; False when this home has a hub already. `on_ready` hears the address
    that machines dial and the fingerprint."""
    host, port = read_address(listen)
    home.make_folders()
    duty = DutyLock(home.locks, HUB)
    if not duty.take():
        return False
    try:
        with open_service(home) as service:
            publish_device_keys(service)
            tls = hub_tls(home, _names(host, address))
            over = stop or threading.Event()

            def ready(bound_host: str, bound_port: int) -> None:
                dialled = address or f"{_reached_at(bound_host)}:{bound_port}"
                _save_address(home, dialled)
                on_ready(dialled, tls.fingerprint)

            post = post_of(home, service)
            with _stopped_by_signals(over), relaying(home, post) as relay:
                lookup = key_place(home.path).secret(LOOKUP_KEY, make=False)
                serve(
                    HallDoor(service, lookup, home.training, post),
                    (host, port),
                    tls,
                    on_ready=ready,
                    stop=over,
                    open_metrics=open_metrics,
                    gauges=gauges(relay),
                )
    finally:
        duty.release()
    return True


def hub_runs(home: Home) -> bool:
    return not is_free(home.locks, HUB)


def hub_address(home: Home) -> str:
    """Where machines reach the hub; "" before it was served first."""
    try:
        return str(tomllib.loads((home.path / ADDRESS_FILE).read_text(encoding="utf-8"))["address"])
    except (OSError, ValueError, KeyError):
        return ""


def invitation_text(home: Home, code: str, address: str) -> str:
    """What a person types at the new machine. UserFacingError `hub.address-unknown`."""
    dialled = address or hub_address(home)
    if not dialled:
        raise UserFacingError(
            "hub.address-unknown",
            "The hub has not been started yet, so nobody knows where machines reach it.",
            remedy="Start it with `counter-app hub serve`, or name it with --hub HOST:PORT.",
        )
    host, port = read_address(dialled)
    return str(InvitationText(host, port, code, hub_tls(home, ()).fingerprint))


def _save_address(home: Home, address: str) -> None:
    if hub_address(home) == address:
        return
    draft = home.path / f"{ADDRESS_FILE}.{os.getpid()}"
    draft.write_text(tomli_w.dumps({"address": address}), encoding="utf-8")
    draft.replace(home.path / ADDRESS_FILE)


def _names(host: str, address: str) -> tuple[str, ...]:
    named = [read_address(address)[0]] if address else []
    return tuple(dict.fromkeys([*named, *([] if host in EVERYWHERE else [host]), "localhost", "127.0.0.1"]))


def _reached_at(host: str) -> str:
    """How other machines dial a hub that listens there."""
    if host not in EVERYWHERE:
        return f"[{host}]" if ":" in host else host
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", DEFAULT_PORT))  # nothing is sent: the routing table answers
            return str(probe.getsockname()[0])
        except OSError:
            return "127.0.0.1"


@contextlib.contextmanager
def _stopped_by_signals(stop: threading.Event) -> Iterator[None]:
    """SIGTERM and SIGINT end the hub in good order; only the main thread can hear them."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def end(number: int, frame: FrameType | None) -> None:
        stop.set()

    before = {number: signal.signal(number, end) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def hub_state(home: Home) -> HubState:
    """The hall's place and its machines as the store knows them."""
    with open_service(home) as service:
        rows = [row for row in service.devices() if row.role != ABOVE]
        with service.store.reading() as reader:
            place, now = reader.head().hall_seq, reader.now
            post = post_state(reader)
    silent = [row for row in rows if not row.revoked and _silent(row, now)]
    return HubState(
        hall=home.hall,
        centre=home.device,
        training=home.training,
        store=home.centre,
        running=hub_runs(home),
        address=hub_address(home),
        fingerprint=hub_tls(home, ()).fingerprint,
        place=place,
        devices=sum(not row.revoked for row in rows),
        revoked=sum(row.revoked for row in rows),
        silent=len(silent),
        unsent=sum(row.unsent for row in rows if not row.revoked),
        upstream=upstream.url if (upstream := upstream_of(home)) else "",
        post=post,
    )


def _silent(row: DeviceStanding, now: datetime) -> bool:
    return not row.last_contact or now - datetime.fromisoformat(row.last_contact) > SILENT_AFTER
