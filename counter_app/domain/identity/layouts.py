"""The 256-byte text block of a card ↔ the record, for the four layouts.

Fields are cut by byte offset out of UTF-16LE text and only the padding U+0020 behind them is
dropped: nothing is normalised. Photo and newest address travel apart from the block and are not
here. `encode` is the inverse for the simulator and for round-trip tests.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import Final

from counter_app.domain.identity.checks import remarks_on
from counter_app.domain.identity.document import DocumentType, IdentityDocument, Remark, Sex
from counter_app.domain.identity.nations import NO_NATION, nation
from counter_app.domain.identity.numbers import parse_day
from counter_app.errors import UserFacingError, mark

BLOCK_SIZE: Final = 256
LONG_TERM: Final = "长期"
LETTER_AT: Final = 248
LAYOUT_LETTERS: Final[Mapping[str, DocumentType]] = MappingProxyType(
    {
        " ": DocumentType.RESIDENT,
        "J": DocumentType.HMT_PERMIT,
        "I": DocumentType.FOREIGNER_2017,
        "Y": DocumentType.FOREIGNER_2023,
    }
)
Span = tuple[int, int]  # offset and length in bytes

_COMMON: Final[Mapping[str, Span]] = {
    "name": (0, 30),
    "sex": (30, 2),
    "birth": (36, 16),
    "number": (122, 36),
    "valid_from": (188, 16),
    "valid_to": (204, 16),
}
# A field of several spans is cut apart on the card and put together before it is read.
LAYOUTS: Final[Mapping[DocumentType, Mapping[str, tuple[Span, ...]]]] = MappingProxyType(
    {
        DocumentType.RESIDENT: {key: (span,) for key, span in _COMMON.items()}
        | {"nation": ((32, 4),), "address": ((52, 70),), "authority": ((158, 30),)},
        DocumentType.HMT_PERMIT: {key: (span,) for key, span in _COMMON.items()}
        | {
            "address": ((52, 70),),
            "authority": ((158, 30),),
            "pass_number": ((220, 18),),
            "times_issued": ((238, 4),),
        },
        DocumentType.FOREIGNER_2017: {
            "name_latin": ((0, 120),),
            "sex": ((120, 2),),
            "number": ((122, 30),),
            "nationality": ((152, 6),),
            "name": ((158, 30),),
            "valid_from": ((188, 16),),
            "valid_to": ((204, 16),),
            "birth": ((220, 16),),
            "version": ((236, 4),),
            "authority": ((240, 8),),
        },
        DocumentType.FOREIGNER_2023: {key: (span,) for key, span in _COMMON.items()}
        | {
            "times_issued": ((32, 4),),
            "name_latin": ((52, 70), (220, 22)),
            "nationality": ((242, 6),),
            "old_number_item": ((250, 6),),
        },
    }
)


class TextBlockDamaged(UserFacingError):
    """The block is not the text of a card; `part` says where it fails."""

    def __init__(self, part: str) -> None:
        super().__init__(
            "id-card.text-damaged",
            mark("The card's text could not be understood."),
            kept=mark("Nothing was taken over from it."),
            remedy=mark("Lift the card and lay it on again."),
            part=part,
        )


@dataclass(frozen=True, slots=True)
class _Day:
    """A date field as found: blank, 长期, a day, or text that is none of these."""

    day: date | None
    long_term: bool
    remark: Remark | None


def parse(block: bytes) -> IdentityDocument:
    """256 bytes → record without photo. Raises TextBlockDamaged, and nothing else."""
    if len(block) != BLOCK_SIZE:
        raise TextBlockDamaged("length")
    kind = LAYOUT_LETTERS.get(block[LETTER_AT : LETTER_AT + 2].decode("utf-16-le", "replace"))
    if kind is None:
        raise TextBlockDamaged("document type")
    fields = {key: _text(block, key, spans) for key, spans in LAYOUTS[kind].items()}
    if not fields["number"]:
        raise TextBlockDamaged("number")
    return _record(kind, fields)


def encode(document: IdentityDocument) -> bytes:
    """Record → 256 bytes. Raises ValueError naming the field that does not fit its place, and for a
    document that has no chip of this kind."""
    if document.kind not in LAYOUTS:
        raise ValueError(f"{document.kind} has no layout")
    values = _values(document)
    block = bytearray(" ".encode("utf-16-le") * (BLOCK_SIZE // 2))
    for key, spans in LAYOUTS[document.kind].items():
        raw = values[key].encode("utf-16-le")
        if len(raw) > sum(length for _, length in spans):
            raise ValueError(f"{key} is too long for {document.kind}: {values[key]!r}")
        for offset, length in spans:
            piece, raw = raw[:length], raw[length:]
            block[offset : offset + len(piece)] = piece
    letter = next(letter for letter, kind in LAYOUT_LETTERS.items() if kind is document.kind)
    block[LETTER_AT : LETTER_AT + 2] = letter.encode("utf-16-le")
    return bytes(block)


def _text(block: bytes, key: str, spans: tuple[Span, ...]) -> str:
    raw = b"".join(block[offset : offset + length] for offset, length in spans)
    try:
        return raw.decode("utf-16-le").rstrip(" ")
    except UnicodeDecodeError as error:
        raise TextBlockDamaged(key) from error


def _record(kind: DocumentType, fields: Mapping[str, str]) -> IdentityDocument:
    days = {key: _day(key, fields[key]) for key in ("birth", "valid_from", "valid_to")}
    latin = fields.get("name_latin", "")
    known_sex = fields["sex"] in set(Sex)
    found = [day.remark for day in days.values() if day.remark is not None]
    if not known_sex:
        found.append(Remark("card.sex", mark("Unknown code for sex: {text}"), (("text", fields["sex"]),)))
    document = IdentityDocument(
        kind=kind,
        name=fields["name"] or latin,
        number=fields["number"],
        name_latin=latin,
        sex=Sex(fields["sex"]) if known_sex else Sex.UNKNOWN,
        nation=nation(fields["nation"]) if fields.get("nation") else NO_NATION,
        birth=days["birth"].day,
        valid_from=days["valid_from"].day,
        valid_to=days["valid_to"].day,
        long_term=days["valid_to"].long_term,
        address=fields.get("address", ""),
        authority=fields.get("authority", ""),
        pass_number=fields.get("pass_number", ""),
        times_issued=fields.get("times_issued", ""),
        nationality=fields.get("nationality", ""),
        old_number_item=fields.get("old_number_item", ""),
        version=fields.get("version", ""),
    )
    return replace(document, warnings=tuple(found) + remarks_on(document))


def _day(key: str, text: str) -> _Day:
    if key == "valid_to" and text == LONG_TERM:
        return _Day(None, True, None)
    day = parse_day(text)
    if day is not None:
        return _Day(day, False, None)
    if not text:
        return _Day(None, False, Remark(f"card.{key}-blank", _BLANK[key]))
    return _Day(None, False, Remark(f"card.{key}-unreadable", _UNREADABLE[key], (("text", text),)))


_BLANK: Final[Mapping[str, str]] = {
    "birth": mark("The card gives no birth date."),
    "valid_from": mark("The card does not say from when it is valid."),
    "valid_to": mark("The card does not say until when it is valid."),
}
_UNREADABLE: Final[Mapping[str, str]] = {
    "birth": mark("The birth date on the card is no date: {text}"),
    "valid_from": mark("The first day of validity is no date: {text}"),
    "valid_to": mark("The last day of validity is no date: {text}"),
}


def _values(document: IdentityDocument) -> dict[str, str]:
    same = document.name if document.name != document.name_latin else ""
    return {
        "name": same,
        "name_latin": document.name_latin,
        "sex": document.sex.value,
        "nation": document.nation.code,
        "birth": _digits(document.birth),
        "address": document.address,
        "number": document.number,
        "authority": document.authority,
        "valid_from": _digits(document.valid_from),
        "valid_to": LONG_TERM if document.long_term else _digits(document.valid_to),
        "pass_number": document.pass_number,
        "times_issued": document.times_issued,
        "nationality": document.nationality,
        "old_number_item": document.old_number_item,
        "version": document.version,
    }


def _digits(day: date | None) -> str:
    return "" if day is None else f"{day.year:04}{day.month:02}{day.day:02}"
