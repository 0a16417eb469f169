"""What an identity number says by itself: its kind, birth date, sex, and what is wrong with it.

Covers the 18-character numbers (GB 11643: mainland, 81/82/83 permits, 9… foreigners of 2023) with the
check digit of ISO 7064 MOD 11-2, and the 15-character foreigner's number of 2017, whose check
digit only warns because published specimens fail it. Whether a number was ever issued is not here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from counter_app.domain.identity.document import Remark, Sex
from counter_app.errors import mark

PROVINCES: Final = frozenset(
    str(code)
    for codes in (
        range(11, 16),
        range(21, 24),
        range(31, 38),
        range(41, 47),
        range(50, 55),
        range(61, 66),
        (71,),
    )
    for code in codes
)
PERMIT_REGIONS: Final = frozenset({"810000", "820000", "830000"})
_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS: Final = "10X98765432"
_EARLIEST_BIRTH_YEAR: Final = 1850
_WIDE: Final = {ord(plain) + 0xFEE0: plain for plain in "0123456789Xx"}  # full-width forms


class NumberKind(StrEnum):
    RESIDENT = "resident"
    HMT_PERMIT = "hmt_permit"
    FOREIGNER_2023 = "foreigner_2023"
    FOREIGNER_2017 = "foreigner_2017"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class NumberFacts:
    """What was read out of a number. `errors` make it invalid, `warnings` do not.

    `region` is the first six digits of a resident's number. The sex of a foreigner is not derived:
    no rule for it is published.
    """

    number: str
    kind: NumberKind
    birth: date | None = None
    sex: Sex | None = None
    region: str = ""
    errors: tuple[Remark, ...] = ()
    warnings: tuple[Remark, ...] = ()

    @property
    def is_valid(self) -> bool:
        return not self.errors and self.kind is not NumberKind.OTHER


def tidy_number(typed: str) -> str:
    """Typed text → number: no blanks, digits and X from a Chinese keyboard made plain, x → X."""
    return "".join(typed.translate(_WIDE).split()).upper()


def check_digit(first_seventeen: str) -> str:
    """MOD 11-2 check character of 17 ASCII digits. Raises ValueError for anything else."""
    if not re.fullmatch(r"[0-9]{17}", first_seventeen):
        raise ValueError("seventeen digits are needed")
    return _CHECKS[sum(int(d) * w for d, w in zip(first_seventeen, _WEIGHTS, strict=True)) % 11]


def read_number(number: str, today: date | None = None) -> NumberFacts:
    """Read a tidy number. `today`, where given, refuses births in the future."""
    if re.fullmatch(r"[A-Z]{3}[0-9]{12}", number):
        return _read_2017(number)
    if len(number) != 18:
        problem = Remark(
            "number.length",
            mark("The number has {count} characters; 18 are needed."),
            (("count", str(len(number))),),
        )
        return NumberFacts(number, NumberKind.OTHER, errors=(problem,))
    if not re.fullmatch(r"[0-9]{17}[0-9X]", number):
        problem = Remark("number.characters", mark("The number must be 17 digits and a digit or X."))
        return NumberFacts(number, NumberKind.OTHER, errors=(problem,))
    return _read_18(number, today)


def age_on(birth: date, day: date) -> int:
    """Full years (周岁) on `day`; one born on 29 February completes a common year on 1 March.

    Raises ValueError when `day` is before `birth`.
    """
    if day < birth:
        raise ValueError("not born yet")
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def _read_18(number: str, today: date | None) -> NumberFacts:
    kind, birth_text = _kind(number), number[6:14]
    errors = [] if _place_is_known(kind, number) else [_place_error(number)]
    birth = parse_day(birth_text)
    if birth is None or birth.year < _EARLIEST_BIRTH_YEAR:
        birth = None
        errors.append(
            Remark("number.birth", mark("{text} in the number is not a birth date."), (("text", birth_text),))
        )
    elif today is not None and birth > today:
        errors.append(
            Remark("number.future", mark("The birth date {text} is in the future."), (("text", birth_text),))
        )
    expected = check_digit(number[:17])
    if expected != number[17]:
        errors.append(
            Remark(
                "number.check-digit",
                mark("The last character should be {expected}, not {found}: one character is wrong."),
                (("expected", expected), ("found", number[17])),
            )
        )
    foreigner = kind is NumberKind.FOREIGNER_2023
    return NumberFacts(
        number,
        kind,
        birth,
        None if foreigner else (Sex.MALE if int(number[16]) % 2 else Sex.FEMALE),
        "" if foreigner else number[:6],
        tuple(errors),
    )


def _kind(number: str) -> NumberKind:
    if number[0] == "9":
        return NumberKind.FOREIGNER_2023
    return NumberKind.HMT_PERMIT if number[:2] in {"81", "82", "83"} else NumberKind.RESIDENT


def _place_is_known(kind: NumberKind, number: str) -> bool:
    if kind is NumberKind.FOREIGNER_2023:
        return number[1:3] in PROVINCES
    if kind is NumberKind.HMT_PERMIT:
        return number[:6] in PERMIT_REGIONS
    return number[:2] in PROVINCES


def _place_error(number: str) -> Remark:
    return Remark("number.place", mark("{text} at its start is no place of issue."), (("text", number[:6]),))


def _read_2017(number: str) -> NumberFacts:
    value = sum(int(c, 36) * (7, 3, 1)[i % 3] for i, c in enumerate(number[:14])) % 10
    warnings: tuple[Remark, ...] = ()
    if str(value) != number[14]:
        warnings = (
            Remark(
                "number.check-2017", mark("The last digit does not fit; on cards of 2017 this may be so.")
            ),
        )
    return NumberFacts(number, NumberKind.FOREIGNER_2017, warnings=warnings)


def parse_day(text: str) -> date | None:
    """`19900101` → date; None for everything that is not eight ASCII digits of a real day."""
    if not re.fullmatch(r"[0-9]{8}", text):
        return None
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError:
        return None
