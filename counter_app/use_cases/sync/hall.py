"""What windows ask about the centre: this machine's state, the hall's devices, conflicts and settling them.

Not here: the questions of a conflict in words (`domain/centre/conflict_words.py`), how the state comes about
(`sync.py`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final, Literal

from counter_app.domain.centre.conflicts import CONFLICTS, NOBODY, Conflict
from counter_app.domain.centre.devices import DeviceState
from counter_app.domain.centre.facts import ConflictSettled
from counter_app.domain.hall.plan import HallPlan
from counter_app.domain.journal import Actor
from counter_app.errors import UserFacingError
from counter_app.use_cases.ports.centre import CentreAway, DeviceStanding
from counter_app.use_cases.ports.store import Reader, Store, Transaction
from counter_app.use_cases.reference import HALLS, HERE
from counter_app.use_cases.sync.link import CentreLink
from counter_app.use_cases.sync.neighbours import Neighbours, neighbours
from counter_app.use_cases.sync.state import CentreState, read_state

MOST_CONFLICTS: Final = 100
SILENT_AFTER: Final = timedelta(minutes=2)

Standing = Literal["in_step", "waiting", "silent", "revoked", "unknown"]


@dataclass(frozen=True, slots=True)
class DeviceRow:
    """One device of the hall. `standing` as of when it was told; `here` is this very machine."""

    device: str
    role: str
    name: str
    epoch: int
    standing: Standing
    last_contact: datetime | None
    agreed_at: datetime | None
    unsent: int
    oldest_unsent: datetime | None
    here: bool


@dataclass(frozen=True, slots=True)
class HallDevices:
    """`told_at` is when the centre told of them, None when it never did; `fresh`: just now."""

    rows: tuple[DeviceRow, ...]
    told_at: datetime | None
    fresh: bool
    state: CentreState


class HallCentre:
    """The centre as one machine's windows see it. Safe from any thread but the one that draws."""

    def __init__(self, store: Store, link: CentreLink | None = None) -> None:
        """`link` is the line to the centre; None where there is none."""
        self._store = store
        self._link = link

    @property
    def alone(self) -> bool:
        """This machine is its own hall: no centre is set up."""
        return self._link is None

    def state(self) -> CentreState:
        """How this machine stands as its keeper last noted; what waits to be sent, as it is now: a keeper
        that hangs notes nothing."""
        with self._store.reading() as reader:
            noted = read_state(reader)
        if self._link is None:
            return noted
        now = self._link.standing()
        return replace(noted, unsent=now.unsent + now.aside, oldest_unsent=now.oldest_unsent)

    def devices(self) -> HallDevices:
        """The hall's devices: as the centre knows them if it answers, else as far as they are known here."""
        fresh = self._asked()
        state = self.state()
        with self._store.reading() as reader:
            told = neighbours(reader)
            rows = _told(reader, told) if told is not None else _from_events(reader)
            return HallDevices(rows, told.asked_at if told else None, fresh, state)

    def _asked(self) -> bool:
        if self._link is None:
            return False
        try:
            self._link.devices()
        except CentreAway:
            return False
        return True

    def open_conflicts(self) -> tuple[Conflict, ...]:
        """Those of the whole hall that nobody has settled, oldest first."""
        with self._store.reading() as reader:
            return named(reader, reader.centre.open_conflicts(MOST_CONFLICTS))

    def concerning(self, staff: str, place: str) -> tuple[Conflict, ...]:
        """Open conflicts this clerk or this counter must hear of."""
        with self._store.reading() as reader:
            found = reader.centre.open_conflicts(MOST_CONFLICTS)
            return named(reader, tuple(one for one in found if concerns(one, staff, place)))

    def settle(self, actor: Actor, key: str, conflict: str, choice: str, note: str = "") -> Conflict:
        """Say what was done about it. UserFacingError `conflict.unknown`, `conflict.settled`."""

        def work(tx: Transaction) -> None:
            found = tx.need(CONFLICTS, conflict)
            if found.settled:
                raise UserFacingError(
                    "conflict.settled",
                    "{staff} has settled this already.",
                    kept="What was said first stands.",
                    staff=found.settled_by,
                )
            tx.record(ConflictSettled(conflict=conflict, choice=choice, note=note))

        self._store.act(actor, key, work)
        with self._store.reading() as reader:
            return reader.need(CONFLICTS, conflict)


def named(reader: Reader, found: Iterable[Conflict]) -> tuple[Conflict, ...]:
    """The conflicts with the names of both people, as the hall's plan has them: no event bears a name."""
    plan = reader.published(HALLS).get(HERE)
    if plan is None:
        return tuple(found)
    return tuple(_with_names(plan, one) for one in found)


def _with_names(plan: HallPlan, conflict: Conflict) -> Conflict:
    members = [plan.member(side.staff) for side in conflict.sides]
    slots = zip(("second_name", "first_name"), members, strict=False)
    return replace(
        conflict,
        detail={**conflict.detail, **{slot: member.name for slot, member in slots if member is not None}},
    )


def concerns(conflict: Conflict, staff: str, place: str) -> bool:
    """By clerk and by counter. What no clerk did (two kiosks) concerns whoever sees it first."""
    if all(side.staff in NOBODY for side in conflict.sides):
        return True
    return any(side.staff == staff or side.place == place for side in conflict.sides)


def _told(reader: Reader, told: Neighbours) -> tuple[DeviceRow, ...]:
    rows = (_row(one, told.asked_at, reader.device) for one in told.devices)
    return tuple(sorted(rows, key=lambda row: (row.standing == "revoked", not row.here, row.device)))


def _row(one: DeviceStanding, asked_at: datetime, here: str) -> DeviceRow:
    contact = _moment(one.last_contact)
    return DeviceRow(
        device=one.device,
        role=one.role,
        name=one.name,
        epoch=one.epoch,
        standing=_standing(one, contact, asked_at),
        last_contact=contact,
        agreed_at=_moment(one.agreed_at),
        unsent=one.unsent,
        oldest_unsent=_moment(one.oldest_unsent),
        here=one.device == here,
    )


def _standing(one: DeviceStanding, contact: datetime | None, asked_at: datetime) -> Standing:
    if one.revoked:
        return "revoked"
    if contact is None:
        return "unknown"
    if asked_at - contact > SILENT_AFTER:
        return "silent"
    if one.unsent:
        return "waiting"
    return "in_step" if one.agreed_at else "unknown"


def _from_events(reader: Reader) -> tuple[DeviceRow, ...]:
    """Only what was enrolled: how they stand is not known before the centre told."""
    rows = (_enrolled(state, reader.device) for state in reader.centre.devices())
    return tuple(sorted(rows, key=lambda row: (row.standing == "revoked", not row.here, row.device)))


def _enrolled(state: DeviceState, here: str) -> DeviceRow:
    standing: Standing = "revoked" if state.revoked else "unknown"
    return DeviceRow(
        state.device,
        state.role,
        state.name,
        state.epoch,
        standing,
        None,
        None,
        0,
        None,
        state.device == here,
    )


def _moment(text: str) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
