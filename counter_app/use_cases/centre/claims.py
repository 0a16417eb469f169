"""Call next across machines: one ticket for one claim, decided under the hall's head row (design: claim).

The same device and key never get a second ticket. Not here: the hall's lock (`CentreStore.deciding`), and
`TicketCalled`, which the device writes.
"""

from __future__ import annotations

from collections.abc import Mapping

from counter_app.domain.centre.facts import TicketGranted
from counter_app.domain.centre.granting import CALLERS, MOST_GRANTS, Tick, stamp
from counter_app.domain.journal import Recorded
from counter_app.domain.waiting.choice import LINEUPS, Choice, candidates, choose, pools_for
from counter_app.domain.waiting.facts import TicketCalled
from counter_app.errors import UserFacingError
from counter_app.use_cases.centre.held import (
    GRANTS,
    LEASED_TICKETS,
    Grant,
    Held,
    grant_on,
    held_now,
    keep_grant,
    lapse,
    lapse_key,
    live_grants,
)
from counter_app.use_cases.centre.plans import Plans, hall_of, need_role
from counter_app.use_cases.ports.centre import Claim
from counter_app.use_cases.ports.centre_store import CentreReader, CentreTransaction, DeviceRow
from counter_app.use_cases.waiting.reference import HallNow

NOBODY = ("", "")


def claim(
    tx: CentreTransaction, reference: Plans, device: DeviceRow, claim: Claim, tick: Tick | None = None
) -> tuple[str, str]:
    """(grant, ticket) that this counter may call now; ("", "") when nobody waits for it.

    A key whose grant lapsed is answered ("", "") for good. `tick` is a reading of the centre's monotonic
    clock: with it a jump of the wall clock ends no grant early. UserFacingError `device.role`,
    `counter.unknown`, `hall.not-set-up`, `claim.too-many`.
    """
    need_role(device, CALLERS)
    hall = hall_of(reference, tx)
    hall.counter(claim.counter)
    held = held_now(tx, tick)
    key = f"claim:{device.device}:{claim.key}"
    known = tx.of_key(tx.centre, key)
    if known:
        return _answered(tx, known[0])
    _need_few(held, device.device, claim.counter)
    chosen = _choose(tx, hall, claim, held.barred_for(device.device, claim.counter), held)
    if chosen is None:
        return NOBODY
    ticket = chosen.ticket
    granted = tx.record(
        TicketGranted(
            ticket=ticket.id,
            line=ticket.line,
            counter=claim.counter,
            staff=claim.staff,
            queue=ticket.queue,
            rule=chosen.rule,
            for_device=device.device,
            for_key=claim.key,
        ),
        key=key,
        staff=claim.staff,
    )
    keep_grant(
        tx,
        Grant(
            grant=granted.id,
            ticket=ticket.id,
            line=ticket.line,
            queue=ticket.queue,
            device=device.device,
            counter=claim.counter,
            place=granted.hall_seq or tx.head().hall_seq,
            since=stamp(tx.now, tick),
        ),
    )
    return granted.id, ticket.id


def give_back(tx: CentreTransaction, device: str, grant: str, cause: str) -> None:
    """The device will not use its grant: the ticket keeps its place. Nothing happens to a grant that was
    used, is over already, or is another device's."""
    for live in live_grants(tx):
        if live.grant == grant and live.device == device:
            lapse(tx, live, cause)


def called(tx: CentreTransaction, recorded: Recorded) -> None:
    """A call arrived: grant and lease of its ticket are used up. Other events are passed over.

    A grant of another machine lapses: its device is told why its ticket is gone.
    """
    fact = recorded.fact
    if not isinstance(fact, TicketCalled):
        return
    live = grant_on(tx, fact.ticket)
    if live is not None:
        if live.device == recorded.device:
            tx.keep_note(GRANTS + fact.ticket, None)
        else:
            lapse(tx, live, "called-elsewhere")
    if tx.note(LEASED_TICKETS + fact.ticket) is not None:
        tx.keep_note(LEASED_TICKETS + fact.ticket, None)


def asks(recorded: Recorded) -> tuple[str, ...]:
    """The notes that `called` will want of this event."""
    fact = recorded.fact
    return (GRANTS + fact.ticket, LEASED_TICKETS + fact.ticket) if isinstance(fact, TicketCalled) else ()


def _answered(reader: CentreReader, granted: Recorded) -> tuple[str, str]:
    fact = granted.fact
    if not isinstance(fact, TicketGranted) or reader.of_key(reader.centre, lapse_key(granted.id)):
        return NOBODY
    return granted.id, fact.ticket


def _need_few(held: Held, device: str, counter: str) -> None:
    mine = [g for g in held.grants.values() if g.device == device and g.counter == counter]
    if len(mine) >= MOST_GRANTS:
        raise UserFacingError(
            "claim.too-many",
            "Counter {counter} was given {count} numbers and has called none of them.",
            kept="They go back to their places.",
            remedy="Call again in half a minute.",
            counter=counter,
            count=len(mine),
        )


def _choose(reader: CentreReader, hall: HallNow, claim: Claim, barred: set[str], held: Held) -> Choice | None:
    services = hall.services_of(hall.counter(claim.counter))
    pools = pools_for(hall.day, services, claim.counter, claim.staff)
    heads = reader.heads(pools, barred)
    runs = runs_of(reader, {head.line for head in heads}, held)
    return choose(candidates(heads, services, runs), hall.rules, hall.now)


def runs_of(reader: CentreReader, lines: set[str], held: Held) -> Mapping[str, int]:
    """Priority calls in a row of each line, as they will be once the grants on their way were called:
    otherwise several counters asking at once would all be given priority tickets (mission: Q3)."""
    runs = {}
    for line in lines:
        lineup = reader.get(LINEUPS, line)
        run = lineup.run if lineup else 0
        for grant in held.on_the_way(line):
            run = 0 if grant.queue == "ordinary" else run + 1
        runs[line] = run
    return runs
