"""The Internet Printing Protocol, as much of it as printing takes (RFC 8010, 8011). Pure: bytes and values.

Values are kept as int, bool, text or bytes by their tag; collections are skipped. HTTP is in `ipp_queue`.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from counter_app.errors import UserFacingError, mark

Value = int | bool | str | bytes
Group = Mapping[str, tuple[Value, ...]]

VERSION: Final = b"\x01\x01"
_OPERATION_GROUP, _JOB_GROUP, _END, _PRINTER_GROUP = 0x01, 0x02, 0x03, 0x04
_INTEGER, _BOOLEAN, _ENUM = 0x21, 0x22, 0x23
_TEXT, _NAME, _KEYWORD, _URI, _CHARSET, _LANGUAGE, _MIME = 0x41, 0x42, 0x44, 0x45, 0x47, 0x48, 0x49
_TEXTS: Final = frozenset(range(0x40, 0x4A))
_FIRST_VALUE: Final = 0x10
_STATUS_CLASSES: Final = (0x00, 0x04, 0x05)  # success, the asker's error, the printer's
_OF_THE_JOB: Final = frozenset({"copies", "media", "print-scaling"})
_TAGS: Final = {
    "attributes-charset": _CHARSET,
    "attributes-natural-language": _LANGUAGE,
    "printer-uri": _URI,
    "requesting-user-name": _NAME,
    "job-name": _NAME,
    "document-format": _MIME,
    "requested-attributes": _KEYWORD,
    "job-id": _INTEGER,
    "copies": _INTEGER,
    "which-jobs": _KEYWORD,
    "my-jobs": _BOOLEAN,
    "media": _KEYWORD,
    "print-scaling": _KEYWORD,
}


class Operation(IntEnum):
    PRINT_JOB = 0x0002
    CANCEL_JOB = 0x0008
    GET_JOB = 0x0009
    GET_JOBS = 0x000A
    GET_PRINTER = 0x000B
    CUPS_GET_PRINTERS = 0x4002


class JobPhase(IntEnum):
    """`job-state`."""

    PENDING = 3
    HELD = 4
    PROCESSING = 5
    STOPPED = 6
    CANCELED = 7
    ABORTED = 8
    COMPLETED = 9

    @property
    def ended(self) -> bool:
        return self >= JobPhase.CANCELED


class AnswerDamaged(UserFacingError):
    """What came is no IPP."""

    def __init__(self) -> None:
        super().__init__(
            "queue.damaged",
            mark("The print queue's answer cannot be read."),
            remedy=mark("Check its address; it is tried again by itself."),
        )


@dataclass(frozen=True, slots=True)
class Answer:
    """`status` below 0x0100 is success; `groups` are those of jobs and printers, in order; `number` is the
    request's that it answers."""

    status: int
    groups: tuple[Group, ...]
    number: int = 0

    @property
    def good(self) -> bool:
        return self.status < 0x0100


def request(operation: Operation, number: int, attributes: Iterable[tuple[str, Value]]) -> bytes:
    """The head of a request; a document follows it as it is. Names must be those of `_TAGS`.

    A name given again in turn adds a value to it. What concerns the job itself goes into its own group.
    """
    usual = (("attributes-charset", "utf-8"), ("attributes-natural-language", "en"))
    given = (*usual, *attributes)
    own = [one for one in given if one[0] in _OF_THE_JOB]
    head = VERSION + struct.pack(">HI", operation, number) + bytes((_OPERATION_GROUP,))
    head += _attributes(one for one in given if one[0] not in _OF_THE_JOB)
    if own:
        head += bytes((_JOB_GROUP,)) + _attributes(own)
    return head + bytes((_END,))


def _attributes(given: Iterable[tuple[str, Value]]) -> bytes:
    encoded, before = b"", ""
    for name, value in given:
        key = b"" if name == before else name.encode()
        content = _content(value)
        encoded += struct.pack(f">BH{len(key)}sH", _TAGS[name], len(key), key, len(content)) + content
        before = name
    return encoded


def _content(value: Value) -> bytes:
    match value:
        case bool():
            return bytes((value,))
        case int():
            return struct.pack(">i", value)
        case str():
            return value.encode()
        case bytes():
            return value


def answer(data: bytes) -> Answer:
    """Raises AnswerDamaged."""
    if len(data) < 9:
        raise AnswerDamaged
    status, number = struct.unpack(">HI", data[2:8])
    if status >> 8 not in _STATUS_CLASSES:
        raise AnswerDamaged
    groups: list[dict[str, list[Value]]] = []
    at, name, inside = 8, "", False
    while at < len(data):
        tag = data[at]
        at += 1
        if tag == _END:
            return Answer(status, tuple(map(_whole, groups)), number)
        if tag < _FIRST_VALUE:
            inside = tag in (_JOB_GROUP, _PRINTER_GROUP)
            if inside:
                groups.append({})
            continue
        key, at = _counted(data, at)
        content, at = _counted(data, at)
        name = key.decode("utf-8", "replace") or name
        if inside:
            groups[-1].setdefault(name, []).append(_value(tag, content))
    raise AnswerDamaged


def _whole(group: Mapping[str, list[Value]]) -> Group:
    return {name: tuple(values) for name, values in group.items()}


def _counted(data: bytes, at: int) -> tuple[bytes, int]:
    """Two bytes of length and so many bytes."""
    size = int.from_bytes(data[at : at + 2], "big")
    end = at + 2 + size
    if end > len(data):
        raise AnswerDamaged
    return data[at + 2 : end], end


def _value(tag: int, content: bytes) -> Value:
    if tag in (_INTEGER, _ENUM) and len(content) == 4:
        return int.from_bytes(content, "big", signed=True)
    if tag == _BOOLEAN and len(content) == 1:
        return content != b"\x00"
    if tag in _TEXTS:
        return content.decode("utf-8", "replace")
    return content
