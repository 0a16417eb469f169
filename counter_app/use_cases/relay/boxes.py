"""The boxes of a centre: letters that wait for the halls under it, sealed, each under its number.

They are notes of the centre's store; a letter goes when the hall it is for has said that it is kept there.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import msgspec

from counter_app.use_cases.ports.centre_store import CentreReader, CentreTransaction
from counter_app.use_cases.ports.relay import MOST_LETTERS, Letter, Mirrors

PREFIX: Final = "relay/box/"
LARGE: Final = 4 << 20  # bytes of letters that go at once, but always one
_decoder: Final = msgspec.msgpack.Decoder(Letter)


def put(tx: CentreTransaction, mirrors: Mirrors, box: str, letter: Letter) -> None:
    """Put a letter into the box of a hall (its code), under the next number."""
    first, last = _ends(tx, box)
    number = last + 1
    sealed = mirrors.seal(msgspec.msgpack.encode(replace(letter, number=number)), _key(box, number))
    tx.keep_note(_key(box, number), sealed)
    _keep_ends(tx, box, first, number)


def waiting(reader: CentreReader, mirrors: Mirrors, box: str, after: int) -> tuple[Letter, ...]:
    """The next letters of a box beyond a number, in order."""
    first, last = _ends(reader, box)
    found: list[Letter] = []
    size = 0
    for number in range(max(first, after + 1), last + 1):
        sealed = reader.note(_key(box, number))
        if sealed is None:
            continue
        size += len(sealed)
        if found and (size > LARGE or len(found) == MOST_LETTERS):
            break
        found.append(_decoder.decode(mirrors.unseal(sealed, _key(box, number))))
    return tuple(found)


def let_go(tx: CentreTransaction, box: str, number: int) -> None:
    """Letters up to this number were taken."""
    first, last = _ends(tx, box)
    until = min(number, last)
    for taken in range(first, until + 1):
        tx.keep_note(_key(box, taken), None)
    if until >= first:
        _keep_ends(tx, box, until + 1, last)


def count(reader: CentreReader) -> int:
    """How many letters wait, in all boxes."""
    ends = (_read(value) for key, value in reader.notes(PREFIX).items() if key.endswith("/ends"))
    return sum(last - first + 1 for first, last in ends)


def _key(box: str, number: int) -> str:
    return f"relay/letter/{box}/{number}"


def _ends(reader: CentreReader, box: str) -> tuple[int, int]:
    """The numbers of the oldest letter and of the newest ever put in."""
    return _read(reader.note(f"{PREFIX}{box}/ends") or b"1 0")


def _read(value: bytes) -> tuple[int, int]:
    first, last = value.split()
    return int(first), int(last)


def _keep_ends(tx: CentreTransaction, box: str, first: int, last: int) -> None:
    tx.keep_note(f"{PREFIX}{box}/ends", f"{first} {last}".encode())
