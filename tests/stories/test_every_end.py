"""Every case ends, with its paper and its basis (mission: C17)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from counter_app.domain.intake.case import Case
from counter_app.domain.intake.fold import CASES
from counter_app.domain.intake.paper_facts import DecisionInput
from counter_app.domain.paper.facts import PaperFacts
from counter_app.domain.paper.facts_ending import EndFacts
from counter_app.domain.paper.facts_intake import ReturnListFacts
from counter_app.domain.paper.facts_outcome import ResultFacts
from counter_app.errors import UserFacingError
from tests.support.behind import decided_behind
from tests.support.intake_hall import CLERK, IntakeHall, opened

LAW = "《行政许可法》第三十八条"


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[IntakeHall]:
    yield from opened(tmp_path)


def accepted(hall: IntakeHall, lacking: str = "") -> str:
    case = hall.case("0603", "zhang", married="yes", has_children="no")
    if lacking:
        hall.intake.mark(CLERK, hall.key(), case, lacking, "lacking")
    hall.mark_all(case)
    hall.intake.decide(CLERK, hall.key(), case, "accept")
    return case


def end(hall: IntakeHall, case: str, kind: str, detail: DecisionInput) -> tuple[Case, PaperFacts]:
    allowed = hall.queries.case_view(case, "3").verdict.allowed
    outcome = next(one for one in allowed if one == kind)
    hall.intake.decide(CLERK, hall.key(), case, outcome, detail)
    return left(hall, case)


def left(hall: IntakeHall, case: str) -> tuple[Case, PaperFacts]:
    """How the case stands, and its last paper."""
    with hall.store.reading() as reader:
        state = reader.need(CASES, case)
        paper = reader.papers.of_case(case)[-1]
    return state, hall.papers.facts(paper.id)[1]


# mission: C17 P3
def test_a_denial_names_reason_article_and_remedies(hall: IntakeHall) -> None:
    case = accepted(hall)
    assert "deny" not in hall.queries.case_view(case, "3").verdict.allowed
    with pytest.raises(UserFacingError) as caught:
        hall.intake.decide(CLERK, hall.key(), case, "deny", DecisionInput(reason="不符合", article=LAW))
    assert caught.value.code == "decision.behind"
    with pytest.raises(UserFacingError) as caught:
        decided_behind(hall, case, "deny", words="不符合法定条件", article="")
    assert caught.value.code == "opinion.no-article"
    law, article = LAW.removeprefix("《").split("》")
    decided_behind(hall, case, "deny", words="不符合法定条件", law=law, article=article)
    state, paper = left(hall, case)
    assert (state.stage, state.ended_at is not None) == ("denied", True)
    assert isinstance(paper, ResultFacts)
    assert (paper.granted, paper.reasons, paper.basis) == (False, "不符合法定条件", (LAW,))
    assert paper.remedies is not None
    assert paper.returned


# mission: C17
def test_a_withdrawal_hands_the_papers_back_on_a_list(hall: IntakeHall) -> None:
    state, paper = end(hall, accepted(hall), "withdraw", DecisionInput(reason="不再外出"))
    assert state.stage == "withdrawn"
    assert isinstance(paper, ReturnListFacts)
    assert (paper.why, bool(paper.materials)) == ("不再外出", True)


# mission: C17
def test_a_termination_has_its_own_decision(hall: IntakeHall) -> None:
    detail = DecisionInput(reason="申请人死亡", article="《行政许可法》第七十条")
    state, paper = end(hall, accepted(hall), "terminate", detail)
    assert state.stage == "terminated"
    assert isinstance(paper, EndFacts)
    assert (paper.end, paper.reason, paper.basis) == (
        "terminated", "申请人死亡", ("《行政许可法》第七十条",),
    )  # fmt: skip


# mission: C17 I6
def test_a_case_lapses_only_after_its_day_and_only_with_a_basis(hall: IntakeHall) -> None:
    case = hall.case("0603", "zhang", married="no", has_children="no")
    hall.intake.mark(CLERK, hall.key(), case, "letter", "missing")
    hall.mark_all(case)
    hall.intake.decide(CLERK, hall.key(), case, "notify")
    assert "lapse" not in hall.queries.case_view(case).verdict.allowed
    hall.clock.advance(days=15)
    state, paper = end(hall, case, "lapse", DecisionInput(reason="逾期未补正", article="本事项办理规定"))
    assert state.stage == "lapsed"
    assert isinstance(paper, EndFacts)
    assert paper.returned


# mission: C17
def test_a_duplicate_goes_on_under_the_other_number(hall: IntakeHall) -> None:
    first, second = accepted(hall), accepted(hall)
    with hall.store.reading() as reader:
        number = reader.need(CASES, first).number
        own = reader.need(CASES, second).number
    with pytest.raises(UserFacingError) as caught:
        end(hall, second, "merge", DecisionInput(into=own))
    assert caught.value.code == "decision.into"
    state, paper = end(hall, second, "merge", DecisionInput(into=number))
    assert (state.stage, state.acts[-1].body) == ("merged", number)
    assert isinstance(paper, EndFacts)
    assert (paper.into, paper.returned) == (number, ())
    with pytest.raises(UserFacingError) as caught:
        hall.intake.decide(CLERK, hall.key(), second, "grant")
    assert caught.value.code == "decision.not-allowed"
