"""Keeps unsigned opinions in the journal while they are typed: nothing is lost with the window. No Qt.

What a key decides (a condition, the view, discretion) is kept at once, words when the keys rest for a
second, and while they do not, every few seconds. Not here: what an opinion holds (`opinion_draft.py`).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from counter_app.domain.casework.drafts import OpinionDraft
from counter_app.errors import UserFacingError
from counter_app.ui.desk.place import DeskPlace

OVER: Final = ("draft.", "work.", "access.")  # refused for good: the step is not open, or not this person's
Key = tuple[str, str, str]  # case, step, staff
AGAIN: Final = 20  # seconds until what could not be kept is tried once more, though nothing was typed
TICKS: Final = 5  # so many seconds of typing without a rest are the most that is not kept


class DraftKeeper:
    """`kept(key)` when a draft is in the journal."""

    def __init__(self, here: DeskPlace, kept: Callable[[Key], None]) -> None:
        self._here = here
        self._kept = kept
        self._waiting: dict[Key, OpinionDraft] = {}
        self._fresh: set[Key] = set()
        self._under_way: set[Key] = set()
        self._refused: dict[Key, int] = {}
        self._ticks = 0

    def changed(self, key: Key, draft: OpinionDraft) -> None:
        """It reads so now."""
        self._waiting[key] = draft
        self._fresh.add(key)
        self._refused.pop(key, None)

    def waits(self, key: Key) -> bool:
        """Whether something of it is still to be kept."""
        return key in self._waiting or key in self._under_way

    def forget(self, key: Key) -> None:
        """It was signed."""
        self._waiting.pop(key, None)

    def tick(self) -> None:
        """A second has passed."""
        self._ticks = self._ticks + 1 if self._waiting else 0
        long = self._ticks >= TICKS
        for key in tuple(self._waiting):
            if (long or key not in self._fresh) and self._may_try(key):
                self._keep(key)
        self._fresh.clear()
        if long:
            self._ticks = 0

    def keep(self) -> None:
        """Everything is kept now: somebody leaves."""
        for key in tuple(self._waiting):
            self._keep(key)

    def _may_try(self, key: Key) -> bool:
        """Whether what was refused has rested long enough."""
        left = self._refused.get(key, 0)
        if left:
            self._refused[key] = left - 1
        return not left

    def _keep(self, key: Key) -> None:
        here, (case, step, staff) = self._here, key
        shift = here.hands.shift
        if key in self._under_way or not here.at_work or shift is None or shift.staff != staff:
            return
        draft = self._waiting.pop(key)
        self._under_way.add(key)

        def landed(_: None) -> None:
            self._under_way.discard(key)
            self._kept(key)

        def failed(error: UserFacingError) -> None:
            self._under_way.discard(key)
            if not error.code.startswith(OVER):
                self._waiting.setdefault(key, draft)
                self._refused[key] = AGAIN
            here.error(error)

        drafts = here.casework.drafts
        here.act(
            f"draft:{case}:{step}",
            lambda actor, new: drafts.keep(actor, new, case, step, draft),
            landed,
            failed,
        )
