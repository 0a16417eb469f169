"""Bar codes and QR symbols as masks of dots. Wrong data raises `BadSymbol`, which prints nothing."""

from __future__ import annotations

import io
from typing import Final

import segno
from PIL import Image
from segno import DataOverflowError

_QR_LEVELS: Final = {48: "l", 49: "m", 50: "q", 51: "h"}
# bar and space widths of CODE128 values 0..106, from ISO/IEC 15417
_CODE128_WIDTHS: Final = (
    "212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 122132 "
    "122231 113222 123122 123221 223211 221132 221231 213212 223112 312131 311222 321122 321221 312212 "
    "322112 322211 212123 212321 232121 111323 131123 131321 112313 132113 132311 211313 231113 231311 "
    "112133 112331 132131 113123 113321 133121 313121 211331 231131 213113 213311 213131 311123 311321 "
    "331121 312113 312311 332111 314111 221411 431111 111224 111422 121124 121421 141122 141221 112214 "
    "112412 122114 122411 142112 142211 241211 221114 413111 241112 134111 111242 121142 121241 114212 "
    "124112 124211 411212 421112 421211 212141 214121 412121 111143 111341 131141 114113 114311 411113 "
    "411311 113141 114131 311141 411131 211412 211214 211232 2331112"
)
_CODE128: Final = tuple(_CODE128_WIDTHS.split())
_STARTS: Final = {"A": 103, "B": 104, "C": 105}
_SHIFTS: Final = {"A": 101, "B": 100, "C": 99}
_FNC1: Final = 102
_STOP: Final = 106
# CODE39, ISO/IEC 16388: nine elements, w = wide, bars and spaces in turn
_CODE39_CHARS: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-. $/+%*"
_CODE39_WIDTHS: Final = (
    "nnnwwnwnn wnnwnnnnw nnwwnnnnw wnwwnnnnn nnnwwnnnw wnnwwnnnn nnwwwnnnn nnnwnnwnw wnnwnnwnn nnwwnnwnn "
    "wnnnnwnnw nnwnnwnnw wnwnnwnnn nnnnwwnnw wnnnwwnnn nnwnwwnnn nnnnnwwnw wnnnnwwnn nnwnnwwnn nnnnwwwnn "
    "wnnnnnnww nnwnnnnww wnwnnnnwn nnnnwnnww wnnnwnnwn nnwnwnnwn nnnnnnwww wnnnnnwwn nnwnnnwwn nnnnwnwwn "
    "wwnnnnnnw nwwnnnnnw wwwnnnnnn nwnnwnnnw wwnnwnnnn nwwnwnnnn nwnnnnwnw wwnnnnwnn nwwnnnwnn nwnwnwnnn "
    "nwnwnnnwn nwnnnwnwn nnnwnwnwn nwnnwnwnn"
)
_CODE39: Final = tuple(_CODE39_WIDTHS.split())


class BadSymbol(Exception):
    """The data cannot be drawn; the text says why. Printers print nothing then."""


def qr_mask(payload: bytes, module: int, level: int) -> Image.Image:
    """The QR symbol `GS ( k` prints: `module` dots a module, four modules of quiet zone left out."""
    if not payload:
        raise BadSymbol("QR code without data")
    try:
        code = segno.make_qr(payload, error=_QR_LEVELS[level], boost_error=False)
    except DataOverflowError:
        raise BadSymbol(f"QR code of {len(payload)} bytes is too long") from None
    rows = [bytes(255 if dot else 0 for dot in row) for row in code.matrix]
    small = Image.frombytes("L", (len(rows[0]), len(rows)), b"".join(rows))
    return small.resize((small.width * module, small.height * module), Image.Resampling.NEAREST)


def code128(data: bytes) -> tuple[str, str]:
    """Element widths (bar, space, bar …) and readable text of `GS k 73` data with its `{B` marks."""
    values: list[int] = []
    text = ""
    current = ""
    at = 0
    while at < len(data):
        if data[at] == ord("{"):
            current, value, char = _marked(data[at + 1 : at + 2], current)
            at += 2
        else:
            value, char = _plain(data[at], current)
            at += 1
        values.append(value)
        text += char
    if len(values) < 2:
        raise BadSymbol("CODE128 without data")
    check = (values[0] + sum(place * value for place, value in enumerate(values))) % 103
    return "".join(_CODE128[value] for value in (*values, check, _STOP)), text


def _marked(letter: bytes, current: str) -> tuple[str, int, str]:
    mark = letter.decode("latin-1")
    if mark in _STARTS:
        return mark, _SHIFTS[mark] if current else _STARTS[mark], ""
    if current and mark == "1":
        return current, _FNC1, ""
    if current in ("A", "B") and mark == "{":
        return current, ord("{") - 32, "{"
    raise BadSymbol(f"CODE128 does not know {{{mark}")


def _plain(code: int, current: str) -> tuple[int, str]:
    if current == "C" and code < 100:
        return code, f"{code:02d}"
    if current == "B" and 32 <= code < 128:
        return code - 32, chr(code)
    if current == "A" and code < 96:
        return (code - 32, chr(code)) if code >= 32 else (code + 64, " ")
    raise BadSymbol(f"CODE128 set {current or 'none'} has no byte {code:02X}")


def code39(data: bytes) -> tuple[str, str]:
    """Element widths and readable text of CODE39 data; the stars are added, wide is 3 narrow."""
    text = data.decode("latin-1").strip("*")
    if not text or any(char not in _CODE39_CHARS[:-1] for char in text):
        raise BadSymbol(f"CODE39 cannot hold {text!r}")
    elements = "n".join(_CODE39[_CODE39_CHARS.index(char)] for char in f"*{text}*")
    return elements.replace("n", "1").replace("w", "3"), text


def bar_mask(elements: str, module: int, height: int) -> Image.Image:
    """Bars `height` dots high; `elements` alternate bar and space, `module` dots a unit."""
    row = io.BytesIO()
    for place, width in enumerate(elements):
        row.write(bytes((0 if place % 2 else 255,)) * (int(width) * module))
    line = Image.frombytes("L", (row.tell(), 1), row.getvalue())
    return line.resize((line.width, height), Image.Resampling.NEAREST)
