"""The viewer beside the checklist: one page large, zoomed and moved by keys, everything else by one letter.

A passive view over `PicturesShown`. Not a dialog: the checklist stays in sight and Esc takes the viewer away.
What the keys do is `pictures_presenter.py`'s.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPoint, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QImageReader,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QTransform,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from counter_app.i18n import Translator
from counter_app.ui.counter.pictures_shown import PicturesShown
from counter_app.ui.theme.look import Look
from counter_app.ui.widgets.elided import Elided
from counter_app.ui.widgets.keys import KeyCap
from counter_app.ui.widgets.text import label

LARGEST: Final = 2600  # pixels of the longer side that are unpacked: enough to read small print at full zoom
ZOOMS: Final = (1.0, 1.5, 2.2, 3.3)
STEP: Final = 0.2  # of what is seen, moved by an arrow
_COMMANDS: Final = {
    Qt.Key.Key_P: "take",
    Qt.Key.Key_F: "from_file",
    Qt.Key.Key_V: "replace",
    Qt.Key.Key_R: "turn",
    Qt.Key.Key_Delete: "remove",
    Qt.Key.Key_C: "device",
    Qt.Key.Key_PageUp: "page_back",
    Qt.Key.Key_PageDown: "page_on",
    Qt.Key.Key_Escape: "leave",
}
_MOVES: Final = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
_PLAIN: Final = {
    Qt.Key.Key_Left: "page_back",
    Qt.Key.Key_Right: "page_on",
    Qt.Key.Key_Up: "material_back",
    Qt.Key.Key_Down: "material_on",
}


class PicturesView(QFrame):
    """`command_requested(name)` for what is not looking: see the presenter."""

    command_requested = Signal(str)

    def __init__(self, t: Translator, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("panel", "overlay")
        self.setAccessibleName(t("Pictures of the material"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._look = look
        self._title = Elided()
        self._title.setProperty("strong", True)
        self._position = label(tone="muted")
        self._page = label(strong=True)
        self._note = Elided()
        self._note.setProperty("tone", "muted")
        self.canvas = Canvas(look)
        self._lay_out(t)
        self.hide()

    def show_pictures(self, shown: PicturesShown) -> None:
        """Fill the viewer, and show it with the keys in it when it was away."""
        self._title.setText(shown.material)
        self._position.setText(shown.position)
        self._page.setText(shown.page)
        self._note.setText(" · ".join(part for part in (shown.note, shown.device) if part))
        self.canvas.show_image(shown.image, shown.turn, shown.words)
        self.canvas.setAccessibleDescription(f"{shown.material} {shown.page} {shown.words}")
        if self.isHidden():
            self.show()
            self.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        ctrl = bool(
            event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
        )
        if ctrl:
            event.ignore()
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.canvas.zoom(1)
        elif key == Qt.Key.Key_Minus:
            self.canvas.zoom(-1)
        elif key in _MOVES and self.canvas.zoomed:
            self.canvas.move_by(*_MOVES[key])
        elif key in _PLAIN:
            self.command_requested.emit(_PLAIN[key])
        elif key in _COMMANDS:
            if not event.isAutoRepeat():
                self.command_requested.emit(_COMMANDS[key])
        else:
            event.ignore()

    def sizeHint(self) -> QSize:
        return QSize(self._look.px(560), self._look.px(2000))

    def _lay_out(self, t: Translator) -> None:
        look = self._look
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(16), look.px(12), look.px(16), look.px(12))
        column.setSpacing(look.px(8))
        head = QHBoxLayout()
        head.setSpacing(look.px(12))
        head.addWidget(self._title, 1)
        head.addWidget(self._position)
        head.addWidget(self._page)
        column.addLayout(head)
        column.addWidget(self.canvas, 1)
        column.addWidget(self._note)
        column.addLayout(self._keys(t))

    def _keys(self, t: Translator) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(self._look.px(6))
        grid.setVerticalSpacing(self._look.px(4))
        keys = (
            ("P", t("take a picture")),
            ("V", t("take it again")),
            ("F", t("from a file")),
            ("R", t("turn")),
            ("+ −", t("larger, smaller")),
            ("Del", t("remove, with a reason")),
            ("← →", t("page")),
            ("↑ ↓", t("material")),
            ("C", t("other camera")),
            ("Esc", t("leave")),
        )
        for at, (key, words) in enumerate(keys):
            row, place = divmod(at, 5)
            grid.addWidget(KeyCap(key), row, 2 * place)
            grid.addWidget(label(words, tone="muted", size="small"), row, 2 * place + 1)
            grid.setColumnStretch(2 * place + 1, 1)
        return grid


class Canvas(QWidget):
    """One picture, fitted; zoomed in steps and moved within its place."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._data: bytes | None = None
        self._turn = 0
        self._words = ""
        self._image: QImage | None = None
        self._zoom = 0
        self._centre = (0.5, 0.5)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName("picture")

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
            painter.setPen(QColor(theme.muted if image is None else theme.text))
            painter.setFont(self._look.font(16, bold=image is not None))
            painter.drawText(
                self.rect(), Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self._words
            )
        painter.end()

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
