"""What a time limit is: an amount in one of six units.

Not here: counting it (calendars, due dates, ledgers), which lives beside this file.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, get_args

Unit = Literal["on_the_spot", "hours", "working_days", "natural_days", "months", "years"]
UNITS: Final[dict[str, Unit]] = {unit: unit for unit in get_args(Unit)}
DAY_HOURS: Final = 24


@dataclass(frozen=True, slots=True)
class Limit:
    """`Limit(3, "working_days")`. `on_the_spot` has amount 0. Source: papers.md, mission: T1."""

    amount: int
    unit: Unit


def fitting(more: Limit, limit: Limit) -> Limit:
    """Hours were added to a promise in hours: the other limit, in days, gets the whole days in them."""
    if more.unit != "hours" or limit.unit == "hours":
        return more
    return Limit(more.amount // DAY_HOURS, "working_days" if limit.unit == "working_days" else "natural_days")


def read_limit(pair: tuple[int, str] | None) -> Limit | None:
    """A limit as facts carry it; an unknown unit is no limit."""
    unit = UNITS.get(pair[1]) if pair else None
    return Limit(pair[0], unit) if pair and unit else None
