"""The centre of the hall above, as the centre of a lower hall sees it; and the halls it keeps copies of.

Up goes a hall's order as it stands, byte for byte; nobody above orders it anew. Down come letters: cases that
are handed on, and news of them. Every call of `Upper` may raise `CentreAway` and UserFacingError.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from hashlib import sha256
from typing import Final, Literal, Protocol, runtime_checkable

from counter_app.domain.journal import Recorded
from counter_app.use_cases.ports.centre import OrderedEvent, SealedEvent
from counter_app.use_cases.ports.centre_store import CentreReader

MOST_MIRRORED: Final = 500
MOST_LETTERS: Final = 50


@dataclass(frozen=True, slots=True)
class MirrorStanding:
    """How far the upper centre has a hall's order; `root` is the running hash there."""

    hall_seq: int
    root: str


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of the order of `hall`, from after a place; `root` is the running hash after its last event.

    `centre` is the device code of that hall's centre, `signature` Ed25519 of the relaying centre over
    `stretch_text`.
    """

    hall: str
    centre: str
    after: int
    events: tuple[OrderedEvent, ...]
    root: str
    signature: bytes


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter in a hall's box; halls are named by code. `id` is the event it is about, in `from_hall`.

    `case`: a case that is handed on, `event` its `CaseForwarded` with its luggage. `news`: `from_hall` has
    `case` (as it is called there), which stood as `news` says (a stage) at `at` (ISO 8601).
    """

    number: int
    sort: Literal["case", "news"]
    from_hall: str
    to_hall: str
    id: str
    event: SealedEvent | None = None
    case: str = ""
    news: str = ""
    at: str = ""


@runtime_checkable
class Upper(Protocol):
    """One lower centre's line to the centre above."""

    def standing(self, hall: str) -> MirrorStanding:
        """UserFacingError `relay.other-hall` when this relay may not bring that hall's order."""
        ...

    def mirror(self, stretch: Stretch) -> MirrorStanding:
        """Bring a piece; all of it is stored or nothing, the same again does no harm.

        UserFacingError `centre.forged`, `centre.too-large`, `relay.other-hall`, `relay.gap`, `relay.parted`.
        """
        ...

    def letters(self, after: int) -> tuple[Letter, ...]:
        """The next letters of this hall's box, in order."""
        ...

    def taken(self, number: int) -> None:
        """Everything up to here is kept by this hall now: the box lets go of it."""
        ...

    def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Mirrored:
    """A checked event of a stretch: read back, and as it came."""

    event: Recorded
    came: OrderedEvent


class Mirrors(Protocol):
    """Copies of other halls' orders beside a centre's own store, each under its own hall's name."""

    def standing(self, hall: str) -> MirrorStanding: ...

    def reading(self, hall: str) -> AbstractContextManager[CentreReader]:
        """A short read of a mirrored hall."""
        ...

    def add(self, hall: str, centre: str, after: int, events: Sequence[Mirrored], root: str) -> None:
        """Store checked events at their places. ValueError when they do not go on from what is there, a chain
        is broken or the running hash is another: nothing is stored."""
        ...

    def centre_of(self, hall: str) -> str:
        """The device code of the mirrored hall's own centre."""
        ...

    def seal(self, data: bytes, place: str) -> bytes:
        """Under the key of the hall that keeps the copies."""
        ...

    def unseal(self, sealed: bytes, place: str) -> bytes: ...


def stretch_text(hall: str, centre: str, after: int, events: Sequence[OrderedEvent], root: str) -> bytes:
    """What the relaying centre signs: hall, place, every event's hash in order, and the root."""
    hashes = (sha256(entry.data).hexdigest() for entry in events)
    text = "\n".join(("counter-app stretch 1", hall, centre, str(after), root, *hashes))
    return sha256(text.encode()).digest()
