"""Days of which only the year, or year and month, may be known: `1980`, `1980-03`, `1980-03-12`.

Between systems what is missing is written out: `1980-??-??`, `1980-03-??`. Documents of some countries state
a birth so, and nothing may be made up for what is missing.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Final

from counter_app.errors import UserFacingError, mark

_KNOWN: Final = re.compile(r"([0-9]{4})(?:([0-9]{2})([0-9]{2})?)?")
_OPEN: Final = re.compile(r"(?:[-./年月]?[?？]{2}[月日]?){1,2}$")
_BETWEEN: Final = str.maketrans("", "", "-./年月日 ")

EARLIEST: Final = date(1900, 1, 1)  # a hundred and twenty-six years ago: a slip of the finger


def read_known(text: str) -> tuple[date | None, str]:
    """The day, or the part of it that is known; (None, "") for nothing. ValueError for what is neither."""
    digits = _OPEN.sub("", text.strip()).translate(_BETWEEN)
    if not digits:
        return None, ""
    found = _KNOWN.fullmatch(digits)
    if found is None:
        raise ValueError(text)
    year, month, day = found.groups()
    if day is not None:
        return date(int(year), int(month), int(day)), ""
    date(int(year), int(month or 1), 1)
    return None, f"{year}-{month}" if month else year


def written_out(day: date | None, part: str) -> str:
    """`1980-03-12`, `1980-03-??`, `1980-??-??`; "" for nothing."""
    if day is not None:
        return day.isoformat()
    return part + "-??" * (2 - part.count("-")) if part else ""


def birth_words(day: date | None, part: str) -> str:
    """As papers say it: what is not known is said to be so."""
    if day is not None or not part:
        return str(day or "")
    return f"{part}（日不详）" if "-" in part else f"{part}（月、日不详）"


def latest_day(day: date | None, part: str) -> date | None:
    """The last day it can be: with 60 from then on, somebody is 60 for certain."""
    if day is not None or not part:
        return day
    year, _, month = part.partition("-")
    first = date(int(year), int(month or 12), 1)
    return (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def typed_birth(text: str, today: date) -> tuple[date | None, str]:
    """As `read_known`. UserFacingError `person.birth` for no day, one to come, or one too long ago."""
    try:
        day, part = read_known(text)
        first = day or (date.fromisoformat(f"{part}-01-01"[:10]) if part else today)
    except ValueError:
        day, part, first = None, "", date.max
    if not EARLIEST <= first <= today:
        raise UserFacingError(
            "person.birth",
            mark("“{text}” is no birth date."),
            remedy=mark("Type it as 1980-03-12; where only that is known, 1980-03 or 1980."),
            text=text,
        )
    return day, part


def typed_expiry(text: str) -> date | None:
    """None for nothing. UserFacingError `person.expiry` for no day."""
    try:
        day, part = read_known(text)
    except ValueError:
        day, part = None, text
    if part:
        raise UserFacingError(
            "person.expiry",
            mark("“{text}” is no day a document ends."),
            remedy=mark("Type it as 2033-03-06, or leave it empty."),
            text=text,
        )
    return day
