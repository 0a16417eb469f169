"""The middle: applicant, item and situation, materials, verdict. The part in hand open, others one line.

A passive view over `shown.WorkShown`. Not here: what a key means (the presenter) and how a row is
painted (`delegates.py`).
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from counter_app.i18n import Translator
from counter_app.ui.counter.checklist_view import ChecklistView
from counter_app.ui.counter.person_form import PersonForm
from counter_app.ui.counter.persons_view import PersonsView
from counter_app.ui.counter.questions_view import QuestionsView
from counter_app.ui.counter.shown import HeadShown, Part, WorkShown
from counter_app.ui.counter.verdict_view import VerdictView
from counter_app.ui.theme.look import Look
from counter_app.ui.widgets.keys import KeyCap
from counter_app.ui.widgets.section import Section
from counter_app.ui.widgets.text import label


class WorkView(QWidget):
    """Signals carry codes and ids only."""

    part_requested = Signal(str)
    command_requested = Signal(str)

    def __init__(self, t: Translator, look: Look) -> None:
        super().__init__()
        self._t, self._look = t, look
        self._part: Part = "applicant"
        self.persons = PersonsView(t, look)
        self.form = PersonForm(t, look)
        self.questions = QuestionsView(t, look)
        self.checklist = ChecklistView(t, look)
        self.verdict = VerdictView(t, look)
        self.verdict.command_requested.connect(self.command_requested)
        self._warnings = label(tone="warn", wrap=True)
        self._hint = label(tone="muted", wrap=True)
        self._hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._sections: dict[Part, Section] = {
            "applicant": Section(look, 1, t("Applicant"), "Ctrl 1"),
            "item": Section(look, 2, t("Item and situation"), "Ctrl 2"),
            "materials": Section(look, 3, t("Materials"), "Ctrl 3"),
        }
        self._lay_out()
        self.show_work(WorkShown())
        self.open_part("applicant")

    def show_work(self, work: WorkShown) -> None:
        """Show the case, or the hint when there is none."""
        self._show_head(self._sections["applicant"], work.applicant)
        self._show_head(self._sections["item"], work.item)
        self._show_head(self._sections["materials"], work.materials)
        self.persons.show_persons(work.persons)
        self.questions.show_questions(work.questions)
        self.checklist.show_checks(work.checks)
        self._warnings.setText("\n".join(work.warnings))
        self._warnings.setVisible(bool(work.warnings))
        self._hint.setText(work.hint)
        self._hint_card.setVisible(bool(work.hint))
        for section in self._sections.values():
            section.setVisible(not work.hint)
        self.verdict.setVisible(not work.hint)
        self.verdict.show_verdict(work.verdict)
        self._spread()

    def open_part(self, part: Part) -> None:
        """Open this part and close the others to one line each."""
        self._part = part
        self._show_letters()
        for name, section in self._sections.items():
            section.set_open(name == part)
            self._column.setStretchFactor(section, 1 if name == part == "materials" else 0)
        self._spread()

    def _spread(self) -> None:
        """The open list takes the height that is left, else nothing does."""
        listed = self._part == "materials" and not self._hint.text()
        self._column.setStretchFactor(self._rest, 0 if listed else 1)

    @property
    def part(self) -> Part:
        return self._part

    def focus_part(self) -> None:
        """Put the keys where the part in hand takes them."""
        if self._part == "applicant":
            if self.form.isVisibleTo(self):
                self.form.take_keys()
            else:
                self.persons.setFocus()
        elif self._part == "item":
            self.questions.setFocus()
        else:
            self.checklist.setFocus()

    def fit(self, room: int) -> None:
        """Use at most `room` pixels: where it is short, chips go and the letters stand on F1 only."""
        self._letters_fit = self._letters.sizeHint().width() <= room - self._look.px(300)
        self._show_letters()
        for section in self._sections.values():
            section.fit(room)
        self.verdict.fit(room)

    def _show_letters(self) -> None:
        """They mark where the list is open; closed, the line has its room for what is still to check."""
        self._letters.setVisible(self._letters_fit and self._part == "materials")

    def _show_head(self, section: Section, head: HeadShown) -> None:
        section.set_state(head.state)
        section.set_summary(head.summary, head.note, head.chips)

    def _lay_out(self) -> None:
        look = self._look
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(look.px(8))
        self._hint_card = QFrame()
        self._hint_card.setProperty("panel", "card")
        inner = QVBoxLayout(self._hint_card)
        inner.setContentsMargins(look.px(24), look.px(40), look.px(24), look.px(40))
        inner.addWidget(self._hint)
        self._column.addWidget(self._hint_card)
        for name, section in self._sections.items():
            section.open_requested.connect(lambda name=name: self.part_requested.emit(name))
            self._column.addWidget(section)
        self._sections["applicant"].body.addWidget(self.persons)
        self._sections["applicant"].body.addWidget(self.form)
        self._sections["item"].body.addWidget(self._warnings)
        self._sections["item"].body.addWidget(self.questions)
        self._letters, self._letters_fit = self._mark_keys(), True
        self._sections["materials"].add_to_head(self._letters)
        self._sections["materials"].body.addWidget(self.checklist, 1)
        self._rest = QWidget()
        self._column.addWidget(self._rest, 1)
        self._column.addWidget(self.verdict)

    def _mark_keys(self) -> QWidget:
        """The letters that mark, beside the head of the materials."""
        place = QWidget()
        row = QHBoxLayout(place)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(self._look.px(5))
        t = self._t
        for key, words in (
            ("↑↓", t("choose")),
            (t("Space"), t("present")),
            ("G", t("to correct")),
            ("Q", t("missing")),
            ("R", t("may follow")),
            ("P", t("picture")),
        ):
            row.addWidget(KeyCap(key))
            row.addWidget(label(words, tone="muted", size="small"))
        return place
