"""Commands on a case's time (mission: T2, C8): what stops its clock, lets it go on, adds to it.

What needs approval is asked for by one person and approved by another; the law's excluded time and the
correction of papers need none. Each change of the date gives the citizen a notice. Each command is one act.
Not here: urging (`urging.py`), what time alone brings about (`by_clock.py`).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Final

from counter_app.domain.access.shift import is_desk
from counter_app.domain.intake.time_papers import Change, time_notice
from counter_app.domain.journal import Actor
from counter_app.domain.paper.facts import PaperKind
from counter_app.domain.paper.facts_time import TimePart
from counter_app.domain.time import stopping as rules
from counter_app.domain.time.by_clock import lapsed_stop
from counter_app.domain.time.clock import CLOCKS, Ask, Clock, More, Standing
from counter_app.domain.time.dates import Dates, dates
from counter_app.domain.time.facts import (
    ClockResumed,
    ClockStopped,
    StopProlonged,
    TimeAdded,
    TimeAsked,
    TimeRefused,
)
from counter_app.errors import UserFacingError
from counter_app.use_cases.intake.inputs import checked_text
from counter_app.use_cases.intake.look import CaseReference, Look, look
from counter_app.use_cases.papers.issuing import About, StatementMaker, issue, paper_number
from counter_app.use_cases.ports.store import Store, Transaction
from counter_app.use_cases.time.requests import (
    Request,
    check,
    limit_of,
    moments,
    more_of,
    original,
    suspended,
)
from counter_app.use_cases.time.who import need_answer, need_move, need_resume

MOST_SUSPENDED: Final = "time.suspensions"
MOST_SUSPENDED_DEFAULT: Final = 5


class CaseTime:
    """Commands on one case's clock. `key` is the command's: the same key again changes nothing."""

    def __init__(self, store: Store, reference: CaseReference, statements: StatementMaker) -> None:
        self._store = store
        self._reference = reference
        self._statements = statements

    def ask(self, actor: Actor, key: str, case: str, request: Request) -> str:
        """Ask for a suspension, an extension or more time; gives the request's id.

        UserFacingError of `domain/time/stopping.py` and `who.py`, `clock.unknown`.
        """
        checked_text(request.reason)
        checked_text(request.does)

        def work(tx: Transaction) -> None:
            seen, clock = self._begin(tx, case)
            need_move(tx, seen, clock, actor)
            limit = more_of(clock, request)
            check(clock, request, limit, seen.today)
            private = {"reason": request.reason.encode(), "does": request.does.encode()}
            tx.record(
                TimeAsked(
                    case=case,
                    kind=request.kind,
                    amount=limit.amount,
                    unit=limit.unit if limit.amount else "",
                    expected=request.expected.isoformat() if request.expected else None,
                    basis=rules.ARTICLE_42 if request.kind == "extension" else "",
                    order=request.order,
                ),
                private={slot: text for slot, text in private.items() if text} or None,
            )

        outcome = self._store.act(actor, key, work)
        outcome.first(TimeAsked)
        return next(event.id for event in outcome.events if isinstance(event.fact, TimeAsked))

    def approve(self, actor: Actor, key: str, case: str, ask: str) -> None:
        """Approve what another asked for; the clock moves and the citizen's notice is issued.

        UserFacingError `time.no-ask`, `time.own`, `time.suspensions`, `time.stands-already`,
        `time.not-approver`, `access.no-right`.
        """

        def work(tx: Transaction) -> None:
            seen, clock = self._begin(tx, case)
            asked = rules.open_ask(clock, ask)
            member = need_answer(tx, seen, clock, asked, actor)
            if asked.kind == "suspension":
                self._suspend(tx, actor, seen, clock, asked, member.name)
            elif asked.kind == "prolonged":
                self._prolong(tx, actor, seen, clock, asked, member.name)
            else:
                self._add(tx, actor, seen, clock, asked, member.name)

        self._store.act(actor, key, work)

    def refuse(self, actor: Actor, key: str, case: str, ask: str, reason: str) -> None:
        """Say no, with a reason. UserFacingError as `approve`, and `time.reason`."""
        checked_text(reason)

        def work(tx: Transaction) -> None:
            seen, clock = self._begin(tx, case)
            asked = rules.open_ask(clock, ask)
            need_answer(tx, seen, clock, asked, actor)
            rules.need_reason(reason)
            tx.record(TimeRefused(case=case, ask=ask), private={"reason": reason.encode()})

        self._store.act(actor, key, work)

    def exclude(
        self,
        actor: Actor,
        key: str,
        case: str,
        ground: str,
        *,
        article: str = "",
        reason: str = "",
        expected: date | None = None,
        days: tuple[date, date] | None = None,
    ) -> None:
        """Time the law leaves out begins now and is expected to take until `expected`, or took the `days`
        given (first and last) (mission: T2).

        UserFacingError `time.ground`, `time.article`, `time.site-visit`, `time.days`, `time.needed`.
        """
        named, basis = rules.t2_ground(ground, article)

        def work(tx: Transaction) -> None:
            seen, clock = self._begin(tx, case)
            need_move(tx, seen, clock, actor)
            since, until = moments(clock, days, seen.now)
            if until is None:
                rules.t2_may_stop(clock)
                rules.t2_needed(expected, seen.today)
            stop = Standing("", "excluded", since, until, expected, named, basis, reason=reason)
            over = until.date() if until else None
            change = Change(part="excluded", since=since.date(), until=over, ground=rules.GROUNDS[named])
            self._stop(tx, actor, seen, clock, stop, change)

        self._store.act(actor, key, work)

    def correct(self, actor: Actor, key: str, case: str, reason: str, expected: date | None = None) -> None:
        """Papers of an accepted case are to be corrected; until they are here the clock stands."""
        checked_text(reason)
        rules.need_reason(reason)

        def work(tx: Transaction) -> None:
            seen, clock = self._begin(tx, case)
            need_move(tx, seen, clock, actor)
            rules.t2_may_stop(clock)
            until = expected or seen.supply_by
            stop = Standing("", "correction", seen.now, None, until, reason=reason)
            self._stop(tx, actor, seen, clock, stop, Change(part="correction", since=seen.today))

        self._store.act(actor, key, work)

    def resume(self, actor: Actor, key: str, case: str) -> None:
        """The stop ends today; from tomorrow days count again. UserFacingError `time.runs`."""

        def work(tx: Transaction) -> None:
            seen, clock = self._begin(tx, case)
            need_resume(tx, seen, clock, actor)
            stop = clock.standing
            if stop is None:
                raise UserFacingError(
                    "time.runs",
                    "The clock of this case runs.",
                    kept="Nothing was changed.",
                    remedy="Only a clock that stands can go on.",
                )
            ends = stop.ended_as_of(seen.now) or seen.now
            then = replace(
                clock,
                stops=tuple(replace(one, end=ends) if one.id == stop.id else one for one in clock.stops),
            )
            moved = dates(then, seen.calendar, seen.now)
            number = self._number(tx, seen)
            tx.record(ClockResumed(case=case, stop=stop.id, at=_iso(ends), notice=number, **moved.as_fact()))
            change = Change(part="resumed", since=seen.today, reason=stop.reason, basis=_quoted(stop.basis))
            self._tell(tx, actor, seen, change, number, clock, moved)

        self._store.act(actor, key, work)

    def _begin(self, tx: Transaction, case: str) -> tuple[Look, Clock]:
        clock = tx.need(CLOCKS, case)
        rules.need_running(clock)
        lapsed = lapsed_stop(clock, self._reference.calendar(tx), tx.now)
        if lapsed is not None:  # nobody has written it down yet, and what follows rests on it
            tx.record(lapsed[1])
            clock = tx.need(CLOCKS, case)
        return look(tx, self._reference, case), clock

    def _suspend(
        self, tx: Transaction, actor: Actor, seen: Look, clock: Clock, asked: Ask, approver: str
    ) -> None:
        rules.t2_may_stop(clock)
        rules.c8_expected(seen.today, asked.expected)
        most = seen.plan.settings.get(MOST_SUSPENDED, MOST_SUSPENDED_DEFAULT)
        rules.c8_room(seen.department, tx.clocks.suspended_count(clock.department), most)
        stop = Standing("", "suspension", seen.now, None, asked.expected, reason=asked.reason)
        change = Change(part="suspension", since=seen.today, approver=approver)
        self._stop(tx, actor, seen, clock, stop, change, ask=asked.id)

    def _stop(
        self,
        tx: Transaction,
        actor: Actor,
        seen: Look,
        clock: Clock,
        stop: Standing,
        change: Change,
        ask: str = "",
    ) -> None:
        moved = dates(replace(clock, stops=(*clock.stops, stop)), seen.calendar, seen.now)
        number = self._number(tx, seen)
        fact = ClockStopped(
            case=clock.case,
            kind=stop.kind,
            since=_iso(stop.start),
            ground=stop.ground,
            basis=stop.basis,
            expected=stop.expected.isoformat() if stop.expected else None,
            until=_iso(stop.end) if stop.end else None,
            notice=number,
            ask=ask,
            **moved.as_fact(),
        )
        private = {"reason": stop.reason.encode()} if stop.reason and not ask else None
        tx.record(fact, private=private)
        told = replace(change, reason=stop.reason, basis=_quoted(stop.basis), expected=stop.expected)
        self._tell(tx, actor, seen, told, number, clock, moved)

    def _prolong(
        self, tx: Transaction, actor: Actor, seen: Look, clock: Clock, asked: Ask, approver: str
    ) -> None:
        stop, number = suspended(clock), self._number(tx, seen)
        assert asked.expected is not None
        tx.record(
            StopProlonged(
                case=clock.case,
                stop=stop.id,
                ask=asked.id,
                expected=asked.expected.isoformat(),
                notice=number,
            )
        )
        change = Change(
            part="prolonged",
            since=stop.start.date(),
            expected=asked.expected,
            reason=asked.reason,
            approver=approver,
        )
        self._tell(tx, actor, seen, change, number, clock, dates(clock, seen.calendar, seen.now))

    def _add(
        self, tx: Transaction, actor: Actor, seen: Look, clock: Clock, asked: Ask, approver: str
    ) -> None:
        limit = limit_of(clock, asked.amount, asked.unit)
        kind = asked.kind
        assert kind in ("extension", "rework", "supervisor")
        if kind == "extension":
            rules.t2_extension(clock, limit, seen.today)
        elif kind == "rework":
            rules.c8_rework(clock, original(clock), limit, asked.order)
        basis = asked.basis or (f"决定书{asked.order}" if asked.order else "")
        then = replace(clock, added=(*clock.added, More(kind, limit, seen.now, basis)))
        moved = dates(then, seen.calendar, seen.now)
        number = self._number(tx, seen)
        tx.record(
            TimeAdded(
                case=clock.case,
                kind=kind,
                amount=limit.amount,
                unit=limit.unit,
                basis=basis,
                ask=asked.id,
                order=asked.order,
                notice=number,
                **moved.as_fact(),
            )
        )
        part: TimePart = "extension" if kind == "extension" else "added"
        change = Change(
            part=part,
            since=seen.today,
            reason=asked.reason,
            basis=_quoted(basis),
            approver=approver,
            added=limit,
        )
        self._tell(tx, actor, seen, change, number, clock, moved)

    def _number(self, tx: Transaction, seen: Look) -> str:
        return paper_number(tx, PaperKind.TIME_NOTICE, seen.plan.short_name)

    def _tell(
        self,
        tx: Transaction,
        actor: Actor,
        seen: Look,
        change: Change,
        number: str,
        clock: Clock,
        moved: Dates,
    ) -> None:
        """The citizen's notice of the change, on the roll and as a sheet, with the days that lead to the new
        date (mission: T3)."""
        told = replace(
            change,
            was=clock.promised_due,
            now=moved.promised,
            provisional=moved.provisional,
            days=tx.need(CLOCKS, clock.case).counted("promised", seen.calendar, seen.now),
        )
        planned = time_notice(seen.scene(actor.staff, actor.place), told)
        about = About(
            place=actor.place,
            short_name=seen.plan.short_name,
            case=clock.case,
            item=seen.case.draft.item,
            query=seen.case.query,
        )
        if is_desk(actor.place):  # which has no receipt printer
            planned = replace(planned, roll=False)
        issue(tx, [(planned, number)], about, self._statements)


def _iso(at: datetime) -> str:
    return at.isoformat(timespec="milliseconds")


def _quoted(basis: str) -> tuple[str, ...]:
    return (basis,) if basis else ()
