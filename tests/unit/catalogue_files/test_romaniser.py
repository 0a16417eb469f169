"""Pinyin: initials of items, surnames read as surnames."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.catalogue_files.romaniser import PinyinRomaniser

ROMANISER = PinyinRomaniser()


@pytest.mark.parametrize(
    ("text", "initials"),
    [
        ("流动人口婚育证明", "ldrkhyzm"),
        ("《流动人口婚育证明》办理", "ldrkhyzmbl"),
        ("A012 号 VIP", "a012hvip"),
        ("阿卜杜拉·买买提", "abdlmmt"),
        ("", ""),
        ("《》——", ""),
    ],
)
def test_initials(text: str, initials: str) -> None:
    assert ROMANISER.initials(text) == initials


@pytest.mark.parametrize(
    ("name", "syllables"),
    [
        ("仇颖", ("qiu", "ying")),
        ("曾丽", ("zeng", "li")),
        ("单雄", ("shan", "xiong")),
        ("解缙", ("xie", "jin")),
        ("查良", ("zha", "liang")),
        ("尉迟恭", ("yu", "chi", "gong")),
        ("万俟文", ("mo", "qi", "wen")),
        ("单于明", ("chan", "yu", "ming")),
        ("区明", ("ou", "ming")),
        ("张单", ("zhang", "dan")),
        ("王敏", ("wang", "min")),
    ],
)
def test_surnames_are_read_as_surnames_at_the_head_of_a_name_only(
    name: str, syllables: tuple[str, ...]
) -> None:
    assert ROMANISER.syllables(name, surname=True) == syllables
    assert ROMANISER.initials(name, surname=True) == "".join(part[0] for part in syllables)


def test_the_same_character_outside_a_name_is_read_as_a_word() -> None:
    assert ROMANISER.syllables("单位") == ("dan", "wei")
    assert ROMANISER.syllables("解除") == ("jie", "chu")


@given(st.text(max_size=50))
def test_any_text_gives_letters_and_digits_only(text: str) -> None:
    for surname in (False, True):
        initials = ROMANISER.initials(text, surname=surname)
        assert len(initials) == len(ROMANISER.syllables(text, surname=surname))
        assert initials == "" or initials.isalnum()
