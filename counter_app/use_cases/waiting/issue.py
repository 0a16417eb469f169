"""Issuing a ticket: what is checked, which number it gets, what it promises (mission: Q1, Q3, Q7, X6)."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from counter_app.domain.journal import Actor
from counter_app.domain.waiting.choice import Service
from counter_app.domain.waiting.facts import CarriedTicketUsed, TicketIssued
from counter_app.domain.waiting.fold import TICKETS
from counter_app.domain.waiting.ticket import BY_CARD, BY_STAFF, Queue
from counter_app.errors import UserFacingError
from counter_app.use_cases.ports.store import Transaction
from counter_app.use_cases.waiting.loads import ahead_and_wait
from counter_app.use_cases.waiting.numbers import NextNumber, own_number
from counter_app.use_cases.waiting.reference import HallNow
from counter_app.use_cases.waiting.requests import IssueTicket, TicketPaper, TicketPaperRequest

MACHINE: Final = "kiosk"
SLIP: Final = re.compile("[A-Z0-9-]{1,12}")  # it is shown in the hall and spoken
A_MINUTE: Final = timedelta(minutes=1)


def issue(
    tx: Transaction,
    hall: HallNow,
    actor: Actor,
    asked: IssueTicket,
    papers: TicketPaper | None,
    numbers: NextNumber = own_number,
) -> None:
    """Record the ticket and its paper. Raises `ticket.*`, `line.unknown`, `catalogue.*`."""
    request = _carried(tx, hall, asked) if asked.carried_from else asked
    request = _on_time(request, hall)
    service = _service(hall, request)
    _check_priority(request)
    _check_burst(tx, hall, actor, request)
    _check_double(tx, hall, service, request)
    ahead, wait = ahead_and_wait(tx, hall, service, _queue(request))
    ticket = tx.next_id
    fact = TicketIssued(
        ticket=ticket,
        number=_number(tx, hall, service, request, numbers),
        line=service.line,
        licence=service.licence,
        day=hall.day,
        items=request.items,
        channel=request.channel,
        issuer=actor.place or actor.staff,
        language=request.language,
        priority=request.priority,
        appointment_at=_iso(request.appointment_at),
        slip_number=request.slip_number,
        slip_at=_iso(request.slip_at),
        carried_from=request.carried_from,
        ahead=ahead,
        wait_low=wait.low_minutes if wait else None,
        wait_high=wait.high_minutes if wait else None,
    )
    private = {"person": request.person, "reason": request.priority_reason}
    tx.record(fact, private={slot: text.encode() for slot, text in private.items() if text})
    if request.carried_from:
        tx.record(CarriedTicketUsed(ticket=request.carried_from, by=ticket))
    if papers is not None and request.channel != "slip":
        items = tuple(hall.item(code) for code in request.items)
        counters = hall.counters_for(service)
        state = tx.need(TICKETS, ticket)
        papers.issue_ticket_paper(tx, TicketPaperRequest(state, hall.plan, items, ahead, wait, counters))


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat(timespec="milliseconds") if moment else None


def _queue(request: IssueTicket) -> Queue:
    if request.priority is None:
        return "ordinary"
    return "appointment" if request.priority == "appointment" else "priority"


def _carried(tx: Transaction, hall: HallNow, request: IssueTicket) -> IssueTicket:
    """The new ticket of somebody whose day was closed: same line and open matters, with priority."""
    old = tx.need(TICKETS, request.carried_from or "")
    if old.state != "carried_over" or old.carried_to:
        raise UserFacingError(
            "ticket.not-carried",
            "Ticket {number} gives no new ticket.",
            remedy="Take an ordinary ticket.",
            number=old.number,
        )
    open_items = tuple(matter.item for matter in old.matters if matter.done_at is None)
    return replace(
        request, line=old.line, items=open_items, priority="carried_over", person=request.person or old.person
    )


def _on_time(request: IssueTicket, hall: HallNow) -> IssueTicket:
    """Who comes too late for the appointment waits as everybody does, from now on."""
    due = request.appointment_at
    if request.priority != "appointment":
        return request
    if due is None:
        raise UserFacingError("ticket.no-appointment-time", "The appointment has no time.")
    if hall.now - due > timedelta(minutes=hall.rules.appointment_late):
        return replace(request, priority=None, appointment_at=None)
    return request


def _service(hall: HallNow, request: IssueTicket) -> Service:
    items = [hall.item(code) for code in request.items]
    letter = request.line or (items[0].line if items else "")
    line = hall.line(letter)
    licence = items[0].licence if items and items[0].licence in line.licences else ""
    return Service(line.letter, licence)


def _check_priority(request: IssueTicket) -> None:
    kind = request.priority
    if kind is None or kind == "appointment" or request.carried_from:
        return
    if kind not in BY_STAFF or kind == "carried_over":
        raise UserFacingError("ticket.priority-unknown", "“{kind}” is no ground for going first.", kind=kind)
    if request.channel == MACHINE and kind not in BY_CARD:
        raise UserFacingError(
            "ticket.priority-by-staff",
            "Going first on this ground is given by the staff.",
            remedy="Ask at the desk, or take an ordinary ticket.",
        )
    if kind not in BY_CARD and not request.priority_reason.strip():
        raise no_reason()


def no_reason() -> UserFacingError:
    return UserFacingError(
        "ticket.no-reason",
        "This needs a reason.",
        kept="Nothing was changed.",
        remedy="Say in a few words why, then do it again.",
    )


def _check_burst(tx: Transaction, hall: HallNow, actor: Actor, request: IssueTicket) -> None:
    most = hall.rules.burst
    issuer = actor.place or actor.staff
    if request.channel == MACHINE and tx.waiting.issued_since(issuer, hall.now - A_MINUTE, most) >= most:
        raise UserFacingError(
            "ticket.burst",
            "Too many tickets were taken here within a minute.",
            remedy="Wait a moment, or ask the staff for a ticket.",
        )


def _check_double(tx: Transaction, hall: HallNow, service: Service, request: IssueTicket) -> None:
    if not request.person:
        return
    for ticket in tx.waiting.live_of(request.person):
        same = bool(set(ticket.items) & set(request.items)) or (
            not request.items and not ticket.items and ticket.line == service.line
        )
        if same and ticket.day == hall.day:
            raise UserFacingError(
                "ticket.already",
                "There is already a ticket for this: {number}.",
                kept="That ticket keeps its place.",
                remedy="Wait for {number} to be called, or ask the staff to void it.",
                number=ticket.number,
            )


def _number(
    tx: Transaction, hall: HallNow, service: Service, request: IssueTicket, numbers: NextNumber
) -> str:
    if request.channel == "slip":
        return _slip_number(tx, hall, request)
    first = next((line.letter for line in hall.plan.lines if line.priority), service.line)
    letter = first if _queue(request) == "priority" else service.line
    while True:
        number = numbers(tx, letter, hall.day)
        if tx.waiting.by_number(hall.day, number) is None:  # a slip may have it
            return number


def _slip_number(tx: Transaction, hall: HallNow, request: IssueTicket) -> str:
    number = (request.slip_number or "").strip().upper()
    if not number or request.slip_at is None or request.slip_at > hall.now:
        raise UserFacingError(
            "ticket.slip-incomplete",
            "A slip needs its number and the time it was taken, which lies in the past.",
            remedy="Read both from the slip.",
        )
    if not SLIP.fullmatch(number):
        raise UserFacingError(
            "ticket.slip-number",
            "A slip's number has letters, digits and dashes, at most 12.",
            kept="Nothing was entered.",
            remedy="Read it from the slip once more.",
        )
    if tx.waiting.by_number(hall.day, number) is not None:
        raise UserFacingError("ticket.slip-entered", "Slip {number} is entered already.", number=number)
    return number
