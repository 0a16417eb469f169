"""What the simulated printer makes of bytes: places, sizes, symbols, and what it refuses."""

from __future__ import annotations

from time import perf_counter

import pytest
import segno
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from counter_app.simulators.printer.decode import decode
from counter_app.simulators.printer.head import HEAD_TO_KNIFE
from counter_app.simulators.printer.interpreter import Interpreter
from counter_app.simulators.printer.sheet import INK, Sheet
from tests.support.printers import CUT, START, gbk, qr, raster, receipt

MARGIN = 32


def only(data: bytes, width: int = 576, *, clone: bool = False) -> Sheet:
    (sheet,) = decode(data, width, clone=clone)
    return sheet


def ink_box(sheet: Sheet) -> tuple[int, int, int, int]:
    """Left, top, right, bottom of the ink in the printable area, dots."""
    dark = sheet.render().point([255 if level == INK else 0 for level in range(256)])
    box = dark.getbbox()
    assert box is not None
    return box[0] - MARGIN, box[1], box[2] - MARGIN, box[3]


def test_a_receipt_is_read_back_whole() -> None:
    sheet = only(receipt())
    assert sheet.lines == (
        "收件凭证",
        *(f"{number}. 身份证 原件 1 份" for number in range(1, 9)),
        "末行",
    )
    assert sheet.qr == ("CW:3-0318:1",)
    assert sheet.barcodes == ("3-0318-7",)
    assert (sheet.rubbish, sheet.overflow, sheet.cut, sheet.cut_through) == ((), (), True, False)
    assert sheet.data == receipt()


def test_twenty_four_chinese_characters_fill_80_mm_and_the_next_wraps() -> None:
    full = only(START + gbk("务" * 24) + b"\n" + CUT)
    assert full.overflow == ()
    assert ink_box(full)[2] <= 576
    over = only(START + gbk("务" * 25) + b"\n" + CUT)
    assert over.lines == ("务" * 24, "务")
    assert over.overflow


def test_forty_eight_ascii_or_thirty_two_on_58_mm_fit() -> None:
    assert only(b"x" * 48 + b"\n").overflow == ()
    assert only(b"x" * 49 + b"\n").overflow
    assert only(b"x" * 32 + b"\n", 384).overflow == ()
    assert only(b"x" * 33 + b"\n", 384).overflow


def test_double_size_halves_the_columns_and_doubles_the_height() -> None:
    plain, double = only(b"M\n"), only(b"\x1d!\x11M\n")
    width, height = ink_box(plain)[2] - ink_box(plain)[0], ink_box(plain)[3] - ink_box(plain)[1]
    assert ink_box(double)[2] - ink_box(double)[0] == 2 * width
    assert ink_box(double)[3] - ink_box(double)[1] == 2 * height
    assert only(START + b"\x1d!\x11" + gbk("厅" * 13) + b"\n").overflow


def test_centred_and_right_text_stand_where_they_should() -> None:
    left = ink_box(only(START + gbk("口") + b"\n"))
    centred = ink_box(only(START + b"\x1ba\x01" + gbk("口") + b"\n"))
    right = ink_box(only(START + b"\x1ba\x02" + gbk("口") + b"\n"))
    assert centred[0] - left[0] == (576 - 24) // 2
    assert right[0] - left[0] == 576 - 24


def test_a_clone_swaps_width_and_height_of_fs_bang() -> None:
    wide = START + b"\x1c!\x04" + gbk("口") + b"\n"
    sizes = [only(wide, clone=clone).strips[0].mask.size for clone in (False, True)]
    assert sizes == [(48, 24), (24, 48)]


def test_a_clone_begins_chinese_with_the_next_line() -> None:
    sheet = only(b"A\x1c&" + gbk("厅") + b"\n" + gbk("厅") + b"\n", clone=True)
    assert sheet.lines[1] == "厅"
    assert sheet.lines[0] != "A厅"


def test_chinese_without_fs_and_gb18030_are_rubbish() -> None:
    assert only(gbk("厅") + b"\n").rubbish
    four_bytes = "\u00a5".encode("gb18030")
    assert only(START + four_bytes + b"\n").rubbish


def test_a_raster_is_dot_for_dot() -> None:
    sheet = only(raster(72, 3, 0xF0))
    assert sheet.rasters == ((576, 3),)
    row = sheet.render().crop((MARGIN, HEAD_TO_KNIFE, MARGIN + 16, HEAD_TO_KNIFE + 1)).tobytes()
    assert [level == INK for level in row] == [True] * 4 + [False] * 4 + [True] * 4 + [False] * 4


def test_a_raster_wider_than_the_paper_is_clipped_and_told() -> None:
    sheet = only(raster(73, 2))
    assert sheet.rasters == ((576, 2),)
    assert sheet.overflow


def test_stored_graphics_print_once() -> None:
    body = b"0p0\x01\x011" + (12).to_bytes(2, "little") + (2).to_bytes(2, "little") + b"\xff\xff" * 2
    store = b"\x1d(L" + len(body).to_bytes(2, "little") + body
    large = b"\x1d8L" + len(body).to_bytes(4, "little") + body
    print_it = b"\x1d(L\x02\x0002"
    assert only(store + print_it).rasters == ((12, 2),)
    assert only(large + print_it).rasters == ((12, 2),)
    assert only(store + print_it + print_it).rubbish


