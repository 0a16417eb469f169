"""The centre's store as its rules see it: everything of one hall, decided under the hall's head-row lock.

SQLite (one machine) and PostgreSQL answer the same. Folds here are made without private parts: the centre
decides on numbers, places and states, never on names. Private parts are kept under the hall's key.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol, TypeVar

from counter_app.domain.journal import Fact, Recorded
from counter_app.domain.streams import Published, Stream
from counter_app.domain.waiting.ticket import Ticket
from counter_app.use_cases.ports.centre import ChainEnd, OrderedEvent, SealedPart, Secret

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class HallHead:
    """The hall's newest place and the running root there; `rules` the newest `RULE_VERSION` that decided."""

    hall_seq: int
    root: str
    rules: int


@dataclass(frozen=True, slots=True)
class DeviceRow:
    """An enrolled device; `epoch` is the newest epoch allotted to it.

    `token` is the latest that it used, `offered` those given to it since: a welcome may be lost on its way.
    `state` holds what it last said of itself (`DeviceStanding`'s fields by name).
    """

    device: str
    role: str
    name: str
    public: str
    epoch: int
    token: str = ""
    offered: tuple[str, ...] = ()
    revoked: bool = False
    state: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Invitation:
    """A one-time code's digest for one device; `expires` ISO 8601."""

    digest: str
    device: str
    role: str
    name: str
    expires: str


@dataclass(frozen=True, slots=True)
class Incoming:
    """A checked event about to be ordered: what was sealed, read back, with its parts."""

    event: Recorded
    data: bytes
    parts: tuple[SealedPart, ...]


class BlobRows(Protocol):
    """Sealed bytes beside the order. `keep` and `drop` are for decisions only."""

    def pieces(self, digest: str) -> tuple[tuple[int, int], ...]:
        """What is here: (place, length) of each piece, in order."""
        ...

    def piece(self, digest: str, at: int) -> bytes | None: ...

    def keep(self, digest: str, at: int, data: bytes) -> None: ...

    def drop(self, digest: str) -> None: ...


class OrderReader(Protocol):
    """The hall's order and the chains it is made of."""

    def head(self) -> HallHead: ...

    def root_at(self, hall_seq: int) -> str | None:
        """The running root at a place; None when the place is not reached or was archived."""
        ...

    def chain_end(self, device: str, epoch: int) -> tuple[int, str]:
        """Seq and hash of the newest event of a chain; (0, GENESIS) when it has none."""
        ...

    def chain(self, device: str, epoch: int, after: int, limit: int) -> tuple[tuple[int, str], ...]: ...

    def chains(self) -> tuple[ChainEnd, ...]: ...

    def after(self, hall_seq: int, limit: int, role: str) -> tuple[OrderedEvent, ...]:
        """The order beyond a place, with the parts this role may read, and rows of publications."""
        ...

    def alive(self, until: int, since: str) -> tuple[int, tuple[int, ...]]:
        """What a snapshot at `until` holds: everything from the first place given, whose event was ordered
        at or after `since` (ISO), and before it the places given: all of subjects still alive, and the
        publications still in force."""
        ...

    def at(self, places: Sequence[int], role: str) -> tuple[OrderedEvent, ...]:
        """The events at these places, in order, as `after` gives them."""
        ...

    def history(self, subject: str) -> tuple[OrderedEvent, ...]:
        """All events of a subject, in order, without parts."""
        ...

    def of_key(self, device: str, key: str) -> tuple[Recorded, ...]:
        """What the centre itself recorded under a command key (`device` is the centre's): a device keeps its
        own keys, and they are not looked up here."""
        ...


