"""What a time limit is: an amount in one of six units.

Not here: counting it (calendars, due dates, ledgers), which lives beside this file.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, get_args

Unit = Literal["on_the_spot", "hours", "working_days", "natural_days", "months", "years"]
UNITS: Final[dict[str, Unit]] = {unit: unit for unit in get_args(Unit)}


@dataclass(frozen=True, slots=True)
class Limit:
    """`Limit(3, "working_days")`. `on_the_spot` has amount 0. Source: papers.md, mission: T1."""

    amount: int
    unit: Unit
