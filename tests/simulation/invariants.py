"""What must hold when all lines are healed and everybody has said everything (mission: X1, X2, Q4).

Each check reads the hall's order as the centre gives it, from its first event, and knows nothing of how the
program came to it. `problems` gives sentences; none means the hall agrees.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from counter_app.domain.centre.facts import ConflictFound, GrantLapsed, TicketGranted
from counter_app.domain.centre.order import NO_ROOT, next_root
from counter_app.domain.intake.facts import CaseNumbered
from counter_app.domain.journal import GENESIS, Recorded, part_digest, read
from counter_app.domain.paper.issued import PaperIssued
from counter_app.domain.paper.jobs import PrintQueued
from counter_app.domain.waiting.facts import ServingStarted, TicketCalled, TicketFinished, TicketIssued
from counter_app.domain.waiting.fold import TICKETS
from counter_app.domain.waiting.ticket import Ticket
from counter_app.use_cases.ports.centre import OrderedEvent
from tests.simulation.hosts import CENTRE
from tests.simulation.people import Told

SERVICE: Final = (TicketCalled, ServingStarted, TicketFinished)


@dataclass(frozen=True)
class Hall:
    """The hall's order, read back. `lost` are keys whose only disk was replaced by an older copy before the
    centre had them: they may be missing, never doubled."""

    order: Sequence[OrderedEvent]
    root: str
    told: Sequence[Told]
    lost: frozenset[str]
    centre: str = CENTRE

    @property
    def events(self) -> list[Recorded]:
        return [
            read(one.data, {part.slot: part.data for part in one.parts if part.data}, one.hall_seq)
            for one in self.order
        ]


def problems(hall: Hall) -> list[str]:
    """Everything that is wrong with the order itself."""
    events = hall.events
    histories = _histories(events)
    conflicts = [event for event in events if isinstance(event.fact, ConflictFound)]
    return [
        *_places(hall, events),
        *_chains(events),
        *_parts(hall.order, events),
        *_told(hall, events),
        *_tickets(histories, conflicts),
        *_grants(events),
        *_papers(events),
        *_numbers(events, conflicts),
    ]


def _histories(events: Iterable[Recorded]) -> Mapping[str, list[Recorded]]:
    found: dict[str, list[Recorded]] = defaultdict(list)
    for event in events:
        for subject in event.subjects:
            found[subject].append(event)
    return found


def _places(hall: Hall, events: list[Recorded]) -> Iterator[str]:
    root = NO_ROOT
    for at, event in enumerate(events, 1):
        if event.hall_seq != at:
            yield f"place {at} holds {event.hall_seq}: the order has gaps"
            return
        root = next_root(root, event.hash)
    if root != hall.root:
        yield f"the root at {len(events)} is not what the order comes to"


def _chains(events: list[Recorded]) -> Iterator[str]:
    heads: dict[tuple[str, int], tuple[int, str]] = {}
    for event in events:
        seq, hashed = heads.get((event.device, event.epoch), (0, GENESIS))
        if (event.seq, event.prev) != (seq + 1, hashed):
            yield f"{event.id} does not continue its chain after {seq}"
        if event.epoch > 1 and event.seq == 1 and event.type != "EpochOpened":
            yield f"{event.id} begins an epoch with {event.type}"
        heads[event.device, event.epoch] = (event.seq, event.hash)


def _parts(order: Sequence[OrderedEvent], events: list[Recorded]) -> Iterator[str]:
    for one, event in zip(order, events, strict=True):
        slots = {part.slot for part in one.parts}
        if slots != set(event.parts):
            yield f"{event.id} has the parts {sorted(slots)} instead of {sorted(event.parts)}"
        for part in one.parts:
            if part.data is None or part.salt is None:
                yield f"{event.id}: the centre lost its part {part.slot}"
            elif part_digest(part.salt, part.data) != event.parts.get(part.slot):
                yield f"{event.id}: its part {part.slot} was altered"


def _told(hall: Hall, events: list[Recorded]) -> Iterator[str]:
    """One act, one key: written by one device in one epoch, its events numbered 0, 1, 2 …"""
    acts: dict[str, list[Recorded]] = defaultdict(list)
    for event in events:
        if event.key:
            acts[event.key].append(event)
    for told in hall.told:
        if told.key not in acts and told.key not in hall.lost:
            yield f"{told.machine} was told “{told.done}” [{told.key}], and the hall does not know it"
    for key, written in acts.items():
        writers = Counter((event.device, event.epoch) for event in written if event.device != hall.centre)
        if len(writers) > 1:
            yield f"[{key}] stands twice: {[event.id for event in written]}"
        for writer in writers:
            ns = [event.n for event in written if (event.device, event.epoch) == writer]
            if ns != list(range(len(ns))):
                yield f"[{key}] is not whole: {ns} of {writer}"


def _tickets(histories: Mapping[str, list[Recorded]], conflicts: list[Recorded]) -> Iterator[str]:
    """An act of service that came too late is a conflict that somebody hears of, once."""
    named = Counter(fact.event for fact in _facts(conflicts))
    for subject, history in histories.items():
        if not subject.startswith("ticket:"):
            continue
        ticket = TICKETS.replay(history)
        if ticket is None:
            yield f"{subject} has events and never began"
            continue
        types = {event.id: event for event in history}
        for id in ticket.overtaken:
            if isinstance(types[id].fact, SERVICE) and not named[id]:
                yield f"{subject}: {types[id].type} {id} was overtaken, and no conflict says so"
        yield from _served_once(subject, ticket, history, named)
    yield from (f"{count} conflicts about the same event {id}" for id, count in named.items() if count > 1)


def _served_once(
    subject: str, ticket: Ticket, history: list[Recorded], named: Mapping[str, int]
) -> Iterator[str]:
    """Whoever finished a ticket beside the one whose finish stands must be in a conflict."""
    finished = [event for event in history if isinstance(event.fact, TicketFinished)]
    standing = [event for event in finished if event.id not in ticket.overtaken]
    if len(standing) > 1:
        yield f"{subject} was finished {len(standing)} times, all of them stand"
    for event in finished:
        if event.id in ticket.overtaken and not named[event.id]:
            yield f"{subject} was served twice ({event.id}) without its conflict"


def _facts(conflicts: list[Recorded]) -> list[ConflictFound]:
    return [event.fact for event in conflicts if isinstance(event.fact, ConflictFound)]


def _grants(events: list[Recorded]) -> Iterator[str]:
    """While a grant is open, its ticket is nobody else's; and only what waits is granted."""
    open_grants: dict[str, Recorded] = {}
    states: dict[str, Ticket | None] = {}
    for event in events:
        fact = event.fact
        if isinstance(fact, TicketGranted):
            other = open_grants.get(fact.ticket)
            if other is not None:
                yield f"ticket {fact.ticket} is granted by {event.id} while {other.id} is open"
            before = states.get(fact.ticket)
            if before is None or before.state != "waiting":
                yield f"{event.id} grants {fact.ticket}, which is {before.state if before else 'unknown'}"
            open_grants[fact.ticket] = event
        elif isinstance(fact, GrantLapsed):
            lapsed = open_grants.get(fact.ticket)
            if lapsed is not None and lapsed.id == fact.grant:
                del open_grants[fact.ticket]
        elif isinstance(fact, TicketCalled):
            open_grants.pop(fact.ticket, None)
        for subject in event.subjects:
            kind, _, id = subject.partition(":")
            if kind == "ticket":
                states[id] = TICKETS.fold(states.get(id), event)


