"""The anchor on the day's paper: a short text that holds day, place and root of the order.

The signature stands in the `DayTotalled` event: the paper needs only what cannot be made up later.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from counter_app.domain.centre.facts import DayTotalled

HEAD: Final = "GSD1:"
_DAY: Final = 10
_ROOT: Final = 64


@dataclass(frozen=True, slots=True)
class Anchor:
    """What a day's paper states. `place` is where the order stood, `root` its hash there (64 hex digits)."""

    day: str
    place: int
    root: str


def anchor_text(fact: DayTotalled) -> str:
    """`GSD1:2026-11-23:48211:ROOT`, the root in capitals: QR codes pack those best."""
    return f"{HEAD}{fact.day}:{fact.hall_seq}:{fact.root.upper()}"


def read_anchor(text: str) -> Anchor | None:
    """Take an anchor apart as scanned; None when the text is none."""
    tidy = "".join(text.split())
    if not tidy.upper().startswith(HEAD):
        return None
    day, _, rest = tidy[len(HEAD) :].partition(":")
    place, _, root = rest.partition(":")
    if len(day) != _DAY or not place.isascii() or not place.isdigit() or len(root) != _ROOT:
        return None
    return Anchor(day, int(place), root.lower())
