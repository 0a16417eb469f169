"""The pictures of one material over the window, to be read: pages, zoom, Esc. A passive view."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from counter_app.i18n import Translator
from counter_app.ui.desk.shown import PictureShown
from counter_app.ui.theme.look import Look
from counter_app.ui.widgets.elided import Elided
from counter_app.ui.widgets.keys import KeyCap
from counter_app.ui.widgets.picture_canvas import Canvas
from counter_app.ui.widgets.text import label

_PAGES: Final = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
_ARROWS: Final = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class PicturesView(QFrame):
    """`paged(step)` for another page; `left` on Esc. Arrows turn pages until the picture is zoomed."""

    paged = Signal(int)
    left = Signal()

    def __init__(self, t: Translator, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setProperty("panel", "overlay")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(t("Pictures of the material"))
        self._title = Elided()
        self._title.setProperty("strong", True)
        self._page = label(tone="muted")
        self.canvas = Canvas(look, t("Picture of a material"))
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self._page)
        foot = QHBoxLayout()
        foot.setSpacing(look.px(6))
        for key, words in (("← →", t("pages")), ("+ −", t("zoom")), ("Esc", t("leave"))):
            foot.addWidget(KeyCap(key))
            foot.addWidget(label(words, tone="muted"))
        foot.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(16), look.px(12), look.px(16), look.px(12))
        column.setSpacing(look.px(8))
        column.addLayout(head)
        column.addWidget(self.canvas, 1)
        column.addLayout(foot)
        self.hide()

    def show_picture(self, shown: PictureShown) -> None:
        self._title.setText(shown.material)
        self._page.setText(shown.page)
        self.canvas.show_image(shown.image, 0, shown.words)
        self.canvas.setAccessibleDescription(f"{shown.material} {shown.page} {shown.words}")
        if self.isHidden():
            self.show()
            self.setFocus()

    def sizeHint(self) -> QSize:
        return QSize(self._look.px(900), self._look.px(2000))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape:
            self.hide()
            self.left.emit()
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.canvas.zoom(1)
        elif key == Qt.Key.Key_Minus:
            self.canvas.zoom(-1)
        elif key in _ARROWS and self.canvas.zoomed:
            self.canvas.move_by(*_ARROWS[key])
        elif key in _PAGES or key in _ARROWS:
            self.paged.emit(_PAGES.get(key, sum(_ARROWS.get(key, (0, 0)))))
        else:
            event.ignore()
