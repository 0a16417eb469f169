"""Presenters without a window: what they ask, what they do once, what they say. No QApplication here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

import pytest

from counter_app.errors import UserFacingError
from counter_app.i18n import Translator
from counter_app.ui.counter.citizen_shown import RatingShown
from counter_app.ui.counter.desk import Desk
from counter_app.ui.counter.line_presenter import LinePresenter
from counter_app.ui.counter.rating_presenter import RatingPresenter
from counter_app.ui.counter.shown import LineShown
from counter_app.ui.notices import Notice
from counter_app.ui.tasks import Failed
from counter_app.ui.widgets.question import Question
from counter_app.use_cases.ports.store import Reader
from tests.ui.counter.station import Parts

T = TypeVar("T")


class Inline:
    """`TaskRunner` that works at once, or keeps the work back while `held`."""

    def __init__(self) -> None:
        self.held = False
        self._waiting: list[Callable[[], None]] = []

    def run(
        self,
        work: Callable[[], T],
        done: Callable[[T], None] | None = None,
        failed: Failed | None = None,
    ) -> None:
        def do() -> None:
            try:
                result = work()
            except UserFacingError as error:
                if failed is None:
                    raise
                failed(error)
            else:
                if done is not None:
                    done(result)

        if self.held:
            self._waiting.append(do)
        else:
            do()

    def release(self) -> None:
        self.held = False
        while self._waiting:
            self._waiting.pop(0)()


@dataclass
class Heard:
    """A screen that only remembers."""

    questions: list[Question] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    focused: list[str] = field(default_factory=list)

    def ask(self, question: Question) -> None:
        self.questions.append(question)

    def tell(self, notice: Notice, act: Callable[[], None] | None = None) -> None:
        self.notices.append(notice)

    def focus_find(self) -> None:
        self.focused.append("find")

    def focus_work(self) -> None:
        self.focused.append("work")


@dataclass
class Line:
    """The line presenter of counter 3 with its clerk logged in."""

    parts: Parts
    desk: Desk
    presenter: LinePresenter
    screen: Heard
    tasks: Inline
    shown: list[LineShown]

    def answer(self, choice: str, text: str = "") -> None:
        self.desk.on_answered(self.screen.questions[-1].id, choice, text)

    @property
    def serving(self) -> str:
        row = self.desk.hands.ticket
        return row.number if row else ""


class NoScreen:
    """A counter where the citizen has no screen."""

    asks_citizen = False

    def show_rating(self, shown: RatingShown, chosen: Callable[[str], None]) -> None:
        raise AssertionError("there is no screen")

    def hide_rating(self) -> None:
        """It is dark."""


@pytest.fixture
def line(tmp_path: Path) -> Iterator[Line]:
    parts = Parts(tmp_path)
    screen, tasks = Heard(), Inline()
    desk = Desk(parts.deps, Translator("en"), tasks, tasks, screen, tasks)
    desk.hands.shift = parts.deps.access.log_in("1002", "022468", "3", "log-in")
    parts.deps.counters.open(desk.actor, "open")
    shown: list[LineShown] = []
    rating = RatingPresenter(desk, NoScreen(), lambda title: None)
    presenter = LinePresenter(desk, shown.append, lambda: None, rating.ask)
    presenter.refresh()
    yield Line(parts, desk, presenter, screen, tasks, shown)
    parts.close()


def calls(reader: Reader, ticket: str) -> int:
    return sum(event.type == "TicketCalled" for event in reader.history(f"ticket:{ticket}"))


# mission: Q2
def test_calling_twice_while_the_first_call_is_under_way_calls_once(line: Line) -> None:
    line.parts.ticket("0603")
    line.parts.ticket("0603")
    line.tasks.held = True
    line.presenter.call_next()
    line.presenter.call_next()
    line.tasks.release()
    assert line.serving == "A001"
    assert line.screen.notices == []
    assert [row.number for row in line.shown[-1].waiting] == ["A002"]


def test_nobody_waiting_is_said(line: Line) -> None:
    line.presenter.call_next()
    assert [notice.message for notice in line.screen.notices] == ["Nobody waits for this counter."]


# mission: Q2
def test_a_wrong_call_is_taken_back_without_a_question(line: Line) -> None:
    line.parts.ticket("0603")
    line.presenter.call_next()
    line.presenter.take_back()
    assert line.serving == ""
    assert line.screen.questions == []
    assert [row.number for row in line.shown[-1].waiting] == ["A001"]


# mission: Q2 Q7
def test_a_hold_says_why_and_is_resumed(line: Line) -> None:
    line.parts.ticket("0603")
    line.presenter.call_next()
    line.presenter.hold()
    assert line.screen.questions[-1].choices[0].words == "Gone to fetch papers"
    line.answer("Gone to make copies")
    (held,) = line.shown[-1].held
    assert (held.number, held.title) == ("A001", "Gone to make copies")
    line.presenter.resume(held.id)
    assert line.serving == "A001"


# mission: Q6
def test_finishing_asks_for_the_rating_and_a_bad_one_why(line: Line) -> None:
    line.parts.ticket("0603")
    line.presenter.call_next()
    ticket = line.desk.hands.ticket
    assert ticket is not None
    line.presenter.finish()
    assert [choice.key for choice in line.screen.questions[-1].choices] == ["1", "2", "3", "4", "5", "0"]
    line.answer("5")
    line.answer("wait")
    with line.parts.hall.store.reading() as reader:
        events = reader.history(f"rating:{ticket.ticket}") + reader.history(f"ticket:{ticket.ticket}")
    assert "TicketRated" in {event.type for event in events}
    assert line.serving == ""


# mission: Q2
def test_the_next_matter_comes_before_the_end(line: Line) -> None:
    line.parts.ticket("0603", "0604")
    line.presenter.call_next()
    ticket = line.desk.hands.ticket
    assert ticket is not None
    line.parts.deps.waiting.start(line.desk.actor, "start", ticket.ticket)
    line.presenter.refresh()
    line.presenter.finish()
    assert "婚育证明验证" in line.screen.questions[-1].choices[0].words
    line.answer("next")
    row = line.desk.hands.ticket
    assert row is not None
    assert (row.matters_done, row.matters_total) == (1, 2)


# mission: Q2
def test_a_transfer_offers_other_counters_and_lines_by_one_key(line: Line) -> None:
    line.parts.ticket("0603")
    line.presenter.call_next()
    line.presenter.transfer()
    question = line.screen.questions[-1]
    keys = [choice.key for choice in question.choices]
    assert len(set(keys)) == len(keys)
    assert "counter:3" not in {choice.id for choice in question.choices}
    line.answer("counter:2")
    assert line.serving == ""


def test_an_answer_to_an_older_question_counts_for_nothing(line: Line) -> None:
    line.parts.ticket("0603")
    line.presenter.call_next()
    line.presenter.hold()
    older = line.screen.questions[-1].id
    line.presenter.hold()
    line.desk.on_answered(older, "Gone to make copies", "")
    assert line.serving == "A001"


def test_a_ticket_only_another_counter_serves_says_which(line: Line) -> None:
    line.parts.ticket("0201")
    line.parts.ticket("0301")
    line.presenter.refresh()
    chips = {row.number: row.chip for row in line.shown[-1].waiting if not row.ours}
    assert chips
    assert all("only counter" in chip for chip in chips.values())
