"""补录: a pre-numbered slip given out while the power was off is entered later (mission: X6). No Qt.

Its number and the time it was taken come from the slip; its place in the line is that of the time taken.
"""

from __future__ import annotations

from datetime import datetime, time
from typing import Final

from counter_app.errors import UserFacingError, mark
from counter_app.ui.counter.desk import Desk
from counter_app.ui.counter.line_presenter import LinePresenter
from counter_app.ui.counter.ticket_presenter import TicketPresenter
from counter_app.ui.widgets.question import Choice
from counter_app.use_cases.waiting.requests import IssuedTicket, IssueTicket

AS_WRITTEN: Final = mark("As on the slip, like 09:05")


class SlipPresenter:
    """Number, time, what for; then the ticket stands in the line."""

    def __init__(self, desk: Desk, line: LinePresenter, tickets: TicketPresenter) -> None:
        self._desk = desk
        self._line = line
        self._tickets = tickets

    def begin(self) -> None:
        """Ask for the number."""
        desk = self._desk
        desk.ask(
            desk.t("Enter a slip later: its number?"),
            (),
            lambda _, number: self._ask_time(number.upper()) if number else None,
            text=desk.t("Number on the slip"),
        )

    def _ask_time(self, number: str, given: str = "") -> None:
        desk = self._desk

        def typed(_: str, text: str) -> None:
            taken = time_of(text, desk.deps.clock.now())
            if taken is None:
                desk.tell(desk.t("“{text}” is no time of day.", text=text), level="warn")
                self._ask_time(number, text)
            else:
                self._ask_line(number, taken)

        desk.ask(
            desk.t("Slip {number}: when was it taken?", number=number),
            (),
            typed,
            text=desk.t("Time taken today"),
            given=given,
            hint=desk.t(AS_WRITTEN),
        )

    def _ask_line(self, number: str, taken: datetime) -> None:
        desk = self._desk
        lines = tuple(
            Choice(line.letter, line.letter, line.name) for line in desk.deps.plan.lines if not line.priority
        )
        by_item = Choice("item", "0", desk.t("By its item …"))

        def answered(choice: str, text: str) -> None:
            if choice == "item":
                title = desk.t("Slip {number}: which item?", number=number)
                self._tickets.ask_item(title, lambda code, name: self._enter(number, taken, "", code))
            else:
                self._enter(number, taken, choice, "")

        desk.ask(desk.t("Slip {number}: which line?", number=number), (*lines, by_item), answered)

    def _enter(self, number: str, taken: datetime, line: str, item: str) -> None:
        desk, waiting = self._desk, self._desk.deps.waiting
        request = IssueTicket(
            line or None,
            (item,) if item else (),
            channel="slip",
            slip_number=number,
            slip_at=taken,
        )

        def entered(ticket: IssuedTicket) -> None:
            words = desk.t("Slip {number} of {time} is in the line.", number=number, time=f"{taken:%H:%M}")
            desk.tell(words, level="good")
            self._line.refresh()

        def refused(error: UserFacingError) -> None:
            desk.error(error)
            if error.code == "ticket.slip-incomplete":
                self._ask_time(number, f"{taken:%H:%M}")

        desk.act(
            "slip",
            lambda actor, key: waiting.issue_ticket(actor, key, request),
            entered,
            refused,
            right="ticket.enter-slip",
        )


def time_of(text: str, now: datetime) -> datetime | None:
    """`9:05`, `09：05` or `0905` as that time of the day of `now`; None when it is none."""
    digits = text.strip().replace("：", ":").replace(".", ":")
    hours, colon, minutes = digits.partition(":")
    if not colon:
        hours, minutes = digits[:-2], digits[-2:]
    if not (hours.isdecimal() and minutes.isdecimal() and len(minutes) == 2):
        return None
    if int(hours) > 23 or int(minutes) > 59:
        return None
    return datetime.combine(now.date(), time(int(hours), int(minutes)), now.tzinfo)
