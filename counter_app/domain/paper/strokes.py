"""A signature as strokes of a pen, and how a signed place on a paper is told (mission: M3, P12).

Strokes are points on a pad of so many units, each with its pressure; a size that no hand exceeds bounds
them. Not here: the act of signing (`signed.py`), where they stand on a paper (`builders/signed.py`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

import msgspec

from counter_app.errors import UserFacingError

MOST_BYTES: Final = 256 << 10
MOST_POINTS: Final = 12_000
MOST_UNITS: Final = 100_000  # of a pad's side
PRESSURES: Final = 1000  # the pen pressed hardest
LEAST_SHARE: Final = 0.02  # of the pad's longer side: less is a dot, no signature

Point = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Strokes:
    """`lines` are what the pen drew without leaving the pad: points (x, y, pressure 0–1000), from the upper
    left corner of a pad `width` × `height`."""

    width: int
    height: int
    lines: tuple[tuple[Point, ...], ...]

    @property
    def points(self) -> tuple[Point, ...]:
        return tuple(point for line in self.lines for point in line)

    @property
    def box(self) -> tuple[int, int, int, int]:
        """Left, top, width and height of what was drawn."""
        across, down = [x for x, _, _ in self.points], [y for _, y, _ in self.points]
        return min(across), min(down), max(across) - min(across), max(down) - min(down)


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedMark:
    """A signature as a paper shows it. With `thumb` the citizen printed a thumb, and the strokes are the
    witness's; without strokes they were erased, or are not for this reader."""

    role: str
    at: datetime
    thumb: bool = False
    witness: str = ""
    strokes: Strokes | None = None


_READ: Final = msgspec.json.Decoder(Strokes)


def strokes_of(data: bytes) -> Strokes:
    """Strokes as JSON, checked. UserFacingError `signature.unreadable`, `.too-large`, `.empty`."""
    if len(data) > MOST_BYTES:
        raise _too_large()
    try:
        strokes = _READ.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise _unreadable(str(error)) from error
    return checked(strokes)


def checked(strokes: Strokes) -> Strokes:
    """The same strokes. UserFacingError `signature.unreadable`, `.too-large`, `.empty`."""
    width, height, points = strokes.width, strokes.height, strokes.points
    if not (0 < width <= MOST_UNITS and 0 < height <= MOST_UNITS):
        raise _unreadable("width, height")
    if len(points) > MOST_POINTS:
        raise _too_large()
    if any(not (0 <= x <= width and 0 <= y <= height and 0 <= p <= PRESSURES) for x, y, p in points):
        raise _unreadable("x, y, pressure")
    if not points or max(strokes.box[2:]) < LEAST_SHARE * max(width, height):
        raise UserFacingError(
            "signature.empty",
            "Nothing was signed yet.",
            kept="The paper stands as it was.",
            remedy="Sign in the field, then confirm.",
        )
    return strokes


def strokes_bytes(strokes: Strokes) -> bytes:
    return msgspec.json.encode(strokes)


def _unreadable(reason: str) -> UserFacingError:
    return UserFacingError(
        "signature.unreadable",
        "This is no signature that can be read: {reason}",
        kept="The paper stands as it was.",
        remedy="Sign again, or look at the pad's program.",
        reason=reason,
    )


def _too_large() -> UserFacingError:
    return UserFacingError(
        "signature.too-large",
        "This signature has more strokes than a hand draws.",
        kept="The paper stands as it was.",
        remedy="Wipe the field and sign again.",
    )