class CentreReader(OrderReader, Protocol):
    """A short read of one hall."""

    @property
    def hall(self) -> str: ...

    @property
    def centre(self) -> str:
        """The device code of the centre itself."""
        ...

    @property
    def now(self) -> datetime: ...

    def device(self, device: str) -> DeviceRow | None: ...

    def devices(self) -> tuple[DeviceRow, ...]: ...

    def get(self, stream: Stream[T], id: str) -> T | None:
        """The fold of one subject, without private parts."""
        ...

    def living(self, stream: Stream[T], after: str, limit: int) -> tuple[tuple[str, T], ...]:
        """Folds of the subjects still alive with an id beyond `after`, by id."""
        ...

    def published(self, kind: Published[T]) -> Mapping[str, T]: ...

    def heads(self, pools: Sequence[str], besides: Iterable[str] = ()) -> tuple[Ticket, ...]:
        """The first ticket of each pool that is not among `besides`."""
        ...

    def first(self, pools: Sequence[str], each: int, besides: Iterable[str] = ()) -> tuple[Ticket, ...]:
        """Up to `each` tickets of every pool, by place over all."""
        ...

    def secrets(self, after: int) -> tuple[Secret, ...]: ...

    @property
    def blobs(self) -> BlobRows: ...

    def note(self, key: str) -> bytes | None:
        """What the centre's rules keep for themselves (grants and leases under way, serials): no event."""
        ...

    def notes(self, prefix: str) -> Mapping[str, bytes]: ...


class CentreTransaction(CentreReader, Protocol):
    """A decision under way: nobody else decides for this hall meanwhile; all of it is durable or none."""

    def take_in(self, events: Sequence[Incoming]) -> int:
        """Give a device's events their places, keep parts, extend folds; gives the hall's new place.

        ValueError when a fold cannot make anything of an event's body: let the block end with an error.
        """
        ...

    def record(
        self, fact: Fact, *, key: str = "", staff: str = "centre", private: Mapping[str, bytes] | None = None
    ) -> Recorded:
        """Append an event of the centre's own, with its private parts, and give it the next place."""
        ...

    def publish(
        self, kind: str, rows: Mapping[str, bytes | None], *, replace: bool, staff: str, key: str
    ) -> None:
        """Put rows in force, with their `RowsPublished` event; unchanged rows are left out."""
        ...

    def keep_batch(self, device: str, epoch: int, first: int, last: int, signature: bytes) -> None: ...

    def keep_device(self, row: DeviceRow) -> None: ...

    def invite(self, invitation: Invitation) -> None: ...

    def use_invitation(self, digest: str) -> Invitation | None:
        """Take a code out of use; None when there is none such, or it has expired."""
        ...

    def keep_secret(self, name: str, body: bytes) -> None: ...

    def keep_note(self, key: str, value: bytes | None) -> None: ...

    def foresee(self, notes: Iterable[str]) -> None:
        """These notes will be asked for: read together, since each alone is a journey to the database."""
        ...

    def open_epoch(self, cause: str) -> int:
        """The centre's own chain goes on in a new epoch (its store came from a backup); gives the epoch."""
        ...

    def empty_parts(self, parts: Iterable[tuple[str, str]]) -> int:
        """Erase these private parts (event's id, slot) for good; gives how many there were."""
        ...


class CentreStore(Protocol):
    """One hall's centre store. Threads may share it."""

    @property
    def hall(self) -> str: ...

    @property
    def centre(self) -> str:
        """The device code of the centre itself."""
        ...

    def deciding(self, *, by_rules: bool = True) -> AbstractContextManager[CentreTransaction]:
        """The hall's head row is locked until the block ends; an exception rolls everything back.

        `by_rules` False: nothing is decided by rules of this program, only ordered and kept; an older
        program may do that too.

        UserFacingError `store.full`, `store.broken`, `store.busy`, `centre.rules-newer`.
        """
        ...

    def reading(self) -> AbstractContextManager[CentreReader]: ...

    def wait(self, after: int, seconds: float) -> int:
        """The hall's newest place, as soon as it is beyond `after`, or after so many seconds."""
        ...

    def rewrite(self) -> bool:
        """Clear away what is left in the file of parts that were emptied, if any; nobody decides meanwhile.
        True when that was done now."""
        ...

    def close(self) -> None: ...
