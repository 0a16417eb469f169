"""A window before the citizen: no frame, above all others, and never with the keys.

It lies on a second display where there is one, else beside the work. The clerk goes on working, and only the
counter takes it back. What stands in it: `citizen_screen.py` (a paper to sign), `citizen_rating.py`.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeyEvent, QScreen
from PySide6.QtWidgets import QWidget

from counter_app.ui.theme.look import Look

KEY_MM: Final = 20  # what a finger finds
_FLAGS: Final = (
    Qt.WindowType.Window
    | Qt.WindowType.FramelessWindowHint
    | Qt.WindowType.WindowStaysOnTopHint
    | Qt.WindowType.WindowDoesNotAcceptFocus
)


def second_display(counter: QWidget) -> QScreen | None:
    """The display the counter's own window is not on; None where there is one only."""
    here = counter.screen()
    return next((screen for screen in QGuiApplication.screens() if screen is not here), None)


class CitizenWindow(QWidget):
    """`counter` is the window it belongs to. What is in it is dressed by whoever lays it out."""

    def __init__(self, look: Look, title: str, counter: QWidget) -> None:
        super().__init__(counter, _FLAGS)
        self._look, self._counter = look, counter
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("panel", "ground")
        self.setWindowTitle(title)

    def appear(self) -> None:
        """On the second display; where there is none, over the right of the counter's own."""
        other = second_display(self._counter)
        if other is not None:
            self.setGeometry(other.geometry())
        else:
            room = self._counter.screen().availableGeometry()
            room.setLeft(room.left() + room.width() // 5)
            self.setGeometry(room)
        self.show()
        self._counter.activateWindow()

    def event(self, event: QEvent) -> bool:
        """Where a platform gives the touched window the keys all the same, the counter gets them back."""
        if event.type() == QEvent.Type.WindowActivate:
            self._counter.activateWindow()
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A key that a platform gives to this window is the clerk's: it goes to where he works."""
        self._hand_back(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        self._hand_back(event)

    def _hand_back(self, event: QKeyEvent) -> None:
        at_work: QWidget | None = self._counter.focusWidget()
        QCoreApplication.sendEvent(self._counter if at_work is None else at_work, event)
        event.accept()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Only the counter takes it back."""
        if event.spontaneous():
            event.ignore()
        else:
            super().closeEvent(event)

    @property
    def key_height(self) -> int:
        """Pixels of a key that a finger finds on this display."""
        return round(KEY_MM / 25.4 * max(self.screen().physicalDotsPerInchY(), self.logicalDpiY()))
