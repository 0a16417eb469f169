"""The demo's made-up citizens: whole, valid, and covering what a counter must cope with."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from counter_app.domain.identity.layouts import LAYOUTS, encode, parse
from counter_app.domain.identity.numbers import age_on, read_number
from counter_app.domain.identity.photo import PhotoState, photo_state
from counter_app.simulators.id_card.tray import Citizen, TrayBad, load_tray, made_up_photo

TODAY = date(2026, 11, 23)


@pytest.fixture(scope="module")
def tray() -> tuple[Citizen, ...]:
    return load_tray()


def test_every_number_is_valid_and_every_card_without_remark(tray: tuple[Citizen, ...]) -> None:
    for citizen in tray:
        facts = read_number(citizen.document.number, TODAY)
        assert facts.is_valid, citizen.key
        assert parse(encode(citizen.document)).warnings == (), citizen.key
        assert citizen.about


def test_what_is_laid_is_what_is_read(tray: tuple[Citizen, ...]) -> None:
    for citizen in tray:
        found = parse(encode(citizen.document))
        chip = replace(found, photo=citizen.document.photo, newest_address=citizen.document.newest_address)
        assert chip == citizen.document
        assert photo_state(citizen.document.photo) is PhotoState.NO_DECODER


def test_the_tray_covers_what_a_counter_must_cope_with(tray: tuple[Citizen, ...]) -> None:
    cards = [citizen.document for citizen in tray]
    assert len(cards) >= 14
    assert {card.kind for card in cards} == set(LAYOUTS)
    assert any(card.name == "阿卜杜拉·买买提" and card.nation.name == "维吾尔" for card in cards)
    assert any("𠅤䶮" in card.name for card in cards)
    assert any(len(card.name_latin) == 50 for card in cards)
    assert any(card.long_term for card in cards)
    assert any(card.is_expired(TODAY) for card in cards)
    assert any(card.newest_address for card in cards)
    ages = [age_on(card.birth, TODAY) for card in cards if card.birth]
    assert min(ages) < 18
    assert max(ages) >= 80
    homes = [card.address for card in cards if card.address]
    assert len(homes) > len(set(homes))  # a married couple under one roof
    assert len({card.number for card in cards}) == len(cards)


def test_photos_differ_and_stay_the_same() -> None:
    assert made_up_photo("a") == made_up_photo("a") != made_up_photo("b")


GOOD = """
[[citizen]]
key = "a"
name = "张三"
sex = "1"
nation = "01"
birth = 1985-03-12
number = "653101198503120218"
valid_from = 2016-05-20
"""


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("nonsense", "Expected"),
        ("", r"\[\[citizen\]\]"),
        (GOOD + "colour = 'red'", "a: colour"),
        (GOOD + GOOD, "a: key"),
        (GOOD.replace('"01"', "1"), "a: nation"),
        (GOOD.replace('sex = "1"', 'sex = "m"'), "a: 'm'"),
        (GOOD.replace("1985-03-12", '"1985-03-12"'), "a: birth"),
        (GOOD.replace("1985-03-12", "1985-03-12T10:00:00"), "a: birth"),
        (GOOD.replace("张三", "张" * 16), "a: name is too long"),
        (GOOD + 'kind = "passport"', "a: passport has no layout"),
    ],
)
def test_mistakes_name_person_and_field(text: str, where: str, tmp_path: Path) -> None:
    path = tmp_path / "tray.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(TrayBad, match=where):
        load_tray(path)


def test_a_good_tray_of_ones_own(tmp_path: Path) -> None:
    path = tmp_path / "tray.toml"
    path.write_text(GOOD, encoding="utf-8")
    (citizen,) = load_tray(path)
    assert (citizen.key, citizen.document.name, citizen.document.long_term) == ("a", "张三", True)
