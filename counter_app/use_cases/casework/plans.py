"""Commands on the plan: the management approves it, somebody follows it, it is printed for the applicant
(mission: C11)."""

from __future__ import annotations

from counter_app.domain.casework.beginning import PLAN
from counter_app.domain.casework.fold import HANDLINGS
from counter_app.domain.casework.joint_facts import PlanApproved, TrackerNamed
from counter_app.domain.journal import Actor
from counter_app.domain.paper.issued import PaperIssued
from counter_app.errors import UserFacingError
from counter_app.use_cases.casework.flow import advance, close_work
from counter_app.use_cases.casework.ground import ground, needs, who_acts
from counter_app.use_cases.casework.notices import copy_notice_of, issue_copy_notices, issue_plan
from counter_app.use_cases.casework.planning import Planner
from counter_app.use_cases.intake.look import CaseReference
from counter_app.use_cases.papers.issuing import StatementMaker
from counter_app.use_cases.ports.store import Store, Transaction


class Plans:
    """What is done with a plan, and the copy-notice that can be printed of any open request."""

    def __init__(self, store: Store, reference: CaseReference, statements: StatementMaker) -> None:
        self._store = store
        self._reference = reference
        self._statements = statements

    def approve(self, actor: Actor, key: str, case: str) -> None:
        """报领导审批: only now the steps start. UserFacingError `plan.no-approval`, `work.not-yours`."""

        def work(tx: Transaction) -> None:
            on = ground(tx, self._reference, case)
            needs("plan_approve", who_acts(tx, on.plan, actor), on)
            if not on.handling.plan_approval or on.handling.plan_approved_by:
                raise UserFacingError(
                    "plan.no-approval",
                    "This plan needs no approval, or has it already.",
                    kept="Nothing was changed.",
                    remedy="Look at the case's page.",
                )
            tx.record(PlanApproved(case=case))
            for task in tx.casework.of_case(case):
                if task.kind == PLAN:
                    close_work(tx, case, task.id, "approved")
            on = advance(tx, on, "approved")
            issue_copy_notices(tx, self._reference, self._statements, actor, on)

        self._store.act(actor, key, work)

    def track(self, actor: Actor, key: str, case: str, staff: str) -> None:
        """专人跟蹤: name who follows the plan. UserFacingError `work.who`."""

        def work(tx: Transaction) -> None:
            on = ground(tx, self._reference, case)
            needs("track", who_acts(tx, on.plan, actor), on)
            who_acts(tx, on.plan, Actor(staff))
            tx.record(TrackerNamed(case=case, staff=staff))

        self._store.act(actor, key, work)

    def print(self, actor: Actor, key: str, case: str) -> str:
        """The plan for the applicant, as of now; gives the paper's id."""

        def work(tx: Transaction) -> None:
            bars = Planner(tx, self._reference).bars(case)
            handling = tx.get(HANDLINGS, case)
            issue_plan(tx, self._reference, self._statements, actor, case, bars, handling)

        return self._store.act(actor, key, work).first(PaperIssued).paper

    def copy_notice(self, actor: Actor, key: str, case: str, task: str) -> str:
        """抄告单 of an open request or step; gives the paper's id."""

        def work(tx: Transaction) -> None:
            on = ground(tx, self._reference, case)
            copy_notice_of(tx, self._reference, self._statements, actor, on, task)

        return self._store.act(actor, key, work).first(PaperIssued).paper
