"""Lines to the bytes of one printer: GBK text in resident fonts, dots only for what GBK lacks.

Bytes of text never come from a name unchecked: `width.clean` has taken every control character
before, and `encode` refuses what is left. Not here: layout, fonts, and how bytes reach a printer.
"""

from __future__ import annotations

from typing import Final

from counter_app.domain.paper.lines import (
    BarcodeLine,
    CutLine,
    Line,
    QrLine,
    RuleLine,
    Run,
    TextLine,
    ThermalLines,
)
from counter_app.printing.logo import logo_bytes
from counter_app.printing.raster import LinePainter, qr_picture, raster_command
from counter_app.printing.symbols import barcode_bytes, cut_bytes, qr_bytes
from counter_app.use_cases.ports.printing import PrinterProfile

_START: Final = b"\x1b@\x1b2"
_CHINESE_ON: Final = b"\x1c&"
_CHINESE_OFF: Final = b"\x1c."
_LEFT: Final = b"\x1ba\x00"
_CENTRED: Final = b"\x1ba\x01"
_WIDE_BIT: Final = 0x04
_TALL_BIT: Final = 0x08
_TEAR_OFF: Final = b"\x1bd\x06"
_PLAIN: Final = (1, 1, False)
_BREATH: Final = b"\x1bJ\x08"  # a little air under large text and about codes


class EscposEncoder:
    """Encodes for one printer after another; keeps the fonts it has opened."""

    def __init__(self, painter: LinePainter) -> None:
        self._painter = painter

    def encode(self, lines: ThermalLines, profile: PrinterProfile) -> bytes:
        """The paper's bytes, from reset to cut. Raises ValueError for lines too wide for the printer."""
        if lines.columns > profile.columns:
            raise ValueError(f"{lines.columns} columns do not fit on {profile.columns}")
        return (
            _START
            + logo_bytes(profile)
            + b"".join(self._line(line, lines.columns, profile) for line in lines.lines)
        )

    def _line(self, line: Line, columns: int, profile: PrinterProfile) -> bytes:
        match line:
            case TextLine():
                if drawn(line, profile):
                    return raster_command(self._painter.line(line))
                return _text_bytes(line, profile)
            case RuleLine():
                return _CHINESE_OFF + b"-" * columns + b"\n"
            case QrLine():
                return _BREATH + _CENTRED + _qr(line, profile) + _LEFT + _BREATH
            case BarcodeLine():
                return _BREATH + _CENTRED + barcode_bytes(line.text, line.dots) + _LEFT + _BREATH
            case CutLine():
                return cut_bytes() if profile.cutter else _TEAR_OFF


def drawn(line: TextLine, profile: PrinterProfile) -> bool:
    """Whether a line goes to the printer as dots."""
    if line.raster:
        return True
    return not profile.chinese_rom and not line.text.isascii()


def _qr(line: QrLine, profile: PrinterProfile) -> bytes:
    if profile.native_qr:
        return qr_bytes(line.data, line.level, line.dots)
    return raster_command(qr_picture(line))


def _text_bytes(line: TextLine, profile: PrinterProfile) -> bytes:
    """One line of resident characters. Every line says its mode, so a lost byte spoils one line only."""
    if not line.runs:
        return b"\n"
    out = bytearray(_CHINESE_OFF if line.text.isascii() else _CHINESE_ON)
    column, style = 0, _PLAIN
    for run in line.runs:
        gap = run.column - column
        if gap:
            out += _restyled(style, _PLAIN, profile)
            style = _PLAIN
            out += b" " * gap
        wanted = (run.across, run.tall, run.bold)
        out += _restyled(style, wanted, profile) + _gbk(run)
        column, style = run.end, wanted
    out += _restyled(style, _PLAIN, profile)
    return bytes(out) + b"\n" + (_BREATH if line.tall > 1 else b"")


def _gbk(run: Run) -> bytes:
    if not run.text.isprintable() and not run.text.replace("　", "").isprintable():
        raise ValueError("a control character reached the printer's text")
    return run.text.encode("gbk")


def _restyled(now: tuple[int, int, bool], wanted: tuple[int, int, bool], profile: PrinterProfile) -> bytes:
    """Commands from one style to another. Both kinds of size are sent: clones heed only their own."""
    across, tall, bold = wanted
    out = b""
    if now[:2] != wanted[:2]:
        out += b"\x1d!" + bytes([(across - 1) << 4 | (tall - 1)])
        out += b"\x1c!" + bytes([_chinese_size(across, tall, profile.swapped_chinese_size)])
    if now[2] != bold:
        out += b"\x1bE" + (b"\x01" if bold else b"\x00")
    return out


def _chinese_size(across: int, tall: int, swapped: bool) -> int:
    wide_bit, tall_bit = (_TALL_BIT, _WIDE_BIT) if swapped else (_WIDE_BIT, _TALL_BIT)
    return (wide_bit if across > 1 else 0) | (tall_bit if tall > 1 else 0)
