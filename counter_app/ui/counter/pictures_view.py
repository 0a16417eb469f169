"""The viewer beside the checklist: one page large, zoomed and moved by keys, everything else by one letter.

A passive view over `PicturesShown`. Not a dialog: the checklist stays in sight and Esc takes the viewer away.
What the keys do is `pictures_presenter.py`'s.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import (
    QKeyEvent,
)
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from counter_app.i18n import Translator
from counter_app.ui.counter.pictures_shown import PicturesShown
from counter_app.ui.theme.look import Look
from counter_app.ui.widgets.elided import Elided
from counter_app.ui.widgets.keys import KeyCap
from counter_app.ui.widgets.picture_canvas import Canvas
from counter_app.ui.widgets.text import label

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
        self.canvas = Canvas(look, t("Picture of a material"))
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
