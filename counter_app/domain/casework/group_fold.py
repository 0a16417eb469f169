"""How assists, notes, meetings and orders change the handling of a case (mission: C3–C7)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, Final

from counter_app.domain.casework import facts as f
from counter_app.domain.casework.state import (
    ANSWERS,
    CAUSES,
    Assist,
    GroupNote,
    Handling,
    Meeting,
    Order,
)
from counter_app.domain.changing import replace
from counter_app.domain.journal import Recorded

Folder = Callable[[Handling, Any, Recorded], Handling | None]


def _text(event: Recorded, slot: str = "text") -> str:
    return event.private.get(slot, b"").decode()


def _requested(state: Handling, fact: f.AssistsRequested, event: Recorded) -> Handling | None:
    """One batch a case: of two requests made at once the first stands (mission: C5). The very same batch is
    the same work (`opening.py`), and nobody is told anything."""
    if state.assists or not state.open:
        same = {entry.task for entry in state.assists} == {task for _, _, task in fact.matters}
        return state if state.open and same else None
    assists = tuple(
        Assist(matter, department, task, event.at, event.actor.staff)
        for matter, department, task in fact.matters
    )
    return replace(state, assists=assists)


def _looked_up(state: Handling, fact: f.FactLookedUp, event: Recorded) -> Handling:
    if any(matter == fact.matter for matter, _ in state.looked_up):
        return state
    return replace(state, looked_up=(*state.looked_up, (fact.matter, fact.source)))


def _with(state: Handling, changed: Assist) -> Handling:
    assists = tuple(changed if entry.matter == changed.matter else entry for entry in state.assists)
    return replace(state, assists=assists)


def _answered(state: Handling, fact: f.AssistAnswered, event: Recorded) -> Handling | None:
    assist = state.assist(fact.matter)
    answer = next((entry for entry in ANSWERS if entry == fact.answer), None)
    if assist is None or assist.answer is not None or answer is None or not state.open:
        return None
    told = replace(
        assist,
        answer=answer,
        answered_at=event.at,
        answered_by=event.actor.staff,
        law=fact.law,
        article=fact.article,
        reason=_text(event, "reason"),
        on_paper=fact.on_paper,
    )
    return _with(state, told)


def _repeated(state: Handling, fact: f.AssistRepeated, event: Recorded) -> Handling | None:
    assist = state.assist(fact.matter)
    cause = next((entry for entry in CAUSES if entry == fact.cause), None)
    if assist is None or assist.answer is None or assist.rounds > 1 or cause is None:
        return None
    again = replace(
        assist,
        task=fact.task,
        answer=None,
        answered_at=None,
        rounds=2,
        cause=cause,
        cause_reason=_text(event, "reason"),
    )
    return _with(state, again)


def _disputed(state: Handling, fact: f.AssistDisputed, event: Recorded) -> Handling | None:
    assist = state.assist(fact.matter)
    if assist is None or assist.rounds < 2 or assist.disputed_by:
        return None
    reason = _text(event, "reason")
    told = replace(assist, disputed_by=fact.department, dispute_task=fact.task, dispute_reason=reason)
    return _with(state, told)


def _settled(state: Handling, fact: f.DisputeSettled, event: Recorded) -> Handling | None:
    assist = state.assist(fact.matter)
    cause = next((entry for entry in CAUSES if entry == fact.cause), None)
    if assist is None or not assist.disputed or cause is None:
        return None
    told = replace(assist, cause=cause, settled_by=event.actor.staff, settle_reason=_text(event, "reason"))
    return _with(state, told)


def _ordered(state: Handling, fact: f.OrderGiven, event: Recorded) -> Handling:
    order = Order(
        fact.order,
        event.actor.staff,
        event.at,
        _text(event),
        date.fromisoformat(fact.reply_by),
        fact.departments,
    )
    return replace(state, orders=(*state.orders, order))


def _replied(state: Handling, fact: f.OrderReplied, event: Recorded) -> Handling | None:
    known = next((entry for entry in state.orders if entry.id == fact.order), None)
    if known is None or fact.department in dict(known.replies):
        return None
    told = replace(known, replies=(*known.replies, (fact.department, _text(event))))
    return replace(state, orders=tuple(told if entry.id == told.id else entry for entry in state.orders))


def _noted(state: Handling, fact: f.GroupNoteWritten, event: Recorded) -> Handling:
    note = GroupNote(fact.note, event.actor.staff, event.at, _text(event), fact.to, fact.task, of=fact.of)
    return replace(state, notes=(*state.notes, note))


def _question_answered(state: Handling, fact: f.GroupQuestionAnswered, event: Recorded) -> Handling | None:
    known = next((entry for entry in state.notes if entry.id == fact.note), None)
    if known is None or known.answered_at is not None:
        return None
    told = replace(known, answer=_text(event), answered_by=event.actor.staff, answered_at=event.at)
    return replace(state, notes=tuple(told if entry.id == told.id else entry for entry in state.notes))


def _called(state: Handling, fact: f.MeetingCalled, event: Recorded) -> Handling | None:
    if fact.kind not in ("visit", "meeting"):
        return None
    meeting = Meeting(
        fact.meeting,
        "visit" if fact.kind == "visit" else "meeting",
        date.fromisoformat(fact.day),
        fact.departments,
        event.actor.staff,
        tasks=fact.tasks,
    )
    return replace(state, meetings=(*state.meetings, meeting))


def _minuted(state: Handling, fact: f.MeetingMinuted, event: Recorded) -> Handling | None:
    known = next((entry for entry in state.meetings if entry.id == fact.meeting), None)
    if known is None or known.held:
        return None
    told = replace(known, held=True, present=fact.present, absent=fact.absent, minutes=_text(event))
    return replace(state, meetings=tuple(told if entry.id == told.id else entry for entry in state.meetings))


GROUP_FOLDERS: Final[dict[type, Folder]] = {
    f.AssistsRequested: _requested,
    f.FactLookedUp: _looked_up,
    f.AssistAnswered: _answered,
    f.AssistRepeated: _repeated,
    f.AssistDisputed: _disputed,
    f.DisputeSettled: _settled,
    f.OrderGiven: _ordered,
    f.OrderReplied: _replied,
    f.GroupNoteWritten: _noted,
    f.GroupQuestionAnswered: _question_answered,
    f.MeetingCalled: _called,
    f.MeetingMinuted: _minuted,
}
