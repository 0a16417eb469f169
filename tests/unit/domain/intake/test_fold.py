"""The case's fold: drafts, undo, acts that no longer fit (mission: I1, I4, I6, I8)."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.intake.case import Case, Draft
from counter_app.domain.intake.facts import (
    CaseAccepted,
    CaseFact,
    CaseGranted,
    CaseNumbered,
    FieldSet,
    ItemChosen,
    MaterialMarked,
    NoteWritten,
    NoticeIssued,
    PapersReceived,
    PersonAdded,
    PersonDropped,
    PersonMatched,
    QuestionAnswered,
    ReturnVisited,
    StepUndone,
)
from counter_app.domain.intake.fold import CASES
from tests.unit.domain.intake.support import Journal

CODES = st.sampled_from(["letter", "photo", "form"])
MARKS = st.sampled_from(["present", "to_correct", "missing", "lacking", None])
STEPS = st.one_of(
    st.builds(MaterialMarked, case=st.just("c"), material=CODES, mark=MARKS),
    st.builds(
        QuestionAnswered,
        case=st.just("c"),
        question=st.sampled_from(["married", "children"]),
        value=st.sampled_from(["yes", "no", None, ("a", "b")]),
    ),
    st.builds(FieldSet, case=st.just("c"), field=st.sampled_from(["phone", "address"])),
    st.builds(ItemChosen, case=st.just("c"), code=st.sampled_from(["0603", "0604"]), item_version=st.just(1)),
    st.builds(
        PersonAdded,
        case=st.just("c"),
        party=st.sampled_from(["p1", "p2"]),
        role=st.sampled_from(["applicant", "spouse", "guardian"]),
        source=st.just("card"),
    ),
    st.builds(PersonDropped, case=st.just("c"), party=st.sampled_from(["p1", "p2"])),
    st.builds(PersonMatched, case=st.just("c"), party=st.sampled_from(["p1", "p2"]), same=st.booleans()),
    st.builds(NoteWritten, case=st.just("c")),
)


def undo(journal: Journal) -> None:
    step = journal.case.steps[-1]
    journal.add(StepUndone(case="c", step=step.event, what=step.what, target=step.target))


@given(st.lists(STEPS, max_size=12), st.lists(STEPS, max_size=12))
def test_undo_returns_exactly_the_former_draft(before: list[CaseFact], after: list[CaseFact]) -> None:
    journal = Journal()
    for fact in before:
        journal.add(fact, text="0317", reason="缺页")
    drafts: list[Draft] = []
    for fact in after:
        draft, steps = journal.case.draft, len(journal.case.steps)
        journal.add(fact, text="0318", reason="看不清")
        if len(journal.case.steps) > steps:
            drafts.append(draft)
    for draft in reversed(drafts):
        undo(journal)
        assert journal.case.draft == draft


@given(st.lists(STEPS, max_size=20))
def test_the_saved_fold_is_the_fold_from_nothing(facts: list[CaseFact]) -> None:
    journal = Journal()
    for fact in facts:
        journal.add(fact, text="x")
        saved = CASES.decode(CASES.encode(journal.case))
        assert saved == journal.case
    assert CASES.replay(journal.events) == journal.case


def marked() -> Journal:
    journal = Journal()
    journal.add(ItemChosen(case="c", code="0603", item_version=1))
    journal.add(MaterialMarked(case="c", material="letter", mark="present"))
    journal.add(MaterialMarked(case="c", material="photo", mark="missing"))
    return journal


def notice(journal: Journal) -> None:
    journal.add(
        NoticeIssued(case="c", nth=1, lines=(("photo", "missing", ""),), until="2026-12-07"),
        reasons='{"photo": "一张也没带"}',
    )


def test_an_item_keeps_its_version_and_a_new_one_clears_the_marks() -> None:
    journal = marked()
    assert journal.case.item_key == ("0603", 1)
    journal.add(ItemChosen(case="c", code="0604", item_version=1))
    assert journal.case.draft.marks == {}
    undo(journal)
    assert set(journal.case.draft.marks) == {"letter", "photo"}


def test_a_numbered_case_keeps_its_item() -> None:
    journal = marked()
    journal.add(CaseNumbered(case="c", number="n"), query="7K4M-2QXD")
    event = journal.add(ItemChosen(case="c", code="0604", item_version=1))
    assert journal.case.item_key == ("0603", 1)
    assert journal.case.overtaken == (event.id,)
    assert journal.case.query == "7K4M-2QXD"


def test_a_return_visit_opens_the_open_lines_only() -> None:
    journal = marked()
    notice(journal)
    assert journal.case.notices[0].lines[0].reason == "一张也没带"
    assert not journal.case.may_mark("photo")
    journal.add(ReturnVisited(case="c", lines=("photo",)))
    assert journal.case.may_mark("photo")
    assert not journal.case.may_mark("letter")
    assert set(journal.case.draft.marks) == {"letter"}
    event = journal.add(MaterialMarked(case="c", material="letter", mark="missing"))
    assert journal.case.draft.marks["letter"].kind == "present"
    assert journal.case.overtaken == (event.id,)


def test_what_is_on_paper_is_not_undone() -> None:
    journal = marked()
    notice(journal)
    assert journal.case.steps == ()


def test_receipt_acceptance_and_decision_are_separate_acts() -> None:
    journal = marked()
    journal.add(PapersReceived(case="c", materials=("letter",), decide_by="2026-11-30"))
    assert (journal.case.stage, journal.case.accepted_at) == ("received", None)
    journal.add(CaseAccepted(case="c", handled_as="promise", legal_due=None, promised_due="2026-11-26"))
    accepted: Case = journal.case
    assert accepted.received_at is not None
    assert accepted.accepted_at is not None
    assert accepted.received_at < accepted.accepted_at
    assert accepted.promised_due == date(2026, 11, 26)
    journal.add(CaseGranted(case="c", on_the_spot=False))
    assert [act.kind for act in journal.case.acts] == ["receive", "accept", "grant"]


def test_an_act_that_no_longer_fits_is_kept_and_marked() -> None:
    journal = marked()
    event = journal.add(CaseGranted(case="c", on_the_spot=True))
    assert journal.case.stage == "draft"
    assert journal.case.overtaken == (event.id,)
