"""Masking: one rule for displays and papers; what is hidden stays hidden."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.identity.masking import mask_name, mask_number


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("张三", "张*"),
        ("张", "*"),
        ("", ""),
        ("阿卜杜拉·买买提", "阿**"),
        ("欧阳娜", "欧**"),
        ("𠅤䶮", "𠅤*"),
        ("𠅤䶮王", "𠅤**"),
        ("葛\U000e0100洲", "葛\U000e0100*"),
        ("MARIA DE LA CRUZ", "M**"),
        ("  张三  ", "张*"),
    ],
)
def test_names(name: str, masked: str) -> None:
    assert mask_name(name) == masked


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        ("653101198503121234", "6531********1234"),
        ("65310119801219057X", "6531********057X"),
        ("PHL653178061206", "PHL6********1206"),
        ("H01234567", "********67"),
        ("1234", "********"),
        ("", ""),
    ],
)
def test_numbers(number: str, masked: str) -> None:
    assert mask_number(number) == masked


@given(st.text(min_size=1, max_size=40))
def test_a_name_never_shows_more_than_its_first_character(name: str) -> None:
    assert len(mask_name(name).rstrip("*")) < max(len(name.strip()), 1)


@given(st.from_regex(r"[0-9]{17}[0-9X]", fullmatch=True))
def test_birth_date_never_shows(number: str) -> None:
    assert number[6:14] not in mask_number(number)
