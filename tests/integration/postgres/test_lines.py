"""The fronts of many lines, asked in one question, are those that are asked one by one on SQLite."""

from __future__ import annotations

from pathlib import Path

from counter_app.domain.waiting.facts import TicketIssued
from counter_app.domain.waiting.fold import TICKETS
from counter_app.domain.waiting.ticket import Ticket
from counter_app.store.centre.centre_store import CoreCentreStore
from tests.support.centres import open_store, sender, serving
from tests.support.clock import HandClock


def _fronts(store: CoreCentreStore, clock: HandClock) -> list[tuple[Ticket, ...]]:
    """What several questions about five lines are answered: before a commit, and after it."""
    device = sender(serving(store, clock), "3", clock=clock)
    ids = []
    for n in range(40):
        ids.append(device.next_id)
        line = "ABCDE"[n * 7 % 5]
        device.act(TicketIssued(ticket=ids[-1], number=f"{line}{n:03d}", line=line, day="2026-11-23"))
        clock.advance(seconds=1)
    device.push()
    with store.reading() as reader:
        tickets = [ticket for ticket in (reader.get(TICKETS, id) for id in ids) if ticket is not None]
        pools = list(dict.fromkeys(ticket.pool for ticket in tickets if ticket.pool is not None))
        barred = [ticket.id for ticket in tickets if ticket.line == "A"][:5]
        found = [
            reader.heads(pools),
            reader.heads(pools[:2], barred),
            reader.first(pools, 3, barred),
            reader.first([*pools, "nobody"], 100),
            reader.first([], 3),
        ]
    with store.deciding() as tx:
        new = TicketIssued(ticket=f"{store.centre}.1.99", number="Z1", line="Z", day="2026-11-23")
        tx.record(new)
        late = tx.get(TICKETS, new.ticket)
        assert late is not None
        assert late.pool is not None
        found.append(tx.heads([late.pool, *pools]))
    assert [len(tickets) for tickets in found] == [5, 2, 15, 40, 0, 6]
    return found


def test_fronts_of_many_lines(store: CoreCentreStore, tmp_path: Path) -> None:
    other = open_store(tmp_path)
    assert _fronts(store, HandClock()) == _fronts(other, HandClock())
    other.close()
