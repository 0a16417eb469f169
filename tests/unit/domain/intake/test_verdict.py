"""The verdict by table: what is suggested, what may be decided, and what is said (I6, I8, I9, I15, I16)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.catalogue.checklist import checklist
from counter_app.domain.catalogue.items import Item
from counter_app.domain.intake.case import Case, Mandate, Mark, MarkKind, Notice, Participant, Stage
from counter_app.domain.intake.competence import OURS, Finding
from counter_app.domain.intake.verdict import Known, Verdict, verdict
from tests.support.intake_hall import catalogue
from tests.unit.domain.intake.support import START, Journal

TODAY = date(2026, 11, 23)
ANSWERS = {"married": "no", "has_children": "no"}
PROMISE = ("0603", ANSWERS)
SPOT = ("0605", {"replacing": "no"})


def case_of(marks: dict[str, MarkKind], stage: Stage = "draft", *, applicant: bool = True) -> Case:
    case = Journal().case
    persons = (Participant("p", "applicant", "card"),) if applicant else ()
    draft = replace(case.draft, persons=persons, marks={code: Mark(kind) for code, kind in marks.items()})
    return replace(case, draft=draft, stage=stage)


def item_of(code: str) -> Item:
    return catalogue().item(code, TODAY)


def judged(
    marks: MarkKind | dict[str, MarkKind],
    which: tuple[str, dict[str, str]] = PROMISE,
    *,
    competence: Finding = OURS,
    case: Case | None = None,
    mandate_short: bool = False,
) -> Verdict:
    item = item_of(which[0])
    lines = checklist(item, which[1], today=TODAY)
    table = marks if isinstance(marks, dict) else {line.material.code: marks for line in lines.lines}
    return verdict(
        Known(
            item=item,
            checklist=lines,
            case=case or case_of(table),
            competence=competence,
            expired=(),
            mandate_short=mandate_short,
            due_if_complete=None,
            today=TODAY,
        )
    )


def said(found: Verdict) -> str:
    return " ".join(sentence.source.format(**sentence.places) for sentence in found.sentences)


def test_all_present_is_accepted_or_decided_on_the_spot() -> None:
    assert judged("present").suggested == "accept"
    spot = judged("present", SPOT)
    assert spot.suggested == "grant"
    assert "accept" in spot.allowed


def test_one_missing_makes_a_notice_and_says_how_many() -> None:
    lines = checklist(item_of("0603"), ANSWERS, today=TODAY).lines
    marks: dict[str, MarkKind] = {line.material.code: "present" for line in lines}
    found = judged(marks | {"letter": "missing", "photo": "to_correct"})
    assert found.suggested == "notify"
    assert "accept" not in found.allowed
    assert "1 missing, 1 to correct" in said(found)
    assert found.may_hold


def test_nothing_is_decided_before_every_line_is_judged() -> None:
    found = judged({"letter": "missing"})
    assert found.suggested is None
    assert "notify" not in found.allowed
    assert "3 materials are not checked yet" in said(found)


def test_what_the_hall_can_mend_can_be_put_right_today() -> None:
    lines = checklist(item_of("0603"), ANSWERS, today=TODAY).lines
    marks: dict[str, MarkKind] = {line.material.code: "present" for line in lines}
    assert judged(marks | {"application_form": "missing"}).mendable_today
    assert not judged(marks | {"letter": "missing"}).mendable_today


def test_without_an_applicant_nothing_is_allowed() -> None:
    found = judged({}, case=case_of({}, applicant=False))
    assert found.allowed == ()
    assert "Nobody applies yet" in said(found)


def test_another_competent_body_is_named_and_refusal_suggested() -> None:
    found = judged("present", competence=Finding("elsewhere", "Not here.", body="户籍地街道办"))
    assert found.suggested == "refuse"
    assert "accept" not in found.allowed
    assert "户籍地街道办" in said(found)


def test_a_place_that_is_not_known_forbids_nothing() -> None:
    found = judged("present", competence=Finding("ask", "Ask for the place."))
    assert found.suggested == "accept"
    assert "Ask for the place." in said(found)


@pytest.mark.parametrize(
    ("code", "answers", "outcome"),
    [
        ("1101", {"age": "under"}, "refuse"),
        ("0602", {"wife_registered_here": "yes", "which_child": "third"}, "no_permit"),
    ],
)
def test_a_stop_of_the_situation_decides(code: str, answers: dict[str, str], outcome: str) -> None:
    item = item_of(code)
    lines = checklist(item, answers, today=TODAY)
    if not lines.stops:
        options = {question.code: [option.code for option in question.options] for question in item.questions}
        pytest.fail(f"{code} does not stop for {answers}: {options}")
    found = judged({}, (code, answers))
    assert found.suggested == outcome
    assert outcome in found.allowed
    assert "This goes no further" in said(found)


def test_a_second_notice_says_that_it_is_counted() -> None:
    lines = checklist(item_of("0603"), ANSWERS, today=TODAY).lines
    marks: dict[str, MarkKind] = {line.material.code: "present" for line in lines}
    case = case_of(marks | {"letter": "missing"}, "reopened")
    case = replace(case, notices=(Notice(1, "e", START, (), None),), open_lines=("letter",))
    assert "second notice" in said(judged({}, case=case))


def test_a_promised_lack_is_accepted_but_never_granted_at_once() -> None:
    item = item_of("0401")
    answers = {"disabled": "no", "ill": "no", "student": "yes", "by_agent": "no"}
    lines = checklist(item, answers, today=TODAY).lines
    marks: dict[str, MarkKind] = {line.material.code: "present" for line in lines}
    found = judged(marks | {"enrolment": "lacking"}, ("0401", answers))
    assert found.suggested == "accept"
    assert "grant" not in found.allowed
    assert "may come later" in said(found)


def test_an_agent_without_a_mandate_in_force_holds_things_up() -> None:
    found = judged("present", mandate_short=True)
    assert found.suggested is None
    assert "accept" not in found.allowed


def test_a_mandate_ends() -> None:
    mandate = Mandate("代办婚育证明", until=date(2026, 11, 22))
    assert not mandate.holds(TODAY)
    assert replace(mandate, until=None).holds(TODAY)


MARK_KINDS: st.SearchStrategy[MarkKind] = st.sampled_from(["present", "to_correct", "missing", "lacking"])


@given(
    st.fixed_dictionaries(
        {}, optional=dict.fromkeys(("letter", "application_form", "resident_id", "photo"), MARK_KINDS)
    )
)
def test_the_verdict_is_consistent(marks: dict[str, MarkKind]) -> None:
    found = judged(marks)
    counts = found.counts
    assert counts.lines == counts.present + counts.short + counts.lacking + counts.unmarked
    assert found.suggested is None or found.suggested in found.allowed
    assert not {"accept", "notify"} <= set(found.allowed)
    assert ("accept" in found.allowed) == (counts.settled and not counts.short)
