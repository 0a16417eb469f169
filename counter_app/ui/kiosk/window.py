"""Builds the kiosk from what it needs: the window, its timers, the reader's and the scanner's news.

No key of a keyboard leaves it: characters are a scanner's until Enter, Tab moves, Enter or space on a
key presses it. A locked kiosk closes only when the staff have closed it, or when its process ends.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QContextMenuEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from counter_app.errors import UserFacingError
from counter_app.i18n import Translator
from counter_app.ui.application import ENDING
from counter_app.ui.changes import Changes
from counter_app.ui.kiosk.deps import KioskDeps
from counter_app.ui.kiosk.keys import KioskKey
from counter_app.ui.kiosk.presenter import KioskPresenter
from counter_app.ui.kiosk.view import KioskPane
from counter_app.ui.tasks import Tasks
from counter_app.ui.theme.look import Look
from counter_app.ui.widgets.key_gate import key_name
from counter_app.ui.widgets.sources import Sources
from counter_app.ui.widgets.wedge import WedgeReading
from counter_app.use_cases.ports.identity import ReaderNews
from counter_app.use_cases.ports.inputs import ChipLaid, Scanned, ScanNews

TICK_MS: Final = 1000
PRESSES: Final = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space})


class KioskWindow(QWidget):
    """Places the pane and keeps what brings news; nothing else."""

    _news = Signal(object)

    def __init__(self, deps: KioskDeps, look: Look, languages: Mapping[str, Translator]) -> None:
        super().__init__()
        self._deps = deps
        self._may_close = not deps.locked
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFocus()  # no key is marked before somebody uses a keyboard
        self._wedge = WedgeReading()
        self._sources = Sources(deps.sources, self)
        self._sources.news.connect(self._on_source)
        self.setWindowTitle(languages["zh_CN"]("Kiosk"))
        if deps.locked:
            self.setWindowFlags(Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowStaysOnTopHint)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        self.pane = KioskPane(look, deps.mm_per_px)
        layout.addWidget(self.pane)
        self._tasks = Tasks(deps.runner, self._unexpected, self)
        self._asks = Tasks(deps.asks, self._unexpected, self) if deps.asks is not None else self._tasks
        self.presenter = KioskPresenter(self.pane, deps, self._tasks, languages, self.release, self._asks)
        self.pane.pressed.connect(self.presenter.press)
        self._news.connect(self.presenter.reader_news)
        self._changes = Changes(deps.feed, self)
        self._changes.changed.connect(self.presenter.changed)
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self.presenter.tick)
        self._changes.start()
        self._timer.start()
        self.presenter.start()
        deps.reader.start(self._hand_on)
        self._sources.start()

    def release(self) -> None:
        """Close, locked or not: the staff proved who they are, or the program ends."""
        self._may_close = True
        self.close()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Nothing is handed on: no short cut reaches the system."""
        text = event.text()
        if key_name(event) == self._deps.scan_prefix:
            self._scanned(self._wedge.begin())
        elif self._wedge.active:
            self._scanned(self._wedge.press(event))
        elif event.key() in PRESSES:
            self._press_focused()
        elif text and text.isprintable():
            self._wedge.begin()
            self._scanned(self._wedge.press(event))
        event.accept()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        self._wedge.release(event)
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.presenter.touched()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        event.accept()

    def event(self, event: QEvent) -> bool:
        """Short cuts of the style or the system are taken before they are looked up."""
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        if not (self._may_close or self.property(ENDING)):
            event.ignore()
            return
        self._deps.reader.stop()
        self._sources.stop()
        self._timer.stop()
        self._changes.stop()
        self._tasks.close()
        self._asks.close()
        super().closeEvent(event)

    def _hand_on(self, news: ReaderNews) -> None:
        """From the reader's thread to the window's."""
        self._news.emit(news)

    def _scanned(self, codes: tuple[str, ...]) -> None:
        for code in codes:
            self.presenter.scanned(code)

    def _on_source(self, name: str, news: ScanNews) -> None:
        if isinstance(news, Scanned):
            self.presenter.scanned(news.text)
        elif isinstance(news, ChipLaid):
            self.presenter.chip(news.serial)

    def _press_focused(self) -> None:
        focused = self.focusWidget()
        if isinstance(focused, KioskKey):
            focused.click()

    def _unexpected(self, error: UserFacingError) -> None:
        """Of work nobody waits for, such as telling the staff: the citizen can do nothing about it."""
        self.presenter.screen.error(error)


def build_kiosk_window(deps: KioskDeps, look: Look, languages: Mapping[str, Translator]) -> KioskWindow:
    """`languages` in the order of their keys: zh_CN, zh_TW, en. Show it with `showFullScreen` when locked."""
    return KioskWindow(deps, look, languages)
