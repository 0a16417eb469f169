"""A small made-up hall: three lines, four counters, items of four licences, six people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, time

from counter_app.domain.catalogue.catalogue import Catalogue, Category
from counter_app.domain.catalogue.items import Competence, Item
from counter_app.domain.hall.plan import (
    Counter,
    Department,
    Hall,
    HallPlan,
    Line,
    OpeningHours,
    Post,
    Role,
    StaffMember,
)
from counter_app.use_cases.ports.store import Reader


def _item(code: str, line: str, category: str) -> Item:
    return Item(
        code=code,
        version=1,
        name=f"事项{code}",
        name_en=f"Item {code}",
        category=category,
        department="民政",
        line=line,
        effective_from=date(2020, 1, 1),
        item_kind=1,
        level=5,
        channels=(1,),
        applicants=("person",),
        competence=Competence(rule="none", text=""),
        source="made up",
    )


def _category(code: str) -> Category:
    return Category(
        code=code,
        name=f"类{code}",
        name_en=f"Category {code}",
        hint="",
        hint_en="",
        initials=code.lower(),
        lines=(),
        source_text="",
    )


CATALOGUE = Catalogue(
    categories=tuple(_category(code) for code in ("birth", "aid", "work", "firm")),
    groups=(),
    bodies=(),
    phrases=(),
    items=(
        _item("B1", "A", "birth"),
        _item("B2", "A", "birth"),
        _item("C1", "A", "aid"),
        _item("W1", "W", "work"),
        _item("F1", "F", "firm"),
    ),
)


def _member(badge: str, *roles: Role) -> StaffMember:
    return StaffMember(badge=badge, name=f"员工{badge}", roles=roles, department="民政")


PLAN = HallPlan(
    code="nanhuan",
    short_name="南环",
    training=True,
    inquiry_line="0317-000",
    complaint_line="12345",
    halls=(Hall(code="nanhuan", name="南环街道便民服务中心", kind="street"),),
    departments=(Department(code="民政", name="民政", moved_in=True),),
    counters=(
        Counter(number=1, name="一号", licences=("birth", "aid")),
        Counter(number=2, name="二号", licences=("aid", "birth", "work")),
        Counter(number=3, name="三号", licences=("work", "birth")),
        Counter(number=5, name="五号", licences=("firm",)),
    ),
    lines=(
        Line(letter="A", name="计生救助", licences=("birth", "aid")),
        Line(letter="W", name="就业", licences=("work",)),
        Line(letter="F", name="企业", licences=("firm",)),
        Line(letter="Y", name="优先", priority=True),
    ),
    staff=(
        _member("w001", "intake"),
        _member("w002", "intake", "inquiry"),
        _member("w003", "intake"),
        _member("s001", "supervision"),
        _member("a001", "admin"),
    ),
    posts=(Post(code="p1", name="一号岗", role="intake", counter=1, a="w001", b="w002"),),
    leaders=(),
    promises=(),
    hours=(OpeningHours(weekdays=(1, 2, 3, 4, 5), opens=time(9), closes=time(17)),),
    settings={},
)


@dataclass(frozen=True)
class FixedReference:
    """A hall and catalogue that do not change."""

    hall: HallPlan = PLAN
    items: Catalogue = CATALOGUE

    def plan(self, reader: Reader) -> HallPlan:
        return self.hall

    def catalogue(self, reader: Reader) -> Catalogue:
        return self.items


def with_settings(settings: Mapping[str, int]) -> FixedReference:
    return FixedReference(replace(PLAN, settings=settings))
