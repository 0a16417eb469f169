"""From a service card to its holder: by its number or code, or by the chip that was linked with it (P9, M2).

A link names a party; what finds the holder's cases stands with that party and goes with it. A machine that
keeps no parties finds the one case the card was made in.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from counter_app.domain.identity.numbers import tidy_number
from counter_app.domain.intake.erasure_facts import PartyErased
from counter_app.domain.intake.parties import PARTIES
from counter_app.domain.paper.cards import CARD_KEY, CardLinked
from counter_app.domain.paper.statement import PREFIX, read
from counter_app.errors import UserFacingError
from counter_app.use_cases.ports.store import Reader

Hash = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Holder:
    """`lookup` finds the person's cases, "" where this machine knows none of him; `name` likewise."""

    card: str
    case: str
    lookup: str = ""
    name: str = ""


def card_key(text: str, person_hash: Hash) -> str:
    """Of a scanned code, a card's number, or a chip's serial."""
    return person_hash(tidy_number(stated_number(text) if text.startswith(PREFIX) else text))


def stated_number(text: str) -> str:
    """The number in a scanned statement, "" for none; whether it is genuine is asked elsewhere."""
    try:
        return read(text)[0].number
    except UserFacingError:
        return ""


def holder_of(reader: Reader, key: str) -> Holder | None:
    """Whose card this is, by the newest link. None for nobody's card, and once its holder was erased."""
    links = [one.fact for one in reader.history(f"{CARD_KEY}:{key}") if isinstance(one.fact, CardLinked)]
    if not links:
        return None
    link = links[-1]
    if any(isinstance(one.fact, PartyErased) for one in reader.history(PARTIES.subject(link.party))):
        return None
    party = reader.get(PARTIES, link.party)
    known = party.identity if party is not None else None
    return Holder(link.card, link.case, known.lookup if known else "", known.name if known else "")
