"""What a hall's centre records when a case comes from another hall: its parties, the case, then its clock
(mission: H1).

Everything needed lies in the one `CaseForwarded` event and its private parts. Not here: how the event
travelled (`use_cases/relay`), who may forward (`forwarding.py`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import msgspec

from counter_app.domain.intake.case import Case
from counter_app.domain.intake.forward_facts import CASE, CaseForwarded, CaseReceived, over_here
from counter_app.domain.intake.forward_fold import pack_case, readdressed
from counter_app.domain.intake.parties import IDENTITY, PARTIES, PartyRecorded, pack
from counter_app.domain.journal import Fact, Recorded
from counter_app.domain.time.clock import CLOCKS
from counter_app.domain.time.facts import CLOCK
from counter_app.domain.time.moving import clock_over_here, clock_received
from counter_app.use_cases.intake.forwarding import PARTY_SLOT


@dataclass(frozen=True, slots=True)
class Written:
    """A fact with its private parts, to be recorded in this order."""

    fact: Fact
    private: Mapping[str, bytes]


def taken_over(event: Recorded, from_hall: str, here: str) -> tuple[Written, ...]:
    """What to record for another hall's `CaseForwarded`; ids as they are called here.

    Raises ValueError when the event is no such letter, or its luggage is missing or unreadable.
    """
    fact = event.fact
    if not isinstance(fact, CaseForwarded) or CASE not in event.private:
        raise ValueError(f"{event.id} of {from_hall} carries no case")
    case = readdressed(event.private[CASE], from_hall, here)
    received = CaseReceived(
        case=case.id,
        from_hall=from_hall,
        forwarded=event.id,
        number=case.number,
        item=case.draft.item,
        stage=case.stage,
        opened_at=case.opened_at.isoformat(timespec="milliseconds"),
        channel=case.channel,
        materials=fact.materials,
        sign_by=fact.sign_by,
    )
    parties = tuple(
        _party(slot.removeprefix(PARTY_SLOT), data, from_hall, here)
        for slot, data in sorted(event.private.items())
        if slot.startswith(PARTY_SLOT)
    )
    return (*parties, Written(received, {CASE: pack_case(case)}), *_clock(event, case, from_hall, here))


def _clock(event: Recorded, case: Case, from_hall: str, here: str) -> tuple[Written, ...]:
    """The case's clock, when it had one that ran (mission: T1–T3)."""
    if CLOCK not in event.private:
        return ()
    clock = clock_over_here(event.private[CLOCK], case.id, from_hall, here)
    return (Written(clock_received(clock, from_hall), {CLOCK: CLOCKS.encode(clock)}),)


def _party(id: str, data: bytes, from_hall: str, here: str) -> Written:
    try:
        party = PARTIES.decode(data)
    except msgspec.DecodeError as error:
        raise ValueError(f"party {id} of {from_hall} cannot be read: {error}") from error
    identity = party.identity
    recorded = PartyRecorded(
        party=over_here(id, from_hall, here),
        sort=identity.sort if identity else "person",
        source=party.source,
        document=identity.document if identity else "",
    )
    return Written(recorded, {IDENTITY: pack(identity)} if identity else {})
