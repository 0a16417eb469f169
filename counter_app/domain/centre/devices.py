"""A device of the hall as its events tell: role, key, the runs of its numbers and why each began.

Not here: when it was last heard of (`DeviceStanding`, which the centre keeps beside the order), and how
it is enrolled (`use_cases/centre`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from counter_app.domain.centre.facts import DeviceEnrolled, DeviceFact, DeviceRevoked, EpochOpened
from counter_app.domain.journal import Recorded
from counter_app.domain.streams import Stream

MOST_EPOCHS_KEPT: Final = 20


@dataclass(frozen=True, slots=True)
class EpochStep:
    """One run of a device's numbers. `cause` and `set_aside` as in `EpochOpened`; "" and 0 for enrolment."""

    epoch: int
    at: datetime
    cause: str = ""
    set_aside: int = 0


@dataclass(frozen=True, slots=True)
class DeviceState:
    """The fold of a device. `role` and `public` are "" while only an epoch of it is known here.

    `epochs` are the latest runs, oldest first. Queries ask by `device` (the id) and for all; the page of
    devices shows `revoked` ones last.
    """

    device: str
    role: str = ""
    name: str = ""
    public: str = ""
    epoch: int = 1
    revoked: bool = False
    revoked_cause: str = ""
    enrolled_at: datetime | None = None
    epochs: tuple[EpochStep, ...] = ()


def fold_device(state: DeviceState | None, event: Recorded) -> DeviceState | None:
    """Extend a device by one event. Enrolling it again (its machine was replaced) makes it count again."""
    fact = event.fact
    if not isinstance(fact, DeviceFact):
        return state
    was = state or DeviceState(fact.device)
    if isinstance(fact, DeviceEnrolled):
        return replace(
            was,
            role=fact.role,
            name=fact.name,
            public=fact.public,
            revoked=False,
            revoked_cause="",
            enrolled_at=event.at,
            epochs=was.epochs or (EpochStep(was.epoch, event.at),),
        )
    if isinstance(fact, DeviceRevoked):
        return replace(was, revoked=True, revoked_cause=fact.cause)
    if isinstance(fact, EpochOpened):
        step = EpochStep(event.epoch, event.at, fact.cause, fact.set_aside)
        return replace(was, epoch=max(was.epoch, event.epoch), epochs=(*was.epochs, step)[-MOST_EPOCHS_KEPT:])
    return state


DEVICES: Final = Stream("device", DeviceState, fold_device)