def _papers(events: list[Recorded]) -> Iterator[str]:
    """No paper without its act, no ticket without its paper, no job without its paper."""
    acts = {(event.device, event.epoch, event.key) for event in events if _begets_paper(event)}
    tickets = {event.fact.ticket for event in events if isinstance(event.fact, TicketIssued)}
    papers: dict[str, Recorded] = {}
    on_paper: Counter[str] = Counter()
    for event in events:
        if isinstance(event.fact, PaperIssued):
            papers[event.fact.paper] = event
            if (event.device, event.epoch, event.key) not in acts:
                yield f"paper {event.fact.number} ({event.id}) has no act"
            if event.fact.ticket and not event.fact.case:
                on_paper[event.fact.ticket] += 1
        elif isinstance(event.fact, PrintQueued) and event.fact.paper not in papers:
            yield f"job {event.id} prints {event.fact.paper}, which does not exist"
    for id in tickets:
        if on_paper[id] != 1:
            yield f"ticket {id} has {on_paper[id]} papers"


def _begets_paper(event: Recorded) -> bool:
    return event.type.startswith("Case") or isinstance(event.fact, TicketIssued)


def _numbers(events: list[Recorded], conflicts: list[Recorded]) -> Iterator[str]:
    """A number stands on one ticket, case or paper; or a conflict says that it stands on two."""
    named = {fact.event for fact in _facts(conflicts)} | {fact.against for fact in _facts(conflicts)}
    bearers: dict[str, list[Recorded]] = defaultdict(list)
    for event in events:
        fact = event.fact
        if isinstance(fact, TicketIssued):
            bearers[f"ticket {fact.day} {fact.number}"].append(event)
        elif isinstance(fact, CaseNumbered):
            bearers[f"case {fact.number}"].append(event)
        elif isinstance(fact, PaperIssued) and fact.case:
            bearers[f"paper {fact.number}"].append(event)
    for number, found in bearers.items():
        for event in found[1:]:
            if event.id not in named:
                yield f"{number} stands twice, and no conflict says so: {[one.id for one in found]}"
