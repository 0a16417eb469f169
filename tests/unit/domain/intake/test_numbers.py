"""Numbers, query codes and credit codes (mission: I2, P10)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.intake.numbers import (
    QUERY_ALPHABET,
    Number,
    check_character,
    query_code,
    read_number,
    tidy_query_code,
)
from counter_app.domain.intake.organisation import credit_check, credit_code_problem

SIGNS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def test_check_character_is_that_of_the_standard() -> None:
    # ISO 7064's own example for MOD 37,36
    assert check_character("A12425GABC1234002") == "M"


@given(
    st.integers(2020, 2099),
    st.from_regex(r"[1-9A-Z][0-9A-Z]?", fullmatch=True),
    st.integers(1, 3),
    st.integers(1, 99999),
)
def test_a_number_reads_back_in_every_form(year: int, device: str, epoch: int, serial: int) -> None:
    number = Number(year, device, epoch, serial, "南环便服告")
    assert read_number(str(number)) == number
    assert read_number(str(number) + "号") == number
    plain = read_number(number.plain)
    assert plain is not None
    assert (plain.year, plain.device, plain.epoch, plain.serial) == (year, device, epoch, serial)


@given(st.integers(1, 9999), st.integers(0, 7), st.sampled_from(SIGNS))
def test_one_wrong_character_is_seen(serial: int, place: int, sign: str) -> None:
    text = Number(2026, "3", 1, serial).plain.replace("-", "")
    wrong = text[: place + 1] + sign + text[place + 2 :]
    if wrong == text or not wrong[4:9].isdigit():
        return
    found = read_number(f"{wrong[:5]}-{wrong[5:-1]}-{wrong[-1]}")
    if found is not None:  # only where O and 0, I and 1 are taken for each other (people read them aloud)
        assert {found.check, wrong[-1]} in ({"O", "0"}, {"I", "1"})


def test_numbers_of_a_second_epoch_differ() -> None:
    assert str(Number(2026, "3", 2, 318)).startswith("\u30142026\u30153.2-0318-")
    assert str(Number(2026, "3", 1, 318)) != str(Number(2026, "3", 2, 318))


@pytest.mark.parametrize("text", ["", "张伟", "A012", "20263-0318", "2026-0318-K", "〔2026〕3-0318-K号号"])
def test_other_texts_are_no_numbers(text: str) -> None:
    assert read_number(text) is None


@given(st.binary(min_size=16, max_size=16))
def test_query_codes_have_no_lookalikes(entropy: bytes) -> None:
    code = query_code(entropy)
    assert len(code) == 9
    assert code[4] == "-"
    assert set(code) - {"-"} <= set(QUERY_ALPHABET)
    assert not set("0O1ILUV") & set(code)
    assert tidy_query_code(code.lower().replace("-", " ")) == code


def test_too_little_chance_is_refused() -> None:
    with pytest.raises(ValueError, match="sixteen"):
        query_code(b"short")


# Published examples of codes (GB 32100-2015 and the standard's first holders).
@pytest.mark.parametrize("code", ["91350100M000100Y43", "12100000425006133D"])
def test_right_credit_codes_pass(code: str) -> None:
    assert credit_check(code[:-1]) == code[-1]
    assert credit_code_problem(code) is None


@pytest.mark.parametrize(
    ("code", "problem"),
    [
        ("91350100M000100Y4", "credit.length"),
        ("91350100M000100Y44", "credit.check"),
        ("91350100I000100Y43", "credit.characters"),
        ("B1350100M000100Y43", "credit.department"),
    ],
)
def test_wrong_credit_codes_say_what_is_wrong(code: str, problem: str) -> None:
    found = credit_code_problem(code)
    assert found is not None
    assert found.code == problem
