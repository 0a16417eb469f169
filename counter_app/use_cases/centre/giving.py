"""Giving the hall's order: stretches of it, a snapshot for a new machine, a device's own chain.

Every event goes to every device, its private parts only to the roles that may read them. A snapshot holds
everything of the last days, and before that whole histories of what is still alive.
"""

from __future__ import annotations

import threading
from array import array
from bisect import bisect_right
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from counter_app.domain.centre.order import NO_ROOT
from counter_app.domain.centre.roles import may_log_in
from counter_app.errors import UserFacingError
from counter_app.use_cases.centre.needs import MOST_EPOCH, need_device, within
from counter_app.use_cases.ports.centre import MOST_PULLED, Pulled, SnapshotPage
from counter_app.use_cases.ports.centre_store import CentreReader, CentreStore, DeviceRow

KEPT_DAYS: Final = 90
MOST_CHAIN: Final = 20_000


def pull(store: CentreStore, device: str, after: int, secrets: int, limit: int) -> Pulled:
    """See `Centre.pull`. UserFacingError `centre.archived` when what follows was put away: begin anew with a
    snapshot."""
    with store.reading() as reader:
        return pulled(reader, need_device(reader, device), within(after), within(secrets), limit)


def pulled(reader: CentreReader, row: DeviceRow, after: int, secrets: int, limit: int) -> Pulled:
    """The stretch as this device may have it."""
    events = reader.after(after, max(1, min(limit, MOST_PULLED)), row.role)
    if events and events[0].hall_seq != after + 1:
        raise UserFacingError(
            "centre.archived",
            "This machine was away too long: what it lacks is in the archive.",
            kept="Its own acts are kept on the machine.",
            remedy="Fill the machine anew from the centre.",
        )
    head = reader.head()
    root = reader.root_at(events[-1].hall_seq if events else after)
    return Pulled(
        after=after,
        events=events,
        root=root or head.root,
        head=head.hall_seq,
        secrets=reader.secrets(secrets) if may_log_in(row.role) else (),
    )


def chain(store: CentreStore, device: str, epoch: int, after: int, limit: int) -> tuple[tuple[int, str], ...]:
    """See `Centre.chain`."""
    with store.reading() as reader:
        need_device(reader, device)
        return reader.chain(
            device, within(epoch, MOST_EPOCH - 1), within(after), max(1, min(limit, MOST_CHAIN))
        )


@dataclass(frozen=True, slots=True)
class _Snapshot:
    """What one device is being given: places before `cut`, and all from there up to `until`."""

    until: int
    root: str
    cut: int
    alive: array[int]


class Snapshots:
    """Snapshots on their way, in this process: after a restart a device begins its own anew."""

    def __init__(self, store: CentreStore) -> None:
        self._store = store
        self._begun: dict[str, _Snapshot] = {}
        self._turn = threading.Lock()

    def page(self, device: str, page: int) -> SnapshotPage:
        """See `Centre.snapshot`; `page` is the last place the device was given. UserFacingError
        `centre.snapshot-over`."""
        with self._store.reading() as reader:
            row = need_device(reader, device)
            if page == 0:
                return self._first(reader, row)
            with self._turn:
                begun = self._begun.get(device)
            if begun is None:
                raise UserFacingError(
                    "centre.snapshot-over",
                    "The centre was started again while it filled this machine.",
                    kept="Nothing was changed.",
                    remedy="Begin again.",
                )
            return self._page(reader, row, begun, within(page))

    def _first(self, reader: CentreReader, row: DeviceRow) -> SnapshotPage:
        head = reader.head()
        since = (reader.now - timedelta(days=KEPT_DAYS)).isoformat(timespec="milliseconds")
        cut, alive = reader.alive(head.hall_seq, since)
        begun = _Snapshot(head.hall_seq, head.root or NO_ROOT, cut, array("q", alive))
        with self._turn:
            self._begun[row.device] = begun
        page = self._page(reader, row, begun, 0)
        return SnapshotPage(
            hall_seq=page.hall_seq,
            root=page.root,
            events=page.events,
            next=page.next,
            chains=reader.chains(),
            secrets=reader.secrets(0) if may_log_in(row.role) else (),
        )

    def _page(self, reader: CentreReader, row: DeviceRow, begun: _Snapshot, after: int) -> SnapshotPage:
        at = bisect_right(begun.alive, after)
        places = begun.alive[at : at + MOST_PULLED].tolist()
        events = reader.at(places, row.role)
        if len(places) < MOST_PULLED:
            start = max(after, begun.cut - 1)
            most = min(MOST_PULLED - len(places), begun.until - start)
            events += reader.after(start, most, row.role) if most > 0 else ()
        last = events[-1].hall_seq if events else begun.until
        if last >= begun.until:
            with self._turn:
                self._begun.pop(row.device, None)
        return SnapshotPage(begun.until, begun.root, events, 0 if last >= begun.until else last)
