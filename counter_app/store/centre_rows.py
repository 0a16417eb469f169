"""Row queries about devices and conflicts: few rows, seeks, every list bounded."""

from __future__ import annotations

from typing import Final

from sqlalchemy import bindparam, select

from counter_app.domain.centre.conflicts import CONFLICTS, Conflict
from counter_app.domain.centre.devices import DEVICES, DeviceState
from counter_app.store.centre_tables import conflicts, hall_devices
from counter_app.store.query import Query, prepared

_c = conflicts.c
_MOST_DEVICES: Final = 500
_OF_SUBJECT_CAP: Final = 20
_DEVICES: Final = prepared(select(hall_devices.c.fold).order_by(hall_devices.c.id).limit(bindparam("most")))
_OPEN: Final = prepared(
    select(_c.fold).where(_c.open.is_not(None)).order_by(_c.open, _c.id).limit(bindparam("most"))
)
_OF_SUBJECT: Final = prepared(
    select(_c.fold).where(_c.subject == bindparam("subject")).order_by(_c.id).limit(_OF_SUBJECT_CAP)
)


class SqliteCentreRows:
    """`CentreRows` over one cursor."""

    def __init__(self, query: Query) -> None:
        self._query = query

    def devices(self) -> tuple[DeviceState, ...]:
        return tuple(DEVICES.decode(fold) for (fold,) in self._query.all(_DEVICES, most=_MOST_DEVICES))

    def open_conflicts(self, limit: int) -> tuple[Conflict, ...]:
        return tuple(CONFLICTS.decode(fold) for (fold,) in self._query.all(_OPEN, most=limit))

    def conflicts_of(self, subject: str) -> tuple[Conflict, ...]:
        return tuple(CONFLICTS.decode(fold) for (fold,) in self._query.all(_OF_SUBJECT, subject=subject))
