"""A panel that lies over its parent without moving anything: keys, choices, notices. No dialog, no loop."""

from __future__ import annotations

from typing import Final, Literal

from PySide6.QtCore import QEvent, QObject, QPoint, QRect
from PySide6.QtWidgets import QWidget

SHARE: Final = 37  # of the ground's width, in hundredths, for what stands beside the work
Place = Literal["centre", "foot", "right"]


class Anchored(QObject):
    """Keeps `panel` in its place over `ground` while either changes its size. While `clear` is shown it stays
    uncovered: the panel stands above it, no wider."""

    def __init__(
        self,
        panel: QWidget,
        ground: QWidget,
        place: Place,
        margin: int,
        widest: int,
        clear: QWidget | None = None,
    ) -> None:
        super().__init__(panel)
        self._panel, self._ground, self._place = panel, ground, place
        self._margin, self._widest, self._clear = margin, widest, clear
        panel.setParent(ground)
        for watched in (ground, panel, clear):
            if watched is not None:
                watched.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        wanted: tuple[QEvent.Type, ...] = (QEvent.Type.Show, QEvent.Type.LayoutRequest)
        if watched is self._ground:
            wanted = (QEvent.Type.Resize,)
        elif watched is self._clear:
            wanted = (QEvent.Type.Resize, QEvent.Type.Move, QEvent.Type.Show, QEvent.Type.Hide)
        if event.type() in wanted and (watched is not self._clear or self._panel.isVisible()):
            self.settle()
        return False

    def settle(self) -> None:
        """Put the panel where it belongs, as large as it needs and no larger than its ground."""
        place = self._geometry(self._room())
        if self._clear is not None and place.height() < self._needed(place.width()):
            place = self._geometry(self._ground.rect())  # too little is left above: a message is read whole
        self._panel.setGeometry(place)
        self._panel.raise_()

    def _geometry(self, room: QRect) -> QRect:
        beside, margin = self._place == "right", self._margin
        wide = min(self._widest, room.width() * SHARE // 100 if beside else room.width() - 2 * margin)
        high = min(self._needed(wide), room.height() - 2 * margin)
        left = room.width() - wide - margin // 4 if beside else (room.width() - wide) // 2
        top = (room.height() - high) // 2 if self._place != "foot" else room.height() - high - margin
        return QRect(room.left() + left, top, wide, high)

    def _needed(self, wide: int) -> int:
        layout = self._panel.layout()
        if layout is not None and layout.hasHeightForWidth():
            return layout.totalHeightForWidth(wide)
        return self._panel.sizeHint().height()

    def _room(self) -> QRect:
        """The ground, or what of it lies above what stays uncovered."""
        ground, clear = self._ground.rect(), self._clear
        if clear is None or not clear.isVisibleTo(self._ground):
            return ground
        there = QRect(clear.mapTo(self._ground, QPoint()), clear.size())
        foot = there.top() + self._margin - self._margin // 8  # a little above it
        return QRect(
            there.left() - self._margin, 0, there.width() + 2 * self._margin, min(foot, ground.height())
        )
