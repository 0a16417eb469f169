"""The window as any workspace's presenters see it: asking, telling, and who has the keys. Thin."""

from __future__ import annotations

from collections.abc import Callable

from counter_app.ui.notices import Notice
from counter_app.ui.widgets.question import Question
from counter_app.ui.workspace_panels import WorkspacePanels


class WorkspaceScreen:
    """`Screen` of the presenters, but for where a workspace's own work is (`_focus_work`)."""

    def __init__(self, panels: WorkspacePanels) -> None:
        self._over = panels

    def ask(self, question: Question) -> None:
        self._over.chooser.ask(question)

    def tell(self, notice: Notice, act: Callable[[], None] | None = None) -> None:
        self._over.notice.show_notice(notice, act)

    def withdraw(self, message: str) -> None:
        """This message is over; another one stays."""
        told = self._over.notice.current
        if told is not None and told.message == message:
            self._over.notice.dismiss()

    def focus_find(self) -> None:
        if not self._covered:
            self._over.box.setFocus()

    def focus_work(self) -> None:
        if not self._covered:
            self._focus_work()

    def _focus_work(self) -> None:
        raise NotImplementedError

    @property
    def _covered(self) -> bool:
        """A question keeps the keys; a page of facts that lies over the work takes them back."""
        if self._over.chooser.question is not None:
            return True
        return self._over.facts.take_keys()
