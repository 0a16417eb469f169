"""Finding items by name, part of it, pinyin initials, code, category, English (mission: I1)."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.catalogue.search import ItemIndex, query_tokens, tokens
from tests.unit.domain.catalogue.making import an_item
from tests.unit.domain.catalogue.test_catalogue import a_catalogue

CERTIFICATE = an_item(
    "0603",
    name="《流动人口婚育证明》办理",
    short_name="婚育证明",
    initials=("ldrkhyzmbl", "hyzm"),
    name_en="Certificate for migrants",
)
VERIFY = an_item("0604", name="流动人口婚育证明验证", initials=("ldrkhyzmyz",))
SENIOR = an_item("1101", name="老年优待证办理", aliases=("老年证",), initials=("lnydzbl", "lnz"))
LICENCE = an_item("0511", name="营业执照（设立登记）", initials=("yyzzsldj",), group="enterprise")
CATALOGUE = a_catalogue(CERTIFICATE, VERIFY, SENIOR, LICENCE)
INDEX = ItemIndex(CATALOGUE, CATALOGUE.current(date(2026, 1, 1)))


def found(query: str) -> list[str]:
    return [hit.item.code for hit in INDEX.find(query)]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("ldrk", "0603"),
        ("LDRK", "0603"),
        ("hyzm", "0603"),
        ("ldrkhyzmyz", "0604"),
        ("婚育证明", "0603"),
        ("流动人口", "0603"),
        ("验证", "0604"),
        ("老年证", "1101"),
        ("ydz", "1101"),
        ("0603", "0603"),
        ("《流动人口婚育证明》", "0603"),
        (" 营业 执照 ", "0511"),
        ("qydj", "0511"),
        ("企业", "0511"),
        ("migrants", "0603"),
        ("流动证明", "0603"),
        ("lnbl", "1101"),
    ],
)
def test_what_clerks_type_finds_the_item_first(query: str, first: str) -> None:
    assert found(query)[:1] == [first]


def test_both_items_of_floating_people_are_offered() -> None:
    assert found("ldrk") == ["0603", "0604"]


def test_an_exact_code_stands_before_everything_else_and_a_name_before_its_parts() -> None:
    named = an_item("0700", name="0603 号", initials=("0603h",))
    index = ItemIndex(CATALOGUE, [named, CERTIFICATE])
    assert [hit.item.code for hit in index.find("0603")] == ["0603", "0700"]


def test_a_code_with_letters_is_found_as_it_is_typed() -> None:
    lettered = an_item(code="A0603", name="某事项")
    index = ItemIndex(CATALOGUE, [CERTIFICATE, lettered])
    assert [index.find(query)[0].item.code for query in ("A0603", "a0603", "A06")] == ["A0603"] * 3


@pytest.mark.parametrize("query", ["", "   ", "《》", "没有这样的事", "zzzz", "x" * 5000])
def test_nothing_is_found_for_nothing(query: str) -> None:
    assert found(query) == []


def test_no_more_than_asked_for() -> None:
    assert len(INDEX.find("l", most=1)) == 1


@given(st.text(max_size=80))
def test_no_text_breaks_the_search(query: str) -> None:
    hits = INDEX.find(query)
    assert len({hit.item.key for hit in hits}) == len(hits)
    assert [hit.rank for hit in hits] == sorted(hit.rank for hit in hits)


def test_two_characters_of_a_name_find_it() -> None:
    """A trigram index finds nothing for two characters, and names have two (libraries.md)."""
    stored = set(tokens("仇颖", "qy"))
    assert set(query_tokens("仇颖")) <= stored
    assert set(query_tokens("qy")) <= stored
    assert set(query_tokens("颖")) <= stored
    assert not set(query_tokens("仇英")) <= stored
    assert query_tokens("··") == ()


@given(
    st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1, max_size=50),
    st.integers(0, 49),
    st.integers(1, 50),
)
def test_every_part_of_a_name_leads_to_it(name: str, start: int, length: int) -> None:
    part = name[start : start + length]
    assert set(query_tokens(part)) <= set(tokens(name))


@given(
    st.text(st.characters(min_codepoint=97, max_codepoint=122), min_size=1, max_size=50), st.integers(1, 40)
)
def test_every_beginning_of_the_initials_leads_to_it(initials: str, length: int) -> None:
    assert set(query_tokens(initials[:length])) <= set(tokens("名字", initials))
