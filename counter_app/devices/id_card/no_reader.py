"""The reader of a counter that has none set up."""

from __future__ import annotations

from counter_app.errors import UserFacingError
from counter_app.use_cases.ports.identity import CardRead, ReaderChanged, ReaderListener, ReaderState


class NoReader:
    """Says once that there is no reader, and nothing more."""

    state = ReaderState.OFF
    problem: UserFacingError | None = None
    card: CardRead | None = None

    def start(self, listener: ReaderListener) -> None:
        listener(ReaderChanged(ReaderState.OFF))

    def stop(self) -> None:
        """There is nothing to stop."""
