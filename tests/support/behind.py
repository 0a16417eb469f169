"""A case decided by its departments, step by step, as the people of each post would find it in order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import Protocol

from counter_app.domain.casework.fold import HANDLINGS
from counter_app.domain.casework.opinion import OpinionInput
from counter_app.domain.casework.rights import c9_signed_by
from counter_app.domain.casework.state import LEVELS, Handling, Step, View
from counter_app.domain.catalogue.items import Item
from counter_app.domain.hall.plan import HallPlan
from counter_app.domain.intake.fold import CASES
from counter_app.domain.journal import Actor
from counter_app.domain.paper.issued import PaperIssued
from counter_app.use_cases.casework.casework import Casework
from counter_app.use_cases.intake.look import CaseReference
from counter_app.use_cases.ports.store import Store
from counter_app.use_cases.program import Program

COUNTER = Actor("1003", "3")
DESK = "desk-T9"
MOST = 12


class Hall(Protocol):
    @property
    def store(self) -> Store: ...

    @property
    def casework(self) -> Casework: ...

    @property
    def reference(self) -> CaseReference: ...

    def key(self) -> str: ...


@dataclass(frozen=True)
class Desks:
    """The desks of a home that is open as a program."""

    program: Program
    keys: Iterator[int] = field(default_factory=count)

    @property
    def store(self) -> Store:
        return self.program.store

    @property
    def casework(self) -> Casework:
        return self.program.casework

    @property
    def reference(self) -> CaseReference:
        return self.program.reference

    def key(self) -> str:
        return f"desks-{id(self)}-{next(self.keys)}"


def decided_behind(
    hall: Hall,
    case: str,
    view: View = "grant",
    *,
    number: str = "",
    words: str = "",
    law: str = "流动人口计划生育工作条例",
    article: str = "第七条",
) -> tuple[str, ...]:
    """Sign every step until the case is decided; gives the numbers of the papers that were issued then."""
    given = OpinionInput(
        view=view,
        text=words or ("符合条件，准予。" if view == "grant" else "不符合条件，不予准许。"),
        law=law,
        article=article,
        result_number=number,
    )
    for _ in range(MOST):
        found = open_step(hall, case)
        if found is None:
            break
        go_on(hall, case, given, *found)
    with hall.store.reading() as reader:
        assert reader.need(CASES, case).ended
        papers = [event.fact for event in reader.history(CASES.subject(case))]
        return tuple(fact.number for fact in papers if isinstance(fact, PaperIssued))[-1:]


def open_step(hall: Hall, case: str) -> tuple[Handling, Step, Item, HallPlan] | None:
    """The first step that is open, and what `go_on` needs besides."""
    with hall.store.reading() as reader:
        handling, state = reader.need(HANDLINGS, case), reader.need(CASES, case)
        step = next((one for one in handling.steps if one.state == "open"), None)
        key = state.item_key
        if state.ended or step is None or key is None:
            return None
        item = hall.reference.catalogue(reader).version(*key)
        return handling, step, item, hall.reference.plan(reader)


def go_on(
    hall: Hall, case: str, given: OpinionInput, handling: Handling, step: Step, item: Item, plan: HallPlan
) -> None:
    work = hall.casework.work
    department = plan.department(step.department)
    if department is not None and not department.moved_in:
        work.enter_reply(COUNTER, hall.key(), case, step.code, given)
        return
    actor = Actor(next(_people(plan, handling, step)), DESK)
    if step.kind in ("visit", "test", "meeting"):
        work.end_step(actor, hall.key(), case, step.code)
    elif step.kind == "report":
        work.upper_answered(actor, hall.key(), case, step.code, given)
    else:
        declared = item.step(step.code)
        lines = [(one.code, one.phrases[0]) for one in (declared.review if declared else ())]
        if lines:
            work.fill_review(actor, hall.key(), case, step.code, lines)
        conditions = tuple((text, True) for text in item.conditions)
        opinion = OpinionInput(
            view=given.view,
            text=given.text,
            law=given.law,
            article=given.article,
            conditions=conditions,
            result_number=given.result_number,
        )
        work.opine(actor, hall.key(), case, step.code, opinion)


def _people(plan: HallPlan, handling: Handling, step: Step) -> Iterator[str]:
    """Who may sign it: those of its post, then anybody of the department, but nobody who signed another."""
    signed = c9_signed_by(handling)
    post = plan.post(step.post) or plan.post_for(step.department, "handler")
    named = (post.a, post.b) if post else ()
    others = tuple(one.badge for one in plan.staff if one.department == step.department)
    level = LEVELS.get(step.kind)
    for badge in (*named, *others):
        if badge and (level is None or signed.get(badge, level) == level):
            yield badge
