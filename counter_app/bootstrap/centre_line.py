"""A home's line to its centre, and the sync over it: adapter, keys, and what a revoked machine forgets.

Only homes of devices come here; the centre's own home is opened in `centre_home.py`.
"""

from __future__ import annotations

import random
from typing import Final

from counter_app.bootstrap.late import LateRomaniser
from counter_app.bootstrap.program import DEVICE_KEY, LOOKUP_KEY, STORE_KEY, journal_of
from counter_app.errors import UserFacingError
from counter_app.home import Home
from counter_app.keys.keeping import key_place
from counter_app.keys.signing import DeviceKey
from counter_app.use_cases.centre.service import CentreLine, CentreService
from counter_app.use_cases.intake.persons import People
from counter_app.use_cases.ports.centre import Centre
from counter_app.use_cases.program import Program
from counter_app.use_cases.sync.finding import ForeignTokens
from counter_app.use_cases.sync.sync import Sync, SyncNeeds

HUB: Final = "https://"
STORES: Final = ("sqlite:///", "postgresql://")
PROGRAM: Final = "0.1.0"


def open_centre(home: Home) -> Centre:
    """The line of this device. Nothing is asked yet over `https://`; a store is opened in process.

    CentreAway when a database does not answer; UserFacingError `home.no-centre`, `home.certificate-missing`,
    `keys.*`, `store.*`, `hub.*`.
    """
    if home.centre.startswith(HUB):
        return _over_hub(home)
    if home.centre.startswith(STORES):
        return _in_process(home)
    raise UserFacingError(
        "home.no-centre",
        "{centre} names no centre: it begins with https://, sqlite:/// or postgresql://.",
        kept="This machine works alone.",
        remedy="Correct it in home.toml.",
        centre=home.centre or "“”",
    )


def sync_of(program: Program, centre: Centre) -> Sync:
    """The sync of a home over a line. For one thread; one a home works at a time."""
    home = program.home
    needs = SyncNeeds(
        hall=home.hall,
        device=home.device,
        program=PROGRAM,
        sign=_signer(home).sign,
        chance=random.random,
        wipe=lambda: _wipe(home),
        also=ForeignTokens(People(LateRomaniser(), program.person_hash, program.clock.monotonic)),
    )
    return Sync(journal_of(program.store), program.store, centre, program.clock, needs)


def _over_hub(home: Home) -> Centre:
    from counter_app.sync.hub_centre import HubCentre, Who
    from counter_app.sync.waking import HubWaking

    try:
        pinned = home.centre_certificate.read_bytes()
    except OSError as error:
        raise UserFacingError(
            "home.certificate-missing",
            "The certificate of the hall's centre is missing: {path}.",
            kept="This machine works alone; nothing was sent.",
            remedy="Have the machine enrolled again, or restore the file from the backup.",
            path=str(home.centre_certificate),
        ) from error
    who = Who(home.hall, home.device, _signer(home).sign)
    return HubCentre(home.centre, pinned, who, waking=HubWaking)


def _in_process(home: Home) -> Centre:
    from counter_app.bootstrap.centre_home import home_of_store, needs_of, open_centre_home, open_centre_store

    owner = open_centre_home(home_of_store(home.centre))
    return _OwnLine(CentreService(open_centre_store(owner), needs_of(owner)), home.device)


class _OwnLine(CentreLine):
    """A line to a service opened for it alone."""

    def __init__(self, service: CentreService, device: str) -> None:
        super().__init__(service, device)
        self._own = service

    def close(self) -> None:
        self._own.close()


def _signer(home: Home) -> DeviceKey:
    return DeviceKey(key_place(home.path).secret(DEVICE_KEY, make=False))


def _wipe(home: Home) -> None:
    """The device was revoked: without its keys neither the store nor its line can be used from here.

    The file stays: what was not sent can be recovered with the hall's recovery key only (design: the centre
    gives the order, a dead machine's unsent acts).
    """
    keys = key_place(home.path)
    for name in (STORE_KEY, DEVICE_KEY, LOOKUP_KEY):
        keys.forget(name)
