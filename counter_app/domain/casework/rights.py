"""Who may do what to a case behind the counter, and how much of it he sees (mission: C1, C9, H3, I10).

Citizen, counter, handler and supervisor see the same case, each what he may. One table and one function,
asked by commands before they act and by windows before they offer a key.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product
from typing import Final, Literal, get_args

from counter_app.domain.casework.posts import PostHeld, h5_holder
from counter_app.domain.casework.state import Assist, Handling, OpinionLevel, Step
from counter_app.domain.casework.task import Task, TaskKind
from counter_app.domain.catalogue.handling import StepKind
from counter_app.domain.hall.plan import HallPlan, Post, PostLevel, StaffMember
from counter_app.domain.hall.rights import Right, rights_of

Action = Literal[
    "take",
    "pass",
    "review",
    "opine",
    "send_back",
    "end_step",
    "enter_reply",
    "upper_answer",
    "classify",
    "assist",
    "answer",
    "repeat",
    "dispute",
    "settle",
    "order",
    "reply_order",
    "note",
    "ask",
    "reply",
    "meeting",
    "minutes",
    "plan_approve",
    "track",
    "prerequisite",
]
Sight = Literal["all", "course", "state"]

NEEDED: Final[Mapping[Action, tuple[Right, ...]]] = {
    "take": ("case.review", "case.approve"),
    "pass": ("case.review", "case.approve"),
    "review": ("case.review",),
    "opine": ("case.review", "case.approve"),
    "send_back": ("case.approve",),
    "end_step": ("case.review",),
    "enter_reply": ("reply.enter",),
    "upper_answer": ("case.review", "reply.enter"),
    "classify": ("case.review", "case.decide"),
    "assist": ("case.review",),
    "answer": ("case.review", "reply.enter"),
    "repeat": ("case.review",),
    "dispute": ("case.review", "reply.enter"),
    "settle": ("case.arbitrate",),
    "order": ("case.arbitrate",),
    "reply_order": ("case.review", "reply.enter"),
    "note": ("case.review", "case.arbitrate"),
    "ask": ("case.review", "case.arbitrate"),
    "reply": ("case.review", "reply.enter"),
    "meeting": ("case.review", "case.arbitrate"),
    "minutes": ("case.review", "case.arbitrate"),
    "plan_approve": ("case.arbitrate",),
    "track": ("case.arbitrate",),
    "prerequisite": ("case.decide", "case.review", "case.arbitrate"),
}
# What only the lead's people do, and what the management does for any department. A step of another
# department is ended by whoever has it there, or by the lead.
_LEADS: Final[frozenset[Action]] = frozenset(
    {"assist", "repeat", "classify", "meeting", "minutes", "end_step", "prerequisite"}
)
# What is done to a piece of work by whoever has it, with the kinds of work it is done to.
_OF_TASK: Final[Mapping[Action, frozenset[TaskKind]]] = {
    "take": frozenset(get_args(TaskKind)),
    "pass": frozenset(get_args(TaskKind)),
    "review": frozenset({"step"}),
    "opine": frozenset({"step"}),
    "send_back": frozenset({"step"}),
    "enter_reply": frozenset({"step"}),
    "upper_answer": frozenset({"step"}),
    "answer": frozenset({"assist"}),
    "reply": frozenset({"question", "absence"}),
    "reply_order": frozenset({"order"}),
}
# What came back on paper, the counter enters.
_ON_PAPER: Final[frozenset[Action]] = frozenset(
    {"answer", "enter_reply", "upper_answer", "reply", "reply_order"}
)
# What only a post of the step's level does; passing it on is for whoever has it.
_WITH_LEVEL: Final[frozenset[Action]] = frozenset({"take", "review", "opine", "send_back"})
_SIGNED_FROM: Final[Mapping[StepKind, frozenset[PostLevel]]] = {
    "approval": frozenset({"approver", "final"}),
    "final": frozenset({"final"}),
}
# Whose delay it was is settled also when the case is decided.
AFTER_THE_END: Final[frozenset[Action]] = frozenset({"dispute", "settle"})
_GROUPS: Final[frozenset[Action]] = frozenset({"note", "ask"})
_BY_RIGHT: Final[frozenset[Action]] = frozenset({"settle", "order", "plan_approve", "track"})


@dataclass(frozen=True, slots=True)
class Who:
    """Somebody at work. `posts` are those he holds now, as A or standing in; `signs` the kinds of step he may
    sign, by department."""

    staff: str
    name: str
    department: str
    rights: frozenset[Right]
    posts: tuple[str, ...] = ()
    signs: frozenset[tuple[str, StepKind]] = frozenset()

    def has(self, *rights: Right) -> bool:
        return any(right in self.rights for right in rights)


def who_of(plan: HallPlan, staff: str, posts: tuple[str, ...] = ()) -> Who | None:
    """None for a badge the hall does not know."""
    member = plan.member(staff)
    if member is None:
        return None
    signs = c9_signs(plan, member, posts)
    return Who(staff, member.name, member.department, rights_of(member.roles), posts, signs)


def c9_posts(plan: HallPlan, department: str, kind: StepKind) -> tuple[Post, ...]:
    """The posts of a department that sign a step of this kind: of its level, or a higher one. None of them:
    nobody does, until one is set up (mission: C9)."""
    levels = _SIGNED_FROM.get(kind, frozenset())
    return tuple(post for post in plan.posts if post.department == department and post.level in levels)


def c9_unsigned(plan: HallPlan, step: Step) -> bool:
    """Whether this step wants a post's signature and its department has no such post. One that works on paper
    signs its slip as it pleases (mission: H2)."""
    known = plan.department(step.department)
    here = known is not None and known.moved_in
    return here and step.kind in _SIGNED_FROM and not c9_posts(plan, step.department, step.kind)


def c9_approvers(plan: HallPlan, department: str, held: Mapping[str, PostHeld]) -> frozenset[str]:
    """Badges of those who approve cases of this department: A and B of its posts that do, and who stands in
    there (mission: C9, C16)."""
    posts = c9_posts(plan, department, "approval")
    return frozenset(
        badge for post in posts for badge in (post.a, post.b, h5_holder(post, held.get(post.code))) if badge
    )


def c9_signs(plan: HallPlan, member: StaffMember, posts: tuple[str, ...]) -> frozenset[tuple[str, StepKind]]:
    """Where he approves and approves finally: as A or B of a post of that level or a higher one, or standing
    in there (mission: C9)."""
    departments = {post.department for post in plan.posts}
    return frozenset(
        (department, kind)
        for department, kind in product(departments, _SIGNED_FROM)
        if any(
            member.badge in (post.a, post.b) or post.code in posts
            for post in c9_posts(plan, department, kind)
        )
    )


def c9_has_level(who: Who, handling: Handling, task: Task) -> bool:
    """Whether this work may lie in his hands: approvals want a post of their level."""
    step = handling.step(task.code) if task.kind == "step" else None
    if step is None or step.kind not in _SIGNED_FROM or (task.post and task.post in who.posts):
        return True
    return (task.department, step.kind) in who.signs


def c12_may_have(who: Who, handling: Handling, task: Task) -> bool:
    """Whether this work may be handed to him: who handles cases, with a post of its level where it is
    signed (mission: C9, C12)."""
    return who.has(*NEEDED["take"]) and c9_has_level(who, handling, task)


def c1_may(action: Action, who: Who, handling: Handling, task: Task | None = None, matter: str = "") -> bool:
    """Whether `who` may do this now; `task` is the piece of work it is about, `matter` the assist, where
    there is one. What stands in no table, nobody may."""
    if not who.has(*NEEDED[action]):
        return False
    if action == "end_step" and task is not None and task.open and _concerns(who, task, action):
        return True
    if action in _LEADS:
        return who.department == handling.department or who.has("case.arbitrate", "case.decide")
    if action in _OF_TASK:
        return (
            task is not None
            and _fits(action, handling, task)
            and _concerns(who, task, action)
            and _has_level(action, who, handling, task)
        )
    if action in _GROUPS:
        return who.department in handling.departments() or who.has("case.arbitrate")
    if action == "dispute":
        return any(_is_party(who, handling, one) for one in handling.assists if matter in ("", one.matter))
    return action in _BY_RIGHT


def _fits(action: Action, handling: Handling, task: Task) -> bool:
    """Whether this is open work of the kind that the action is for."""
    if not task.open or task.kind not in _OF_TASK[action]:
        return False
    step = handling.step(task.code) if action == "upper_answer" else None
    return step is None or step.kind == "report"


def _has_level(action: Action, who: Who, handling: Handling, task: Task) -> bool:
    return action not in _WITH_LEVEL or c9_has_level(who, handling, task)


def _is_party(who: Who, handling: Handling, assist: Assist) -> bool:
    """Whose delay the cause may be: the lead's or the assisting department's. Who answered on paper disputes
    on paper."""
    if assist.on_paper and who.has("reply.enter"):
        return True
    return who.has("case.review") and who.department in (handling.department, assist.department)


def _concerns(who: Who, task: Task, action: Action) -> bool:
    """His own work, or work of his post or department that nobody has. The counter enters replies on
    paper."""
    if task.on_paper and action in _ON_PAPER:
        return who.has("reply.enter")
    if task.staff:
        return task.staff == who.staff
    if task.post:
        return task.post in who.posts
    return task.department == who.department


def i10_sight(who: Who, handling: Handling) -> Sight:
    """How much of a case somebody sees: all (who has a part in it, and supervision), its course (the
    counter), or only that it is there and how it stands. A restricted case shows the counter no more than its
    state; who follows the plan sees its course (mission: C11)."""
    if who.has("case.arbitrate") or (who.has("case.review") and who.department in handling.departments()):
        return "all"
    if (who.has("case.decide") and not handling.restricted) or who.staff == handling.tracker:
        return "course"
    return "state"


def c9_signed_by(handling: Handling) -> Mapping[str, OpinionLevel]:
    """Who has signed at which level in this case: nobody is two of the three (mission: C9)."""
    return {opinion.staff: opinion.level for opinion in handling.opinions}
