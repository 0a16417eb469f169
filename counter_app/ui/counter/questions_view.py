"""The situation questions: one row each, answered by digits; arrows move, Enter goes on.

A passive view: it says what was pressed and shows what it is given. A day is typed as YYYY-MM-DD.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from counter_app.i18n import Translator
from counter_app.ui.counter.shown import QuestionShown
from counter_app.ui.theme.look import Look
from counter_app.ui.widgets.field import Field
from counter_app.ui.widgets.keys import KeyButton
from counter_app.ui.widgets.text import label, repolish


class _QuestionRow(QFrame):
    """One question with its answers as keys."""

    answered = Signal(str)
    touched = Signal()

    def __init__(self, look: Look, question: QuestionShown, day_hint: str) -> None:
        super().__init__()
        self.question = question
        self.field: Field | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(look.px(8), look.px(5), look.px(8), look.px(5))
        row.setSpacing(look.px(8))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(label(question.text, wrap=True))
        if question.effect:
            words.addWidget(label(question.effect, tone="muted", size="small", wrap=True))
        row.addLayout(words, 1)
        for option in question.options:
            button = KeyButton(option.text, option.key, kind="primary" if option.chosen else "plain")
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
            button.clicked.connect(lambda _=False, code=option.code: self.answered.emit(code))
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        if question.kind == "date":
            self.field = Field(question.text, 10, code=True)
            self.field.setText(question.answer)
            self.field.setPlaceholderText(day_hint)
            self.field.setFixedWidth(look.px(130))
            self.field.returnPressed.connect(self._typed)
            row.addWidget(self.field)
        self.setAccessibleName(f"{question.text} {question.answer}".strip())

    def set_in_hand(self, in_hand: bool) -> None:
        self.setProperty("panel", "hand" if in_hand else "")
        repolish(self)

    def mousePressEvent(self, event: object) -> None:
        self.touched.emit()

    def _typed(self) -> None:
        if self.field is not None and self.field.text():
            self.answered.emit(self.field.text())


class QuestionsView(QWidget):
    """`answered(question, option code or day)`; `passed()` when Enter leaves the last question."""

    answered = Signal(str, str)
    passed = Signal()

    def __init__(self, t: Translator, look: Look) -> None:
        super().__init__()
        self._t, self._look = t, look
        self._questions: tuple[QuestionShown, ...] = ()
        self._rows: list[_QuestionRow] = []
        self._at = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(t("Situation questions"))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(look.px(2))

    def show_questions(self, questions: tuple[QuestionShown, ...]) -> None:
        """Show these; the question in hand stays in hand, else the first one open."""
        if questions == self._questions:
            return
        before = self._questions[self._at].code if self._at < len(self._questions) else ""
        was_open = {row.code for row in self._questions if not row.answer}
        self._questions = questions
        self._fill()
        at = next((at for at, row in enumerate(questions) if row.code == before), 0)
        just_answered = before in was_open and questions[at].answer if questions else ""
        if (just_answered and questions[at].kind != "multiple_choice") or not before:
            at = next((at for at, row in enumerate(questions) if not row.answer), at)
        self._go(at)

    @property
    def in_hand(self) -> str:
        """The code of the question the keys go to."""
        return self._questions[self._at].code if self._at < len(self._questions) else ""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, text = event.key(), event.text()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up) and self._rows:
            self._go((self._at + (1 if key == Qt.Key.Key_Down else -1)) % len(self._rows))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._next()
        elif text and self._press(text):
            event.accept()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: object) -> None:
        self._go(self._at)

    def _press(self, text: str) -> bool:
        if self._at >= len(self._questions):
            return False
        question = self._questions[self._at]
        option = next((option for option in question.options if option.key == text), None)
        if option is None:
            return False
        self.answered.emit(question.code, option.code)
        return True

    def _next(self) -> None:
        later = [at for at, row in enumerate(self._questions) if at > self._at and not row.answer]
        if later:
            self._go(later[0])
        else:
            self.passed.emit()

    def _go(self, at: int) -> None:
        self._at = at
        for place, row in enumerate(self._rows):
            row.set_in_hand(place == at)
        if at >= len(self._rows):
            return
        field = self._rows[at].field
        typing = any(row.field is not None and row.field.hasFocus() for row in self._rows)
        if field is not None and self.hasFocus():
            field.setFocus()
        elif field is None and typing:
            self.setFocus()

    def _fill(self) -> None:
        for row in self._rows:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = []
        for at, question in enumerate(self._questions):
            row = _QuestionRow(self._look, question, self._t("YYYY-MM-DD"))
            row.answered.connect(lambda code, question=question: self.answered.emit(question.code, code))
            row.touched.connect(lambda at=at: self._go(at))
            self._column.addWidget(row)
            self._rows.append(row)
