"""Who may do what to a case behind the counter, and how much of it he sees (mission: C1, C9, H3, I10).

Citizen, counter, handler and supervisor see the same case, each what he may. One table and one function,
asked by commands before they act and by windows before they offer a key.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from counter_app.domain.casework.state import Handling, OpinionLevel
from counter_app.domain.casework.task import Task
from counter_app.domain.hall.plan import HallPlan
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
    "upper_answer": ("case.review", "case.decide"),
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
    "reply": ("case.review",),
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
_OF_TASK: Final[frozenset[Action]] = frozenset(
    {"take", "pass", "review", "opine", "send_back", "answer", "reply", "enter_reply"}
)


@dataclass(frozen=True, slots=True)
class Who:
    """Somebody at work. `posts` are those he holds now, as A or standing in."""

    staff: str
    name: str
    department: str
    rights: frozenset[Right]
    posts: tuple[str, ...] = ()

    def has(self, *rights: Right) -> bool:
        return any(right in self.rights for right in rights)


def who_of(plan: HallPlan, staff: str, posts: tuple[str, ...] = ()) -> Who | None:
    """None for a badge the hall does not know."""
    member = plan.member(staff)
    if member is None:
        return None
    return Who(staff, member.name, member.department, rights_of(member.roles), posts)


def c1_may(action: Action, who: Who, handling: Handling, task: Task | None = None) -> bool:
    """Whether `who` may do this now; `task` is the piece of work it is about, where there is one."""
    if not who.has(*NEEDED[action]):
        return False
    if action == "end_step" and task is not None and task.open and _concerns(who, task, action):
        return True
    if action in _LEADS:
        return who.department == handling.department or who.has("case.arbitrate", "case.decide")
    if action in _OF_TASK:
        return task is not None and task.open and _concerns(who, task, action)
    return True


def _concerns(who: Who, task: Task, action: Action) -> bool:
    """His own work, or work of his post or department that nobody has. The counter enters replies on
    paper."""
    if task.staff:
        return task.staff == who.staff
    if action in ("answer", "enter_reply") and task.on_paper:
        return who.has("reply.enter")
    if task.post:
        return task.post in who.posts
    return task.department == who.department


def i10_sight(who: Who, handling: Handling) -> Sight:
    """How much of a case somebody sees: all (who has a part in it, and supervision), its course (the
    counter), or only that it is there and how it stands. A restricted case shows the counter no more than its
    state."""
    if who.has("case.arbitrate") or (who.has("case.review") and who.department in handling.departments()):
        return "all"
    if who.has("case.decide") and not handling.restricted:
        return "course"
    return "state"


def c9_signed_by(handling: Handling) -> Mapping[str, OpinionLevel]:
    """Who has signed at which level in this case: nobody is two of the three (mission: C9)."""
    return {opinion.staff: opinion.level for opinion in handling.opinions}
