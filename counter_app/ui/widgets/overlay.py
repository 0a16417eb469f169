"""A panel that lies over its parent without moving anything: keys, choices, notices. No dialog, no loop."""

from __future__ import annotations

from typing import Final, Literal

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget

SHARE: Final = 37  # of the ground's width, in hundredths, for what stands beside the work
Place = Literal["centre", "foot", "right"]


class Anchored(QObject):
    """Keeps `panel` in its place over `ground` while either changes its size."""

    def __init__(self, panel: QWidget, ground: QWidget, place: Place, margin: int, widest: int) -> None:
        super().__init__(panel)
        self._panel, self._ground, self._place = panel, ground, place
        self._margin, self._widest = margin, widest
        panel.setParent(ground)
        ground.installEventFilter(self)
        panel.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        wanted = (
            (QEvent.Type.Resize,)
            if watched is self._ground
            else (QEvent.Type.Show, QEvent.Type.LayoutRequest)
        )
        if event.type() in wanted:
            self.settle()
        return False

    def settle(self) -> None:
        """Put the panel where it belongs, as large as it needs and no larger than its ground."""
        ground, panel = self._ground.rect(), self._panel
        beside = self._place == "right"
        wide = min(
            self._widest, ground.width() * SHARE // 100 if beside else ground.width() - 2 * self._margin
        )
        layout = panel.layout()
        needed = panel.sizeHint().height()
        if layout is not None and layout.hasHeightForWidth():
            needed = layout.totalHeightForWidth(wide)
        high = min(needed, ground.height() - 2 * self._margin)
        left = ground.width() - wide - self._margin // 4 if beside else (ground.width() - wide) // 2
        top = (
            (ground.height() - high) // 2 if self._place != "foot" else ground.height() - high - self._margin
        )
        panel.setGeometry(left, top, wide, high)
        panel.raise_()
