"""Lead and assist: one batch of requests, five answers, a second request with a cause, arbitration, orders.

mission: C4 (answers), C5 (once), C6 (second request), C7 (dispute, co-ordination), H2 (replies on paper). The
rules themselves are pure (`domain/casework/assisting.py`). Not here: the printed copy-notice
(`copy_notice.py`).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from counter_app.domain.casework.assisting import (
    c4_check_answer,
    c5_check_batch,
    c6_check_repeat,
    c7_check_dispute,
)
from counter_app.domain.casework.beginning import management
from counter_app.domain.casework.facts import (
    AssistAnswered,
    AssistDisputed,
    AssistRepeated,
    AssistsRequested,
    DisputeSettled,
    FactLookedUp,
    OrderGiven,
    OrderReplied,
)
from counter_app.domain.casework.opening import Piece
from counter_app.domain.casework.procedure import c4_assists_of
from counter_app.domain.casework.state import Answer, Assist, Cause
from counter_app.domain.casework.task import Task
from counter_app.domain.journal import Actor
from counter_app.errors import UserFacingError
from counter_app.use_cases.archive.frozen import need_open_file
from counter_app.use_cases.casework.booking import book, unbook
from counter_app.use_cases.casework.flow import close_work, open_assist, open_work, refreshed
from counter_app.use_cases.casework.ground import Ground, ground, needs, task_of, who_acts
from counter_app.use_cases.casework.known import c5_known
from counter_app.use_cases.casework.notices import issue_copy_notices
from counter_app.use_cases.casework.planning import keep_plan
from counter_app.use_cases.intake.inputs import checked_text
from counter_app.use_cases.intake.look import CaseReference
from counter_app.use_cases.papers.issuing import StatementMaker
from counter_app.use_cases.ports.store import Store, Transaction

LEAST_DEPARTMENTS: Final = 2


class Asking:
    """Commands between departments. Departments that have not moved in get a printed copy-notice."""

    def __init__(self, store: Store, reference: CaseReference, statements: StatementMaker) -> None:
        self._store = store
        self._reference = reference
        self._statements = statements

    def request(self, actor: Actor, key: str, case: str, matters: Sequence[str]) -> tuple[str, ...]:
        """Ask every department at once, once; gives the matters that went out. What the hall itself knows is
        looked up and not asked (mission: C5). UserFacingError `assist.*`, `work.not-yours`."""

        def work(tx: Transaction) -> None:
            on = ground(tx, self._reference, case)
            needs("assist", who_acts(tx, on.plan, actor), on)
            offered = c4_assists_of(on.item, on.case.draft.answers, on.today)
            asked = []
            for matter in c5_check_batch(on.handling, matters, offered):
                source = c5_known(tx, on.case, on.today, matter)
                if source:
                    tx.record(FactLookedUp(case=case, matter=matter.code, source=source))
                else:
                    asked.append((matter, open_assist(tx, on, matter)))
            if asked:
                sent = tuple((matter.code, matter.department, task) for matter, task in asked)
                tx.record(AssistsRequested(case=case, matters=sent))
                self._notify(tx, actor, on)
            keep_plan(tx, self._reference, case, "assist")

        events = self._store.act(actor, key, work).events
        return tuple(
            code
            for event in events
            if isinstance(event.fact, AssistsRequested)
            for code, _, _ in event.fact.matters
        )

    def answer(
        self,
        actor: Actor,
        key: str,
        case: str,
        matter: str,
        answer: Answer,
        reason: str = "",
        law: str = "",
        article: str = "",
    ) -> None:
        """One of the five answers; the counter enters those that came on a reply slip (mission: C4, H2)."""
        checked_text(reason)

        def work(tx: Transaction) -> None:
            on, assist, piece = self._assist(tx, case, matter)
            needs("answer", who_acts(tx, on.plan, actor), on, piece)
            c4_check_answer(answer, reason, law, article)
            tx.record(
                AssistAnswered(
                    case=case,
                    matter=matter,
                    answer=answer,
                    law=law,
                    article=article,
                    on_paper=piece.on_paper,
                ),
                private={"reason": reason.encode()} if reason else None,
            )
            close_work(tx, case, assist.task, answer, hand=True)
            keep_plan(tx, self._reference, case, f"assist:{matter}")

        self._store.act(actor, key, work)

    def repeat(self, actor: Actor, key: str, case: str, matter: str, cause: Cause, reason: str) -> None:
        """Ask once more, with the cause that books the delay (mission: C6). UserFacingError `assist.*`."""
        checked_text(reason)

        def work(tx: Transaction) -> None:
            on = ground(tx, self._reference, case)
            needs("repeat", who_acts(tx, on.plan, actor), on)
            c6_check_repeat(on.handling.assist(matter), matter, reason)
            declared = on.item.assist(matter)
            if declared is None:
                raise _no_assist(matter)
            task = open_assist(tx, on, declared)
            fact = AssistRepeated(case=case, matter=matter, cause=cause, task=task)
            tx.record(fact, private={"reason": reason.encode()})
            book(tx, on, declared, cause, task)
            self._notify(tx, actor, on)
            keep_plan(tx, self._reference, case, f"{cause}:{matter}")

        self._store.act(actor, key, work)

    def dispute(self, actor: Actor, key: str, case: str, matter: str, reason: str) -> None:
        """A department does not accept the booked cause, also after the case was decided: the counter's
        management decides (mission: C7)."""
        checked_text(reason)

        def work(tx: Transaction) -> None:
            on = ground(tx, self._reference, case)
            who = who_acts(tx, on.plan, actor)
            assist = c7_check_dispute(on.handling.assist(matter), matter, reason)
            needs("dispute", who, on, matter=matter)
            need_open_file(tx, case)
            department = assist.department if who.department != on.handling.department else who.department
            post = management(on.plan)
            task = open_work(
                tx,
                on,
                Piece(
                    kind="dispute",
                    code=matter,
                    name="协调协办异议",
                    department=post.department if post and post.department else "centre",
                    post=post.code if post else "",
                ),
            )
            fact = AssistDisputed(case=case, matter=matter, department=department, task=task)
            tx.record(fact, private={"reason": reason.encode()})

        self._store.act(actor, key, work)

    def settle(self, actor: Actor, key: str, case: str, matter: str, cause: Cause, reason: str) -> None:
        """Arbitration: the cause as the management sees it, and why; another one books the delay anew
        (mission: C7). UserFacingError `dispute.nothing`, `dispute.why`."""
        checked_text(reason)

        def work(tx: Transaction) -> None:
            on = ground(tx, self._reference, case)
            needs("settle", who_acts(tx, on.plan, actor), on)
            need_open_file(tx, case)
            assist, declared = on.handling.assist(matter), on.item.assist(matter)
            if assist is None or declared is None or not assist.disputed:
                raise _no_dispute(matter)
            if not reason.strip():
                raise UserFacingError(
                    "dispute.why",
                    "Both departments are told why it is settled so.",
                    kept="Nothing was changed.",
                    remedy="Give the reason in words.",
                )
            fact = DisputeSettled(case=case, matter=matter, cause=cause)
            tx.record(fact, private={"reason": reason.encode()})
            close_work(tx, case, assist.dispute_task, cause)
            if cause != assist.cause:
                if assist.cause is not None:
                    unbook(tx, on, declared, assist.cause, assist.task)
                book(tx, on, declared, cause, assist.task)
                if on.handling.open:
                    keep_plan(tx, self._reference, case, f"settled:{matter}")

        self._store.act(actor, key, work)

    def order(
        self, actor: Actor, key: str, case: str, departments: Sequence[str], text: str, reply_by: date
    ) -> str:
        """A co-ordination order over two or more departments, with date and reply (mission: C7); gives its
        id. UserFacingError `order.departments`, `order.stranger`, `order.past`."""
        checked_text(text)

        def work(tx: Transaction) -> None:
            on = ground(tx, self._reference, case)
            needs("order", who_acts(tx, on.plan, actor), on)
            told = tuple(dict.fromkeys(departments))
            if len(told) < LEAST_DEPARTMENTS or not text.strip():
                raise UserFacingError(
                    "order.departments",
                    "A co-ordination order goes to two or more departments and says what each does.",
                    kept="Nothing was sent.",
                    remedy="Name the departments and write the order.",
                )
            _can_be_told(on, told, reply_by)
            id = tx.next_id
            tasks = tuple((code, open_work(tx, on, _of_order(on, id, code, reply_by))) for code in told)
            fact = OrderGiven(case=case, order=id, departments=tasks, reply_by=reply_by.isoformat())
            tx.record(fact, private={"text": text.encode()})
            self._notify(tx, actor, on)

        return self._store.act(actor, key, work).first(OrderGiven).order

    def reply_order(self, actor: Actor, key: str, case: str, order: str, department: str, text: str) -> None:
        """A department reports what it has done on an order. UserFacingError `order.unknown`."""
        checked_text(text)

        def work(tx: Transaction) -> None:
            on = ground(tx, self._reference, case)
            known = next((entry for entry in on.handling.orders if entry.id == order), None)
            task = dict(known.tasks).get(department) if known else None
            if task is None:
                raise UserFacingError(
                    "order.unknown",
                    "There is no such order for this department.",
                    kept="Nothing was changed.",
                    remedy="Look at the orders of the case.",
                )
            needs("reply_order", who_acts(tx, on.plan, actor), on, task_of(tx, task))
            fact = OrderReplied(case=case, order=order, department=department)
            tx.record(fact, private={"text": text.encode()})
            close_work(tx, case, task, "replied", hand=True)

        self._store.act(actor, key, work)

    def _notify(self, tx: Transaction, actor: Actor, on: Ground) -> None:
        issue_copy_notices(tx, self._reference, self._statements, actor, refreshed(tx, on))

    def _assist(self, tx: Transaction, case: str, matter: str) -> tuple[Ground, Assist, Task]:
        on = ground(tx, self._reference, case)
        assist = on.handling.assist(matter)
        if assist is None:
            raise _no_assist(matter)
        return on, assist, task_of(tx, assist.task)


def _can_be_told(on: Ground, departments: Sequence[str], reply_by: date) -> None:
    """Departments that exist, and a day that is still to come."""
    strange = [
        code for code in departments if on.plan.department(code) is None and on.catalogue.body(code) is None
    ]
    if strange:
        raise UserFacingError(
            "order.stranger",
            "There is no department of the code {codes}.",
            kept="Nothing was sent.",
            remedy="Name departments by the codes of the hall's plan.",
            codes="、".join(strange),
        )
    if reply_by < on.today:
        raise UserFacingError(
            "order.past",
            "{day} has passed: nobody can reply by then.",
            kept="Nothing was sent.",
            remedy="Name today or a later day.",
            day=reply_by,
        )


def _of_order(on: Ground, order: str, department: str, reply_by: date) -> Piece:
    post = on.plan.post_for(department, "handler")
    return Piece(
        kind="order",
        code=order,
        name="协调事项",
        department=department,
        post=post.code if post else "",
        due=reply_by,
        lead=False,
        on_paper=on.on_paper(department),
    )


def _no_assist(matter: str) -> UserFacingError:
    return UserFacingError(
        "assist.not-asked",
        "{matter} was never asked in this case.",
        kept="Nothing was changed.",
        remedy="Look at the assists of the case.",
        matter=matter,
    )


def _no_dispute(matter: str) -> UserFacingError:
    return UserFacingError(
        "dispute.nothing",
        "There is no booked cause of {matter} that could be disputed.",
        kept="Nothing was changed.",
        remedy="Look at the assists of the case.",
        matter=matter,
    )
