"""What is said aloud when a ticket is called."""

from __future__ import annotations

from itertools import product
from pathlib import Path
from typing import Final

import pytest

from counter_app.domain.waiting.announcement import CHIME, clips

SOUNDS: Final = Path(__file__).resolve().parents[4] / "resources" / "sounds"


def said(number: str, counter: str, language: str) -> str:
    """The clips without chime and voice, as one line."""
    return " ".join(clip.partition("/")[2] for clip in clips(number, counter, language)[1:])


def test_a_call_in_chinese() -> None:
    assert clips("A012", "3", "zh_CN") == (
        CHIME, "zh/please", "zh/A", "zh/0", "zh/1", "zh/2", "zh/number", "zh/to", "zh/3", "zh/counter",
    )  # fmt: skip


def test_a_call_in_english() -> None:
    assert said("A012", "3", "en") == "ticket A 0 1 2 please-go-to-counter 3"


@pytest.mark.parametrize(
    ("counter", "chinese", "english"),
    [
        ("10", "ten", "10"),
        ("12", "ten 2", "12"),
        ("20", "2 ten", "20"),
        ("35", "3 ten 5", "30 5"),
        ("105", "1 0 5", "1 0 5"),
        ("03", "0 3", "0 3"),
        ("B2", "B 2", "B 2"),
        ("٣", "", ""),
    ],
)
def test_a_counter_is_said_as_people_say_it(counter: str, chinese: str, english: str) -> None:
    assert said("A1", counter, "zh_TW") == f"please A 1 number to {chinese} counter".replace("  ", " ")
    assert said("A1", counter, "en") == f"ticket A 1 please-go-to-counter {english}".strip()


def test_what_has_no_sound_is_left_out() -> None:
    assert said("a012-k", "1", "zh_CN") == "please A 0 1 2 K number to 1 counter"


def test_every_clip_that_can_be_asked_for_is_there() -> None:
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
    counters = [str(number) for number in range(101)]
    calls = (clips(alphabet, *call) for call in product(counters, ("zh_CN", "en")))
    asked = {clip for call in calls for clip in call}
    assert {clip for clip in asked if not (SOUNDS / f"{clip}.ogg").is_file()} == set()
