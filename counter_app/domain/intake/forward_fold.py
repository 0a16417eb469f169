"""What forwarding makes of a case, in the hall that gives it and in the hall that takes it (mission: H1)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Final, cast, get_args

import msgspec

from counter_app.domain.intake.case import Act, Case, Draft, HandOver, Stage
from counter_app.domain.intake.forward_facts import (
    CASE,
    CaseForwarded,
    CaseNewsHeard,
    CaseReceived,
    HandOverSigned,
    over_here,
)
from counter_app.domain.journal import Recorded

FORWARDABLE: Final = frozenset({"received", "accepted"})
_decoder = msgspec.json.Decoder(Case)


def pack_case(case: Case) -> bytes:
    """The bytes of the private part `case`: the case as it stood, without what may still be undone."""
    return msgspec.json.encode(replace(case, steps=(), overtaken=()))


def readdressed(packed: bytes, from_hall: str, here: str) -> Case:
    """The private part of another hall's `CaseForwarded`, with ids as they are called here.

    Raises ValueError when the bytes are no case.
    """
    try:
        case = _decoder.decode(packed)
    except msgspec.DecodeError as error:
        raise ValueError(f"not a case: {error}") from error
    persons = tuple(
        replace(person, party=over_here(person.party, from_hall, here)) for person in case.draft.persons
    )
    return replace(case, id=over_here(case.id, from_hall, here), draft=replace(case.draft, persons=persons))


def forwarded(case: Case, fact: CaseForwarded, event: Recorded) -> Case | None:
    """Given away: nothing more is decided here."""
    if case.stage not in FORWARDABLE:
        return None
    over = HandOver(event.id, "", fact.to_hall, fact.materials, date.fromisoformat(fact.sign_by), event.at)
    return _with_act(replace(case, stage="forwarded", hand_over=over, steps=()), "forward", event)


def received(fact: CaseReceived, event: Recorded) -> Case:
    """Taken over. Where the private part was not sent, what the body says is all that is known."""
    packed = event.private.get(CASE)
    over = HandOver(
        fact.forwarded, fact.from_hall, "", fact.materials, date.fromisoformat(fact.sign_by), event.at
    )
    if packed:
        case = _decoder.decode(packed)
    else:
        stage = cast("Stage", fact.stage) if fact.stage in get_args(Stage) else "received"
        case = Case(
            id=fact.case,
            opened_at=datetime.fromisoformat(fact.opened_at),
            opened_by="",
            counter="",
            ticket=None,
            channel=fact.channel,
            changed_at=event.at,
            stage=stage,
            draft=Draft(item=fact.item),
            number=fact.number,
        )
    return _with_act(replace(case, hand_over=over, counter="", ticket=None), "take_over", event)


def taken_back(case: Case, fact: CaseReceived, event: Recorded) -> Case | None:
    """A case that was given away comes back to the hall where it was taken."""
    return received(fact, event) if case.stage == "forwarded" else None


def signed(case: Case, fact: HandOverSigned, event: Recorded) -> Case | None:
    over = case.hand_over
    if over is None or not case.to_be_signed:
        return None
    done = replace(over, signed_at=event.at, signed_by=event.actor.staff, missing=fact.missing)
    return _with_act(replace(case, hand_over=done), "sign_over", event)


def news_heard(case: Case, fact: CaseNewsHeard, event: Recorded) -> Case | None:
    over = case.hand_over
    if over is None or case.stage != "forwarded":
        return None
    at = datetime.fromisoformat(fact.at)
    if over.news_at is not None and at < over.news_at:
        return case  # older news came late; the newer stands
    return replace(case, hand_over=replace(over, news=fact.news, news_at=at))


def _with_act(case: Case, kind: str, event: Recorded) -> Case:
    act = Act(kind, event.id, event.at, event.actor.staff, event.actor.place)
    return replace(case, acts=(*case.acts, act), changed_at=event.at)
