"""A document as a list of named facts, for every place that shows or exports it by name.

Which of them are masked where is the caller's decision (`masking`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from counter_app.domain.identity.document import SEX_NAMES, TYPE_NAMES, IdentityDocument
from counter_app.domain.identity.photo import PHOTO_NOTES, photo_state
from counter_app.errors import mark
from counter_app.i18n import Translator


@dataclass(frozen=True, slots=True)
class Fact:
    """`key` is stable, `label` and `text` are in the reader's language."""

    key: str
    label: str
    text: str


def facts(document: IdentityDocument, t: Translator) -> tuple[Fact, ...]:
    """All facts the document states, in the order of a form; blank ones are left out."""
    valid_to = t("long-term") if document.long_term else _day(document.valid_to)
    rows = (
        ("kind", mark("Kind of document"), t(TYPE_NAMES[document.kind])),
        ("name", mark("Full name"), document.name),
        ("name_latin", mark("Name in Latin letters"), document.name_latin),
        ("sex", mark("Sex"), t(SEX_NAMES[document.sex])),
        ("nation", mark("Nation"), document.nation.shown),
        ("birth", mark("Birth date"), _day(document.birth) or document.birth_part),
        ("address", mark("Home address"), document.address),
        ("newest_address", mark("Newest address"), document.newest_address),
        ("number", mark("ID number"), document.number),
        ("authority", mark("Issued by"), document.authority),
        ("valid_from", mark("Valid from"), _day(document.valid_from)),
        ("valid_to", mark("Valid until"), valid_to),
        ("pass_number", mark("Pass number"), document.pass_number),
        ("times_issued", mark("Times issued"), document.times_issued),
        ("nationality", mark("Nationality"), document.nationality),
        ("old_number_item", mark("Old number item"), document.old_number_item),
        ("version", mark("Card version"), document.version),
        ("photo", mark("Photo"), t(PHOTO_NOTES[photo_state(document.photo)])),
    )
    return tuple(Fact(key, t(label), text) for key, label, text in rows if text)


def as_json(document: IdentityDocument) -> dict[str, object]:
    """Every field by its name, for scripts: dates as ISO 8601, codes as on the card, photo in hex."""
    return {
        "kind": document.kind.value,
        "name": document.name,
        "name_latin": document.name_latin,
        "sex": document.sex.value,
        "nation_code": document.nation.code,
        "nation_name": document.nation.name,
        "birth": _day(document.birth) or None,
        "birth_part": document.birth_part,
        "address": document.address,
        "newest_address": document.newest_address,
        "number": document.number,
        "authority": document.authority,
        "valid_from": _day(document.valid_from) or None,
        "valid_to": _day(document.valid_to) or None,
        "long_term": document.long_term,
        "pass_number": document.pass_number,
        "times_issued": document.times_issued,
        "nationality": document.nationality,
        "old_number_item": document.old_number_item,
        "version": document.version,
        "photo_bytes": len(document.photo),
        "photo_state": photo_state(document.photo).value,
        "photo": document.photo.hex(),
        "warnings": [{"code": w.code, "message": str(w)} for w in document.warnings],
    }


def _day(day: date | None) -> str:
    return "" if day is None else day.isoformat()
