"""A person's data is erased on a machine alone: nothing readable is left, and the chain is whole (X3)."""

from __future__ import annotations

from pathlib import Path

import pytest

from counter_app.domain.intake.erasing import RETENTION_DAYS
from counter_app.domain.intake.erasure_facts import PartyErased
from counter_app.domain.intake.fold import CASES
from counter_app.domain.intake.paper_facts import DecisionInput
from counter_app.domain.intake.parties import PARTIES
from counter_app.domain.journal import Actor
from counter_app.errors import UserFacingError
from counter_app.use_cases.intake.inputs import PersonInput
from tests.support.intake_hall import CLERK, IntakeHall, citizens
from tests.support.raw_pages import raw, traces
from tests.support.stores import KEY

ITEM = "0603"
ANSWERS = {"married": "no", "has_children": "no"}
SUPERVISOR = Actor("1011", "3")
ZHANG, LI = citizens()["zhang"], citizens()["li"]
NOTE = "下午三点再来找一趟"
REASON = "申请人自己撤回了"


def withdrawn(hall: IntakeHall, who: str = "zhang") -> str:
    """A case that left papers behind and has ended."""
    case = hall.case(ITEM, who, CLERK, **ANSWERS)
    hall.intake.note(CLERK, hall.key(), case, NOTE)
    hall.mark_all(case)
    hall.intake.decide(CLERK, hall.key(), case, "receive")
    hall.intake.decide(CLERK, hall.key(), case, "withdraw", DecisionInput(reason=REASON))
    return case


def number_of(hall: IntakeHall, case: str) -> str:
    with hall.store.reading() as reader:
        return reader.need(CASES, case).number


def refusal(hall: IntakeHall, named: str, basis: str, actor: Actor = SUPERVISOR) -> str:
    with pytest.raises(UserFacingError) as told:
        hall.erasing.erase(actor, hall.key(), named, basis)
    assert str(told.value)
    return told.value.code


# mission: X3
def test_nothing_of_the_person_can_be_read_afterwards(hall: IntakeHall, tmp_path: Path) -> None:
    case = withdrawn(hall)
    number = number_of(hall, case)
    papers = hall.papers.of_case(case)
    words = (ZHANG.name, ZHANG.number, ZHANG.address, NOTE, REASON)
    assert traces(raw(tmp_path / "store.db", KEY), *words) == list(words)
    assert hall.finder.search(ZHANG.name, 9, "3")

    state = hall.erasing.erase(SUPERVISOR, hall.key(), number, "recorded_in_error")

    assert (state.state, state.cases) == ("done", (case,))
    assert hall.finder.search(ZHANG.name, 9, "3") == ()
    with hall.store.reading() as reader:
        left = reader.need(CASES, case)
    assert (left.number, left.stage, left.draft.notes) == (number, "withdrawn", ("",))
    hall.store.tidy()
    assert traces(raw(tmp_path / "store.db", KEY), *words) == []
    report = hall.store.check()
    assert report.sound, report.broken
    proof = hall.erasing.proof(state.id)
    assert proof.holds
    assert proof.since == 0
    assert all(part.digest for part in proof.parts)
    for paper in papers:
        with pytest.raises(UserFacingError) as told:
            hall.papers.facts(paper.id)
        assert told.value.code == "paper.erased"


def test_the_same_key_erases_once(hall: IntakeHall) -> None:
    number = number_of(hall, withdrawn(hall))
    first = hall.erasing.erase(SUPERVISOR, "press", number, "unlawful")
    assert hall.erasing.erase(SUPERVISOR, "press", number, "unlawful") == first
    assert hall.erasing.erased() == (first,)
    assert refusal(hall, number, "unlawful") == "erase.nothing"


def test_what_keeps_it(hall: IntakeHall) -> None:
    case = withdrawn(hall)
    number = number_of(hall, case)
    assert refusal(hall, number, "because") == "erase.basis"
    assert refusal(hall, number, "unlawful", CLERK) == "erase.no-right"
    assert refusal(hall, "nobody", "unlawful") == "party.unknown"
    assert refusal(hall, number, "purpose_ended") == "erase.too-early"
    open_case = hall.case(ITEM, "zhang", CLERK, **ANSWERS)
    assert refusal(hall, number, "unlawful") == "erase.case-open"
    assert open_case
    hall.clock.advance(hours=24 * (RETENTION_DAYS + 1))
    assert hall.erasing.erase(SUPERVISOR, hall.key(), number, "retention_over").state == "done"


def test_in_the_case_of_another_only_this_person_goes(hall: IntakeHall, tmp_path: Path) -> None:
    """The agent is erased, the applicant and the case stay."""
    case = hall.case(ITEM, "li", CLERK, **ANSWERS)
    agent = PersonInput.from_document(ZHANG)
    party = hall.intake.record_person(CLERK, hall.key(), case, "agent", agent)
    hall.mark_all(case)
    hall.intake.decide(CLERK, hall.key(), case, "receive")
    hall.intake.decide(CLERK, hall.key(), case, "withdraw", DecisionInput(reason=REASON))
    state = hall.erasing.erase(SUPERVISOR, hall.key(), party, "recorded_in_error")
    assert state.cases == ()
    with hall.store.reading() as reader:
        known = reader.get(PARTIES, party)
        assert known is None or known.identity is None
    view = hall.queries.case_view(case)
    assert [person.name for person in view.persons if person.role == "applicant"] == [LI.name]
    hall.store.tidy()
    assert traces(raw(tmp_path / "store.db", KEY), ZHANG.number, LI.number) == [LI.number]


def test_a_person_who_comes_again_is_recorded_again(hall: IntakeHall) -> None:
    number = number_of(hall, withdrawn(hall))
    first = hall.erasing.erase(SUPERVISOR, hall.key(), number, "unlawful")
    again = withdrawn(hall)
    assert hall.finder.search(ZHANG.name, 9, "3")
    second = hall.erasing.erase(SUPERVISOR, hall.key(), number_of(hall, again), "unlawful")
    assert (first.cases, second.cases) == ((first.cases[0],), (again,))
    assert hall.finder.search(ZHANG.name, 9, "3") == ()
    assert hall.store.check().sound


def test_the_preview_says_what_goes_and_changes_nothing(hall: IntakeHall) -> None:
    case = withdrawn(hall)
    before = hall.store.check().events
    preview = hall.erasing.preview(number_of(hall, case))
    assert preview.name == ZHANG.name
    assert preview.found.own_cases == (case,)
    assert preview.found.papers > 0
    assert hall.store.check().events == before


def test_every_erasure_is_an_event_that_names_nobody(hall: IntakeHall) -> None:
    state = hall.erasing.erase(SUPERVISOR, hall.key(), number_of(hall, withdrawn(hall)), "unlawful")
    with hall.store.reading() as reader:
        told = [event.fact for event in reader.history(f"erasure:{state.id}")]
    (fact,) = [one for one in told if isinstance(one, PartyErased)]
    assert (fact.staff, fact.basis) == ("1011", "unlawful")
    assert ZHANG.name not in str(told)
