"""What follows from a decision at the counter: accepted cases go behind it, ended ones leave every inbox,
results go to the cases that wait for them.

Called by `intake/deciding.py` inside the decision's own act, so nothing lies between (mission: C2, C3, I9,
I10).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from counter_app.domain.casework.beginning import handling_begun, prerequisites_promised
from counter_app.domain.casework.facts import HandlingTakenUp
from counter_app.domain.casework.fold import HANDLINGS
from counter_app.domain.casework.joint_facts import PrerequisiteArrived, PrerequisiteFailed
from counter_app.domain.casework.joint_rules import FAILED_BY, c2_materials_of, c2_waits_for
from counter_app.domain.casework.opening import Piece
from counter_app.domain.casework.state import Assist, Handling
from counter_app.domain.casework.task import TASKS, TaskDueMoved
from counter_app.domain.catalogue.handling import AssistMatter
from counter_app.domain.intake.case import Case
from counter_app.domain.intake.ending_facts import LackSupplied
from counter_app.domain.intake.fold import CASES
from counter_app.domain.intake.paper_facts import DecisionInput
from counter_app.domain.intake.parties import PARTIES
from counter_app.domain.intake.verdict import DecisionKind
from counter_app.domain.journal import Actor
from counter_app.use_cases.casework.flow import advance, close_all, close_work, open_assist, open_for
from counter_app.use_cases.casework.ground import Ground, ground
from counter_app.use_cases.casework.notices import issue_copy_notices
from counter_app.use_cases.casework.planning import keep_plan
from counter_app.use_cases.intake.look import CaseReference, look
from counter_app.use_cases.papers.issuing import StatementMaker
from counter_app.use_cases.ports.store import Reader, Transaction

MOST: Final = 50

Decide = Callable[[Transaction, Actor, str, DecisionKind, DecisionInput], None]


@dataclass(frozen=True, slots=True)
class Following:
    """`decide` carries a decision out with its papers, in the act that is under way; `actor` signs for the
    system."""

    decide: Decide
    actor: Actor
    statements: StatementMaker

    def arrive(
        self, tx: Transaction, reference: CaseReference, id: str, item: str, number: str, from_case: str = ""
    ) -> None:
        """A result is here: what was promised of it has come with it, and the case goes on when it was the
        last."""
        handling = tx.need(HANDLINGS, id)
        entry = handling.prerequisite(item)
        if entry is not None:
            close_work(tx, id, entry.task, "arrived")
        tx.record(PrerequisiteArrived(case=id, item=item, from_case=from_case, number=number))
        seen = look(tx, reference, id)
        _, lines = seen.needed_item()
        came = c2_materials_of(item, lines, seen.case.lacking)
        if came:
            tx.record(LackSupplied(case=id, materials=came))
        self.release(tx, reference, id)

    def release(self, tx: Transaction, reference: CaseReference, id: str) -> None:
        """Every result is here: what was only looked through is accepted now, and its clock starts (mission:
        C2)."""
        handling = tx.need(HANDLINGS, id)
        case = tx.need(CASES, id)
        if not all(entry.settled for entry in handling.prerequisites) or case.ended:
            return
        if case.stage == "accepted":
            on = advance(tx, ground(tx, reference, id), "results")
            issue_copy_notices(tx, reference, self.statements, self.actor, on)
        elif case.open and "accept" in look(tx, reference, id).verdict.allowed:
            self.decide(tx, self.actor, id, "accept", DecisionInput())


def follow(tx: Transaction, reference: CaseReference, id: str, following: Following) -> None:
    """Begin handling what was accepted with a promise; end what has ended; tell those that wait for it."""
    case = tx.need(CASES, id)
    handling = tx.get(HANDLINGS, id)
    begun = is_begun(tx, id)
    waits = handling is not None and bool(handling.prerequisites) and case.stage == "pre_reviewed"
    if (case.stage == "accepted" or waits) and not begun:
        on = begin(tx, reference, id)
        issue_copy_notices(tx, reference, following.statements, following.actor, on)
    elif case.stage == "accepted":
        on = advance(tx, ground(tx, reference, id), "accepted")
        issue_copy_notices(tx, reference, following.statements, following.actor, on)
    elif case.ended and handling is not None:
        close_all(tx, handling, case.stage)
        keep_plan(tx, reference, id, f"ended:{case.stage}")
        _tell(tx, reference, case, handling, following)
    if case.stage == "granted":
        _bring(tx, reference, case, handling, following)


def take_up(
    tx: Transaction, reference: CaseReference, statements: StatementMaker, actor: Actor, id: str
) -> None:
    """The end of a case was set aside: whoever had it last, or decided it, has it before him again."""
    handling = tx.get(HANDLINGS, id)
    if handling is None or handling.begun_at is None or handling.ended_at is None:
        return
    on = ground(tx, reference, id)
    owed = tuple(
        (entry.matter, _asked_anew(tx, on, entry, declared))
        for entry in handling.assists
        if entry.answer is None and (declared := on.item.assist(entry.matter)) is not None
    )
    tx.record(HandlingTakenUp(case=id, assists=owed))
    issue_copy_notices(tx, reference, statements, actor, advance(tx, on, "taken_up"))


def _asked_anew(tx: Transaction, on: Ground, assist: Assist, declared: AssistMatter) -> str:
    """The request lies there again; a delay that was booked to it stays booked (mission: C6)."""
    before, task = tx.get(TASKS, assist.task), open_assist(tx, on, declared)
    due = tx.need(TASKS, task).due
    if before is not None and before.late and due is not None:
        cause = f"{assist.cause}:{assist.matter}"
        tx.record(TaskDueMoved(case=on.case.id, task=task, due=due.isoformat(), cause=cause, late=True))
    return task


def is_begun(reader: Reader, id: str) -> bool:
    """Whether the case has gone behind the counter."""
    handling = reader.get(HANDLINGS, id)
    return handling is not None and handling.begun_at is not None


def begin(tx: Transaction, reference: CaseReference, id: str) -> Ground:
    """The case goes behind the counter: its first steps stand in the inboxes they belong to."""
    seen = look(tx, reference, id)
    item, lines = seen.needed_item()
    tx.record(handling_begun(seen.case, item, lines, seen.plan, seen.today))
    needed = prerequisites_promised(seen.case, lines)
    if needed is not None and not tx.need(HANDLINGS, id).prerequisites:
        tx.record(needed)
    return advance(tx, ground(tx, reference, id), seen.case.stage)


def _tell(
    tx: Transaction, reference: CaseReference, case: Case, handling: Handling, following: Following
) -> None:
    """The result goes to the cases of the joint matter that wait for it, in the system; so does a failure."""
    key = case.item_key
    for id, _ in handling.joint.cases if handling.joint and key else ():
        successor = tx.get(HANDLINGS, id) if id != case.id else None
        entry = successor.prerequisite(key[0]) if successor is not None and key else None
        if successor is None or entry is None or entry.settled or entry.from_case != case.id:
            continue
        if case.stage == "granted":
            following.arrive(tx, reference, id, entry.item, _result_number(handling, case), case.id)
        elif case.stage in FAILED_BY:
            _ask_applicant(tx, reference, id, entry.item, FAILED_BY[case.stage])


def _bring(
    tx: Transaction, reference: CaseReference, case: Case, handling: Handling | None, following: Following
) -> None:
    """The same applicant's other cases that wait for such a result and have no case under way that brings it
    (mission: C2, I11)."""
    person, key = case.applicant, case.item_key
    party = tx.get(PARTIES, person.party) if person else None
    lookup = party.identity.lookup if party and party.identity else ""
    for other in tx.cases.of_person(lookup, MOST) if lookup and key else ():
        waiting = tx.get(HANDLINGS, other.id) if other.id != case.id and not other.ended else None
        entry = waiting.prerequisite(key[0]) if waiting is not None and key else None
        if entry is None or entry.from_case == case.id:
            continue
        earlier = tx.get(CASES, entry.from_case) if entry.from_case else None
        if c2_waits_for(entry, entry.item, earlier):
            following.arrive(tx, reference, other.id, entry.item, _result_number(handling, case), case.id)


def _result_number(handling: Handling | None, case: Case) -> str:
    return (handling.result_number if handling else "") or case.number


def _ask_applicant(tx: Transaction, reference: CaseReference, id: str, item: str, how: str) -> None:
    """The counter asks the applicant which of the three ways he takes."""
    seen = look(tx, reference, id)
    post = next((post for post in seen.plan.posts if str(post.counter) == seen.case.counter), None)
    member = seen.plan.member(post.a) if post else None
    name = seen.catalogue.history(item)[-1].name
    work = Piece(
        kind="prerequisite",
        code=item,
        name=f"{name}未能取得：请申请人选择",
        department=member.department if member else "centre",
        post=post.code if post else "",
    )
    task = open_for(tx, seen.case.id, seen.calendar, work)
    tx.record(PrerequisiteFailed(case=id, item=item, how=how, task=task))
    keep_plan(tx, reference, id, f"failed:{item}")
