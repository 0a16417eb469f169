"""A morning in the hall: ticket, call, display, several matters, rating (mission: Q1–Q6)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from counter_app.domain.paper.facts_intake import TicketFacts
from counter_app.errors import UserFacingError
from counter_app.use_cases.waiting.requests import TransferTo
from tests.support.waiting_hall import KIOSK, WaitingHall, opened_hall


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[WaitingHall]:
    yield from opened_hall(tmp_path)


# mission: Q1 P10
def test_ticket_by_card_comes_with_its_paper_and_print_job(hall: WaitingHall) -> None:
    hall.counters.open(hall.log_in("1002", "3").actor, hall.key())
    first = hall.card_ticket("zhang", "0603")
    issued = hall.card_ticket("li", "0603")
    assert (first.number, issued.number, issued.ahead) == ("A001", "A002", 1)
    assert issued.paper is not None
    _, facts = hall.papers.facts(issued.paper)
    assert isinstance(facts, TicketFacts)
    assert issued.counters == ("3", "2")
    assert (facts.ticket, facts.ahead, facts.area) == ("A002", 1, "东区 2、3 号窗口")
    assert issued.wait is not None
    assert facts.wait_minutes == (issued.wait.low_minutes, issued.wait.high_minutes)
    assert [job.state for job in hall.papers.job_list("kiosk-1")] == ["queued", "queued"]


# mission: Q3
def test_grandmother_goes_first_by_her_card(hall: WaitingHall) -> None:
    hall.card_ticket("zhang", "0603")
    elder = hall.card_ticket("elder", "0603")
    assert elder.number == "Y001"
    called = hall.waiting.call_next(hall.log_in("1002", "3").actor, hall.key())
    assert called is not None
    assert called.number == "Y001"


# mission: Q2 Q4 Q6
def test_two_matters_two_counters_one_rating(hall: WaitingHall) -> None:
    issued = hall.card_ticket("abdul", "0603", "0401")
    clerk = hall.log_in("1002", "3").actor
    called = hall.waiting.call_next(clerk, hall.key())
    assert called is not None
    (call,) = hall.views.hall_view().calls
    assert (call.number, call.counter, call.times) == (issued.number, "3", 1)
    hall.waiting.recall(clerk, hall.key(), called.id)
    assert hall.views.hall_view().calls[0].times == 2
    hall.waiting.start(clerk, hall.key(), called.id)
    hall.clock.advance(minutes=6)
    hall.waiting.next_matter(clerk, hall.key(), called.id)
    hall.waiting.transfer(clerk, hall.key(), called.id, TransferTo("counter", "2"), "社保事项")
    second = hall.log_in("1005", "2").actor
    again = hall.waiting.call_next(second, hall.key())
    assert again is not None
    assert (again.id, again.matters_done) == (called.id, 1)
    hall.waiting.start(second, hall.key(), called.id)
    done = hall.waiting.finish(second, hall.key(), called.id)
    assert (done.state, done.matters_done) == ("served", 2)
    assert hall.ratings.rate(KIOSK, hall.key(), called.id, 1).staff == "1005"
    assert hall.views.hall_view().today == {"served": 1}


# mission: Q7
def test_second_ticket_for_the_same_matter_is_refused_with_the_first_number(hall: WaitingHall) -> None:
    first = hall.card_ticket("li", "0603")
    with pytest.raises(UserFacingError) as error:
        hall.card_ticket("li", "0603")
    assert error.value.params["number"] == first.number


# mission: X3
def test_wrong_pin_at_the_counter_then_the_right_one(hall: WaitingHall) -> None:
    with pytest.raises(UserFacingError) as error:
        hall.access.log_in("1002", "0000", "3", hall.key())
    assert error.value.code == "access.wrong"
    assert hall.log_in("1002", "3").name == "王敏"
