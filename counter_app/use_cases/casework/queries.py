"""The questions of desk and counter about work behind the counter; each is one short read."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from counter_app.domain.casework.fold import HANDLINGS
from counter_app.domain.casework.opinion import OpinionInput, c9_lacks
from counter_app.domain.casework.plan import Bar, c11_ends, c11_owed
from counter_app.domain.casework.rights import c12_may_have, i10_sight
from counter_app.domain.casework.state import LEVELS
from counter_app.domain.hall.plan import StaffMember
from counter_app.domain.intake.fold import CASES
from counter_app.domain.journal import Actor
from counter_app.errors import UserFacingError
from counter_app.use_cases.casework.beside import step_forms
from counter_app.use_cases.casework.ground import ground, ground_before, owed, task_of, who_acts
from counter_app.use_cases.casework.inbox import (
    MOST,
    followed_of,
    in_order,
    inbox_of,
    may_see_inbox,
    needed_row,
    row_maker,
)
from counter_app.use_cases.casework.joint_rows import joint_rows
from counter_app.use_cases.casework.joint_views import JointRow, NeededRow
from counter_app.use_cases.casework.page import PageMaker
from counter_app.use_cases.casework.plan_rows import change_rows, plan_row
from counter_app.use_cases.casework.planning import Planner
from counter_app.use_cases.casework.results_needed import results_needed
from counter_app.use_cases.casework.time_work import with_time
from counter_app.use_cases.casework.views import (
    CasePage,
    Checked,
    Inbox,
    InboxRow,
    PlanView,
)
from counter_app.use_cases.intake.look import CaseReference
from counter_app.use_cases.ports.store import Store


def _on_the_way(bar: Bar) -> tuple[date, date]:
    """What ends on the same day stands as it began."""
    return bar.until_on, bar.from_on


class CaseworkQueries:
    def __init__(self, store: Store, reference: CaseReference) -> None:
        self._store = store
        self._reference = reference

    def inbox(self, actor: Actor, most: int = MOST) -> Inbox:
        """What waits for this person, the most urgent first. UserFacingError `work.who`."""
        with self._store.reading() as reader:
            maker = row_maker(reader, self._reference, actor)
            inbox = inbox_of(reader, self._reference, actor, most)
            return with_time(inbox, maker, who_acts(reader, maker.plan, actor), most)

    def followed(self, actor: Actor, most: int = MOST) -> tuple[InboxRow, ...]:
        """Plans this person was named to follow. UserFacingError `work.who`."""
        with self._store.reading() as reader:
            return followed_of(reader, self._reference, actor, most)

    def department(self, actor: Actor, department: str, most: int = MOST) -> tuple[InboxRow, ...]:
        """All open work of a department. UserFacingError `work.department` for one that is not one's own."""
        with self._store.reading() as reader:
            maker = row_maker(reader, self._reference, actor)
            who = who_acts(reader, maker.plan, actor)
            if not may_see_inbox(who, department):
                raise UserFacingError(
                    "work.department",
                    "The work of another department is for its own people and for supervision.",
                    kept="Nothing was shown.",
                    remedy="Ask the counter's management.",
                )
            found = reader.casework.of_department(department, most)
            return in_order(maker.row(task) for task in found if maker.knows(task))

    def page(self, actor: Actor, case: str) -> CasePage:
        """One case as this person may see it; before it is handled supervision sees how it stands.

        UserFacingError `case.unknown`, `work.not-begun`, `work.who`.
        """
        with self._store.reading() as reader:
            maker = row_maker(reader, self._reference, actor)
            who = who_acts(reader, maker.plan, actor)
            early = ground_before(reader, self._reference, case) if who.has("case.arbitrate") else None
            if early is not None:
                return PageMaker(reader, early, who, (), maker, ()).page(most="state")
            on = ground(reader, self._reference, case)
            bars = Planner(reader, self._reference).bars(case)
            tasks = reader.casework.of_case(case)
            page = PageMaker(reader, on, who, tasks, maker, bars).page()
            return replace(page, beside=step_forms(on, who, tasks)) if page.sight == "all" else page

    def colleagues(self, actor: Actor, task: str) -> tuple[StaffMember, ...]:
        """Whom this work may be handed to: people of its department, of its level where it is signed
        (mission: C9, C12)."""
        with self._store.reading() as reader:
            piece = task_of(reader, task)
            on = ground(reader, self._reference, piece.case)
            return tuple(
                member
                for member in on.plan.staff
                if member.department == piece.department
                and member.badge != actor.staff
                and c12_may_have(who_acts(reader, on.plan, Actor(member.badge)), on.handling, piece)
            )

    def plan(self, actor: Actor, case: str) -> PlanView:
        """The dated plan of a case and of what it waits for, as of now (mission: C11).

        Who sees no more of a case than how it stands is told when it is to end (mission: I10).
        """
        with self._store.reading() as reader:
            handling = reader.get(HANDLINGS, case)
            planner = Planner(reader, self._reference)
            bars = planner.bars(case)
            if handling is not None and handling.restricted:
                who = who_acts(reader, self._reference.plan(reader), actor)
                if i10_sight(who, handling) == "state":
                    return PlanView(case, reader.now.date(), c11_ends(bars), (), (), (), ())
            critical = [bar.name for bar in sorted(bars, key=_on_the_way) if bar.critical]
            return PlanView(
                case=case,
                today=reader.now.date(),
                ends_on=c11_ends(bars),
                critical=tuple(critical),
                rows=tuple(plan_row(bar) for bar in bars),
                owed=tuple(plan_row(bar) for bar in c11_owed(bars)),
                changes=change_rows(planner, bars, handling.plan_changes if handling else ()),
            )

    def matter(self, case: str) -> tuple[JointRow, ...]:
        """The cases of this one's joint matter, before it is handled too; nothing when there is none.
        UserFacingError `case.unknown`."""
        with self._store.reading() as reader:
            known, handling = reader.need(CASES, case), reader.get(HANDLINGS, case)
            if handling is None or handling.joint is None:
                return ()
            return joint_rows(reader, self._reference.catalogue(reader), known, handling)

    def results_needed(self, actor: Actor) -> tuple[NeededRow, ...]:
        """Cases whose applicant is to choose because a result does not come, cases held up with all results
        here, then those that wait by choice (mission: C2)."""
        with self._store.reading() as reader:
            maker = row_maker(reader, self._reference, actor)
            rows = tuple(needed_row(maker, needed) for needed in results_needed(reader))
            return tuple(sorted(rows, key=lambda row: row.what == "waiting"))

    def check_opinion(self, actor: Actor, case: str, step: str, given: OpinionInput) -> Checked:
        """What keeps this opinion back, as it is filled in so far; nothing is written."""
        with self._store.reading() as reader:
            on = ground(reader, self._reference, case)
            doing = on.handling.step(step)
            if doing is None or doing.kind not in LEVELS:
                return Checked(())
            return Checked(
                c9_lacks(on.handling, doing, on.item, actor.staff, given, owed(reader, on), on.approvers)
            )
