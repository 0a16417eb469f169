"""What the presenters of one window share: who works here, doing a command once, asking, telling.

Plain Python: tests run it inline. Every command goes through `act`, which makes its key, keeps a
second press of the same command out while the first is under way, and brings the result home. Not here:
what a workspace has in hand besides (`ui/counter/desk.py`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, TypeVar

from counter_app.domain.hall.rights import Right
from counter_app.domain.journal import Actor
from counter_app.errors import UserFacingError
from counter_app.i18n import Translator
from counter_app.ui.notices import Level, Notice
from counter_app.ui.tasks import Failed, TaskRunner
from counter_app.ui.widgets.question import Choice, Question
from counter_app.use_cases.access.access import Access, Shift
from counter_app.use_cases.ports.clock import Clock

T = TypeVar("T")
Answered = Callable[[str, str], None]


class Screen(Protocol):
    """What presenters may ask of the window as a whole."""

    def ask(self, question: Question) -> None: ...

    def tell(self, notice: Notice, act: Callable[[], None] | None = None) -> None: ...

    def focus_find(self) -> None: ...

    def focus_work(self) -> None: ...


@dataclass
class InHand:
    """Who works here. Workspaces add what else is in hand."""

    shift: Shift | None = None


class Workplace:
    """One window's shared state and its ways out. `new_key` makes a command key per key press."""

    hands: InHand

    def __init__(
        self,
        t: Translator,
        acts: TaskRunner,
        reads: TaskRunner,
        screen: Screen,
        access: Access,
        new_key: Callable[[], str],
        clock: Clock,
    ) -> None:
        self.t = t
        self.acts = acts
        self.reads = reads
        self.screen = screen
        self.access = access
        self.new_key = new_key
        self.clock = clock
        self.hands = InHand()
        self._under_way: set[str] = set()
        self._answered: Answered | None = None
        self._left: Callable[[], None] | None = None
        self._asked = ""
        self._serial = 0

    @property
    def actor(self) -> Actor:
        """Who works here. UserFacingError `access.nobody` when nobody is logged in."""
        if self.hands.shift is None:
            raise UserFacingError(
                "access.nobody", "Nobody is logged in here.", remedy="Log in with badge and PIN."
            )
        return self.hands.shift.actor

    @property
    def at_work(self) -> bool:
        return self.hands.shift is not None and not self.hands.shift.locked

    def put_down(self) -> None:
        """Nobody works here any more: nothing is in hand."""
        self.hands = InHand()

    def act(
        self,
        name: str,
        work: Callable[[Actor, str], T],
        done: Callable[[T], None] | None = None,
        failed: Failed | None = None,
        *,
        right: Right | None = None,
    ) -> None:
        """Do a command once; while `name` is under way it is not begun again.

        `right`: what the clerk's roles must give; without it `access.no-right` is shown (mission: X3).
        """
        shift = self.hands.shift
        if name in self._under_way or not self.at_work or shift is None:
            return
        self._under_way.add(name)
        actor, key, access = shift.actor, self.new_key(), self.access

        def allowed() -> T:
            if right is not None:
                access.need(shift, right)
            return work(actor, key)

        def landed(result: T) -> None:
            self._under_way.discard(name)
            if done is not None:
                done(result)

        def refused(error: UserFacingError) -> None:
            self._under_way.discard(name)
            (failed or self.error)(error)

        self.acts.run(allowed, landed, refused)

    def error(self, error: UserFacingError) -> None:
        """Show an error: what happened, what was kept, what to do."""
        params = error.params
        self.screen.tell(
            Notice(
                self.t(error.message, **params),
                self.t(error.kept, **params),
                self.t(error.remedy, **params),
                "bad",
                code=error.code,
            )
        )

    def tell(
        self,
        message: str,
        *,
        kept: str = "",
        remedy: str = "",
        level: Level = "info",
        action: str = "",
        act: Callable[[], None] | None = None,
    ) -> None:
        """A message in the clerk's words (translated already), with one action if there is one."""
        self.screen.tell(Notice(message, kept, remedy, level, action), act)

    def ask(
        self,
        title: str,
        choices: tuple[Choice, ...],
        answered: Answered,
        *,
        text: str = "",
        given: str = "",
        hint: str = "",
        chosen: str = "",
        left: Callable[[], None] | None = None,
        back: Callable[[], None] | None = None,
    ) -> None:
        """Ask in the window; `answered(choice id, typed text)` when one is taken; Enter takes `chosen`.

        `left` is done when Esc leaves the question unanswered; `back` instead, where Esc goes back to the
        question before it."""
        self._serial += 1
        self._asked, self._answered, self._left = str(self._serial), answered, back or left
        self.screen.ask(
            Question(self._asked, title, choices, text, given, hint, chosen=chosen, back=back is not None)
        )

    def on_answered(self, question: str, choice: str, text: str) -> None:
        """An answer came home; one to an older question counts for nothing."""
        answered, self._answered = self._answered, None
        if question == self._asked and answered is not None:
            answered(choice, text)

    def on_left(self, question: str) -> None:
        """A question was left without an answer."""
        left, self._left = self._left, None
        if question == self._asked and left is not None:
            left()

    def ask_reason(self, title: str, phrases: tuple[str, ...], answered: Callable[[str], None]) -> None:
        """One of the phrases by its digit, or words of one's own; never empty."""

        def taken(choice: str, text: str) -> None:
            if choice == "own":
                self.ask(title, (), lambda _, own: answered(own) if own else None, text=self.t("Reason"))
            else:
                answered(choice)

        numbered = tuple(Choice(phrase, str(at), phrase) for at, phrase in enumerate(phrases[:8], 1))
        own = Choice("own", "0", self.t("In other words …"))
        self.ask(title, (*numbered, own), taken)
