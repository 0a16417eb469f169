"""A stream: all events of one subject, and the pure fold that says what they come to.

Rooms declare their streams (`TICKETS = Stream("ticket", Ticket, fold_ticket)`). The store keeps the
fold of every subject in a row and extends it at the tail; it can always be made again from the
events. An event that no longer fits is never dropped: the fold marks it overtaken.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

import msgspec

from counter_app.domain.journal import Recorded

T = TypeVar("T")


@dataclass(frozen=True)
class Stream(Generic[T]):
    """Subject kind, the state's type (a frozen dataclass msgspec can hold) and its fold."""

    kind: str
    state: type[T]
    fold: Callable[[T | None, Recorded], T | None]
    _decoder: msgspec.json.Decoder[T] = field(init=False, repr=False, compare=False)

    def subject(self, id: str) -> str:
        return f"{self.kind}:{id}"

    def __post_init__(self) -> None:
        # While modules load: msgspec takes a type in once, and crashes when two threads do it at once.
        object.__setattr__(self, "_decoder", msgspec.json.Decoder(self.state))

    def encode(self, state: T) -> bytes:
        return msgspec.json.encode(state)

    def decode(self, data: bytes) -> T:
        return self._decoder.decode(data)

    def replay(self, events: Iterable[Recorded]) -> T | None:
        """Fold from nothing: the truth that every saved row must equal."""
        state: T | None = None
        for event in events:
            state = self.fold(state, event)
        return state


@dataclass(frozen=True)
class Published(Generic[T]):
    """A kind of reference data: versioned rows published one way, centre → devices.

    Rows are kept as JSON by msgspec, unless the kind brings its own `encoder` and `decoder`.
    """

    kind: str
    row: type[T]
    encoder: Callable[[T], bytes] = msgspec.json.encode
    decoder: Callable[[bytes], T] | None = None
    _decode: Callable[[bytes], T] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_decode", self.decoder or msgspec.json.Decoder(self.row).decode)  # as above

    def encode(self, row: T) -> bytes:
        return self.encoder(row)

    def decode(self, data: bytes) -> T:
        return self._decode(data)


def subject_id(subject: str) -> str:
    """The id behind `kind:`."""
    return subject.partition(":")[2]
