"""What counter, display and kiosk see of the waiting room. Reads only; safe from any thread.

Every list is bounded, so a view costs the same however many tickets the store keeps.
"""

from __future__ import annotations

from typing import Final

from counter_app.domain.catalogue.catalogue import Category, Group
from counter_app.domain.waiting.choice import Service, candidates, in_turn, pools_for
from counter_app.domain.waiting.duty import Duty, Shown
from counter_app.domain.waiting.fold import TICKETS
from counter_app.domain.waiting.forecast import WaitRange
from counter_app.domain.waiting.ticket import AT_COUNTER, QUEUES, Ticket, in_line, pool
from counter_app.use_cases.ports.store import Reader, Store
from counter_app.use_cases.sync.state import as_of
from counter_app.use_cases.waiting.duty import shown
from counter_app.use_cases.waiting.loads import MOST_AHEAD, ahead_and_wait, open_counters, waiting_in
from counter_app.use_cases.waiting.reference import HallNow, Reference, hall_now
from counter_app.use_cases.waiting.rows import (
    CallRow,
    CounterRow,
    HallView,
    KioskCategory,
    KioskView,
    LineAlert,
    LineView,
    LoadRow,
    TicketRow,
)
from counter_app.use_cases.waiting.ticket_rows import minutes, ticket_row

OWN_EACH: Final = 30
OTHERS_EACH: Final = 10
CALLS: Final = 8
MISSED: Final = 12
MOST_TOLD: Final = 5000


class WaitingQueries:
    def __init__(self, store: Store, reference: Reference) -> None:
        self._store = store
        self._reference = reference

    def line_view(self, counter: str) -> LineView:
        """UserFacingError `counter.unknown`."""
        with self._store.reading() as reader:
            hall = hall_now(self._reference, reader)
            hall.counter(counter)
            here = reader.waiting.at_counter(counter)
            current = next((ticket for ticket in here if ticket.state in AT_COUNTER), None)
            shift = reader.waiting.access.shift_at(counter)
            staff = current.staff if current and current.staff else (shift.staff if shift else "")
            first = reader.waiting.longest(hall.day)
            return LineView(
                counter=counter,
                state=_states(reader, hall).get(counter, "closed"),
                now_serving=ticket_row(current, hall) if current else None,
                waiting=_waiting(reader, hall, counter, staff),
                held=tuple(ticket_row(ticket, hall) for ticket in here if ticket.state == "held"),
                missed=tuple(ticket_row(t, hall) for t in reader.waiting.missed(hall.day, MISSED)),
                count=sum(waiting_in(reader, hall, service) for service in hall.services()),
                mine=_mine(reader, hall, counter, staff),
                longest_minutes=minutes(first.waits_since, hall) if first else 0,
            )

    def ticket_row(self, ticket: str) -> TicketRow:
        """One ticket, whatever its state. UserFacingError `ticket.unknown`."""
        with self._store.reading() as reader:
            return ticket_row(reader.need(TICKETS, ticket), hall_now(self._reference, reader))

    def hall_view(self) -> HallView:
        with self._store.reading() as reader:
            hall = hall_now(self._reference, reader)
            counters = _counters(reader, hall)
            today = reader.waiting.states(hall.day, MOST_TOLD)
            return HallView(
                calls=tuple(_call(ticket) for ticket in reader.waiting.calls(hall.day, CALLS)),
                missed=tuple(ticket.number for ticket in reader.waiting.missed(hall.day, MISSED)),
                counters=counters,
                paused=tuple(counter for counter in counters if counter.state == "paused"),
                waiting_total=today.get("waiting", 0),
                today=today,
                alerts=_alerts(reader, hall),
                as_of=as_of(reader),
            )

    def kiosk_view(self, language: str = "zh_CN") -> KioskView:
        with self._store.reading() as reader:
            hall = hall_now(self._reference, reader)
            hall_open = hall.plan.training or hall.plan.open_at(hall.now)
            opened = open_counters(reader, hall)
            shelves: tuple[Category | Group, ...] = (*hall.catalogue.categories, *hall.catalogue.groups)
            keys = [_key(reader, hall, shelf, language, opened, hall_open) for shelf in shelves]
            categories = tuple(key for key in keys if key is not None)
            hours = tuple(
                (entry.weekdays, entry.opens.isoformat("minutes"), entry.closes.isoformat("minutes"))
                for entry in hall.plan.hours
            )
            waiting = sum(waiting_in(reader, hall, service) for service in hall.services())
            return KioskView(categories, hall_open, hours, waiting, as_of(reader))

    def expected_wait(self, line: str, licence: str = "") -> WaitRange | None:
        """For somebody who takes an ordinary ticket now; None while no counter of the line is open."""
        with self._store.reading() as reader:
            hall = hall_now(self._reference, reader)
            hall.line(line)
            return ahead_and_wait(reader, hall, Service(line, licence))[1]

    def counter_states(self) -> tuple[CounterRow, ...]:
        with self._store.reading() as reader:
            return _counters(reader, hall_now(self._reference, reader))

    def loads(self) -> tuple[LoadRow, ...]:
        """People waiting, open counters and expected wait by licence (mission: Q5)."""
        with self._store.reading() as reader:
            hall = hall_now(self._reference, reader)
            opened = open_counters(reader, hall)
            return tuple(
                LoadRow(
                    line=service.line,
                    licence=service.licence,
                    name=hall.catalogue.licence_name(service.licence),
                    waiting=waiting_in(reader, hall, service),
                    open_counters=tuple(n for n in hall.counters_for(service) if n in opened),
                    wait=ahead_and_wait(reader, hall, service)[1],
                )
                for service in hall.services()
                if service.licence
            )

    def alerts(self) -> tuple[LineAlert, ...]:
        with self._store.reading() as reader:
            return _alerts(reader, hall_now(self._reference, reader))


