"""A reader that goes away under an open case, and cards that must not be taken (mission: I2, M2, M4)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from counter_app.domain.intake.fold import CASES
from counter_app.errors import UserFacingError
from counter_app.use_cases.intake.inputs import PersonInput
from counter_app.use_cases.ports.identity import CardFailed, CardRead, ReaderState
from tests.conftest import LONG
from tests.support.demo import CLERK, DemoHall, ReadCards, card_reading, opened_demo, until

CARD_ANSWER = 1301  # bytes of the answer that brings text and photo
CUTS = range(1, CARD_ANSWER, 13) if LONG else (1, 9, 300, 1290)


@pytest.fixture
def hall(training_home: Path, tmp_path: Path) -> Iterator[DemoHall]:
    with opened_demo(training_home, tmp_path) as opened:
        yield opened


@pytest.fixture
def cards(hall: DemoHall) -> Iterator[ReadCards]:
    with card_reading(hall) as reading:
        yield reading


def open_case(hall: DemoHall, first: CardRead) -> str:
    """A half-done case: applicant, item, one answer, one mark."""
    intake = hall.program.intake
    case = intake.open_case(CLERK, hall.key())
    intake.record_person(CLERK, hall.key(), case, "applicant", PersonInput.from_card(first))
    intake.choose_item(CLERK, hall.key(), case, "0603")
    intake.answer(CLERK, hall.key(), case, "married", "yes")
    intake.mark(CLERK, hall.key(), case, "letter", "present")
    return case


@pytest.mark.parametrize("cut", CUTS)
def test_unplugged_in_mid_read_the_case_stays_and_the_reader_comes_back(
    hall: DemoHall, cards: ReadCards, cut: int
) -> None:
    case = open_case(hall, cards.lay("zhang"))
    with hall.program.store.reading() as reader:
        before = (reader.need(CASES, case), reader.head())
    cards.order("lift", f"fault unplug:{cut}", "lay li")
    until(lambda: cards.lane.state is ReaderState.LOST, "the loss is told")
    assert cards.lane.card is None
    assert cards.lane.problem is not None
    with hall.program.store.reading() as reader:
        assert (reader.need(CASES, case), reader.head()) == before
    cards.order("plug")
    until(lambda: cards.lane.state is ReaderState.READY, "it is back by itself")
    read = cards.next(CardRead)
    while read.document.name != "李秀英":
        read = cards.next(CardRead)
    hall.program.intake.record_person(CLERK, hall.key(), case, "spouse", PersonInput.from_card(read))
    view = hall.program.intake_queries.case_view(case)
    assert [(person.role, person.name) for person in view.persons] == [
        ("applicant", "张伟"),
        ("spouse", "李秀英"),
    ]


@pytest.mark.parametrize("fault", ["cut:700", "flip:4000", "silent@3001", "status:41"])
def test_a_spoiled_answer_is_read_again_and_never_taken_for_a_card(
    hall: DemoHall, cards: ReadCards, fault: str
) -> None:
    cards.order(f"fault {fault}", "lay abdul")
    while not isinstance(news := cards.heard(), CardRead | CardFailed):
        pass
    if isinstance(news, CardFailed):  # a card is found once: it is laid on again, as the clerk is told
        assert news.error.remedy
        assert cards.lane.card is None
    card = news if isinstance(news, CardRead) else cards.lay("abdul")
    known = next(citizen.document for citizen in hall.reader.tray if citizen.key == "abdul")
    assert (card.document.name, card.document.number) == (known.name, known.number)
    assert card.document.photo == known.photo


def test_a_card_from_before_the_call_is_refused_until_it_is_laid_on_again(
    hall: DemoHall, cards: ReadCards
) -> None:
    program = hall.program
    left = cards.lay("li")  # of the one before, forgotten on the reader
    hall.ticket("0603")
    shift = hall.log_in("1002", "3")
    called = program.waiting.call_next(shift.actor, hall.key())
    assert called is not None
    case = program.intake.open_case(shift.actor, hall.key(), called.id)
    with pytest.raises(UserFacingError) as error:
        program.intake.record_person(shift.actor, hall.key(), case, "applicant", PersonInput.from_card(left))
    assert error.value.code == "card.left-over"
    assert program.intake_queries.case_view(case).persons == ()
    fresh = cards.lay("zhang")
    program.intake.record_person(shift.actor, hall.key(), case, "applicant", PersonInput.from_card(fresh))
    assert [person.name for person in program.intake_queries.case_view(case).persons] == ["张伟"]
