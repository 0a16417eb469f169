"""The course of a case, over the window: how it stands, what it waits for, its plan as a bar chart (mission:
C1, C11).

Not a dialog: Esc takes it away and nothing waits. What the lines say is `course_presenter.py`'s.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from counter_app.i18n import Translator
from counter_app.ui.counter.shown import CourseShown
from counter_app.ui.theme.look import Look
from counter_app.ui.widgets.keys import KeyCap
from counter_app.ui.widgets.plan_chart import PlanChart
from counter_app.ui.widgets.text import label

MOST_HIGH = 420


class CourseView(QFrame):
    """`print_requested` on P; `left` on Esc."""

    left = Signal()
    print_requested = Signal()

    def __init__(self, t: Translator, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("panel", "overlay")
        self.setAccessibleName(t("Course and plan of the case"))
        self._look = look
        self._title = label(size="title", wrap=True)
        self._due = label(strong=True, wrap=True)
        self._lines = label(wrap=True)
        self._changes = label(tone="muted", wrap=True)
        self.chart = PlanChart(look, t)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(self.chart)
        self._lay_out(t)
        self.hide()

    @property
    def due(self) -> str:
        """What is said of its days."""
        return self._due.text()

    def show_course(self, course: CourseShown) -> None:
        """Fill the page and give the chart the keys."""
        self._title.setText(course.title)
        self._due.setText(course.due)
        self._lines.setText("\n".join(course.lines))
        self._lines.setVisible(bool(course.lines))
        self._changes.setText("\n".join(course.changes))
        self._changes.setVisible(bool(course.changes))
        self.chart.set_plan(course.bars, course.today)
        self._scroll.setMinimumHeight(min(self.chart.sizeHint().height() + 4, self._look.px(MOST_HIGH)))
        self.show()
        self.chart.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
            self.left.emit()
        elif event.key() == Qt.Key.Key_P:
            self.print_requested.emit()

    def _lay_out(self, t: Translator) -> None:
        look = self._look
        keys = QHBoxLayout()
        keys.setSpacing(look.px(8))
        for cap, words in (("P", t("Print the plan")), ("← →", t("From bar to bar")), ("Esc", t("Back"))):
            keys.addWidget(KeyCap(cap))
            keys.addWidget(label(words, tone="muted"))
        keys.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(24), look.px(16), look.px(24), look.px(16))
        column.setSpacing(look.px(8))
        for widget in (self._title, self._due, self._lines, self._scroll, self._changes):
            column.addWidget(widget)
        column.addLayout(keys)
