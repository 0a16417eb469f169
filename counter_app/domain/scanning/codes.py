"""The one recogniser: what a scanned text is, before anybody acts on it.

It tells the hall's own codes (signed paper, ticket, number of a case or paper, query code, item, MRZ,
identity number, set-up) from half-read ones and from codes of others. What keyboards and input methods do
to a code on its way (full-width signs, Chinese punctuation, caps lock, AIM identifiers) is undone first; a
name is never put through this. Whether a signature holds or a number exists is asked elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from counter_app.domain.identity.mrz import lines_wanted, looks_like_mrz
from counter_app.domain.identity.numbers import read_number as read_identity_number
from counter_app.domain.identity.numbers import tidy_number
from counter_app.domain.intake.numbers import QUERY_ALPHABET, read_number, tidy_query_code
from counter_app.domain.paper.statement import PREFIX, is_cut_off
from counter_app.errors import mark

TICKET_PREFIX: Final = "ticket:"
SETUP_TEXT: Final = "GSH-SCANNER-SETUP"
LONGEST: Final = 2400  # the largest QR code of a paper is far below; what is longer is nobody's code here
_CONTROL: Final = {code: None for code in range(32) if chr(code) not in "\n\x1d\x1e\x1f"}
_AIM: Final = re.compile(r"^(\][A-Za-z][0-9A-Za-z]\s*(?=.))+")
# What a Chinese input method or a keyboard of another layout makes of plain signs.
_WIDE: Final = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_PLAIN: Final = _WIDE | str.maketrans("　、。￥—《》", " /.$-<>")
_TICKET_ID: Final = re.compile(r"^[A-Za-z0-9_-]+\.\d+\.\d+$")
_TICKET_NUMBER: Final = re.compile(r"^[A-Z]\d{1,4}$")
_NUMBERISH: Final = re.compile(r"^[^\x00-\x7f]*[〔\[(]?20\d\d[〕\])]?[0-9A-Z]+(\.\d+)?-\d{0,9}(-?[0-9A-Z]?)$")
_BASE45: Final = re.compile(r"^[0-9A-Z $%*+\-./:]+$")
_OTHERS_PREFIX: Final = re.compile(r"^(HC1|HTTPS?|URL|WIFI|BEGIN|SMSTO|TEL|MAILTO|GEO|UPI|OTPAUTH):")
_STATEMENT_TAIL: Final = 60  # so many signs of base45 and no word before them: the end of one of our codes
_ITEM_LENGTHS: Final = range(1, 40)


class CodeKind(StrEnum):
    PAPER = "paper"  # a signed statement that is all there; genuine or not
    TICKET = "ticket"
    NUMBER = "number"  # of a case or a paper, its check character right
    QUERY = "query"
    ITEM = "item"
    MRZ = "mrz"
    PERSON = "person"  # an identity number
    SETUP = "setup"
    HALF = "half"
    FOREIGN = "foreign"


CODE_NAMES: Final = {
    CodeKind.PAPER: mark("Paper with a seal code"),
    CodeKind.TICKET: mark("Queue ticket"),
    CodeKind.NUMBER: mark("Number of a case or paper"),
    CodeKind.QUERY: mark("Query code"),
    CodeKind.ITEM: mark("Item"),
    CodeKind.MRZ: mark("Machine-readable lines of a document"),
    CodeKind.PERSON: mark("Identity number"),
    CodeKind.SETUP: mark("Set-up code of the scanners"),
    CodeKind.HALF: mark("Read only in part"),
    CodeKind.FOREIGN: mark("Code of somebody else"),
}


@dataclass(frozen=True, slots=True)
class Recognised:
    """`text` is the code as it should have come; `whose` says of a foreign code what it seems to be."""

    kind: CodeKind
    text: str
    whose: str = ""

    @property
    def shown(self) -> str:
        """The text for a person's eyes: one line, no control characters."""
        return "".join("·" if sign < " " else sign for sign in self.text)


def recognise(raw: str, is_item: Callable[[str], bool] = lambda text: False) -> Recognised:
    """What `raw` is. `is_item` tells whether the catalogue has an item of this code. Never raises."""
    text = tidied(raw)
    kind = _kind(text, is_item)
    if kind is CodeKind.FOREIGN:
        return Recognised(kind, text, _whose(text))
    return Recognised(kind, text)


