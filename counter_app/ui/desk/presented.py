"""The presenters of a desk's window, each given what it shows by. No Qt of its own."""

from __future__ import annotations

from collections.abc import Callable

from counter_app.domain.casework.task import TIME_KINDS
from counter_app.ui.desk.assist_presenter import AssistPresenter
from counter_app.ui.desk.case_presenter import CasePresenter
from counter_app.ui.desk.find_presenter import FindPresenter
from counter_app.ui.desk.foot_presenter import FootPresenter
from counter_app.ui.desk.group_presenter import GroupPresenter
from counter_app.ui.desk.inbox_presenter import Counts, InboxPresenter
from counter_app.ui.desk.log_in import DeskLogIn
from counter_app.ui.desk.matter_presenter import MatterPresenter
from counter_app.ui.desk.opinion_presenter import OpinionPresenter
from counter_app.ui.desk.overtaken_presenter import OvertakenPresenter
from counter_app.ui.desk.panels import Panels
from counter_app.ui.desk.pictures_presenter import PicturesPresenter
from counter_app.ui.desk.place import DeskPlace
from counter_app.ui.desk.reading import CaseRead
from counter_app.ui.desk.screen import DeskWindowScreen
from counter_app.ui.desk.steps_presenter import StepsPresenter
from counter_app.ui.tasks import TaskRunner
from counter_app.ui.time.desk import TimeDesk
from counter_app.ui.time.received_presenter import ReceivedNeeds
from counter_app.use_cases.casework.views import Inbox


class Presenters:
    """What a desk's window is made of besides Qt.

    `command` does one by name, `began` is told of a log-in, `counted` of what waits;
    `fetches` runs what may wait for the centre.
    """

    def __init__(
        self,
        here: DeskPlace,
        panels: Panels,
        screen: DeskWindowScreen,
        command: Callable[[str], None],
        began: Callable[[], None],
        counted: Callable[[Inbox, Counts], None],
        fetches: TaskRunner,
    ) -> None:
        self.here, self.screen = here, screen
        self.foot = FootPresenter(here, panels.foot.offer, panels.foot.show_centre)
        self.opinion = OpinionPresenter(here, panels.case.opinion.show_opinion, panels.case.opinion.fill)
        self.case = CasePresenter(here, panels.case, self._case_changed)
        self.inbox = InboxPresenter(here, panels.inbox.show_rows, counted, self.case.open)
        self.steps = StepsPresenter(here)
        self.assists = AssistPresenter(here)
        self.group = GroupPresenter(here)
        self.matter = MatterPresenter(here)
        self.overtaken = OvertakenPresenter(here, panels.inbox.show_overtaken)
        self.pictures = PicturesPresenter(here, fetches, panels.pictures.show_picture)
        self.time = TimeDesk(
            here,
            here.deps.time,
            panels.facts.show_page,
            lambda: here.hands.case or None,
            ReceivedNeeds(looked=self.case.keep_look),
        )
        box = panels.head.box
        self.finder = FindPresenter(here, box.show_hits, box.empty, self._found, command)
        self._window_began = began
        self.access = DeskLogIn(here, panels.login, panels.show_desk, self._began, self._put_away)

    def _began(self) -> None:
        self._window_began()
        self.time.received.remind()

    def _put_away(self) -> None:
        """Nobody works here: nothing of whoever did is left."""
        self.inbox.put_away()
        self.overtaken.put_away()
        self.case.leave()

    @property
    def commands(self) -> dict[str, Callable[[], None]]:
        """What is done by name, but for what concerns the window itself."""
        assists, group, matter, steps = self.assists, self.group, self.matter, self.steps
        return {
            "take": self.inbox.take,
            "pass": self.inbox.pass_on,
            "whose": self.inbox.whose,
            "submit": self.submit,
            "answer": self.answer,
            "phrases": self.opinion.phrases,
            "assist": assists.request,
            "repeat": assists.repeat,
            "dispute": assists.dispute,
            "settle": assists.settle,
            "order": assists.order,
            "note": group.note,
            "ask": group.ask,
            "visit": group.visit,
            "meeting": group.meeting,
            "minutes": group.minutes,
            "conflicts": self.overtaken.answer,
            "send_back": steps.send_back,
            "end_step": steps.end,
            "meeting_level": steps.meeting_level,
            "upper_answer": steps.upper_answer,
            "classify": steps.classify,
            "plan_approve": matter.approve_plan,
            "plan_return": matter.return_plan,
            "track": matter.track,
            "export_case": matter.export,
            "prerequisite": matter.prerequisite,
            "plan_paper": matter.print_plan,
            "copy_notices": matter.copy_notices,
            "post_pass": matter.pass_post,
            "post_back": matter.take_post_back,
            "clock": self.time.commands["case_clock"],
            **{name: act for name, act in self.time.commands.items() if name != "case_clock"},
            "lock": lambda: self._leave(self.access.lock),
            "log_off": lambda: self._leave(self.access.log_off),
        }

    def submit(self) -> None:
        """F9: sign the opinion, end the step, keep the upper body's decision; whichever the step asks."""
        read = self.here.hands.read
        if read is None or self.here.form is not None:
            self.opinion.submit()
        elif self._open(read, "report") and "upper_answer" in read.page.may:
            self.steps.upper_answer()
        elif any(self._open(read, kind) for kind in ("visit", "test", "meeting")):
            self.steps.end()
        else:
            self.opinion.submit()

    def answer(self) -> None:
        """F8: what is asked of us, by the kind of work in hand."""
        here, task = self.here, self.here.task
        does: dict[str, Callable[[], None]] = {
            "dispute": self.assists.settle,
            "plan": self.matter.approve_plan,
            "prerequisite": self.matter.prerequisite,
            "step": self.screen.focus_opinion,
        }
        if task is not None:
            does |= {
                "assist": lambda: self.assists.answer(task),
                "question": lambda: self.group.reply(task),
                "absence": lambda: self.group.make_up(task),
                "order": lambda: self.assists.reply_order(task),
                "urge": lambda: self.time.reply(task),
                "ask": lambda: self.time.decide(task),
                "suspension": lambda: self.time.clock.open(task.case),
            }
            does.get(task.kind, lambda: here.tell(here.t("This is answered by being there.")))()
        else:
            here.tell(here.t("Nothing is asked of you in this case."))

    def entered(self, task: str) -> None:
        """Enter on a row: what a clock asks is answered, other work is begun."""
        if self.here.task is not None and self.here.task.task == task and self.here.task.kind in TIME_KINDS:
            self.answer()
        else:
            self.screen.focus_opinion()

    def _leave(self, then: Callable[[], None]) -> None:
        """What is filled in and not signed is kept before somebody leaves."""
        self.opinion.keep()
        then()

    def _case_changed(self, read: CaseRead | None) -> None:
        self.opinion.case_changed(read)
        self.foot.case_changed(read)

    def _found(self, case: str) -> None:
        """A case from the one box, with whatever of it is one's own."""
        self.case.open(case)
        self.screen.focus_opinion()

    @staticmethod
    def _open(read: CaseRead, kind: str) -> bool:
        return any(step.state == "open" and step.kind == kind for step in read.page.steps)
