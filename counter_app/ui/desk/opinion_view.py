"""Review form and opinion of the step in hand: lines, words, law, signers, what lacks. A passive view."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from counter_app.i18n import Translator
from counter_app.ui.desk.check_lines import CheckLines
from counter_app.ui.desk.shown import OpinionShown
from counter_app.ui.theme.look import Look
from counter_app.ui.theme.tokens import State
from counter_app.ui.widgets.elided import Elided
from counter_app.ui.widgets.field import Field
from counter_app.ui.widgets.keys import KeyButton
from counter_app.ui.widgets.signs import Sign
from counter_app.ui.widgets.text import label, set_tone
from counter_app.ui.widgets.words import Words

LAW_LONGEST: Final = 100
ARTICLE_LONGEST: Final = 60
TEXT_SHARE: Final = 20  # of the window's height, in hundredths, that long words may take
MOST_LACKS: Final = 2  # that are told at once: more would take the form its room
SIGNED: Final = {State.DONE: "✓", State.PENDING: "▸", State.IDLE: "○"}


class OpinionView(QFrame):
    """`answered(line, option)`; `edited` when words changed; `command_requested(name)` of the buttons."""

    answered = Signal(str, int)
    edited = Signal()
    command_requested = Signal(str)

    def __init__(self, t: Translator, look: Look) -> None:
        super().__init__()
        self._t, self._look = t, look
        self.setProperty("panel", "card")
        self._title = label(t("Opinion"), strong=True)
        self._hint = Elided()
        self._hint.setProperty("tone", "muted")
        self.lines = CheckLines(t, look)
        self.text = Words(t("Opinion in words"), look)
        self.law = Field(t("Law"), LAW_LONGEST)
        self.article = Field(t("Article"), ARTICLE_LONGEST)
        self.number = Field(t("Number of the result"), ARTICLE_LONGEST)
        self._signers = label(tone="muted", wrap=True)
        self._lack_sign = Sign(look, State.CORRECT)
        self._lack = label(wrap=True)
        self.submit = KeyButton(t("Sign and send on"), "F9", kind="primary")
        self.answer = KeyButton(t("Answer"), "F8", kind="primary")
        self._step = ""
        self._lay_out(t, look)
        self.lines.answered.connect(self.answered)
        self.lines.passed.connect(self.text.setFocus)
        for name, button in (("submit", self.submit), ("answer", self.answer)):
            button.clicked.connect(lambda checked=False, name=name: self.command_requested.emit(name))
        self.text.textChanged.connect(self.edited)
        for field in (self.law, self.article, self.number):
            field.textEdited.connect(lambda _: self.edited.emit())
            field.returnPressed.connect(lambda field=field: self._next_field(field))
        self.text.installEventFilter(self)
        self.show_opinion(OpinionShown())

    def show_opinion(self, shown: OpinionShown) -> None:
        """Show the form. What is being typed stays while the same step is in hand."""
        self._title.setText(shown.title)
        self._hint.setText(shown.hint)
        self.lines.show_lines(shown.lines, editable=shown.own or shown.answers, anew=shown.step != self._step)
        if shown.step != self._step or not shown.own:
            self._step = shown.step
            self.fill(shown.text, shown.law, shown.article, shown.result_number)
        for field in (self.text, self.law, self.article, self.number):
            field.setReadOnly(not shown.own)
        for part in self._field_parts:
            part.setVisible(shown.fields)
        for part in (self._number_caption, self.number):
            part.setVisible(shown.fields and shown.wants_number)
        self._signers.setText(
            "　".join(f"{SIGNED[one.state]} {one.level} {one.name}" for one in shown.signers)
        )
        self._signers.setVisible(bool(shown.signers))
        lack = "".join(shown.lacks[:MOST_LACKS])
        left = len(shown.lacks) - MOST_LACKS
        more = self._t(" (and {count} more)", count=left) if left > 0 else ""
        ready = shown.own and not lack
        self._lack.setText(lack + more if lack else (self._t("Complete: it can be signed.") if ready else ""))
        set_tone(self._lack, "warn" if lack else "good")
        self._lack_sign.set_state(State.CORRECT if lack else State.DONE)
        self._lack_sign.setVisible(shown.own)
        self._lack.setVisible(shown.own)
        for name, button in (("submit", self.submit), ("answer", self.answer)):
            button.setVisible(shown.act == name)
            button.set_words(shown.act_words)
        self.submit.setEnabled(ready or not shown.own)
        self.setVisible(bool(shown.step))

    @property
    def hint(self) -> str:
        """The word beside the title: what is to be done, or since when the draft is kept."""
        return self._hint.text()

    @property
    def lacking(self) -> str:
        """What keeps it back, as it is shown."""
        return self._lack.text()

    @property
    def typed(self) -> tuple[str, str, str, str]:
        """Words, law, article, number as they stand."""
        return self.text.words, self.law.text(), self.article.text(), self.number.text()

    def fill(self, text: str, law: str, article: str, number: str = "") -> None:
        """Put words in the fields, as a standard phrase does."""
        self.text.put(text)
        self.law.setText(law)
        self.article.setText(article)
        self.number.setText(number)

    def begin(self) -> None:
        """The keys go to the first open line, else to the words."""
        if self.lines.rows.rowCount():
            self.lines.setFocus()
        else:
            self.text.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.text.give_room(self.window().height() * TEXT_SHARE // 100)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter in the words goes on; a line break is Shift+Enter."""
        if watched is self.text and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            plain = not event.modifiers()
            if plain and event.text() == "\r":
                self.law.setFocus()
                return True
        return super().eventFilter(watched, event)

    def _next_field(self, field: Field) -> None:
        order = [one for one in (self.law, self.article, self.number) if one.isVisibleTo(self)]
        at = order.index(field) + 1
        (order[at] if at < len(order) else self.submit).setFocus()

    def _lay_out(self, t: Translator, look: Look) -> None:
        head = QHBoxLayout()
        head.setSpacing(look.px(10))
        head.addWidget(self._title)
        head.addWidget(self._hint, 1)
        grid = QGridLayout()
        grid.setHorizontalSpacing(look.px(10))
        grid.setVerticalSpacing(look.px(6))
        self._number_caption = label(t("Number of the result"), tone="muted")
        self._field_parts: list[QWidget] = []
        for at, (words, field) in enumerate(
            ((t("Words"), self.text), (t("Law"), self.law), (t("Article"), self.article))
        ):
            caption = label(words, tone="muted")
            caption.setBuddy(field)
            grid.addWidget(caption, at, 0)
            grid.addWidget(field, at, 1)
            self._field_parts += [caption, field]
        self._number_caption.setBuddy(self.number)
        grid.addWidget(self._number_caption, 3, 0)
        grid.addWidget(self.number, 3, 1)
        grid.setColumnStretch(1, 1)
        foot = QHBoxLayout()
        foot.setSpacing(look.px(8))
        foot.addWidget(self._lack_sign)
        foot.addWidget(self._lack, 1)
        foot.addStretch(0)
        for button in (self.submit, self.answer):
            button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        foot.addWidget(self.submit)
        foot.addWidget(self.answer)
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(14), look.px(10), look.px(14), look.px(10))
        column.setSpacing(look.px(6))
        column.addLayout(head)
        column.addWidget(self.lines, 1)
        column.addLayout(grid)
        column.addWidget(self._signers)
        column.addLayout(foot)
