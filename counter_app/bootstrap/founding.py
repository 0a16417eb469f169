"""`hub init`: the home of a hall's centre, with everything its machines are given when they join.

The recovery key is handed to the caller and kept nowhere: it belongs on paper, away from every machine.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from counter_app.bootstrap.centre_home import (
    CENTRE,
    DATABASE_KEY,
    DEVICE_KEY,
    HALL_KEY,
    HUB_KEY,
    LOOKUP_KEY,
    SQLITE,
    STORE_KEY,
    open_service,
)
from counter_app.bootstrap.hub_home import hub_tls
from counter_app.bootstrap.sealed_keys import seal_keys
from counter_app.catalogue_files.codec import JsonCodec
from counter_app.catalogue_files.files import TomlCatalogue
from counter_app.catalogue_files.halls import TomlHall
from counter_app.cli.hall_machine import Founded, Founding
from counter_app.domain.access.pins import PinSet
from counter_app.domain.hall.plan import HallPlan
from counter_app.domain.streams import Published
from counter_app.domain.time.calendar import CALENDAR_YEARS, read_years
from counter_app.errors import UserFacingError
from counter_app.home import DESCRIPTION, Home
from counter_app.i18n import RESOURCES, Translator
from counter_app.keys.keeping import KeyPlace, key_place
from counter_app.keys.recovery import RecoveryKey
from counter_app.keys.signing import DeviceKey
from counter_app.store.backup import write_durably
from counter_app.store.passwords import ArgonPins
from counter_app.use_cases.access.credentials import credential
from counter_app.use_cases.centre.publishing import publication
from counter_app.use_cases.device_keys import DEVICE_KEYS, RECOVERY_KEYS, DeviceKeyRow, RecoveryKeyRow
from counter_app.use_cases.ports.centre_store import CentreTransaction
from counter_app.use_cases.reference import HALLS, HERE, PublishedReference, catalogue_rows

STAFF: Final = "set-up"


def found_centre(founding: Founding) -> Founded:
    """Make the home and the store. UserFacingError `hub.exists`, `hall.*`, `catalogue.*`, `store.*`;
    CentreAway when the database does not answer."""
    plan = replace(TomlHall().load_hall(founding.hall_file), training=founding.training)
    rows = _reference(plan, founding)
    path = founding.home
    if (path / DESCRIPTION).exists():
        raise UserFacingError(
            "hub.exists",
            "There is a home at {path} already.",
            kept="It was not touched.",
            remedy="Choose a new folder for the centre.",
            path=str(path),
        )
    home = Home(path, plan.hall.name, founding.device, founding.training, role=CENTRE)
    home.make_folders()
    keys = key_place(path)
    for name in (STORE_KEY, HALL_KEY, LOOKUP_KEY, DEVICE_KEY, HUB_KEY):
        keys.secret(name, make=True)
    home = replace(home, centre=_store(founding.store, plan.hall.name, keys))
    recovery = RecoveryKey.fresh()
    tls = hub_tls(home, ())
    with open_service(home) as service, service.store.deciding() as tx:
        _publish(tx, rows, DeviceKey(keys.secret(DEVICE_KEY, make=False)), recovery)
        if founding.training:
            _training_pins(tx, plan)
    seal_keys(home, recovery.public)
    home.save()
    return Founded(home, tls.fingerprint, str(recovery))


def _reference(plan: HallPlan, founding: Founding) -> list[tuple[Published[Any], Mapping[str, Any], bool]]:
    """Everything is read before anything is made."""
    reference = PublishedReference(JsonCodec())
    catalogue = TomlCatalogue().load(founding.catalogue or RESOURCES / "catalogue")
    years = read_years((RESOURCES / "calendar" / "cn.json").read_text(encoding="utf-8"))
    return [
        (HALLS, {HERE: plan}, False),
        (CALENDAR_YEARS, years, False),
        *catalogue_rows(reference, catalogue),
    ]


def _store(wanted: str, hall: str, keys: KeyPlace) -> str:
    """What `home.toml` will say; a database is prepared for the hall, its password kept with the keys."""
    if wanted in ("", "sqlite"):
        return f"{SQLITE}centre.db"
    if wanted.startswith(SQLITE):
        return wanted
    if not wanted.startswith("postgresql://"):
        raise UserFacingError(
            "hub.no-such-store",
            "{store} names no store: it is “sqlite” or begins with postgresql://.",
            kept="Nothing was changed.",
            remedy="Correct it in home.toml.",
            store=wanted,
        )
    from counter_app.store.centre.postgres_prepare import prepare

    access = prepare(wanted, hall)
    keys.keep(DATABASE_KEY, access.password.encode())
    return access.url


def _publish(
    tx: CentreTransaction,
    rows: list[tuple[Published[Any], Mapping[str, Any], bool]],
    key: DeviceKey,
    recovery: RecoveryKey,
) -> None:
    own = {key.key_id: DeviceKeyRow(tx.centre, key.public.hex())}
    hall = {HERE: RecoveryKeyRow(recovery.public.hex())}
    for kind, bodies, whole in [*rows, (DEVICE_KEYS, own, False), (RECOVERY_KEYS, hall, False)]:
        made = publication(kind, bodies, key=f"found-{kind.kind}", staff=STAFF, replace=whole)
        tx.publish(made.kind, made.rows, replace=whole, staff=STAFF, key=made.key)


def _training_pins(tx: CentreTransaction, plan: HallPlan) -> None:
    pins = ArgonPins()
    for member in plan.staff:
        if member.training_pin:
            tx.keep_secret(credential(member.badge), pins.hash(member.training_pin).encode())
            tx.record(PinSet(staff=member.badge), staff=STAFF)


def write_recovery_key(path: Path, founded: Founded, t: Translator) -> None:
    """The sheet that people print and lock away, for this account's eyes only."""
    lines = (
        t("Recovery key of {hall}", hall=founded.home.hall),
        "",
        founded.recovery,
        "",
        t("It opens the stores and backups of every machine of this hall."),
        t("Keep it on paper, in a safe place away from every machine; delete this file once it is printed."),
        "",
    )
    write_durably(path, "\n".join(lines).encode())
