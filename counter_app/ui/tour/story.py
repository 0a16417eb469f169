"""What the stories of the tour share: a clerk at the counter, people at the desk, days that go by, papers.

A story is played in a hall of its own whose clock begins on a day of its own. Each step says what it looked
at and found right (`Summary.check`): what the program keeps, beside what the window shows.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from PySide6.QtCore import Qt

from counter_app.clock import HALL_ZONE
from counter_app.domain.casework.fold import HANDLINGS
from counter_app.domain.casework.state import Handling
from counter_app.domain.intake.case import Case
from counter_app.domain.intake.fold import CASES
from counter_app.domain.journal import Actor
from counter_app.domain.paper.facts import PaperFacts, PaperKind
from counter_app.domain.time.clock import CLOCKS, Clock
from counter_app.ui.counter.commands import MORE as COUNTER_MORE
from counter_app.ui.desk.commands import MORE as DESK_MORE
from counter_app.ui.tour.at_counter import Clerk
from counter_app.ui.tour.at_window import AtWindow
from counter_app.ui.tour.hands import Hands, TourStopped
from counter_app.ui.tour.story_deps import StoryDeps
from counter_app.ui.tour.summary import Summary
from counter_app.use_cases.casework.views import CasePage
from counter_app.use_cases.ports.printing import PrintEnd

F = TypeVar("F", bound=PaperFacts)


def of_kind(kind: type[F], paper: PaperFacts) -> F:
    """Raises TourStopped when it is another paper."""
    if not isinstance(paper, kind):
        raise TourStopped(f"the paper is {paper}")
    return paper


class Desk(AtWindow):
    """The departments' desk: people sit down at it one after another."""

    def __init__(self, deps: StoryDeps, hands: Hands) -> None:
        super().__init__(deps.desk, DESK_MORE, hands)
        self._desk, self._program = deps.desk, deps.program

    def log_in(self, badge: str) -> str:
        """Badge and PIN; whoever was here has logged off. The name."""
        self.log_off()
        member = self._program.plan().member(badge)
        if member is None:
            raise TourStopped(f"nobody has the badge {badge}")
        self._desk.panels.login.take_over(badge, member.training_pin, submit=True)
        shift = self.until(lambda: self._desk.here.hands.shift, f"{member.name} logged in")
        return shift.name

    def log_off(self) -> None:
        if self._desk.here.hands.shift is not None:
            self.press(Qt.Key.Key_Q, with_ctrl=True)
            self.until(lambda: self._desk.here.hands.shift is None or None, "the desk logged off")

    def hand(self, case: str, what: str) -> None:
        """Go down the inbox, key by key, to the work of this code or kind at the case."""
        inbox = self._desk.panels.inbox
        rows = self.until(lambda: self._desk.work.inbox.rows, "work in the inbox")
        self.press(Qt.Key.Key_1, with_ctrl=True)
        self.press(Qt.Key.Key_Home)
        for _ in rows:
            at = next((row for row in self._desk.work.inbox.rows if row.task == inbox.current), None)
            if at is not None and at.case == case and what in (at.code, at.kind):
                self.until(lambda: self._shown() == case or None, "the case of the work in hand")
                return
            self.press(Qt.Key.Key_Down)
        raise TourStopped(f"{what} is not in the inbox: {[(row.kind, row.code, row.number) for row in rows]}")

    def fill(self, basis: tuple[str, str], number: str = "") -> None:
        """Each line of the form by its first digit; law, article and number by hand where it has none yet."""
        view = self._desk.panels.case.opinion
        self.press(Qt.Key.Key_3, with_ctrl=True)
        for row in view.lines.rows.rows:
            self.press(Qt.Key.Key_Return if row.kind == "band" else Qt.Key.Key_1)
        fields = ((view.law, basis[0]), (view.article, basis[1]), (view.number, number))
        for field, words in fields:
            if field.isVisible() and not field.text() and words:
                field.setFocus()
                self.type(words)

    def sign(self, basis: tuple[str, str], number: str = "") -> str:
        """The form in hand filled in and signed; what the desk says then."""
        self.fill(basis, number)
        self.press(Qt.Key.Key_F9)
        return self.said("已签署")

    def _shown(self) -> str:
        read = self._desk.here.hands.read
        return read.case if read is not None else ""


