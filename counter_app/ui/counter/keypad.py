"""The citizen's keypad: a block of digits on a cable of its own, whose keys come as the keyboard's do.

No window system tells Qt which of two keyboards a key is from; that it lies on a block of digits it does
tell. So while a citizen is asked, the digits of such a block are his, in whatever window of the counter the
keys are, and no field gets them; the digits above the letters stay the clerk's. Listened to only where the
home declares such a keypad, and only as long as somebody is asked.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent

_WITHOUT_NUM_LOCK: Final = {
    Qt.Key.Key_Insert: 0,
    Qt.Key.Key_End: 1,
    Qt.Key.Key_Down: 2,
    Qt.Key.Key_PageDown: 3,
    Qt.Key.Key_Left: 4,
    Qt.Key.Key_Clear: 5,
    Qt.Key.Key_Right: 6,
    Qt.Key.Key_Home: 7,
    Qt.Key.Key_Up: 8,
    Qt.Key.Key_PageUp: 9,
}


def keypad_digit(event: QKeyEvent) -> int | None:
    """The digit of a block of digits, with Num Lock or without; None for any other key."""
    if not event.modifiers() & Qt.KeyboardModifier.KeypadModifier:
        return None
    text = event.text()
    if text.isascii() and text.isdigit():
        return int(text)
    return _WITHOUT_NUM_LOCK.get(Qt.Key(event.key()))


class Keypad(QObject):
    """`pressed` gets each digit once, however long the key is held."""

    def __init__(self, pressed: Callable[[int], None], parent: QObject) -> None:
        super().__init__(parent)
        self._pressed = pressed
        self._listens = False

    def listen(self, on: bool) -> None:
        application = QCoreApplication.instance()
        if on == self._listens or application is None:
            return
        self._listens = on
        (application.installEventFilter if on else application.removeEventFilter)(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind not in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease, QEvent.Type.ShortcutOverride):
            return False
        if not isinstance(event, QKeyEvent):
            return False
        digit = keypad_digit(event)
        if digit is None:
            return False
        if kind == QEvent.Type.KeyPress and not event.isAutoRepeat():
            self._pressed(digit)
        return True
