"""What requests and amounts of time are called. Message sources: whoever shows them translates them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from counter_app.domain.time.clock import Ask, AskKind
from counter_app.domain.time.limits import UNITS, Unit
from counter_app.errors import mark
from counter_app.i18n import Translator

WEEKDAYS: Final = (
    mark("Mon"),
    mark("Tue"),
    mark("Wed"),
    mark("Thu"),
    mark("Fri"),
    mark("Sat"),
    mark("Sun"),
)
ASK_WORDS: Final[Mapping[AskKind, str]] = {
    "suspension": mark("suspension"),
    "prolonged": mark("suspension beyond three months"),
    "extension": mark("extension"),
    "rework": mark("time for work redone"),
    "supervisor": mark("time by the supervisor's word"),
}
MOVE_WORDS: Final[Mapping[str, str]] = {
    "suspension": mark("suspended"),
    "excluded": mark("time not counted by law"),
    "correction": mark("waiting for corrected materials"),
    "resumed": mark("time runs again"),
    "lapsed": mark("the suspension was over by itself"),
    "extension": mark("added by extension"),
    "rework": mark("added for work to be redone"),
    "supervisor": mark("added by the supervisor"),
    "calendar": mark("the calendar was published"),
    "upper": mark("reported up"),
}
AMOUNT_WORDS: Final[Mapping[Unit, str]] = {
    "on_the_spot": mark("On the spot"),
    "hours": mark("{count} hours"),
    "working_days": mark("{count} working days"),
    "natural_days": mark("{count} natural days"),
    "months": mark("{count} months"),
    "years": mark("{count} years"),
}


def ask_words(ask: Ask, t: Translator) -> str:
    """What is asked for: a suspension until a day, so much time."""
    what = amount_words(t, ask.amount, ask.unit) if ask.amount else f"→ {ask.expected}"
    return f"{t(ASK_WORDS[ask.kind])} {what}"


def amount_words(t: Translator, amount: int, unit: str) -> str:
    """A length of time; an unknown unit is shown as it stands."""
    return t(AMOUNT_WORDS[UNITS[unit]], count=amount) if unit in UNITS else f"{amount} {unit}"
