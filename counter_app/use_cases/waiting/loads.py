"""People ahead and the expected wait, read from the rows (mission: Q1)."""

from __future__ import annotations

from typing import Final

from counter_app.domain.waiting.choice import Service
from counter_app.domain.waiting.forecast import LineLoad, WaitRange, expected_wait
from counter_app.domain.waiting.ticket import QUEUES, Queue, in_line, pool
from counter_app.use_cases.ports.store import Reader
from counter_app.use_cases.sync.neighbours import is_silent
from counter_app.use_cases.waiting.reference import HallNow

MOST_AHEAD: Final = 500
RECENT: Final = 60
AHEAD_OF: Final[dict[Queue, tuple[Queue, ...]]] = {
    "ordinary": QUEUES,
    "priority": ("priority", "appointment"),
    "appointment": ("priority", "appointment"),
}


def open_counters(reader: Reader, hall: HallNow) -> frozenset[str]:
    """Open counters but those of machines that have fallen silent: nobody is promised their help."""
    patience = hall.rules.unattended_after
    return frozenset(
        duty.counter
        for duty in reader.waiting.duties()
        if duty.state == "open" and not is_silent(reader, duty.device, patience)
    )


def waiting_in(reader: Reader, hall: HallNow, service: Service, queue: Queue = "ordinary") -> int:
    """People of one place to wait who come before somebody of this class, counted up to `MOST_AHEAD`."""
    where = in_line(service.line, service.licence)
    pools = [pool(hall.day, where, before) for before in AHEAD_OF[queue]]
    return sum(reader.waiting.counts(pools, MOST_AHEAD).values())


def ahead_and_wait(
    reader: Reader, hall: HallNow, service: Service, queue: Queue = "ordinary"
) -> tuple[int, WaitRange | None]:
    """For somebody who joins now: the people ahead in the line whom his counters serve too (while none of his
    is open, those it could be), and the range of minutes."""
    opened = open_counters(reader, hall)
    mine = frozenset(hall.counters_for(service)) & opened
    around = {service: mine}
    for other in hall.services():
        theirs = frozenset(hall.counters_for(other)) & opened
        if other.line == service.line or theirs & mine:
            around[other] = theirs
    seconds = reader.waiting.service_seconds(sorted({entry.line for entry in around}), RECENT)
    loads = {
        _key(entry): LineLoad(
            waiting_in(reader, hall, entry, queue),
            counters,
            seconds[entry.line],
            hall.rules.usual_minutes,
        )
        for entry, counters in around.items()
    }
    served = mine or frozenset(hall.counters_for(service))
    before_him = (
        entry
        for entry, theirs in around.items()
        if entry.line == service.line
        and (entry == service or served & (theirs if mine else frozenset(hall.counters_for(entry))))
    )
    ahead = sum(loads[_key(entry)].waiting for entry in before_him)
    wait = expected_wait(_key(service), loads, idle=_idle(reader, mine))
    return min(ahead, MOST_AHEAD), wait


def _idle(reader: Reader, counters: frozenset[str]) -> int:
    hands = {number: reader.waiting.at_counter(number) for number in counters}
    return sum(all(ticket.state == "held" for ticket in held) for held in hands.values())


def _key(service: Service) -> str:
    return in_line(service.line, service.licence)
