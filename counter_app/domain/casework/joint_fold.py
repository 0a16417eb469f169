"""How joint matters, prerequisites and plans change the handling of a case (mission: C2, C11)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, Final

from counter_app.domain.casework import joint_facts as j
from counter_app.domain.casework.state import (
    MOST_CHANGES,
    WAYS,
    Handling,
    Joint,
    PlanBar,
    PlanChange,
    Prerequisite,
)
from counter_app.domain.changing import replace
from counter_app.domain.journal import Recorded

Folder = Callable[[Handling, Any, Recorded], Handling | None]


def _joined(state: Handling, fact: j.JointOpened, event: Recorded) -> Handling | None:
    if state.joint is not None:
        return None
    return replace(state, joint=Joint(fact.joint, fact.name, fact.lead, fact.cases))


def _needed(state: Handling, fact: j.PrerequisitesNeeded, event: Recorded) -> Handling | None:
    wanted = tuple(Prerequisite(item, case) for item, case in fact.items)
    if state.prerequisites:
        return state if _names(state.prerequisites) == _names(wanted) else None
    return replace(state, prerequisites=wanted)


def _names(entries: Iterable[Prerequisite]) -> list[tuple[str, str]]:
    return sorted((entry.item, entry.from_case) for entry in entries)


def _with(state: Handling, changed: Prerequisite) -> Handling:
    entries = tuple(changed if entry.item == changed.item else entry for entry in state.prerequisites)
    return replace(state, prerequisites=entries)


def _arrived(state: Handling, fact: j.PrerequisiteArrived, event: Recorded) -> Handling | None:
    known = state.prerequisite(fact.item)
    if known is None or known.settled:
        return None
    return _with(state, replace(known, state="arrived", number=fact.number, task=""))


def _failed(state: Handling, fact: j.PrerequisiteFailed, event: Recorded) -> Handling | None:
    known = state.prerequisite(fact.item)
    if known is None or known.settled or known.state == "failed":
        return None
    failed = replace(
        known, state="failed", how=fact.how, task=fact.task, way=None, chosen_at=None, chosen_by=""
    )
    return _with(state, failed)


def _settled(state: Handling, fact: j.PrerequisiteSettled, event: Recorded) -> Handling | None:
    known = state.prerequisite(fact.item)
    way = next((entry for entry in WAYS if entry == fact.way), None)
    if known is None or known.state != "failed" or way is None:
        return None
    after: dict[str, Any] = {"drop": "dropped", "wait": "open", "withdraw": "failed"}
    chosen = replace(
        known, state=after[way], way=way, task="", chosen_at=event.at, chosen_by=event.actor.staff
    )
    return _with(state, chosen)


def _applied_again(state: Handling, fact: j.PrerequisiteAppliedAgain, event: Recorded) -> Handling | None:
    known = state.prerequisite(fact.item)
    if known is None or known.state != "open":
        return None
    joint = state.joint
    if joint is not None and fact.from_case not in dict(joint.cases):
        joint = replace(joint, cases=(*joint.cases, (fact.from_case, fact.item)))
    return _with(replace(state, joint=joint), replace(known, from_case=fact.from_case, how=""))


def _kept(state: Handling, fact: j.PlanKept, event: Recorded) -> Handling:
    bars = tuple(
        PlanBar(code, date.fromisoformat(start), date.fromisoformat(end), critical, code in fact.foreseen)
        for code, start, end, critical in fact.bars
    )
    before = {bar.code: bar.until_on for bar in state.plan}
    after = {bar.code: bar.until_on for bar in bars}
    moved = tuple(
        (code, before.get(code), after.get(code))
        for code in dict.fromkeys((*after, *before))
        if before.get(code) != after.get(code)
    )
    waited = [bar.code for bar in state.plan if bar.foreseen and bar.code not in fact.foreseen]
    asked = tuple(code for code in waited if code in after)
    left_out = tuple(code for code in waited if code not in after)
    changes = state.plan_changes
    if state.plan and (moved or waited):
        changes = (*changes, PlanChange(event.at, fact.cause, moved, asked, left_out))[-MOST_CHANGES:]
    return replace(state, plan=bars, plan_changes=changes)


def _approved(state: Handling, fact: j.PlanApproved, event: Recorded) -> Handling | None:
    if state.plan_approved_by:
        return None
    return replace(state, plan_approved_by=event.actor.staff, plan_returned="")


def _returned(state: Handling, fact: j.PlanReturned, event: Recorded) -> Handling | None:
    return replace(state, plan_returned=fact.note) if not state.plan_approved_by else None


def _tracked(state: Handling, fact: j.TrackerNamed, event: Recorded) -> Handling:
    return replace(state, tracker=fact.staff)


JOINT_FOLDERS: Final[dict[type, Folder]] = {
    j.JointOpened: _joined,
    j.PrerequisitesNeeded: _needed,
    j.PrerequisiteArrived: _arrived,
    j.PrerequisiteFailed: _failed,
    j.PrerequisiteSettled: _settled,
    j.PrerequisiteAppliedAgain: _applied_again,
    j.PlanKept: _kept,
    j.PlanApproved: _approved,
    j.PlanReturned: _returned,
    j.TrackerNamed: _tracked,
}
