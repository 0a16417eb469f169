"""Facts about devices, grants, leases and conflicts (design: the centre gives the order).

Written by the centre, but for `EpochOpened` and `ConflictSettled`, which a device writes. What was granted
stands in the ticket's own history too, so that everybody sees why a number was called where it was.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from counter_app.domain.journal import Fact


class DeviceFact(Fact):
    """Base of what is about one device of the hall."""

    device: str

    @property
    def subjects(self) -> tuple[str, ...]:
        return (f"device:{self.device}",)


class DeviceEnrolled(DeviceFact):
    """`role` is one of `roles.ROLES`; `public` the Ed25519 key in hex."""

    role: str
    name: str
    public: str


class DeviceRevoked(DeviceFact):
    """Its key counts no more; it wipes itself when it hears of it."""

    cause: str


class EpochOpened(DeviceFact):
    """A restored, cloned or replaced disk goes on in a new run of numbers; the first event of the new epoch.

    `last_seq` and `last_hash` are where the centre saw the old epoch end. `set_aside` is how many acts of
    another branch were taken out of the journal, kept as evidence and entered anew.
    """

    old_epoch: int
    last_seq: int
    last_hash: str
    cause: str
    set_aside: int = 0


class TicketGranted(Fact):
    """This ticket may be called at this counter, by the device that asked with `for_key`."""

    ticket: str
    line: str
    counter: str
    staff: str
    queue: str
    rule: str
    for_device: str
    for_key: str

    @property
    def subjects(self) -> tuple[str, ...]:
        return (f"ticket:{self.ticket}",)


class GrantLapsed(Fact):
    """The grant (id of `TicketGranted`) was not used or was given back; the ticket keeps its place."""

    ticket: str
    grant: str
    cause: str

    @property
    def subjects(self) -> tuple[str, ...]:
        return (f"ticket:{self.ticket}",)


class TicketsLeased(Fact):
    """What a counter may call while it is cut off, until `until` (ISO 8601). Replaces its earlier lease."""

    for_device: str
    counter: str
    tickets: tuple[str, ...]
    until: str

    @property
    def subjects(self) -> tuple[str, ...]:
        return (f"lease:{self.for_device}/{self.counter}",)


class NumbersLeased(Fact):
    """Ticket numbers `first` to `last` of a line's letter and a day are this device's to give out."""

    for_device: str
    letter: str
    day: str
    first: int
    last: int

    @property
    def subjects(self) -> tuple[str, ...]:
        return (f"numbers:{self.for_device}/{self.letter}/{self.day}",)


class ConflictFound(Fact):
    """Two machines acted at once; in the hall's order `event` no longer fitted (or `rule` says what else).

    The conflict's id is the id of `event`: it is late once. `against` is the event that stands, `concerned`
    those who must hear of it, each `device/staff/place`.
    """

    conflict: str
    subject: str
    rule: str
    event: str
    against: str
    concerned: tuple[str, ...]
    detail: Mapping[str, str] = field(default_factory=dict)

    @property
    def subjects(self) -> tuple[str, ...]:
        return (f"conflict:{self.conflict}", self.subject)


class ConflictSettled(Fact):
    """A clerk said what was done about it: `choice` is a code of the rule's choices."""

    conflict: str
    choice: str
    note: str = ""

    @property
    def subjects(self) -> tuple[str, ...]:
        return (f"conflict:{self.conflict}",)


class DayTotalled(Fact):
    """The day's close: what the hall's order came to. Printed, and kept by people: the outside anchor.

    `root` is the running hash of the order at `hall_seq` (this event comes after it); `chains` maps
    `device.epoch` to `seq:hash`; `totals` counts events by type; `signature` is the centre's over the
    canonical rest.
    """

    day: str
    hall_seq: int
    root: str
    chains: Mapping[str, str]
    totals: Mapping[str, int]
    signature: str

    @property
    def subjects(self) -> tuple[str, ...]:
        return (f"day:{self.day}",)
