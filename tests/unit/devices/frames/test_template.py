"""Frames as text: built as manuals print them, known again among noise, else never but a ValueError."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counter_app.devices.frames.profiles import PADS, STRIPS
from counter_app.devices.frames.template import FramePattern, FrameTemplate, ReplyMap, crc16, fitted


@pytest.mark.parametrize(
    ("text", "values", "frame"),
    [
        ("A5 01", {}, "A501"),
        ("'A' 0D 0A", {}, "410D0A"),
        ("'请' {text}", {"text": "A001号"}, "C7EB41303031BAC5"),
        ("[ AA 55 {len} 10 {text} ] {xor}", {"text": "1"}, "AA55021031DC"),
        ("02 [ {len} {text} ] {sum} 03", {"text": "12"}, "02023132650 3".replace(" ", "")),
        ("{number:u8} {number:u16} {number:u16le}", {"number": "3"}, "030003" + "0300"),
        ("{number:d3}", {"number": "A012"}, "303132"),
        ("{text:6}|".replace("|", "FF"), {"text": "请12"}, "C7EB3132" + "2020" + "FF"),
        ("{text:3}", {"text": "请请"}, "C7EB20"),
        (
            "[ 01 06 00 01 ] {crc16le}",
            {},
            "01060001" + "C00B"[0:0] + crc16(bytes.fromhex("01060001")).to_bytes(2, "little").hex(),
        ),
        ("01 02 {sum16}", {}, "01020003"),
        ("FF [ 01 02 ] 03 {xor}", {}, "FF0102" + "03" + "00"),
    ],
)
def test_frames_are_built_as_makers_manuals_print_them(text: str, values: dict[str, str], frame: str) -> None:
    assert FrameTemplate(text).build(values).hex() == frame.lower()


def test_the_checksum_is_that_of_modbus() -> None:
    assert crc16(b"123456789") == 0x4B37


@pytest.mark.parametrize(
    "text",
    [
        "",
        "A",
        "A5 0",
        "GG",
        "'open",
        "{",
        "{xor:u8}",
        "{text:0}",
        "{text:9999}",
        "{text:u9}",
        "] [",
        "[ [ 01 ]",
        "[ 01",
    ],
)
def test_a_template_of_nonsense_says_where(text: str) -> None:
    with pytest.raises(ValueError):
        FrameTemplate(text)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("{text}", {}),
        ("{n:u8}", {"n": "300"}),
        ("{n:d2}", {"n": "123"}),
        ("{n:u8}", {"n": "abc"}),
        ("?? 01", {}),
    ],
)
def test_values_that_do_not_fit_are_refused(text: str, values: dict[str, str]) -> None:
    with pytest.raises(ValueError):
        FrameTemplate(text).build(values)


def test_a_character_is_never_cut_in_half() -> None:
    for size in range(12):
        assert len(fitted("请A客请", size)) == size
        fitted("请A客请", size).decode("gbk")


def test_known_among_noise_in_pieces_of_any_size() -> None:
    replies = ReplyMap.parse("[ AA 55 81 01 ] {xor} = 1; 'K5' 0D = 5")
    one, five = bytes.fromhex("AA5581017F"), b"K5\r"
    stream = b"\x00\xaa" + one + b"\xaa\x55" + five + b"noise" + one
    for step in (1, 2, 3, 7, 100):
        found: list[str] = []
        buffer = b""
        for at in range(0, len(stream), step):
            meanings, buffer = replies.take(buffer + stream[at : at + step])
            found += meanings
        assert found == ["1", "5", "1"], step
        assert len(buffer) < replies.longest


def test_a_frame_with_a_wrong_checksum_is_noise() -> None:
    replies = ReplyMap.parse("[ AA 55 81 01 ] {xor} = 1")
    assert replies.take(bytes.fromhex("AA5581017E"))[0] == ()


@pytest.mark.parametrize(
    "text", ["", ";", "AA 55", "AA =", "{text} = 1", "?? = 1", "{xor} = 1", "{len} 01 = 1"]
)
def test_replies_that_nothing_can_be_known_by_are_refused(text: str) -> None:
    with pytest.raises(ValueError):
        ReplyMap.parse(text)


def test_every_profile_is_sound() -> None:
    for frames in PADS.values():
        for name in ("ask", "thank", "hello"):
            assert not frames[name] or FrameTemplate(frames[name]).build({})
        meanings = {meaning for _, meaning in ReplyMap.parse(frames["replies"]).replies}
        assert {"1", "2", "3", "4", "5"} <= meanings
    for text in STRIPS.values():
        assert FrameTemplate(text).build({"text": "请 A001 号到 3 号窗口"})


@settings(max_examples=400, deadline=None)
@given(st.text(alphabet="0123456789ABCDEFabcdefghlnoprtxu{}[]:;='?请 ", max_size=60))
def test_no_text_raises_anything_but_a_value_error(text: str) -> None:
    for make in (FrameTemplate, FramePattern, ReplyMap.parse):
        try:
            make(text)
        except ValueError:
            continue


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=200), st.sampled_from(sorted(PADS)))
def test_no_bytes_raise_or_stay_for_ever(data: bytes, name: str) -> None:
    replies = ReplyMap.parse(PADS[name]["replies"])
    meanings, rest = replies.take(data)
    assert len(rest) < replies.longest
    assert set(meanings) <= {"1", "2", "3", "4", "5", "ready"}


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=40), st.sampled_from(sorted(STRIPS)))
def test_any_text_can_be_shown(text: str, name: str) -> None:
    assert FrameTemplate(STRIPS[name]).build({"text": text})
