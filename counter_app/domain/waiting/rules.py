"""The hall's own rules for its waiting lines, from the settings in its published plan.

Every machine of a hall so uses the same; defaults are what a small hall can begin with.
Not here: how they are applied (`choice.py`, `forecast.py`, `use_cases/waiting`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Final

from counter_app.domain.identity.numbers import age_on
from counter_app.errors import mark

PREFIX: Final = "waiting."
POST_NAMES: Final[Mapping[str, str]] = {
    "lobby": mark("Lobby guide"),
    "duty-manager": mark("Manager on duty"),
    "duty-leader": mark("Leader on duty"),
}


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
    help_chain: tuple[str, ...] = tuple(POST_NAMES)
    help_step: int = 2
    unattended_after: int = 120

    def is_elder(self, birth: date, today: date) -> bool:
        """Old enough to go first, from the birthday on; born on 29 February, from 1 March."""
        return birth <= today and age_on(birth, today) >= self.elder_age


def rules_of(settings: Mapping[str, int]) -> WaitingRules:
    """Rules with the hall's values: `waiting.longest_wait` and so on; other keys are not ours."""
    names = {entry.name for entry in fields(WaitingRules)} - {"help_chain"}
    ours = {key.removeprefix(PREFIX): value for key, value in settings.items() if key.startswith(PREFIX)}
    return WaitingRules(**{name: value for name, value in ours.items() if name in names})  # type: ignore[arg-type]  # help_chain, the one that is no number, is left out
