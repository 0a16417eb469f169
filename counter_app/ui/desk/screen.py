"""The window as presenters see it: asking, telling, and where the keys are. Thin, over `panels.py`."""

from __future__ import annotations

from counter_app.ui.desk.panels import Panels
from counter_app.ui.workspace_screen import WorkspaceScreen


class DeskWindowScreen(WorkspaceScreen):
    """`DeskScreen` of the presenters."""

    def __init__(self, panels: Panels) -> None:
        super().__init__(panels)
        self._panels = panels

    def _focus_work(self) -> None:
        """The inbox: from there everything is one key away."""
        self._panels.inbox.list.setFocus()

    def focus_lists(self) -> None:
        self._panels.case.lists.begin()

    def focus_opinion(self) -> None:
        self._panels.case.opinion.begin()

    def focus_plan(self) -> None:
        if not self._panels.case.turn_plan():
            self.focus_work()
