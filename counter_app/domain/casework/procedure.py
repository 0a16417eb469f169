"""What the catalogue makes of a case: its class, its steps, whom it asks; which steps may start now.

Pure functions of the item, the answers and the handling so far (mission: C3, C4, C15, I10).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from counter_app.domain.casework.state import COMPLEXITIES, FAILED, Handling, Step
from counter_app.domain.catalogue.checklist import Checklist
from counter_app.domain.catalogue.handling import (
    AssistMatter,
    Authority,
    CaseClass,
    Complexity,
    DecisionLevel,
    HandlingStep,
    StepKind,
)
from counter_app.domain.catalogue.items import Item
from counter_app.domain.catalogue.questions import Answers, Condition, settle
from counter_app.domain.hall.plan import HallPlan, PostLevel

# An item whose file says nothing of its steps goes the way every case goes: examined, approved, finally
# approved.
USUAL: Final = (
    HandlingStep(code="review", name="审查", kind="review"),
    HandlingStep(code="approval", name="审批", kind="approval", after=("review",)),
    HandlingStep(code="final", name="核准", kind="final", after=("approval",)),
)
_LEVELS: Final[Mapping[str, PostLevel]] = {"approval": "approver", "final": "final"}


@dataclass(frozen=True, slots=True)
class Classed:
    """What a case is by authority, complexity and sensitivity, and the class that follows (mission: I10)."""

    authority: Authority
    complexity: Complexity
    sensitive: bool
    found: CaseClass | None

    @property
    def restricted(self) -> bool:
        """Whether only those who have a part in it may see it."""
        return self.found.restricted if self.found else self.sensitive


def i10_class_of(item: Item, complexity: Complexity | None = None, sensitive: bool | None = None) -> Classed:
    """The class of a case: by what the item says, or what was seen of this very case."""
    authority: Authority = "upper" if item.report_up else "own"
    grade: Complexity = complexity or ("complex" if item.complex else "ordinary")
    touchy = item.sensitive if sensitive is None else sensitive
    found = (
        entry
        for entry in item.classes
        if entry.authority in (None, authority)
        and entry.complexity in (None, grade)
        and entry.sensitive in (None, touchy)
    )
    return Classed(authority, grade, touchy, next(found, None))


def i10_class_at_intake(item: Item, fields: Mapping[str, str]) -> Classed:
    """The class as the counter set it when it took the case in (fields `complexity`, `sensitive`), else the
    item's."""
    grade = next((entry for entry in COMPLEXITIES if entry == fields.get("complexity")), None)
    said = fields.get("sensitive", "")
    return i10_class_of(item, grade, None if not said else said == "yes")


def i10_checklist(lines: Checklist, classed: Classed) -> Checklist:
    """The class's own promise stands instead of the item's: a simple case is not made to wait like a hard
    one."""
    found = classed.found
    if found is None or found.promised_limit is None:
        return lines
    return replace(lines, promised_limit=found.promised_limit, limit_because=(found.name,))


def steps_of(
    item: Item,
    answers: Answers,
    classed: Classed,
    department: str,
    today: date,
    on_paper: frozenset[str] = frozenset(),
) -> tuple[HandlingStep, ...]:
    """The steps this case goes through: those whose condition holds and that its class does not leave out.

    What waited for a step left out waits for what that step waited for. Departments `on_paper` have not moved
    in: who examines and approves there is their own affair, here one step waits for their reply (mission:
    H2).
    """
    facts = settle(item.questions, answers, today, {})
    skipped = set(classed.found.skip) if classed.found else set()
    wanted = _with_report(item.steps or USUAL, item)
    gone = {
        step.code: step.after
        for step in wanted
        if step.code in skipped
        or (step.when is not None and step.when.holds(facts) is not True)
        or (step.kind in ("review", "approval") and (step.department or department) in on_paper)
    }
    return tuple(
        _moved(step, department, _bridged(step.after, gone)) for step in wanted if step.code not in gone
    )


