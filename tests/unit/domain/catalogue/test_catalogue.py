"""New cases take the version of their day, a running case keeps its own (mission: I1)."""

from __future__ import annotations

from datetime import date

import pytest

from counter_app.domain.catalogue.catalogue import Body, Catalogue, Category, Group, Phrases
from counter_app.domain.catalogue.items import Item
from counter_app.errors import UserFacingError
from tests.unit.domain.catalogue.making import an_item, material

OLD = an_item("0602", 1, effective_from=date(2012, 1, 1), effective_to=date(2021, 8, 19))
NEW = an_item("0602", 2, effective_from=date(2021, 8, 20))
OTHER = an_item("0101", 1, group="enterprise")


def a_catalogue(*items: Item) -> Catalogue:
    category = Category(
        code="01",
        name="甲类",
        name_en="A",
        hint="一",
        hint_en="a",
        initials="jl",
        lines=("一",),
        source_text="1、甲类 一",
    )
    group = Group(code="enterprise", name="企业登记", name_en="E", hint="二", hint_en="b", initials="qydj")
    return Catalogue(
        (category,),
        (group,),
        (Body(code="office", name="处", name_en="Office"),),
        (Phrases(material_type=1, reasons=("缺页", "过期")),),
        items,
    )


CATALOGUE = a_catalogue(NEW, OTHER, OLD)


@pytest.mark.parametrize(
    ("day", "version"),
    [("2012-01-01", 1), ("2021-08-19", 1), ("2021-08-20", 2), ("2030-01-01", 2)],
)
def test_the_day_picks_the_version(day: str, version: int) -> None:
    assert CATALOGUE.item("0602", date.fromisoformat(day)).version == version


def test_a_case_begun_before_the_change_keeps_its_version_after_it() -> None:
    kept = CATALOGUE.item("0602", date(2021, 8, 1)).key
    assert CATALOGUE.version(*kept) == OLD
    assert CATALOGUE.item("0602", date(2021, 9, 1)) == NEW


def test_what_it_does_not_hold_is_said_with_a_code_a_script_can_use() -> None:
    def code_of(code: str, day: date | None = None, version: int = 0) -> str:
        with pytest.raises(UserFacingError) as caught:
            if day is None:
                CATALOGUE.version(code, version)
            else:
                CATALOGUE.item(code, day)
        assert code in str(caught.value)
        return caught.value.code

    assert code_of("9999", date(2026, 1, 1)) == "catalogue.unknown-item"
    assert code_of("0602", date(2011, 12, 31)) == "catalogue.not-in-force"
    assert code_of("0602", version=3) == "catalogue.unknown-version"


def test_current_items_stand_in_the_order_of_their_codes_once_each() -> None:
    assert CATALOGUE.current(date(2026, 1, 1)) == (OTHER, NEW)
    assert CATALOGUE.history("0602") == (OLD, NEW)


def test_an_item_with_a_group_stands_under_it_and_not_under_its_category() -> None:
    day = date(2026, 1, 1)
    assert CATALOGUE.in_category("enterprise", day) == (OTHER,)
    assert CATALOGUE.in_category("01", day) == (NEW,)
    assert CATALOGUE.licences() == ("01", "enterprise")
    assert CATALOGUE.licence_name(OTHER.licence) == "企业登记"


def test_reasons_for_correction_are_the_materials_own_and_then_those_of_its_type() -> None:
    paper = material("m", correction_reasons=("过期", "缺背面"))
    assert CATALOGUE.correction_reasons(paper) == ("过期", "缺背面", "缺页")
    assert CATALOGUE.correction_reasons(material("form", material_type=2)) == ()
