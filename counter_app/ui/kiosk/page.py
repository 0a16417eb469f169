"""A page of the kiosk as data: what it says and which keys it has. The view draws any page alike.

Every key says what it does (`act`) and to what (`target`); the presenter does it. Not here: sizes and
colours (`measures.py`, `style.py`), what a page holds (`*_pages.py`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

KeyKind = Literal["tile", "plain", "primary", "elder", "off"]
Tone = Literal["", "good", "warn", "bad"]


@dataclass(frozen=True, slots=True)
class Key:
    """`off` is grey and still may be pressed: it then says why. `mark` is drawn before the words.

    `hint` stands before the detail where there is room for it.
    """

    act: str
    title: str
    detail: str = ""
    target: str = ""
    kind: KeyKind = "plain"
    mark: Literal["", "card"] = ""
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """A heading with its lines. `numbered` lines are counted."""

    heading: str
    lines: tuple[str, ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """Something to type on the screen. `rows` are the keypad's; `secret` shows dots."""

    name: str
    rows: Sequence[str]
    delete_word: str
    done_word: str
    most: int
    secret: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """`tiles` are one choice among equals; `wide` and `rows` stand in the lower half."""

    name: str
    title: str
    lead: str = ""
    banner: str = ""
    tone: Tone = ""
    tiles: tuple[Key, ...] = ()
    tile_columns: int = 2
    number: str = ""
    blocks: tuple[Block, ...] = ()
    qr: str = ""
    entry: Entry | None = None
    wide: tuple[Key, ...] = ()
    rows: tuple[tuple[Key, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around every page. `chosen` is the language shown, `training` the mark or empty."""

    hall: str
    languages: tuple[tuple[str, str], ...]
    chosen: str
    training: str
    promise: str
    complaint: str
    previous_word: str
    next_word: str
    up_word: str
    down_word: str
