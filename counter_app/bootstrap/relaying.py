"""A hall's centre as one of several: joining the hall above, the line to it, its thread in the hub.

In the home of a centre: `upstream.toml` says where the hall above is and as what this hall is enrolled there,
`upstream.pem` is the certificate pinned then. The key is the centre's own. Not here: what goes up and down
(`use_cases/relay`).
"""

from __future__ import annotations

import os
import threading
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import Final

import tomli_w

from counter_app.bootstrap.centre_home import DEVICE_KEY, HALL_KEY, open_service
from counter_app.clock import SystemClock
from counter_app.domain.centre.invitation import read_invitation
from counter_app.errors import UserFacingError
from counter_app.home import Home
from counter_app.hub.metrics import Gauge
from counter_app.keys.keeping import key_place
from counter_app.keys.signing import DeviceKey
from counter_app.store.centre.centre_store import CoreCentreStore
from counter_app.store.centre.mirror import CoreMirrors
from counter_app.sync.enrolling import ask_hall
from counter_app.sync.enrolling import enrol as send_code
from counter_app.sync.hub_centre import Times, Who
from counter_app.sync.hub_upper import HubUpper
from counter_app.use_cases.centre.plans import PublishedPlans
from counter_app.use_cases.centre.service import CentreLine, CentreService
from counter_app.use_cases.ports.relay import Letter, MirrorStanding, Stretch
from counter_app.use_cases.relay.post import RELAY, Post
from counter_app.use_cases.relay.receiving import UpperLine
from counter_app.use_cases.relay.relay import Relay
from counter_app.use_cases.relay.running import Running

UPSTREAM_FILE: Final = "upstream.toml"
UPSTREAM_CERTIFICATE: Final = "upstream.pem"
TIMES: Final = Times(connect=3.0, hello=10.0, bulk=60.0)  # between halls lines are longer than within one


@dataclass(frozen=True, slots=True)
class Upstream:
    """The hall above: its hub, its name, and the code under which this hall is enrolled there."""

    url: str
    hall: str
    device: str


class HallLine(CentreLine):
    """What a device may ask of the hall's centre; the relay of a lower hall may ask more."""

    def __init__(self, service: CentreService, device: str, post: Post) -> None:
        super().__init__(service, device)
        self._upper = UpperLine(post, service.needs, device)

    def standing(self, hall: str) -> MirrorStanding:
        return self._upper.standing(hall)

    def mirror(self, stretch: Stretch) -> MirrorStanding:
        return self._upper.mirror(stretch)

    def letters(self, after: int) -> tuple[Letter, ...]:
        return self._upper.letters(after)

    def taken(self, number: int) -> None:
        self._upper.taken(number)


def post_of(home: Home, service: CentreService) -> Post:
    """The post of an opened centre."""
    store = service.store
    if not isinstance(store, CoreCentreStore):
        raise TypeError(f"{store!r} keeps no copies of other halls")
    key = key_place(home.path).secret(HALL_KEY, make=False)
    mirrors = CoreMirrors(store, store.common.dialect, key, SystemClock())
    return Post(store, mirrors, PublishedPlans(), service.needs.kinds)


def upstream_of(home: Home) -> Upstream | None:
    """The hall above, None where none was joined. UserFacingError `relay.unreadable`."""
    try:
        raw = tomllib.loads((home.path / UPSTREAM_FILE).read_text(encoding="utf-8"))
        return Upstream(str(raw["url"]), str(raw["hall"]), str(raw["device"]))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError) as error:
        raise UserFacingError(
            "relay.unreadable",
            "What this centre knows of the hall above cannot be read: {reason}",
            kept="The hall works on; nothing goes up.",
            remedy="Join the hall above again with a new invitation.",
            reason=str(error),
        ) from error


def join_upper(home: Home, text: str) -> Upstream:
    """Make this centre a relay of the hall that invites. CentreAway; UserFacingError `invitation.*`,
    `relay.training`, `relay.not-a-relay`, `centre.*`."""
    invitation = read_invitation(text)
    if ask_hall(invitation).training != home.training:
        raise UserFacingError(
            "relay.training",
            "Training is another world: a training hall joins no real one, and a real hall no training one.",
            kept="The code was not used, and nothing was changed.",
            remedy="Join the hall above that is of the same kind.",
        )
    with open_service(home) as service, service.store.reading() as reader:
        code = service.plans.plan(reader).code
    signer = _signer(home)
    joined = send_code(invitation, signer.public, signer.sign)
    enrolled = joined.enrolled
    if enrolled.role != RELAY or enrolled.device != code:
        raise UserFacingError(
            "relay.not-a-relay",
            "The invitation is for {device} as {role}; this hall is {hall}, and joins as a relay.",
            kept="This centre was not changed.",
            remedy="In the hall above: revoke {device}, then `device invite {hall} --role relay`.",
            device=enrolled.device,
            role=enrolled.role,
            hall=code,
        )
    upstream = Upstream(joined.url, enrolled.hall, enrolled.device)
    (home.path / UPSTREAM_CERTIFICATE).write_bytes(joined.authority_pem)
    draft = home.path / f"{UPSTREAM_FILE}.{os.getpid()}"
    draft.write_text(tomli_w.dumps(asdict(upstream)), encoding="utf-8")
    draft.replace(home.path / UPSTREAM_FILE)
    return upstream


def open_upper(home: Home, upstream: Upstream) -> HubUpper:
    """The line up; nothing is asked yet. UserFacingError `home.certificate-missing`."""
    path = home.path / UPSTREAM_CERTIFICATE
    try:
        pinned = path.read_bytes()
    except OSError as error:
        raise UserFacingError(
            "home.certificate-missing",
            "The certificate of the hall's centre is missing: {path}.",
            kept="This machine works alone; nothing was sent.",
            remedy="Have the machine enrolled again, or restore the file from the backup.",
            path=str(path),
        ) from error
    who = Who(upstream.hall, upstream.device, _signer(home).sign)
    return HubUpper(upstream.url, pinned, who, times=TIMES)


@contextmanager
def relaying(home: Home, post: Post) -> Iterator[Running | None]:
    """The relay at work in a thread for the length of a block; None where no hall above was joined."""
    upstream = upstream_of(home)
    if upstream is None:
        yield None
        return
    upper = open_upper(home, upstream)
    relay = Relay(post, upper, _signer(home).sign)
    running = Running(post, SystemClock(), relay.step)
    stop = threading.Event()
    thread = threading.Thread(target=running.run, args=(stop,), name="hub-relay")
    thread.start()
    try:
        yield running
    finally:
        stop.set()
        upper.close()
        thread.join()


def gauges(running: Running | None) -> tuple[Gauge, ...]:
    """What the hub's metrics say of the line up."""
    if running is None:
        return ()
    return (
        Gauge("hub_relay_up", "1 while the hall above answers.", lambda: running.state.line == "up"),
        Gauge("hub_relay_behind", "Acts the hall above does not have.", lambda: running.state.behind),
    )


def _signer(home: Home) -> DeviceKey:
    return DeviceKey(key_place(home.path).secret(DEVICE_KEY, make=False))
