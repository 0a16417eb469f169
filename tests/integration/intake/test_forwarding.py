"""A case that is handed on to another hall, and one that comes from there (mission: H1)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import msgspec
import pytest

from counter_app.domain.intake.fold import CASES
from counter_app.domain.intake.forward_facts import (
    CASE,
    CaseForwarded,
    CaseNewsHeard,
    CaseReceived,
    over_here,
)
from counter_app.domain.journal import Actor, Fact
from counter_app.domain.paper.facts_public import HandOverFacts
from counter_app.domain.time.clock import CLOCKS
from counter_app.domain.time.moving import clock_over_here, clock_received
from counter_app.errors import UserFacingError
from counter_app.use_cases.intake.forwarding import Forwarding
from counter_app.use_cases.intake.taking_over import taken_over
from counter_app.use_cases.papers.statements import Statements
from counter_app.use_cases.ports.store import Transaction
from tests.support.intake_hall import CLERK, OVERSEER, IntakeHall

ITEM = "0603"
HANDLER = Actor("1009")
ANSWERS = {"married": "no", "has_children": "no"}


@pytest.fixture
def forwarding(hall: IntakeHall) -> Forwarding:
    return Forwarding(hall.store, hall.reference, Statements(hall.keys))


def received(hall: IntakeHall) -> str:
    case = hall.case(ITEM, "zhang", CLERK, **ANSWERS)
    hall.mark_all(case)
    hall.intake.decide(CLERK, hall.key(), case, "receive")
    return case


def test_a_received_case_leaves_with_its_slip(hall: IntakeHall, forwarding: Forwarding) -> None:
    case = received(hall)
    paper = forwarding.forward(CLERK, hall.key(), case, "station-01", "由代办点跟进")
    with hall.store.reading() as reader:
        state = reader.need(CASES, case)
        event = next(e for e in reader.history(f"case:{case}") if isinstance(e.fact, CaseForwarded))
    assert state.stage == "forwarded"
    assert not state.open
    assert state.hand_over is not None
    assert state.hand_over.to_hall == "station-01"
    assert state.hand_over.sign_by == date(2026, 11, 24)
    assert set(event.private) >= {CASE, "reason"}
    assert "由代办点跟进" not in str(event.fact)
    _, facts = hall.papers.facts(paper)
    assert isinstance(facts, HandOverFacts)
    assert facts.to_hall == "署西社区便民服务代办点"
    assert facts.case_number == state.number
    assert facts.materials


def test_nothing_more_is_decided_where_it_was_given_away(hall: IntakeHall, forwarding: Forwarding) -> None:
    case = received(hall)
    forwarding.forward(CLERK, hall.key(), case, "station-01")
    with pytest.raises(UserFacingError) as refused:
        hall.intake.decide(CLERK, hall.key(), case, "accept")
    assert refused.value.code == "decision.not-allowed"
    with pytest.raises(UserFacingError) as again:
        forwarding.forward(CLERK, hall.key(), case, "station-01")
    assert again.value.code == "forward.not-yet"


def test_the_same_key_forwards_once(hall: IntakeHall, forwarding: Forwarding) -> None:
    case, key = received(hall), hall.key()
    first = forwarding.forward(CLERK, key, case, "station-01")
    assert forwarding.forward(CLERK, key, case, "station-01") == first


@pytest.mark.parametrize(
    ("hall_code", "code"), [("nanhuan", "forward.here"), ("nowhere", "forward.hall-unknown")]
)
def test_a_hall_that_is_not_there_is_refused(
    hall: IntakeHall, forwarding: Forwarding, hall_code: str, code: str
) -> None:
    case = received(hall)
    with pytest.raises(UserFacingError) as refused:
        forwarding.forward(CLERK, hall.key(), case, hall_code)
    assert refused.value.code == code


def test_a_draft_is_not_forwarded(hall: IntakeHall, forwarding: Forwarding) -> None:
    case = hall.case(ITEM)
    with pytest.raises(UserFacingError) as refused:
        forwarding.forward(CLERK, hall.key(), case, "station-01")
    assert refused.value.code == "forward.not-yet"


def record(hall: IntakeHall, fact: Fact, private: Mapping[str, bytes] | None = None) -> None:
    def work(tx: Transaction) -> None:
        tx.record(fact, private=private or None)

    hall.store.act(CLERK, hall.key(), work)


def come_over(hall: IntakeHall, forwarding: Forwarding) -> str:
    """A case as it comes from another hall: everything under that hall's names."""
    case = received(hall)
    forwarding.forward(CLERK, hall.key(), case, "station-02")
    with hall.store.reading() as reader:
        letter = next(e for e in reader.history(f"case:{case}") if isinstance(e.fact, CaseForwarded))
    written = taken_over(letter, "station-01", "nanhuan")
    for entry in written:
        record(hall, entry.fact, entry.private)
    return f"station-01/{case}"


