"""Competence by place, by table (mission: I16)."""

from __future__ import annotations

import pytest

from counter_app.domain.catalogue.items import Competence, PlaceRule
from counter_app.domain.intake.case import Participant
from counter_app.domain.intake.competence import Found, Places, competence, hall_places, places
from counter_app.domain.intake.parties import Identity

HALL = Places("运河区", "南环街道")
OURS = "河北省沧州市运河区南环街道绿之园1号"
OTHER = "河北省沧州市新华区建设北街街道2号"
NEXT_TOWN = "河北省沧州市运河区西环街道3号"
OPEN = "河北省沧州市运河区解放西路4号"
CITY = "新疆维吾尔自治区喀什市胡杨路社区三组18号"


@pytest.mark.parametrize(
    ("address", "county", "town"),
    [
        (OURS, "运河区", "南环街道"),
        ("浙江省温州市永嘉县上塘镇环城市场1号", "永嘉县", "上塘镇"),
        ("新疆维吾尔自治区和田地区墨玉县喀拉喀什镇", "墨玉县", "喀拉喀什镇"),
        ("杭州市西湖区北山街道", "西湖区", "北山街道"),
        (CITY, "", ""),
        ("", "", ""),
    ],
)
def test_places_of_addresses(address: str, county: str, town: str) -> None:
    assert places(address) == Places(county, town)


def test_a_halls_places_come_from_its_name_and_those_above() -> None:
    assert hall_places(("南环街道便民服务中心", "运河区政务服务中心", "市政务服务中心")) == HALL


@pytest.mark.parametrize(
    ("rule", "husband", "wife", "expected"),
    [
        ("applicant_registered", OURS, "", "ours"),
        ("applicant_registered", OTHER, "", "elsewhere"),
        ("applicant_registered", NEXT_TOWN, "", "elsewhere"),
        ("applicant_registered", OPEN, "", "ask"),
        ("applicant_registered", CITY, "", "ask"),
        ("either_spouse_registered", OTHER, OURS, "ours"),
        ("either_spouse_registered", OTHER, OPEN, "ask"),
        ("either_spouse_registered", OTHER, NEXT_TOWN, "elsewhere"),
        ("wife_registered", OURS, OTHER, "elsewhere"),
        ("wife_registered", OTHER, OURS, "ours"),
        ("wife_registered", OURS, "", "ask"),
        ("current_address", OURS, "", "ask"),
        ("none", OTHER, OTHER, "ours"),
    ],
)
def test_rules_by_table(rule: PlaceRule, husband: str, wife: str, expected: Found) -> None:
    persons = [Participant("h", "applicant", "card")]
    identities = {"h": Identity(name="张伟", sex="1", registered_address=husband)}
    if wife:
        persons.append(Participant("w", "spouse", "card"))
        identities["w"] = Identity(name="李秀英", sex="2", registered_address=wife)
    found = competence(
        Competence(rule=rule, text="", elsewhere="该地街道办"), tuple(persons), identities, {}, HALL
    )
    assert found.found == expected
    assert bool(found.body) == (expected == "elsewhere")


def test_the_current_address_is_what_was_asked() -> None:
    rule = Competence(rule="current_address", text="")
    assert competence(rule, (), {}, {"address": OURS}, HALL).found == "ours"


def test_what_the_clerk_found_out_goes_before_all() -> None:
    rule = Competence(rule="applicant_registered", text="", elsewhere="户籍地街道办")
    persons = (Participant("h", "applicant", "card"),)
    identities = {"h": Identity(name="张伟", registered_address=OTHER)}
    assert competence(rule, persons, identities, {"competence": "ours"}, HALL).found == "ours"
    elsewhere = competence(rule, persons, identities, {"competence": "elsewhere"}, HALL)
    assert (elsewhere.found, elsewhere.body) == ("elsewhere", "户籍地街道办")


def test_the_body_and_the_reason_the_clerk_names_are_said() -> None:
    rule = Competence(rule="current_address", text="", elsewhere="户籍地街道办")
    said = {"competence": "新华区行政审批局", "competence_reason": "实际居住在新华区"}
    found = competence(rule, (), {}, said, HALL)
    assert (found.found, found.body, found.why) == ("elsewhere", "新华区行政审批局", "实际居住在新华区")
    ours = competence(rule, (), {}, {"competence": "ours", "competence_reason": "刚迁入"}, HALL)
    assert (ours.found, ours.why) == ("ours", "刚迁入")
