"""Free words of several lines: as high as what is written needs, within the room it is given. What cannot be
read is left out as it is pasted."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QPlainTextEdit

from counter_app.domain.plain import plain
from counter_app.ui.theme.look import Look

LEAST: Final = 2  # lines that are always seen


class Words(QPlainTextEdit):
    """`words` reads and writes them; the cursor stands at their end, where one goes on."""

    def __init__(self, name: str, look: Look) -> None:
        super().__init__()
        self._edge = look.px(18)
        self._most = LEAST
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)
        self.document().documentLayout().documentSizeChanged.connect(lambda _: self._fit())
        self._fit()

    @property
    def words(self) -> str:
        return plain(self.toPlainText())

    def put(self, text: str) -> None:
        """Show `text` without telling of a change."""
        self.blockSignals(True)
        self.setPlainText(text)
        self.blockSignals(False)
        self.moveCursor(QTextCursor.MoveOperation.End)
        self._fit()

    def give_room(self, height: int) -> None:
        """It may grow to this height."""
        self._most = max(LEAST, (height - self._edge) // self.fontMetrics().lineSpacing())
        self._fit()

    def insertFromMimeData(self, source: QMimeData) -> None:
        if source.hasText():
            self.insertPlainText(plain(source.text()))

    def _fit(self) -> None:
        lines = min(max(LEAST, round(self.document().size().height())), self._most)
        self.setFixedHeight(self.fontMetrics().lineSpacing() * lines + self._edge)
