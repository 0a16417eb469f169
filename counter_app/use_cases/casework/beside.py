"""Beside an open step that ends without an opinion: its questions and its guidance (mission: C10)."""

from __future__ import annotations

from collections.abc import Sequence

from counter_app.domain.casework.rights import Action, Who, c1_may
from counter_app.domain.casework.state import LEVELS
from counter_app.domain.casework.task import Task
from counter_app.use_cases.casework.ground import Ground
from counter_app.use_cases.casework.views import StepForm


def step_forms(on: Ground, who: Who, tasks: Sequence[Task]) -> tuple[StepForm, ...]:
    """Of the visits, tests, meetings and reports that this person may end now."""
    work = {task.id: task for task in tasks}
    found = []
    for step in on.handling.steps:
        task, declared = work.get(step.task), on.item.step(step.code)
        if step.state != "open" or step.kind in LEVELS or task is None or declared is None:
            continue
        action: Action = "upper_answer" if step.kind == "report" else "end_step"
        if c1_may(action, who, on.handling, task):
            answered = tuple((line.question, line.answer) for line in step.review)
            found.append(StepForm(step.code, declared.review, answered, declared.guidance))
    return tuple(found)
