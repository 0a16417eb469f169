"""The persons of the case, one row each; keys confirm that the face matches the card. A passive view."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QPixmap
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from counter_app.i18n import Translator
from counter_app.ui.counter.shown import PersonShown
from counter_app.ui.theme.look import Look
from counter_app.ui.theme.tokens import State
from counter_app.ui.widgets.keys import KeyCap
from counter_app.ui.widgets.signs import Sign
from counter_app.ui.widgets.text import label, repolish

PHOTO_HIGH: Final = 96


class PersonsView(QWidget):
    """`match_requested(id, same)`, `drop_requested(id)`, `type_requested()`."""

    match_requested = Signal(str, bool)
    drop_requested = Signal(str)
    type_requested = Signal()

    def __init__(self, t: Translator, look: Look) -> None:
        super().__init__()
        self._t, self._look = t, look
        self._persons: tuple[PersonShown, ...] = ()
        self._rows: list[QFrame] = []
        self._photos: dict[str, QPixmap] = {}
        self._at = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(t("Persons of the case"))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(look.px(4))
        self._column.addLayout(self._keys())

    def show_photo(self, person: str, picture: bytes) -> None:
        """The face on a person's card, beside the row while the person is shown; kept nowhere else."""
        pixmap = QPixmap()
        if pixmap.loadFromData(picture):
            self._photos[person] = pixmap
            self._rebuild()
            self._go(self._at)

    def show_persons(self, persons: tuple[PersonShown, ...]) -> None:
        if persons == self._persons:
            return
        before = {person.id for person in self._persons}
        self._persons = persons
        self._photos = {one.id: self._photos[one.id] for one in persons if one.id in self._photos}
        self._rebuild()
        new = [at for at, person in enumerate(persons) if person.id not in before]
        self._go(new[-1] if new else min(self._at, max(0, len(persons) - 1)))

    def _rebuild(self) -> None:
        for row in self._rows:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = [self._row(person) for person in self._persons]
        for at, row in enumerate(self._rows):
            self._column.insertWidget(at, row)

    @property
    def in_hand(self) -> str:
        return self._persons[self._at].id if self._at < len(self._persons) else ""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, letter = event.key(), event.text().upper()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up) and self._rows:
            self._go((self._at + (1 if key == Qt.Key.Key_Down else -1)) % len(self._rows))
        elif letter in ("Y", "N") and self.in_hand:
            self.match_requested.emit(self.in_hand, letter == "Y")
        elif key == Qt.Key.Key_Delete and self.in_hand:
            self.drop_requested.emit(self.in_hand)
        elif letter == "T":
            self.type_requested.emit()
        else:
            event.ignore()

    def _go(self, at: int) -> None:
        self._at = at
        for place, row in enumerate(self._rows):
            row.setProperty("panel", "hand" if place == at else "well")
            repolish(row)

    def _row(self, person: PersonShown) -> QFrame:
        look = self._look
        frame = QFrame()
        grid = QGridLayout(frame)
        grid.setContentsMargins(look.px(12), look.px(6), look.px(12), look.px(6))
        grid.setHorizontalSpacing(look.px(10))
        grid.setVerticalSpacing(0)
        grid.addWidget(label(person.role, tone="muted"), 0, 0)
        grid.addWidget(label(person.name, strong=True, wrap=True), 0, 1)
        grid.addWidget(label(person.number), 0, 2)
        match = QHBoxLayout()
        match.setSpacing(look.px(6))
        match.addWidget(Sign(look, person.state, 12))
        tone = {State.DONE: "good", State.FAULT: "bad"}.get(person.state, "warn")
        match.addWidget(label(person.match_words, tone=tone))
        grid.addLayout(match, 0, 3)
        grid.addWidget(label(person.detail, tone="muted", size="small", wrap=True), 1, 1, 1, 2)
        grid.addWidget(label(person.source, tone="muted", size="small"), 1, 3)
        if person.id in self._photos:
            grid.addWidget(self._face(person), 0, 4, 2, 1)
        grid.setColumnStretch(1, 1)
        frame.setAccessibleName(f"{person.role} {person.name} {person.match_words}")
        return frame

    def _face(self, person: PersonShown) -> QLabel:
        face = QLabel()
        high = self._look.px(PHOTO_HIGH)
        face.setPixmap(
            self._photos[person.id].scaledToHeight(high, Qt.TransformationMode.SmoothTransformation)
        )
        face.setAccessibleName(self._t("Photo on the card of {name}", name=person.name))
        return face

    def _keys(self) -> QHBoxLayout:
        t, row = self._t, QHBoxLayout()
        row.setSpacing(self._look.px(5))
        for key, words in (
            ("Y", t("face matches")),
            ("N", t("does not match")),
            ("T", t("type a person")),
            ("Del", t("take out")),
        ):
            row.addWidget(KeyCap(key))
            row.addWidget(label(words, tone="muted", size="small"))
        row.addStretch(1)
        return row
