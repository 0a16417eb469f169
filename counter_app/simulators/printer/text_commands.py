"""Text, its sizes and places: one-byte characters, GBK pairs, line feeds, tabs, margins."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from counter_app.simulators.printer.glyphs import HALF, glyph
from counter_app.simulators.printer.head import Head
from counter_app.simulators.printer.modes import CENTRE, DEFAULT_SPACING, RIGHT, Modes

Command = Callable[[Head, bytes], None]
_BAD: Final = "?"


def print_text(head: Head, data: bytes) -> None:
    """Print bytes from 0x20 on: pairs while Chinese mode is on, else code page 437."""
    at = 0
    while at < len(data):
        if head.modes.kanji and data[at] >= 0x80:
            _print_pair(head, data[at : at + 2])
            at += 2
        else:
            _print_single(head, data[at])
            at += 1


def ends_in_half_a_pair(data: bytes) -> bool:
    """Whether the last byte of Chinese-mode text waits for its second byte."""
    at = 0
    while at < len(data):
        at += 2 if data[at] >= 0x80 else 1
    return at > len(data)


def _print_single(head: Head, code: int) -> None:
    if code == 0x7F:
        head.rubbish("byte 7F in text")
        return
    char = bytes((code,)).decode("cp437")
    if code >= 0x80:
        head.rubbish(f"byte {code:02X} in text while Chinese mode is off")
    width, height = head.modes.ank_size
    mask = glyph(char, False, head.modes.bold, width, height)
    head.put(char, mask, (0, head.modes.char_gap), underline=head.modes.underline)


def _print_pair(head: Head, pair: bytes) -> None:
    try:
        char = pair.decode("gbk")
    except UnicodeDecodeError:
        head.rubbish(f"bytes {pair.hex(' ').upper()} are no GBK character")
        char = _BAD
    width, height = head.modes.kanji_size
    underline = head.modes.kanji_underline or head.modes.underline
    mask = glyph(char, True, head.modes.bold, width, height)
    head.put(char, mask, head.modes.kanji_gaps, underline=underline)


def _reset(head: Head, args: bytes) -> None:
    head.forget_line()
    head.modes = Modes()


def _select_print_mode(head: Head, args: bytes) -> None:
    bits = args[0]
    if bits & 1:
        head.rubbish("font B (ESC ! bit 0): not in this printer")
    head.modes.bold = bool(bits & 0x08)
    head.modes.ank_size = (2 if bits & 0x20 else 1, 2 if bits & 0x10 else 1)
    head.modes.underline = bool(bits & 0x80)


def _select_size(head: Head, args: bytes) -> None:
    size = ((args[0] >> 4 & 7) + 1, (args[0] & 7) + 1)
    head.modes.ank_size = head.modes.kanji_size = size


def _chinese_mode(head: Head, args: bytes) -> None:
    bits = args[0]
    head.modes.kanji_size = (2 if bits & 0x04 else 1, 2 if bits & 0x08 else 1)
    head.modes.kanji_underline = bool(bits & 0x80)


def _chinese_mode_swapped(head: Head, args: bytes) -> None:
    _chinese_mode(head, args)
    width, height = head.modes.kanji_size
    head.modes.kanji_size = (height, width)


def _chinese_on(head: Head, args: bytes) -> None:
    head.modes.kanji = True


def _chinese_on_next_line(head: Head, args: bytes) -> None:
    if head.at_line_start:
        head.modes.kanji = True
    else:
        head.modes.kanji_next_line = True


def _chinese_off(head: Head, args: bytes) -> None:
    head.modes.kanji = head.modes.kanji_next_line = False


def _quadruple(head: Head, args: bytes) -> None:
    head.modes.kanji_size = (2, 2) if args[0] & 1 else (1, 1)


def _chinese_underline(head: Head, args: bytes) -> None:
    head.modes.kanji_underline = bool(args[0] & 3)


def _chinese_gaps(head: Head, args: bytes) -> None:
    head.modes.kanji_gaps = (args[0], args[1])


def _char_gap(head: Head, args: bytes) -> None:
    head.modes.char_gap = args[0]


def _bold(head: Head, args: bytes) -> None:
    head.modes.bold = bool(args[0] & 1)


def _underline(head: Head, args: bytes) -> None:
    head.modes.underline = bool(args[0] & 3)


def _reverse(head: Head, args: bytes) -> None:
    head.modes.reverse = bool(args[0] & 1)


def _font(head: Head, args: bytes) -> None:
    if args[0] not in (0, 48):
        head.rubbish(f"font {args[0]}: not in this printer")


def _align(head: Head, args: bytes) -> None:
    if not head.at_line_start:
        head.rubbish("ESC a within a line is ignored")
    elif args[0] % 48 in (0, CENTRE, RIGHT):
        head.modes.align = args[0] % 48
    else:
        head.rubbish(f"ESC a {args[0]}")


def _line_feed(head: Head, args: bytes) -> None:
    head.feed_line()


def _feed_dots(head: Head, args: bytes) -> None:
    head.feed_dots(args[0])


def _feed_lines(head: Head, args: bytes) -> None:
    head.feed_dots(args[0] * head.modes.spacing)


def _default_spacing(head: Head, args: bytes) -> None:
    head.modes.spacing = DEFAULT_SPACING


def _spacing(head: Head, args: bytes) -> None:
    head.modes.spacing = args[0]


def _move_to(head: Head, args: bytes) -> None:
    position = int.from_bytes(args, "little")
    if position > head.area:
        head.overflow(f"ESC $ {position}")
    else:
        head.cursor = position


def _move_by(head: Head, args: bytes) -> None:
    position = head.cursor + int.from_bytes(args, "little", signed=True)
    if 0 <= position <= head.area:
        head.cursor = position
    else:
        head.overflow(f"ESC \\ to {position}")


def _tabs(head: Head, args: bytes) -> None:
    head.modes.tabs = tuple(args[:-1])


def _tab(head: Head, args: bytes) -> None:
    for column in head.modes.tabs:
        if column * HALF > head.cursor:
            if column * HALF > head.area:
                head.overflow("tab beyond the right edge")
            else:
                head.cursor = column * HALF
            return


def _left_margin(head: Head, args: bytes) -> None:
    if head.at_line_start:
        head.modes.left_margin = min(int.from_bytes(args, "little"), head.width - HALF)


def _area_width(head: Head, args: bytes) -> None:
    if head.at_line_start:
        width = int.from_bytes(args, "little")
        if width > head.width:
            head.overflow(f"GS W {width}")
        head.modes.area_width = max(HALF, min(width, head.width))


def _cancel(head: Head, args: bytes) -> None:
    head.forget_line()


def _carriage_return(head: Head, args: bytes) -> None:
    """Ignored, as with automatic line feed off."""


COMMANDS: Final[dict[bytes, Command]] = {
    b"\n": _line_feed,
    b"\r": _carriage_return,
    b"\t": _tab,
    b"\x18": _cancel,
    b"\x1b@": _reset,
    b"\x1b!": _select_print_mode,
    b"\x1d!": _select_size,
    b"\x1bE": _bold,
    b"\x1bG": _bold,
    b"\x1b-": _underline,
    b"\x1dB": _reverse,
    b"\x1bM": _font,
    b"\x1ba": _align,
    b"\x1bJ": _feed_dots,
    b"\x1bd": _feed_lines,
    b"\x1b2": _default_spacing,
    b"\x1b3": _spacing,
    b"\x1b ": _char_gap,
    b"\x1b$": _move_to,
    b"\x1b\\": _move_by,
    b"\x1bD": _tabs,
    b"\x1dL": _left_margin,
    b"\x1dW": _area_width,
    b"\x1c&": _chinese_on,
    b"\x1c.": _chinese_off,
    b"\x1c!": _chinese_mode,
    b"\x1c-": _chinese_underline,
    b"\x1cS": _chinese_gaps,
    b"\x1cW": _quadruple,
}
CLONE_COMMANDS: Final[dict[bytes, Command]] = {
    b"\x1c!": _chinese_mode_swapped,
    b"\x1c&": _chinese_on_next_line,
}
