"""Hands and eyes of the tour: keys and touches as a person makes them, pictures, waiting with an end."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Final, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from counter_app.ui.tour.lag import LagMeter

T = TypeVar("T")

STEP_MS: Final = 5
SETTLE_MS: Final = 250  # what is on its way to the window is painted before the picture
PATIENCE_SECONDS: Final = 30.0


class TourStopped(Exception):
    """What was waited for did not come; says what."""


class Hands:
    """Works the windows of one process. `shots` is where pictures go."""

    def __init__(self, app: QApplication, shots: Path, lag: LagMeter) -> None:
        self._app = app
        self._shots = shots
        self._lag = lag
        self._taken = 0
        self.keys = 0
        shots.mkdir(parents=True, exist_ok=True)

    def press(self, window: QWidget, *keys: Qt.Key, with_ctrl: bool = False) -> None:
        """Keys one after another, to whatever has the focus in `window`."""
        modifier = Qt.KeyboardModifier.ControlModifier if with_ctrl else Qt.KeyboardModifier.NoModifier
        for key in keys:
            QTest.keyClick(_focus(window), key, modifier)
            self.keys += 1
            self.look()

    def press_with_alt(self, window: QWidget, key: Qt.Key) -> None:
        """What takes the action that a message offers."""
        QTest.keyClick(_focus(window), key, Qt.KeyboardModifier.AltModifier)
        self.keys += 1
        self.look()

    def type(self, window: QWidget, text: str) -> None:
        """Type into whatever has the focus; Chinese arrives as an input method hands it over."""
        if text.isascii():
            QTest.keyClicks(_focus(window), text)
        else:
            composed = QInputMethodEvent()
            composed.setCommitString(text)
            QApplication.sendEvent(_focus(window), composed)
        self.keys += len(text)
        self.look()

    def touch(self, window: QWidget, words: str) -> str:
        """Touch the visible key whose name holds `words`; gives the whole name."""
        button = self.until(lambda: self._button(window, words), f"a key “{words}”")
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        self.look()
        return button.accessibleName() or button.text()

    def seen(self, window: QWidget, words: str) -> None:
        """Wait until a key that holds `words` is there."""
        self.until(lambda: self._button(window, words), f"a key “{words}”")

    def _button(self, window: QWidget, words: str) -> QAbstractButton | None:
        for button in window.findChildren(QAbstractButton):
            name = f"{button.accessibleName()} {button.text()}"
            if words in name and button.isVisible() and button.isEnabled():
                return button
        return None

    def look(self) -> None:
        """Let the windows live for a moment."""
        self._app.processEvents()

    def until(self, found: Callable[[], T | None], what: str) -> T:
        """Live on until `found` gives something true. Raises TourStopped saying `what` was missed."""
        end = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < end:
            result = found()
            if result:
                return result
            QTest.qWait(STEP_MS)
        raise TourStopped(f"waited {PATIENCE_SECONDS:g} s for {what}")

    def aside(self) -> AbstractContextManager[None]:
        """What the tour itself does meanwhile is not counted as lag."""
        return self._lag.paused()

    def shoot(self, window: QWidget, name: str) -> str:
        """A picture of `window`; taking it is not counted as lag. The file's name."""
        QTest.qWait(SETTLE_MS)
        with self.aside():
            self._taken += 1
            path = self._shots / f"{self._taken:03d}-{name}.png"
            window.grab().save(str(path))
            self.look()
        return path.name


def _focus(window: QWidget) -> QWidget:
    """What has the focus in `window`, or the window itself."""
    focused: QWidget | None = window.focusWidget()
    return window if focused is None else focused