def test_a_letter_without_its_luggage_is_refused(hall: IntakeHall, forwarding: Forwarding) -> None:
    case = received(hall)
    forwarding.forward(CLERK, hall.key(), case, "station-02")
    with hall.store.reading() as reader:
        letter = next(e for e in reader.history(f"case:{case}") if isinstance(e.fact, CaseForwarded))
    with pytest.raises(ValueError, match="carries no case"):
        taken_over(msgspec.structs.replace(letter, private={}), "station-01", "nanhuan")
    with pytest.raises(ValueError, match="not a case"):
        taken_over(msgspec.structs.replace(letter, private={CASE: b"{}"}), "station-01", "nanhuan")


def test_a_case_that_comes_over_is_signed_for(hall: IntakeHall, forwarding: Forwarding) -> None:
    came = come_over(hall, forwarding)
    (waiting,) = forwarding.incoming()
    assert (waiting.case, waiting.from_hall, waiting.late) == (came, "署西社区便民服务代办点", False)
    missing = waiting.materials[:1]
    forwarding.sign(CLERK, hall.key(), came, missing, "少一份照片")
    assert forwarding.incoming() == ()
    with hall.store.reading() as reader:
        state = reader.need(CASES, came)
    assert state.hand_over is not None
    assert state.hand_over.missing == missing
    assert state.hand_over.signed_by == CLERK.staff
    assert hall.store.check().sound
    with pytest.raises(UserFacingError) as refused:
        forwarding.sign(CLERK, hall.key(), came)
    assert refused.value.code == "forward.nothing-to-sign"


def test_unsigned_past_its_day_is_late(hall: IntakeHall, forwarding: Forwarding) -> None:
    come_over(hall, forwarding)
    hall.clock.advance(days=2)
    assert [entry.late for entry in forwarding.incoming()] == [True]


def test_only_papers_of_the_slip_can_be_missing(hall: IntakeHall, forwarding: Forwarding) -> None:
    came = come_over(hall, forwarding)
    with pytest.raises(UserFacingError) as refused:
        forwarding.sign(CLERK, hall.key(), came, ("never-heard-of",))
    assert refused.value.code == "forward.not-on-slip"


def test_a_case_that_came_over_goes_on_here(hall: IntakeHall, forwarding: Forwarding) -> None:
    came = come_over(hall, forwarding)
    decided = hall.intake.decide(CLERK, hall.key(), came, "accept")
    with hall.store.reading() as reader:
        assert reader.need(CASES, came).number == decided.number
        assert reader.need(CASES, came).stage == "accepted"


def test_without_its_private_part_the_case_is_there_by_number(hall: IntakeHall) -> None:
    fact = CaseReceived(
        case="station-01/1.1.5",
        from_hall="station-01",
        forwarded="1.1.9",
        number="〔2026〕1-0001-X",
        item=f"{ITEM}@1",
        stage="received",
        opened_at="2026-11-23T09:00:00.000+08:00",
        channel=1,
        materials=(),
        sign_by="2026-11-24",
    )
    record(hall, fact)
    with hall.store.reading() as reader:
        state = reader.need(CASES, "station-01/1.1.5")
    assert (state.number, state.stage, state.to_be_signed) == ("〔2026〕1-0001-X", "received", True)


