"""What the ends of `ending_facts.py` make of a case. An end that does not fit gives None: overtaken."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final

from counter_app.domain.changing import replace
from counter_app.domain.intake.case import Act, Case, Mark, Stage
from counter_app.domain.intake.ending_facts import (
    CaseDenied,
    CaseLapsed,
    CaseMerged,
    CaseReopened,
    CaseTerminated,
    LackSupplied,
)
from counter_app.domain.journal import Recorded

MAY_TERMINATE: Final = frozenset({"received", "reopened", "notified", "accepted"})
MAY_LAPSE: Final = frozenset({"notified", "accepted"})
_REOPENABLE: Final = frozenset({"granted", "denied", "refused", "withdrawn", "terminated", "lapsed"})


def _ended(case: Case, stage: Stage, kind: str, event: Recorded, **words: str) -> Case:
    reason = event.private.get("reason", b"").decode() or words.pop("phrase", "")
    words.pop("phrase", None)
    act = Act(kind, event.id, event.at, event.actor.staff, event.actor.place, reason, **words)
    return replace(
        case,
        stage=stage,
        acts=(*case.acts, act),
        steps=(),
        open_lines=None,
        held_until=None,
        ended_at=event.at,
    )


def _denied(case: Case, fact: CaseDenied, event: Recorded) -> Case | None:
    if case.stage != "accepted":
        return None
    return _ended(case, "denied", "deny", event, phrase=fact.phrase, article=fact.article)


def _terminated(case: Case, fact: CaseTerminated, event: Recorded) -> Case | None:
    if case.stage not in MAY_TERMINATE:
        return None
    return _ended(case, "terminated", "terminate", event, phrase=fact.phrase, article=fact.article)


def _lapsed(case: Case, fact: CaseLapsed, event: Recorded) -> Case | None:
    if case.stage not in MAY_LAPSE:
        return None
    return _ended(case, "lapsed", "lapse", event, phrase=fact.phrase, article=fact.article)


def _merged(case: Case, fact: CaseMerged, event: Recorded) -> Case | None:
    if case.ended or case.stage == "forwarded" or fact.into == case.id:
        return None
    return _ended(case, "merged", "merge", event, body=fact.into_number)


def _reopened(case: Case, fact: CaseReopened, event: Recorded) -> Case | None:
    """Back to where it stood: accepted, or received where it never was."""
    if case.stage not in _REOPENABLE:
        return None
    stage: Stage = "accepted" if case.accepted_at else "received"
    back = _ended(case, stage, "reopen", event, article=fact.article)
    decide_by = date.fromisoformat(fact.decide_by) if fact.decide_by else None
    if case.accepted_at is None:
        back = replace(back, decide_by=decide_by, decide_from=event.at)
    return replace(back, ended_at=None, filed=False)


def _supplied(case: Case, fact: LackSupplied, event: Recorded) -> Case | None:
    came = tuple(code for code in case.lacking if code in fact.materials)
    if case.ended or not came:
        return None
    marks = {**case.draft.marks, **{code: Mark("present") for code in came}}
    left = tuple(code for code in case.lacking if code not in came)
    act = Act("supply", event.id, event.at, event.actor.staff, event.actor.place)
    return replace(
        case,
        lacking=left,
        supply_by=case.supply_by if left else None,
        draft=replace(case.draft, marks=marks),
        acts=(*case.acts, act),
    )


ENDINGS: Final[Mapping[type, Callable[[Case, Any, Recorded], Case | None]]] = {
    CaseDenied: _denied,
    CaseTerminated: _terminated,
    CaseLapsed: _lapsed,
    CaseMerged: _merged,
    CaseReopened: _reopened,
    LackSupplied: _supplied,
}
