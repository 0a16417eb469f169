"""What a scanner on the keyboard's cable types, told from what people type. No timers.

It is known by the prefix it was set up to send. From there every key belongs to the code until its end,
also those a keyboard spoils: a group separator that comes as Alt+029 or Ctrl+], or as a function key. Which
widget the keys went to, and what the code means, is not here.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from counter_app.domain.scanning.collecting import CodeCollector

ENDS: Final = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab})
_MODIFIERS: Final = frozenset(
    {Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_Meta, Qt.Key.Key_CapsLock,
     Qt.Key.Key_NumLock, Qt.Key.Key_AltGr}
)  # fmt: skip
# How some makers' scanners send control characters that a keyboard lacks (unsure: from one maker's manual).
_FUNCTION_KEYS: Final = {Qt.Key.Key_F8: "\x1d", Qt.Key.Key_F9: "\x1e", Qt.Key.Key_F10: "\x1f"}
_KEPT: Final = frozenset("\x1d\x1e\x1f")


class WedgeReading:
    """Keys in, codes out. `active` between the prefix and the end."""

    def __init__(self) -> None:
        self._collector = CodeCollector()
        self._alt = ""  # digits typed with Alt held: a character by its number
        self._composed = ""  # the same character, should the system compose it as well
        self.active = False

    @property
    def shown(self) -> str:
        """What has come of the code under way."""
        return self._collector.pending

    def begin(self) -> tuple[str, ...]:
        """The prefix came. A code without end before it is given up: half-read, and not swallowed."""
        before = self.give_up()
        self.active = True
        return before

    def press(self, event: QKeyEvent) -> tuple[str, ...]:
        """A key of the code. Escape leaves it."""
        key = event.key()
        if key == Qt.Key.Key_Escape:
            self._leave()
            return ()
        if key in _MODIFIERS:
            return ()
        if event.modifiers() & Qt.KeyboardModifier.AltModifier and event.text().isdecimal():
            self._alt += event.text()
            return ()
        composed = self._end_alt()
        if key in ENDS:
            return self.put(composed + "\r")
        text = _FUNCTION_KEYS.get(Qt.Key(key)) or event.text()
        made, self._composed = self._composed or composed, ""
        if text == made:
            text = ""  # the system made the same character of Alt and the digits
        return self.put(composed + "".join(one for one in text if one >= " " or one in _KEPT))

    def release(self, event: QKeyEvent) -> None:
        """Alt let go ends a character typed by its number."""
        if event.key() == Qt.Key.Key_Alt and self._alt:
            self._composed = self._end_alt()
            self.put(self._composed)

    def put(self, text: str) -> tuple[str, ...]:
        """Characters that belong to a code; those of a field in which one was found, too."""
        codes = self._collector.put(text)
        if codes or "\r" in text:
            self.active = self._collector.wants_line
        return codes

    def give_up(self) -> tuple[str, ...]:
        """No more will come: what is there, as it stands."""
        pending = self._collector.give_up()
        self._leave()
        return pending

    def _leave(self) -> None:
        self._collector.clear()
        self._alt = self._composed = ""
        self.active = False

    def _end_alt(self) -> str:
        digits, self._alt = self._alt, ""
        value = int(digits) if digits else 0
        return chr(value) if 0 < value < 0x110000 and not 0xD800 <= value < 0xE000 else ""
