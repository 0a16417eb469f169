"""The rating that ends a service: on the citizen's screen where he has one, else asked at the counter. No Qt.

What he touches goes to the same act as a rating pad's key and is his, not the clerk's: the clerk's window
says that he is asked and that he has answered, and never what. A score that asks why is said to be answered
at the touch, like any other, so that no clerk sees by the time it takes which one it was. Where the counter
has a keypad for him its digits are his answer, wherever he was asked. (mission: Q6)
"""

from __future__ import annotations

from collections.abc import Callable, Set
from dataclasses import dataclass
from typing import Final, Protocol

from counter_app.domain.journal import Actor
from counter_app.domain.waiting.rating import REASONED, REASONS, SCORES
from counter_app.domain.waiting.ticket import Ticket
from counter_app.errors import UserFacingError
from counter_app.i18n import LANGUAGES, Translator
from counter_app.ui.counter.citizen_shown import RatingKeyShown, RatingShown
from counter_app.ui.counter.desk import Desk
from counter_app.ui.log_in_presenter import TRAINING_WORDS
from counter_app.ui.widgets.question import Choice
from counter_app.use_cases.waiting.frames_at_work import ASKED_FOR, GIVEN

THANKED_SECONDS: Final = 4.0
SETTLE_SECONDS: Final = 0.6  # a second press of a shaking finger answers no page that has just come


class RatingSide(Protocol):
    """The screen that the citizen sees, where he has one."""

    @property
    def asks_citizen(self) -> bool: ...

    def show_rating(self, shown: RatingShown, chosen: Callable[[str], None]) -> None: ...

    def hide_rating(self) -> None: ...


@dataclass
class _Asked:
    """A citizen at his screen: asked how it was until `score` is set, then why."""

    ticket: Ticket
    t: Translator
    until: float
    score: int = 0
    settled: float = 0.0


