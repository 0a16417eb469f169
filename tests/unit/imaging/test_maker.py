"""Pictures are straightened when that is clear, kept small, and hostile ones are refused."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from counter_app.errors import UserFacingError
from counter_app.imaging.maker import LONGEST, PillowPictureMaker
from counter_app.imaging.straighten import skew
from tests.support.pictures import PAPER, crooked, on_a_table, packed, page

MAKER = PillowPictureMaker()


def opened(data: bytes) -> Image.Image:
    return Image.open(BytesIO(data))


@pytest.mark.parametrize("degrees", [-4.2, -1.0, 0.6, 3.3])
def test_a_crooked_scan_is_turned_level(degrees: float) -> None:
    made = MAKER.make(packed(crooked(degrees)))
    assert made.turned == pytest.approx(-degrees, abs=0.35)
    small = opened(made.data).convert("L")
    small.thumbnail((360, 360))
    assert abs(skew(small)) < 0.35


@pytest.mark.parametrize("size", [(2000, 100), (1200, 290), (60_000, 20)])
def test_a_strip_of_paper_is_taken_as_it_is(size: tuple[int, int]) -> None:
    """A cut-off line of print, a stamp: nothing in it tells what is level."""
    made = MAKER.make(packed(Image.effect_noise(size, 80).convert("RGB")))
    assert (made.turned, made.cut) == (0.0, False)
    assert max(made.width, made.height) == min(LONGEST, max(size))


def test_a_straight_scan_is_left_alone() -> None:
    made = MAKER.make(packed(page()))
    assert (made.turned, made.cut) == (0.0, False)
    assert (made.width, made.height) == page().size


def test_a_page_on_a_table_is_cut_out_and_shaped_like_a4() -> None:
    made = MAKER.make(packed(on_a_table()))
    assert made.cut
    assert made.height / made.width == pytest.approx(2**0.5, abs=0.01)
    kept = opened(made.data).convert("RGB")
    for x in (0.03, 0.97):
        for y in (0.03, 0.97):
            dot = kept.getpixel((int(x * kept.width), int(y * kept.height)))
            assert isinstance(dot, tuple)
            assert all(abs(have - want) < 30 for have, want in zip(dot, PAPER, strict=True))


def test_print_becomes_grey_and_a_red_seal_stays_red() -> None:
    assert opened(MAKER.make(packed(page())).data).mode == "L"
    assert opened(MAKER.make(packed(page(seal=True))).data).mode == "RGB"


def test_an_empty_page_and_a_dark_one_stay_as_they_are() -> None:
    for shade in (0, 255):
        made = MAKER.make(packed(Image.new("L", (600, 800), shade)))
        assert (made.turned, made.cut, made.width, made.height) == (0.0, False, 600, 800)


def test_a_quarter_turn_is_clockwise_and_large_ones_are_made_smaller() -> None:
    image = Image.new("RGB", (5000, 3000), PAPER)
    image.paste((10, 10, 10), (0, 0, 900, 900))
    made = MAKER.make(packed(image), straighten=False, turn=1)
    kept = opened(made.data).convert("L")
    assert max(kept.size) == LONGEST
    assert kept.height > kept.width
    assert kept.getpixel((kept.width - 50, 50)) in range(
        60
    )  # the dark corner went from top left to top right


def test_what_the_file_says_beside_its_pixels_is_not_kept() -> None:
    stream = BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "taken by 张三"
    page().save(stream, "JPEG", exif=exif)
    assert b"Exif" in stream.getvalue()
    assert b"Exif" not in MAKER.make(stream.getvalue()).data


def bomb(side: int) -> bytes:
    """A PNG of few bytes that says it is enormous."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    packed_rows = zlib.compress(b"\x00" * 100_000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", packed_rows) + chunk(b"IEND", b"")


@pytest.mark.parametrize("side", [9_100, 20_000, 60_000])
def test_a_decompression_bomb_is_refused_before_it_is_unpacked(side: int) -> None:
    with pytest.raises(UserFacingError) as told:
        MAKER.make(bomb(side))
    assert told.value.code == "picture.dimensions"


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"", "picture.form"),
        (b"%PDF-1.7 not a picture", "picture.form"),
        (b"GIF89a" + bytes(40), "picture.form"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "picture.form"),
        (packed(page())[:-4000], "picture.unreadable"),
        (packed(Image.new("L", (8, 900))), "picture.form"),
    ],
)
def test_what_is_no_picture_of_a_page_is_refused_in_words(raw: bytes, code: str) -> None:
    with pytest.raises(UserFacingError) as told:
        MAKER.make(raw)
    assert told.value.code == code
    assert told.value.remedy


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_no_altered_bytes_raise_anything_else(data: st.DataObject) -> None:
    raw = bytearray(data.draw(st.sampled_from([SMALL_JPEG, SMALL_PNG, SMALL_PPM])))
    for _ in range(data.draw(st.integers(1, 6))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    try:
        MAKER.make(bytes(raw[: data.draw(st.integers(0, len(raw)))]))
    except UserFacingError as error:
        refusal = error.code
    else:
        refusal = "picture.taken"
    assert refusal.startswith("picture.")


SMALL_JPEG, SMALL_PNG, SMALL_PPM = (packed(page((124, 176)), form) for form in ("JPEG", "PNG", "PPM"))
