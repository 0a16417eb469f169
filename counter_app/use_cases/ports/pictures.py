"""What the use cases need to keep pictures: where sealed bytes lie here, and how a raw image becomes one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Sealed:
    """Bytes nobody opens without the key; `digest` is SHA-256 of `data`."""

    key: bytes
    digest: str
    data: bytes


@dataclass(frozen=True, slots=True)
class KeptBlob:
    """Sealed bytes that lie on this machine: since when (seconds since 1970), and whether they were sent."""

    digest: str
    since: float
    sent: bool


class PictureVault(Protocol):
    """Sealed bytes by digest on this machine's disk. Threads and processes may share it."""

    def seal(self, data: bytes) -> Sealed: ...

    def open(self, key: bytes, data: bytes) -> bytes:
        """UserFacingError `picture.altered` when this key did not seal it."""
        ...

    def keep(self, digest: str, data: bytes, *, sent: bool) -> None:
        """Durable when this returns. UserFacingError `store.full`, `store.broken`."""
        ...

    def get(self, digest: str) -> bytes | None:
        """None when it is not here, or no longer what it was."""
        ...

    def altered(self, digest: str) -> bool:
        """Whether what lies here is no longer what was kept."""
        ...

    def unsent(self) -> tuple[str, ...]:
        """What the centre has not acknowledged, the oldest first."""
        ...

    def mark_sent(self, digest: str) -> None: ...

    def drop(self, digest: str) -> None: ...

    def kept(self) -> Iterable[KeptBlob]: ...


@dataclass(frozen=True, slots=True)
class MadePicture:
    """An image as it is kept: `form` its media type, `turned` by how many degrees it was straightened, `cut`
    whether the page was cut out of its surroundings.
    """

    data: bytes
    form: str
    width: int
    height: int
    turned: float = 0.0
    cut: bool = False


class PictureMaker(Protocol):
    """Raw bytes of a camera, a scanner or a file in; a straight, compressed picture out."""

    def make(self, raw: bytes, *, straighten: bool = True, turn: int = 0) -> MadePicture:
        """`turn`: quarter turns clockwise. UserFacingError `picture.unreadable`, `picture.form`,
        `picture.too-large`.
        """
        ...
