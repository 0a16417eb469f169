"""One measured figure, its bar, and whether it holds."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from typing import TypedDict


class Result(TypedDict):
    """`ratio` is value / bar where smaller is better, else bar / value; `holds` is None without a bar."""

    what: str
    value: float
    unit: str
    bar: float | None
    ratio: float | None
    holds: bool | None


def at_most(what: str, value: float, unit: str, bar: float) -> Result:
    """A figure that must not be above its bar."""
    return Result(
        what=what,
        value=round(value, 4),
        unit=unit,
        bar=round(bar, 4),
        ratio=round(value / bar, 3) if bar else None,
        holds=value <= bar,
    )


def at_least(what: str, value: float, unit: str, bar: float) -> Result:
    """A figure that must not be below its bar; its ratio is bar / value."""
    return Result(
        what=what,
        value=round(value, 4),
        unit=unit,
        bar=round(bar, 4),
        ratio=round(bar / value, 3) if value else None,
        holds=value >= bar,
    )


def figure(what: str, value: float, unit: str) -> Result:
    """A figure told for itself."""
    return Result(what=what, value=round(value, 4), unit=unit, bar=None, ratio=None, holds=None)


def interleaved(runs: int, *works: Callable[[int], object]) -> list[list[float]]:
    """Run each work in turn `runs` times; milliseconds per work. A drift of the machine hits all alike."""
    times: list[list[float]] = [[] for _ in works]
    for n in range(runs):
        for work, kept in zip(works, times, strict=True):
            start = time.perf_counter()
            work(n)
            kept.append((time.perf_counter() - start) * 1000)
    return times


def median(values: Sequence[float]) -> float:
    return statistics.median(values)


def quantile(values: Sequence[float], share: float) -> float:
    """The value below which `share` of the values lie."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
