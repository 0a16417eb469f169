"""Parties: who came, as recorded once; a later correction is a new party (design.md §1).

The identity stands in a private part, never in the event's body. Names are kept as they were read,
never normalised. Not here: the roles a party has in a case (`case.py`), masking (`domain/identity`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, Literal, cast, get_args

import msgspec

from counter_app.domain.identity.document import DocumentType, IdentityDocument
from counter_app.domain.identity.known_days import latest_day
from counter_app.domain.journal import Fact, Recorded
from counter_app.domain.streams import Stream

Sort = Literal["person", "organisation"]
Source = Literal["card", "passport", "typed", "earlier"]
IDENTITY: Final = "identity"
PHOTO: Final = "photo"


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Who somebody is. `document` is a `DocumentType`, `passport`, `credit_code` or `other`.

    `lookup` is the keyed hash of the number that finds the same person again; the key never comes here.
    `birth_part` is the year, or year and month, of a birth of which no more is known.
    """

    sort: Sort = "person"
    name: str
    document: str = DocumentType.RESIDENT.value
    number: str = ""
    name_latin: str = ""
    sex: str = "0"
    nation: str = ""
    birth: date | None = None
    birth_part: str = ""
    address: str = ""
    registered_address: str = ""
    authority: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    long_term: bool = False
    organisation_type: str = ""
    capital: str = ""
    representative: str = ""
    phone: str = ""
    lookup: str = ""

    @property
    def born_by(self) -> date | None:
        """The latest day of birth that fits what is known."""
        return latest_day(self.birth, self.birth_part)

    def expired(self, today: date) -> bool:
        return self.valid_to is not None and today > self.valid_to


def from_document(document: IdentityDocument) -> Identity:
    """What a card says, as an identity; its printed address is where the person is registered."""
    return Identity(
        name=document.name,
        document=document.kind.value,
        number=document.number,
        name_latin=document.name_latin,
        sex=document.sex.value,
        nation=document.nation.name,
        birth=document.birth,
        birth_part=document.birth_part,
        address=document.current_address,
        registered_address=document.current_address,
        authority=document.authority,
        valid_from=document.valid_from,
        valid_to=document.valid_to,
        long_term=document.long_term,
    )


class PartyRecorded(Fact):
    """A person or organisation was recorded; the identity is in the private part `identity`.

    `supersedes` is the party that was known of the same person before, "" when none was: two that supersede
    the same one were written at once (design: acts are events).
    """

    party: str
    sort: str
    source: str
    document: str
    supersedes: str = ""

    @property
    def subjects(self) -> tuple[str, ...]:
        return (f"party:{self.party}",)


@dataclass(frozen=True, slots=True)
class Party:
    """A party as known on this machine. `identity` is None once erased or where it was not sent."""

    id: str
    source: Source
    recorded_at: datetime
    identity: Identity | None

    @property
    def name(self) -> str:
        return self.identity.name if self.identity else ""


_decoder = msgspec.json.Decoder(Identity)


def pack(identity: Identity) -> bytes:
    """The bytes of the private part."""
    return msgspec.json.encode(identity)


def fold_party(party: Party | None, event: Recorded) -> Party | None:
    fact = event.fact
    if party is not None or not isinstance(fact, PartyRecorded):
        return party
    packed = event.private.get(IDENTITY)
    identity = _decoder.decode(packed) if packed else None
    source = fact.source if fact.source in get_args(Source) else "typed"
    return Party(fact.party, cast("Source", source), event.at, identity)


PARTIES: Final = Stream("party", Party, fold_party)
