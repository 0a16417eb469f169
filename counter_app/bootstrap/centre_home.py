"""The home of a hall's centre: its keys, its store, its service. It has no windows and no journal of its own.

In its keys: `store` (the SQLite file's), `hall` (private parts in the store), `lookup` (by which the hall's
machines find a person again; given to those that work with people), `device` (the centre's signature), `hub`
(wraps the hub's TLS keys), `database` (the password of PostgreSQL). None of them is ever in the database.
Not here: making such a home (`founding.py`), serving it (`hub_home.py`).
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from counter_app.catalogue_files.codec import JsonCodec
from counter_app.clock import SystemClock
from counter_app.errors import UserFacingError
from counter_app.home import Home, default_path, open_home
from counter_app.keys.keeping import KeyPlace, key_place
from counter_app.keys.signing import DeviceKey, verify
from counter_app.store.centre.centre_store import CoreCentreStore
from counter_app.store.centre.dialect import Dialect
from counter_app.use_cases.centre.needs import CentreNeeds
from counter_app.use_cases.centre.publishing import kinds_of
from counter_app.use_cases.centre.service import CentreService
from counter_app.use_cases.reference import PublishedReference

CENTRE: Final = "centre"
CENTRE_DEVICE: Final = "C"
STORE_KEY: Final = "store"
HALL_KEY: Final = "hall"
LOOKUP_KEY: Final = "lookup"
DEVICE_KEY: Final = "device"
HUB_KEY: Final = "hub"
DATABASE_KEY: Final = "database"
SQLITE: Final = "sqlite:///"


def open_centre_home(path: Path) -> Home:
    """A home of role `centre`. UserFacingError `home.*`, `hub.not-a-centre`."""
    home = open_home(path)
    if home.role != CENTRE:
        raise UserFacingError(
            "hub.not-a-centre",
            "The home at {path} is not that of a hall's centre.",
            kept="Nothing was changed.",
            remedy="Make one with `counter-app hub init`, or name its folder with --home.",
            path=str(path),
        )
    return home


@contextmanager
def open_service(home: Home) -> Iterator[CentreService]:
    """The centre of this home, in process. UserFacingError `keys.*`, `store.*`, `centre.*`; CentreAway when
    its database does not answer."""
    service = CentreService(open_centre_store(home), needs_of(home))
    try:
        yield service
    finally:
        service.close()


def open_centre_store(home: Home) -> CoreCentreStore:
    """The store the home names, under the home's keys."""
    keys = key_place(home.path)
    dialect = _dialect(home, keys)
    try:
        return CoreCentreStore(
            dialect,
            hall=home.hall,
            centre=home.device,
            hall_key=keys.secret(HALL_KEY, make=False),
            clock=SystemClock(),
        )
    except BaseException:
        dialect.close()
        raise


def needs_of(home: Home) -> CentreNeeds:
    signer = DeviceKey(key_place(home.path).secret(DEVICE_KEY, make=False))
    return CentreNeeds(
        clock=SystemClock(),
        entropy=os.urandom,
        verify=verify,
        sign=signer.sign,
        kinds=kinds_of(PublishedReference(JsonCodec())),
        boot=secrets.token_hex(8),
    )


def home_of_store(store: str) -> Path:
    """The home that a store's URL belongs to: the folder of its file, else the one that is meant when nobody
    names one. UserFacingError `hub.other-store` when that home's store is another one."""
    path = Path(store.removeprefix(SQLITE)).absolute() if store.startswith(SQLITE) else None
    home = open_centre_home(default_path() if path is None else path.parent)
    named = store if path is None else str(path)
    if named != (home.centre if path is None else str((sqlite_file(home) or home.path).absolute())):
        raise UserFacingError(
            "hub.other-store",
            "The centre's home at {path} keeps another store: {store}.",
            kept="Nothing was changed.",
            remedy="Name the home with --home.",
            path=str(home.path),
            store=home.centre,
        )
    return home.path


def sqlite_file(home: Home) -> Path | None:
    """The centre's file; None when its store is a PostgreSQL database."""
    if not home.centre.startswith(SQLITE):
        return None
    return home.path / home.centre.removeprefix(SQLITE)


def _dialect(home: Home, keys: KeyPlace) -> Dialect:
    file = sqlite_file(home)
    if file is not None:
        from counter_app.store.centre.sqlite import SqliteCentre

        return SqliteCentre(file, keys.secret(STORE_KEY, make=not file.exists()))
    if not home.centre.startswith("postgresql://"):
        raise UserFacingError(
            "hub.no-such-store",
            "{store} names no store: it is “sqlite” or begins with postgresql://.",
            kept="Nothing was changed.",
            remedy="Correct it in home.toml.",
            store=home.centre,
        )
    from counter_app.store.centre.postgres import PostgresCentre

    password = keys.known(DATABASE_KEY)
    return PostgresCentre(home.centre, password=password.decode() if password else None)
