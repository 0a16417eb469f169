"""The window as presenters see it: asking, telling, and where the keys are. Thin, over `panels.py`."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QWidget

from counter_app.ui.desk.panels import Panels
from counter_app.ui.widgets.question import Question
from counter_app.ui.workspace_screen import WorkspaceScreen


class DeskWindowScreen(WorkspaceScreen):
    """`DeskScreen` of the presenters."""

    def __init__(self, panels: Panels) -> None:
        super().__init__(panels)
        self._panels = panels
        self._wrote_in: QWidget | None = None

    def ask(self, question: Question) -> None:
        """Where one was writing is known until it is answered."""
        now = QApplication.focusWidget()
        if now is not None and now is not self._panels.chooser and not self._panels.chooser.isAncestorOf(now):
            self._wrote_in = now if self._panels.case.opinion.isAncestorOf(now) else None
        super().ask(question)

    def _focus_work(self) -> None:
        """The inbox: from there everything is one key away."""
        self._panels.inbox.list.setFocus()

    def focus_lists(self) -> None:
        self._panels.case.lists.begin()

    def focus_opinion(self) -> None:
        self._panels.case.opinion.begin()

    def resume_opinion(self) -> None:
        """The keys go back to where one was writing, else to the form."""
        if self._wrote_in is not None and self._wrote_in.isVisible() and self._wrote_in.isEnabled():
            self._wrote_in.setFocus()
        else:
            self.focus_opinion()

    def focus_plan(self) -> None:
        if not self._panels.case.turn_plan():
            self.focus_work()
