"""Where the commands of a job begin and end: lengths only, no meaning.

A `DLE EOT` between a command and its parameters is taken for a parameter by the printer, so
questions may stand only at these borders. Lengths after Epson's public command reference; an
unknown command counts as two bytes.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Final

PIECE: Final = 512  # bytes handed to the line at once
_ESC, _GS, _FS, _DLE = 0x1B, 0x1D, 0x1C, 0x10
_PARAMETERS: Final = {
    _ESC: {0: b"@2imSL", 2: b"$\\Bc", 3: b"p", 8: b"W"},
    _GS: {0: b":c", 2: b"LWP$\\", 3: b"^z"},
    _FS: {0: b"&.", 2: b"Sp", 74: b"2"},
    _DLE: {1: b"\x04\x05"},
}
_TABLE: Final = {
    (lead, code): count
    for lead, counts in _PARAMETERS.items()
    for count, codes in counts.items()
    for code in codes
}
_ONE_PARAMETER: Final = frozenset(
    {(_ESC, code) for code in b"!EG-MaJKde3 tRV{Tr=%?Uu"}
    | {(_GS, code) for code in b"!BHhwfarIEb/T"}
    | {(_FS, code) for code in b"!-WC"}
)
_REAL_TIME: Final = {1: 2, 2: 2, 3: 5, 7: 1, 8: 7}
_FEEDING_CUTS: Final = frozenset((65, 66, 97, 98, 103, 104))
_LINE_FEED: Final = 0x0A


def borders(data: bytes) -> list[int]:
    """Offsets after each line feed and each command, ascending; the last is always `len(data)`."""
    found: list[int] = []
    at = 0
    while at < len(data):
        if data[at] in (_ESC, _GS, _FS, _DLE):
            at = min(len(data), at + _size(data, at))
            found.append(at)
        else:
            at += 1
            if data[at - 1] == _LINE_FEED:
                found.append(at)
    if not found or found[-1] != len(data):
        found.append(len(data))
    return found


def pieces(data: bytes) -> list[tuple[int, bool]]:
    """Ends of the pieces to send, at most `PIECE` bytes each, and whether a question may follow."""
    plan: list[tuple[int, bool]] = []
    done = last = 0
    for border in borders(data):
        if border - done > PIECE and last > done:
            plan.append((last, True))
            done = last
        while border - done > PIECE:  # one long command: no question inside it
            done += PIECE
            plan.append((done, False))
        last = border
    if last > done:
        plan.append((last, True))
    return plan


def longest_demand(data: bytes) -> int:
    """The most bytes a printer can still wait for if `data` broke off anywhere (0 for no bytes)."""
    return max((end - start for start, end in pairwise([0, *borders(data)])), default=0)


def _size(data: bytes, at: int) -> int:
    """Bytes of the command at `at`; a length that is cut off counts as far as it is there."""
    head = data[at : at + 8].ljust(8, b"\x00")
    lead, code = head[0], head[1]
    if (lead, code) in _ONE_PARAMETER:
        return 3
    if (lead, code) in _TABLE:
        return 2 + _TABLE[lead, code]
    if code == ord("(") and lead in (_GS, _FS):
        return 5 + _pair(head, 3)
    if lead == _GS or (lead, code) == (_FS, ord("q")):
        return _group_size(data, at, head)
    if lead == _ESC and code == ord("*"):
        return 5 + _pair(head, 3) * (3 if head[2] >= 32 else 1)
    if lead == _ESC and code == ord("D"):
        return _through_nul(data, at, at + 2)
    if lead == _DLE and code == 0x14:
        return 3 + _REAL_TIME.get(head[2], 0)
    return 2


def _group_size(data: bytes, at: int, head: bytes) -> int:
    match chr(head[1]):
        case "8":
            return 7 + int.from_bytes(head[3:7], "little")
        case "v":
            return 8 + _pair(head, 4) * _pair(head, 6)
        case "*":
            return 4 + head[2] * head[3] * 8
        case "V":
            return 4 if head[2] in _FEEDING_CUTS else 3
        case "q" if head[0] == _FS:
            return _pictures_size(data, at)
        case "k":
            return 4 + head[3] if head[2] >= 65 else _through_nul(data, at, at + 3)
        case _:
            return 2


def _pictures_size(data: bytes, at: int) -> int:
    """`FS q n`, then n pictures with their sizes in eights of dots."""
    size = 3
    for _ in range(data[at + 2] if at + 2 < len(data) else 0):
        head = data[at + size : at + size + 4].ljust(4, b"\x00")
        size += 4 + _pair(head, 0) * _pair(head, 2) * 8
    return size


def _through_nul(data: bytes, at: int, start: int) -> int:
    end = data.find(0, start)
    return (end if end >= 0 else len(data)) + 1 - at


def _pair(head: bytes, at: int) -> int:
    return int.from_bytes(head[at : at + 2], "little")
