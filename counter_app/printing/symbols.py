"""QR codes, bar codes and the cut; python-escpos encodes what it does well, and only bytes.

Text is not among them: python-escpos never turns on the Chinese mode (peripherals: ESC/POS). Not
here: transports, which are `devices/`.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from escpos.constants import QR_ECLEVEL_L, QR_ECLEVEL_M
from escpos.printer import Dummy

_LEVELS: Final = {"L": QR_ECLEVEL_L, "M": QR_ECLEVEL_M}
_BAR_HEIGHT: Final = 64


@lru_cache(maxsize=256)
def qr_bytes(data: str, level: str, dots: int) -> bytes:
    """`GS ( k`: a model 2 QR code of `dots` dots a module."""
    printer = Dummy()
    printer.qr(data, ec=_LEVELS[level], size=dots, native=True)
    return bytes(printer.output)


def barcode_bytes(text: str, dots: int) -> bytes:
    """`GS k`: Code 128 set B without its text, `dots` dots the narrow bar.

    Written here because python-escpos prints a notice to standard output on each bar code. `text`
    is printable ASCII without braces (`codes.fit_barcode`).
    """
    data = b"{B" + text.encode("ascii")
    size = b"\x1dh" + bytes([_BAR_HEIGHT]) + b"\x1dw" + bytes([dots]) + b"\x1dH\x00"
    return size + b"\x1dk\x49" + bytes([len(data)]) + data


@lru_cache(maxsize=1)
def cut_bytes() -> bytes:
    """Feed past the cutter and cut but for one point, so that the paper does not fall."""
    printer = Dummy()
    printer.cut("PART")
    return bytes(printer.output)
