"""Rows of `bench casework` on handling: the fold of a long case, the plan of a joint matter, an inbox of
20,000 cases."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date, timedelta
from typing import Final

from bench.homes import demo_program
from bench.results import Result, at_most, figure, median
from counter_app.domain.casework.facts import GroupNoteWritten, HandlingBegun
from counter_app.domain.casework.fold import HANDLINGS
from counter_app.domain.casework.joint_facts import JointOpened
from counter_app.domain.casework.task import TaskOpened
from counter_app.domain.intake.facts import CaseAccepted, CaseOpened, ItemChosen
from counter_app.domain.journal import Actor
from counter_app.use_cases.ports.store import Transaction
from counter_app.use_cases.program import Program

EVENTS: Final = 60
OPEN: Final = 20_000
A_BATCH: Final = 1_000
HANDLER: Final = Actor("1014", "desk-B")
CLERK: Final = Actor("1006", "5")
ITEMS: Final = ("0511", "0512", "0513")
TODAY: Final = date(2026, 11, 23)
STEPS: Final = (
    {"code": "review", "name": "审查", "kind": "review", "department": "health", "post": "health-handler"},
    {"code": "final", "name": "核准", "kind": "final", "department": "health", "after": ["review"]},
)


def run(quick: bool) -> list[Result]:
    """Bars: fold < 1 ms, plan < 5 ms, inbox < 100 ms."""
    count = 500 if quick else OPEN
    with demo_program() as program:
        _fill(program, count)
        fold = _fold(program)
        plan = _plan(program)
        inbox = _timed(lambda: program.casework.queries.inbox(HANDLER))
        department = _timed(lambda: program.casework.queries.department(HANDLER, "health"))
    return [
        at_most(f"the handling of a case of {EVENTS} events, folded anew", fold, "ms", 1.0),
        at_most("ledger and plan of a joint matter of three cases", plan, "ms", 5.0),
        at_most(f"a handler's inbox, {count} open cases", inbox, "ms", 100.0),
        figure(f"a department's open work, {count} open cases", department, "ms"),
    ]


def _timed(work: Callable[[], object]) -> float:
    times = []
    for _ in range(9):
        start = time.perf_counter()
        work()
        times.append((time.perf_counter() - start) * 1000)
    return median(times)


def _begun(case: str, item: str) -> HandlingBegun:
    return HandlingBegun(
        case=case,
        item=item,
        department="health",
        case_class="",
        authority="own",
        complexity="ordinary",
        sensitive=False,
        restricted=False,
        steps=STEPS,
    )


def _fill(program: Program, count: int) -> None:
    """Accepted cases with one step each that waits for the post, written in batches as a day would."""
    for first in range(0, count, A_BATCH):

        def work(tx: Transaction, first: int = first) -> None:
            for n in range(first, min(first + A_BATCH, count)):
                _case(tx, n)

        program.store.act(CLERK, f"fill-{first}", work)


def _case(tx: Transaction, n: int) -> None:
    case = tx.next_id
    tx.record(CaseOpened(case=case))
    tx.record(ItemChosen(case=case, code="0512", item_version=1))
    tx.record(CaseAccepted(case=case, handled_as="promise", legal_due=None, promised_due=None))
    tx.record(_begun(case, "0512@1"))
    due = TODAY + timedelta(days=n % 40)
    tx.record(
        TaskOpened(
            case=case,
            task=tx.next_id,
            kind="step",
            code="review",
            name="审查",
            department="health",
            post="health-handler",
            limit=(3, "working_days"),
            due=due.isoformat(),
        )
    )


def _fold(program: Program) -> float:
    def work(tx: Transaction) -> None:
        tx.record(_begun("long", "0512@1"))
        for _ in range(EVENTS - 1):
            tx.record(GroupNoteWritten(case="long", note=tx.next_id), private={"text": "请核对".encode()})

    program.store.act(HANDLER, "long", work)
    with program.store.reading() as reader:
        events = reader.history("handling:long")
    return _timed(lambda: HANDLINGS.replay(events))


def _plan(program: Program) -> float:
    made: list[str] = []

    def work(tx: Transaction) -> None:
        for code in ITEMS:
            case = tx.next_id
            made.append(case)
            tx.record(CaseOpened(case=case))
            tx.record(ItemChosen(case=case, code=code, item_version=1))
        cases = tuple(zip(made, ITEMS, strict=True))
        for case in made:
            tx.record(JointOpened(case=case, joint="j", name="一件事", lead=made[0], cases=cases))

    program.store.act(CLERK, "joint", work)
    return _timed(lambda: program.casework.queries.plan(CLERK, made[0]))
