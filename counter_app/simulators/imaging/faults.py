"""Troubles a script can order: `silent`, `flip:90`, `cut:1200` (the cable goes after so many bytes)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from counter_app.errors import UserFacingError, mark

WITH_NUMBER: Final = frozenset({"cut", "flip"})
# silent: never answers · busy · web-page: something else than a picture · half: says more than it sends ·
# jam: the feeder is stuck
PLAIN: Final = frozenset({"silent", "busy", "web-page", "half", "jam"})


class ImagingFaultUnknown(UserFacingError):
    def __init__(self, text: str) -> None:
        super().__init__(
            "simulator.fault-unknown",
            mark("{text} is no fault the simulator can make."),
            remedy=mark("It can make: {known}"),
            text=text,
            known=" ".join(sorted(PLAIN | {f"{name}:N" for name in WITH_NUMBER})),
        )


@dataclass(frozen=True, slots=True)
class ImagingFault:
    """`number` counts bytes of the next answer."""

    kind: str
    number: int = 0


def parse_imaging_fault(text: str) -> ImagingFault:
    """Raises ImagingFaultUnknown."""
    kind, colon, number = text.strip().partition(":")
    if kind in PLAIN and not colon:
        return ImagingFault(kind)
    if kind in WITH_NUMBER and number.isascii() and number.isdecimal():
        return ImagingFault(kind, int(number))
    raise ImagingFaultUnknown(text)
