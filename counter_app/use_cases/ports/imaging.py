"""The port to what takes pictures of papers: document cameras and scanners, whoever made them.

A source is opened for one taking and closed. Every call may block for seconds: never on a window's thread.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol


class PictureSource(Protocol):
    """One camera or scanner."""

    @property
    def source(self) -> str:
        """One of `domain.intake.pictures.SOURCES`."""
        ...

    def take(self) -> tuple[bytes, ...]:
        """Raw images of the pages that lie there: one of a camera, all of a scanner's feeder, at least one.

        UserFacingError `imaging.*`.
        """
        ...

    def kept(self) -> None:
        """What `take` gave is stored safely: let go of it, where the device keeps it too."""
        ...


@dataclass(frozen=True, slots=True)
class NamedPictureSource:
    """A declared camera or scanner under the name people gave it. `open` may raise UserFacingError
    `imaging.*`."""

    name: str
    open: Callable[[], PictureSource]
