"""What front ends know of a reader for identity documents: news, a state, and the card lying there.

Which device gives the news, and over what cable, is not here. A time is monotonic seconds: a card
left on the reader since before a call is older than the call and is not taken (mission: I2).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from counter_app.domain.identity.document import IdentityDocument
from counter_app.errors import UserFacingError, mark


class ReaderState(StrEnum):
    OFF = "off"  # none set up, or not started
    READY = "ready"
    ABSENT = "absent"  # nothing at the port, or nothing that answers
    LOST = "lost"  # was ready, is being looked for
    BUSY = "busy"  # another process has the port


READER_STATE_NAMES = {
    ReaderState.OFF: mark("no reader set up"),
    ReaderState.READY: mark("reader ready"),
    ReaderState.ABSENT: mark("reader not found"),
    ReaderState.LOST: mark("reader unplugged"),
    ReaderState.BUSY: mark("reader in use elsewhere"),
}


@dataclass(frozen=True, slots=True)
class CardRead:
    """A card was laid on and read. `read_at`: monotonic seconds when the last byte was in."""

    document: IdentityDocument
    read_at: float


@dataclass(frozen=True, slots=True)
class CardFailed:
    """A card lies there but cannot be read; said once until it is lifted."""

    error: UserFacingError
    at: float


@dataclass(frozen=True, slots=True)
class CardRemoved:
    """The card of the last `CardRead` or `CardFailed` was lifted, or the reader went away under it."""

    at: float


@dataclass(frozen=True, slots=True)
class ReaderChanged:
    """The reader's state changed; `problem` says why it is not ready, `module` is its number."""

    state: ReaderState
    problem: UserFacingError | None = None
    module: str = ""


ReaderNews = CardRead | CardFailed | CardRemoved | ReaderChanged
ReaderListener = Callable[[ReaderNews], None]


class CardReader(Protocol):
    """A reader that works by itself once started. No call blocks for longer than a moment."""

    def start(self, listener: ReaderListener) -> None:
        """Begin. `listener` is called in the reader's own thread and must hand on and return."""

    def stop(self) -> None:
        """End and release the port; no news after it returns. May be called twice."""

    @property
    def state(self) -> ReaderState: ...

    @property
    def problem(self) -> UserFacingError | None:
        """Why the reader is not ready."""

    @property
    def card(self) -> CardRead | None:
        """The card that lies on the reader now."""
