"""Cases that change halls, and a person's data that is erased, at the counter by keys (mission: H1, X3)."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt

from counter_app.domain.intake.facts import CaseWithdrawn
from counter_app.domain.intake.fold import CASES
from counter_app.domain.intake.forward_facts import CASE, CaseReceived
from counter_app.domain.intake.forward_fold import pack_case
from counter_app.domain.intake.numbers import read_number
from counter_app.domain.journal import Actor
from counter_app.ui.widgets.question import Question
from counter_app.use_cases.ports.store import Transaction
from tests.support.intake_hall import CLERK
from tests.ui.counter.station import Station, more

SUPERVISOR = "1011"
CENTRE = Actor("centre", "")


def received(station: Station) -> str:
    hall = station.hall
    case = hall.case("0603", "zhang", married="no", has_children="no")
    hall.mark_all(case)
    hall.intake.decide(CLERK, hall.key(), case, "receive")
    return case


def withdrawn(station: Station) -> str:
    case = received(station)
    hall = station.hall

    def work(tx: Transaction) -> None:
        tx.record(CaseWithdrawn(case=case))

    hall.store.act(CLERK, hall.key(), work)
    return case


def number_of(station: Station, case: str) -> str:
    """As one types it: without the Chinese around it."""
    with station.hall.store.reading() as reader:
        number = read_number(reader.need(CASES, case).number)
    assert number is not None
    return number.plain


def question(station: Station) -> Question:
    asked = station.window.panels.chooser.question
    assert asked is not None
    return asked


def as_supervisor(station: Station) -> None:
    member = station.deps.plan.member(SUPERVISOR)
    assert member is not None
    station.window.access.log_in(SUPERVISOR, member.training_pin)
    station.settle()


# mission: H1
def test_a_case_is_handed_on_by_keys(station: Station) -> None:
    case = received(station)
    station.log_in()
    station.window.work.take_case(case)
    more(station, "forward")
    assert question(station).title == "Hand this case on: to which hall?"
    first = question(station).choices[0]
    station.type(first.key)
    station.type("1")
    assert "Handed on to" in station.notice
    with station.hall.store.reading() as reader:
        state = reader.need(CASES, case)
    assert (state.stage, state.hand_over.to_hall if state.hand_over else "") == ("forwarded", first.id)


def test_papers_from_elsewhere_are_told_of_and_signed_for_with_one_missing(station: Station) -> None:
    """The alert comes by itself; one paper did not come."""
    hall = station.hall
    case = received(station)
    with hall.store.reading() as reader:
        state = reader.need(CASES, case)
    marked = tuple(state.draft.marks)
    station.log_in()
    fact = CaseReceived(
        case=f"station-01/{case}",
        from_hall="station-01",
        forwarded="S1.1.9",
        number=state.number,
        item=state.draft.item,
        stage="received",
        opened_at=state.opened_at.isoformat(),
        channel=1,
        materials=marked,
        sign_by="2026-11-23",
    )

    def work(tx: Transaction) -> None:
        tx.record(fact, private={CASE: pack_case(replace(state, id=fact.case))})

    hall.store.act(CENTRE, "came", work)
    station.window._changes.poll()
    station.settle()
    assert "came from other halls" in station.notice
    station.press(Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier)
    assert question(station).choices[0].detail.startswith("署西社区便民服务代办点")
    station.type("1")
    names = [choice.words for choice in question(station).choices]
    assert names[0] == "Sign for them"
    assert marked[0] not in names  # in words, not in codes
    station.type("1")
    assert question(station).choices[0].detail == "1 did not come"
    station.type("0")
    assert "Signed for" in station.notice
    with hall.store.reading() as reader:
        over = reader.need(CASES, f"station-01/{case}").hand_over
    assert over is not None
    assert over.missing == (marked[0],)


# mission: X3
def test_a_supervisor_sees_what_goes_before_it_goes(station: Station) -> None:
    case = withdrawn(station)
    number = number_of(station, case)
    as_supervisor(station)
    more(station, "erase")
    station.type(number)
    station.press(Qt.Key.Key_Return)
    asked = question(station)
    assert "张伟" not in asked.title  # masked
    assert number.split("-")[-1] in asked.hint
    station.type("4")  # unlawful
    assert [choice.id for choice in question(station).choices] == ["no", "yes"]
    station.type("0")
    with station.hall.store.reading() as reader:
        assert reader.need(CASES, case).draft.persons
    more(station, "erase")
    station.type(number)
    station.press(Qt.Key.Key_Return)
    station.type("4")
    station.type("Y")
    assert "Erased" in station.notice
    station.press(Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier)
    assert "cannot be read here any more" in station.notice
    more(station, "erasures")
    assert len(question(station).choices) == 1
    station.type("1")
    assert "cannot be read here any more" in station.notice


def test_what_may_not_go_is_refused_before_the_last_key(station: Station) -> None:
    number = number_of(station, withdrawn(station))
    as_supervisor(station)
    more(station, "erase")
    station.type(number)
    station.press(Qt.Key.Key_Return)
    station.type("2")  # not needed any more: the law has it kept
    assert "must be kept until" in station.notice
    assert station.window.panels.chooser.question is None


def test_a_clerk_may_not_erase(station: Station) -> None:
    withdrawn(station)
    station.log_in()
    more(station, "erase")
    assert station.window.panels.more.isVisible()