def tidied(raw: str) -> str:
    """`raw` as the scanner meant it: plain signs, no framing, capitals where caps lock turned them."""
    text = raw[:LONGEST].translate(_CONTROL).translate(_PLAIN)
    text = _AIM.sub("", text.strip()).strip()
    if looks_like_mrz(text):
        return text
    if text.lower().startswith(PREFIX.lower()):
        return text.upper()
    if text.startswith(TICKET_PREFIX.upper()):
        return text.swapcase()
    return text


def own_code_at(text: str) -> int:
    """Where in a field's text a code that names itself begins, ours or a document's; -1 where none does."""
    folded = text.translate(_PLAIN).lower()
    at = max(folded.rfind(PREFIX.lower()), folded.rfind(TICKET_PREFIX))
    if at >= 0:
        return at
    tails = (len(text) - size for size in (90, 88, 72, 44, 36, 30))
    return next((at for at in tails if at >= 0 and "<" in text[at:] and looks_like_mrz(text[at:])), -1)


def _kind(text: str, is_item: Callable[[str], bool]) -> CodeKind:
    if text == SETUP_TEXT:
        return CodeKind.SETUP
    named = _own(text) or _lines(text)
    if named is not None:
        return named
    if len(text) in _ITEM_LENGTHS and is_item(text):  # before the ticket's number: its bar code has a word
        return CodeKind.ITEM
    return _number(text) or _query(text) or CodeKind.FOREIGN


def _own(text: str) -> CodeKind | None:
    """Codes that name themselves, and what is left of them when the beginning or the end was lost."""
    if text.startswith(PREFIX):
        return CodeKind.HALF if is_cut_off(text) else CodeKind.PAPER
    if text.startswith(TICKET_PREFIX):
        whole = _TICKET_ID.match(text.removeprefix(TICKET_PREFIX))
        return CodeKind.TICKET if whole else CodeKind.HALF
    if len(text) >= 3 and (PREFIX.startswith(text) or TICKET_PREFIX.startswith(text)):
        return CodeKind.HALF
    return CodeKind.HALF if _is_tail(text) else None


def _is_tail(text: str) -> bool:
    head, colon, rest = text.partition(":")
    if colon and TICKET_PREFIX.endswith(f"{head}:") and _TICKET_ID.match(rest):
        return True
    if len(text) < _STATEMENT_TAIL or not _BASE45.match(text):
        return False
    return PREFIX.endswith(f"{head}:") or (not _OTHERS_PREFIX.match(text) and not text.isdigit())


def _lines(text: str) -> CodeKind | None:
    if not looks_like_mrz(text):
        return None
    lines = text.split("\n")
    return CodeKind.MRZ if len(lines) == lines_wanted(lines[0]) else CodeKind.HALF


def _number(text: str) -> CodeKind | None:
    capitals = text.upper()
    if _TICKET_NUMBER.match(capitals):
        return CodeKind.TICKET
    if read_number(text) is not None:
        return CodeKind.NUMBER
    if _NUMBERISH.match(capitals):
        return CodeKind.HALF
    tidy = tidy_number(text)
    if len(tidy) == 18 and read_identity_number(tidy).is_valid:
        return CodeKind.PERSON
    return None


def _query(text: str) -> CodeKind | None:
    code = tidy_query_code(text)
    signs = code.replace("-", "")
    if len(signs) != 8 or len(text) > 9 or not set(signs) <= set(QUERY_ALPHABET):
        return None
    return None if text.isdigit() or text.isalpha() else CodeKind.QUERY


def _whose(text: str) -> str:
    """A guess at a foreign code, for the clerk who wonders what he scanned."""
    if re.match(r"^(https?|weixin|wxp|alipays?)://", text, re.IGNORECASE):
        return mark("an address on the web")
    if re.fullmatch(r"(1[0-5]|2[5-9]|30)\d{14,22}", text):
        return mark("a payment code")
    if re.fullmatch(r"\d{8}|\d{12,14}", text):
        return mark("a bar code of goods")
    return ""
