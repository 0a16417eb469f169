"""What a HID device's report descriptor says of its reports: how long, with a number before them or not.

Only what a byte stream needs is read: the sizes of input and output reports and the first usage page. What
the bytes mean is the protocol's business.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

USUAL_SIZE: Final = 64  # an interrupt transfer at full speed
MAKERS_PAGE: Final = 0xFF00  # from here on pages are the makers' own: no keyboard, mouse or scale
_LONG_ITEM: Final = 0xFE
_PAGE, _SIZE, _NUMBER, _COUNT = 0x04, 0x74, 0x84, 0x94  # items that set something
_INPUT, _OUTPUT = 0x80, 0x90  # items that make a field of it
_LENGTHS: Final = (0, 1, 2, 4)


@dataclass(frozen=True, slots=True)
class Reports:
    """Bytes of one report without its number; `number` is that of output reports, None where they have none.

    `counted`: the first byte of each says how many of the rest are meant. Without it they are filled up
    with zeros.
    """

    into: int = USUAL_SIZE
    out: int = USUAL_SIZE
    number: int | None = None
    page: int = MAKERS_PAGE
    counted: bool = False

    @property
    def is_makers(self) -> bool:
        return self.page >= MAKERS_PAGE

    def wrapped(self, data: bytes) -> tuple[bytes, ...]:
        """Reports as the system wants them written: each with its number, 0 where it has none."""
        room = self.out - self.counted
        head = bytes((self.number or 0,))
        pieces = (data[at : at + room] for at in range(0, len(data), room))
        return tuple(head + self._count(piece) + piece.ljust(room, b"\0") for piece in pieces)

    def unwrapped(self, report: bytes) -> bytes:
        """The stream's bytes of a report as the system gives it."""
        body = report if self.number is None else report[1:]
        return body[1 : 1 + body[0]] if self.counted and body else body

    def _count(self, piece: bytes) -> bytes:
        return bytes((len(piece),)) if self.counted else b""


def read_descriptor(descriptor: bytes, *, counted: bool = False) -> Reports:
    """Of several reports the longest counts. A descriptor that says nothing: the usual size."""
    said = {_SIZE: 0, _NUMBER: 0, _COUNT: 0}
    page: int | None = None
    bits: dict[tuple[int, int], int] = {}
    at = 0
    while at < len(descriptor):
        prefix = descriptor[at]
        if prefix == _LONG_ITEM:
            at += 3 + (descriptor[at + 1] if at + 1 < len(descriptor) else 0)
            continue
        length = _LENGTHS[prefix & 3]
        value = int.from_bytes(descriptor[at + 1 : at + 1 + length], "little")
        item = prefix & 0xFC
        if item == _PAGE:
            page = value if page is None else page
        elif item in said:
            said[item] = value
        elif item in (_INPUT, _OUTPUT):
            field = item, said[_NUMBER]
            bits[field] = bits.get(field, 0) + said[_SIZE] * said[_COUNT]
        at += 1 + length
    outs = {one: many for (way, one), many in bits.items() if way == _OUTPUT}
    into = max((many for (way, _), many in bits.items() if way == _INPUT), default=0)
    chosen = max(outs, key=lambda one: outs[one], default=said[_NUMBER])
    return Reports(
        into=-(-into // 8) or USUAL_SIZE,
        out=-(-outs.get(chosen, 0) // 8) or USUAL_SIZE,
        number=chosen or None,
        page=MAKERS_PAGE if page is None else page,
        counted=counted,
    )
