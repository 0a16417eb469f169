"""催办 and 督办: an order to answer by a date, and its reply (mission: T4, S1). Each command is one act.

A supervisor orders in his own name; at a counter a clerk does so for the citizen who asks, and the citizen
gets a slip that says who answers until when (mission: S6).
"""

from __future__ import annotations

from datetime import date

from counter_app.domain.casework.fold import HANDLINGS
from counter_app.domain.intake.time_papers import urge_slip
from counter_app.domain.journal import Actor
from counter_app.domain.paper.facts import PaperKind
from counter_app.domain.time.clock import CLOCKS, Clock
from counter_app.domain.time.facts import CaseUrged, UrgeAnswered
from counter_app.domain.time.stopping import need_reason, need_running
from counter_app.errors import UserFacingError
from counter_app.use_cases.intake.inputs import checked_text
from counter_app.use_cases.intake.look import CaseReference, Look, look
from counter_app.use_cases.papers.issuing import About, StatementMaker, issue, paper_number
from counter_app.use_cases.ports.store import Store, Transaction
from counter_app.use_cases.time.rows import reply_day
from counter_app.use_cases.time.who import need_reply, person


class Urging:
    """Commands. `key` is the command's: the same key again gives the same order."""

    def __init__(self, store: Store, reference: CaseReference, statements: StatementMaker) -> None:
        self._store = store
        self._reference = reference
        self._statements = statements

    def urge(
        self,
        actor: Actor,
        key: str,
        case: str,
        text: str,
        *,
        reply_by: date | None = None,
        department: str = "",
        step: str = "",
    ) -> str:
        """Order a reply, of the lead or of `department`, about `step` by its name; gives the order's id.

        `reply_by` is two working days on unless the hall sets another. UserFacingError `access.no-right`,
        `time.reason`, `urge.day`, `urge.department`, `clock.unknown`.
        """
        checked_text(text)
        need_reason(text)

        def work(tx: Transaction) -> None:
            seen, clock = look(tx, self._reference, case), tx.need(CLOCKS, case)
            need_running(clock)
            who = person(tx, seen.plan, actor, "work.urge", "case.decide")
            until = reply_by or reply_day(seen.plan, seen.calendar, tx.now)
            _need_part(tx, seen, clock, department)
            if until < seen.today:
                raise UserFacingError(
                    "urge.day",
                    "The reply cannot be due on {day}: that is past.",
                    kept="Nothing was ordered.",
                    remedy="Name a later day.",
                    day=until,
                )
            leader = who is not None and who.has("work.urge")
            tx.record(
                CaseUrged(
                    case=case,
                    department=department or clock.department,
                    by_leader=leader,
                    reply_by=until.isoformat(),
                    step=step,
                ),
                private={"text": text.encode()},
            )
            if not leader:
                number = paper_number(tx, PaperKind.URGE_SLIP, seen.plan.short_name)
                planned = urge_slip(seen.scene(actor.staff, actor.place), text, until)
                about = About(actor.place, seen.plan.short_name, case=case, item=seen.case.draft.item)
                issue(tx, [(planned, number)], about, self._statements)

        events = self._store.act(actor, key, work).events
        return next(event.id for event in events if isinstance(event.fact, CaseUrged))

    def answer(self, actor: Actor, key: str, case: str, urge: str, text: str) -> None:
        """The reply. UserFacingError `urge.unknown`, `urge.not-yours`, `time.reason`, `access.no-right`."""
        checked_text(text)
        need_reason(text)

        def work(tx: Transaction) -> None:
            clock = tx.need(CLOCKS, case)
            known = next((entry for entry in clock.urges if entry.id == urge), None)
            if known is None or known.answered_at is not None:
                raise UserFacingError(
                    "urge.unknown",
                    "No urging order waits for a reply under this number.",
                    kept="Nothing was changed.",
                    remedy="Look at the list of orders.",
                )
            plan, body = self._reference.plan(tx), self._reference.catalogue(tx).body(known.department)
            need_reply(tx, plan, known, body.name if body else known.department, actor)
            tx.record(UrgeAnswered(case=case, urge=urge), private={"text": text.encode()})

        self._store.act(actor, key, work)


def _need_part(tx: Transaction, seen: Look, clock: Clock, department: str) -> None:
    """An order goes to who has a part in the case. UserFacingError `urge.department`."""
    handling = tx.get(HANDLINGS, clock.case)
    part = handling.departments() if handling is not None else frozenset[str]()
    if department and department not in part | {clock.department}:
        body = seen.catalogue.body(department)
        raise UserFacingError(
            "urge.department",
            "{department} has no part in this case.",
            kept="Nothing was ordered.",
            remedy="Name the lead, or a department that has a step or an assist in it.",
            department=body.name if body else department,
        )
