"""A line to type into that counts characters as people do: by code points, not by UTF-16 units.

`QLineEdit.maxLength` would cut a name of rare characters in half, so it is not used. What cannot be read is
left out of words as it comes; a code may hold its own separators.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from counter_app.domain.plain import plain


class Field(QLineEdit):
    """At most `limit` code points. A `code` field (numbers, codes) takes no input method."""

    def __init__(self, name: str, limit: int, *, code: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._limit = limit
        self._code = code
        self.setAccessibleName(name)
        if code:
            self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.textEdited.connect(self._cut)

    def _cut(self, text: str) -> None:
        kept = (text if self._code else plain(text))[: self._limit]
        if kept != text:
            at = len(plain(text[: self.cursorPosition()]))
            self.setText(kept)
            self.setCursorPosition(min(at, self._limit))
