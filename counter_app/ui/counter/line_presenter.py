"""The line: calling, finishing, setting aside. No Qt.

Rows come from `WaitingQueries`, every act from `Waiting`; nothing is decided here that a use case knows.
"""

from __future__ import annotations

from collections.abc import Callable

from counter_app.domain.waiting.ticket import Ticket
from counter_app.errors import UserFacingError, mark
from counter_app.ui.counter.desk import Desk
from counter_app.ui.counter.line_words import line_shown
from counter_app.ui.counter.shown import LineShown
from counter_app.ui.widgets.question import Choice
from counter_app.use_cases.waiting.calling import CUT_OFF
from counter_app.use_cases.waiting.requests import TransferTo
from counter_app.use_cases.waiting.rows import LineView

HOLD_REASONS = (
    mark("Gone to fetch papers"),
    mark("Gone to make copies"),
    mark("Waits for another department"),
    mark("Fills in a form"),
)


class LinePresenter:
    """`show` draws the zone; `served(ticket changed)` tells the work that another citizen is here."""

    def __init__(
        self,
        desk: Desk,
        show: Callable[[LineShown], None],
        ticket_changed: Callable[[], None],
        ended: Callable[[Ticket], None],
    ) -> None:
        """`ended` is told of each ticket that was finished here."""
        self._desk = desk
        self._show = show
        self._ticket_changed = ticket_changed
        self._ended = ended
        self.view: LineView | None = None

    def refresh(self) -> None:
        """Read the line again and show it."""
        deps = self._desk.deps
        self._desk.reads.run(lambda: deps.lines.line_view(deps.counter), self._shown)

    def call_next(self) -> None:
        """Whose turn it is; cut off and with nobody set aside for this counter, a number can be typed."""
        waiting = self._desk.deps.waiting
        self._desk.act("call", waiting.call_next, self._called, self._not_called, right="ticket.call")

    def type_number(self) -> None:
        """A number of today out of turn; the reason is asked next."""
        desk = self._desk

        def typed(_: str, number: str) -> None:
            if number:
                self.call_number(number.upper())

        desk.ask(desk.t("Call which number?"), (), typed, text=desk.t("Number"))

    def call_number(self, number: str) -> None:
        """Out of turn: it is counted, so the reason is kept with it."""
        desk = self._desk
        reasons = (desk.t("Called back by arrangement"), desk.t("Cannot wait any longer"))

        def call(reason: str) -> None:
            waiting = desk.deps.waiting
            desk.act(
                "call",
                lambda actor, key: waiting.call_number(actor, key, number, reason),
                self._called,
                right="ticket.call",
            )

        desk.ask_reason(desk.t("Call {number} out of turn: why?", number=number), reasons, call)

    def recall(self) -> None:
        ticket = self._current()
        if ticket:
            waiting = self._desk.deps.waiting
            self._desk.act(
                "recall",
                lambda actor, key: waiting.recall(actor, key, ticket),
                self._changed,
                right="ticket.call",
            )

    def no_show(self) -> None:
        ticket = self._current()
        if ticket:
            waiting = self._desk.deps.waiting
            self._desk.act(
                "no_show",
                lambda actor, key: waiting.no_show(actor, key, ticket),
                self._changed,
                right="ticket.call",
            )

    def take_back(self) -> None:
        """叫错: needs no reason and no question."""
        ticket = self._current()
        if ticket:
            waiting = self._desk.deps.waiting
            self._desk.act(
                "take_back", lambda actor, key: waiting.take_back(actor, key, ticket), self._changed
            )

    def hold(self) -> None:
        """Set the citizen aside; a case with something to be put right today waits with him."""
        desk, ticket = self._desk, self._current()
        if not ticket:
            return

        def hold(reason: str) -> None:
            deps = desk.deps
            desk.act(
                "hold",
                lambda actor, key: deps.waiting.hold(actor, key, ticket, reason),
                self._changed,
                right="ticket.call",
            )

        phrases = tuple(desk.t(reason) for reason in HOLD_REASONS)
        desk.ask_reason(desk.t("Hold: what for?"), phrases, hold)

    def finish(self) -> None:
        """The next matter on the ticket, or the end and the rating."""
        desk, row = self._desk, self._desk.hands.ticket
        if row is None:
            return
        if row.matters_total - row.matters_done < 2:
            self._finish(row.ticket)
            return
        upcoming = row.items[row.matters_done + 1] if len(row.items) > row.matters_done + 1 else ""
        choices = (
            Choice("next", "1", desk.t("Next matter: {item}", item=upcoming)),
            Choice("end", "2", desk.t("Finish the ticket")),
        )

        def answered(choice: str, text: str) -> None:
            if choice == "end":
                self._finish(row.ticket)
            else:
                waiting = desk.deps.waiting
                desk.act(
                    "finish",
                    lambda actor, key: waiting.next_matter(actor, key, row.ticket),
                    self._next_matter,
                )

        desk.ask(desk.t("{number} has another matter.", number=row.number), choices, answered)

    def transfer(self) -> None:
        """To a counter, a line or a clerk; the place is kept."""
        desk, ticket = self._desk, self._current()
        if not ticket:
            return
        plan, here = desk.deps.plan, desk.deps.counter
        counters = [
            Choice(f"counter:{counter.number}", str(at), counter.name)
            for at, counter in enumerate(
                (counter for counter in plan.counters if str(counter.number) != here), 1
            )
            if at < 10
        ]
        lines = [
            Choice(
                f"line:{line.letter}", line.letter, desk.t("Line {line}", line=f"{line.letter} {line.name}")
            )
            for line in plan.lines
            if not line.priority
        ]

        def answered(choice: str, text: str) -> None:
            kind, _, target = choice.partition(":")
            to = TransferTo("counter" if kind == "counter" else "line", target)
            reason = desk.t("Belongs there")
            waiting = desk.deps.waiting
            desk.act(
                "transfer", lambda actor, key: waiting.transfer(actor, key, ticket, to, reason), self._changed
            )

        desk.ask(desk.t("Transfer to …"), (*counters, *lines), answered)

    def set_aside(self) -> None:
        """Choose among held and missed tickets: the first is served on, the second waits again."""
        view, desk = self.view, self._desk
        rows = (*view.held, *view.missed) if view else ()
        if not rows:
            desk.tell(desk.t("Nobody is held or missed."))
            return
        choices = tuple(
            Choice(row.ticket, str(at), f"{row.number} {' '.join(row.items)}".strip(), row.held_reason)
            for at, row in enumerate(rows[:9], 1)
        )
        desk.ask(desk.t("Held and missed tickets"), choices, lambda ticket, text: self.resume(ticket))

    def back_in_line(self) -> None:
        """Choose among those who were missed today: they wait again, behind the first few."""
        view, desk = self.view, self._desk
        rows = view.missed if view else ()
        if not rows:
            desk.tell(desk.t("Nobody was missed today."))
            return
        choices = tuple(
            Choice(row.ticket, str(at), f"{row.number} {' '.join(row.items)}".strip())
            for at, row in enumerate(rows[:9], 1)
        )
        desk.ask(desk.t("Who is back?"), choices, lambda ticket, text: self.resume(ticket))

    def resume(self, ticket: str) -> None:
        """A held citizen is served at once; a missed one goes back into the line."""
        view, desk = self.view, self._desk
        waiting = desk.deps.waiting
        if view is not None and any(row.ticket == ticket for row in view.held):
            desk.act(
                "resume",
                lambda actor, key: waiting.resume(actor, key, ticket),
                self._changed,
                right="ticket.call",
            )
        elif view is not None and any(row.ticket == ticket for row in view.missed):
            desk.act(
                "resume", lambda actor, key: waiting.return_after_no_show(actor, key, ticket), self._changed
            )

    def _finish(self, ticket: str) -> None:
        waiting = self._desk.deps.waiting
        self._desk.act("finish", lambda actor, key: waiting.finish(actor, key, ticket), self._finished)

    def _finished(self, ticket: Ticket) -> None:
        self._desk.hands.case = None
        self.refresh()
        self._ended(ticket)

    def _next_matter(self, ticket: Ticket) -> None:
        self._desk.hands.case = None
        self._desk.hands.ticket = None
        self.refresh()

    def _not_called(self, error: UserFacingError) -> None:
        desk, t = self._desk, self._desk.t
        if error.code != CUT_OFF:
            desk.error(error)
            return
        desk.tell(
            t(error.message),
            remedy=t(error.remedy),
            level="warn",
            action=t("Type a number"),
            act=self.type_number,
        )

    def _called(self, ticket: Ticket | None) -> None:
        if ticket is None:
            self._desk.tell(self._desk.t("Nobody waits for this counter."))
        self.refresh()

    def _changed(self, ticket: Ticket) -> None:
        self.refresh()

    def _current(self) -> str | None:
        row = self._desk.hands.ticket
        return row.ticket if row else None

    def _shown(self, view: LineView) -> None:
        hands = self._desk.hands
        before = hands.ticket.ticket if hands.ticket else None
        self.view = view
        hands.ticket = view.now_serving
        self._show(line_shown(view, self._desk.t, self._desk.deps.clock.now()))
        now = hands.ticket.ticket if hands.ticket else None
        if now != before:
            hands.case = None
            self._ticket_changed()
