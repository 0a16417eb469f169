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
WHY: Final = "competence_reason"
ELSEWHERE: Final = "elsewhere"
FEMALE: Final = "2"

_COUNTY: Final = re.compile(r"[^省市州盟]{1,8}?(?:自治县|县|(?<![社小园])区|旗)")
_TOWN: Final = re.compile(r"[^省市州县区旗]{1,10}?(?:街道|镇|乡)")
_PREFIX: Final = re.compile(r"^[^县区旗镇乡街]{1,10}?(?:自治区|自治州|地区|省|市|州(?!市)|盟)(?=.)")


@dataclass(frozen=True, slots=True)
class Finding:
    """`found` with a reason (message source and the `address` it was read from); `body` names who is
    competent when we are not; `why` is the clerk's reason where he found it out."""

    found: Found
    reason: str
    address: str = ""
    body: str = ""
    why: str = ""


OURS: Final = Finding("ours", "")


@dataclass(frozen=True, slots=True)
class Places:
    """County (县, 区, 旗) and town (街道, 镇, 乡); empty where an address does not say."""

    county: str
    town: str


def competence(
    rule: Competence,
    persons: tuple[Participant, ...],
    identities: Mapping[str, Identity],
    fields: Mapping[str, str],
    hall: Places,
) -> Finding:
    """Judge `rule` for the parties of a case at a hall; `fields["competence"]` is the clerk's own finding:
    `ours`, `elsewhere`, or the body that is competent."""
    said = fields.get(FIELD, "")
    if rule.rule == "none":
        return OURS
    if said:
        return _by_clerk(rule, said, fields.get(WHY, ""))
    addresses = _addresses(rule, persons, identities, fields)
    if not addresses:
        return Finding("ask", mark("Ask for the place: nothing read so far tells which body is competent."))
    judged = [(_judge(address, hall), address) for address in addresses]
    for found, address in judged:
        if found == "ours":
            return Finding("ours", mark("The address {address} is in this hall's area."), address)
    for found, address in judged:
        if found == "ask":
            return Finding(
                "ask", mark("Check the place: {address} does not say which street or town."), address
            )
    return Finding("elsewhere", mark("{address} is outside this hall's area."), judged[0][1], rule.elsewhere)


def _by_clerk(rule: Competence, said: str, why: str) -> Finding:
    if said == "ours":
        return Finding("ours", mark("The clerk found this hall competent: {why}"), why=why) if why else OURS
    body = rule.elsewhere if said == ELSEWHERE else said
    if why:
        return Finding("elsewhere", mark("The clerk found another body competent: {why}"), "", body, why)
    return Finding("elsewhere", mark("The clerk found another body competent."), "", body)


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


def _judge(address: str, hall: Places) -> Found:
    """Compare county and town; a county that differs is elsewhere, a town left open is asked for."""
    named = places(address)
    if not named.county or not hall.county:
        return "ask"
    if named.county != hall.county:
        return "elsewhere"
    if not hall.town:
        return "ours"
    if not named.town:
        return "ask"
    return "ours" if named.town == hall.town else "elsewhere"


def hall_places(names: tuple[str, ...]) -> Places:
    """The hall's own places, from its name and those above it (南环街道便民服务中心, 运河区政务服务中心)."""
    found = [places(name) for name in names]
    return Places(
        next((entry.county for entry in found if entry.county), ""),
        next((entry.town for entry in found if entry.town), ""),
    )


def places(address: str) -> Places:
    """County and town as an address names them; a county-level city is left open."""
    rest = address
    while (prefix := _PREFIX.match(rest)) is not None:
        rest = rest[prefix.end() :]
    county = _COUNTY.match(rest)
    if county:
        rest = rest[county.end() :]
    town = _TOWN.match(rest)
    return Places(county.group() if county else "", town.group() if town else "")
