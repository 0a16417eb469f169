"""Key caps, and buttons that show the key that does the same."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from counter_app.ui.widgets.text import label, repolish


class KeyCap(QLabel):
    """A drawn key with its name on it."""

    def __init__(self, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("cap", True)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setText(key)


class KeyButton(QPushButton):
    """Words at the left, key at the right. The mouse may press it; the key is handled by the window."""

    def __init__(
        self, words: str, key: str = "", *, kind: str = "plain", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("kind", kind)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._words = label(words, strong=kind == "primary")
        self._kind = kind
        self._cap = KeyCap(key) if kind != "primary" else label(key, strong=True)
        if not key:  # never shown by hand: while it has no parent it would be a window of its own
            self._cap.hide()
        for part in (self._words, self._cap):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 5, 8, 5)
        row.setSpacing(6)
        row.addWidget(self._words, 1)
        row.addWidget(self._cap)
        self._key = key
        self.set_words(words)
        self._show_kind()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.EnabledChange:
            self._show_kind()

    def _show_kind(self) -> None:
        """The words within follow the button: a style sheet does not reach them by its state."""
        inside = self._kind if self.isEnabled() else "off"
        parts = (self._words, self._cap) if self._kind == "primary" else (self._words,)
        for part in parts:
            part.setProperty("inside", inside)
            repolish(part)

    def set_words(self, words: str) -> None:
        self._words.setText(words)
        self.setAccessibleName(f"{words} {self._key}".strip())

    @property
    def words(self) -> str:
        return self._words.text()

    def sizeHint(self) -> QSize:
        inner = self.layout()
        return inner.sizeHint() if inner is not None else super().sizeHint()

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()
