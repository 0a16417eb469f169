"""Where the citizen is reached, where he lives or trades, how he wants the result: one look, one act
(mission: I16, I17, C13).

What is known already is offered: what was typed with the person, the card, the applicant's earlier cases.
Earlier cases are looked into only where a card was read: a typed number opens nobody's telephone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from counter_app.domain.catalogue.items import DeliveryWay, PlaceRule
from counter_app.domain.intake.case import CONTACT, Case
from counter_app.domain.intake.competence import FIELD, WHY, Finding
from counter_app.domain.intake.facts import FieldSet
from counter_app.domain.intake.parties import PARTIES, Identity
from counter_app.domain.telling.telling import TELLINGS, WAYS, WayAsked
from counter_app.errors import UserFacingError
from counter_app.use_cases.archive.frozen import need_open_file
from counter_app.use_cases.intake.inputs import checked_text
from counter_app.use_cases.intake.look import CaseReference, Look, look
from counter_app.use_cases.ports.store import Reader, Transaction

EARLIER: Final = 10
TELL: Final = "tell"
PLACE: Final = ("business_place", FIELD, WHY)
FIELDS: Final = (*sorted(CONTACT), *PLACE)
_PHONE: Final = re.compile(r"[0-9+][0-9 ()+\-转]{4,29}")
From = Literal["kept", "typed", "card", "earlier", ""]


@dataclass(frozen=True, slots=True)
class Offered:
    """A value and where it is from: `kept` in this case, or only offered."""

    text: str = ""
    source: From = ""


NOTHING: Final = Offered()


@dataclass(frozen=True, slots=True)
class ContactView:
    """`rule` is by which place the item's competence goes, `found` what it comes to now, `elsewhere` the body
    the item names; `open`: the place may still be changed. `ways` are how the item's result may be handed
    over, `delivery` and `tell` are codes or words of one's own."""

    case: str
    open: bool
    rule: PlaceRule
    found: Finding
    elsewhere: str
    ways: tuple[DeliveryWay, ...]
    phone: Offered
    address: Offered
    business_place: Offered
    delivery: Offered
    tell: Offered
    competence: str


def contact_of(reader: Reader, reference: CaseReference, id: str) -> ContactView:
    """UserFacingError `case.unknown`, `case.no-item`."""
    seen = look(reader, reference, id)
    item, _ = seen.needed_item()
    fields = seen.case.draft.fields
    applicant = seen.case.applicant
    identity = (seen.identities.get(applicant.party) if applicant else None) or Identity(name="")
    by_card = applicant is not None and applicant.source != "typed"
    earlier = _earlier(reader, seen.case, identity) if by_card else ()

    def offered(field: str, own: str = "") -> Offered:
        if fields.get(field):
            return Offered(fields[field], "kept")
        if own:
            return Offered(own, "card" if by_card and field == "address" else "typed")
        known = (_of_earlier(reader, case, field) for case in earlier)
        found = next((text for text in known if text), "")
        return Offered(found, "earlier") if found else NOTHING

    telling = reader.get(TELLINGS, id)
    way = (telling.way if telling else "") or fields.get(TELL, "")
    return ContactView(
        case=id,
        open=seen.case.open,
        rule=item.competence.rule,
        found=seen.competence,
        elsewhere=item.competence.elsewhere,
        ways=item.delivery.ways,
        phone=offered("phone", identity.phone),
        address=offered("address", identity.address),
        business_place=offered("business_place"),
        delivery=offered("delivery"),
        tell=Offered(way, "kept") if way else NOTHING,
        competence=fields.get(FIELD, ""),
    )


def record_contact(tx: Transaction, reference: CaseReference, id: str, given: Mapping[str, str]) -> None:
    """Keep what differs from what is kept; an empty text empties a field.

    UserFacingError `contact.phone`, `contact.delivery`, `contact.tell`, `competence.reason-needed`,
    `case.closed` for the place of a case that is decided, `archive.closed`.
    """
    need_open_file(tx, id)
    seen = look(tx, reference, id)
    _check(seen, given)
    for field in FIELDS:
        text = given.get(field)
        if text is not None and text != seen.case.draft.fields.get(field, ""):
            tx.record(FieldSet(case=id, field=field), private={"text": text.encode()} if text else None)
    way = next((one for one in WAYS if one == given.get(TELL)), None)
    telling = tx.get(TELLINGS, id)
    if way is not None and (telling is None or telling.way != way):
        tx.record(WayAsked(case=id, way=way))


def _check(seen: Look, given: Mapping[str, str]) -> None:
    for text in given.values():
        checked_text(text)
    item, _ = seen.needed_item()
    phone, way, tell = given.get("phone", ""), given.get("delivery", ""), given.get(TELL, "")
    if phone and not _PHONE.fullmatch(phone):
        raise UserFacingError(
            "contact.phone", "“{text}” is no telephone number.", remedy="Type digits.", text=phone
        )
    if way and way not in item.delivery.ways:
        raise _no_way("contact.delivery", way)
    if tell and tell not in WAYS:
        raise _no_way("contact.tell", tell)
    if given.get(FIELD) and not given.get(WHY, "").strip():
        raise UserFacingError(
            "competence.reason-needed",
            "Who overrules the place says why.",
            kept="The place decides as before.",
            remedy="Type what was found out.",
        )
    if not seen.case.open and any(field in given for field in PLACE):
        raise UserFacingError(
            "case.closed",
            "Case {number} is decided or waits for the citizen; it cannot be changed now.",
            kept="Nothing was changed.",
            remedy="Begin a return visit if a notice is out, else open a new case.",
            number=seen.case.number,
        )


def _no_way(code: str, way: str) -> UserFacingError:
    return UserFacingError(code, "“{way}” is not offered for this item.", remedy="Choose one.", way=way)


def _earlier(reader: Reader, case: Case, identity: Identity) -> tuple[Case, ...]:
    found = reader.cases.of_person(identity.lookup, EARLIER) if identity.lookup else ()
    return tuple(one for one in found if one.id != case.id)


def _of_earlier(reader: Reader, case: Case, field: str) -> str:
    """What an earlier case of the same applicant says; how a result was handed over is asked anew."""
    if field == "delivery":
        return ""
    text = case.draft.fields.get(field, "")
    if text or field != "phone" or case.applicant is None:
        return text
    party = reader.get(PARTIES, case.applicant.party)
    return party.identity.phone if party and party.identity else ""
