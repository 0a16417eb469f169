"""Shows a `Question` over the window: one key an answer, arrows and Enter as well, Esc leaves it.

It replaces dialog boxes: nothing runs nested, the work beneath goes on, and a new question takes the
place of the old one.
"""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from counter_app.domain.plain import plain
from counter_app.i18n import Translator
from counter_app.ui.theme.look import Look
from counter_app.ui.widgets.keys import KeyCap
from counter_app.ui.widgets.question import Choice, Question
from counter_app.ui.widgets.text import label, repolish


class _ChoiceRow(QFrame):
    """One answer; the one in hand has the accent's edge."""

    clicked = Signal()

    def __init__(self, look: Look, choice: Choice) -> None:
        super().__init__()
        self.choice = choice
        row = QHBoxLayout(self)
        row.setContentsMargins(look.px(10), look.px(6), look.px(10), look.px(6))
        row.setSpacing(look.px(10))
        row.addWidget(KeyCap(choice.key), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(0)
        tone = "" if choice.enabled else "muted"
        words.addWidget(label(choice.words, strong=choice.enabled, tone=tone, wrap=True))
        detail = choice.detail if choice.enabled else choice.why
        if detail:
            words.addWidget(label(detail, tone="muted", size="small", wrap=True))
        row.addLayout(words, 1)
        self.setAccessibleName(" ".join(part for part in (choice.key, choice.words, detail) if part))

    def set_in_hand(self, in_hand: bool) -> None:
        self.setProperty("panel", "hand" if in_hand else "")
        repolish(self)

    def mousePressEvent(self, event: object) -> None:
        self.clicked.emit()


class _Line(QLineEdit):
    """Keeps Enter to itself: passed on, it would answer the question that this one led to."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        super().keyPressEvent(event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()


class Chooser(QFrame):
    """The panel. `answered(question id, choice id, text)`; `left(question id)` on Esc."""

    answered = Signal(str, str, str)
    left = Signal(str)

    def __init__(self, t: Translator, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("panel", "overlay")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._t, self._look = t, look
        self._question: Question | None = None
        self._rows: list[_ChoiceRow] = []
        self._at = -1
        self._title = label(size="title", wrap=True)
        self._hint = label(tone="muted", wrap=True)
        self._text_label = label()
        self._keys, self._keys_words = KeyCap("↑↓ Enter"), label(tone="muted")
        self._leave_words = label(tone="muted")
        self._text = _Line()
        self._text.returnPressed.connect(self._take_text)
        self._lay_out()
        self.hide()

    @property
    def question(self) -> Question | None:
        return self._question

    def ask(self, question: Question) -> None:
        """Show `question` in place of any other; the keys go to it until it is answered or left."""
        self._question = question
        self._title.setText(question.title)
        self._hint.setText(question.hint)
        self._hint.setVisible(bool(question.hint))
        self._fill_rows(question)
        for part in (self._text_label, self._text):
            part.setVisible(bool(question.text_label))
        self._text_label.setText(question.text_label)
        self._text_label.setVisible(question.text_label not in ("", question.title))
        self._keys.setText("↑↓ Enter" if question.choices else "Enter")
        self._keys_words.setText(self._t("choose") if question.choices else self._t("go on"))
        self._leave_words.setText(self._t("one question back") if question.back else self._t("leave"))
        self._text.setText(question.text)
        self._text.selectAll()  # typing replaces what was given; an arrow key keeps it
        self._text.setAccessibleName(question.text_label or question.title)
        secret = question.secret
        self._text.setEchoMode(QLineEdit.EchoMode.Password if secret else QLineEdit.EchoMode.Normal)
        self._text.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, not secret)
        self.setAccessibleName(question.title)
        self.show()
        (self._text if question.text_label and not question.choices else self).setFocus()

    def leave(self) -> None:
        """As Esc does."""
        question = self._question
        if question is not None:
            self.close_question()
            self.left.emit(question.id)

    def withdraw(self, title: str) -> None:
        """The question of this title needs no answer any more; another one stays."""
        if self._question is not None and self._question.title == title:
            self.leave()

    def close_question(self) -> None:
        """Take the panel away without an answer."""
        self._question = None
        self._text.clear()
        self.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        question, key = self._question, event.key()
        if question is None:
            super().keyPressEvent(event)
        elif key == Qt.Key.Key_Escape:
            self.leave()
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up) and self._rows:
            self._move(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and 0 <= self._at < len(self._rows):
            self._take(self._rows[self._at].choice)
        elif key == Qt.Key.Key_Tab and question.text_label:
            self._text.setFocus()
        elif (choice := question.choice_for(event.text())) is not None and event.text():
            self._take(choice)
        elif question.text_label and event.text().isprintable() and event.text():
            self._text.setFocus()  # what is no answer is the beginning of words
            self._text.setText(event.text())

    def sizeHint(self) -> QSize:
        return QSize(self._look.px(520), super().sizeHint().height())

    def _fill_rows(self, question: Question) -> None:
        for row in self._rows:
            self._list.removeWidget(row)
            row.setParent(None)
            row.deleteLater()
        self._rows = []
        for choice in question.choices:
            row = _ChoiceRow(self._look, choice)
            row.clicked.connect(lambda choice=choice: self._take(choice))
            self._list.addWidget(row)
            self._rows.append(row)
        self._scroll.setVisible(bool(self._rows))
        high = sum(row.sizeHint().height() + 2 for row in self._rows) + 4
        self._scroll.setMinimumHeight(min(self._look.px(420), high))
        self._scroll.setMaximumHeight(max(high, self._look.px(36)))
        chosen = question.chosen  # "" is no choice, though a last line may have no id of its own
        at = next((at for at, row in enumerate(self._rows) if chosen and row.choice.id == chosen), 0)
        self._at = at if self._rows else -1
        self._show_at()

    def _move(self, step: int) -> None:
        self._at = (self._at + step) % len(self._rows)
        self._show_at()
        self._scroll.ensureWidgetVisible(self._rows[self._at])

    def _show_at(self) -> None:
        for at, row in enumerate(self._rows):
            row.set_in_hand(at == self._at)

    def _take(self, choice: Choice) -> None:
        question = self._question
        if question is None:
            return
        if not choice.enabled:
            self._hint.setText(choice.why)
            self._hint.setVisible(bool(choice.why))
            return
        text = plain(self._text.text()).strip()
        self.close_question()
        self.answered.emit(question.id, choice.id, text)

    def _take_text(self) -> None:
        question = self._question
        text = plain(self._text.text()).strip()
        if question is not None and (text or not question.choices):
            self.close_question()
            self.answered.emit(question.id, "", text)

    def _lay_out(self) -> None:
        look = self._look
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(20), look.px(16), look.px(20), look.px(16))
        column.setSpacing(look.px(8))
        place = QWidget()
        place.setProperty("clear", True)
        self._list = QVBoxLayout(place)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(look.px(2))
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(place)
        for part in (self._title, self._hint, self._scroll, self._text_label, self._text):
            column.addWidget(part)
        foot = QHBoxLayout()
        foot.setSpacing(look.px(6))
        for cap, words in (
            (self._keys, self._keys_words),
            (KeyCap("Esc"), self._leave_words),
        ):
            foot.addWidget(cap)
            foot.addWidget(words)
        foot.addStretch(1)
        column.addLayout(foot)
