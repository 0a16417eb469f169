"""`ticket issue | call | recall | start | finish | rate | hold | resume | no-show | transfer …` (Q1–Q7)."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import datetime
from typing import Any, Final

from counter_app.cli.frame import DONE, NO, Call, add_command, add_group
from counter_app.cli.named import ticket_named
from counter_app.cli.words import TICKETS
from counter_app.domain.journal import Actor
from counter_app.domain.waiting.facts import TicketFact
from counter_app.domain.waiting.ticket import Ticket
from counter_app.errors import UserFacingError
from counter_app.use_cases.program import Program
from counter_app.use_cases.waiting.requests import IssueTicket, TransferTo

PRIORITIES: Final = ("elder", "disabled", "military", "pregnant", "appointment")


def add(parsers: Any) -> None:
    group = add_group(parsers, "ticket", "tickets and calling")
    _add_issue(group)
    call = add_command(group, "call", call_, "call the next ticket, or one by number", journal=True)
    _at_counter(call)
    call.add_argument("--number", default="", help="this ticket, out of turn")
    call.add_argument("--reason", default="", help="why out of turn")
    for name, help in (
        ("recall", "call again"),
        ("start", "the citizen is here"),
        ("finish", "done"),
        ("no-show", "nobody came"),
        ("resume", "go on with a held ticket"),
        ("take-back", "called by mistake: back to its place"),
        ("return", "came after the call was missed"),
    ):
        command = add_command(group, name, on_ticket, help, journal=True)
        command.set_defaults(verb=name)
        _at_counter(command)
        command.add_argument("number", nargs="?", default="", help="its number; else the one at the counter")
    for name, help in (
        ("hold", "wait for something"),
        ("void", "void it"),
        ("give-up", "the citizen leaves"),
    ):
        command = add_command(group, name, on_ticket, help, journal=True)
        command.set_defaults(verb=name)
        _at_counter(command)
        command.add_argument("number", nargs="?", default="")
        command.add_argument("--reason", required=name != "give-up", default="")
    _add_transfer(group)
    rate = add_command(group, "rate", rate_, "1 very satisfied … 5 very dissatisfied", journal=True)
    _at_counter(rate)
    rate.add_argument("number")
    rate.add_argument("score", type=int, choices=range(1, 6))
    add_command(group, "list", list_, "who waits, is called, held or missed")
    close = add_command(group, "close-day", close_day, "list and end what is open", journal=True)
    close.add_argument("--dry-run", action="store_true", help="list only")


def _add_issue(group: Any) -> None:
    issue = add_command(group, "issue", issue_, "issue a ticket", journal=True)
    issue.add_argument("--item", action="append", default=[], metavar="CODE", help="may be given often")
    issue.add_argument("--line", default=None, metavar="LETTER")
    issue.add_argument("--language", choices=("zh_CN", "zh_TW", "en"), default="zh_CN")
    issue.add_argument("--priority", choices=PRIORITIES, default=None)
    issue.add_argument("--reason", default="", help="why priority is given")
    issue.add_argument("--slip", default=None, metavar="NUMBER", help="a pre-numbered slip entered later")
    issue.add_argument("--slip-at", default=None, metavar="TIME", help="when the slip was taken, ISO 8601")


def _add_transfer(group: Any) -> None:
    transfer = add_command(group, "transfer", transfer_, "hand over, keeping the place", journal=True)
    _at_counter(transfer)
    transfer.add_argument("number", nargs="?", default="")
    to = transfer.add_mutually_exclusive_group(required=True)
    to.add_argument("--to-counter", metavar="N")
    to.add_argument("--to-line", metavar="LETTER")
    to.add_argument("--to-staff", metavar="BADGE")
    transfer.add_argument("--reason", default="")


def _at_counter(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--counter", required=True, metavar="N")


def issue_(call: Call) -> int:
    given = call.arguments
    with call.program() as program:
        slip_at = datetime.fromisoformat(given.slip_at) if given.slip_at else None
        if slip_at is not None and slip_at.tzinfo is None:
            slip_at = slip_at.replace(tzinfo=program.clock.now().tzinfo)
        request = IssueTicket(
            line=given.line,
            items=tuple(given.item),
            language=given.language,
            channel="slip" if given.slip else "command",
            priority=given.priority,
            priority_reason=given.reason,
            slip_number=given.slip,
            slip_at=slip_at,
        )
        issued = program.waiting.issue_ticket(call.actor, call.key, request)
    call.say(issued, [call.t("{number}: {ahead} ahead.", number=issued.number, ahead=issued.ahead)])
    return DONE


def call_(call: Call) -> int:
    given = call.arguments
    with call.program() as program:
        if given.number:
            ticket: Ticket | None = program.waiting.call_number(
                call.actor, call.key, ticket_named(program, given.number).number, given.reason
            )
        else:
            ticket = program.waiting.call_next(call.actor, call.key)
    if ticket is None:
        call.say(None, [call.t("Nobody waits for counter {counter}.", counter=given.counter)])
        return NO
    _tell(call, ticket)
    return DONE


def _tell(call: Call, ticket: Ticket) -> None:
    state = call.t(TICKETS[ticket.state])
    call.say(ticket, [f"{ticket.number} {state} {ticket.counter or ''}".rstrip()])


def _named(call: Call, program: Program) -> str:
    """The id of the ticket named, of the one this command key acted on before, or of the one in hand."""
    given = call.arguments
    if given.number:
        return ticket_named(program, given.number).id
    before = _acted_on(call, program) if given.key else ""
    if before:
        return before
    now = program.waiting_queries.line_view(str(given.counter)).now_serving
    if now is None:
        raise UserFacingError(
            "counter.empty-hands",
            "Counter {counter} has no ticket in hand.",
            remedy="Name the ticket, or call the next one.",
            counter=given.counter,
        )
    return now.ticket


def _acted_on(call: Call, program: Program) -> str:
    """A script that asks again means the ticket of its first try, gone from the counter meanwhile."""
    events = program.store.act(call.actor, call.key, lambda tx: None).events
    return next((event.fact.ticket for event in events if isinstance(event.fact, TicketFact)), "")


def on_ticket(call: Call) -> int:
    with call.program() as program:
        waiting, reason = program.waiting, getattr(call.arguments, "reason", "")
        verbs: dict[str, Callable[[Actor, str, str], Ticket]] = {
            "recall": waiting.recall,
            "start": waiting.start,
            "finish": waiting.finish,
            "no-show": waiting.no_show,
            "resume": waiting.resume,
            "take-back": waiting.take_back,
            "return": waiting.return_after_no_show,
            "hold": lambda actor, key, ticket: waiting.hold(actor, key, ticket, reason),
            "void": lambda actor, key, ticket: waiting.void(actor, key, ticket, reason),
            "give-up": lambda actor, key, ticket: waiting.give_up(actor, key, ticket, reason),
        }
        ticket = verbs[call.arguments.verb](call.actor, call.key, _named(call, program))
    _tell(call, ticket)
    return DONE


def transfer_(call: Call) -> int:
    given = call.arguments
    if given.to_counter:
        to = TransferTo("counter", given.to_counter)
    elif given.to_line:
        to = TransferTo("line", given.to_line)
    else:
        to = TransferTo("staff", given.to_staff)
    with call.program() as program:
        ticket = program.waiting.transfer(call.actor, call.key, _named(call, program), to, given.reason)
    _tell(call, ticket)
    return DONE


def rate_(call: Call) -> int:
    with call.program() as program:
        ticket = ticket_named(program, call.arguments.number)
        rating = program.ratings.rate(call.actor, call.key, ticket.id, call.arguments.score)
    call.say(rating, [call.t("Thank you.")])
    return DONE


def list_(call: Call) -> int:
    with call.program() as program:
        view = program.waiting_queries.hall_view()
    lines = [f"{row.number} → {row.counter}" for row in view.calls]
    call.say(view, [*lines, call.t("{count} waiting.", count=view.waiting_total)])
    return DONE


def close_day(call: Call) -> int:
    with call.program() as program:
        points = program.day_close.open_points()
        if call.arguments.dry_run:
            call.say(points, [f"{point}" for point in points] or [call.t("Nothing is open.")])
            return NO if points else DONE
        closed = program.day_close.close_day(call.actor, call.key)
    call.say(closed, [call.t("{count} open tickets ended.", count=len(points))])
    return DONE
