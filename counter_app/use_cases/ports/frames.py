"""The ports to rating pads and LED strips. Every call may block for a second: never on a window's thread."""

from __future__ import annotations

from typing import Literal, Protocol

StripState = Literal["called", "serving", "open", "paused", "closed"]


class RatingPad(Protocol):
    """One pad. What is lost on the way (a cable, a frame) is asked again by whoever asked."""

    def ask(self) -> None:
        """Let it invite. UserFacingError of its line."""
        ...

    def score(self) -> int | None:
        """1–5 as soon as somebody pressed, None after a moment without. UserFacingError of its line."""
        ...

    def thank(self) -> None:
        """The rating was kept. UserFacingError of its line."""
        ...

    def close(self) -> None: ...


class LedStrip(Protocol):
    """One strip above a counter."""

    @property
    def counter(self) -> str:
        """The number it was set up for; "": whichever counter was opened on this machine."""
        ...

    def show(self, state: StripState, counter: str, ticket: str) -> None:
        """UserFacingError of its line."""
        ...
