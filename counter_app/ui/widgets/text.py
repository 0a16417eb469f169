"""Labels that hold plain text only, and the two properties the style sheet reads from them."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget


def label(
    text: str = "",
    *,
    tone: str = "",
    size: str = "",
    strong: bool = False,
    wrap: bool = False,
    chip: bool = False,
) -> QLabel:
    """A plain-text label: a name holding `<b>` is shown as it is written."""
    made = QLabel()
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setText(text)
    made.setWordWrap(wrap)
    made.setProperty("tone", tone)
    made.setProperty("textsize", size)
    made.setProperty("strong", strong)
    made.setProperty("chip", chip)
    if chip:
        made.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    return made


def set_tone(widget: QWidget, tone: str) -> None:
    """Change a widget's `tone` and have the style sheet read it again."""
    if widget.property("tone") != tone:
        widget.setProperty("tone", tone)
        repolish(widget)


def repolish(widget: QWidget) -> None:
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)
    widget.update()


def rule() -> QFrame:
    """A hairline."""
    line = QFrame()
    line.setProperty("rule", True)
    line.setFixedHeight(1)
    return line
