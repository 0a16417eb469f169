"""Where keys are told apart: commands, a scan, or typing. Installed on the widgets that take keys.

A key press is offered here before its widget sees it, because line edits have their own use for Ctrl+K
and input methods for the rest. A scanner set up to send its prefix is known in any field.
"""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from counter_app.ui.widgets.commands import Key
from counter_app.ui.widgets.findbox import FindBox


def key_name(event: QKeyEvent) -> str:
    """The key in Qt's portable spelling; the keypad's keys are the others' equals."""
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    if event.key() in (Qt.Key.Key_Plus, Qt.Key.Key_Equal, Qt.Key.Key_Minus):
        modifiers &= ~Qt.KeyboardModifier.ShiftModifier
    sequence = QKeySequence(modifiers.value | event.key())
    return sequence.toString(QKeySequence.SequenceFormat.PortableText)


class KeyGate(QObject):
    """`command(name)` of the workspace's keys; `scanned(text)` for what a prefixed scanner sent."""

    command = Signal(str)
    scanned = Signal(str)

    def __init__(self, keys: Mapping[str, Key], scan_prefix: str, parent: QObject) -> None:
        super().__init__(parent)
        self._keys = keys
        self._prefix = scan_prefix
        self._scan: list[str] | None = None

    def watch(self, *widgets: QWidget) -> None:
        for widget in widgets:
            widget.installEventFilter(self)

    def offer(self, event: QKeyEvent, watched: QObject | None = None) -> bool:
        """True when the key was a command's or part of a scan."""
        if self._take_scan(event):
            return True
        name = key_name(event)
        key = self._keys.get(name)
        if key is None or event.isAutoRepeat():
            return False
        if isinstance(watched, FindBox) and name == "Esc" and (watched.text() or watched.hits_shown):
            return False
        if self._typing(watched) and (not key.anywhere or key.command == "undo"):
            return False
        self.command.emit(key.command)
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self.offer(event, watched)
        return False

    def _take_scan(self, event: QKeyEvent) -> bool:
        if key_name(event) == self._prefix:
            self._scan = []
            return True
        if self._scan is None:
            return False
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape):
            text, self._scan = "".join(self._scan), None
            if text and event.key() != Qt.Key.Key_Escape:
                self.scanned.emit(text)
        else:
            self._scan.append(event.text())
        return True

    def _typing(self, watched: QObject | None) -> bool:
        """A field in which letters are somebody's text; the empty box is not."""
        if isinstance(watched, FindBox):
            return bool(watched.text())
        return isinstance(watched, QLineEdit | QPlainTextEdit)
