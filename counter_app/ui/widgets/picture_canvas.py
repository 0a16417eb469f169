"""One picture large: fitted, zoomed in steps, moved within its place; its keys are its holder's."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPoint, QSize, Qt
from PySide6.QtGui import QColor, QImage, QImageReader, QPainter, QPaintEvent, QTransform, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from counter_app.ui.theme.look import Look

LARGEST: Final = 2600  # pixels of the longer side that are unpacked: enough to read small print at full zoom
ZOOMS: Final = (1.0, 1.5, 2.2, 3.3)
STEP: Final = 0.2  # of what is seen, moved by an arrow


class Canvas(QWidget):
    """One picture, fitted; zoomed in steps and moved within its place."""

    def __init__(self, look: Look, name: str) -> None:
        super().__init__()
        self._look = look
        self._data: bytes | None = None
        self._turn = 0
        self._words = ""
        self._image: QImage | None = None
        self._zoom = 0
        self._centre = (0.5, 0.5)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(name)

    def show_image(self, data: bytes | None, turn: int, words: str) -> None:
        if data is not self._data:
            self._data, self._zoom, self._centre = data, 0, (0.5, 0.5)
            self._image = None if data is None else unpacked(data)
        self._turn, self._words = turn % 4, words
        self.update()

    @property
    def image(self) -> QImage | None:
        """What is drawn, turned."""
        if self._image is None or not self._turn:
            return self._image
        return self._image.transformed(QTransform().rotate(90.0 * self._turn))

    @property
    def zoomed(self) -> bool:
        return self._zoom > 0

    def zoom(self, by: int) -> None:
        self._zoom = min(len(ZOOMS) - 1, max(0, self._zoom + by))
        self.move_by(0, 0)

    def move_by(self, right: int, down: int) -> None:
        """By a share of what is seen, never beyond the edges."""
        part = STEP / ZOOMS[self._zoom]
        half = 0.5 / ZOOMS[self._zoom]
        x, y = self._centre[0] + right * part, self._centre[1] + down * part
        self._centre = (min(1 - half, max(half, x)), min(1 - half, max(half, y)))
        self.update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        self.zoom(1 if event.angleDelta().y() > 0 else -1)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme = self._look.theme
        painter.fillRect(self.rect(), QColor(theme.ground))
        image = self.image
        if image is not None:
            self._draw(painter, image)
        if self._words:
            self._write(painter, over=image is not None)
        painter.end()

    def _write(self, painter: QPainter, *, over: bool) -> None:
        """The words in the middle; over a picture on a plate of their own, to be read on any page."""
        theme, px = self._look.theme, self._look.px
        painter.setFont(self._look.font(16, bold=over))
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        room = self.rect().adjusted(px(24), 0, -px(24), 0)
        if over:
            place = painter.boundingRect(room, flags, self._words)
            painter.fillRect(place.adjusted(-px(16), -px(10), px(16), px(10)), QColor(theme.surface))
        painter.setPen(QColor(theme.text if over else theme.muted))
        painter.drawText(room, flags, self._words)

    def _draw(self, painter: QPainter, image: QImage) -> None:
        ratio = self.devicePixelRatioF()
        scale = min(self.width() / image.width(), self.height() / image.height()) * ZOOMS[self._zoom]
        size = QSize(round(image.width() * scale * ratio), round(image.height() * scale * ratio))
        fitted = image.scaled(
            size, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
        )
        fitted.setDevicePixelRatio(ratio)
        wide, high = size.width() / ratio, size.height() / ratio
        left = self._start(self.width(), wide, self._centre[0])
        top = self._start(self.height(), high, self._centre[1])
        painter.drawImage(QPoint(round(left), round(top)), fitted)

    def _start(self, room: int, size: float, centre: float) -> float:
        """Where it begins: in the middle where there is room for all of it, else so that `centre` is seen."""
        if size <= room:
            return (room - size) / 2
        return min(0.0, max(room - size, room / 2 - centre * size))


def unpacked(data: bytes) -> QImage | None:
    """No larger than is looked at: JPEG is unpacked to a smaller size at once."""
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    size = reader.size()
    if max(size.width(), size.height()) > LARGEST:
        reader.setScaledSize(size.scaled(LARGEST, LARGEST, Qt.AspectRatioMode.KeepAspectRatio))
    image = reader.read()
    return None if image.isNull() else image
