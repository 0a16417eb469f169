"""Numbers that cases and papers carry, and the query code that only the citizen knows.

A number is `[2026]3-0318-K` in tortoise-shell brackets: year, the device's code (with its epoch above
1: `3.2`), its serial, and a check character over all of them (ISO 7064 MOD 37,36), so two counters cut
off from each other never make the same, and one mistyped character is seen (papers.md, design.md §2).
A paper's number has the hall's short name and the paper's word before it: 南环便服告[2026]3-0318-K.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_SIGNS: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_LOOKALIKES: Final = str.maketrans("OI", "01")
_WIDTH: Final = 4
_OPEN: Final = "\u3014"
_CLOSE: Final = "\u3015"
# No 0 O, 1 I L, U V: what people misread aloud or on thermal paper.
QUERY_ALPHABET: Final = "23456789ABCDEFGHJKMNPQRSTWXYZ"
QUERY_BYTES: Final = 16
_NUMBER: Final = re.compile(
    r"^(?P<word>[^\u3014\[(0-9]*)[\u3014\[(]?(?P<year>20\d\d)[\u3015\])]?"
    r"(?P<device>[0-9A-Z]+)(?:\.(?P<epoch>\d+))?-(?P<serial>\d+)-?(?P<check>[0-9A-Z])$"
)


@dataclass(frozen=True, slots=True)
class Number:
    """A number taken apart. `word` is what stands before the year."""

    year: int
    device: str
    epoch: int
    serial: int
    word: str = ""

    @property
    def check(self) -> str:
        return check_character(f"{self.year}{self.device}{self.epoch}{self.serial:0{_WIDTH}d}")

    def __str__(self) -> str:
        device = self.device if self.epoch == 1 else f"{self.device}.{self.epoch}"
        return f"{self.word}{_OPEN}{self.year}{_CLOSE}{device}-{self.serial:0{_WIDTH}d}-{self.check}"

    @property
    def plain(self) -> str:
        """Without word and brackets, as a bar code carries it: `20263-0318-K`."""
        return str(self).partition(_OPEN)[2].replace(_CLOSE, "")


def check_character(text: str) -> str:
    """ISO 7064 MOD 37,36 over digits and letters. Raises ValueError for anything else."""
    product = 36
    for sign in text.upper():
        total = (product + _SIGNS.index(sign)) % 36 or 36
        product = total * 2 % 37
    return _SIGNS[(37 - product) % 36]


def read_number(text: str) -> Number | None:
    """Take apart a number as typed or scanned; None when it is none or its check does not fit."""
    found = _NUMBER.match("".join(text.split()).upper().removesuffix("号"))
    if found is None:
        return None
    number = Number(
        int(found["year"]), found["device"], int(found["epoch"] or 1), int(found["serial"]), found["word"]
    )
    fits = number.check.translate(_LOOKALIKES) == found["check"].translate(_LOOKALIKES)
    return number if fits else None


def epoch_of(event_id: str) -> int:
    """The epoch in an event's id (`device.epoch.seq`)."""
    return int(event_id.rsplit(".", 2)[1])


def query_code(entropy: bytes) -> str:
    """`7K4M-2QXD` from 16 random bytes. Eight signs of 29: more than 5 × 10¹¹."""
    if len(entropy) < QUERY_BYTES:
        raise ValueError("sixteen random bytes are needed")
    value = int.from_bytes(entropy)
    signs = []
    for _ in range(8):
        value, index = divmod(value, len(QUERY_ALPHABET))
        signs.append(QUERY_ALPHABET[index])
    return "".join(signs[:4]) + "-" + "".join(signs[4:])


def tidy_query_code(typed: str) -> str:
    """A typed code as it is stored; the text itself when it cannot be one."""
    signs = "".join(sign for sign in typed.upper() if sign.isalnum())
    return f"{signs[:4]}-{signs[4:]}" if len(signs) == 8 else typed
