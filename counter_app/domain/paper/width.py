"""Characters and columns: how wide a text is on a roll, made safe, and broken into lines.

A column is half a Chinese character: 12 dots. What GBK holds in two bytes takes two columns because
resident printer fonts draw it so, even where Unicode calls it narrow (`ü`, `─`). Names are never
normalised to compatibility forms (NFKC): 㐂 stays 㐂. Not here: blocks (`columns.py`), bytes.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from functools import lru_cache
from typing import Final

STRANGE: Final = "□"  # stands where a control character was, so that one sees there was something
_LOOKALIKES: Final = {"¥": "￥", "\xa0": " ", "\u2028": "\n", "\u2029": "\n", "\t": " ", "\x85": "\n"}
_MARKS_KEPT: Final = 2
_LONGEST_GLUED: Final = 8
Measure = Callable[[str], float]
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


def _pieces(text: str) -> list[str]:
    """Cut into unbreakable pieces: a word of narrow letters, one wide character, one space."""
    pieces: list[str] = []
    word = ""
    for character in text:
        wide = char_width(character)
        if wide == 0 and pieces and not word:
            pieces[-1] += character
        elif wide < 2 and character != " ":
            word += character
        else:
            if word:
                pieces.append(word)
                word = ""
            pieces.append(character)
    return [*pieces, word] if word else pieces


def _glued(pieces: list[str]) -> list[str]:
    """Join what must not be torn apart: a closing mark to what it closes, an opening to what follows."""
    joined: list[str] = []
    for text in pieces:
        if joined:
            before = joined[-1]
            tears = text[0] in _NOT_FIRST or before[-1] in _NOT_LAST
            if tears and before != " " and len(before) + len(text) <= _LONGEST_GLUED:
                joined[-1] = before + text
                continue
        joined.append(text)
    return joined


def _chopped(text: str, room: float, measure: Measure) -> list[str]:
    """Break a piece that is wider than a whole line, character by character."""
    lines: list[str] = []
    line, used = "", 0.0
    for character in text:
        wide = measure(character)
        if used + wide > room and line:
            lines.append(line)
            line, used = "", 0.0
        line += character
        used += wide
    return [*lines, line] if line else lines


def wrap(text: str, room: float, measure: Measure = char_width) -> list[str]:
    """Break a cleaned text into lines of at most `room`, in columns or what `measure` gives.

    No line begins with a closing mark where that can be avoided. At least one line, perhaps empty.
    """
    if room < 2:
        raise ValueError("a line has room for one Chinese character at least")
    lines: list[str] = []
    for paragraph in text.split("\n"):
        if sum(map(measure, paragraph)) <= room:
            lines.append(paragraph.rstrip(" "))
        else:
            lines.extend(_wrap_paragraph(paragraph, room, measure))
    return lines


def _wrap_paragraph(paragraph: str, room: float, measure: Measure) -> list[str]:
    lines: list[str] = []
    line, used = "", 0.0
    for piece in _glued(_pieces(paragraph)):
        long = sum(map(measure, piece))
        if used + long <= room:
            line, used = line + piece, used + long
            continue
        if line.strip(" "):
            lines.append(line.rstrip(" "))
        if piece == " ":
            line, used = "", 0.0
            continue
        *whole, line = _chopped(piece, room, measure)
        lines.extend(whole)
        used = sum(map(measure, line))
    if line.strip(" ") or not lines:
        lines.append(line.rstrip(" "))
    return lines
