"""How events make the handling of a case. An event that no longer fits is marked overtaken, never dropped.

Not here: joint matters and plans (`joint_fold.py`), the working group and assists (`group_fold.py`).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, Final

import msgspec

from counter_app.domain.casework import facts as f
from counter_app.domain.casework.group_fold import GROUP_FOLDERS
from counter_app.domain.casework.holding import held, is_late, is_silent, overtaken
from counter_app.domain.casework.joint_fold import JOINT_FOLDERS
from counter_app.domain.casework.state import COMPLEXITIES, Handling, Opinion, ReviewLine, Step, View
from counter_app.domain.casework.task import HandlingFact, TaskFact
from counter_app.domain.changing import replace
from counter_app.domain.journal import Recorded
from counter_app.domain.streams import Stream

Folder = Callable[[Handling, Any, Recorded], Handling | None]


def fold_handling(handling: Handling | None, event: Recorded) -> Handling | None:
    fact = event.fact
    if not isinstance(fact, HandlingFact):
        return handling
    state = handling or Handling(fact.case)
    if isinstance(fact, TaskFact):
        return held(state, fact, event)
    if is_late(state, fact, event):
        return state if is_silent(fact) else overtaken(state, event)
    folder = _FOLDERS.get(type(fact))
    changed = folder(state, fact, event) if folder else None
    return changed or overtaken(state, event)


def _begun(state: Handling, fact: f.HandlingBegun, event: Recorded) -> Handling | None:
    if state.begun_at is not None:
        return state  # two machines began it at once: their work has the same names
    classed = msgspec.convert(
        {
            "case": fact.case,
            "item": fact.item,
            "department": fact.department,
            "case_class": fact.case_class,
            "authority": fact.authority,
            "complexity": fact.complexity,
            "sensitive": fact.sensitive,
            "restricted": fact.restricted,
            "plan_approval": fact.plan_approval,
            "steps": fact.steps,
        },
        Handling,
    )
    return replace(
        classed,
        begun_at=event.at,
        joint=state.joint,
        prerequisites=state.prerequisites,
        work=state.work,
        late=state.late,
        overtaken=state.overtaken,
    )


def _classed(state: Handling, fact: f.ClassSet, event: Recorded) -> Handling | None:
    if not state.open or state.decided_at:
        return None
    complexity = next((entry for entry in COMPLEXITIES if entry == fact.complexity), state.complexity)
    return replace(
        state,
        case_class=fact.case_class,
        complexity=complexity,
        sensitive=fact.sensitive,
        restricted=fact.restricted,
        class_reason=text_of(event, "reason"),
    )


def with_step(state: Handling, changed: Step) -> Handling:
    steps = tuple(changed if step.code == changed.code else step for step in state.steps)
    return replace(state, steps=steps)


def _running(state: Handling, code: str) -> Step | None:
    step = state.step(code)
    return step if step is not None and step.state == "open" and state.open else None


def _started(state: Handling, fact: f.StepStarted, event: Recorded) -> Handling | None:
    step = state.step(fact.step)
    if step is not None and step.task == fact.task:
        return state
    if step is None or step.state != "waiting" or not state.open or not _may_start(state, step):
        return None
    return with_step(state, replace(step, task=fact.task, started_at=event.at))


def _may_start(state: Handling, step: Step) -> bool:
    done = {entry.code for entry in state.steps if entry.state == "done"}
    return done.issuperset(step.after)


def _filled(state: Handling, fact: f.ReviewFilled, event: Recorded) -> Handling | None:
    step = _running(state, fact.step)
    if step is None:
        return None
    answered = {line.question: line for line in step.review}
    answered.update((code, ReviewLine(code, answer, speaks)) for code, answer, speaks in fact.lines)
    return with_step(state, replace(step, review=tuple(answered.values())))


def text_of(event: Recorded, slot: str) -> str:
    return event.private.get(slot, b"").decode()


def _opinion(state: Handling, fact: f.OpinionGiven, event: Recorded) -> Handling | None:
    if _running(state, fact.step) is None:
        return None
    opinion = msgspec.convert(
        {
            "step": fact.step,
            "level": fact.level,
            "view": fact.view,
            "staff": event.actor.staff,
            "at": event.at,
            "text": text_of(event, "text"),
            "law": fact.law,
            "article": fact.article,
            "conditions": fact.conditions,
            "bands": fact.bands,
            "band_approver": fact.band_approver,
            "band_reason": text_of(event, "reason"),
            "on_paper": fact.on_paper,
        },
        Opinion,
    )
    told = replace(state, opinions=(*state.opinions, opinion))
    if opinion.level != "final" or state.decides != "final":
        return told
    return replace(told, view=opinion.view, result_number=fact.result_number, decided_at=event.at)


def _ended(state: Handling, fact: f.StepEnded, event: Recorded) -> Handling | None:
    step = _running(state, fact.step)
    if step is None:
        return None
    flag = step.flag if fact.flag is None else fact.flag
    remark = text_of(event, "text") or step.remark
    done = replace(step, ended_at=event.at, outcome=fact.outcome, flag=flag, remark=remark)
    ended = with_step(state, done)
    over = ended.decided_at is not None and step.kind == state.decides
    return replace(ended, ended_at=event.at) if over else ended


def _sent_back(state: Handling, fact: f.StepSentBack, event: Recorded) -> Handling | None:
    step, to = _running(state, fact.step), state.step(fact.to)
    if step is None or to is None or to.state != "done":
        return None
    waits = replace(step, task="", started_at=None)
    again = replace(
        to,
        task="",
        started_at=None,
        ended_at=None,
        outcome="",
        remark="",
        sent_back=to.sent_back + 1,
        back_by=event.actor.staff,
        back_reason=text_of(event, "reason"),
    )
    return with_step(with_step(state, waits), again)


def _sent_up(state: Handling, fact: f.MeetingSentUp, event: Recorded) -> Handling | None:
    step = _running(state, fact.step)
    if step is None:
        return None
    return with_step(state, replace(step, meeting_level=fact.level, flag=fact.flag))


def _reported(state: Handling, fact: f.ReportedUp, event: Recorded) -> Handling | None:
    step = _running(state, fact.step)
    if step is None:
        return None
    due = date.fromisoformat(fact.due) if fact.due else None
    return with_step(state, replace(step, upper_body=fact.upper_body, upper_due=due))


def _upper(state: Handling, fact: f.UpperBodyAnswered, event: Recorded) -> Handling | None:
    step = _running(state, fact.step)
    if step is None or not step.upper_body or fact.view not in ("grant", "deny"):
        return None
    view: View = "grant" if fact.view == "grant" else "deny"
    state = with_step(state, replace(step, remark=text_of(event, "text")))
    return replace(state, view=view, result_number=fact.number, decided_at=event.at)


def _closed(state: Handling, fact: f.HandlingClosed, event: Recorded) -> Handling | None:
    if state.ended_at is not None:
        return state
    steps = tuple(
        replace(step, outcome=fact.cause, ended_at=event.at, cut_short=True) if step.state == "open" else step
        for step in state.steps
    )
    return replace(state, steps=steps, ended_at=event.at)


def _taken_up(state: Handling, fact: f.HandlingTakenUp, event: Recorded) -> Handling | None:
    """Steps that were cut short, and the one that decided, wait to be started again."""
    if state.ended_at is None:
        return None
    decided, tasks = state.decided_at is not None, dict(fact.assists)
    steps = tuple(
        replace(step, task="", started_at=None, ended_at=None, outcome="", remark="", cut_short=False)
        if step.cut_short or (decided and step.kind == state.decides)
        else step
        for step in state.steps
    )
    assists = tuple(
        replace(entry, task=tasks[entry.matter]) if entry.matter in tasks else entry
        for entry in state.assists
    )
    return replace(
        state, steps=steps, assists=assists, view=None, result_number="", decided_at=None, ended_at=None
    )


_FOLDERS: Final[dict[type, Folder]] = {
    f.HandlingBegun: _begun,
    f.ClassSet: _classed,
    f.StepStarted: _started,
    f.ReviewFilled: _filled,
    f.OpinionGiven: _opinion,
    f.StepEnded: _ended,
    f.StepSentBack: _sent_back,
    f.MeetingSentUp: _sent_up,
    f.ReportedUp: _reported,
    f.UpperBodyAnswered: _upper,
    f.HandlingClosed: _closed,
    f.HandlingTakenUp: _taken_up,
    **GROUP_FOLDERS,
    **JOINT_FOLDERS,
}

HANDLINGS: Final = Stream("handling", Handling, fold_handling)
