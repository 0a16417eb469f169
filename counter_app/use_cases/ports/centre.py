"""The hall's centre as a device sees it: one port, three adapters, one contract suite.

In process beside a SQLite path or a PostgreSQL store (on the centre's own machine only), or over `https://`
to the hub. Everything here is bound to one enrolled device. Every call may raise `CentreAway` (no answer: go
on alone) and UserFacingError `centre.*` (an answer: no).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal, Protocol

MOST_PUSHED: Final = 500
MOST_PULLED: Final = 1000


class CentreAway(Exception):
    """The centre cannot be reached, or did not answer in time. Whether it acted is not known: ask again
    under the same key."""


@dataclass(frozen=True, slots=True)
class SealedPart:
    """A private part beside an event. `salt` and `data` None: erased, or not for the receiver."""

    slot: str
    salt: bytes | None
    data: bytes | None


@dataclass(frozen=True, slots=True)
class SealedEvent:
    """An event's canonical bytes with its private parts."""

    data: bytes
    parts: tuple[SealedPart, ...] = ()


@dataclass(frozen=True, slots=True)
class RowBody:
    """A published row that a `RowsPublished` event vouches for; `body` None: withdrawn."""

    key: str
    body: bytes | None


@dataclass(frozen=True, slots=True)
class OrderedEvent:
    """An event at its place in the hall's order (1, 2, 3 … without gaps). `rows` go with `RowsPublished`."""

    hall_seq: int
    data: bytes
    parts: tuple[SealedPart, ...] = ()
    rows: tuple[RowBody, ...] = ()


@dataclass(frozen=True, slots=True)
class Batch:
    """Own events of one epoch, in order, at most `MOST_PUSHED`.

    `signature` is Ed25519 over `batch_digest(...)`: one a batch, kept with it.
    """

    epoch: int
    events: tuple[SealedEvent, ...]
    signature: bytes


@dataclass(frozen=True, slots=True)
class Ack:
    """Where the centre's copy of this chain ends now; durable before it is sent.

    `fork`: an event with this seq and another hash stands already: this branch cannot go on in this epoch.
    `gap`: events before the batch are missing: push from `seq + 1`. `closed`: this epoch was ended; say
    hello.
    """

    state: Literal["ok", "fork", "gap", "closed"]
    seq: int
    hash: str
    hall_seq: int


@dataclass(frozen=True, slots=True)
class Hello:
    """How a device stands when it connects. `token` is the one the last welcome gave, "" at first.

    `oldest_unsent` is the ISO time of the oldest event not yet acknowledged, "" when there is none; `rules`
    the program's `RULE_VERSION`.
    """

    epoch: int
    seq: int
    hash: str
    token: str
    pulled: int
    root: str
    unsent: int
    oldest_unsent: str
    program: str
    rules: int


@dataclass(frozen=True, slots=True)
class Welcome:
    """`state` `ok`: push and pull. `restored`: the centre knows more of this device than it does itself.
    `cloned`: another disk carried on as this device. For both, and after a fork, the device goes on in
    `epoch`.

    `seq`/`hash` are where the centre's copy of the device's chain in the epoch of the hello ends. `agrees`:
    the device's root at its `pulled` is the centre's.
    """

    state: Literal["ok", "restored", "cloned"]
    hall: str
    centre: str
    role: str
    epoch: int
    seq: int
    hash: str
    token: str
    hall_seq: int
    agrees: bool
    rules: int
    now: str


@dataclass(frozen=True, slots=True)
class Secret:
    """What staff log in with, sent beside the order and never in it: `name` is the note's key."""

    name: str
    version: int
    body: bytes


@dataclass(frozen=True, slots=True)
class Pulled:
    """A stretch of the hall's order after a place; whole and in order.

    `root` is the running hash after the last event (or at the place itself when there is none), `head` the
    hall's newest place. `secrets` are those newer than the version the pull named.
    """

    after: int
    events: tuple[OrderedEvent, ...]
    root: str
    head: int
    secrets: tuple[Secret, ...] = ()

    @property
    def last(self) -> int:
        return self.events[-1].hall_seq if self.events else self.after


@dataclass(frozen=True, slots=True)
class ChainEnd:
    """Where a device's chain stood at a snapshot's place: the tail is checked from here."""

    device: str
    epoch: int
    seq: int
    hash: str


