"""The hall's own rules for its waiting lines: published rows, so every machine uses the same.

Defaults are what a small hall can begin with. Not here: how they are applied (`choice.py`,
`forecast.py`, `use_cases/waiting`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from counter_app.domain.streams import Published

THE_HALL: Final = "hall"


@dataclass(frozen=True, slots=True)
class WaitingRules:
    """Minutes and counts, all whole numbers.

    `priority_run`: after so many priority calls in a row an ordinary ticket of that line comes first.
    `longest_wait`: whoever waited longer comes before everybody, the longest first (mission: Q3).
    `return_after`: a no-show comes back behind so many of those waiting now.
    `help_chain`: whom a help call rings, in turn, one more each `help_step` minutes (mission: Q5).
    `unattended_after`: seconds without a sign of life from the clerk's window (mission: H4).
    """

    priority_run: int = 2
    longest_wait: int = 40
    elder_age: int = 65
    return_after: int = 3
    most_holds: int = 3
    hold_minutes: int = 30
    burst: int = 6
    appointment_early: int = 5
    appointment_late: int = 15
    usual_minutes: int = 8
    promised_wait: int = 30
    least_ratings: int = 5
    help_chain: tuple[str, ...] = ("lobby", "duty-manager", "duty-leader")
    help_step: int = 2
    unattended_after: int = 120


WAITING_RULES: Final = Published("waiting_rules", WaitingRules)
