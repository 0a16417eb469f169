"""Characters and columns: how wide a text is on a roll, made safe, and broken into lines.

A column is half a Chinese character: 12 dots. What GBK holds in two bytes takes two columns because
resident printer fonts draw it so, even where Unicode calls it narrow (`ü`, `─`). Names are never
normalised to compatibility forms (NFKC): 㐂 stays 㐂. Not here: blocks (`columns.py`), bytes.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import Final

STRANGE: Final = "□"  # stands where a control character was, so that one sees there was something
_LOOKALIKES: Final = {"¥": "￥", "\xa0": " ", "\u2028": "\n", "\u2029": "\n", "\t": " ", "\x85": "\n"}
_MARKS_KEPT: Final = 2
_NOT_FIRST: Final = frozenset("，。、；：？！）》」』”’】〉\u3015…—·％℃,.;:?!)]}%")
_NOT_LAST: Final = frozenset("（《“‘「『【〈\u3014￥([{")


@lru_cache(maxsize=1 << 16)
def native(character: str) -> bool:
    """True where a printer with a GBK font prints the character by itself."""
    if " " <= character <= "~":
        return True
    try:
        return len(character.encode("gbk")) == 2
    except UnicodeEncodeError:
        return False


@lru_cache(maxsize=1 << 16)
def char_width(character: str) -> int:
    """Columns of one cleaned character: 0 for a mark drawn over its neighbour, else 1 or 2."""
    if " " <= character <= "~":
        return 1
    if native(character):
        return 2
    if unicodedata.category(character) in ("Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in ("W", "F") else 1


def width(text: str) -> int:
    """Columns of a cleaned text of size 1."""
    return sum(map(char_width, text))


def _safe(character: str) -> str:
    category = unicodedata.category(character)
    if category in ("Cc", "Cs"):
        return "\n" if character == "\n" else STRANGE
    if category == "Cf" or 0xFE00 <= ord(character) <= 0xFE0F or 0xE0100 <= ord(character) <= 0xE01EF:
        return ""  # bidi controls, zero-width joiners, variation selectors
    if category == "Zs":
        return "　" if character == "　" else " "
    return character


def clean(text: str) -> str:
    """The text as it may stand on paper: no control byte, no bidi trick, at most two marks a letter.

    Line breaks stay as ``\\n``. Everything else keeps its character (NFC only).
    """
    if text.isascii() and text.isprintable():
        return text
    composed = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    kept: list[str] = []
    marks = 0
    for found in composed:
        character = _LOOKALIKES.get(found, found)
        if not native(character):
            character = _safe(character)
            if not character:
                continue
            if character != "\n" and char_width(character) == 0:
                marks += 1
                if marks > _MARKS_KEPT or not kept or kept[-1] == "\n":
                    continue
                kept.append(character)
                continue
        marks = 0
        kept.append(character)
    return "".join(kept)


def _pieces(text: str) -> list[tuple[str, int]]:
    """Cut into unbreakable pieces: a word of narrow letters, one wide character, one space."""
    pieces: list[tuple[str, int]] = []
    word = ""
    for character in text:
        wide = char_width(character)
        if wide == 0 and pieces and not word:
            before, columns = pieces[-1]
            pieces[-1] = (before + character, columns)
        elif wide < 2 and character != " ":
            word += character
        else:
            if word:
                pieces.append((word, width(word)))
                word = ""
            pieces.append((character, wide))
    if word:
        pieces.append((word, width(word)))
    return pieces


def _glued(pieces: list[tuple[str, int]]) -> list[tuple[str, int]]:
    """Join what must not be torn apart: a closing mark to what it closes, an opening to what follows."""
    joined: list[tuple[str, int]] = []
    for text, columns in pieces:
        if joined:
            before, before_columns = joined[-1]
            tears = text[0] in _NOT_FIRST or before[-1] in _NOT_LAST
            if tears and before != " " and before_columns + columns <= 12:
                joined[-1] = (before + text, before_columns + columns)
                continue
        joined.append((text, columns))
    return joined


def _chopped(text: str, room: int) -> list[str]:
    """Break a piece that is wider than a whole line, character by character."""
    lines: list[str] = []
    line, used = "", 0
    for character in text:
        wide = char_width(character)
        if used + wide > room and line:
            lines.append(line)
            line, used = "", 0
        line += character
        used += wide
    return [*lines, line] if line else lines


def wrap(text: str, room: int, first: int | None = None) -> list[str]:
    """Break a cleaned text into lines of at most `room` columns, `first` for the first line.

    No line begins with a closing mark where that can be avoided. At least one line, perhaps empty.
    """
    if room < 2:
        raise ValueError("a line has room for one Chinese character at least")
    lines: list[str] = []
    limit = room if first is None else max(first, 2)
    for paragraph in text.split("\n"):
        if width(paragraph) <= limit:
            lines.append(paragraph.rstrip(" "))
        else:
            lines.extend(_wrap_paragraph(paragraph, room, limit))
        limit = room
    return lines


def _wrap_paragraph(paragraph: str, room: int, first: int) -> list[str]:
    lines: list[str] = []
    line, used, limit = "", 0, first
    for piece, columns in _glued(_pieces(paragraph)):
        if used + columns <= limit:
            line, used = line + piece, used + columns
            continue
        if line.strip(" ") or lines:
            lines.append(line.rstrip(" "))
            limit = room
        if piece == " ":
            line, used = "", 0
            continue
        if columns > limit:
            *whole, line = _chopped(piece, limit)
            lines.extend(whole)
            limit = room
        else:
            line = piece
        used = width(line)
    if line.strip(" ") or not lines:
        lines.append(line.rstrip(" "))
    return lines
