"""Builds the hall display from what it needs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QTimer
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from counter_app.domain.hall.plan import HallPlan
from counter_app.errors import UserFacingError
from counter_app.i18n import Translator
from counter_app.lanes import Runner
from counter_app.ui.changes import ChangeFeed, Changes
from counter_app.ui.display.presenter import DisplayPresenter
from counter_app.ui.display.view import BoardView
from counter_app.ui.tasks import Tasks
from counter_app.ui.theme.look import Look
from counter_app.use_cases.ports.clock import Clock
from counter_app.use_cases.ports.speech import Speaker
from counter_app.use_cases.waiting.rows import HallView

TICK_MS: Final = 1000
REFRESH_TICKS: Final = 15


@dataclass(frozen=True)
class DisplayDeps:
    """`load` reads the hall's rows and plan on the store's lane."""

    load: Callable[[], tuple[HallView, HallPlan]]
    feed: ChangeFeed
    speaker: Speaker
    runner: Runner
    clock: Clock
    training: bool


class DisplayWindow(QWidget):
    """Places the board and keeps its timers; nothing else."""

    def __init__(self, deps: DisplayDeps, look: Look, t: Translator) -> None:
        super().__init__()
        self.setWindowTitle(t("Hall display"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        self.view = BoardView(look, t, training=deps.training)
        layout.addWidget(self.view)
        self._tasks = Tasks(deps.runner, _ignore, self)
        self.presenter = DisplayPresenter(self.view, deps.load, deps.speaker, self._tasks, deps.clock, t)
        self._changes = Changes(deps.feed, self)
        self._changes.changed.connect(self.presenter.changed)
        self._changes.start()
        self._ticks = 0
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self._tick)
        self._timer.start()
        self.presenter.tick()
        self.presenter.refresh()

    def shown(self, number: str) -> bool:
        """Whether this number is the one called in large letters."""
        newest = self.view.board.newest
        return newest is not None and newest.number == number

    def _tick(self) -> None:
        """The clock every second; the board now and then, for what changes by time alone."""
        self.presenter.tick()
        self._ticks += 1
        if self._ticks % REFRESH_TICKS == 0:
            self.presenter.refresh()

    def closeEvent(self, event: QCloseEvent) -> None:
        self._timer.stop()
        self._changes.stop()
        self._tasks.close()
        self.view.stop()
        super().closeEvent(event)


def _ignore(error: UserFacingError) -> None:
    """The display shows no errors: its presenter keeps the last good board and says since when."""
