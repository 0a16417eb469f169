"""Machine-readable lines of passports and permits (ICAO 9303: TD1, TD2, TD3) → the record.

A wrong check digit does not refuse the document: what was read is given with a remark, so that the clerk
mends one character instead of typing all. The century is ours to decide, since the lines give two digits: a
birth is the latest that is not in the future; an expiry lies at most fifty years before or after today.
Chip data and pictures are not here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from counter_app.domain.identity.document import DocumentType, IdentityDocument, Remark, Sex
from counter_app.errors import UserFacingError, mark

LENGTHS: Final = {30: 3, 36: 2, 44: 2}  # length of a line → number of lines
_JOINED: Final = {90: 30, 72: 36, 88: 44}  # readers that send no line ends
_FIRST: Final = re.compile(r"^[PVAIC][A-Z<][A-Z<]{3}[A-Z0-9<]+$")
_LINE: Final = re.compile(r"^[A-Z0-9<]+$")
_SHORTEST, _LONGEST = 27, 46  # a line with some of it lost is still seen to be one
_EXPIRY_SPAN: Final = 50
_VALUES: Final = {sign: at for at, sign in enumerate("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")} | {"<": 0}
_SEXES: Final = {"M": Sex.MALE, "F": Sex.FEMALE, "X": Sex.NOT_STATED, "<": Sex.NOT_STATED}
# The permits of the exit-entry administration, by the letters their lines begin with.
_PERMITS: Final = {"CR": DocumentType.HM_TRAVEL_PERMIT, "CT": DocumentType.TW_TRAVEL_PERMIT}


class MrzDamaged(UserFacingError):
    """The lines cannot be read as a document; `part` says why."""

    def __init__(self, part: str) -> None:
        super().__init__(
            "mrz.damaged",
            mark("The lines of the document were not read whole."),
            kept=mark("Nothing was taken over from it."),
            remedy=mark("Draw it through the reader again, or type the document by hand."),
            part=part,
        )


class MrzVisa(UserFacingError):
    """A visa in the passport was read in place of its data page."""

    def __init__(self) -> None:
        super().__init__(
            "mrz.visa",
            mark("These are the lines of a visa, not of the passport."),
            kept=mark("Nothing was taken over from it."),
            remedy=mark("Turn to the page with the holder's picture and draw that through the reader."),
        )


@dataclass(frozen=True, slots=True)
class _Fields:
    """The lines cut up. `checked` are (what, text, check digit); `room` is where a cut name would end."""

    kind: str
    issuer: str
    number: str
    nationality: str
    birth: str
    sex: str
    expiry: str
    names: str
    checked: tuple[tuple[str, str, str], ...]


def check_digit(text: str) -> str:
    """ICAO 9303 part 3: weights 7 3 1 over digits, letters from 10, `<` as 0. ValueError for other signs."""
    try:
        return str(sum(_VALUES[sign] * (7, 3, 1)[at % 3] for at, sign in enumerate(text)) % 10)
    except KeyError as error:
        raise ValueError(f"no sign of an MRZ: {error}") from error


def looks_like_mrz(text: str) -> bool:
    """Whether `text` is, or begins, the lines of a document, even if some of it was lost."""
    first, *more = text.strip().upper().split("\n")
    joined = any(abs(len(first) - length) <= 1 for length in _JOINED)
    if not _FIRST.match(first) or not (_SHORTEST <= len(first) <= _LONGEST or joined):
        return False
    if "<" not in first and first[2:5] != "CHN":
        return False
    return all(_LINE.match(line.strip()) and len(line.strip()) <= _LONGEST for line in more)


def lines_wanted(first: str) -> int:
    """How many lines a document has whose first one is `first`."""
    length = len(first.strip())
    if length > _LONGEST:
        return 1
    return 3 if length <= 33 else 2


def parse_mrz(text: str, today: date) -> IdentityDocument:
    """Lines → record, remarks where something is doubtful. Raises MrzDamaged or MrzVisa, nothing else."""
    lines = _lines(text)
    fields = _cut(lines)
    if fields.kind.startswith("V"):
        raise MrzVisa
    name = _name(fields.names)
    if not name or not fields.number:
        raise MrzDamaged("name" if not name else "number")
    birth = _birth(fields.birth, today)
    part = "" if birth else _birth_part(fields.birth, today)
    expiry = _expiry(fields.expiry, today)
    return IdentityDocument(
        kind=_kind(fields),
        name=name,
        number=fields.number,
        name_latin=name,
        sex=_SEXES.get(fields.sex, Sex.UNKNOWN),
        birth=birth,
        birth_part=part,
        authority=fields.issuer,
        valid_to=expiry,
        nationality=fields.nationality,
        warnings=tuple(_remarks(fields, birth, part, expiry, lines[-1] if len(lines) == 3 else lines[0])),
    )


def _lines(text: str) -> list[str]:
    lines = [line.strip().upper() for line in text.replace("\r", "\n").split("\n") if line.strip()]
    if len(lines) == 1 and len(lines[0]) in _JOINED:
        size = _JOINED[len(lines[0])]
        lines = [lines[0][at : at + size] for at in range(0, len(lines[0]), size)]
    lengths = {len(line) for line in lines}
    if len(lengths) != 1 or LENGTHS.get(lengths.pop()) != len(lines):
        raise MrzDamaged("length")
    if not all(_LINE.match(line) for line in lines):
        raise MrzDamaged("characters")
    return lines


def _cut(lines: list[str]) -> _Fields:
    first, second = lines[0], lines[1]
    if len(lines) == 3:
        number, check = _long_number(first[5:14], first[14], first[15:])
        whole = first[5:] + second[:7] + second[8:15] + second[18:29]
        birth, sex, expiry = (second[:6], second[6]), second[7], (second[8:14], second[14])
        nationality, composite, names = second[15:18], second[29], lines[2]
        personal = None
    else:
        end = 42 if len(first) == 44 else 35
        number, check = second[:9], second[9]
        if end == 35:
            number, check = _long_number(number, check, second[28:35])
        whole = second[:10] + second[13:20] + second[21 : end + (end == 42)]
        birth, sex, expiry = (second[13:19], second[19]), second[20], (second[21:27], second[27])
        nationality, composite, names = second[10:13], second[-1], first[5:]
        personal = ("personal number", second[28:42], second[42]) if end == 42 else None
    checked = [("number", number, check), ("birth", *birth), ("expiry", *expiry)]
    if not first.startswith("V"):
        checked.append(("whole", whole, composite))
        if personal is not None and not (personal[2] == "<" and not personal[1].strip("<")):
            checked.append(personal)
    return _Fields(
        first[:2], first[2:5].strip("<"), number.strip("<").replace("<", " "), nationality.strip("<"),
        birth[0], sex, expiry[0], names, tuple(checked),
    )  # fmt: skip


def _long_number(number: str, check: str, optional: str) -> tuple[str, str]:
    """A number of more than nine signs goes on in the optional data, its check digit behind it."""
    if check != "<":
        return number, check
    rest = optional.split("<", maxsplit=1)[0]
    return (number + rest[:-1], rest[-1]) if len(rest) > 1 else (number, check)


def _kind(fields: _Fields) -> DocumentType:
    if fields.kind.startswith("P"):
        return DocumentType.PASSPORT
    if fields.issuer == "CHN":
        return _PERMITS.get(fields.kind, DocumentType.OTHER)
    return DocumentType.OTHER


def _name(names: str) -> str:
    """`ERIKSSON<<ANNA<MARIA` → `ERIKSSON ANNA MARIA`, as the passport prints it."""
    return " ".join(names.replace("<", " ").split())


def _birth(text: str, today: date) -> date | None:
    """The latest day with these digits that is not in the future; None when it is known only in part."""
    century = today.year // 100 * 100
    days = (_day(start, text) for start in (century, century - 100))
    return next((day for day in days if day is not None and day <= today), None)


def _birth_part(text: str, today: date) -> str:
    """`80<<<<` → `1980`, `8003<<` → `1980-03`: what is known, never in the future; "" for nothing."""
    known = text.rstrip("<")
    if len(known) not in (2, 4) or not known.isdigit() or not "00" < (known[2:] or "01") < "13":
        return ""
    year, month = today.year // 100 * 100 + int(known[:2]), known[2:]
    if date(year, int(month or 1), 1) > today:
        year -= 100
    return f"{year}-{month}" if month else str(year)


def _expiry(text: str, today: date) -> date | None:
    if not text[:2].isdigit():
        return None
    century = today.year // 100 * 100
    years = (century - 100, century, century + 100)
    best = min(years, key=lambda start: abs(start + int(text[:2]) - today.year))
    return _day(best, text) if abs(best + int(text[:2]) - today.year) <= _EXPIRY_SPAN else None


def _day(century: int, text: str) -> date | None:
    if not re.fullmatch(r"[0-9]{6}", text):
        return None
    try:
        return date(century + int(text[:2]), int(text[2:4]), int(text[4:]))
    except ValueError:
        return None


_WRONG: Final = {
    "number": mark("The check digit of the number is wrong: compare the number with the document."),
    "birth": mark("The check digit of the birth date is wrong: compare it with the document."),
    "expiry": mark("The check digit of the expiry is wrong: compare it with the document."),
    "personal number": mark("The check digit of the personal number is wrong."),
    "whole": mark("The check digit over all lines is wrong: compare everything with the document."),
}


def _remarks(
    fields: _Fields, birth: date | None, part: str, expiry: date | None, name_line: str
) -> Iterator[Remark]:
    wrong = [what for what, text, check in fields.checked if check_digit(text) != check.replace("<", "0")]
    for what in wrong:
        if what != "whole" or len(wrong) == 1:
            yield Remark(f"mrz.check-{what.replace(' ', '-')}", _WRONG[what])
    if birth is None:
        if part:
            yield Remark(
                "mrz.birth-part", mark("The birth date is known only in part: {text}"), (("text", part),)
            )
        else:
            yield Remark("mrz.birth", mark("The document gives no birth date."))
    if expiry is None:
        yield Remark("mrz.expiry", mark("The document gives no expiry."))
    if not name_line.endswith("<"):
        yield Remark("mrz.name-cut", mark("The name may be cut off: compare it with the document."))
