"""The citizen's screen asking how it was: a question a page, one touch each, large words (mission: Q6)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QElapsedTimer, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from counter_app.ui.counter.citizen_shown import RatingShown
from counter_app.ui.counter.citizen_window import CitizenWindow
from counter_app.ui.theme.look import Look
from counter_app.ui.widgets.rating_key import RatingKey
from counter_app.ui.widgets.text import label

SETTLE_MS: Final = 600  # the second tap of a shaking finger answers no page that has just come
LOW: Final = 700
QUESTION: Final = 15  # parts of the height for one line of the question
WORDS: Final = 64  # pixels of a key's words at most, on a display of 1080 lines


class CitizenRating(CitizenWindow):
    """`show_page` puts a question and its keys; the code of the touched one is told once."""

    def __init__(self, look: Look, title: str, counter: QWidget) -> None:
        super().__init__(look, title, counter)
        self.keys: tuple[RatingKey, ...] = ()
        self._chosen: Callable[[str], None] = lambda code: None
        self._further = False
        self._shown_for = QElapsedTimer()
        self._void = label(tone="bad", strong=True)
        self._question = label(strong=True, wrap=True)
        self._void.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        for line in (self._void, self._question):
            line.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._place = QWidget()
        self._place.setProperty("clear", True)
        self._column = QVBoxLayout(self)
        self._column.setSpacing(look.px(16))
        self._column.setContentsMargins(look.px(24), look.px(20), look.px(24), look.px(24))
        self._column.addWidget(self._void)
        self._column.addWidget(self._question)
        self._column.addWidget(self._place, 1)
        look.dress(self)

    def show_page(self, shown: RatingShown, chosen: Callable[[str], None]) -> None:
        self._further = bool(self.keys)
        self._chosen = chosen
        self._void.setText(shown.void)
        self._void.setVisible(bool(shown.void))
        self._question.setText(shown.question)
        self.setAccessibleName(shown.question)
        self._lay_keys(shown)
        self._shown_for.start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _lay_keys(self, shown: RatingShown) -> None:
        """Scores side by side, reasons in two columns, in three on a low display."""
        place = QWidget()
        place.setProperty("clear", True)
        grid = QGridLayout(place)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(self._look.px(16))
        self.keys = tuple(RatingKey(self._look, one.code, one.words, one.face) for one in shown.keys)
        columns = 3 if self.height() < self._look.px(LOW) else 2
        if self.keys and self.keys[0].face:
            columns = len(self.keys)
        for at, key in enumerate(self.keys):
            key.setMinimumHeight(self.key_height)
            key.clicked.connect(lambda checked=False, key=key: self._touched(key))
            left = columns - at % columns if at == len(self.keys) - 1 else 1
            grid.addWidget(key, at // columns, at % columns, 1, left)
        self._column.replaceWidget(self._place, place)
        self._place.hide()
        self._place.deleteLater()
        self._place = place
        place.setVisible(bool(self.keys))
        self._column.setStretch(1, 0 if self.keys else 1)
        self._column.activate()
        grid.activate()
        self._fit()

    def _fit(self) -> None:
        """Words as large as the narrowest key allows, all alike."""
        size = max(self._look.px(24), self.height() // QUESTION)
        self._void.setStyleSheet(f"font-size: {size // 2}px;")
        self._question.setStyleSheet(f"font-size: {size}px;")
        most = max(self._look.px(24), WORDS * self.height() // 1080)
        words = min((key.fitting(most) for key in self.keys), default=most)
        for key in self.keys:
            key.set_size(words)

    def _touched(self, key: RatingKey) -> None:
        if self._further and self._shown_for.elapsed() < SETTLE_MS:
            return
        chosen, self._chosen = self._chosen, lambda code: None
        chosen(key.code)
