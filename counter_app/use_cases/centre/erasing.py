"""The centre decides whether a person's data is erased, and carries it out in the same transaction.

Asked by an event of a device, so that who asked stands in the hall's order; what is to go is found here
again, under the head-row lock, from events without parts. Not here: what belongs to a person
(`domain/intake/erasing.py`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from counter_app.domain.hall.rights import rights_of
from counter_app.domain.intake.erasing import (
    MOST_PARTIES,
    RETENTION_DAYS,
    RETENTION_SETTING,
    Reach,
    erased_facts,
    reach,
    why_not,
)
from counter_app.domain.intake.erasure_facts import PartyErased, PartyErasureAsked, PartyErasureRefused
from counter_app.domain.journal import Recorded, device_of, read
from counter_app.use_cases.centre import picturing
from counter_app.use_cases.centre.needs import WORKING, is_plain
from counter_app.use_cases.ports.centre_store import CentreReader, CentreTransaction
from counter_app.use_cases.reference import HALLS, HERE

KEY: Final = "erase/"
OPENS: Final = 7
CLOSES: Final = 19
No = tuple[str, dict[str, str]]


def need_own(event: Recorded) -> None:
    """ValueError when a device says that data of others was erased: it may only have erased its own, while it
    worked alone."""
    fact = event.fact
    if isinstance(fact, PartyErasureRefused):
        raise ValueError("only the centre may say this")
    if isinstance(fact, PartyErased) and not all(_is_own(part, event.device) for part in fact.parts):
        raise ValueError("only the centre erases what others recorded")


def _is_own(part: object, device: str) -> bool:
    match part:
        case (str(id), str()):
            return device_of(id) == device
    return False


def is_quiet(now: datetime) -> bool:
    """Outside the hours of halls a large file may be written anew: seconds in which nothing is decided."""
    return not OPENS <= now.hour < CLOSES


def decide(tx: CentreTransaction, events: Sequence[Recorded]) -> None:
    """Answer each question among `events`; once each."""
    for event in events:
        if isinstance(event.fact, PartyErasureAsked):
            _answer(tx, event, event.fact)


def _answer(tx: CentreTransaction, event: Recorded, asked: PartyErasureAsked) -> None:
    key = KEY + event.id
    if tx.of_key(tx.centre, key):
        return
    refusal = _not_allowed(tx, event, asked)
    if refusal is None:
        found = _left(tx, reach(asked.parties, lambda subject: _history(tx, subject)))
        refusal = why_not(found, asked.basis, tx.now.date(), _retention(tx))
        if refusal is None:
            for fact in erased_facts(event.id, found, asked.basis, event.actor.staff):
                tx.record(fact, key=key)
            tx.empty_parts(found.parts)
            picturing.drop_of(tx, found.own_cases, found.parts)
            return
    code, detail = refusal
    tx.record(PartyErasureRefused(erasure=event.id, code=code, detail=detail), key=key)


def _not_allowed(tx: CentreTransaction, event: Recorded, asked: PartyErasureAsked) -> No | None:
    """Whether this machine and clerk may ask at all, and in words the centre can read."""
    device = tx.device(event.device)
    if device is None or device.role not in WORKING:
        return "erase.device", {}
    plan = tx.published(HALLS).get(HERE)
    member = plan.member(event.actor.staff) if plan is not None else None
    if member is None or "party.erase" not in rights_of(member.roles):
        return "erase.no-right", {}
    if not is_plain(asked.basis):
        return "erase.basis", {"basis": "?"}
    parties: object = asked.parties  # as another machine wrote them
    if asked.erasure != event.id or not isinstance(parties, tuple) or not is_plain(*parties):
        return "erase.nothing", {}
    return ("erase.too-many", {}) if len(asked.parties) > MOST_PARTIES else None


def _left(tx: CentreReader, found: Reach) -> Reach:
    """Without what this centre has erased before."""
    gone = {
        part
        for party in found.parties
        for event in _history(tx, f"party:{party}")
        if event.device == tx.centre and isinstance(event.fact, PartyErased)
        for part in event.fact.parts
    }
    return replace(found, parts=tuple(part for part in found.parts if part not in gone))


def _retention(tx: CentreReader) -> int:
    plan = tx.published(HALLS).get(HERE)
    return plan.settings.get(RETENTION_SETTING, RETENTION_DAYS) if plan is not None else RETENTION_DAYS


def _history(tx: CentreReader, subject: str) -> list[Recorded]:
    return [read(entry.data, None, entry.hall_seq) for entry in tx.history(subject)]