class RatingPresenter:
    """`withdraw` takes the question in the clerk's window back, by its title; `listen` has the keypad's
    digits sent to `digit`, or no more."""

    def __init__(
        self,
        desk: Desk,
        screen: RatingSide,
        withdraw: Callable[[str], None],
        listen: Callable[[bool], None] = lambda on: None,
    ) -> None:
        self._desk = desk
        self._screen = screen
        self._withdraw = withdraw
        self._listen = listen
        self._here: tuple[str, str] = ("", "")  # the ticket asked about at the counter, and the question
        self._here_asked: _Asked | None = None
        self._asked: _Asked | None = None
        self._thanked_until: float | None = None

    def ask(self, ticket: Ticket) -> None:
        """How was it; `tick` ends the citizen's time for it."""
        if self._screen.asks_citizen:
            self._ask_citizen(ticket)
        else:
            self._ask_here(ticket)
        self._listen(True)

    def digit(self, digit: int) -> None:
        """A key of the citizen's keypad; one that means nothing just now is nobody's."""
        asked, here = self._asked, self._here_asked
        if asked is not None and asked.score == 0 and digit in SCORES:
            self._scored(str(digit))
        elif asked is not None and asked.score and self._desk.clock.monotonic() >= asked.settled:
            reasons = ("", *REASONS)
            if digit < len(reasons):
                self._reasoned(reasons[digit])
        elif asked is None and here is not None and self._here[0] and digit in SCORES:
            here.score, self._here_asked = digit, None
            self._keep(here, ())  # why is asked on no screen but his own

    def rated(self, changes: Set[tuple[str, str]]) -> None:
        """The citizen pressed a key of the pad on the counter: every other question is over."""
        ticket, title = self._here
        if ticket and ("rating", f"rating:{ticket}") in changes:
            self._here_done()
            self._withdraw(title)
        elif self._asked is not None and ("rating", f"rating:{self._asked.ticket.id}") in changes:
            self._thank(self._asked)
        else:
            return
        self._desk.tell(self._desk.t("Thank you: the rating is kept."), level="good")

    def withdraw(self) -> bool:
        """As `leave`, and say so."""
        left = self.leave()
        if left:
            self._desk.tell(self._desk.t("The citizen is not asked any more; nothing was rated."))
        return left

    def leave(self) -> bool:
        """Take the citizen's screen back; whether he had still to answer. What he has answered is kept."""
        asked, self._asked = self._asked, None
        self._here_done()
        self._go_dark()
        if asked is not None and asked.score:
            self._keep(asked, ())
        return asked is not None and not asked.score

    def tick(self) -> None:
        """Once a second: the time to answer is over, or that of the thanks."""
        now, asked = self._desk.clock.monotonic(), self._asked
        if asked is not None and now >= asked.until:
            if asked.score:
                self._answered(asked, ())
            else:
                self.withdraw()
        elif self._thanked_until is not None and now >= self._thanked_until:
            self._go_dark()
        if self._here_asked is not None and now >= self._here_asked.until:
            self._here_asked = None
            self._hush()

    def _ask_citizen(self, ticket: Ticket) -> None:
        desk = self._desk
        t = Translator(ticket.language) if ticket.language in LANGUAGES else desk.t
        self._thanked_until = None
        self._asked = _Asked(ticket, t, self._in(ASKED_FOR.total_seconds()))
        keys = tuple(RatingKeyShown(str(score), t(words), score) for score, words in SCORES.items())
        self._screen.show_rating(self._page(t("How was our service today?"), keys), self._scored)
        desk.tell(
            desk.t("{number} is finished. The citizen rates on his screen.", number=ticket.number),
            remedy=desk.t("Esc takes it back; calling the next one does too."),
            action=desk.t("Ask here instead"),
            act=lambda: self._ask_instead(ticket),
        )

    def _scored(self, code: str) -> None:
        asked = self._asked
        if asked is None:
            return
        asked.score = int(code)
        if asked.score in REASONED:
            t, asked.until = asked.t, self._in(ASKED_FOR.total_seconds())
            asked.settled = self._in(SETTLE_SECONDS)
            keys = tuple(RatingKeyShown(reason, t(words)) for reason, words in REASONS.items())
            none = RatingKeyShown("", t("Without a reason"))
            self._screen.show_rating(self._page(t("What was not good?"), (*keys, none)), self._reasoned)
        else:
            self._answered(asked, ())
        self._desk.tell(self._desk.t("The citizen has answered."), level="good")

    def _reasoned(self, code: str) -> None:
        if self._asked is not None:
            self._answered(self._asked, (code,) if code else ())

    def _answered(self, asked: _Asked, reasons: tuple[str, ...]) -> None:
        self._thank(asked)
        self._keep(asked, reasons)

    def _keep(self, asked: _Asked, reasons: tuple[str, ...]) -> None:
        """By the citizen himself, once; also when the counter is locked meanwhile."""
        desk, ticket, score = self._desk, asked.ticket, asked.score
        actor = Actor("citizen", ticket.counter or "")

        def failed(error: UserFacingError) -> None:
            if error.code != GIVEN:
                desk.error(error)

        desk.acts.run(
            lambda: desk.deps.ratings.rate(actor, f"screen:{ticket.id}", ticket.id, score, reasons),
            failed=failed,
        )

    def _thank(self, asked: _Asked) -> None:
        self._asked, self._thanked_until = None, self._in(THANKED_SECONDS)
        self._screen.show_rating(self._page(asked.t("Thank you!")), lambda code: None)

    def _go_dark(self) -> None:
        self._thanked_until = None
        self._screen.hide_rating()
        self._hush()

    def _here_done(self) -> None:
        self._here, self._here_asked = ("", ""), None
        self._hush()

    def _hush(self) -> None:
        """The keypad is listened to as long as anybody is asked or thanked."""
        if self._asked is None and self._thanked_until is None and self._here_asked is None:
            self._listen(False)

    def _page(self, question: str, keys: tuple[RatingKeyShown, ...] = ()) -> RatingShown:
        void = self._desk.t(TRAINING_WORDS) if self._desk.deps.plan.training else ""
        return RatingShown(question, keys, void)

    def _in(self, seconds: float) -> float:
        return self._desk.clock.monotonic() + seconds

    def _ask_instead(self, ticket: Ticket) -> None:
        """He cannot, or there is nobody at that screen; once he has answered there is nothing to ask."""
        if self._asked is not None and not self._asked.score and self._asked.ticket.id == ticket.id:
            self._asked = None
            self._go_dark()
            self._ask_here(ticket)

    def _ask_here(self, ticket: Ticket) -> None:
        """The clerk asks and presses; 0 when the citizen does not want to."""
        desk = self._desk
        choices = tuple(Choice(str(score), str(score), desk.t(words)) for score, words in SCORES.items())
        none = Choice("none", "0", desk.t("No rating given"))
        title = desk.t("{number} is finished. How was it?", number=ticket.number)
        self._here = (ticket.id, title)
        self._here_asked = _Asked(ticket, desk.t, self._in(ASKED_FOR.total_seconds()))
        self._listen(True)

        def answered(choice: str, text: str) -> None:
            self._here_done()
            if choice == "none":
                return
            score = int(choice)
            if score in REASONED:
                self._ask_why(ticket.id, score)
            else:
                self._rate(ticket.id, score, ())

        desk.ask(title, (*choices, none), answered)

    def _ask_why(self, ticket: str, score: int) -> None:
        desk = self._desk
        choices = tuple(
            Choice(code, str(at), desk.t(words)) for at, (code, words) in enumerate(REASONS.items(), 1)
        )
        none = Choice("", "0", desk.t("Without a reason"))
        desk.ask(
            desk.t("What was not good?"),
            (*choices, none),
            lambda code, text: self._rate(ticket, score, (code,) if code else ()),
        )

    def _rate(self, ticket: str, score: int, reasons: tuple[str, ...]) -> None:
        ratings, desk = self._desk.deps.ratings, self._desk
        desk.act(
            "rate",
            lambda actor, key: ratings.rate(actor, key, ticket, score, reasons),
            lambda rating: desk.tell(desk.t("Thank you: the rating is kept."), level="good"),
        )