def test_news_of_the_other_hall_is_kept_newest_first(hall: IntakeHall, forwarding: Forwarding) -> None:
    case = received(hall)
    forwarding.forward(CLERK, hall.key(), case, "station-01")
    for news, at in (("accepted", "12:00"), ("received", "11:00")):
        fact = CaseNewsHeard(case=case, hall="station-01", news=news, at=f"2026-11-23T{at}:00.000+08:00")
        record(hall, fact)
    with hall.store.reading() as reader:
        over = reader.need(CASES, case).hand_over
        assert over is not None
        assert over.news == "accepted"
        assert reader.need(CASES, case).overtaken == ()


def test_an_id_names_its_hall_abroad_and_not_at_home() -> None:
    assert over_here("1.1.5", "station-01", "nanhuan") == "station-01/1.1.5"
    assert over_here("nanhuan/3.1.9", "station-01", "nanhuan") == "3.1.9"
    assert over_here("station-02/3.1.9", "station-01", "nanhuan") == "station-02/3.1.9"


def accepted_with_a_stop(hall: IntakeHall) -> str:
    """Accepted on Monday; from Tuesday to Wednesday a paper is corrected, and that does not count."""
    case = hall.case(ITEM, "zhang", CLERK, **ANSWERS)
    hall.mark_all(case)
    hall.intake.decide(CLERK, hall.key(), case, "accept")
    hall.clock.advance(days=1)
    hall.time.commands.correct(HANDLER, hall.key(), case, "复印件不清")
    hall.clock.advance(days=1)
    hall.time.commands.resume(HANDLER, hall.key(), case)
    return case


def test_T3_the_clock_goes_along_with_its_stops_and_the_date_on_the_paper_stays(
    hall: IntakeHall, forwarding: Forwarding, tmp_path: Path
) -> None:
    case = accepted_with_a_stop(hall)
    with hall.store.reading() as reader:
        before = reader.need(CLOCKS, case)
    forwarding.forward(CLERK, hall.key(), case, "station-02")
    with hall.store.reading() as reader:
        left = reader.need(CLOCKS, case)
        letter = next(e for e in reader.history(f"case:{case}") if isinstance(e.fact, CaseForwarded))
    assert (left.running, left.outcome) == (False, "forwarded")
    assert hall.time.queries.late(OVERSEER) == ()
    assert hall.casework.queries.inbox(HANDLER).rows == ()

    (tmp_path / "other").mkdir()
    other = IntakeHall(tmp_path / "other", hall.clock)
    for entry in taken_over(letter, "station-01", "nanhuan"):
        record(other, entry.fact, entry.private)
    came = f"station-01/{case}"
    with other.store.reading() as reader:
        clock = reader.need(CLOCKS, came)
    assert clock.running
    assert (clock.started_at, clock.promised_due, clock.legal_due) == (
        before.started_at,
        before.promised_due,
        before.legal_due,
    )
    (stop,) = clock.stops
    assert (stop.start, stop.end, stop.by) == (before.stops[0].start, before.stops[0].end, "station-01/1009")
    view = other.time.queries.clock(came)
    assert view.promised is not None
    assert view.promised.day == before.promised_due
    assert before.promised_due is not None
    hall.clock.advance(days=(before.promised_due - hall.clock.now().date()).days + 1)
    assert [row.case for row in other.time.queries.late(OVERSEER)] == [came]
    assert other.store.check().sound
    other.close()


def test_the_centre_counts_a_clock_that_came_without_its_words(hall: IntakeHall) -> None:
    case = accepted_with_a_stop(hall)
    with hall.store.reading() as reader:
        clock = reader.need(CLOCKS, case)
    abroad = clock_over_here(CLOCKS.encode(clock), f"station-01/{case}", "station-01", "nanhuan")
    fact = clock_received(abroad, "station-01")
    record(hall, fact)
    with hall.store.reading() as reader:
        bare = reader.need(CLOCKS, f"station-01/{case}")
    assert (bare.promised_due, len(bare.stops)) == (clock.promised_due, 1)


def test_a_clock_that_cannot_be_read_is_no_letter(hall: IntakeHall) -> None:
    with pytest.raises(ValueError, match="not a clock"):
        clock_over_here(b"{}", "a/1", "a", "b")
