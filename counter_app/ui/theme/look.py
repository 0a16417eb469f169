"""A window's look: theme and text scale, passed to whatever paints; it tells when it changes.

One `Look` per window, made by whoever opens the window. Sizes given in the code are those of 100 %;
`px` scales them. Scaling of the whole screen (125–200 %) is Qt's own and comes on top.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QWidget

from counter_app.ui.theme.stylesheet import stylesheet
from counter_app.ui.theme.tokens import LIGHT, SCALE_MAX, SCALE_MIN, State, Theme

FAMILIES = ["Noto Sans SC", "HanaMinB"]


class Look(QObject):
    """Theme and scale (1.0–2.0) of one window."""

    changed = Signal()

    def __init__(self, theme: Theme = LIGHT, scale: float = 1.0, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.scale = min(SCALE_MAX, max(SCALE_MIN, scale))

    def px(self, size: float) -> int:
        """Pixels for a size meant at 100 %."""
        return round(size * self.scale)

    def font(self, size: int, *, bold: bool = False) -> QFont:
        """A font that reaches every character of GB 18030, `size` pixels at 100 %."""
        font = QFont()
        font.setFamilies(FAMILIES)
        font.setPixelSize(max(1, self.px(size)))
        font.setBold(bold)
        return font

    def colour(self, state: State) -> QColor:
        return QColor(self.theme.state(state))

    def set_theme(self, theme: Theme) -> None:
        if theme != self.theme:
            self.theme = theme
            self.changed.emit()

    def set_scale(self, scale: float) -> None:
        scale = min(SCALE_MAX, max(SCALE_MIN, scale))
        if scale != self.scale:
            self.scale = scale
            self.changed.emit()

    def dress(self, window: QWidget) -> None:
        """Give `window` and all within it this look, now and whenever it changes."""

        def wear() -> None:
            window.setPalette(self._palette())
            window.setFont(self.font(14))
            window.setStyleSheet(stylesheet(self.theme, self.scale))

        wear()
        self.changed.connect(wear)

    def _palette(self) -> QPalette:
        palette = QPalette()
        theme = self.theme
        for role, colour in (
            (QPalette.ColorRole.Window, theme.ground),
            (QPalette.ColorRole.Base, theme.surface),
            (QPalette.ColorRole.WindowText, theme.text),
            (QPalette.ColorRole.Text, theme.text),
            (QPalette.ColorRole.ButtonText, theme.text),
            (QPalette.ColorRole.Button, theme.raised),
            (QPalette.ColorRole.Highlight, theme.selected),
            (QPalette.ColorRole.HighlightedText, theme.text),
            (QPalette.ColorRole.PlaceholderText, theme.muted),
        ):
            palette.setColor(role, QColor(colour))
        return palette
