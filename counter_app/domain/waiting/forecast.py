"""How long it will take: a range, from quantiles of recent service times (mission: Q1).

The people ahead are served by the open counters licensed for the line. A counter that serves other
lines too gives them their share. Each service time is drawn as one of seven quantiles of the recent
ones; the sum of n such draws over c counters has the mean and the spread computed here, and the range
leaves out the outer twentieths. It holds for today's pace only: later priority tickets and breaks widen
it by a stated margin. Not here: the promise a hall makes (`domain/hall`).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

QUANTILES: Final = (0.05, 0.2, 0.35, 0.5, 0.65, 0.8, 0.95)
SPREAD: Final = 1.65  # standard deviations to either side: leaves out a tenth of what is drawn
MARGIN_LOW: Final = 0.10  # others may leave or miss their call
MARGIN_HIGH: Final = 0.3  # breaks, later priority tickets
ENOUGH: Final = 8  # fewer real samples than this are mixed with the usual time
LEAST_WIDTH: Final = 2  # minutes
LONGEST: Final = 2 * 3600  # seconds of one service; what is longer was forgotten at its counter


@dataclass(frozen=True, slots=True)
class WaitRange:
    """Whole minutes, `low` ≤ `high`."""

    low_minutes: int
    high_minutes: int

    def holds(self, minutes: float) -> bool:
        return self.low_minutes <= minutes <= self.high_minutes


@dataclass(frozen=True, slots=True)
class LineLoad:
    """One line now: people waiting, the open counters that may call it, recent seconds per ticket."""

    waiting: int
    counters: frozenset[str]
    seconds: tuple[int, ...] = ()
    usual_minutes: int = 8


def quantile(ordered: Sequence[float], share: float) -> float:
    """Linear between neighbours; `ordered` is not empty and ascending."""
    at = share * (len(ordered) - 1)
    low = math.floor(at)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (at - low)


def service_draws(load: LineLoad) -> tuple[float, ...]:
    """Seven equally likely minutes per ticket, from the recent ones (or the usual time, spread)."""
    usual = [load.usual_minutes * factor for factor in (0.4, 0.6, 0.8, 1.0, 1.2, 1.6, 2.2)]
    real = [seconds / 60 for seconds in load.seconds if seconds <= LONGEST]
    sample = sorted(real if len(real) >= ENOUGH else real + usual)
    return tuple(quantile(sample, share) for share in QUANTILES)


def expected_wait(
    line: str, loads: Mapping[str, LineLoad], ahead: int | None = None, idle: int = 0
) -> WaitRange | None:
    """The wait of somebody who joins `line` now behind `ahead` others; None when no counter is open.

    `loads` holds the line and every line that shares a counter with it. `idle` is how many of the
    line's open counters serve nobody just now.
    """
    mine = loads[line]
    servers = len(mine.counters)
    if not servers:
        return None
    if idle and not (mine.waiting if ahead is None else ahead):
        return WaitRange(0, LEAST_WIDTH)
    work, variance = 0.0, 0.0
    for code, load in loads.items():
        people = load.waiting if ahead is None or code != line else ahead
        share = _share(mine.counters, load.counters) if code != line else 1.0
        mean, spread = _moments(service_draws(load))
        work += people * share * mean
        variance += people * share * spread**2
    mean, spread = _moments(service_draws(mine))
    residual = (mean**2 + spread**2) / (2 * mean)  # what is left of a service somebody else is in
    minutes = (work + residual) / servers
    deviation = math.sqrt(variance / servers**2 + (residual / servers) ** 2 + (minutes * 0.1) ** 2)
    return _range(minutes, deviation)


def _range(minutes: float, deviation: float) -> WaitRange:
    low = max(0, math.floor((minutes - SPREAD * deviation) * (1 - MARGIN_LOW)))
    high = math.ceil((minutes + SPREAD * deviation) * (1 + MARGIN_HIGH))
    return WaitRange(low, max(high, low + LEAST_WIDTH))


def _share(mine: frozenset[str], theirs: frozenset[str]) -> float:
    """The part of another line's people who will take up a counter of mine."""
    return len(mine & theirs) / len(theirs) if theirs else 0.0


def _moments(draws: Sequence[float]) -> tuple[float, float]:
    mean = sum(draws) / len(draws)
    return max(mean, 0.1), math.sqrt(sum((draw - mean) ** 2 for draw in draws) / len(draws))
