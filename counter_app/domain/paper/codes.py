"""How large QR and bar codes come out, without drawing them: the printer draws them itself.

Sizes are upper bounds: byte mode is assumed even where a printer packs tighter, so a code never
grows past the paper. Not here: the codes' pictures (`printing/`, the screens).
"""

from __future__ import annotations

from typing import Final

from counter_app.domain.paper.lines import BarcodeLine, Level, QrLine

# Byte-mode capacities of QR versions 1… at each level (ISO/IEC 18004, table 7).
_CAPACITY: Final[dict[Level, tuple[int, ...]]] = {
    "M": (14, 26, 42, 62, 84, 106, 122, 152, 180, 213, 251, 287, 331, 362, 412, 450, 504, 560, 624, 666),
    "L": (17, 32, 53, 78, 106, 134, 154, 192, 230, 271, 321, 367, 425, 458, 520, 586, 644, 718, 792, 858),
}
_ALPHANUMERIC: Final[dict[Level, tuple[int, ...]]] = {
    "M": (20, 38, 61, 90, 122, 154, 178, 221, 262, 311, 366, 419, 483, 528, 600, 656, 734, 816, 909, 970),
    "L": (25, 47, 77, 114, 154, 195, 224, 279, 335, 395, 468, 535, 619, 667, 758, 854, 938, 1046, 1153, 1249),
}
_ALPHANUMERIC_SET: Final = frozenset("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:")
_QUIET: Final = 8  # modules left free, both sides together
_LARGEST_DOTS: Final = 5
_SMALLEST_DOTS: Final = 3  # 0.375 mm: what a phone still reads off thermal paper


def qr_version(data: str, level: Level) -> int | None:
    """The QR version a printer chooses for `data`; None when it needs more than 20 or is no text."""
    if any("\ud800" <= character <= "\udfff" for character in data):
        return None
    packed = set(data) <= _ALPHANUMERIC_SET
    table = _ALPHANUMERIC[level] if packed else _CAPACITY[level]
    size = len(data) if packed else len(data.encode())
    for version, capacity in enumerate(table, start=1):
        if size <= capacity:
            return version
    return None


def fit_qr(data: str, dots: int, *, widest: int | None = None) -> QrLine | None:
    """The QR line that fits on `dots`, level M if a phone can read it so, else L; None if neither.

    `widest` bounds the code's width in dots where a smaller one is enough.
    """
    room = min(dots, widest or dots)
    levels: tuple[Level, ...] = ("M", "L")
    for level in levels:
        version = qr_version(data, level)
        if version is None:
            continue
        modules = 17 + 4 * version
        each = min(_LARGEST_DOTS, room // (modules + _QUIET))
        if each < _SMALLEST_DOTS and dots // (modules + _QUIET) >= _SMALLEST_DOTS:
            each = _SMALLEST_DOTS
        if each >= _SMALLEST_DOTS:
            return QrLine(data, level, modules, each)
    return None


def fit_barcode(text: str, dots: int) -> BarcodeLine | None:
    """The Code 128 line that fits on `dots` with its quiet zones, or None when none does."""
    if not text or not all(" " <= character <= "~" for character in text) or "{" in text:
        return None
    modules = 11 * (len(text) + 2) + 13 + 20
    each = min(3, dots // modules)
    return BarcodeLine(text, each) if each >= 2 else None
