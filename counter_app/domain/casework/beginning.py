"""How a case goes behind the counter: its class, its steps, and the work its first steps are.

Pure, so that a machine at a counter and the hall's centre begin the same case alike (mission: C3, C11, I7,
I10).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime

from counter_app.domain.casework.clocks import last_day
from counter_app.domain.casework.facts import HandlingBegun, ReportedUp, StepStarted
from counter_app.domain.casework.joint_facts import PrerequisitesNeeded
from counter_app.domain.casework.opening import Piece
from counter_app.domain.casework.procedure import (
    i10_checklist,
    i10_class_at_intake,
    packed,
    post_of,
    steps_of,
)
from counter_app.domain.casework.state import Handling, Step
from counter_app.domain.casework.task import HandlingFact
from counter_app.domain.catalogue.checklist import Checklist, checklist
from counter_app.domain.catalogue.handling import AssistMatter
from counter_app.domain.catalogue.items import Item
from counter_app.domain.hall.plan import HallPlan, Post
from counter_app.domain.intake.case import Case
from counter_app.domain.time.calendar import WorkCalendar
from counter_app.domain.time.clock import Clock, More
from counter_app.domain.time.dates import dates
from counter_app.domain.time.facts import TimeAdded
from counter_app.domain.time.limits import Limit

PLAN = "plan"


def h2_on_paper(plan: HallPlan, department: str) -> bool:
    """Whether this department has not moved in: its work goes out printed and comes back on a slip."""
    known = plan.department(department)
    return known is None or not known.moved_in


def management(plan: HallPlan) -> Post | None:
    """The counter's management: the post that arbitrates, orders and approves plans (窗口协调, mission:
    C7)."""
    return next((post for post in plan.posts if post.role == "supervision"), None)


def lines_of(item: Item, case: Case, today: date, settings: Mapping[str, int]) -> Checklist:
    """What this case needs, with the limits of its class. Date conditions are judged as of the day on which
    the application was brought."""
    day = case.received_at.date() if case.received_at else today
    lines = checklist(item, case.draft.answers, today=day, settings=settings)
    return i10_checklist(lines, i10_class_at_intake(item, case.draft.fields))


def handling_begun(case: Case, item: Item, lines: Checklist, plan: HallPlan, today: date) -> HandlingBegun:
    """The case in its class, with the steps it will go through."""
    classed = i10_class_at_intake(item, case.draft.fields)
    on_paper = frozenset(entry.code for entry in plan.departments if not entry.moved_in)
    steps = steps_of(item, case.draft.answers, classed, lines.department, today, on_paper)
    return HandlingBegun(
        case=case.id,
        item=case.draft.item,
        department=lines.department,
        case_class=classed.found.code if classed.found else "",
        authority=classed.authority,
        complexity=classed.complexity,
        sensitive=classed.sensitive,
        restricted=classed.restricted,
        steps=tuple(packed(step, plan) for step in steps),
        plan_approval=item.plan_approval,
    )


def prerequisites_promised(case: Case, lines: Checklist) -> PrerequisitesNeeded | None:
    """Accepted although a result was still to come: its material is promised, and the decision waits for
    it (mission: C2)."""
    lacking = {code for code, mark in case.draft.marks.items() if mark.kind == "lacking"}
    promised = {
        item for line in lines.lines if line.material.code in lacking for item in line.material.satisfied_by
    }
    wanted = tuple((entry.what.item, "") for entry in lines.prerequisites if entry.what.item in promised)
    return PrerequisitesNeeded(case=case.id, items=wanted) if wanted else None


def plan_work(plan: HallPlan) -> Piece:
    """The plan lies before the management until it is approved (报领导审批, mission: C11)."""
    post = management(plan)
    department = post.department if post and post.department else "centre"
    return Piece(
        kind="plan", code=PLAN, name="审定办事计划", department=department, post=post.code if post else ""
    )


def step_work(step: Step, handling: Handling, item: Item, plan: HallPlan, had: str = "") -> Piece:
    """The work that a step is; `had` gets it back after it was sent back. Where no post did it when the case
    began, one that was set up since does."""
    return Piece(
        kind="step",
        code=step.code,
        name=step.name,
        department=step.department,
        post=step.post or post_of(step.department, step.kind, plan),
        staff=had,
        limit=step_limit(step, item),
        lead=step.department == handling.department,
        on_paper=h2_on_paper(plan, step.department),
    )


def assist_work(matter: AssistMatter, plan: HallPlan) -> Piece:
    """The assisting department's work, with its own clock (mission: T5)."""
    post = plan.post_for(matter.department, "handler")
    return Piece(
        kind="assist",
        code=matter.code,
        name=matter.name,
        department=matter.department,
        post=post.code if post else "",
        limit=matter.limit,
        lead=False,
        on_paper=h2_on_paper(plan, matter.department),
    )


def step_started(
    case: str, step: Step, task: str, item: Item, calendar: WorkCalendar, now: datetime
) -> Iterator[HandlingFact]:
    """What is written when the step's work `task` has been opened."""
    yield StepStarted(case=case, step=step.code, task=task)
    if step.kind == "report" and item.report_up is not None:
        due = last_day(item.report_up.limit, now, calendar)
        yield ReportedUp(
            case=case,
            step=step.code,
            upper_body=item.report_up.body,
            due=due.isoformat() if due else None,
        )


def i9_upper_limit(clock: Clock, item: Item, calendar: WorkCalendar, now: datetime) -> TimeAdded | None:
    """Reported up: the upper body's limit comes on top of the hall's own, once (上报件; 行政许可法
    第四十三条: the lower body examines in its time, then the upper decides). The citizen was told at
    acceptance."""
    upper = item.report_up
    if upper is None or upper.limit is None or not clock.running:
        return None
    if any(more.kind == "upper" for more in clock.added):
        return None
    basis = f"报{upper.body}"
    then = replace(clock, added=(*clock.added, More("upper", upper.limit, now, basis)))
    return TimeAdded(
        case=clock.case,
        kind="upper",
        amount=upper.limit.amount,
        unit=upper.limit.unit,
        basis=basis,
        ask="",
        **dates(then, calendar, now).as_fact(),
    )


def step_limit(step: Step, item: Item) -> Limit | None:
    """A step's own limit; waiting for a meeting has its level's where the step gives none (mission: C15), an
    answer from above the upper body's (I9)."""
    if step.kind == "report" and item.report_up is not None:
        return item.report_up.limit
    if step.limit is None and step.kind == "meeting":
        code = step.meeting_level or step.level
        level = next((entry for entry in item.decision_levels if entry.code == code), None)
        return level.limit if level else None
    return step.limit
