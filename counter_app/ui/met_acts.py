"""Acts that met those of another machine, put to whoever works here: what happened, and the closed list of
what can be said about it (mission: X1). Plain Python.

Serves counter and desk. Not here: what such an act means (`domain/centre/conflict_words.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from counter_app.domain.centre import conflict_words
from counter_app.domain.centre.conflicts import Conflict
from counter_app.ui.asking import KEYS
from counter_app.ui.centre_words import clock_words
from counter_app.ui.widgets.question import Choice
from counter_app.ui.workplace import Workplace
from counter_app.use_cases.sync.hall import HallCentre


@dataclass(frozen=True, slots=True)
class MetAct:
    """One of them as it is put: `said` is the sentence, `kept` what was entered and does not count."""

    conflict: str
    said: str
    answers: tuple[conflict_words.Choice, ...]
    first_at: datetime | None
    second_at: datetime | None
    kept: str = ""


class MetActs:
    """Asks about them one by one; `settled` is told when an answer is kept."""

    def __init__(self, place: Workplace, centre: HallCentre, settled: Callable[[], None]) -> None:
        self._place = place
        self._centre = centre
        self._settled = settled

    def list(self, acts: Sequence[MetAct]) -> None:
        """All of them, each by its key."""
        place, t = self._place, self._place.t
        rows = tuple(
            Choice(one.conflict, key, one.said, self._when(one)) for key, one in zip(KEYS, acts, strict=False)
        )
        found = {one.conflict: one for one in acts}
        place.ask(
            t("{count} open: acts that met those of another machine", count=len(acts)),
            rows,
            lambda conflict, _: self.ask(found[conflict]),
        )

    def ask(self, act: MetAct) -> None:
        place, t, centre = self._place, self._place.t, self._centre
        answers = tuple(Choice(one.code, str(at), t(one.words)) for at, one in enumerate(act.answers, 1))
        kept = t("Kept: {text}", text=act.kept) if act.kept else ""

        def answered(choice: str, _: str) -> None:
            place.act(
                f"settle {act.conflict}",
                lambda actor, key: centre.settle(actor, key, act.conflict, choice),
                self._noted,
            )

        hint = "　".join(part for part in (kept, self._when(act)) if part)
        place.ask(act.said, answers, answered, hint=hint)

    def _noted(self, conflict: Conflict) -> None:
        place, t = self._place, self._place.t
        answers = conflict_words.choices(conflict.rule)
        words = next((one.words for one in answers if one.code == conflict.settled), "")
        place.tell(t("Noted: {words}.", words=t(words)), level="good")
        self._settled()

    def _when(self, act: MetAct) -> str:
        """When each of the two was done, as far as it is known."""
        if act.first_at is None or act.second_at is None:
            return ""
        now = self._place.clock.now()
        first, second = (clock_words(at, now) for at in (act.first_at, act.second_at))
        return self._place.t("First {first}, then {second}", first=first, second=second)
