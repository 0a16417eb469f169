"""Which body is competent by place, as far as what is known tells (mission: I16).

The places are read from addresses as cards print them; a number's first six digits are where it was
first given, not where somebody lives, so they decide nothing. What the clerk found out overrides
all. Not here: forwarding a case to the right body.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from counter_app.domain.catalogue.items import Competence
from counter_app.domain.intake.case import Participant
from counter_app.domain.intake.parties import Identity
from counter_app.errors import mark

Found = Literal["ours", "elsewhere", "ask"]
FIELD: Final = "competence"
FEMALE: Final = "2"

_COUNTY: Final = re.compile(r"[^省市州盟]{1,8}?(?:自治县|县|区|旗)")
_TOWN: Final = re.compile(r"[^省市州县区旗]{1,10}?(?:街道|镇|乡)")
_PREFIX: Final = re.compile(r"^[^县区旗镇乡街]{1,10}?(?:自治区|自治州|地区|省|市|州(?!市)|盟)(?=.)")


@dataclass(frozen=True, slots=True)
class Finding:
    """`found` with a reason (message source and the `address` it was read from); `body` names who is
    competent when we are not."""

    found: Found
    reason: str
    address: str = ""
    body: str = ""


OURS: Final = Finding("ours", "")


def competence(
    rule: Competence,
    persons: tuple[Participant, ...],
    identities: Mapping[str, Identity],
    fields: Mapping[str, str],
    hall_address: str,
) -> Finding:
    """Judge `rule` for the parties of a case; `fields["competence"]` is the clerk's own finding."""
    said = fields.get(FIELD, "")
    if rule.rule == "none" or said == "ours":
        return OURS
    if said:
        return Finding(
            "elsewhere", mark("The clerk found another body competent."), "", rule.elsewhere or said
        )
    addresses = _addresses(rule, persons, identities, fields)
    if not addresses:
        return Finding("ask", mark("Ask for the place: nothing read so far tells which body is competent."))
    judged = [(_judge(address, hall_address), address) for address in addresses]
    for found, address in judged:
        if found == "ours":
            return Finding("ours", mark("The address {address} is in this hall's area."), address)
    for found, address in judged:
        if found == "ask":
            return Finding(
                "ask", mark("Check the place: {address} does not say which street or town."), address
            )
    return Finding("elsewhere", mark("{address} is outside this hall's area."), judged[0][1], rule.elsewhere)


def _addresses(
    rule: Competence,
    persons: tuple[Participant, ...],
    identities: Mapping[str, Identity],
    fields: Mapping[str, str],
) -> list[str]:
    if rule.rule == "current_address":
        found = [fields.get("address", "")]
    elif rule.rule == "business_place":
        found = [fields.get("business_place", "")]
    else:
        found = [
            identities[person.party].registered_address
            for person in persons
            if person.party in identities and _asked(rule, person, identities[person.party])
        ]
    return [address for address in found if address]


def _asked(rule: Competence, person: Participant, identity: Identity) -> bool:
    if rule.rule == "applicant_registered":
        return person.role == "applicant"
    couple = person.role in ("applicant", "spouse")
    return couple and (rule.rule == "either_spouse_registered" or identity.sex == FEMALE)


def _judge(address: str, hall_address: str) -> Found:
    """Compare county and town; a county that differs is elsewhere, a town left open is asked for."""
    county, town = _places(address)
    our_county, our_town = _places(hall_address)
    if not county or not our_county:
        return "ask"
    if county != our_county:
        return "elsewhere"
    if not our_town:
        return "ours"
    if not town:
        return "ask"
    return "ours" if town == our_town else "elsewhere"


def _places(address: str) -> tuple[str, str]:
    rest = address
    while (prefix := _PREFIX.match(rest)) is not None:
        rest = rest[prefix.end() :]
    county = _COUNTY.match(rest)
    if county:
        rest = rest[county.end() :]
    town = _TOWN.match(rest)
    return (county.group() if county else "", town.group() if town else "")
