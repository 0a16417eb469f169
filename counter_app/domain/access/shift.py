"""A shift: a clerk at a counter, or a handler at a desk, from sign-in to sign-out (mission: H4, X3)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from counter_app.domain.journal import Fact, Recorded
from counter_app.domain.streams import Stream

_DESK: Final = "desk-"


def desk_place(device: str, number: int = 1) -> str:
    """Where somebody works behind the counters: `number` tells the desks of one machine apart.

    A desk is no counter: nobody is called to it, so it neither opens nor stands unattended.
    """
    return f"{_DESK}{device}" if number == 1 else f"{_DESK}{device}.{number}"


def is_desk(place: str) -> bool:
    return place.startswith(_DESK)


def pair_key(staff: str, place: str) -> str:
    """This person at this place."""
    return f"{staff}@{place}"


def lock_place(place: str, device: str) -> str:
    """A place as tries are counted: each machine's own, so that guessing at one locks no other's.

    Events of before there were many machines name no `device`.
    """
    return f"{device}/{place}" if device else place


def lock_subjects(staff: str, place: str) -> tuple[str, ...]:
    """The three counts a try belongs to (`lockout.py`); `staff` empty: a badge nobody has."""
    if not staff:
        return (f"lock-place:{place}",)
    return (f"lock-pair:{pair_key(staff, place)}", f"lock-staff:{staff}", f"lock-place:{place}")


class ShiftFact(Fact):
    shift: str
    staff: str
    counter: str

    @property
    def subjects(self) -> tuple[str, ...]:
        return (f"shift:{self.shift}",)


class PinProven(ShiftFact):
    """Base of what only a right PIN can do: the try that led here is no longer held against anybody."""

    device: str = ""

    @property
    def subjects(self) -> tuple[str, ...]:
        where = lock_place(self.counter, self.device)
        return (f"shift:{self.shift}", *lock_subjects(self.staff, where))


class ShiftBegan(PinProven):
    """Signed in with badge and PIN. `post` is `A` or `B`: own post, or standing in.

    `key` is the command key of the log-in: asked again, it gives this shift.
    """

    post: str = "A"
    key: str = ""


class ShiftEnded(ShiftFact):
    """`cause`: `log-off`, `moved` (logged in elsewhere), `relieved` (another logged in here),
    `resumed` (the same clerk came back after a crash) or `lost`."""

    cause: str


class ScreenLocked(ShiftFact):
    reason: str = ""


class ScreenUnlocked(PinProven):
    pass


@dataclass(frozen=True, slots=True)
class ShiftState:
    id: str
    staff: str
    counter: str
    post: str
    key: str
    began_at: datetime
    locked: bool = False
    lock_reason: str = ""
    ended_at: datetime | None = None
    cause: str = ""


def fold_shift(state: ShiftState | None, event: Recorded) -> ShiftState | None:
    fact = event.fact
    if isinstance(fact, ShiftBegan):
        return ShiftState(fact.shift, fact.staff, fact.counter, fact.post, fact.key, event.at)
    if state is None or state.ended_at is not None:
        return state
    if isinstance(fact, ShiftEnded):
        return replace(state, ended_at=event.at, cause=fact.cause)
    if isinstance(fact, ScreenLocked):
        return replace(state, locked=True, lock_reason=fact.reason)
    if isinstance(fact, ScreenUnlocked):
        return replace(state, locked=False, lock_reason="")
    return state


SHIFTS: Final = Stream("shift", ShiftState, fold_shift)
