"""Blocks of ticket numbers that a device may give out, also while it is cut off (design: numbers).

Each line's letter, device and day has its own blocks; they never overlap within a hall and a day. What a
device does not use stays unused: a gap in the numbers is nobody's harm, a number twice is.
Not here: what a number looks like (`domain/waiting/ticket.number_text`), numbers of cases and papers.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from counter_app.domain.centre.facts import NumbersLeased
from counter_app.domain.journal import Recorded
from counter_app.domain.streams import Stream

BLOCK: Final = 20
MOST_BLOCKS: Final = 500  # of one device, letter and day: 10,000 numbers, no hall gives out more


@dataclass(frozen=True, slots=True)
class Numbers:
    """The fold: `ranges` are (first, last), in the order they were leased. The id is `numbers_id(…)`."""

    device: str
    letter: str
    day: str
    ranges: tuple[tuple[int, int], ...] = ()

    @property
    def count(self) -> int:
        return sum(last - first + 1 for first, last in self.ranges)


def numbers_id(device: str, letter: str, day: str) -> str:
    return f"{device}/{letter}/{day}"


def number_at(state: Numbers | None, k: int) -> int | None:
    """The k-th number (from 1) of this device's blocks; None when they are used up. ValueError below 1."""
    if k < 1:
        raise ValueError(f"numbers are counted from 1, not {k}")
    left = k - 1
    for first, last in state.ranges if state else ():
        size = last - first + 1
        if left < size:
            return first + left
        left -= size
    return None


def fold_numbers(state: Numbers | None, event: Recorded) -> Numbers | None:
    fact = event.fact
    if not isinstance(fact, NumbersLeased):
        return state
    was = state or Numbers(fact.for_device, fact.letter, fact.day)
    return replace(was, ranges=(*was.ranges, (fact.first, fact.last)))


NUMBERS: Final = Stream("numbers", Numbers, fold_numbers)
