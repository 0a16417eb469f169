"""Conditions are decided three ways and never guess."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.catalogue.questions import (
    AllOf,
    Answers,
    AnyOf,
    Condition,
    Is,
    Not,
    Option,
    SituationQuestion,
    day_of,
    settle,
)
from counter_app.domain.catalogue.reach import can_hold, surely_longer
from counter_app.domain.time.limits import Limit
from tests.unit.domain.catalogue.making import an_item, yes_no

QUESTIONS = tuple(yes_no(code, f"{code}是", f"{code}否") for code in "abc")
LEAVES = st.builds(Is, st.sampled_from("abc"), st.sampled_from(["yes", "no"]))


def _wider(inner: st.SearchStrategy[Condition]) -> st.SearchStrategy[Condition]:
    parts = st.lists(inner, min_size=1, max_size=3).map(tuple)
    return st.one_of(st.builds(Not, inner), st.builds(AllOf, parts), st.builds(AnyOf, parts))


CONDITIONS: st.SearchStrategy[Condition] = st.recursive(LEAVES, _wider, max_leaves=8)
GIVEN = st.dictionaries(st.sampled_from("abc"), st.sampled_from(["yes", "no"]))


def holds(condition: Condition, answers: Answers) -> bool | None:
    return condition.holds(settle(QUESTIONS, answers, None, {}))


@given(CONDITIONS, GIVEN, st.sampled_from("abc"), st.sampled_from(["yes", "no"]))
def test_a_verdict_once_given_stands_when_more_is_answered(
    condition: Condition, answers: dict[str, str], more: str, said: str
) -> None:
    before = holds(condition, answers)
    if before is not None:
        assert holds(condition, {more: said} | answers) == before


@given(CONDITIONS, st.fixed_dictionaries({code: st.sampled_from(["yes", "no"]) for code in "abc"}))
def test_with_every_answer_given_there_is_a_verdict_and_not_turns_it(
    condition: Condition, answers: dict[str, str]
) -> None:
    verdict = holds(condition, answers)
    assert verdict is not None
    assert holds(Not(condition), answers) is (not verdict)


@given(CONDITIONS)
def test_reach_agrees_with_trying_every_answer(condition: Condition) -> None:
    ways = [{"a": a, "b": b, "c": c} for a in ("yes", "no") for b in ("yes", "no") for c in ("yes", "no")]
    item = an_item(questions=QUESTIONS)
    assert can_hold(item, condition) == any(holds(condition, way) for way in ways)


def test_a_condition_on_questions_that_exclude_each_other_is_never_reached() -> None:
    later = yes_no("later", "后", "前", asked_if=Is("a", "yes"))
    item = an_item(questions=(*QUESTIONS, later))
    assert can_hold(item, Is("later", "yes"))
    assert not can_hold(item, AllOf((Is("a", "no"), Is("later", "yes"))))


def test_answers_read_in_short_words() -> None:
    options = (Option(code="a", text="甲情形", reads="甲"), Option(code="b", text="乙情形", reads="乙"))
    question = SituationQuestion(code="q", text="?", kind="multiple_choice", options=options)
    assert question.reads(("a", "b")) == "甲、乙"
    assert QUESTIONS[0].reads("no") == "a否"
    arrived = SituationQuestion(code="d", text="?", kind="date")
    assert arrived.accepts("2026-11-23")
    assert not arrived.accepts("23.11.2026")
    assert arrived.reads("2026-11-23") == "2026-11-23"
    assert day_of("2026-02-30") is None
    assert day_of("2026-02-28") == date(2026, 2, 28)


def test_limits_are_called_longer_only_when_no_calendar_could_say_otherwise() -> None:
    assert surely_longer(Limit(6, "working_days"), Limit(5, "working_days"))
    assert not surely_longer(Limit(5, "working_days"), Limit(5, "working_days"))
    assert surely_longer(Limit(1, "years"), Limit(20, "working_days"))
    assert not surely_longer(Limit(30, "natural_days"), Limit(20, "working_days"))
    assert surely_longer(Limit(1, "hours"), Limit(0, "on_the_spot"))
    assert not surely_longer(Limit(0, "on_the_spot"), Limit(1, "hours"))
