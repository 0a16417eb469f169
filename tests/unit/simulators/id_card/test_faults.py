"""Faults by their words."""

from __future__ import annotations

import pytest

from counter_app.simulators.id_card.faults import (
    Fault,
    FaultUnknown,
    parse_fault,
    spoil_answer,
    spoil_frame,
    use_up,
)
from counter_app.simulators.id_card.module import Answer

FRAME = bytes(range(40))


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("cut:700", Fault("cut", 700)),
        ("flip:12@2001", Fault("flip", 12, 0x2001)),
        ("silent", Fault("silent", 0, None)),
        ("silent@3001*3", Fault("silent", 0, 0x3001, 3)),
        ("slow:2000*", Fault("slow", 2000, None, None)),
        ("status:9F", Fault("status", 0x9F)),
        ("repeat@any*2", Fault("repeat", 0, None, 2)),
    ],
)
def test_words(text: str, fault: Fault) -> None:
    assert parse_fault(text) == fault


@pytest.mark.parametrize(
    "text", ["", "cut", "repeat:3", "explode", "cut:x", "cut:1F", "cut:3@20", "silent**", "Cut:3"]
)
def test_other_words_are_refused_with_the_list(text: str) -> None:
    with pytest.raises(FaultUnknown, match="noise-before"):
        parse_fault(text)


@pytest.mark.parametrize(
    ("text", "frame"),
    [
        ("cut:3", FRAME[:3]),
        ("cut:99", FRAME),
        ("flip:0", b"\x01" + FRAME[1:]),
        ("flip:15", b"\x00\x81" + FRAME[2:]),
        ("repeat", FRAME + FRAME),
        ("silent", b""),
        ("wrong-checksum", FRAME[:-1] + b"\xd8"),
        ("unplug:5", FRAME[:5]),
    ],
)
def test_what_they_do_to_a_frame(text: str, frame: bytes) -> None:
    delivery = spoil_frame((parse_fault(text),), FRAME)
    assert delivery.frame == frame
    assert delivery.unplug == text.startswith("unplug")


def test_noise_lies_before_the_frame() -> None:
    frame = spoil_frame((parse_fault("noise-before"),), FRAME).frame
    assert frame.endswith(FRAME)
    assert len(frame) > len(FRAME)


def test_several_at_once() -> None:
    faults = (parse_fault("slow:250"), parse_fault("slow:500"), parse_fault("cut:2"))
    delivery = spoil_frame(faults, FRAME)
    assert (delivery.late, delivery.frame) == (0.75, FRAME[:2])


def test_faults_of_the_card_change_its_text_only() -> None:
    data = bytes(4) + b" \0" * 128
    spoilt = spoil_answer((parse_fault("unknown-nation"), parse_fault("long-term")), Answer(0x90, data)).data
    assert spoilt[4 + 32 : 4 + 36].decode("utf-16-le") == "66"
    assert spoilt[4 + 204 : 4 + 220].decode("utf-16-le").rstrip() == "长期"
    assert len(spoilt) == len(data)


def test_each_is_used_as_often_as_it_says() -> None:
    first = (parse_fault("repeat*2"), parse_fault("cut:1*"), parse_fault("silent"))
    second = use_up(first, first)
    assert second == (parse_fault("repeat"), parse_fault("cut:1*"))
    assert use_up(second, ()) == second
    assert use_up(second, second) == (parse_fault("cut:1*"),)
