"""Commands on tickets. Each is one durable act; the same key again gives the same result.

The actor's `place` is the counter number, `staff` the clerk's badge. Not here: rights
(`use_cases/access` and the front ends), counters' duty (`duty.py`), views (`queries.py`).
"""

from __future__ import annotations

from collections.abc import Callable

from counter_app.domain.journal import Actor
from counter_app.domain.streams import subject_id
from counter_app.domain.waiting import facts as f
from counter_app.domain.waiting.choice import Service
from counter_app.domain.waiting.fold import TICKETS
from counter_app.domain.waiting.forecast import WaitRange
from counter_app.domain.waiting.ticket import BY_STAFF, Ticket
from counter_app.errors import UserFacingError
from counter_app.use_cases.ports.store import Outcome, Reader, Store, Transaction
from counter_app.use_cases.sync.link import CentreLink
from counter_app.use_cases.waiting import calling
from counter_app.use_cases.waiting.claiming import Claiming
from counter_app.use_cases.waiting.guards import need, need_free_hands, need_here
from counter_app.use_cases.waiting.issue import issue, no_reason
from counter_app.use_cases.waiting.numbers import NextNumber, NumberBlocks, own_number
from counter_app.use_cases.waiting.reference import HallNow, Reference, hall_now
from counter_app.use_cases.waiting.requests import IssuedTicket, IssueTicket, TicketPaper, TransferTo

Work = Callable[[Transaction, HallNow], None]