def test_a_qr_symbol_is_exactly_the_one_of_its_data() -> None:
    payload = "CW1|阿卜杜拉".encode()
    sheet = only(qr(payload, module=5, level=51))
    matrix = segno.make_qr(payload, error="h", boost_error=False).matrix
    strip = sheet.strips[0]
    assert strip.mask.size == (len(matrix) * 5, len(matrix) * 5)
    small = strip.mask.resize((len(matrix), len(matrix)), Image.Resampling.NEAREST)
    assert small.tobytes() == b"".join(bytes(255 if dot else 0 for dot in row) for row in matrix)
    assert sheet.qr == ("CW1|阿卜杜拉",)


def test_symbols_wider_than_the_paper_are_not_printed() -> None:
    sheet = only(b"x\n" + qr(b"0" * 400, module=8), 384)
    assert (sheet.qr, len(sheet.overflow)) == ((), 1)
    bars = only(b"x\n\x1dw\x06\x1dk\x49\x12{B0123456789ABCDEF", 384)
    assert (bars.barcodes, len(bars.overflow)) == ((), 1)


def test_code39_and_code128_show_their_text() -> None:
    sheet = only(b"\x1dw\x02\x1dH\x02\x1dk\x04AB-12\x00\x1dk\x49\x06{C\x0c\x22{B")
    assert sheet.barcodes == ("AB-12", "1234")
    assert len(sheet.rasters) == 4


def test_code128_is_the_published_symbol() -> None:
    """`Wikipedia` in set B: the well-known example, check symbol 88."""
    sheet = only(b"\x1dw\x01\x1dh\x01\x1dk\x49\x0b{BWikipedia")
    bits = sheet.strips[0].mask.crop((0, 0, sheet.strips[0].mask.width, 1)).tobytes()
    dots = "".join("1" if dot else "0" for dot in bits)
    assert dots.startswith("11010010000" + "11101000110")  # start B, W
    assert dots.endswith("11110010010" + "1100011101011")  # check symbol 88, stop
    assert len(dots) == 11 * 11 + 13


def test_tabs_margins_and_absolute_places() -> None:
    sheet = only(b"\x1dL\x18\x00a\tb\x1b$\x20\x01c\n")
    assert sheet.lines == ("a       b               c",)
    assert sheet.strips[0].x == 24


def test_a_cut_without_feed_leaves_the_last_lines_on_the_next_paper() -> None:
    first, second = decode(b"1\n2\n3\n4\n5\n\x1dV\x00" + b"6\n" + CUT)
    assert first.cut_through
    assert first.lines + second.lines == ("1", "2", "3", "4", "5", "6")
    assert "5" in second.lines
    safe, rest = decode(b"1\n2\n\x1bd\x04\x1dV\x01" + b"3\n" + CUT)
    assert (safe.lines, rest.lines, safe.cut_through) == (("1", "2"), ("3",), False)


def test_what_hangs_in_the_printer_is_given_uncut() -> None:
    sheet = only(b"half\n")
    assert (sheet.cut, sheet.lines) == (False, ("half",))
    assert "unfinished command" in only(b"half\n\x1dv0\x00\x01").rubbish[-1]


def test_reset_drops_the_line_and_unknown_commands_are_told() -> None:
    sheet = only(START + gbk("没有") + b"\x1b@ok\n\x1bZ\x1fend\n")
    assert sheet.lines == ("ok", "end")
    assert len(sheet.rubbish) == 2


def test_alignment_within_a_line_is_told() -> None:
    assert "ESC a" in only(b"a\x1ba\x01b\n").rubbish[0]


@pytest.mark.parametrize("size", [1, 2, 3, 7, 64])
def test_bytes_may_come_in_any_pieces(size: int) -> None:
    data = receipt()
    printer = Interpreter(576)
    for start in range(0, len(data), size):
        printer.receive(data[start : start + size])
        printer.pump()
    (sheet,) = printer.head.sheets
    assert sheet.lines == only(data).lines
    assert sheet.render().tobytes() == only(data).render().tobytes()


def test_a_sixty_line_receipt_is_drawn_quickly() -> None:
    data = receipt(lines=60)
    only(data).render()  # glyphs are drawn once in a printer's life
    started = perf_counter()
    only(data).render()
    assert perf_counter() - started < 0.1


COMMANDS = st.one_of(
    st.binary(max_size=12),
    st.sampled_from(
        [b"\x1b", b"\x1d", b"\x1c", b"\x10", b"\x1d(k", b"\x1dv0", b"\x1d(L", b"\x1dk", b"\x1b*"]
    ),
    st.sampled_from([START, CUT, b"\n", gbk("厅"), qr(b"x"), raster(2, 2)]),
    st.builds(lambda code, n: bytes((0x1D, code, n)), st.integers(0, 255), st.integers(0, 255)),
    st.builds(lambda code, n: bytes((0x1B, code, n)), st.integers(0, 255), st.integers(0, 255)),
)


@given(st.lists(COMMANDS, max_size=40).map(b"".join))
def test_no_bytes_can_crash_it_or_print_beyond_the_paper(data: bytes) -> None:
    for sheet in decode(data, 384):
        assert all(strip.x >= 0 and strip.x + strip.mask.width <= 384 for strip in sheet.strips)
        assert sheet.render().width == 464
