"""The citizen's screen: the paper to be checked and a field to sign in; nothing else can be reached (P12).

A second window of the counter (`citizen_window.py`); Esc at the counter takes it back.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QScrollArea, QScroller, QVBoxLayout, QWidget

from counter_app.domain.paper.strokes import Strokes
from counter_app.ui.counter.citizen_shown import CitizenShown
from counter_app.ui.counter.citizen_window import CitizenWindow
from counter_app.ui.theme.look import Look
from counter_app.ui.widgets.paper import PaperPreview
from counter_app.ui.widgets.sign_pad import SignPad
from counter_app.ui.widgets.text import label


class CitizenScreen(CitizenWindow):
    """`confirmed(strokes)` once, when the citizen says so."""

    def __init__(
        self, look: Look, shown: CitizenShown, confirmed: Callable[[Strokes], None], parent: QWidget
    ) -> None:
        super().__init__(look, shown.title, parent)
        self._confirmed = confirmed
        self.pad = SignPad(look, shown.signer, shown.hint)
        self.again = QPushButton(shown.again)
        self.confirm = QPushButton(shown.confirm)
        self.confirm.setProperty("kind", "primary")
        self.confirm.setEnabled(False)
        look.dress(self)
        self._lay_out(look, shown)
        self.again.clicked.connect(self.pad.wipe)
        self.confirm.clicked.connect(self._done)
        self.pad.drawn.connect(lambda: self.confirm.setEnabled(not self.pad.empty))

    def _done(self) -> None:
        self.confirm.setEnabled(False)
        self._confirmed(self.pad.strokes)

    def _lay_out(self, look: Look, shown: CitizenShown) -> None:
        px = look.px
        paper = PaperPreview(look, shown.title)
        paper.set_lines(shown.lines)
        place = QWidget()
        place.setProperty("clear", True)
        inner = QVBoxLayout(place)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.addWidget(paper, 0, Qt.AlignmentFlag.AlignTop)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(place)
        QScroller.grabGesture(scroll.viewport(), QScroller.ScrollerGestureType.LeftMouseButtonGesture)
        right = QVBoxLayout()
        right.setSpacing(px(12))
        if shown.void:
            right.addWidget(label(shown.void, tone="bad", size="large", strong=True))
        check = label(shown.check, strong=True, wrap=True)
        check.setStyleSheet(f"font-size: {px(24)}px;")
        right.addWidget(check)
        right.addWidget(label(shown.signer, size="large"))
        right.addWidget(self.pad, 1)
        right.addLayout(self._keys(look))
        row = QHBoxLayout(self)
        row.setContentsMargins(px(20), px(20), px(20), px(20))
        row.setSpacing(px(20))
        row.addWidget(scroll, 5)
        row.addLayout(right, 6)

    def _keys(self, look: Look) -> QHBoxLayout:
        keys = QHBoxLayout()
        keys.setSpacing(look.px(16))
        for key, share in ((self.again, 1), (self.confirm, 2)):
            key.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            key.setMinimumHeight(self.key_height)
            key.setStyleSheet(f"font-size: {look.px(24)}px; text-align: center;")
            keys.addWidget(key, share)
        return keys
