"""A sensitive case is kept from clerks it does not concern: by name, in lists, on its plan (mission: I10)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from counter_app.domain.casework.fold import HANDLINGS
from counter_app.domain.intake.fold import CASES
from counter_app.domain.journal import Actor
from counter_app.errors import UserFacingError
from counter_app.use_cases.casework.restricted import Opening
from counter_app.use_cases.intake.inputs import PersonInput
from tests.support.casework_hall import MANAGER, POPULATION, CaseworkHall
from tests.support.intake_hall import CLERK, ENTERPRISE, citizens


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[CaseworkHall]:
    hall = CaseworkHall(tmp_path)
    yield hall
    hall.close()


def found(hall: CaseworkHall, text: str, actor: Actor, counter: str) -> list[str]:
    return [hit.id for hit in hall.finder.search(text, 20, counter, actor) if hit.kind == "case"]


# mission: I10 C1
def test_another_counter_finds_and_opens_it_with_the_citizens_paper_only(hall: CaseworkHall) -> None:
    case = hall.accepted("0603", "zhang", CLERK, married="yes", has_children="no")
    with hall.store.reading() as reader:
        state = reader.need(CASES, case)
        assert reader.need(HANDLINGS, case).restricted
    zhang = citizens()["zhang"]
    for text in (zhang.name, zhang.number):
        assert found(hall, text, CLERK, "3") == [case]  # its own counter
        assert found(hall, text, ENTERPRISE, "5") == []
        assert found(hall, text, MANAGER, "") == [case]
    for text in (state.number, state.query):
        assert found(hall, text, ENTERPRISE, "5") == [case]
    with pytest.raises(UserFacingError) as caught:
        hall.queries.case_view(case, "5", Opening(ENTERPRISE))
    assert caught.value.code == "case.restricted"
    for counter, opening in (
        ("3", Opening(CLERK)),
        ("5", Opening(ENTERPRISE, held=True)),
        ("", Opening(POPULATION[0])),
    ):
        assert hall.queries.case_view(case, counter, opening).case == case


# mission: I10 C11
def test_its_plan_tells_the_counter_no_more_than_when_it_ends(hall: CaseworkHall) -> None:
    case = hall.accepted("0603", "zhang", CLERK, married="yes", has_children="no")
    plans = hall.casework.queries
    told, whole = plans.plan(CLERK, case), plans.plan(POPULATION[0], case)
    assert (told.rows, told.owed, told.critical) == ((), (), ())
    assert whole.rows
    assert told.ends_on == whole.ends_on


# mission: I10 I2
def test_among_the_earlier_cases_it_is_told_to_who_had_the_card_not_to_who_typed_a_name(
    hall: CaseworkHall,
) -> None:
    case = hall.accepted("0603", "zhang", CLERK, married="yes", has_children="no")
    seen = {}
    for source, actor in (("card", ENTERPRISE), ("typed", ENTERPRISE), ("typed", CLERK)):
        draft = hall.intake.open_case(actor, hall.key())
        card = hall.card("zhang")
        given = card if source == "card" else PersonInput.typed(card.identity)
        hall.intake.record_person(actor, hall.key(), draft, "applicant", given)
        hall.intake.choose_item(actor, hall.key(), draft, "0512")
        rows = hall.queries.case_view(draft, actor.place).earlier
        (row,) = (row for row in rows if row.case == case)
        seen[source, actor.place] = (bool(row.item), bool(row.applicant), row.hidden)
    told, kept = (True, True, False), (False, False, True)
    assert seen == {("card", "5"): told, ("typed", "5"): kept, ("typed", "3"): told}
