"""What the presenters of one desk share beyond any window: the work and the case in hand. No Qt."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, TypeVar

from counter_app.domain.casework.rights import Action
from counter_app.domain.casework.task import TIME_KINDS
from counter_app.domain.journal import Actor
from counter_app.i18n import Translator
from counter_app.ui.desk.deps import DeskDeps
from counter_app.ui.desk.reading import CaseRead
from counter_app.ui.tasks import TaskRunner
from counter_app.ui.workplace import InHand, Screen, Workplace
from counter_app.use_cases.casework.casework import Casework
from counter_app.use_cases.casework.views import InboxRow, OpinionForm, StepForm

T = TypeVar("T")


class DeskScreen(Screen, Protocol):
    """What presenters of the desk may ask of the window besides."""

    def focus_opinion(self) -> None: ...


@dataclass
class Hands(InHand):
    """What is in hand now: the piece of work `task`, its case, and what was read of it."""

    task: str = ""
    case: str = ""
    read: CaseRead | None = None


class DeskPlace(Workplace):
    """One desk's shared state and its ways out."""

    hands: Hands
    screen: DeskScreen

    def __init__(
        self, deps: DeskDeps, t: Translator, acts: TaskRunner, reads: TaskRunner, screen: DeskScreen
    ) -> None:
        super().__init__(t, acts, reads, screen, deps.access, deps.new_key, deps.clock)
        self.deps = deps
        self.hands = Hands()

    def put_down(self) -> None:
        self.hands = Hands()

    @property
    def casework(self) -> Casework:
        return self.deps.casework

    @property
    def task(self) -> InboxRow | None:
        """The piece of work in hand, as its case shows it."""
        read, shift = self.hands.read, self.hands.shift
        return read.task(self.hands.task, shift.staff) if read is not None and shift is not None else None

    @property
    def form(self) -> OpinionForm | None:
        """The form to be signed here, unless the work in hand is another: a step, or what was chosen in the
        inbox and is no step (a question, an invitation)."""
        read, task = self.hands.read, self.task
        form = read.page.form if read is not None else None
        if task is None or form is None:
            return form
        if task.kind == "step":
            return form if task.code == form.step else None
        return None if task.kind in TIME_KINDS or task.task == self.hands.task else form

    @property
    def beside(self) -> StepForm | None:
        """Questions and guidance of the step in hand, where it ends without an opinion."""
        read, task = self.hands.read, self.task
        if read is None or self.form is not None or (task is not None and task.kind != "step"):
            return None
        forms = read.page.beside
        return next(
            (one for one in forms if task is not None and one.step == task.code), next(iter(forms), None)
        )

    def may(self, action: Action) -> CaseRead | None:
        """The case in hand when this may be done on it; else says why not and gives None."""
        read = self.hands.read
        if read is None:
            self.tell(self.t("No case is in hand."), remedy=self.t("Choose one in the inbox, or find it."))
            return None
        if action not in read.page.may:
            self.tell(
                self.t("This cannot be done here now, or not by you."),
                remedy=self.t("Look at what waits, and with whom, in the course of the case."),
                level="warn",
            )
            return None
        return read

    def do(
        self,
        name: str,
        work: Callable[[Actor, str], T],
        said: str = "",
        done: Callable[[T], None] | None = None,
    ) -> None:
        """Do a command and say in a few words that it is done; the change feed shows the rest."""

        def landed(result: T) -> None:
            if said:
                self.tell(said, level="good")
            if done is not None:
                done(result)

        self.act(name, work, landed)
