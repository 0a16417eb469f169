"""What is sent before a paper when an earlier one broke off half-way.

The printer may sit inside a command, waiting for the rest of a picture; what it is given next would
be swallowed as dots, or printed under the torn-off half. In order:

1. as many NULs as the broken job's longest command has bytes: they complete whatever is waited for
   (white dots in a picture, the end of a tab list) and mean nothing as text. They go before anything
   else, questions too: a `DLE EOT` inside a broken picture's head would be read as its size;
2. with the next paper, ESC @: drops the line not yet printed, ends Chinese mode, restores sizes;
3. a note that the half above is void, if the hall gives one;
4. feed and cut, so that the half is a slip of its own and the next paper begins clean.

Where the printer confirms papers, `GS r` is asked before any of 2.: it is answered in its turn, so an answer
proves that nothing is waited for. A byte gone wrong in a picture's head can make it far longer than the
paper was: while no answer comes, more NULs go out, four times as many each time (`drains`).

CAN is not used: it only concerns page mode, which ESC @ leaves anyway.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from counter_app.devices.printer.spans import longest_demand
from counter_app.devices.serial_line import BITS_PER_BYTE
from counter_app.use_cases.ports.printing import PrinterProfile

LEAST_NULS: Final = 16  # also covers our own GS ( H and GS r after a job
FIRST_DRAIN: Final = 256
LARGEST_DRAIN: Final = 262_144  # bytes of the largest picture that one wrong bit makes of a usual one
LONGEST_DRAINS: Final = 15.0  # times the seconds for one answer: what the wire may take for them all
_RESET: Final = b"\x1b@"
_FEED_AND_CUT: Final = b"\x1dV\x42\x00"
_FEED_OUT: Final = b"\x1bd\x06"  # without a cutter: up to the tearing edge
CLEAR_BUFFER: Final = b"\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08"  # DLE DC4 8


def completion(broken: bytes) -> bytes:
    """What ends any command that `broken` may have been cut off in, wherever that was."""
    return b"\x00" * max(LEAST_NULS, longest_demand(broken))


def drains(seconds: float, baudrate: int | None) -> Iterator[int]:
    """How many NULs to send before each question; as many as the wire carries in bearable time."""
    yield 0
    size, sent = FIRST_DRAIN, 0
    while size <= LARGEST_DRAIN:
        sent += size
        if baudrate is not None and sent * BITS_PER_BYTE > seconds * LONGEST_DRAINS * baudrate:
            return
        yield size
        size *= 4


def flush_bytes(profile: PrinterProfile, note: bytes) -> bytes:
    """What makes the half on the paper a slip of its own; `note` are ESC/POS bytes of whole lines."""
    return _RESET + note + _RESET + (_FEED_AND_CUT if profile.cutter else _FEED_OUT)
