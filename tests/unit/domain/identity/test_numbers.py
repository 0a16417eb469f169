"""Numbers explain themselves, and what is wrong with them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.identity.document import Sex
from counter_app.domain.identity.numbers import NumberKind, age_on, check_digit, read_number, tidy_number


def checked(digits: str) -> str:
    return digits + check_digit(digits)


@pytest.mark.parametrize(
    ("number", "kind", "birth", "sex"),
    [
        ("11010519491231002X", NumberKind.RESIDENT, date(1949, 12, 31), Sex.FEMALE),  # GB 11643's own example
        ("653101198503120218", NumberKind.RESIDENT, date(1985, 3, 12), Sex.MALE),
        ("810000198306060012", NumberKind.HMT_PERMIT, date(1983, 6, 6), Sex.MALE),
        ("830000197909280021", NumberKind.HMT_PERMIT, date(1979, 9, 28), Sex.FEMALE),
        ("932682198501010017", NumberKind.FOREIGNER_2023, date(1985, 1, 1), None),
        ("911124198108030024", NumberKind.FOREIGNER_2023, date(1981, 8, 3), None),
        ("PHL653178061206", NumberKind.FOREIGNER_2017, None, None),
    ],
)
def test_valid_numbers(number: str, kind: NumberKind, birth: date | None, sex: Sex | None) -> None:
    facts = read_number(number)
    assert (facts.is_valid, facts.kind, facts.birth, facts.sex) == (True, kind, birth, sex)


@pytest.mark.parametrize(
    ("number", "code"),
    [
        ("", "number.length"),
        ("65310119850312021", "number.length"),
        ("6531011985031202180", "number.length"),
        ("6531011985031202\uff118", "number.characters"),
        ("X53101198503120218", "number.characters"),
        ("653101198503120217", "number.check-digit"),
        (checked("65310119850230021"), "number.birth"),
        (checked("65310117850312021"), "number.birth"),
        (checked("66310119850312021"), "number.place"),
        (checked("81000119830606001"), "number.place"),
        (checked("99939819900214002"), "number.place"),
    ],
)
def test_wrong_numbers_say_why(number: str, code: str) -> None:
    facts = read_number(number)
    assert [problem.code for problem in facts.errors] == [code]
    assert not facts.is_valid
    assert "{" not in str(facts.errors[0])


def test_the_expected_check_digit_is_named() -> None:
    (problem,) = read_number("653101198503120217").errors
    assert str(problem) == "The last character should be 8, not 7: one character is wrong."


def test_a_number_of_2017_is_only_warned_about() -> None:
    facts = read_number("PHL653178061207")
    assert facts.is_valid
    assert [w.code for w in facts.warnings] == ["number.check-2017"]


def test_births_in_the_future_are_refused_only_with_a_day_to_compare() -> None:
    number = checked("65310120300101001")
    assert read_number(number).is_valid
    assert read_number(number, date(2030, 1, 1)).is_valid
    assert [e.code for e in read_number(number, date(2029, 12, 31)).errors] == ["number.future"]


@given(st.from_regex(r"[0-9]{17}", fullmatch=True), st.integers(0, 16), st.integers(1, 9))
def test_one_wrong_digit_is_always_noticed(digits: str, at: int, change: int) -> None:
    number = checked(digits)
    wrong = number[:at] + str((int(number[at]) + change) % 10) + number[at + 1 :]
    assert "number.check-digit" in {e.code for e in read_number(wrong).errors}


@given(st.from_regex(r"[0-9]{17}", fullmatch=True), st.integers(0, 15))
def test_two_neighbours_swapped_are_always_noticed(digits: str, at: int) -> None:
    number = checked(digits)
    if number[at] != number[at + 1]:
        wrong = number[:at] + number[at + 1] + number[at] + number[at + 2 :]
        assert "number.check-digit" in {e.code for e in read_number(wrong).errors}


@given(st.text(max_size=20))
def test_no_text_raises(text: str) -> None:
    read_number(text)
    read_number(tidy_number(text))


def test_typed_numbers_are_tidied() -> None:
    assert tidy_number(" 1101051949 1231002x ") == "11010519491231002X"
    assert (
        tidy_number("\uff11\uff11\uff10\uff11\uff10\uff15\uff58") == "110105X"
    )  # as an input method types it


@pytest.mark.parametrize(
    ("birth", "day", "age"),
    [
        (date(1985, 3, 12), date(2026, 3, 11), 40),
        (date(1985, 3, 12), date(2026, 3, 12), 41),
        (date(2004, 2, 29), date(2026, 2, 28), 21),
        (date(2004, 2, 29), date(2026, 3, 1), 22),
        (date(2026, 1, 1), date(2026, 1, 1), 0),
    ],
)
def test_age_in_full_years(birth: date, day: date, age: int) -> None:
    assert age_on(birth, day) == age


def test_nobody_has_an_age_before_birth() -> None:
    with pytest.raises(ValueError, match="not born"):
        age_on(date(2026, 1, 2), date(2026, 1, 1))


def test_a_check_digit_needs_seventeen_digits() -> None:
    with pytest.raises(ValueError, match="seventeen"):
        check_digit("1234567890123456x")
