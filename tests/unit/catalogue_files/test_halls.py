"""The demo hall loads, fits the catalogue, and a hall's file with mistakes says where they are."""

from __future__ import annotations

from collections import Counter as Tally
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from counter_app.catalogue_files.checking import CheckedCatalogue
from counter_app.catalogue_files.files import TomlCatalogue
from counter_app.catalogue_files.halls import TomlHall
from counter_app.catalogue_files.romaniser import PinyinRomaniser
from counter_app.errors import UserFacingError
from counter_app.i18n import RESOURCES
from counter_app.use_cases.ports.catalogue import HallFiles

DEMO = RESOURCES / "demo" / "hall.toml"
HALLS: HallFiles = TomlHall()
PLAN = HALLS.load_hall(DEMO)
CATALOGUE = TomlCatalogue().load(RESOURCES / "catalogue")
HALL_TIME = timezone(timedelta(hours=8))


def test_the_tree_runs_from_city_to_sixteen_stations_in_the_states_of_the_source() -> None:
    assert PLAN.hall.name == "南环街道便民服务中心"
    kinds = {hall.code: hall.kind for hall in PLAN.halls}
    assert kinds[PLAN.hall.parent] == "district"
    stations = PLAN.stations()
    assert len(stations) == 16
    assert Tally(station.building for station in stations) == {
        "built": 5,
        "agreed": 7,
        "under_construction": 1,
        "siting": 3,
    }
    assert any(station.name.startswith("署西社区") for station in stations)


def test_seven_departments_of_the_source_and_two_for_exercise_have_moved_in_and_every_body_is_known() -> None:
    assert [department.name for department in PLAN.departments if department.moved_in] == [
        "服务中心管理处",
        "人口计生",
        "劳动就业",
        "社会保障",
        "民政优抚",
        "残联",
        "老龄",
        "工商局",
        "卫生局",
    ]
    assert {(body.code, body.name) for body in CATALOGUE.bodies} == {
        (department.code, department.name) for department in PLAN.departments
    }


def test_every_item_can_be_done_at_a_counter_and_its_line_takes_it() -> None:
    assert CheckedCatalogue(PinyinRomaniser()).check_hall(DEMO, CATALOGUE) == ()
    letters = {line.letter: line for line in PLAN.lines}
    for item in CATALOGUE.items:
        assert PLAN.counters_for(item.licence), item.code
        assert item.licence in letters[item.line].licences, item.code
    assert letters["Y"].priority


def test_counter_five_does_business_registration_only_and_alone() -> None:
    assert [counter.number for counter in PLAN.counters_for("enterprise")] == [5]
    five = next(counter for counter in PLAN.counters if counter.number == 5)
    assert five.licences == ("enterprise",)
    assert [counter.number for counter in PLAN.counters_for("06")] == [3, 2]


def test_people_have_badges_roles_and_pins_for_training_only() -> None:
    assert PLAN.training
    assert {role for member in PLAN.staff for role in member.roles} == {
        "inquiry",
        "intake",
        "handling",
        "supervision",
        "admin",
    }
    assert all(len(member.training_pin) == 6 for member in PLAN.staff)
    assert all(post.a != post.b for post in PLAN.posts)
    leader = PLAN.leader_on(date(2026, 11, 23))
    assert leader is not None
    assert leader.title == "主任"


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        ("2026-11-23T08:29:59", False),
        ("2026-11-23T08:30:00", True),
        ("2026-11-23T12:00:00", False),
        ("2026-11-23T17:29:59", True),
        ("2026-11-22T10:00:00", True),
        ("2026-11-22T15:00:00", False),
    ],
)
def test_opening_hours(moment: str, is_open: bool) -> None:
    assert PLAN.open_at(datetime.fromisoformat(moment).replace(tzinfo=HALL_TIME)) == is_open


def test_promises_are_those_of_the_source() -> None:
    assert len(PLAN.promises) == 10
    assert PLAN.promises[2].source_text == "2、严格作息制度,认真执行AB岗制度,不出现无故空岗。"
    assert PLAN.complaint_line == "12345"
    assert "96266" in PLAN.complaint_note


@pytest.mark.parametrize(
    ("old", "new", "code", "field"),
    [
        ('code = "nanhuan"', 'code = "nowhere"', "unknown-reference", "code"),
        ('parent = "city"', 'parent = "moon"', "unknown-reference", "halls[1].parent"),
        ('kind = "city"', 'kind = "city"\nparent = "nanhuan"', "circle", "halls[0].parent"),
        ("training = true", "training = false", "pin-in-file", "staff[0].training_pin"),
        ('badge = "1002"', 'badge = "1001"', "duplicate-code", "staff[1]"),
        ('department = "centre"', 'department = "sea"', "unknown-reference", "staff[0].department"),
        ('a = "1001"', 'a = "9999"', "unknown-reference", "posts[0].a"),
        ("counter = 1", "counter = 77", "unknown-reference", "posts[1].counter"),
        ('licences = ["enterprise"]', 'licences = ["bank"]', "unknown-reference", "counters[4].licences[0]"),
        ("closes = 12:00:00", "closes = 08:00:00", "closes-before-opening", "hours[0].closes"),
        ("opens = 08:30:00", 'opens = "morning"', "shape-pattern", "hours[0].opens"),
        ("number = 1", "number = 0", "shape-minimum", "counters[0].number"),
        ('letter = "B"', 'letter = "b"', "shape-pattern", "lines[1].letter"),
        ('building = "siting"', 'building = "ruin"', "shape-enum", "halls[16].building"),
        ('short_name = "南环便服"', 'shrt_name = "南环便服"', "shape-required", "short_name"),
    ],
)
def test_a_mistake_is_named(tmp_path: Path, old: str, new: str, code: str, field: str) -> None:
    text = DEMO.read_text("utf-8")
    assert old in text
    spoiled = tmp_path / "hall.toml"
    spoiled.write_text(text.replace(old, new, 1), "utf-8")
    found = CheckedCatalogue(PinyinRomaniser()).check_hall(spoiled, CATALOGUE)
    assert (code, field) in {(problem.code, problem.field) for problem in found}
    assert all(problem.file == "hall.toml" for problem in found)


def test_a_hall_that_cannot_be_used_is_refused_with_the_place(tmp_path: Path) -> None:
    spoiled = tmp_path / "hall.toml"
    spoiled.write_text(DEMO.read_text("utf-8").replace('parent = "city"', 'parent = "moon"'), "utf-8")
    with pytest.raises(UserFacingError) as caught:
        TomlHall().load_hall(spoiled)
    assert caught.value.code == "hall.unreadable"
    assert "halls[1].parent" in str(caught.value)
    with pytest.raises(UserFacingError):
        TomlHall().load_hall(tmp_path / "missing.toml")