class Counter(AtWindow):
    """The clerk's counter: what `Clerk` does for one citizen, and everything beside it."""

    def __init__(self, deps: StoryDeps, hands: Hands) -> None:
        super().__init__(deps.counter, COUNTER_MORE, hands)
        self._counter = deps.counter
        self.clerk = Clerk(deps, hands)

    def log_off(self) -> None:
        if self._counter.desk.hands.shift is not None:
            self.press(Qt.Key.Key_Q, with_ctrl=True)
            self.until(lambda: self._counter.desk.hands.shift is None or None, "the counter logged off")

    def open(self, number: str, case: str, *answers: str) -> None:
        """By its number in the one box; without card or ticket the clerk says why, then `answers`."""
        self.find(number)
        if self.window.panels.chooser.question is not None:
            self.press(Qt.Key.Key_1)
        self.choose(*answers)
        self.until(lambda: self.in_hand == case or None, f"{number} in hand")

    @property
    def in_hand(self) -> str:
        view = self._counter.work.view
        return view.case if view else ""


class Story:
    """One story's hall. A story has `play`."""

    def __init__(self, deps: StoryDeps, hands: Hands, summary: Summary) -> None:
        self.deps = deps
        self.hands = hands
        self.step, self.check = summary.step, summary.check
        self.counter, self.desk = Counter(deps, hands), Desk(deps, hands)
        self._papers = deps.folder / "paper"
        self._papers.mkdir(parents=True, exist_ok=True)

    def open_windows(self) -> str:
        """Both windows, and the clerk at the counter."""
        self.desk.show()
        self.counter.show()
        return self.counter.clerk.log_in()

    def day(self, day: str, clock: str = "09:00") -> str:
        """All is printed, everybody goes home; on the morning of `day` the clerk is at the counter again."""
        jobs = self.deps.program.papers.job_list
        self.until(lambda: all(job.state == PrintEnd.PRINTED.value for job in jobs("")), "all printed")
        self.counter.log_off()
        self.desk.log_off()
        moment = datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=HALL_ZONE)
        self.deps.go_to(moment)
        self.counter.clerk.log_in()
        return f"{moment:%Y-%m-%d %H:%M}"

    def case(self, case: str) -> Case:
        with self.deps.program.store.reading() as reader:
            return reader.need(CASES, case)

    def clock(self, case: str) -> Clock:
        with self.deps.program.store.reading() as reader:
            return reader.need(CLOCKS, case)

    def handling(self, case: str) -> Handling:
        with self.deps.program.store.reading() as reader:
            return reader.need(HANDLINGS, case)

    def page(self, case: str, badge: str) -> CasePage:
        return self.deps.program.casework.queries.page(Actor(badge), case)

    def stage(self, case: str, wanted: str) -> None:
        """Wait for it, then keep it with the step."""
        self.until(lambda: self.case(case).stage == wanted, f"the stage {wanted}")
        self.check("stage", self.case(case).stage, wanted)

    def until(self, holds: Callable[[], bool], what: str) -> None:
        self.counter.until(lambda: holds() or None, what)

    def paper(self, case: str, kind: PaperKind, name: str) -> PaperFacts:
        """The newest paper of this kind, rendered as its sheet into pictures; what stands on it."""

        def found() -> str | None:
            with self.deps.program.store.reading() as reader:
                papers = [one for one in reader.papers.of_case(case) if one.kind == kind.value]
            return papers[-1].id if papers else None

        return self._rendered(self.counter.until(found, f"a paper {kind.value}"), name)

    def newest(self, kind: PaperKind, name: str) -> PaperFacts:
        """As `paper`, of a paper that belongs to no case."""
        papers = self.deps.program.papers

        def found() -> str | None:
            return next((job.paper for job in papers.job_list("") if job.kind == kind.value), None)

        return self._rendered(self.counter.until(found, f"a paper {kind.value}"), name)

    def _rendered(self, paper: str, name: str) -> PaperFacts:
        for page, picture in enumerate(self.deps.sheet(paper), 1):
            (self._papers / f"{name}-a4-{page}.png").write_bytes(picture)
        return self.deps.program.papers.facts(paper)[1]

    def done(self, case: str, step: str, wanted: str = "grant") -> None:
        """Wait until a step of the case's course is over, then keep that it ended as `wanted`."""

        def outcome() -> str:
            steps = self.handling(case).steps
            return next((one.outcome for one in steps if one.code == step and one.ended_at is not None), "")

        self.until(lambda: bool(outcome()), f"{step} over")
        self.check(f"outcome of {step}", outcome(), wanted)

    def sound(self) -> None:
        """The journal and every row of it agree."""
        self.desk.log_off()
        self.counter.log_off()
        with self.step("journal verified"):
            report = self.deps.program.store.check()
            self.check("first broken entry", report.broken, "")
