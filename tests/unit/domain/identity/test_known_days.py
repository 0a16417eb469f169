"""Days of which only a part is known."""

from __future__ import annotations

from datetime import date

import pytest

from counter_app.domain.identity.known_days import birth_words, latest_day, read_known, written_out


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("1980-03-12", (date(1980, 3, 12), "")),
        ("1980年03月12日", (date(1980, 3, 12), "")),
        ("1980.03", (None, "1980-03")),
        ("1980", (None, "1980")),
        (" ", (None, "")),
        ("1980-??-??", (None, "1980")),
        ("1980-03-??", (None, "1980-03")),
        ("1980年？？月？？日", (None, "1980")),
    ],
)
def test_as_much_as_is_known(text: str, read: tuple[date | None, str]) -> None:
    assert read_known(text) == read


@pytest.mark.parametrize(
    "text",
    [
        "198",
        "19800",
        "1980-13",
        "198?",
        "????-03-12",
        "1980-??-12",
        "19??-03-12",
        "1980-13-??",
        "1980-02-30",
        "0000",
        "März 80",
        "１９８０",
    ],
)
def test_what_is_neither_a_day_nor_a_part(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_known(text)


def test_the_last_day_it_can_be() -> None:
    assert latest_day(None, "1980") == date(1980, 12, 31)
    assert latest_day(None, "1980-02") == date(1980, 2, 29)
    assert latest_day(date(1980, 3, 12), "") == date(1980, 3, 12)
    assert latest_day(None, "") is None


@pytest.mark.parametrize("text", ["1980-03-12", "1980-03-??", "1980-??-??", ""])
def test_what_is_missing_is_written_out_and_read_again(text: str) -> None:
    assert written_out(*read_known(text)) == text


def test_papers_say_what_is_not_known() -> None:
    assert birth_words(None, "1980") == "1980（月、日不详）"
    assert birth_words(None, "1980-03") == "1980-03（日不详）"
    assert birth_words(date(1980, 3, 12), "") == "1980-03-12"
    assert birth_words(None, "") == ""
