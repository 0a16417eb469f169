"""What the printer's sensors say, and the status bytes made of it (Epson's bit layout)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

REAL_TIME_BASE: Final = 0x12  # fixed bits of every DLE EOT reply
AUTOMATIC_BASE: Final = 0x10  # fixed bits of the first automatic byte


@dataclass(slots=True)
class Sensors:
    """All False: ready. `halted` keeps received bytes in the buffer until it is mended."""

    paper_out: bool = False
    near_end: bool = False
    cover_open: bool = False
    cutter_error: bool = False
    drawer_closed: bool = False  # the level of its switch is high; without a drawer it is low here

    @property
    def halted(self) -> bool:
        return self.paper_out or self.cover_open or self.cutter_error

    def real_time(self, n: int) -> bytes:
        """The reply to `DLE EOT n`, n = 1..4; empty for another n."""
        bits = {
            1: 0x08 * self.halted | 0x04 * self.drawer_closed,
            2: 0x04 * self.cover_open | 0x20 * self.paper_out | 0x40 * self.cutter_error,
            3: 0x08 * self.cutter_error,
            4: 0x0C * (self.near_end or self.paper_out) | 0x60 * self.paper_out,
        }.get(n)
        return b"" if bits is None else bytes((REAL_TIME_BASE | bits,))

    def automatic(self) -> bytes:
        """The four bytes of `GS a`."""
        first = AUTOMATIC_BASE | 0x04 * self.drawer_closed | 0x08 * self.halted | 0x20 * self.cover_open
        return bytes((first, 0x08 * self.cutter_error, self._paper_bits(), 0x0F))

    def transmitted(self, n: int) -> bytes:
        """The reply to `GS r n`: 1 paper, 2 drawer; empty for another n."""
        bits = {1: self._paper_bits(), 2: 0x01 * self.drawer_closed}.get(n % 48)
        return b"" if bits is None else bytes((bits,))

    def _paper_bits(self) -> int:
        return 0x03 * (self.near_end or self.paper_out) | 0x0C * self.paper_out
