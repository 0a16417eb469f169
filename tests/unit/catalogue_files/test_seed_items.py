"""The hall's own catalogue: the source's items word for word, and the stories people live with them."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from counter_app.catalogue_files.checking import CheckedCatalogue
from counter_app.catalogue_files.files import TomlCatalogue
from counter_app.catalogue_files.romaniser import PinyinRomaniser
from counter_app.domain.catalogue.checklist import Checklist, checklist
from counter_app.domain.catalogue.items import Item
from counter_app.domain.catalogue.materials import PENDING
from counter_app.domain.catalogue.questions import Answer
from counter_app.domain.catalogue.search import ItemIndex, with_initials
from counter_app.domain.time.limits import Limit
from counter_app.i18n import RESOURCES

FOLDER = RESOURCES / "catalogue"
CATALOGUE = TomlCatalogue().load(FOLDER)
TODAY = date(2026, 11, 23)
LONG_AGO = date(2015, 6, 1)


def lines(result: Checklist) -> dict[str, tuple[str, ...]]:
    """Names of what is asked, with the reasons."""
    return {line.material.name: line.because for line in result.lines}


def ask(code: str, on: date = TODAY, **answers: Answer) -> Checklist:
    return checklist(CATALOGUE.item(code, on), answers, today=on)


def test_the_catalogue_has_no_problem() -> None:
    assert CheckedCatalogue(PinyinRomaniser()).check(FOLDER) == ()


def test_the_twelve_categories_stand_as_in_the_source_and_none_is_empty() -> None:
    assert [category.name for category in CATALOGUE.categories] == [
        "党建群团",
        "民政优抚",
        "劳动就业",
        "社会保障",
        "社会事务",
        "计划生育",
        "环境卫生",
        "综合治理",
        "文体教育",
        "科技科普",
        "老年服务",
        "关心下一代",
    ]
    for category in CATALOGUE.categories:
        assert CATALOGUE.in_category(category.code, TODAY), category.name
        for line in category.lines:
            assert line in category.source_text
    assert CATALOGUE.categories[5].source_text == (
        "6、计划生育 办理生殖保健服务证、光荣证,政策宣传,生殖保健服务"
    )


@pytest.mark.parametrize(
    ("code", "sentences"),
    [
        (
            "0601",
            (
                "《生育第一个子女夫妇有关情况证明》表;",
                "夫妻双方户口本、身份证、结婚证和公安部门出示的户籍证明;",
                "两人合影二寸照片两张;",
                "特殊情形,另提供相关证件、证明。",
            ),
        ),
        (
            "0602",
            (
                "《二孩生育审批表》;",
                "双方所在单位或者村(居)民委员会出具的本人生育证明;",
                "户口本、居民身份证、结婚证和公安部门出示的户籍证明;",
                "全家合影二寸照片两张",
                "已收养子女的,提供民政部门出具的收养证明;",
                "具有《山东省人口与计划生育条例》规定的特殊情形之一的证明。",
            ),
        ),
        (
            "0603",
            (
                "填写《办理〈流动人口婚育证明〉申请表》;",
                "持村委会(或单位)证明信、本人的《居民身份证》、1寸照片2张;",
                "(已婚的需持结婚证、生育证或单位出具的婚姻状况证明)",
                "(已生育子女的提交计生部门出具避孕节育措施情况证明)",
                "(违法生育的还当提交处理执行情况证明)",
            ),
        ),
        ("0604", ("交验《流动人口婚育证明》", "口头或书面申报")),
    ],
)
def test_each_sentence_of_the_source_stands_on_the_material_it_asks_for(
    code: str, sentences: tuple[str, ...]
) -> None:
    item = CATALOGUE.item(code, LONG_AGO)
    quoted = {material.source_text for material in item.materials if material.source_text}
    assert quoted == set(sentences)
    for sentence in sentences:
        assert sentence in item.source_text


def test_a_married_mother_leaving_for_work_brings_two_more_papers_and_is_told_why() -> None:
    result = ask("0603", married="yes", has_children="yes", unlawful_birth="no")
    assert list(lines(result).items()) == [
        ("村委会（或单位）证明信", ()),
        ("《办理〈流动人口婚育证明〉申请表》", ()),
        ("居民身份证", ()),
        ("1 寸照片 2 张", ()),
        ("结婚证", ("已婚",)),
        ("避孕节育措施情况证明", ("已生育子女",)),
    ]
    assert result.complete
    assert result.stops == ()
    cert = result.lines[4].material
    assert cert.full_name == "结婚证(或生育证、单位出具的婚姻状况证明)"
    assert result.lines[5].material.issued_within_days == 30
    assert CATALOGUE.item("0603", TODAY).legal_basis[0].article == "第七条"


def test_a_single_man_leaving_for_work_is_not_asked_about_unlawful_births() -> None:
    result = ask("0603", married="no", has_children="no")
    assert len(result.lines) == 4
    assert result.complete
    assert "处理执行情况证明" in lines(ask("0603", married="no", has_children="yes", unlawful_birth="yes"))


@pytest.mark.parametrize(
    ("arrived", "days", "late"),
    [("2026-11-20", 3, False), ("2026-11-19", 3, True), ("2026-11-19", 30, False)],
)
def test_verification_within_three_days_of_arrival_is_a_setting(arrived: str, days: int, late: bool) -> None:
    item = CATALOGUE.item("0604", TODAY)
    answers: dict[str, Answer] = {"arrived_on": arrived, "declared": "yes", "has_certificate": "yes"}
    result = checklist(item, answers, today=TODAY, settings={"floating.verify_days": days})
    assert bool(result.notes) == late
    assert result.on_the_spot
    assert list(lines(result)) == ["《流动人口婚育证明》"]


def test_who_has_no_certificate_to_show_is_sent_to_the_right_body() -> None:
    (stop,) = ask("0604", arrived_on="2026-11-23", declared="yes", has_certificate="no").stops
    assert (stop.what.outcome, stop.what.item) == ("elsewhere", "0603")
    assert stop.what.body == "户籍所在地的乡镇人民政府、街道办事处"
    assert stop.because == ("无婚育证明",)


def test_chopsticks_call_for_two_permits_first() -> None:
    result = ask("0511", form="company", scope=("chopsticks",), by_agent="no")
    reason = ("经营范围：加工卫生筷子",)
    assert [(entry.what.item, entry.because) for entry in result.prerequisites] == [
        ("0512", reason),
        ("0513", reason),
    ]
    assert [CATALOGUE.item(e.what.item, TODAY).name for e in result.prerequisites] == [
        "卫生许可证",
        "木材经营加工许可证",
    ]
    asked = lines(result)
    assert asked["卫生许可证"] == asked["木材经营加工许可证"] == reason
    assert not result.on_the_spot
    satisfied = {line.material.code: line.material.satisfied_by for line in result.lines}
    assert satisfied["hygiene_permit"] == ("0512",)


def test_a_shop_without_chopsticks_may_be_registered_on_the_spot() -> None:
    result = ask("0511", form="individual", scope=("other",), by_agent="no")
    assert result.prerequisites == ()
    assert result.on_the_spot
    assert "卫生许可证" not in lines(result)
    assert result.legal_limit == Limit(3, "working_days")


def test_the_handbook_asks_both_spouses_and_the_closed_list_stands_under_the_open_clause() -> None:
    item = CATALOGUE.item("0601", LONG_AGO)
    special = item.question("special")
    assert special is not None
    assert special.source_text == "特殊情形,另提供相关证件、证明。"
    assert len(special.options) > 2
    base: dict[str, Answer] = {"registered_here": "yes", "married": "yes", "first_child": "yes"}
    plain = checklist(item, {**base, "special": ("none",)})
    assert "结婚证" in lines(plain)
    assert next(entry for entry in plain.lines if entry.material.code == "household_books").originals == 2
    remarried = checklist(item, {**base, "special": ("remarried", "soldier")})
    added = [
        line for line in remarried.lines if line.material not in {entry.material for entry in plain.lines}
    ]
    assert [(line.material.code, line.because) for line in added] == [
        ("divorce_paper", ("再婚",)),
        ("military_paper", ("现役军人",)),
    ]


def test_place_decides_who_is_competent() -> None:
    (stop,) = ask("0601", LONG_AGO, registered_here="no").stops
    assert stop.what.outcome == "elsewhere"
    assert "一方常住户籍所在地" in stop.what.body
    (stop,) = ask("0602", LONG_AGO, wife_registered_here="no").stops
    assert "女方户籍所在地" in stop.what.body


def test_the_birth_permit_is_asked_for_before_pregnancy_and_decided_by_the_county() -> None:
    item = CATALOGUE.item("0602", LONG_AGO)
    assert item.report_up is not None
    assert item.report_up.body == "县级计划生育行政部门"
    (stop,) = ask("0602", LONG_AGO, wife_registered_here="yes", pregnant="yes").stops
    assert stop.what.outcome == "refuse"
    assert "妊娠前" in stop.what.text
    adopted = ask(
        "0602", LONG_AGO, wife_registered_here="yes", pregnant="no", adopted="yes", circumstance="none"
    )
    assert lines(adopted)["民政部门出具的收养证明"] == ("已收养子女",)
    assert adopted.complete
    assert [made.code for made in adopted.made_here] == ["birth_permit"]


def test_after_the_law_changed_registration_replaces_approval_but_a_running_case_keeps_its_version() -> None:
    begun = CATALOGUE.item("0602", date(2021, 8, 19))
    assert begun.version == 1
    now = CATALOGUE.item("0602", date(2021, 8, 20))
    assert now.version == 2
    (stop,) = ask("0602", wife_registered_here="yes", which_child="third").stops
    assert (stop.what.outcome, stop.what.item) == ("no_permit", "0601")
    assert CATALOGUE.item("0601", TODAY).name == "生育登记（领取《计划生育服务手册》）"
    assert CATALOGUE.version(*begun.key) == begun
    assert "which_child" not in {question.code for question in begun.questions}


def test_road_work_that_touches_no_road_needs_no_permit() -> None:
    (stop,) = ask("0811", work="none").stops
    assert stop.what.outcome == "no_permit"
    result = ask("0811", work="occupy", traffic="yes")
    design = next(line for line in result.lines if line.material.code == "design")
    assert (design.originals, design.because) == (3, ("占用挖掘公路", "影响交通安全"))


def test_all_four_kinds_are_there_to_practise() -> None:
    current = CATALOGUE.current(TODAY)
    assert len(current) >= 24
    assert sum(item.on_the_spot for item in current) >= 2
    assert sum(item.item_kind == 2 for item in current) >= 5
    assert any(item.report_up for item in current)
    outcomes = {effect.stop.outcome for item in current for effect in item.effects if effect.stop}
    assert outcomes == {"refuse", "no_permit", "elsewhere"}
    assert any(not item.permit for item in current)


@pytest.mark.parametrize("item", CATALOGUE.items, ids=lambda item: f"{item.code}-v{item.version}")
def test_every_material_tells_all_that_a_citizen_needs(item: Item) -> None:
    assert item.materials
    assert item.name_en
    for material in item.materials:
        texts = (material.purpose, material.content, material.requirement, material.size)
        assert all(texts), material.code
        assert CATALOGUE.correction_reasons(material)


CHECKED_ARTICLES = {
    ("流动人口计划生育工作条例", "第七条"),
    ("流动人口计划生育工作条例", "第八条"),
    ("中华人民共和国市场主体登记管理条例", "第十六条"),
    ("中华人民共和国市场主体登记管理条例", "第十六条、第十九条"),
}


@pytest.mark.parametrize("item", CATALOGUE.items, ids=lambda item: f"{item.code}-v{item.version}")
def test_no_article_is_invented(item: Item) -> None:
    """An article is one that was read in its source, or 待核; without any basis the field says so."""
    bases = [
        *item.legal_basis,
        *(basis for material in item.materials for basis in material.legal_basis),
        *(e.stop.basis for e in item.effects if e.stop and e.stop.basis),
    ]
    for basis in bases:
        assert basis.article == PENDING or (basis.name, basis.article) in CHECKED_ARTICLES
    if not any(not basis.pending for basis in item.legal_basis):
        assert "legal_basis" in item.pending_check
    assert item.fees == ()


def test_the_stored_initials_are_those_of_the_names() -> None:
    romaniser = PinyinRomaniser()
    for item in CATALOGUE.items:
        assert with_initials(item, romaniser.initials) == item, item.code
    for category in CATALOGUE.categories:
        assert category.initials == romaniser.initials(category.name)


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("ldrk", "0603"),
        ("低保", "0401"),
        ("db", "0401"),
        ("yyzz", "0511"),
        ("生育证", "0602"),
        ("0601", "0601"),
        ("医保", "0402"),
        ("lnz", "1101"),
        ("准生证", "0602"),
        ("服务手册", "0601"),
        ("residence", "0802"),
        ("残疾", "0201"),
    ],
)
def test_clerks_find_what_they_look_for(query: str, code: str) -> None:
    index = ItemIndex(CATALOGUE, CATALOGUE.current(TODAY))
    assert code in [hit.item.code for hit in index.find(query)][:2]


def test_files_are_named_after_their_items_and_hold_no_path_of_a_machine() -> None:
    for path in Path(FOLDER).rglob("*.toml"):
        assert not re.search(r"/(work|tmp|home|root)/", path.read_text("utf-8")), path.name
