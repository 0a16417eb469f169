"""A keypad on the screen: digits, letters when asked, delete and done. Its own, not Qt's virtual keyboard.

It types into nothing: it emits what was pressed and whoever holds the text decides.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QPushButton, QWidget

DIGITS: Sequence[str] = ("123", "456", "789")
ID_NUMBER: Sequence[str] = ("123", "456", "789", "X0")
LETTERS: Sequence[str] = ("QWERTYUIOP", "ASDFGHJKL", "ZXCVBNM")


class Keypad(QWidget):
    """Rows of one-character keys, then delete and done."""

    pressed = Signal(str)
    deleted = Signal()
    done = Signal()

    def __init__(
        self,
        rows: Sequence[str],
        delete_word: str,
        done_word: str,
        spacing: int = 8,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(spacing)
        widest = max(len(row) for row in rows)
        for down, row in enumerate(rows):
            for across, character in enumerate(row):
                key = self._key(character, character)
                key.clicked.connect(lambda _=False, character=character: self.pressed.emit(character))
                grid.addWidget(key, down, across)
        delete = self._key(delete_word, delete_word)
        delete.clicked.connect(self.deleted)
        done = self._key(done_word, done_word)
        done.setProperty("kind", "primary")
        done.clicked.connect(self.done)
        half = max(1, widest // 2)
        grid.addWidget(delete, len(rows), 0, 1, half)
        grid.addWidget(done, len(rows), half, 1, max(1, widest - half))

    def _key(self, words: str, name: str) -> QPushButton:
        key = QPushButton(words)
        key.setProperty("kind", "cell")
        key.setAccessibleName(name)
        key.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return key
