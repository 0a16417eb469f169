"""Bands are published, what is used of them is seen by who signs and by the citizen (mission: C16)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from counter_app.domain.casework.discretion import c16_kept
from counter_app.domain.paper.builders.registry import build
from counter_app.domain.paper.facts_outcome import ResultFacts
from counter_app.domain.paper.facts_public import GuideFacts
from counter_app.domain.paper.model import Text
from counter_app.errors import UserFacingError
from counter_app.i18n import Translator
from counter_app.ui.desk.words import opinion_lines
from counter_app.use_cases.casework.views import CasePage
from tests.support.casework_hall import HEALTH, CaseworkHall
from tests.support.intake_hall import ENTERPRISE

EXAMINES, APPROVES, FINAL = HEALTH


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[CaseworkHall]:
    hall = CaseworkHall(tmp_path)
    yield hall
    hall.close()


def reviewed(hall: CaseworkHall, amount: int, approver: str, reason: str) -> str:
    """The hygiene permit, its handler's opinion with so many days to put things right."""
    case = hall.accepted("0512", "zhang", ENTERPRISE, staff="no")
    for step in ("visit", "test"):
        hall.casework.work.end_step(EXAMINES, hall.key(), case, step)
    form = hall.page(case, EXAMINES).form
    assert form is not None
    answers = [(question.code, question.phrases[0]) for question in form.review]
    hall.casework.work.fill_review(EXAMINES, hall.key(), case, "review", answers)
    given = replace(
        hall.opinion(case, EXAMINES),
        bands=(("rectify_days", amount),),
        band_approver=approver,
        band_reason=reason,
    )
    hall.casework.work.opine(EXAMINES, hall.key(), case, "review", given)
    return case


def seen(page: CasePage) -> str:
    return opinion_lines(page, Translator("en"))[0].detail


def decision(hall: CaseworkHall, case: str) -> ResultFacts:
    found = (hall.papers.facts(paper.id)[1] for paper in hall.papers.of_case(case))
    return next(facts for facts in found if isinstance(facts, ResultFacts))


def test_who_signs_sees_the_amount_and_the_decision_names_it(hall: CaseworkHall) -> None:
    case = reviewed(hall, 20, APPROVES.staff, c16_kept({"rectify_days": "整改量大"}))
    said = seen(hall.page(case, APPROVES))
    assert "卫生条件需限期整改的天数：20 日 (beyond the band 3 to 15 日)" in said
    assert "to be approved by" in said
    assert "整改量大" in said
    hall.opine(case, "approval", APPROVES)
    hall.opine(case, "final", FINAL, number="卫许1")
    told = dict(decision(hall, case).content)
    assert told["卫生条件需限期整改的天数"] == "20日（裁量标准3至15日，超出）"
    assert told["超出裁量标准的理由"] == "整改量大"
    names = {hall.page(case, EXAMINES).opinions[at].name for at in (1, 2)}
    assert set(told["超出裁量标准的批准人"].split("、")) == names


def test_inside_its_band_the_amount_alone_is_told(hall: CaseworkHall) -> None:
    case = reviewed(hall, 10, "", "")
    assert seen(hall.page(case, APPROVES)).endswith("卫生条件需限期整改的天数：10 日")
    hall.opine(case, "approval", APPROVES)
    hall.opine(case, "final", FINAL, number="卫许1")
    assert decision(hall, case).content == (("卫生条件需限期整改的天数", "10日（裁量标准3至15日）"),)


@pytest.mark.parametrize("badge", ["1021", "nobody", "1003"])
def test_who_is_named_approves_cases_of_this_department(hall: CaseworkHall, badge: str) -> None:
    with pytest.raises(UserFacingError) as refused:
        reviewed(hall, 20, badge, "整改量大")
    assert refused.value.code == "band.not-approver"


def test_the_guide_publishes_the_bands(hall: CaseworkHall) -> None:
    paper = hall.papers.print_guide(ENTERPRISE, hall.key(), "0512", slip=False)
    facts = hall.papers.facts(paper)[1]
    assert isinstance(facts, GuideFacts)
    assert facts.discretion == ("卫生条件需限期整改的天数：3至15日（待核）",)
    texts = [block.text for block in build(facts, Translator("zh_CN")).blocks if isinstance(block, Text)]
    assert any("限期整改的天数：3至15日" in text for text in texts)
