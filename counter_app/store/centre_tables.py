"""A device's rows of the centre's own streams: devices, leases, blocks of numbers, conflicts.

Not here: the centre's store (`store/centre/`).
"""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import BLOB, TEXT, Column, Index, Table

from counter_app.domain.centre.conflicts import CONFLICTS, Conflict
from counter_app.domain.centre.devices import DEVICES
from counter_app.domain.centre.granting import LEASES
from counter_app.domain.centre.numbering import NUMBERS
from counter_app.store.projections import Projection
from counter_app.store.schema import METADATA


def _plain(name: str) -> Table:
    return Table(name, METADATA, Column("id", TEXT, primary_key=True), Column("fold", BLOB, nullable=False))


hall_devices = _plain("hall_devices")
leases = _plain("leases")
number_blocks = _plain("number_blocks")
conflicts = Table(
    "conflicts",
    METADATA,
    Column("id", TEXT, primary_key=True),
    Column("fold", BLOB, nullable=False),
    Column("subject", TEXT, nullable=False),
    Column("open", TEXT),  # when it was found, while nobody has settled it
)
Index("conflicts_open", conflicts.c.open, sqlite_where=conflicts.c.open.is_not(None))
Index("conflicts_subject", conflicts.c.subject)


def _nothing(state: object) -> dict[str, Any]:
    return {}


def _conflict(state: Conflict) -> dict[str, Any]:
    found = state.found_at.isoformat(timespec="milliseconds") if state.found_at else ""
    return {"subject": state.subject, "open": found if state.open else None}


CENTRE_PROJECTIONS: Final[tuple[Projection[Any], ...]] = (
    Projection(DEVICES, hall_devices, _nothing),
    Projection(LEASES, leases, _nothing),
    Projection(NUMBERS, number_blocks, _nothing),
    Projection(CONFLICTS, conflicts, _conflict),
)
