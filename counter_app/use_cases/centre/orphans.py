"""Work that a late act had opened waits for nobody: the centre closes it (mission: C12, X1).

An act that came too late may have put the next step into somebody's inbox. The step has not begun, so the
work is nobody's; when it begins, work is opened for it anew. Likewise when the case has ended meanwhile.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from counter_app.domain.casework.facts import HandlingClosed
from counter_app.domain.casework.state import Handling
from counter_app.domain.casework.task import TASKS, Task, TaskClosed, TaskOpened
from counter_app.domain.intake.fold import CASES
from counter_app.domain.journal import Recorded
from counter_app.use_cases.ports.centre_store import CentreTransaction

OVERTAKEN: Final = "overtaken"


def close_orphans(tx: CentreTransaction, handling: Handling, history: Iterable[Recorded]) -> None:
    """`history` is that of the handling as it stands now."""
    case = tx.get(CASES, handling.case)
    over = case is not None and case.ended
    opened = dict.fromkeys(event.fact.task for event in history if isinstance(event.fact, TaskOpened))
    for id in opened:
        task = tx.get(TASKS, id)
        if task is not None and task.open and (over or _is_orphan(handling, task)):
            tx.record(TaskClosed(case=handling.case, task=id, outcome=OVERTAKEN), key=f"orphan:{id}")
    if over and case is not None and handling.open:
        tx.record(
            HandlingClosed(case=handling.case, cause=case.stage),
            key=f"orphan:{handling.case}:{len(handling.overtaken)}",
        )


def _is_orphan(handling: Handling, task: Task) -> bool:
    if task.kind == "step":
        step = handling.step(task.code)
        return step is None or step.task != task.id
    if task.kind == "assist":
        return all(assist.task != task.id for assist in handling.assists)
    return False
