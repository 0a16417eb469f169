"""Tickets beyond the daily keys: going first, one more matter, ending unserved, a clerk by name. No Qt.

The daily keys are `line_presenter.py`'s, slips entered later `slip_presenter.py`'s.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from counter_app.domain.waiting.ticket import Ticket
from counter_app.errors import mark
from counter_app.ui.counter.desk import Desk
from counter_app.ui.counter.line_presenter import LinePresenter
from counter_app.ui.counter.line_words import PRIORITIES
from counter_app.ui.widgets.question import Choice
from counter_app.use_cases.intake.views import Hit
from counter_app.use_cases.waiting.requests import TransferTo
from counter_app.use_cases.waiting.rows import CounterRow, TicketRow

GROUNDS: Final = ("elder", "disabled", "military", "pregnant")
WHY_FIRST: Final = (mark("Certificate seen"), mark("Plain to see"))
WHY_VOID: Final = (mark("Taken twice"), mark("Taken by mistake"))
WHY_LEFT: Final = (mark("Does not want to wait"), mark("Comes another day"))
Chosen = Callable[[str, str], None]


class TicketPresenter:
    """Each method asks which ticket, then what it needs, then acts; the line shows itself again."""

    def __init__(self, desk: Desk, line: LinePresenter) -> None:
        self._desk = desk
        self._line = line

    @property
    def commands(self) -> dict[str, Callable[[], None]]:
        """By the names that `commands.py` gives them."""
        return {
            "priority": self.give_priority,
            "add_matter": self.add_matter,
            "call_number": self.call_number,
            "transfer_clerk": self.transfer_to_clerk,
            "give_up": self.give_up,
            "void": self.void,
        }

    def give_priority(self) -> None:
        """A waiting ticket goes first, on a ground that staff sees, with a reason (mission: Q3)."""
        desk, view = self._desk, self._line.view
        rows = view.waiting if view else ()
        grounds = tuple(Choice(kind, str(at), desk.t(PRIORITIES[kind])) for at, kind in enumerate(GROUNDS, 1))
        none = Choice("none", "0", desk.t("No longer goes first"))

        def chosen(ticket: str, number: str) -> None:
            def ground(kind: str, text: str) -> None:
                desk.ask_reason(
                    desk.t("{number} goes first: what was seen?", number=number),
                    tuple(desk.t(why) for why in WHY_FIRST),
                    lambda reason: self._prioritise(ticket, number, kind, reason),
                )

            desk.ask(desk.t("{number}: on what ground?", number=number), (*grounds, none), ground)

        self._which(desk.t("Who goes first?"), rows, chosen)

    def call_number(self) -> None:
        """A number of today out of turn; the line asks for it."""
        self._line.type_number()

    def add_matter(self) -> None:
        """One more matter on the ticket in hand (mission: Q2)."""
        desk, row = self._desk, self._desk.hands.ticket
        if row is None:
            desk.tell(desk.t("Nobody was called."))
            return

        def add(item: str, name: str) -> None:
            waiting = desk.deps.waiting
            desk.act(
                "add_matter",
                lambda actor, key: waiting.add_matter(actor, key, row.ticket, item),
                lambda ticket: self._done(
                    desk.t("{number} has one more matter: {item}", number=row.number, item=name)
                ),
            )

        self.ask_item(desk.t("Which further matter?"), add)

    def transfer_to_clerk(self) -> None:
        """To somebody by name, at whatever counter he is now; the place is kept (mission: Q2)."""
        desk, row = self._desk, self._desk.hands.ticket
        if row is None:
            desk.tell(desk.t("Nobody was called."))
            return
        desk.reads.run(desk.deps.lines.counter_states, lambda counters: self._choose_clerk(row, counters))

    def give_up(self) -> None:
        """The citizen leaves without being served (mission: Q7)."""
        desk, waiting = self._desk, self._desk.deps.waiting

        def left(ticket: str, number: str, reason: str) -> None:
            desk.act(
                "give_up",
                lambda actor, key: waiting.give_up(actor, key, ticket, reason),
                lambda _: self._done(desk.t("{number} has left.", number=number)),
            )

        self._end(desk.t("Who has left?"), desk.t("{number}: why?"), WHY_LEFT, left)

    def void(self) -> None:
        """A ticket that should not be (mission: Q7)."""
        desk, waiting = self._desk, self._desk.deps.waiting

        def voided(ticket: str, number: str, reason: str) -> None:
            desk.act(
                "void",
                lambda actor, key: waiting.void(actor, key, ticket, reason),
                lambda _: self._done(desk.t("{number} is void.", number=number)),
                right="ticket.void",
            )

        self._end(desk.t("Which ticket is void?"), desk.t("{number}: why?"), WHY_VOID, voided)

    def ask_item(self, title: str, then: Callable[[str, str], None]) -> None:
        """Type a part of an item's name, code or initials, then choose; `then(code, name)`."""
        desk = self._desk

        def found(hits: tuple[Hit, ...]) -> None:
            items = [hit for hit in hits if hit.kind == "item"][:9]
            if not items:
                desk.tell(desk.t("No such item is found."), level="warn")
                return
            choices = tuple(Choice(hit.id, str(at), hit.title, hit.detail) for at, hit in enumerate(items, 1))
            names = {hit.id: hit.title for hit in items}
            desk.ask(title, choices, lambda code, text: then(code, names[code]))

        def typed(_: str, text: str) -> None:
            if text:
                desk.reads.run(lambda: desk.deps.finder.search(text, 20, desk.deps.counter), found)

        desk.ask(title, (), typed, text=desk.t("Item: name, initials or code"))

    def _prioritise(self, ticket: str, number: str, kind: str, reason: str) -> None:
        waiting, t = self._desk.deps.waiting, self._desk.t
        self._desk.act(
            "priority",
            lambda actor, key: waiting.give_priority(actor, key, ticket, kind, reason),
            lambda _: self._done(
                t("{number} waits its ordinary turn.", number=number)
                if kind == "none"
                else t("{number} goes first.", number=number)
            ),
            right="ticket.prioritise",
        )

    def _choose_clerk(self, row: TicketRow, counters: tuple[CounterRow, ...]) -> None:
        desk, plan = self._desk, self._desk.deps.plan
        others = [one for one in counters if one.staff and one.staff != desk.actor.staff][:9]
        if not others:
            desk.tell(desk.t("Nobody else is at a counter now."))
            return
        choices = tuple(
            Choice(
                one.staff,
                str(at),
                member.name if (member := plan.member(one.staff)) else one.staff,
                desk.t("Counter {counter}", counter=one.number),
            )
            for at, one in enumerate(others, 1)
        )

        def answered(staff: str, text: str) -> None:
            waiting, to = desk.deps.waiting, TransferTo("staff", staff)
            reason = desk.t("Belongs there")
            desk.act(
                "transfer",
                lambda actor, key: waiting.transfer(actor, key, row.ticket, to, reason),
                lambda _: self._line.refresh(),
            )

        desk.ask(desk.t("Transfer {number} to whom?", number=row.number), choices, answered)

    def _end(
        self, which: str, why: str, phrases: tuple[str, ...], then: Callable[[str, str, str], None]
    ) -> None:
        desk, view = self._desk, self._line.view
        own = (desk.hands.ticket,) if desk.hands.ticket else ()
        rows = (*own, *view.missed, *view.held, *view.waiting) if view else own

        def chosen(ticket: str, number: str) -> None:
            desk.ask_reason(
                why.replace("{number}", number),
                tuple(desk.t(phrase) for phrase in phrases),
                lambda reason: then(ticket, number, reason),
            )

        self._which(which, rows, chosen)

    def _which(self, title: str, rows: tuple[TicketRow, ...], then: Chosen) -> None:
        """One of these by its digit, or any ticket of today by its number; `then(id, number)`."""
        desk = self._desk
        choices = tuple(
            Choice(row.ticket, str(at), f"{row.number} {' '.join(row.items) or row.line_name}".strip())
            for at, row in enumerate(rows[:9], 1)
        )
        numbers = {row.ticket: row.number for row in rows}
        other = Choice("other", "0", desk.t("Another number …"))

        def found(ticket: Ticket) -> None:
            then(ticket.id, ticket.number)

        def typed(_: str, number: str) -> None:
            if number:
                desk.reads.run(lambda: desk.deps.waiting.find(number), found, desk.error)

        def answered(choice: str, text: str) -> None:
            if choice == "other":
                desk.ask(title, (), typed, text=desk.t("Number"))
            else:
                then(choice, numbers[choice])

        desk.ask(title, (*choices, other), answered)

    def _done(self, words: str) -> None:
        self._desk.tell(words, level="good")
        self._line.refresh()
