"""Text messages as a table for the hall's own sender (mission: I17)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Message:
    """One text message. `text` is plain and holds no number of a document."""

    case: str
    number: str
    phone: str
    text: str


def messages_csv(messages: Iterable[Message]) -> str:
    """Number, phone and text, one message a line, safe for a spreadsheet."""
    sheet = io.StringIO()
    writer = csv.writer(sheet, lineterminator="\n")
    writer.writerow(("number", "phone", "text"))
    for one in messages:
        writer.writerow(tuple(_cell(text) for text in (one.number, one.phone, one.text)))
    return sheet.getvalue()


def _cell(text: str) -> str:
    return f"'{text}" if text.startswith(FORMULA) else text
