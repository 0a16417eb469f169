"""What presenters of the case in hand share: the case with its item, and the word when something is done.

No Qt.
"""

from __future__ import annotations

from collections.abc import Callable

from counter_app.ui.counter.desk import Desk
from counter_app.use_cases.intake.views import CaseView


class OfCase:
    """`view` gives the case as shown, `refresh` shows it anew."""

    def __init__(self, desk: Desk, view: Callable[[], CaseView | None], refresh: Callable[[], None]) -> None:
        self._desk = desk
        self._view, self._refresh = view, refresh

    def _case(self) -> CaseView | None:
        """The case in hand; without an item the clerk is told to choose one."""
        case = self._view()
        if case is None or case.item is None:
            self._desk.tell(self._desk.t("Choose an item first."))
            return None
        return case

    def _done(self, words: str) -> None:
        self._desk.tell(words, level="good")
        self._refresh()
