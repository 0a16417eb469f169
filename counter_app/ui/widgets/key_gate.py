"""Where keys are told apart: commands, a scan, or typing. Installed on the widgets that take keys.

A key press is offered here before its widget sees it, because line edits have their own use for Ctrl+K
and input methods for the rest. A scanner set up to send its prefix is known in any field.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QKeyEvent, QKeySequence, QTextCursor
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget

from counter_app.domain.scanning.codes import TICKET_PREFIX, CodeKind, own_code_at, recognise
from counter_app.ui.widgets.commands import Key
from counter_app.ui.widgets.findbox import FindBox
from counter_app.ui.widgets.wedge import ENDS, WedgeReading

_COMMANDING: Final = (
    Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.MetaModifier
)


def key_name(event: QKeyEvent) -> str:
    """The key in Qt's portable spelling; the keypad's keys are the others' equals."""
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    if event.key() in (Qt.Key.Key_Plus, Qt.Key.Key_Equal, Qt.Key.Key_Minus):
        modifiers &= ~Qt.KeyboardModifier.ShiftModifier
    sequence = QKeySequence(modifiers.value | event.key())
    return sequence.toString(QKeySequence.SequenceFormat.PortableText)


def _before(text: str, units: int) -> str:
    """`text` up to a position of Qt's, which counts by UTF-16."""
    return text.encode("utf-16-le")[: 2 * units].decode("utf-16-le", "ignore")


def _units(text: str) -> int:
    """How far Qt counts over `text`."""
    return len(text.encode("utf-16-le")) // 2


class KeyGate(QObject):
    """`command(name)` of the workspace's keys; `scanned(text)` for what a scanner typed; `scanning(text)`
    while it does, and empty at its end."""

    command = Signal(str)
    scanned = Signal(str)
    scanning = Signal(str)

    def __init__(self, keys: Mapping[str, Key], scan_prefix: str, parent: QObject) -> None:
        super().__init__(parent)
        self._keys = keys
        self._prefix = scan_prefix
        self._wedge = WedgeReading()
        self._window: QWidget | None = None
        self._commanded: set[QObject] = set()
        self._without_methods: QWidget | None = None  # whose input method is off while a scanner types
        self._composed = ""  # what an input method shows in the field, not yet chosen

    def watch(self, *widgets: QWidget) -> None:
        """Commands and scans are told apart before these widgets see a key."""
        for widget in widgets:
            self._commanded.add(widget)
            widget.installEventFilter(self)

    def watch_scans(self, window: QWidget) -> None:
        """Scans alone, in whatever else of the window gets the keys: lists, questions, the log-in."""
        self._window = window
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._focus_moved)

    def offer(self, event: QKeyEvent, watched: QObject | None = None) -> bool:
        """True when the key was a command's or part of a scan."""
        if self.take_scan(event, watched):
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

    def give_up(self) -> None:
        """Nobody types here any more: a scan under way ends as it stands."""
        if self._wedge.active:
            self._tell(self._wedge.give_up())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            whole = watched in self._commanded
            return self.offer(event, watched) if whole else self.take_scan(event, watched)
        if kind == QEvent.Type.KeyRelease and isinstance(event, QKeyEvent):
            return self.release(event)
        if kind == QEvent.Type.InputMethod and isinstance(event, QInputMethodEvent):
            self._composed = event.preeditString()
        if kind == QEvent.Type.WindowDeactivate:
            self.give_up()
        return False

    def release(self, event: QKeyEvent) -> bool:
        """True while a scanner types: its keys are nobody's commands, pressed or let go."""
        self._wedge.release(event)
        return self._wedge.active

    def take_scan(self, event: QKeyEvent, watched: QObject | None = None) -> bool:
        """True when the key was part of a scan."""
        if key_name(event) == self._prefix:
            self._tell(self._wedge.begin())
            self._switch_methods(watched)
            self.scanning.emit("")
            return True
        if self._wedge.active:
            self._tell(self._wedge.press(event))
            return True
        meant = event.modifiers() & _COMMANDING  # Alt+Enter takes what a message offers, no scanner sends it
        return event.key() in ENDS and not meant and self._found_in_field(watched)

    def _focus_moved(self, old: QWidget | None, now: QWidget | None) -> None:
        self._composed = ""
        if now is not None and self._window is not None and now.window() is self._window.window():
            now.installEventFilter(self)

    def _found_in_field(self, watched: QObject | None) -> bool:
        """A scanner without prefix typed one of our codes into a field: it is taken out, and acts."""
        if isinstance(watched, QPlainTextEdit):
            return self._found_in_text(watched)
        if not isinstance(watched, QLineEdit) or watched.echoMode() != QLineEdit.EchoMode.Normal:
            return False
        text = watched.text()
        at = own_code_at(text)
        if at < 0:
            return False
        if isinstance(watched, FindBox):
            watched.empty()
        else:
            watched.setText(text[:at])
        self._tell(self._wedge.put(text[at:] + "\r"))
        return True

    def _found_in_text(self, text: QPlainTextEdit) -> bool:
        """The same in the line before the cursor of free text. "ticket:" may be a word there: only a whole
        code counts after it."""
        cursor = text.textCursor()
        line = _before(cursor.block().text(), cursor.positionInBlock())
        at = own_code_at(line)
        code = line[at:] if at >= 0 else ""
        word = code[: len(TICKET_PREFIX)].lower() == TICKET_PREFIX
        if text.isReadOnly() or not code or (word and recognise(code).kind is not CodeKind.TICKET):
            return False
        cursor.movePosition(QTextCursor.MoveOperation.Left, QTextCursor.MoveMode.KeepAnchor, _units(code))
        cursor.removeSelectedText()
        self._tell(self._wedge.put(code + "\r"))
        return True

    def _tell(self, codes: tuple[str, ...]) -> None:
        if not self._wedge.active:
            self._restore_methods()
        self.scanning.emit(self._wedge.shown if self._wedge.active else "")
        for code in codes:
            self.scanned.emit(code)

    def _switch_methods(self, watched: QObject | None) -> None:
        """An input method would take a scanner's letters for pinyin."""
        method = Qt.WidgetAttribute.WA_InputMethodEnabled
        if isinstance(watched, QWidget) and watched.testAttribute(method):
            self._keep_composed(watched)
            watched.setAttribute(method, False)
            self._without_methods = watched

    def _keep_composed(self, field: QWidget) -> None:
        """Words half composed stay in the field as they stand. Some input methods give them when asked to,
        some when they are reset, some never."""
        method = QGuiApplication.inputMethod()
        for end in (method.commit, method.reset):
            if self._composed:
                end()
        if self._composed:
            left = QInputMethodEvent()
            left.setCommitString(self._composed)
            QApplication.sendEvent(field, left)

    def _restore_methods(self) -> None:
        widget, self._without_methods = self._without_methods, None
        if widget is not None:
            widget.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, True)

    def _typing(self, watched: QObject | None) -> bool:
        """A field in which letters are somebody's text; the empty box is not."""
        if isinstance(watched, FindBox):
            return bool(watched.text())
        return isinstance(watched, QLineEdit | QPlainTextEdit)
