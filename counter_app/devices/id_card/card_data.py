"""The data of a read card, cut apart by its lengths: text and photo come out, fingerprints never do.

    30 01   textlen(2) photolen(2)             text photo                1284 bytes
    30 10   textlen(2) photolen(2) printlen(2) text photo fingerprints   1286, 1798 or 2310 bytes

The block with fingerprints is never asked for; should a reader send it all the same, it is understood, and
what it holds of fingers ends here: it is given to nobody and kept nowhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from counter_app.domain.identity.layouts import BLOCK_SIZE

_TWO_LENGTHS: Final = 4
_THREE_LENGTHS: Final = 6


@dataclass(frozen=True, slots=True)
class CardData:
    text: bytes
    photo: bytes


def card_data(data: bytes) -> CardData | None:
    """What the card gave; None when the lengths do not add up or there is no text block."""
    text_size, photo_size, print_size = (int.from_bytes(data[at : at + 2], "big") for at in (0, 2, 4))
    if len(data) < _TWO_LENGTHS or text_size != BLOCK_SIZE:
        return None
    whole = text_size + photo_size
    if len(data) == _TWO_LENGTHS + whole:
        begin = _TWO_LENGTHS
    elif len(data) == _THREE_LENGTHS + whole + print_size:
        begin = _THREE_LENGTHS
    else:
        return None
    return CardData(data[begin : begin + text_size], data[begin + text_size : begin + whole])
