"""One device's line to the centre in memory: the `Centre` port, with claims, leases and blocks of numbers.

What is granted, leased or reserved is worked out anew from the whole order at every question.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from counter_app.domain.centre.facts import GrantLapsed, NumbersLeased, TicketGranted, TicketsLeased
from counter_app.domain.hall.plan import HallPlan
from counter_app.domain.journal import Recorded
from counter_app.domain.waiting.choice import LINEUPS, candidates, choose, in_turn, pools_for
from counter_app.domain.waiting.facts import TicketCalled
from counter_app.domain.waiting.rules import rules_of
from counter_app.domain.waiting.ticket import Ticket
from counter_app.errors import UserFacingError
from counter_app.use_cases.ports.centre import (
    MOST_PULLED,
    Ack,
    Batch,
    Claim,
    DeviceStanding,
    Granted,
    Hello,
    Publication,
    Pulled,
    SnapshotPage,
    Welcome,
)
from counter_app.use_cases.waiting.services import services_of
from tests.simulation.naive_centre import NaiveCentre

LAPSES_AFTER: Final = timedelta(seconds=30)
LEASED_FOR: Final = timedelta(minutes=10)
MARGIN: Final = timedelta(minutes=1)
LEASED_TICKETS: Final = 3
BLOCK: Final = 20


class NaiveLine:
    """`Centre` for one device."""

    def __init__(self, centre: NaiveCentre, device: str, plan: HallPlan) -> None:
        self._centre = centre
        self._device = device
        self._plan = plan

    def hello(self, hello: Hello) -> Welcome:
        return self._centre.welcome(self._device, hello)

    def push(self, batch: Batch) -> Ack:
        return self._centre.take(self._device, batch)

    def pull(self, after: int, secrets: int = 0, limit: int = MOST_PULLED) -> Pulled:
        return self._centre.give(self._device, after, secrets, limit)

    def wait(self, after: int, seconds: float) -> int:
        """At once: nothing else happens here meanwhile."""
        self._centre.device(self._device)
        return len(self._centre.order)

    def chain(self, epoch: int, after: int, limit: int = 5000) -> tuple[tuple[int, str], ...]:
        own = self._centre.chain_of(self._device, epoch)
        return tuple((event.seq, event.hash) for event in own if event.seq > after)[:limit]

    def snapshot(self, page: int = 0) -> SnapshotPage:
        """Everything on one page."""
        whole = self._centre.give(self._device, 0, 0, len(self._centre.order))
        return SnapshotPage(whole.head, whole.root, whole.events, 0, self._centre.chains(), whole.secrets)

    def claim(self, claim: Claim) -> Granted:
        self._centre.device(self._device)
        grant = next(
            (
                event
                for event, fact in self._grants()
                if (fact.for_device, fact.for_key) == (self._device, claim.key)
            ),
            None,
        )
        if grant is None:
            grant = self._grant(claim)
        tail = self._centre.give(self._device, claim.pulled, claim.secrets, MOST_PULLED)
        if grant is None or not isinstance(grant.fact, TicketGranted):
            return Granted("", "", tail)
        return Granted(grant.id, grant.fact.ticket, tail)

    def _grant(self, claim: Claim) -> Recorded | None:
        now = self._centre.clock.now()
        rules = rules_of(self._plan.settings)
        counter = next((one for one in self._plan.counters if str(one.number) == claim.counter), None)
        if counter is None:
            raise UserFacingError("counter.unknown", "There is no counter {counter}.", counter=claim.counter)
        preferences = services_of(self._plan).of_counter[counter.number]
        pools = pools_for(now.date().isoformat(), tuple(preferences), claim.counter, claim.staff)
        heads = list(self._heads(pools, but=self._reserved(claim.counter)))
        runs = {head.line: self._run(head.line) for head in heads}
        chosen = choose(candidates(heads, preferences, runs), rules, now)
        if chosen is None:
            return None
        ticket = chosen.ticket
        self._centre.write(
            TicketGranted(
                ticket=ticket.id,
                line=ticket.line,
                counter=claim.counter,
                staff=claim.staff,
                queue=ticket.queue,
                rule=chosen.rule,
                for_device=self._device,
                for_key=claim.key,
            ),
            claim.key,
            claim.staff,
        )
        return self._centre.events[-1]

    def _heads(self, pools: tuple[str, ...], but: set[str]) -> Iterator[Ticket]:
        waiting = [ticket for ticket in self._centre.tickets() if ticket.pool and ticket.id not in but]
        for pool in pools:
            here = [ticket for ticket in waiting if ticket.pool == pool]
            if here:
                yield min(here, key=lambda ticket: (ticket.place, ticket.id))

    def _run(self, line: str) -> int:
        state = LINEUPS.replay(self._centre.history(f"lineup:{line}"))
        return state.run if state else 0

    def _grants(self) -> list[tuple[Recorded, TicketGranted]]:
        events = self._centre.events
        return [(event, event.fact) for event in events if isinstance(event.fact, TicketGranted)]

    def _open(self, grant: Recorded, fact: TicketGranted) -> bool:
        """Neither used by its device nor lapsed."""
        for event in self._centre.history(f"ticket:{fact.ticket}"):
            if isinstance(event.fact, GrantLapsed) and event.fact.grant == grant.id:
                return False
            later = (event.hall_seq or 0) > (grant.hall_seq or 0)
            if later and isinstance(event.fact, TicketCalled) and event.device == fact.for_device:
                return False
        return True

    def _leases(self) -> Iterator[TicketsLeased]:
        """The latest of each counter, as long as the counter may still be using it."""
        latest: dict[tuple[str, str], TicketsLeased] = {}
        for event in self._centre.events:
            if isinstance(event.fact, TicketsLeased):
                latest[event.fact.for_device, event.fact.counter] = event.fact
        now = self._centre.clock.now()
        return (one for one in latest.values() if datetime.fromisoformat(one.until) + MARGIN > now)

    def _reserved(self, counter: str = "") -> set[str]:
        """What may not be granted to this counter: granted already, or leased to another."""
        self.lapse()
        granted = {fact.ticket for event, fact in self._grants() if self._open(event, fact)}
        leased = {
            ticket
            for lease in self._leases()
            if (lease.for_device, lease.counter) != (self._device, counter)
            for ticket in lease.tickets
        }
        return granted | leased

    def lapse(self) -> None:
        """Grants nobody used in time end (the real centre's housekeeping does it)."""
        now = self._centre.clock.now()
        for event, fact in self._grants():
            if now - event.at > LAPSES_AFTER and self._open(event, fact):
                self._centre.write(GrantLapsed(ticket=fact.ticket, grant=event.id, cause="unused"))

    def give_back(self, grant: str) -> None:
        for event, fact in self._grants():
            if event.id == grant and fact.for_device == self._device and self._open(event, fact):
                self._centre.write(GrantLapsed(ticket=fact.ticket, grant=grant, cause="given-back"))

    def lease(self, counter: str, staff: str) -> int:
        now = self._centre.clock.now()
        preferences = services_of(self._plan).of_counter[int(counter)]
        pools = pools_for(now.date().isoformat(), tuple(preferences), counter, staff)
        but = self._reserved(counter)
        waiting = [one for one in self._centre.tickets() if one.pool in pools and one.id not in but]
        turn = in_turn(candidates(waiting, preferences, {}), rules_of(self._plan.settings), now)
        return self._centre.write(
            TicketsLeased(
                for_device=self._device,
                counter=counter,
                tickets=tuple(ticket.id for ticket in turn[:LEASED_TICKETS]),
                until=(now + LEASED_FOR).isoformat(timespec="milliseconds"),
            ),
            staff=staff,
        )

    def picture_wanted(self, digest: str) -> int:
        raise _no_pictures()

    def send_piece(self, digest: str, at: int, data: bytes) -> int:
        raise _no_pictures()

    def picture_piece(self, digest: str, at: int) -> bytes:
        raise _no_pictures()

    def numbers(self, letter: str, day: str) -> int:
        self._centre.device(self._device)
        taken = [
            event.fact.last
            for event in self._centre.events
            if isinstance(event.fact, NumbersLeased) and (event.fact.letter, event.fact.day) == (letter, day)
        ]
        first = max(taken, default=0) + 1
        return self._centre.write(
            NumbersLeased(
                for_device=self._device, letter=letter, day=day, first=first, last=first + BLOCK - 1
            )
        )

    def publish(self, publication: Publication) -> int:
        self._centre.device(self._device)
        return self._centre.publish(publication)

    def keep_secret(self, name: str, body: bytes) -> None:
        self._centre.device(self._device)
        self._centre.keep_secret(name, body)

    def close_day(self, key: str, day: str, staff: str) -> int:
        self._centre.device(self._device)
        return self._centre.close_day(key, day, staff)

    def devices(self) -> tuple[DeviceStanding, ...]:
        self._centre.device(self._device)
        return self._centre.standings()

    def close(self) -> None:
        """Nothing is held."""


def _no_pictures() -> UserFacingError:
    """Bytes go beside the order, which alone is simulated."""
    return UserFacingError("centre.picture-unknown", "The centre knows of no such picture.")
