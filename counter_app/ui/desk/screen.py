"""The window as presenters see it: asking, telling, and where the keys are. Thin, over `panels.py`."""

from __future__ import annotations

from collections.abc import Callable

from counter_app.ui.desk.panels import Panels
from counter_app.ui.notices import Notice
from counter_app.ui.widgets.question import Question


class DeskWindowScreen:
    """`DeskScreen` of the presenters."""

    def __init__(self, panels: Panels) -> None:
        self._panels = panels

    def ask(self, question: Question) -> None:
        self._panels.chooser.ask(question)

    def tell(self, notice: Notice, act: Callable[[], None] | None = None) -> None:
        self._panels.notice.show_notice(notice, act)

    def focus_find(self) -> None:
        if not self._asking:
            self._panels.head.box.setFocus()

    def focus_work(self) -> None:
        """The inbox: from there everything is one key away."""
        if not self._asking:
            self._panels.inbox.list.setFocus()

    def focus_lists(self) -> None:
        self._panels.case.lists.begin()

    def focus_opinion(self) -> None:
        self._panels.case.opinion.begin()

    def focus_plan(self) -> None:
        if not self._panels.case.turn_plan():
            self.focus_work()

    @property
    def _asking(self) -> bool:
        return self._panels.chooser.question is not None
