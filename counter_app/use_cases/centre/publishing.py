"""Putting reference data in force for the whole hall, and passing credentials on (design: one way).

Rows come encoded, as the device's own store keeps them; each is read once here, for one row that cannot be
read would stop every machine of the hall. Not here: who among staff may publish (the device asks that).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, TypeVar

import msgspec

from counter_app.domain.streams import Published
from counter_app.errors import UserFacingError
from counter_app.use_cases.centre.needs import WORKING, CentreNeeds, need_device, need_plain
from counter_app.use_cases.centre.plans import need_role
from counter_app.use_cases.device_keys import DEVICE_KEYS
from counter_app.use_cases.ports.centre import Publication
from counter_app.use_cases.ports.centre_store import CentreStore
from counter_app.use_cases.reference import PublishedReference

T = TypeVar("T")

LONGEST_KEY: Final = 200
LARGEST_SECRET: Final = 64 << 10


def kinds_of(reference: PublishedReference) -> Mapping[str, Published[Any]]:
    """What a centre lets be published: `CentreNeeds.kinds`."""
    return {kind.kind: kind for kind in (*reference.kinds, DEVICE_KEYS)}


def publication(
    kind: Published[T], rows: Mapping[str, T], *, key: str, staff: str, replace: bool = False
) -> Publication:
    """Rows as the centre takes them."""
    return Publication(key, kind.kind, {name: kind.encode(row) for name, row in rows.items()}, replace, staff)


def publish(store: CentreStore, needs: CentreNeeds, device: str, publication: Publication) -> int:
    """The hall's place that contains it. The same key publishes once; unchanged rows are left out.

    UserFacingError `centre.kind-unknown`, `centre.row-unreadable`, `device.role`.
    """
    need_plain(publication.key, publication.kind, publication.staff)
    _need_readable(needs, publication)
    key = f"publish:{publication.key}"
    with store.deciding() as tx:
        need_role(need_device(tx, device), WORKING)
        known = tx.of_key(tx.centre, key)
        if not known:
            tx.publish(
                publication.kind,
                publication.rows,
                replace=publication.replace,
                staff=publication.staff,
                key=key,
            )
            known = tx.of_key(tx.centre, key)
        return known[-1].hall_seq or 0 if known else tx.head().hall_seq


def _need_readable(needs: CentreNeeds, publication: Publication) -> None:
    kind = needs.kinds.get(publication.kind)
    if kind is None:
        raise UserFacingError(
            "centre.kind-unknown",
            "The centre keeps no reference data of the kind {kind}.",
            kept="Nothing was published.",
            remedy="Install the newer program on the centre's machine.",
            kind=publication.kind,
        )
    for key, body in publication.rows.items():
        try:
            fits = 0 < len(key) <= LONGEST_KEY and key.isprintable()
            if body is not None:
                kind.decode(body)
        except (msgspec.MsgspecError, ValueError, TypeError, KeyError, UserFacingError) as error:
            raise _unreadable(publication.kind, key) from error
        if not fits:
            raise _unreadable(publication.kind, key)


def _unreadable(kind: str, key: str) -> UserFacingError:
    return UserFacingError(
        "centre.row-unreadable",
        "The row {key} of {kind} cannot be read by the centre.",
        kept="Nothing was published.",
        remedy="Check the file it comes from, or install the newer program on the centre's machine.",
        kind=kind,
        key=key[:60],
    )


def keep_secret(store: CentreStore, device: str, name: str, body: bytes) -> None:
    """A credential for the hall's other machines. UserFacingError `device.role`, `centre.too-large`."""
    if not 0 < len(name) <= LONGEST_KEY or not name.isprintable() or len(body) > LARGEST_SECRET:
        raise UserFacingError(
            "centre.secret-unfit",
            "The centre does not keep such a credential.",
            kept="Nothing was changed at the centre.",
            remedy="Set the PIN again.",
        )
    with store.deciding(by_rules=False) as tx:
        need_role(need_device(tx, device), WORKING)
        if all(secret.name != name or secret.body != body for secret in tx.secrets(0)):
            tx.keep_secret(name, body)
