"""This device's journal as the sync sees it: what to send, what to take in, and how to part from a lost
branch.

The store keeps `acked` (durable at the centre) and `pulled` (the hall's place up to which everything is
here). A row holds fold(confirmed by the hall's order, then own unconfirmed by `seq`) (design: acts are
events).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from counter_app.domain.journal import Recorded
from counter_app.use_cases.ports.centre import Pulled, SealedEvent, SnapshotPage
from counter_app.use_cases.ports.store import Transaction

SECRETS: Final = "credential/"  # notes that travel beside the order; no other note does


@dataclass(frozen=True, slots=True)
class Standing:
    """Where this device stands. `acked` is the last own seq known durable at the centre, in `epoch`; `root`
    the running hash of the order at `pulled`; `token` the latest welcome's; `centre` the centre's own device
    code, "" before the first welcome; `oldest_unsent` ISO, "" when all is sent. `aside` counts own acts
    taken out of the journal that wait to be entered anew; `filling` is the snapshot's page to ask for next,
    0 when none is being read in."""

    epoch: int
    seq: int
    hash: str
    acked: int
    pulled: int
    root: str
    token: str
    centre: str
    secrets: int
    oldest_unsent: str
    aside: int
    filling: int

    @property
    def unsent(self) -> int:
        return self.seq - self.acked


@dataclass(frozen=True, slots=True)
class Taken:
    """What a stretch of the order did here. `events` counts what was new (own confirmations are not),
    `refolded` the subjects whose events were folded from their beginning; `last` is the place reached."""

    events: int
    refolded: int
    last: int


@dataclass(frozen=True, slots=True)
class Parting:
    """Go on in `new_epoch`: own events of `epoch` beyond `keep` are set aside. `last_seq` and `last_hash` are
    where the centre saw the old epoch end."""

    epoch: int
    keep: int
    new_epoch: int
    last_seq: int
    last_hash: str
    cause: str


Also = Callable[[Transaction, Sequence[Recorded]], None]


class Journal(Protocol):
    """The local store's other face. Each call is one short transaction under the writers' lock."""

    def standing(self) -> Standing: ...

    def outbox(self, epoch: int, after: int, limit: int) -> tuple[SealedEvent, ...]:
        """Own events of an epoch beyond `after`, with their private parts, in order."""
        ...

    def acked(self, epoch: int, seq: int) -> None:
        """The centre holds everything up to `seq`. Never goes back; an epoch left behind is passed over."""
        ...

    def take_in(self, pulled: Pulled, also: Also | None = None) -> Taken:
        """Take a stretch of the order: foreign events are checked (hash, chain, parts), stored and folded,
        own ones confirmed, the centre's rows put in force, secrets kept. What is known already is passed
        over; a stretch that does not join on to `pulled` is left alone (`Taken(0, 0, pulled)`). `also` runs
        in the same transaction with the new events (search tokens).

        UserFacingError `sync.forged` (an event that does not fit its chain or digest), `sync.out-of-step`
        (the root differs), `sync.forked` (another branch of this device's own chain stands in the order):
        nothing of the stretch was kept.
        """
        ...

    def begin(self, page: SnapshotPage, also: Also | None = None) -> Taken:
        """Fill a store that has taken in nothing yet from a snapshot, page by page, in order;
        `Standing.filling` says which is next. A first page may come again: the centre has begun a new one.

        UserFacingError `sync.not-empty`, `sync.forged`, `sync.wrong-page` (not of the snapshot begun).
        """
        ...

    def chain(self, epoch: int, after: int, limit: int) -> tuple[tuple[int, str], ...]:
        """Seq and hash of own events."""
        ...

    def keep_welcome(self, token: str, centre: str) -> None: ...

    def part_ways(self, parting: Parting) -> int:
        """Own events beyond `keep` leave the journal for the evidence, their subjects are folded anew, and
        `EpochOpened` begins the new run. Gives how many were set aside. Once done it is passed over."""
        ...

    def enter_anew(self, limit: int, also: Also | None = None) -> int:
        """Record the oldest acts set aside once more, under their command keys, with `recovered_from`; ids
        that the lost branch began are replaced by the new ones. A print job comes back whole, as it ended.
        Gives how many remain."""
        ...

    def runs(self, prefix: str) -> Mapping[str, int]:
        """How far this device's runs of numbers have come (`Transaction.serial`), of names that begin so."""
        ...

    def secrets_set_here(self, limit: int) -> tuple[tuple[str, bytes], ...]:
        """Credentials (note's key and value) that differ from what the centre is known to have."""
        ...

    def secret_sent(self, name: str, body: bytes) -> None:
        """The centre has this credential."""
        ...

    def digest(self, kinds: Sequence[str]) -> Mapping[str, str]:
        """SHA-256 over all rows of each kind (id and fold, by id): equal on machines of equal scope in
        step."""
        ...
