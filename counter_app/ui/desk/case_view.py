"""The case in hand: its head with the due date explained, its plan, its lists, its opinion. A passive view.

On a low window the plan's bars take the place of lists and opinion when they are asked for.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from counter_app.i18n import Translator
from counter_app.ui.desk.lists_view import ListsView
from counter_app.ui.desk.opinion_view import OpinionView
from counter_app.ui.desk.shown import CaseHeadShown, SectionShown
from counter_app.ui.theme.look import Look
from counter_app.ui.widgets.day_strip import DAYS_A_WEEK, WEEKS_A_LINE, DayStrip
from counter_app.ui.widgets.elided import Elided
from counter_app.ui.widgets.facts_shown import DayShown
from counter_app.ui.widgets.plan_bars import ChartBar
from counter_app.ui.widgets.plan_chart import PlanChart
from counter_app.ui.widgets.text import label

TALL: Final = 880  # of the case's own height, from which on the plan stands above the lists
PLAN_SHARE: Final = 38  # of that height, in hundredths, that its bars may take
WIDE: Final = 800  # from which on lists and opinion stand side by side
A_LINE: Final = DAYS_A_WEEK * WEEKS_A_LINE


class CaseView(QWidget):
    """Head and plan above, lists and opinion beneath, side by side. `day_said` when a day is in hand."""

    day_said = Signal(str)

    def __init__(self, t: Translator, look: Look) -> None:
        super().__init__()
        self._t, self._look = t, look
        self._room = 0  # of the zone it stands in, once that is known
        self._title = Elided(least=8)
        self._title.setProperty("textsize", "title")
        self._applicant = Elided(least=4)
        self._applicant.setProperty("textsize", "title")
        self._class = Elided(least=6)
        self._class.setProperty("tone", "muted")
        self._facts = Elided()
        self._facts.setProperty("tone", "muted")
        self._why = label(strong=True)
        self._why_detail = Elided()
        self._why_detail.setProperty("tone", "muted")
        self._plan_words = Elided()
        self._plan_words.setProperty("tone", "muted")
        self.days = DayStrip(t, look)
        self.plan = PlanChart(look, t)
        self.lists = ListsView(t, look)
        self.opinion = OpinionView(t, look)
        self.hint = label(tone="muted", wrap=True)
        self.hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._all_days: tuple[DayShown, ...] = ()
        self._has_plan = False
        self._plan_wanted = False
        self._lay_out(t, look)
        self.show_nothing("")

    def show_nothing(self, words: str) -> None:
        """No case is in hand; say what to do instead."""
        self.hint.setText(words)
        self.hint.show()
        for part in (self._head, self._plan_card, self._beneath):
            part.hide()

    def show_head(self, head: CaseHeadShown, days: tuple[DayShown, ...]) -> None:
        self.hint.hide()
        self._head.show()
        self._title.setText(head.title)
        self._applicant.setText(head.applicant)
        self._facts.setText(head.facts)
        self._class.setText(head.case_class)
        self._why.setText(head.why)
        self._why_detail.setText(head.why_detail)
        self._all_days = days
        self.setAccessibleName(" ".join(part for part in (head.title, head.applicant, head.why) if part))
        said = (head.facts, head.case_class, head.why_detail)
        self.setAccessibleDescription(" ".join(part for part in said if part))
        self._share()

    def show_plan(self, bars: tuple[ChartBar, ...], today: date, words: str) -> None:
        """The plan stands only where there is one; its words always do."""
        self._has_plan = bool(bars)
        self._plan_words.setText(words)
        self._plan_line.setVisible(bool(words))
        self.plan.set_plan(bars, today)
        self._share()

    @property
    def plan_words(self) -> str:
        """What is said of the plan."""
        return self._plan_words.text()

    def show_sections(self, sections: tuple[SectionShown, ...]) -> None:
        self.lists.show_sections(sections)

    def turn_plan(self) -> bool:
        """Show the bars, or what they covered; whether they are seen now."""
        self._plan_wanted = not self._plan_wanted
        self._share()
        if self._plan_card.isVisibleTo(self):
            self.plan.setFocus()
        return self._plan_card.isVisibleTo(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The zone it stands in has another size; its own height never falls below what it shows now."""
        if event.type() == QEvent.Type.Resize and isinstance(watched, QWidget):
            self._room = watched.height()
            self._share()
        return False

    @property
    def _tall(self) -> bool:
        return (self._room or self.height()) >= self._look.px(TALL)

    @property
    def _plan_room(self) -> int:
        """All its bars, if lists and opinion keep more than half."""
        bars = self.plan.sizeHint().height() + self._look.px(20)
        return min(bars, self.height() * PLAN_SHARE // 100)

    def _share(self) -> None:
        """Who is seen at this height."""
        if self.hint.isVisibleTo(self):
            return
        bars = self._has_plan and (self._tall or self._plan_wanted)
        self._plan_card.setVisible(bars)
        self._plan_card.setMaximumHeight(self._plan_room if self._tall else self.height())
        self._beneath.setVisible(self._tall or not bars)
        shown = self._all_days if self._tall else _line_of_today(self._all_days)
        self._strip.setVisible(bool(shown))
        self.days.show_days(shown[-A_LINE * 2 :])
        self._show_end()
        self._strip.setFixedHeight(self.days.sizeHint().height() + self._look.px(2))
        self._beneath_row.setDirection(
            QBoxLayout.Direction.LeftToRight
            if self.width() >= self._look.px(WIDE)
            else QBoxLayout.Direction.TopToBottom
        )

    def _show_end(self) -> None:
        """At large text the strip is wider than its place: the day that it is due stays in sight."""
        end = self.days.end
        self._strip.ensureVisible(end.x(), end.y(), self._look.px(40), 0)

    def _lay_out(self, t: Translator, look: Look) -> None:
        self._head = QFrame()
        self._head.setProperty("panel", "card")
        self._head.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._strip = _scrolled(self.days)
        self._strip.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._strip.horizontalScrollBar().rangeChanged.connect(self._show_end)
        first = QHBoxLayout()
        first.setSpacing(look.px(12))
        first.addWidget(self._title, 0)
        first.addWidget(self._applicant, 0)
        first.addStretch(1)
        first.addWidget(self._class, 0)
        second = QHBoxLayout()
        second.setSpacing(look.px(10))
        second.addWidget(self._why)
        second.addWidget(self._why_detail, 1)
        self._plan_line = QWidget()
        third = QHBoxLayout(self._plan_line)
        third.setContentsMargins(0, 0, 0, 0)
        third.setSpacing(look.px(10))
        third.addWidget(label(t("Dated plan"), strong=True))
        third.addWidget(self._plan_words, 1)
        head = QVBoxLayout(self._head)
        head.setContentsMargins(look.px(14), look.px(8), look.px(14), look.px(8))
        head.setSpacing(look.px(5))
        head.addLayout(first)
        head.addWidget(self._facts)
        head.addLayout(second)
        head.addWidget(self._strip)
        head.addWidget(self._plan_line)
        self._plan_card = self._plan(look)
        self._beneath = QWidget()
        beneath = self._beneath_row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self._beneath)
        beneath.setContentsMargins(0, 0, 0, 0)
        beneath.setSpacing(look.px(12))
        beneath.addWidget(self.lists, 4)
        beneath.addWidget(self.opinion, 5)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.px(10))
        column.addWidget(self._head)
        column.addWidget(self._plan_card, 1)
        column.addWidget(self._beneath, 1)
        column.addWidget(self.hint, 1)

    def _plan(self, look: Look) -> QFrame:
        """The bars scroll within their card: the opinion beneath keeps its room."""
        card = QFrame()
        card.setProperty("panel", "card")
        inner = QVBoxLayout(card)
        inner.setContentsMargins(look.px(14), look.px(8), look.px(14), look.px(8))
        inner.addWidget(_scrolled(self.plan))
        return card


def _scrolled(inner: QWidget) -> QScrollArea:
    """What is too large at large text scrolls in its place."""
    inner.setProperty("clear", True)
    scroll = QScrollArea()
    scroll.setWidgetResizable(True)
    scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    scroll.setWidget(inner)
    return scroll


def _line_of_today(days: tuple[DayShown, ...]) -> tuple[DayShown, ...]:
    """One line of the strip: the two weeks that today, else the last day, stands in."""
    if not days:
        return ()
    today = next((one.day for one in days if one.today), None)
    last = days[-1].day
    anchor = today if today is not None else last
    monday = anchor - timedelta(days=anchor.weekday())
    if (last - monday).days < DAYS_A_WEEK:
        monday -= timedelta(days=DAYS_A_WEEK)
    end = monday + timedelta(days=A_LINE)
    return tuple(one for one in days if monday <= one.day < end)