class Waiting:
    """The waiting line as people work it. Safe to call from any thread."""

    def __init__(
        self,
        store: Store,
        reference: Reference,
        papers: TicketPaper | None = None,
        link: CentreLink | None = None,
    ) -> None:
        """Without `papers` tickets are issued with their number only (no printer at all); without `link`
        this machine is its own hall."""
        self._store = store
        self._reference = reference
        self._papers = papers
        self._link = link
        self._claiming = Claiming(store, reference, link) if link is not None else None
        self._blocks = NumberBlocks(link) if link is not None else None

    def issue_ticket(self, actor: Actor, key: str, request: IssueTicket) -> IssuedTicket:
        """Raises `ticket.already`, `ticket.burst`, `ticket.priority-by-staff`, `ticket.no-reason`,
        `ticket.slip-*`, `line.unknown`, `catalogue.*`."""

        def act(numbers: NextNumber) -> Outcome:
            return self._act(
                actor, key, lambda tx, hall: issue(tx, hall, actor, request, self._papers, numbers)
            )

        outcome = act(own_number) if self._blocks is None else self._blocks.issue(act)
        fact = outcome.first(f.TicketIssued)
        with self._store.reading() as reader:
            counters = hall_now(self._reference, reader).counters_for(Service(fact.line, fact.licence))
        low, high = fact.wait_low, fact.wait_high
        wait = WaitRange(low, high) if low is not None and high is not None else None
        return IssuedTicket(
            fact.ticket, fact.number, fact.line, fact.ahead, wait, counters, _paper_of(outcome)
        )

    def call_next(self, actor: Actor, key: str) -> Ticket | None:
        """Whose turn it is (mission: Q3); None when nobody waits for this counter.

        Raises `counter.in-hand`, `counter.paused`, `counter.unknown`; `call.cut-off` when the centre is away
        and nothing is leased.
        """
        if self._claiming is not None:
            return self._called(self._claiming.call_next(actor, key))
        outcome = self._act(actor, key, lambda tx, hall: calling.call_by_rule(tx, hall, actor))
        return self._called(outcome)

    def call_number(self, actor: Actor, key: str, number: str, reason: str = "") -> Ticket:
        """Call out of turn by number: a waiting, held or missed ticket of today; it is counted as such.

        Without the centre it may be called elsewhere as well; then both are told (mission: Q4).
        """
        offline = self._link is not None and not self._link.catch_up()

        def work(tx: Transaction, hall: HallNow) -> None:
            found = self._find(tx, hall, number)
            if found.state == "held" and found.counter != actor.place:
                need_here(tx, found.id, actor.place, "held")
            ticket = need(tx, found.id, "waiting", "held", "no_show")
            calling.call_out_of_turn(tx, hall, actor, ticket, reason, offline=offline)

        called = self._called(self._act(actor, key, work))
        if called is None:
            raise KeyError(key)
        return called

    def recall(self, actor: Actor, key: str, ticket: str) -> Ticket:
        """Say it once more; the count of calls grows."""

        def work(tx: Transaction, hall: HallNow) -> None:
            need_here(tx, ticket, actor.place, "called")
            tx.record(f.TicketRecalled(ticket=ticket, counter=actor.place))

        return self._on(actor, key, ticket, work)

    def start(self, actor: Actor, key: str, ticket: str) -> Ticket:
        def work(tx: Transaction, hall: HallNow) -> None:
            need_here(tx, ticket, actor.place, "called")
            tx.record(f.ServingStarted(ticket=ticket, counter=actor.place))

        return self._on(actor, key, ticket, work)

    def finish(self, actor: Actor, key: str, ticket: str) -> Ticket:
        """All its matters are done; also straight from called, where nobody pressed start."""

        def work(tx: Transaction, hall: HallNow) -> None:
            need_here(tx, ticket, actor.place, "called", "serving")
            calling.show_life(tx, actor.place)
            tx.record(f.TicketFinished(ticket=ticket, counter=actor.place, staff=actor.staff))

        return self._on(actor, key, ticket, work)

    def no_show(self, actor: Actor, key: str, ticket: str) -> Ticket:
        def work(tx: Transaction, hall: HallNow) -> None:
            need_here(tx, ticket, actor.place, "called")
            tx.record(f.TicketMissed(ticket=ticket, counter=actor.place))

        return self._on(actor, key, ticket, work)

    def hold(self, actor: Actor, key: str, ticket: str, reason: str) -> Ticket:
        """Set aside at this counter. Raises `ticket.hold-limit`, `ticket.no-reason`."""

        def work(tx: Transaction, hall: HallNow) -> None:
            found = need_here(tx, ticket, actor.place, "called", "serving")
            if not reason.strip():
                raise no_reason()
            if found.holds >= hall.rules.most_holds:
                raise UserFacingError(
                    "ticket.hold-limit",
                    "Ticket {number} was already on hold {count} times.",
                    remedy="Serve it now, or finish it and give a new ticket later.",
                    number=found.number,
                    count=found.holds,
                )
            tx.record(f.TicketHeld(ticket=ticket, counter=actor.place, reason=reason))

        return self._on(actor, key, ticket, work)

    def resume(self, actor: Actor, key: str, ticket: str) -> Ticket:
        """The citizen is back: served at once, without a call."""

        def work(tx: Transaction, hall: HallNow) -> None:
            need_here(tx, ticket, actor.place, "held")
            need_free_hands(tx, actor.place)
            tx.record(f.TicketResumed(ticket=ticket, counter=actor.place, staff=actor.staff))

        return self._on(actor, key, ticket, work)

    def take_back(self, actor: Actor, key: str, ticket: str) -> Ticket:
        """叫错: the ticket has its old place again, and the line's turns are as before."""

        def work(tx: Transaction, hall: HallNow) -> None:
            found = need_here(tx, ticket, actor.place, "called")
            tx.record(f.CallTakenBack(ticket=ticket, line=found.line, counter=actor.place))

        return self._on(actor, key, ticket, work)

    def return_after_no_show(self, actor: Actor, key: str, ticket: str) -> Ticket:
        """Back in the line behind the first few (a hall rule); only on the day of the ticket."""

        def work(tx: Transaction, hall: HallNow) -> None:
            found = need(tx, ticket, "no_show")
            if found.day != hall.day:
                raise UserFacingError(
                    "ticket.other-day",
                    "Ticket {number} is of {day}.",
                    remedy="Take a new ticket.",
                    number=found.number,
                    day=found.day,
                )
            place = calling.place_after_miss(tx, hall, found)
            tx.record(f.TicketReturned(ticket=ticket, cause="after-no-show", place=place))

        return self._on(actor, key, ticket, work)

    def transfer(self, actor: Actor, key: str, ticket: str, to: TransferTo, reason: str) -> Ticket:
        """Send on to a counter, line or clerk; the place is kept. Raises `staff.not-here`, `*.unknown`."""

        def work(tx: Transaction, hall: HallNow) -> None:
            found = need(tx, ticket, "waiting", "called", "serving", "held")
            if found.state != "waiting":
                need_here(tx, ticket, actor.place, found.state)
            tx.record(_transfer_fact(tx, hall, found, to, reason, actor.place))

        return self._on(actor, key, ticket, work)

    def add_matter(self, actor: Actor, key: str, ticket: str, item: str) -> Ticket:
        def work(tx: Transaction, hall: HallNow) -> None:
            need(tx, ticket, "waiting", "called", "serving", "held")
            tx.record(f.MatterAdded(ticket=ticket, item=hall.item(item).code))

        return self._on(actor, key, ticket, work)

    def next_matter(self, actor: Actor, key: str, ticket: str) -> Ticket:
        """The matter in hand is done; the next begins. Raises `ticket.last-matter`."""

        def work(tx: Transaction, hall: HallNow) -> None:
            found = need_here(tx, ticket, actor.place, "serving")
            undone = [matter.item for matter in found.matters if matter.done_at is None]
            if len(undone) < 2:
                raise UserFacingError(
                    "ticket.last-matter",
                    "Ticket {number} has no further matter.",
                    remedy="Finish it, or add a matter.",
                    number=found.number,
                )
            tx.record(f.MatterFinished(ticket=ticket, item=undone[0]))

        return self._on(actor, key, ticket, work)

    def give_priority(self, actor: Actor, key: str, ticket: str, kind: str, reason: str) -> Ticket:
        """Staff lets somebody go first (or `none`: no longer), with a reason that is kept privately."""

        def work(tx: Transaction, hall: HallNow) -> None:
            need(tx, ticket, "waiting")
            if kind not in (BY_STAFF | {"none"}) - {"carried_over"}:
                raise UserFacingError(
                    "ticket.priority-unknown", "“{kind}” is no ground for going first.", kind=kind
                )
            if not reason.strip():
                raise no_reason()
            tx.record(f.TicketPrioritised(ticket=ticket, kind=kind), private={"reason": reason.encode()})

        return self._on(actor, key, ticket, work)

    def void(self, actor: Actor, key: str, ticket: str, reason: str) -> Ticket:
        """A ticket that should not be: taken twice, taken in play."""

        def work(tx: Transaction, hall: HallNow) -> None:
            if not reason.strip():
                raise no_reason()
            need(tx, ticket, "waiting", "called", "held", "no_show")
            tx.record(f.TicketVoided(ticket=ticket, reason=reason))

        return self._on(actor, key, ticket, work)

    def give_up(self, actor: Actor, key: str, ticket: str, reason: str = "") -> Ticket:
        """The citizen leaves without being served."""

        def work(tx: Transaction, hall: HallNow) -> None:
            need(tx, ticket, "waiting", "called", "serving", "held", "no_show")
            tx.record(f.TicketGaveUp(ticket=ticket, reason=reason))

        return self._on(actor, key, ticket, work)

    def find(self, number: str, day: str | None = None) -> Ticket:
        """A ticket of today (or `day`, ISO) by its number. UserFacingError `ticket.unknown`."""
        with self._store.reading() as reader:
            hall = hall_now(self._reference, reader)
            return self._find(reader, hall, number, day)

    def _find(self, rows: Reader, hall: HallNow, number: str, day: str | None = None) -> Ticket:
        found = rows.waiting.by_number(day or hall.day, number.strip().upper())
        if found is None:
            raise UserFacingError(
                "ticket.unknown",
                "There is no ticket {number} today.",
                remedy="Check the number.",
                number=number,
            )
        return found

    def _act(self, actor: Actor, key: str, work: Work) -> Outcome:
        return self._store.act(actor, key, lambda tx: work(tx, hall_now(self._reference, tx)))

    def _on(self, actor: Actor, key: str, ticket: str, work: Work) -> Ticket:
        self._act(actor, key, work)
        with self._store.reading() as reader:
            return reader.need(TICKETS, ticket)

    def _called(self, outcome: Outcome) -> Ticket | None:
        called = [event.fact for event in outcome.events if isinstance(event.fact, f.TicketCalled)]
        if not called:
            return None
        with self._store.reading() as reader:
            return reader.need(TICKETS, called[0].ticket)


def _transfer_fact(
    tx: Transaction, hall: HallNow, ticket: Ticket, to: TransferTo, reason: str, counter: str
) -> f.TicketTransferred:
    licence = ""
    if to.kind == "counter":
        hall.counter(to.id)
    elif to.kind == "staff":
        if tx.waiting.access.shift_of(to.id) is None:
            raise UserFacingError(
                "staff.not-here",
                "{staff} is not at any counter now.",
                kept="The ticket stays where it is.",
                remedy="Transfer it to a counter or to the line.",
                staff=to.id,
            )
    else:
        line = hall.line(to.id)
        licence = ticket.licence if ticket.licence in line.licences else ""
    return f.TicketTransferred(
        ticket=ticket.id, to=to.kind, id=to.id, licence=licence, reason=reason, counter=counter
    )


def _paper_of(outcome: Outcome) -> str | None:
    subjects = [subject for event in outcome.events for subject in event.subjects]
    return next((subject_id(subject) for subject in subjects if subject.startswith("paper:")), None)
