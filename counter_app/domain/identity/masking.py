"""How names and numbers are masked: one rule for every display and every paper (mission: X3).

Name: its first character, then `*` for a name of two characters and `**` for any longer one, so
that the length tells nothing more: 张三 → 张*, 阿卜杜拉·买买提 → 阿**. Number: the first four and the
last four characters around eight stars, whatever its length: 6531********1234. A number shorter
than twelve characters would be guessable from that, so it shows its last two only.
"""

from __future__ import annotations

import unicodedata
from typing import Final

STARS: Final = "*" * 8
_FULL_LENGTH: Final = 12


def mask_name(name: str) -> str:
    """Mask a person's name. A name of one character is `*`; an empty one stays empty."""
    characters = _characters(name.strip())
    if len(characters) < 2:
        return "*" * len(characters)
    return characters[0] + ("*" if len(characters) == 2 else "**")


def mask_number(number: str) -> str:
    """Mask an identity number; an empty one stays empty."""
    number = number.strip()
    if len(number) >= _FULL_LENGTH:
        return number[:4] + STARS + number[-4:]
    if len(number) > 4:
        return STARS + number[-2:]
    return STARS if number else ""


def _characters(text: str) -> list[str]:
    """Split into what a reader sees as characters: marks and variation selectors stay with theirs."""
    found: list[str] = []
    for character in text:
        if found and unicodedata.category(character) in {"Mn", "Mc", "Me"}:
            found[-1] += character
        else:
            found.append(character)
    return found
