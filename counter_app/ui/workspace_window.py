"""What the windows of counter and desk have in common to do: keys, lanes, timers, changes, and the commands
that every workspace has.

Not here: what is looked at (`workspace_panels.py`), what a workspace does (its `window.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, Protocol

from PySide6.QtCore import QTimer
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from counter_app.errors import UserFacingError
from counter_app.i18n import Translator
from counter_app.lanes import Runner
from counter_app.ui.changes import ChangeFeed, Changes
from counter_app.ui.tasks import Tasks
from counter_app.ui.theme.look import Look
from counter_app.ui.theme.tokens import DARK, LIGHT, THEMES
from counter_app.ui.widgets.commands import Key
from counter_app.ui.widgets.key_gate import KeyGate
from counter_app.ui.widgets.sources import Sources
from counter_app.ui.workplace import Workplace
from counter_app.ui.workspace_panels import WorkspacePanels
from counter_app.ui.workspace_screen import WorkspaceScreen
from counter_app.use_cases.access.access import Access
from counter_app.use_cases.ports.inputs import NamedSource

TICK_MS: Final = 1_000
CENTRE_MS: Final = 5_000
SCALE_STEP: Final = 0.25
Commands = dict[str, Callable[[], None]]


class WorkspaceDeps(Protocol):
    """The part of a workspace's dependencies that this needs."""

    @property
    def access(self) -> Access: ...
    @property
    def feed(self) -> ChangeFeed: ...
    @property
    def sources(self) -> tuple[NamedSource, ...]: ...
    @property
    def scan_prefix(self) -> str: ...
    @property
    def theme(self) -> str: ...
    @property
    def scale(self) -> float: ...


class WorkspaceWindow(QWidget):
    """One window. A workspace makes `panels`, `_screen` and `_place`, then calls `_join`."""

    panels: WorkspacePanels
    _screen: WorkspaceScreen
    _place: Workplace

    def __init__(self, deps: WorkspaceDeps, t: Translator, by_key: Mapping[str, Key]) -> None:
        super().__init__()
        self._access, self._t = deps.access, t
        self.look = Look(THEMES.get(deps.theme, LIGHT), deps.scale, self)
        self._lanes: list[Tasks] = []
        self._timers: list[QTimer] = []
        self._gate = KeyGate(by_key, deps.scan_prefix, self)
        self._sources = Sources(deps.sources, self)
        self._changes = Changes(deps.feed, self)
        self._commands: Commands = {}

    def begin(self) -> None:
        """Start what ticks and what listens."""
        self._changes.start()
        for timer in self._timers:
            timer.start()
        self._sources.start()

    @property
    def busy(self) -> bool:
        """Whether a result is still to come."""
        return any(lane.under_way for lane in self._lanes)

    @property
    def commands(self) -> frozenset[str]:
        """What `commands.py` may name."""
        return frozenset(self._commands)

    def poll(self) -> None:
        """Ask for changes at once; what the feed does by itself."""
        self._changes.poll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        offer = self._gate.offer if self.panels.at_desk else self._gate.take_scan
        if not offer(event):
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        for timer in self._timers:
            timer.stop()
        self.panels.still()
        self._changes.stop()
        self._sources.stop()
        for lane in self._lanes:
            lane.close()
        super().closeEvent(event)

    def _lane(self, runner: Runner) -> Tasks:
        """Work on this runner comes home here, until the window closes."""
        lane = Tasks(runner, self._error, self)
        self._lanes.append(lane)
        return lane

    def _join(self, title: str, commands: Commands) -> None:
        """The panels fill the window; keys and what lies over the work do what they say."""
        panels = self.panels
        self._commands = self._every_workspace() | commands
        panels.chooser.answered.connect(self._place.on_answered)
        panels.chooser.left.connect(self._place.on_left)
        for left in (panels.chooser.answered, panels.chooser.left, panels.keys.left, panels.more.left):
            left.connect(self._after_question)
        panels.more.command_requested.connect(self._command)
        panels.box.entered.connect(self._entered)
        self._gate.command.connect(self._command)
        self._gate.watch_scans(self)
        self._changes.changed.connect(self._on_changes)
        self.look.dress(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(panels)
        self.setWindowTitle(title)

    def _every_workspace(self) -> Commands:
        look = self.look
        return {
            "find": self.panels.box.setFocus,
            "notice_action": self._notice_action,
            "theme": lambda: look.set_theme(DARK if look.theme is LIGHT else LIGHT),
            "larger": lambda: look.set_scale(look.scale + SCALE_STEP),
            "smaller": lambda: look.set_scale(look.scale - SCALE_STEP),
            "keys": self._show_keys,
            "more": self._show_more,
            "back": self._back,
        }

    def _command(self, name: str) -> None:
        if self.panels.at_desk and name in self._commands:
            self._commands[name]()

    def _error(self, error: UserFacingError) -> None:
        self._place.error(error)

    def _notice_action(self) -> None:
        if not self.panels.notice.take_action():
            self._screen.focus_work()

    def _show_keys(self) -> None:
        self.panels.keys.show()
        self.panels.keys.setFocus()

    def _show_more(self) -> None:
        shift, access = self._place.hands.shift, self._access
        if shift is not None:
            self.panels.more.open(lambda right: right is None or access.may(shift, right), self._fits)

    def _fits(self, command: str) -> bool:
        """Whether a command of the menu has something to do now."""
        return True

    def _back(self) -> None:
        """Esc."""
        raise NotImplementedError

    def _after_question(self, *answer: object) -> None:
        """A question was answered, or something over the work was left."""
        raise NotImplementedError

    def _entered(self, text: str) -> None:
        """Enter in the one box."""
        raise NotImplementedError

    def _on_changes(self, changes: frozenset[tuple[str, str]]) -> None:
        raise NotImplementedError

    def _every(self, milliseconds: int, then: Callable[[], None]) -> None:
        """Begun with the window, stopped with it."""
        timer = QTimer(self)
        timer.setInterval(milliseconds)
        timer.timeout.connect(then)
        self._timers.append(timer)