@dataclass(frozen=True, slots=True)
class SnapshotPage:
    """One page of a snapshot at `hall_seq`: events of everything alive, and of the last days, in order.

    The first page carries `chains`, `root` and `secrets`. `next` is the place to ask for next, 0 at the end.
    """

    hall_seq: int
    root: str
    events: tuple[OrderedEvent, ...]
    next: int
    chains: tuple[ChainEnd, ...] = ()
    secrets: tuple[Secret, ...] = ()


@dataclass(frozen=True, slots=True)
class Claim:
    """Call next: which ticket may this clerk at this counter call? The same `key` gives the same answer."""

    key: str
    counter: str
    staff: str
    pulled: int
    secrets: int = 0


@dataclass(frozen=True, slots=True)
class Granted:
    """`ticket` "" when nobody waits for this counter. `grant` is the id of `TicketGranted`.

    `tail` brings the device to a place that contains the grant and the ticket; when it is too far behind for
    that, the tail ends before and the device pulls on first.
    """

    grant: str
    ticket: str
    tail: Pulled


@dataclass(frozen=True, slots=True)
class DeviceStanding:
    """One line of the page of devices. Times are ISO 8601, "" when never."""

    device: str
    role: str
    name: str
    epoch: int
    last_contact: str
    pulled: int
    agreed_at: str
    unsent: int
    oldest_unsent: str
    program: str
    revoked: bool


@dataclass(frozen=True, slots=True)
class Publication:
    """Reference rows to put in force at the centre: encoded bodies by key; None withdraws."""

    key: str
    kind: str
    rows: Mapping[str, bytes | None]
    replace: bool
    staff: str


class PictureLine(Protocol):
    """Sealed pictures go beside the journal, in pieces of at most `PIECE` bytes, and go on where they broke
    off.

    Only bytes that an event at the centre names are taken. UserFacingError `centre.picture-*`.
    """

    def picture_wanted(self, digest: str) -> int:
        """From which byte on the centre wants it; its whole size when it has all."""
        ...

    def send_piece(self, digest: str, at: int, data: bytes) -> int:
        """As `picture_wanted` after that; a piece at another place than the one wanted is not taken."""
        ...

    def picture_piece(self, digest: str, at: int) -> bytes:
        """The piece that begins there."""
        ...


class Centre(PictureLine, Protocol):
    """One device's line to its centre."""

    def hello(self, hello: Hello) -> Welcome:
        """Say how one stands. UserFacingError `centre.unknown-device`, `centre.revoked`, `centre.too-old`."""
        ...

    def push(self, batch: Batch) -> Ack:
        """UserFacingError `centre.forged` when signature, chain, hall or device do not fit: nothing was
        stored."""
        ...

    def pull(self, after: int, secrets: int = 0, limit: int = MOST_PULLED) -> Pulled: ...

    def wait(self, after: int, seconds: float) -> int:
        """The hall's newest place, as soon as it is beyond `after`, or after so many seconds."""
        ...

    def chain(self, epoch: int, after: int, limit: int = 5000) -> tuple[tuple[int, str], ...]:
        """Seq and hash of this device's own events as the centre has them: where do branches part?"""
        ...

    def snapshot(self, page: int = 0) -> SnapshotPage: ...

    def claim(self, claim: Claim) -> Granted: ...

    def give_back(self, grant: str) -> None:
        """A grant that came too late or is not wanted: the ticket keeps its place."""
        ...

    def lease(self, counter: str, staff: str) -> int:
        """Renew what `counter` may call while cut off; the event stands at the hall's place given back."""
        ...

    def numbers(self, letter: str, day: str) -> int:
        """Lease the next block of ticket numbers; the event stands at the hall's place given back."""
        ...

    def publish(self, publication: Publication) -> int:
        """Put reference rows in force for the whole hall."""
        ...

    def keep_secret(self, name: str, body: bytes) -> None:
        """A credential set on this device, for the hall's other devices."""
        ...

    def close_day(self, key: str, day: str, staff: str) -> int:
        """Total and sign the day."""
        ...

    def devices(self) -> tuple[DeviceStanding, ...]: ...

    def close(self) -> None: ...
