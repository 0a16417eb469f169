"""Columns and line breaks hold for any text."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.paper.width import STRANGE, char_width, clean, native, width, wrap
from tests.unit.domain.paper.strategies import ANY_TEXT


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("A012", 4),
        ("受理", 4),
        ("，", 2),
        ("·", 2),
        ("ü", 2),
        ("─", 2),
        ("ñ", 1),
        ("𠅤䶮", 4),
        ("￥20.00", 7),
        ("", 0),
    ],
)
def test_columns_follow_what_gbk_printers_draw(text: str, columns: int) -> None:
    assert width(clean(text)) == columns


@pytest.mark.parametrize("character", ["𠅤", "䶮", "ñ", "€", "•", "\ue000"])
def test_what_gbk_lacks_is_not_native(character: str) -> None:
    assert not native(character)


def test_cleaning_shows_controls_and_drops_bidi_and_joiners() -> None:
    assert clean("张\x1b@三") == f"张{STRANGE}@三"
    assert clean("\u202e倒写\u2066\u200b") == "倒写"
    assert clean("¥5\t6\xa07") == "￥5 6 7"
    assert clean("a\r\nb\rc\u2028d") == "a\nb\nc\nd"
    assert clean("x\u0301\u0302\u0303\u0304") == "x\u0301\u0302"


def test_names_are_never_folded_to_compatibility_forms() -> None:
    assert clean("㐂①Ａ") == "㐂①Ａ"


@given(ANY_TEXT)
def test_cleaning_is_safe_and_settled(text: str) -> None:
    cleaned = clean(text)
    assert clean(cleaned) == cleaned
    assert all(
        unicodedata.category(character) not in ("Cc", "Cs", "Cf") for character in cleaned.replace("\n", "")
    )


@given(ANY_TEXT, st.integers(min_value=2, max_value=48))
def test_no_line_is_wider_than_its_room_and_no_character_is_lost(text: str, room: int) -> None:
    cleaned = clean(text)
    lines = wrap(cleaned, room)
    assert all(width(line) <= room for line in lines)
    assert "".join(lines).replace(" ", "") == cleaned.replace("\n", "").replace(" ", "")


@given(st.text(alphabet="办理事项，。、（）《》12 ab", min_size=1, max_size=80))
def test_lines_do_not_begin_with_a_closing_mark(text: str) -> None:
    """A mark behind a space closes nothing, so none stands there here."""
    previous = ""
    for line in wrap(re.sub(r" +(?=[，。、）》])", "", text), 16):
        if previous and line and line[0] in "，。、）》":
            # Only a row of marks longer than what may hang together is torn.
            assert sum(mark in "，。、（）《》" for mark in previous[-8:] + line[:8]) >= 4
        previous = line


def test_words_of_narrow_letters_stay_whole() -> None:
    assert wrap("请在 2026-11-23 前补齐", 12) == ["请在", "2026-11-23", "前补齐"]


def test_a_number_longer_than_the_line_is_cut() -> None:
    assert wrap("9" * 20, 8) == ["9" * 8, "9" * 8, "9" * 4]


def test_a_mark_stands_on_its_letter() -> None:
    assert char_width("\u0301") == 0
    assert wrap("一二三x\u0301", 6) == ["一二三", "x\u0301"]
