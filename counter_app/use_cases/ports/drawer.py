"""The port to a cash drawer on a line of its own; one behind a printer goes through the printer's lane."""

from __future__ import annotations

from typing import Protocol


class OwnDrawer(Protocol):
    """Calls block for a second or two and come from one thread. UserFacingError for trouble with the line."""

    @property
    def can_tell(self) -> bool:
        """Whether it says if it is open."""
        ...

    def kick(self) -> None:
        """Tell it to open."""
        ...

    def is_open(self) -> bool | None:
        """None when it does not answer."""
        ...
