"""One part of the work: a head line with its badge, and a body shown while the part is in hand.

The part in hand is open, the others are one line each (`interface.md`, the counter's middle).
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from counter_app.ui.theme.look import Look
from counter_app.ui.theme.tokens import State
from counter_app.ui.widgets.elided import Elided
from counter_app.ui.widgets.keys import KeyCap
from counter_app.ui.widgets.signs import Badge
from counter_app.ui.widgets.text import label


class Section(QFrame):
    """Head: badge, title, summary, chips, key. Body: whatever is added to `body`."""

    open_requested = Signal()

    def __init__(
        self, look: Look, number: int, title: str, key: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("panel", "card")
        self._look = look
        self._room = look.px(1200)
        self._badge = Badge(look, number)
        self._title = label(title, strong=True)
        self._summary = Elided(least=5)
        self._note = Elided(least=2)
        self._note.setProperty("tone", "muted")
        self._chip_labels: list[QLabel] = []
        self._chips = QHBoxLayout()
        self._chips.setSpacing(look.px(6))
        self._cap = KeyCap(key)
        if not key:  # never shown by hand: while it has no parent it would be a window of its own
            self._cap.hide()
        self._lay_out(title)

    @property
    def is_open(self) -> bool:
        return self._body_place.isVisibleTo(self)

    def set_open(self, is_open: bool) -> None:
        self._body_place.setVisible(is_open)

    def set_state(self, state: State) -> None:
        """DONE, READY (in hand), IDLE (not begun) or the state that asks for a look."""
        self._badge.set_state(state)

    def set_summary(self, summary: str, note: str = "", chips: tuple[str, ...] = ()) -> None:
        """The one line: what is known, small chips, and a note at the right."""
        self._summary.setText(summary)
        self._note.setText(note)
        self._note.setVisible(bool(note))
        for old in self._chip_labels:
            self._chips.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._chip_labels = [label(text, chip=True) for text in chips]
        for new in self._chip_labels:
            self._chips.addWidget(new)
        self._share()
        self.setAccessibleDescription(" ".join((summary, *chips, note)).strip())

    def fit(self, room: int) -> None:
        """Use at most `room` pixels of width, however much the words ask for."""
        self._room = room
        self._share()

    def _share(self) -> None:
        """Where room is short the chips go: their words stand in the opened part."""
        wide = sum(chip.sizeHint().width() + self._look.px(6) for chip in self._chip_labels)
        fits = self._title.sizeHint().width() + wide + self._look.px(260) <= self._room
        for chip in self._chip_labels:
            chip.setHidden(not fits)

    @property
    def summary(self) -> str:
        return self._summary.text()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.position().y() <= self._head.height() + self._look.px(16):
            self.open_requested.emit()

    def add_to_head(self, widget: QWidget) -> None:
        """Put a widget at the right end of the head line, before the key."""
        self._row.insertWidget(self._row.count() - 1, widget)

    def _lay_out(self, title: str) -> None:
        look = self._look
        self._head = QWidget()
        row = self._row = QHBoxLayout(self._head)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look.px(10))
        row.addWidget(self._badge)
        row.addWidget(self._title)
        row.addWidget(self._summary, 3)
        row.addLayout(self._chips)
        row.addWidget(self._note, 2)
        row.addWidget(self._cap)
        self._body_place = QWidget()
        self.body = QVBoxLayout(self._body_place)
        self.body.setContentsMargins(0, look.px(6), 0, 0)
        self.body.setSpacing(look.px(8))
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(14), look.px(8), look.px(14), look.px(8))
        column.setSpacing(0)
        column.addWidget(self._head, 0, Qt.AlignmentFlag.AlignTop)
        column.addWidget(self._body_place, 1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.setAccessibleName(title)
        self.set_open(False)