def _waiting(reader: Reader, hall: HallNow, counter: str, staff: str) -> tuple[TicketRow, ...]:
    mine = hall.services_of(hall.counter(counter))
    own = reader.waiting.first(pools_for(hall.day, mine, counter, staff), OWN_EACH)
    ordered = in_turn(candidates(own, mine, {}), hall.rules, hall.now)
    others = [service for service in hall.services() if service not in mine]
    rows = [ticket_row(ticket, hall) for ticket in ordered]
    for service in others:
        able = hall.counters_for(service)
        tickets = reader.waiting.first(_pools(hall, service), OTHERS_EACH)
        rows += [ticket_row(ticket, hall, able) for ticket in tickets]
    return tuple(rows)


def _mine(reader: Reader, hall: HallNow, counter: str, staff: str) -> int:
    services = hall.services_of(hall.counter(counter))
    pools = pools_for(hall.day, services, counter, staff)
    return sum(reader.waiting.counts(pools, MOST_AHEAD).values())


def _pools(hall: HallNow, service: Service) -> tuple[str, ...]:
    where = in_line(service.line, service.licence)
    return tuple(pool(hall.day, where, queue) for queue in QUEUES)


def _call(ticket: Ticket) -> CallRow:
    called_at = ticket.called_at or ticket.issued_at
    return CallRow(ticket.number, ticket.counter or "", called_at, ticket.calls, ticket.language)


def _states(reader: Reader, hall: HallNow) -> dict[str, Shown]:
    return {duty.counter: shown(reader, hall, duty) for duty in reader.waiting.duties()}


def _counters(reader: Reader, hall: HallNow) -> tuple[CounterRow, ...]:
    states = _states(reader, hall)
    duties = {duty.counter: duty for duty in reader.waiting.duties()}
    shifts = {shift.counter: shift.staff for shift in reader.waiting.access.open_shifts()}
    calls = reader.waiting.calls(hall.day, len(hall.plan.counters) * 2)
    serving = {ticket.counter: ticket.number for ticket in calls}
    rows = []
    for counter in hall.plan.counters:
        number = str(counter.number)
        duty: Duty | None = duties.get(number)
        rows.append(
            CounterRow(
                number=number,
                name=counter.name,
                area=counter.area,
                state=states.get(number, "closed"),
                reason=duty.reason if duty else "",
                until=duty.until if duty else None,
                since=duty.since if duty else None,
                staff=shifts.get(number) or (duty.staff if duty else ""),
                serving=serving.get(number),
            )
        )
    return tuple(rows)


def _alerts(reader: Reader, hall: HallNow) -> tuple[LineAlert, ...]:
    alerts = []
    for line in hall.plan.lines:
        services = [service for service in hall.services() if service.line == line.letter]
        pools = [name for service in services for name in _pools(hall, service)]
        heads = reader.waiting.heads(pools)
        longest = max((minutes(head.waits_since, hall) for head in heads), default=0)
        if longest > hall.rules.promised_wait:
            waiting = sum(reader.waiting.counts(pools, MOST_AHEAD).values())
            alerts.append(LineAlert(line.letter, line.name, waiting, longest, hall.rules.promised_wait))
    return tuple(alerts)


def _key(
    reader: Reader,
    hall: HallNow,
    shelf: Category | Group,
    language: str,
    opened: frozenset[str],
    hall_open: bool,
) -> KioskCategory | None:
    """The key of a category or group; None when it has no item today."""
    items = hall.catalogue.in_category(shelf.code, hall.now.date())
    if not items:
        return None
    service = Service(items[0].line, shelf.code)
    if service not in hall.services():
        service = Service(items[0].line)
    counters = hall.counters_for(service)
    english = language == "en"
    return KioskCategory(
        code=shelf.code,
        name=shelf.name_en if english else shelf.name,
        hint=shelf.hint_en if english else shelf.hint,
        line=service.line,
        waiting=waiting_in(reader, hall, service),
        open=hall_open and bool(opened & set(counters)),
        counters=counters,
        elder_first=isinstance(shelf, Category) and shelf.elder_first,
    )
