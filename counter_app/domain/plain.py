"""Which characters may stand in words that are kept: what can be read, and breaks between lines.

What is pasted may hold control characters, halves of characters and signs that turn the direction of what
follows; nobody sees them, and on a paper they are boxes or worse. Names are never changed otherwise.
"""

from __future__ import annotations

import unicodedata
from typing import Final

_BREAKS: Final = "\n\r\t"
_TURNS: Final = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_UNSEEN: Final = frozenset({"Cc", "Cs"})


def plain(text: str) -> str:
    """`text` without what cannot be read."""
    return text if text.isascii() and text.isprintable() else "".join(filter(_readable, text))


def _readable(character: str) -> bool:
    if character in _BREAKS:
        return True
    return character not in _TURNS and unicodedata.category(character) not in _UNSEEN
