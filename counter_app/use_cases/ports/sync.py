"""This device's journal as the sync sees it: what to send, what to take in, and how to part from a lost
branch.

The store keeps `acked` (durable at the centre) and `pulled` (the hall's place up to which everything is
here). A row holds fold(confirmed by the hall's order, then own unconfirmed by `seq`) (design: acts are
events).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from counter_app.domain.journal import Recorded
from counter_app.use_cases.ports.centre import Pulled, SealedEvent, SnapshotPage
from counter_app.use_cases.ports.store import Transaction


@dataclass(frozen=True, slots=True)
class Standing:
    """Where this device stands. `acked` is the last own seq known durable at the centre, in `epoch`; `root`
    the running hash of the order at `pulled`; `token` the latest welcome's; `oldest_unsent` ISO, "" when all
    is sent. `aside` counts own acts taken out of the journal that wait to be entered anew."""

    epoch: int
    seq: int
    hash: str
    acked: int
    pulled: int
    root: str
    token: str
    secrets: int
    oldest_unsent: str
    aside: int

    @property
    def unsent(self) -> int:
        return self.seq - self.acked


@dataclass(frozen=True, slots=True)
class Taken:
    """What a stretch of the order did here."""

    events: int
    refolded: int
    last: int


Also = Callable[[Transaction, Sequence[Recorded]], None]


class Journal(Protocol):
    """The local store's other face. Each call is one short transaction under the writers' lock."""

    def standing(self) -> Standing: ...

    def outbox(self, epoch: int, after: int, limit: int) -> tuple[SealedEvent, ...]:
        """Own events of an epoch beyond `after`, with their private parts, in order."""
        ...

    def acked(self, epoch: int, seq: int) -> None:
        """The centre holds everything up to `seq`. Never goes back."""
        ...

    def take_in(self, pulled: Pulled, also: Also | None = None) -> Taken:
        """Take a stretch of the order: foreign events are checked (hash, chain, parts), stored and folded,
        own ones confirmed, published rows put in force, secrets kept. What is known already is passed over;
        a stretch that does not join on to `pulled` is left alone (`Taken(0, 0, pulled)`). `also` runs in the
        same transaction with the foreign events (search tokens).

        UserFacingError `sync.forged` (an event that does not fit its chain or digest), `sync.out-of-step`
        (the root differs): nothing of the stretch was kept.
        """
        ...

    def begin(self, pages: Sequence[SnapshotPage], also: Also | None = None) -> Taken:
        """Fill an empty store from a snapshot. UserFacingError `sync.not-empty`."""
        ...

    def chain(self, epoch: int, after: int, limit: int) -> tuple[tuple[int, str], ...]:
        """Seq and hash of own events."""
        ...

    def keep_token(self, token: str) -> None: ...

    def part_ways(self, epoch: int, keep: int, new_epoch: int, cause: str) -> int:
        """Go on in `new_epoch`: own events of `epoch` beyond `keep` leave the journal for the evidence,
        their subjects are folded anew, and `EpochOpened` begins the new run. Gives how many were set
        aside."""
        ...

    def enter_anew(self, limit: int) -> int:
        """Record the oldest acts set aside once more, under their command keys, with `recovered_from`; ids
        that the lost branch began are replaced by the new ones. Gives how many remain."""
        ...

    def digest(self, kinds: Sequence[str]) -> Mapping[str, str]:
        """SHA-256 over all rows of each kind (id and fold, by id): equal on machines of equal scope in
        step."""
        ...

    def empty_parts(self, events: Sequence[str]) -> int:
        """Erase private parts of events (ids), and refold what they belong to."""
        ...
