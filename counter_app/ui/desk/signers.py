"""The three levels of a case: who has signed, who may (mission: C9). No Qt."""

from __future__ import annotations

from counter_app.domain.casework.state import LEVELS
from counter_app.domain.casework.words import LEVEL_WORDS
from counter_app.domain.hall.plan import HallPlan
from counter_app.i18n import Translator
from counter_app.ui.desk.shown import SignerShown
from counter_app.ui.theme.tokens import State
from counter_app.use_cases.casework.views import CasePage, StepRow


def signers(page: CasePage, plan: HallPlan, t: Translator) -> tuple[SignerShown, ...]:
    """A level a line, in the order of the steps."""
    found = []
    for step in page.steps:
        level = LEVELS.get(step.kind)
        if level is None:
            continue
        signed = next((row for row in reversed(page.opinions) if row.step == step.code), None)
        if signed is not None and step.state == "done":
            found.append(SignerShown(t(LEVEL_WORDS[level]), signed.name, State.DONE))
        else:
            state = State.PENDING if step.state == "open" else State.IDLE
            found.append(SignerShown(t(LEVEL_WORDS[level]), _may(step, plan, t), state))
    return tuple(found)


def _may(step: StepRow, plan: HallPlan, t: Translator) -> str:
    """Who has it, else the post's A and B."""
    if step.staff_name:
        return step.staff_name
    post = next((one for one in plan.posts if one.name == step.post_name), None)
    a = plan.member(post.a) if post is not None else None
    b = plan.member(post.b) if post is not None and post.b else None
    if a is None:
        return step.post_name or step.department_name
    return t("{a} (post B: {b})", a=a.name, b=b.name) if b is not None else a.name
