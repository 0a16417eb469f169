"""Urging orders on a case and their replies, as its clock's fold keeps them (mission: S1, T4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from counter_app.domain.changing import replace
from counter_app.domain.journal import Recorded
from counter_app.domain.time.facts import CaseUrged, UrgeAnswered


@dataclass(frozen=True, slots=True)
class Urge:
    """An urging order and its reply."""

    id: str
    at: datetime
    by: str
    department: str
    by_leader: bool
    reply_by: date
    text: str = ""
    step: str = ""
    answered_at: datetime | None = None
    answered_by: str = ""
    answer: str = ""


def urge_given(fact: CaseUrged, event: Recorded) -> Urge:
    return Urge(
        id=event.id,
        at=event.at,
        by=event.actor.staff,
        department=fact.department,
        by_leader=fact.by_leader,
        reply_by=date.fromisoformat(fact.reply_by),
        text=_text(event),
        step=fact.step,
    )


def urge_answered(urges: tuple[Urge, ...], fact: UrgeAnswered, event: Recorded) -> tuple[Urge, ...] | None:
    """None when there is no such order, or it was answered already."""
    known = next((urge for urge in urges if urge.id == fact.urge), None)
    if known is None or known.answered_at is not None:
        return None
    done = replace(known, answered_at=event.at, answered_by=event.actor.staff, answer=_text(event))
    return tuple(done if urge.id == fact.urge else urge for urge in urges)


def _text(event: Recorded) -> str:
    return event.private.get("text", b"").decode()
