"""Commands on the plan: the management approves it, somebody follows it, it is printed for the applicant
(mission: C11)."""

from __future__ import annotations

from counter_app.domain.casework.beginning import PLAN
from counter_app.domain.casework.facts import GroupNoteWritten
from counter_app.domain.casework.fold import HANDLINGS
from counter_app.domain.casework.joint_facts import PlanApproved, PlanReturned, TrackerNamed
from counter_app.domain.journal import Actor
from counter_app.domain.paper.issued import PaperIssued
from counter_app.errors import UserFacingError
from counter_app.use_cases.casework.flow import advance, close_work, open_work
from counter_app.use_cases.casework.ground import Ground, ground, needs, who_acts
from counter_app.use_cases.casework.group import group_piece, no_words
from counter_app.use_cases.casework.notices import (
    copy_notice_of,
    issue_copy_notices,
    issue_plan,
    notice_out,
)
from counter_app.use_cases.intake.inputs import checked_text
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
            on = self._to_approve(tx, actor, case)
            tx.record(PlanApproved(case=case))
            _close_plan(tx, case, "approved")
            on = advance(tx, on, "approved")
            issue_copy_notices(tx, self._reference, self._statements, actor, on)

        self._store.act(actor, key, work)

    def send_back(self, actor: Actor, key: str, case: str, word: str) -> str:
        """Not like this: the lead answers the word in its inbox, then the plan lies here again; gives the
        note's id. UserFacingError `plan.no-approval`, `plan.with-the-lead`, `note.no-words`."""

        def work(tx: Transaction) -> None:
            on = self._to_approve(tx, actor, case)
            if not checked_text(word).strip():
                raise no_words()
            if not _close_plan(tx, case, "returned"):
                raise UserFacingError(
                    "plan.with-the-lead",
                    "The plan was sent back and is not answered yet.",
                    kept="Nothing was changed.",
                    remedy="Wait for the answer, or approve the plan.",
                )
            lead = on.handling.department
            task = open_work(tx, on, group_piece(on, "question", lead, "办事计划退回，请修改或说明"))
            note = tx.next_id
            fact = GroupNoteWritten(case=case, note=note, to=lead, task=task)
            tx.record(fact, private={"text": word.encode()})
            tx.record(PlanReturned(case=case, note=note))

        return self._store.act(actor, key, work).first(PlanReturned).note

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
            handling = tx.get(HANDLINGS, case)
            issue_plan(tx, self._reference, self._statements, actor, case, handling)

        return self._store.act(actor, key, work).first(PaperIssued).paper

    def _to_approve(self, tx: Transaction, actor: Actor, case: str) -> Ground:
        """UserFacingError `plan.no-approval`, `work.not-yours`."""
        on = ground(tx, self._reference, case)
        needs("plan_approve", who_acts(tx, on.plan, actor), on)
        if not on.handling.plan_approval or on.handling.plan_approved_by:
            raise UserFacingError(
                "plan.no-approval",
                "This plan needs no approval, or has it already.",
                kept="Nothing was changed.",
                remedy="Look at the case's page.",
            )
        return on

    def notice_out(self, case: str, task: str) -> str:
        """The copy-notice that asks this work already, "" for none."""
        with self._store.reading() as reader:
            return notice_out(reader, case, task)

    def copy_notice(self, actor: Actor, key: str, case: str, task: str) -> str:
        """抄告单 of an open request or step; gives the paper's id."""

        def work(tx: Transaction) -> None:
            on = ground(tx, self._reference, case)
            copy_notice_of(tx, self._reference, self._statements, actor, on, task)

        return self._store.act(actor, key, work).first(PaperIssued).paper


def _close_plan(tx: Transaction, case: str, outcome: str) -> bool:
    """Take the plan out of the management's inbox; whether it lay there."""
    lay = [task for task in tx.casework.of_case(case) if task.kind == PLAN and task.open]
    for task in lay:
        close_work(tx, case, task.id, outcome)
    return bool(lay)
