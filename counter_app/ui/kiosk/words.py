"""The kiosk's words in one language: texts of the program translated, names of the catalogue shown in it.

English takes an English name where there is one; traditional Chinese is converted.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from counter_app.domain.time.limits import Limit, Unit
from counter_app.domain.time.words import WEEKDAYS
from counter_app.domain.waiting.forecast import WaitRange
from counter_app.domain.waiting.ticket import State
from counter_app.errors import UserFacingError, mark
from counter_app.i18n import Translator
from counter_app.use_cases.ports.script import ScriptConverter

TICKET_STATES: Final[dict[State, str]] = {
    "waiting": mark("Waiting: listen for your number"),
    "called": mark("Called: please go to the counter"),
    "serving": mark("Being served"),
    "held": mark("Held at the counter: you will be called again"),
    "no_show": mark("Missed: please go to the inquiry desk"),
    "served": mark("Finished"),
    "gave_up": mark("Ended"),
    "carried_over": mark("Carried over: you go first on your next visit"),
    "void": mark("No longer valid"),
}
LIMITS: Final[dict[Unit, str]] = {
    "on_the_spot": mark("at once"),
    "hours": mark("{count} hours"),
    "working_days": mark("{count} working days"),
    "natural_days": mark("{count} natural days"),
    "months": mark("{count} months"),
    "years": mark("{count} years"),
}


@dataclass(frozen=True, slots=True)
class Words:
    t: Translator
    script: ScriptConverter

    @property
    def language(self) -> str:
        return self.t.language

    def name(self, chinese: str, english: str = "") -> str:
        """A name or text kept in Chinese, as this language shows it."""
        if self.language == "en" and english:
            return english
        return self.script.traditional(chinese) if self.language == "zh_TW" else chinese

    def names(self, chinese: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(self.name(text) for text in chinese)

    def join(self, parts: tuple[str, ...]) -> str:
        return (", " if self.language == "en" else "、").join(parts)

    def wait(self, wait: WaitRange | None) -> str:
        if wait is None:
            return self.t("Called as soon as a counter opens")
        return self.t("{low} to {high} minutes", low=wait.low_minutes, high=wait.high_minutes)

    def limit(self, limit: Limit | None) -> str:
        """待核 where no source states one."""
        if limit is None:
            return self.t("still to be checked")
        return self.t(LIMITS[limit.unit], count=limit.amount)

    def day(self, day: date) -> str:
        return self.t("{year}-{month:02d}-{day:02d}", year=day.year, month=day.month, day=day.day)

    def hours(self, hours: tuple[tuple[tuple[int, ...], str, str], ...]) -> tuple[str, ...]:
        """One line for each set of weekdays: `Mon to Fri 08:30–12:00 13:30–17:30`."""
        spans: dict[tuple[int, ...], list[str]] = {}
        for weekdays, opens, closes in hours:
            spans.setdefault(weekdays, []).append(f"{opens}–{closes}")
        return tuple(f"{self._weekdays(days)} {' '.join(times)}" for days, times in spans.items())

    def error(self, error: UserFacingError) -> str:
        """What happened, what was kept, what to do, in one breath."""
        parts = (error.message, error.kept, error.remedy)
        return " ".join(self.t(part, **error.params) for part in parts if part)

    def _weekdays(self, days: tuple[int, ...]) -> str:
        first, last = self.t(WEEKDAYS[min(days) - 1]), self.t(WEEKDAYS[max(days) - 1])
        if len(days) > 1 and max(days) - min(days) == len(days) - 1:
            return self.t("{first} to {last}", first=first, last=last)
        return self.join(tuple(self.t(WEEKDAYS[day - 1]) for day in days))
