"""What every command on an accepted case stands on: the case, its handling, the item, who acts, the calendar.

Read once inside the act; the same look serves the queries, so what is offered is what is allowed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from counter_app.domain.casework.beginning import h2_on_paper
from counter_app.domain.casework.clocks import as_of, is_over
from counter_app.domain.casework.fold import HANDLINGS
from counter_app.domain.casework.opinion import Owed
from counter_app.domain.casework.posts import POSTS, PostHeld, h5_held_by
from counter_app.domain.casework.procedure import Classed, c15_level_of, i10_class_of
from counter_app.domain.casework.rights import (
    AFTER_THE_END,
    Action,
    Who,
    c1_may,
    c9_approvers,
    c9_has_level,
    c9_unsigned,
    who_of,
)
from counter_app.domain.casework.state import Handling
from counter_app.domain.casework.task import TASKS, Task
from counter_app.domain.catalogue.catalogue import Catalogue
from counter_app.domain.catalogue.items import Item
from counter_app.domain.hall.plan import HallPlan
from counter_app.domain.intake.case import Case
from counter_app.domain.intake.fold import CASES
from counter_app.domain.journal import Actor
from counter_app.domain.time.calendar import WorkCalendar
from counter_app.domain.time.clock import CLOCKS
from counter_app.errors import UserFacingError
from counter_app.use_cases.intake.look import CaseReference, look
from counter_app.use_cases.ports.store import Reader


@dataclass(frozen=True, slots=True)
class Ground:
    """One case behind the counter as it stands now."""

    case: Case
    handling: Handling
    item: Item
    plan: HallPlan
    catalogue: Catalogue
    calendar: WorkCalendar
    now: datetime
    reference: CaseReference
    held: Mapping[str, PostHeld]

    @property
    def today(self) -> date:
        return self.now.date()

    @property
    def classed(self) -> Classed:
        return i10_class_of(self.item, self.handling.complexity, self.handling.sensitive)

    @property
    def right_level(self) -> str:
        """The meeting that decides a case of this class, "" where none is declared."""
        level = c15_level_of(self.item, self.classed)
        return level.code if level is not None else ""

    @property
    def upper_body(self) -> str:
        """Who decided it, where it was reported up and answered."""
        steps = self.handling.steps
        return next(
            (step.upper_body for step in steps if step.outcome in ("grant", "deny") and step.upper_body), ""
        )

    @property
    def approvers(self) -> frozenset[str]:
        """Badges of those who approve cases of the department that handles this one."""
        return c9_approvers(self.plan, self.handling.department, self.held)

    def on_paper(self, department: str) -> bool:
        """Whether this department has not moved in: its work goes out printed and comes back on a slip
        (H2)."""
        return h2_on_paper(self.plan, department)

    def department_name(self, code: str) -> str:
        body = self.catalogue.body(code)
        return body.name if body else code


def ground(reader: Reader, reference: CaseReference, case: str) -> Ground:
    """UserFacingError `case.unknown`, `work.not-begun` before acceptance."""
    state = reader.need(CASES, case)
    handling = reader.get(HANDLINGS, case)
    if handling is None or handling.begun_at is None or state.item_key is None:
        raise UserFacingError(
            "work.not-begun",
            "Case {number} is not accepted yet: nothing is handled before that.",
            kept="Nothing was changed.",
            remedy="Accept it at the counter first.",
            number=state.number or case,
        )
    return _of(reader, reference, state, handling, *state.item_key)


def ground_before(reader: Reader, reference: CaseReference, case: str) -> Ground | None:
    """A case that came to the counter and is not handled yet; None for drafts, and once it is."""
    state, handling = reader.need(CASES, case), reader.get(HANDLINGS, case)
    begun = handling is not None and handling.begun_at is not None
    if begun or state.stage == "draft" or state.item_key is None:
        return None
    lines = look(reader, reference, case).checklist
    empty = Handling(case, department=lines.department if lines else "")
    return _of(reader, reference, state, empty, *state.item_key)


def _of(
    reader: Reader, reference: CaseReference, state: Case, handling: Handling, code: str, version: int
) -> Ground:
    catalogue = reference.catalogue(reader)
    return Ground(
        state,
        handling,
        catalogue.version(code, version),
        reference.plan(reader),
        catalogue,
        reference.calendar(reader),
        reader.now,
        reference,
        held_posts(reader),
    )


def held_posts(reader: Reader) -> Mapping[str, PostHeld]:
    """Where somebody stands in, by post."""
    return {held.post: held for held in reader.casework.held_posts()}


def who_acts(reader: Reader, plan: HallPlan, actor: Actor) -> Who:
    """UserFacingError `work.who`: handling needs a person with a name."""
    posts = h5_held_by(plan, actor.staff, held_posts(reader))
    who = who_of(plan, actor.staff, posts)
    if who is None:
        raise UserFacingError(
            "work.who",
            "Nobody with the badge {badge} works in this hall.",
            kept="Nothing was changed.",
            remedy="Log in; a command names the person with --staff.",
            badge=actor.staff,
        )
    return who


def needs(action: Action, who: Who, on: Ground, task: Task | None = None, matter: str = "") -> None:
    """UserFacingError `work.closed` when nothing goes on with the case, `work.not-yours` when others do
    it, `work.level` when he has it and holds no post that signs it."""
    if not on.handling.open and action not in AFTER_THE_END:
        raise UserFacingError(
            "work.closed",
            "Nothing is left to do on case {number}.",
            kept="Nothing was changed.",
            remedy="Look at its page for how it ended.",
            number=on.case.number,
        )
    if task is not None and not task.open:
        raise UserFacingError(
            "work.done",
            "{name} is done already.",
            kept="Nothing was changed.",
            remedy="Look at the case's page for what waits now.",
            name=task.name,
        )
    if not c1_may(action, who, on.handling, task, matter):
        if task is not None and task.staff == who.staff and not c9_has_level(who, on.handling, task):
            raise no_level(who.name, task)
        raise UserFacingError(
            "work.not-yours",
            "{name} may not do this here: it is for {others}.",
            kept="Nothing was changed.",
            remedy="Have it handed over, or let the person do it who has it.",
            name=who.name,
            others=_others(on, task),
        )


def no_level(name: str, task: Task) -> UserFacingError:
    """Approvals want a post of their level (mission: C9)."""
    return UserFacingError(
        "work.level",
        "{name} holds no post that may do {step}.",
        kept="It stays where it is.",
        remedy="Hand it to somebody who handles cases; approvals to a post of their level, as A or B.",
        name=name,
        step=task.name,
    )


def need_signers(before: Ground, after: Ground) -> None:
    """UserFacingError `work.no-post`: what begins now wants a signature that no post of its department gives
    (mission: C9)."""
    running = {step.code for step in before.handling.steps if step.state == "open"}
    for step in after.handling.steps:
        if step.state == "open" and step.code not in running and c9_unsigned(after.plan, step):
            raise UserFacingError(
                "work.no-post",
                "Nobody may do {step} in {department}: it has no post of that level.",
                kept="Nothing was sent; what was filled in is kept.",
                remedy="Have the administrator set up a post of level approver or final there, with A and B.",
                step=step.name,
                department=after.department_name(step.department),
            )


def _others(on: Ground, task: Task | None) -> str:
    if task is None:
        return on.department_name(on.handling.department)
    member = on.plan.member(task.staff)
    post = on.plan.post(task.post)
    return (member.name if member else "") or (post.name if post else on.department_name(task.department))


def owed(reader: Reader, on: Ground) -> Owed:
    """What the case waits for from others before it may be granted."""
    clock = reader.get(CLOCKS, on.case.id)
    awaited = []
    for assist in on.handling.assists:
        task = reader.get(TASKS, assist.task) if assist.answer is None else None
        if task is None or not task.open:
            continue
        if not is_over(as_of(task, clock, on.calendar, on.now), on.now):
            awaited.append(task.name)
    return Owed(tuple(awaited), bool(on.case.lacking))


def task_of(reader: Reader, id: str) -> Task:
    """UserFacingError `task.unknown`."""
    return reader.need(TASKS, id)


def post_of(reader: Reader, code: str) -> PostHeld | None:
    return reader.get(POSTS, code)
