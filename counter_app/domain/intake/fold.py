"""How events make a case. An event that no longer fits is marked overtaken, never dropped.

Two kinds: *steps* change the draft and can be undone one by one; *acts* end a visit and cannot.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import Any, Final, get_args

import msgspec

from counter_app.domain.archive.archive import ArchiveOpened, CaseArchived
from counter_app.domain.changing import replace
from counter_app.domain.intake.case import (
    CONTACT,
    MOST_STEPS,
    PROJECT,
    STAGE_OF_PROJECT,
    Act,
    Case,
    Draft,
    Mandate,
    Mark,
    MarkKind,
    Notice,
    NoticeLine,
    Participant,
    Role,
    Stage,
    Step,
)
from counter_app.domain.intake.deeming import AcceptanceDeemed, ReceiptRecounted, deemed, receipt_recounted
from counter_app.domain.intake.ending_fold import ENDINGS
from counter_app.domain.intake.facts import (
    CaseAccepted,
    CaseFact,
    CaseGranted,
    CaseHeld,
    CaseNumbered,
    CaseOpened,
    CasePreReviewed,
    CaseRefused,
    CaseWithdrawn,
    CorrectionsReceived,
    FieldSet,
    ItemChosen,
    MaterialMarked,
    NoteWritten,
    NoticeIssued,
    PapersReceived,
    PermitNotNeeded,
    PersonAdded,
    PersonDropped,
    PersonMatched,
    QuestionAnswered,
    ReturnVisited,
    StepUndone,
)
from counter_app.domain.intake.forward_facts import (
    CaseForwarded,
    CaseNewsHeard,
    CaseReceived,
    HandOverSigned,
)
from counter_app.domain.intake.forward_fold import forwarded, news_heard, received, signed, taken_back
from counter_app.domain.journal import Recorded
from counter_app.domain.streams import Stream

Folder = Callable[[Case, Any, Recorded], Case | None]


def fold_case(case: Case | None, event: Recorded) -> Case | None:
    fact = event.fact
    if not isinstance(fact, CaseFact):
        return _filed(case, fact)
    if case is None:
        return _begun(fact, event)
    step = _STEPS.get(type(fact))
    if step is not None:
        changed = step(case, fact, event) if case.open or _contact(case, fact) else None
    else:
        act = _ACTS.get(type(fact))
        changed = act(case, fact, event) if act else None
    if changed is None:
        return replace(case, overtaken=(*case.overtaken, event.id))
    return replace(changed, changed_at=event.at)


UNTIL_FILED: Final = CONTACT | {PROJECT, STAGE_OF_PROJECT}
CASES: Final = Stream("case", Case, fold_case)


def _filed(case: Case | None, fact: object) -> Case | None:
    """Of what stands around a case only the archive tells here: what ended is to be filed (mission: C14)."""
    if case is None or not isinstance(fact, CaseArchived | ArchiveOpened):
        return case
    return replace(case, filed=isinstance(fact, CaseArchived))


def _begun(fact: CaseFact, event: Recorded) -> Case | None:
    """A case begins at a counter, or comes over from another hall."""
    if isinstance(fact, CaseReceived):
        return received(fact, event)
    return _opened(fact, event) if isinstance(fact, CaseOpened) else None


def _contact(case: Case, fact: CaseFact) -> bool:
    """Where the citizen is reached, and the project, may change until the file is closed."""
    return isinstance(fact, FieldSet) and fact.field in UNTIL_FILED and not case.filed


def _opened(fact: CaseOpened, event: Recorded) -> Case:
    return Case(
        id=fact.case,
        opened_at=event.at,
        opened_by=event.actor.staff,
        counter=event.actor.place,
        ticket=fact.ticket,
        channel=fact.channel,
        changed_at=event.at,
    )


def _text(event: Recorded, slot: str) -> str:
    return event.private.get(slot, b"").decode()


def _step(case: Case, draft: Draft, step: Step) -> Case:
    return replace(case, draft=draft, steps=(*case.steps, step)[-MOST_STEPS:])


def _set(mapping: Any, key: str, value: Any) -> dict[str, Any]:
    """A copy with `key` set, or without it when `value` is None."""
    changed = {name: entry for name, entry in mapping.items() if name != key or value is not None}
    if value is not None:
        changed[key] = value
    return changed


def _person_added(case: Case, fact: PersonAdded, event: Recorded) -> Case | None:
    if fact.role not in get_args(Role):
        return None
    packed = event.private.get("mandate")
    mandate = msgspec.json.decode(packed, type=Mandate) if packed else None
    person = msgspec.convert(
        {"party": fact.party, "role": fact.role, "source": fact.source, "mandate": mandate}, Participant
    )
    others = tuple(entry for entry in case.draft.persons if not _same_place(entry, person))
    step = Step(event.id, "person", fact.party, persons=case.draft.persons)
    return _step(case, replace(case.draft, persons=(*others, person)), step)


def _same_place(known: Participant, new: Participant) -> bool:
    """A role held by one only is taken over by the newcomer; guardians may be several."""
    return known.party == new.party or (known.role == new.role and new.role not in ("guardian", "helper"))


def _person_dropped(case: Case, fact: PersonDropped, event: Recorded) -> Case | None:
    left = tuple(person for person in case.draft.persons if person.party != fact.party)
    if len(left) == len(case.draft.persons):
        return None
    step = Step(event.id, "person", fact.party, persons=case.draft.persons)
    return _step(case, replace(case.draft, persons=left), step)


def _matched(case: Case, fact: PersonMatched, event: Recorded) -> Case | None:
    if all(person.party != fact.party for person in case.draft.persons):
        return None
    persons = tuple(
        replace(person, same=fact.same) if person.party == fact.party else person
        for person in case.draft.persons
    )
    step = Step(event.id, "match", fact.party, persons=case.draft.persons)
    return _step(case, replace(case.draft, persons=persons), step)


def _item(case: Case, fact: ItemChosen, event: Recorded) -> Case | None:
    if case.number:
        return None
    old = case.draft
    step = Step(event.id, "item", fact.code, item=old.item, answers=old.answers, marks=old.marks)
    chosen = f"{fact.code}@{fact.item_version}"
    if chosen == old.item:
        return _step(case, old, step)
    return _step(case, replace(old, item=chosen, answers={}, marks={}), step)


def _answered(case: Case, fact: QuestionAnswered, event: Recorded) -> Case:
    step = Step(event.id, "answer", fact.question, answer=case.draft.answers.get(fact.question))
    answers = _set(case.draft.answers, fact.question, fact.value)
    return _step(case, replace(case.draft, answers=answers), step)


def _field(case: Case, fact: FieldSet, event: Recorded) -> Case:
    step = Step(event.id, "field", fact.field, text=case.draft.fields.get(fact.field))
    fields = _set(case.draft.fields, fact.field, _text(event, "text") or None)
    draft = replace(case.draft, fields=fields)
    return _step(case, draft, step) if case.open else replace(case, draft=draft)


def _marked(case: Case, fact: MaterialMarked, event: Recorded) -> Case | None:
    if not case.may_mark(fact.material) or fact.mark not in (None, *get_args(MarkKind)):
        return None
    mark = None
    if fact.mark is not None:
        mark = msgspec.convert(
            {
                "kind": fact.mark,
                "reason": _text(event, "reason") or fact.phrase,
                "originals": fact.originals,
                "copies": fact.copies,
            },
            Mark,
        )
    step = Step(event.id, "mark", fact.material, mark=case.draft.marks.get(fact.material))
    return _step(case, replace(case.draft, marks=_set(case.draft.marks, fact.material, mark)), step)


def _noted(case: Case, fact: NoteWritten, event: Recorded) -> Case:
    step = Step(event.id, "note", "", notes=case.draft.notes)
    return _step(case, replace(case.draft, notes=(*case.draft.notes, _text(event, "text"))), step)


def _undone(case: Case, fact: StepUndone, event: Recorded) -> Case | None:
    if not case.steps or case.steps[-1].event != fact.step:
        return None
    step, draft = case.steps[-1], case.draft
    if step.what in ("person", "match"):
        draft = replace(draft, persons=step.persons)
    elif step.what == "item":
        draft = replace(draft, item=step.item, answers=step.answers, marks=step.marks)
    elif step.what == "answer":
        draft = replace(draft, answers=_set(draft.answers, step.target, step.answer))
    elif step.what == "field":
        draft = replace(draft, fields=_set(draft.fields, step.target, step.text))
    elif step.what == "mark":
        draft = replace(draft, marks=_set(draft.marks, step.target, step.mark))
    else:
        draft = replace(draft, notes=step.notes)
    return replace(case, draft=draft, steps=case.steps[:-1])


def _act(case: Case, stage: Stage, kind: str, event: Recorded, **words: str) -> Case:
    """The stage after a formal act. Steps end here: what is on paper is not undone."""
    act = Act(kind, event.id, event.at, event.actor.staff, event.actor.place, **words)
    return replace(case, stage=stage, acts=(*case.acts, act), steps=(), open_lines=None, held_until=None)


def _numbered(case: Case, fact: CaseNumbered, event: Recorded) -> Case | None:
    return None if case.number else replace(case, number=fact.number, query=_text(event, "query"))


def _held(case: Case, fact: CaseHeld, event: Recorded) -> Case | None:
    if case.stage not in ("draft", "held"):
        return None
    return replace(case, stage="held", held_until=date.fromisoformat(fact.until))


def _pre_reviewed(case: Case, fact: CasePreReviewed, event: Recorded) -> Case | None:
    return _act(case, "pre_reviewed", "pre_review", event) if case.stage in ("draft", "held") else None


def _received(case: Case, fact: PapersReceived, event: Recorded) -> Case | None:
    if not case.open or case.received_at:
        return None
    decide_by = date.fromisoformat(fact.decide_by)
    received = _act(case, "received", "receive", event)
    return replace(received, received_at=event.at, decide_by=decide_by, decide_from=event.at)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _accepted(case: Case, fact: CaseAccepted, event: Recorded) -> Case | None:
    if not case.open:
        return None
    return replace(
        _act(case, "accepted", "accept", event),
        accepted_at=event.at,
        handled_as=fact.handled_as,
        legal_due=_day(fact.legal_due),
        promised_due=_day(fact.promised_due),
        due_provisional=fact.provisional,
        lacking=fact.lacking,
        supply_by=_day(fact.supply_by),
    )


def _notified(case: Case, fact: NoticeIssued, event: Recorded) -> Case | None:
    if not case.open:
        return None
    own_words = json.loads(event.private.get("reasons", b"{}"))
    lines = tuple(
        msgspec.convert({"material": code, "kind": kind, "reason": own_words.get(code, phrase)}, NoticeLine)
        for code, kind, phrase in fact.lines
    )
    until = _day(fact.until)
    notice = Notice(
        fact.nth, event.id, event.at, lines, until, fact.number, fact.cause, fact.caused_by, fact.lead_late
    )
    return replace(_act(case, "notified", "notify", event), notices=(*case.notices, notice))


def _returned(case: Case, fact: ReturnVisited, event: Recorded) -> Case | None:
    """Only the open lines are judged anew; what was in order stays so."""
    if case.stage != "notified":
        return None
    marks = {code: mark for code, mark in case.draft.marks.items() if code not in fact.lines}
    reopened = _act(case, "reopened", "return_visit", event)
    return replace(reopened, open_lines=fact.lines, draft=replace(case.draft, marks=marks))


def _corrections(case: Case, fact: CorrectionsReceived, event: Recorded) -> Case | None:
    if case.stage != "reopened":
        return None
    lines = case.open_lines
    return replace(_act(case, "reopened", "corrections", event), open_lines=lines)


def _refused(case: Case, fact: CaseRefused, event: Recorded) -> Case | None:
    if not case.open:
        return None
    reason = _text(event, "reason") or fact.phrase
    refused = _act(case, "refused", "refuse", event, reason=reason, article=fact.article, body=fact.competent)
    return replace(refused, ended_at=event.at)


def _no_permit(case: Case, fact: PermitNotNeeded, event: Recorded) -> Case | None:
    if not case.open:
        return None
    reason = _text(event, "reason") or fact.phrase
    ended = _act(case, "no_permit", "no_permit", event, reason=reason, article=fact.article)
    return replace(ended, ended_at=event.at)


def _granted(case: Case, fact: CaseGranted, event: Recorded) -> Case | None:
    if case.stage != "accepted":
        return None
    return replace(_act(case, "granted", "grant", event), ended_at=event.at)


def _withdrawn(case: Case, fact: CaseWithdrawn, event: Recorded) -> Case | None:
    if case.ended:
        return None
    ended = _act(case, "withdrawn", "withdraw", event, reason=_text(event, "reason"))
    return replace(ended, ended_at=event.at)


_STEPS: Final[dict[type, Folder]] = {
    PersonAdded: _person_added,
    PersonDropped: _person_dropped,
    PersonMatched: _matched,
    ItemChosen: _item,
    QuestionAnswered: _answered,
    FieldSet: _field,
    MaterialMarked: _marked,
    NoteWritten: _noted,
    StepUndone: _undone,
}
_ACTS: Final[dict[type, Folder]] = {
    CaseNumbered: _numbered,
    CaseHeld: _held,
    CasePreReviewed: _pre_reviewed,
    PapersReceived: _received,
    CaseAccepted: _accepted,
    AcceptanceDeemed: deemed,
    ReceiptRecounted: receipt_recounted,
    NoticeIssued: _notified,
    ReturnVisited: _returned,
    CorrectionsReceived: _corrections,
    CaseRefused: _refused,
    PermitNotNeeded: _no_permit,
    CaseGranted: _granted,
    CaseWithdrawn: _withdrawn,
    CaseForwarded: forwarded,
    CaseReceived: taken_back,
    HandOverSigned: signed,
    CaseNewsHeard: news_heard,
    **ENDINGS,
}