def _with_report(steps: tuple[HandlingStep, ...], item: Item) -> tuple[HandlingStep, ...]:
    """An item that is reported up ends with the upper body's answer, whether its file names that step or
    not."""
    if item.report_up is None or any(step.kind == "report" for step in steps):
        return steps
    after = tuple(step.code for step in steps if step.kind == "final")
    return (*steps, HandlingStep(code="report", name=f"报{item.report_up.body}", kind="report", after=after))


def _bridged(after: Iterable[str], gone: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for code in after:
        found.update(dict.fromkeys(_bridged(gone[code], gone) if code in gone else (code,)))
    return tuple(found)


def _moved(step: HandlingStep, department: str, after: tuple[str, ...]) -> HandlingStep:
    return HandlingStep(
        code=step.code,
        name=step.name,
        kind=step.kind,
        department=step.department or department,
        post=step.post,
        after=after,
        needs_results=step.needs_results,
        limit=step.limit,
        level=step.level,
        applicant_does=step.applicant_does,
        review=step.review,
        guidance=step.guidance,
    )


def packed(step: HandlingStep, plan: HallPlan) -> dict[str, Any]:
    """A step as `HandlingBegun` carries it; its post is looked up here, once."""
    post = step.post or post_of(step.department, step.kind, plan)
    tree: dict[str, Any] = {
        "code": step.code,
        "name": step.name,
        "kind": step.kind,
        "department": step.department,
        "post": post,
        "after": list(step.after),
        "needs_results": step.needs_results,
        "level": step.level,
        "applicant_does": step.applicant_does,
    }
    if step.limit is not None:
        tree["limit"] = {"amount": step.limit.amount, "unit": step.limit.unit}
    return tree


def post_of(department: str, kind: StepKind, plan: HallPlan) -> str:
    """The post that does such a step there; "" when there is none."""
    post = plan.post_for(department, _LEVELS.get(kind, "handler"))
    return post.code if post else ""


def c3_ready_steps(handling: Handling) -> tuple[Step, ...]:
    """The steps whose start condition is met and that have not started: several at once run side by side."""
    if not handling.open or (handling.plan_approval and not handling.plan_approved_by):
        return ()
    done = {step.code for step in handling.steps if step.state == "done"}
    results = all(entry.settled for entry in handling.prerequisites)
    return tuple(
        step
        for step in handling.steps
        if step.state == "waiting" and done.issuperset(step.after) and (results or not step.needs_results)
    )


def c3_may_send_back(step: Step, to: Step) -> bool:
    """Approvers give work back to any step that is done; whoever examines has a failed visit or test done
    again."""
    return to.state == "done" and (step.kind in ("approval", "final") or to.outcome == FAILED)


def c9_decided_behind(handling: Handling | None, item: Item) -> bool:
    """Whether its departments decide an accepted case and no counter: what is not decided on the spot, and
    anything once a department has begun to sign."""
    return not item.on_the_spot or bool(handling and handling.opinions)


def c4_assists_of(item: Item, answers: Answers, today: date) -> tuple[AssistMatter, ...]:
    """Whom this case asks: the matters whose condition holds."""
    facts = settle(item.questions, answers, today, {})
    return tuple(matter for matter in item.assists if _applies(matter.when, facts))


def _applies(when: Condition | None, facts: Any) -> bool:
    return when is None or when.holds(facts) is True


def c15_level_of(item: Item, classed: Classed) -> DecisionLevel | None:
    """The level that decides a case of this class: the highest whose fields it meets."""
    fitting = [
        level
        for level in item.decision_levels
        if level.complexity in (None, classed.complexity)
        and level.sensitive in (None, classed.sensitive)
        and (not level.upper or classed.authority == "upper")
    ]
    return max(fitting, key=lambda level: level.rank, default=None)


def c15_flag(item: Item, classed: Classed, sent: str) -> str:
    """`needless` when it was sent higher than the table says (不该报的往上送), `missed` when lower
    (该报的不报)."""
    ranks = {level.code: level.rank for level in item.decision_levels}
    right = c15_level_of(item, classed)
    if right is None or sent not in ranks or ranks[sent] == right.rank:
        return ""
    return "needless" if ranks[sent] > right.rank else "missed"
