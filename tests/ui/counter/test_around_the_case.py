"""What stands around a case, by keyboard in the counter's window (mission: C13, P6, I17)."""

from __future__ import annotations

from PySide6.QtCore import Qt

from counter_app.domain.delivery.delivery import DELIVERIES
from counter_app.domain.intake.fold import CASES
from counter_app.domain.intake.numbers import read_number
from counter_app.domain.intake.paper_facts import DecisionInput
from tests.support.fees import charge_fees
from tests.support.intake_hall import CLERK
from tests.ui.counter.station import Station, more


def granted(station: Station) -> tuple[str, str]:
    """A granted case in hand, and the number of its acceptance notice."""
    hall = station.hall
    case = hall.case("0603", "zhang", married="yes", has_children="no")
    hall.mark_all(case)
    receipt = hall.intake.decide(CLERK, hall.key(), case, "accept").papers[0]
    hall.intake.decide(CLERK, hall.key(), case, "grant", DecisionInput(result_number="LN-7"))
    station.log_in()
    with hall.store.reading() as reader:
        number = reader.need(CASES, case).number
    station.window.finder.entered(number)
    station.settle()
    return case, receipt


def question(station: Station) -> str:
    asked = station.window.panels.chooser.question
    return asked.title if asked else ""


# mission: C13 P6
def test_a_result_is_handed_over_without_a_mouse(station: Station) -> None:
    case, receipt = granted(station)
    station.lay("zhang")
    shown = station.window.panels.chooser.question
    assert shown is not None
    assert "LN-7" in shown.hint
    station.type("2")
    assert question(station) == "Who collects?"
    station.type("1")
    station.type("1")
    station.press(Qt.Key.Key_Tab)
    number = read_number(receipt)
    assert number is not None
    station.type(number.plain)  # as its bar code reads
    station.press(Qt.Key.Key_Return)
    assert "Handed over." in station.notice
    with station.hall.store.reading() as reader:
        assert reader.need(DELIVERIES, case).results[0].state == "handed_over"


# mission: P6
def test_what_is_missing_for_a_collection_is_said_all_at_once(station: Station) -> None:
    granted(station)
    station.lay("li")
    station.type("2")
    station.type("2")
    station.type("1")
    station.type("0")
    for _ in range(2):
        station.press(Qt.Key.Key_Return)
    station.type("110101199003070003")
    station.press(Qt.Key.Key_Return)
    assert "mandate in force" in station.notice or "applicant's document" in station.notice
    assert "Nothing was handed over." in station.notice


# mission: I17
def test_the_call_list_takes_a_try_and_a_letter(station: Station) -> None:
    case, _ = granted(station)
    more(station, "to_tell")
    assert question(station) == "1 to be told"
    station.type("1")
    station.type("1")
    station.type("2")
    station.press(Qt.Key.Key_Return)
    assert "Nobody is to be told anything today." in station.notice
    (tried,) = station.hall.around.telling.tries(case).tries
    assert (tried.about, tried.way, tried.outcome) == ("result", "phone", "no_answer")


# mission: P5
def test_a_fee_is_noticed_and_paid_by_keys_and_no_amount_is_typed(station: Station) -> None:
    hall = station.hall
    charge_fees(hall)
    case = hall.case("0603", "zhang", married="no", has_children="no")
    hall.mark_all(case)
    number = hall.intake.decide(CLERK, hall.key(), case, "accept").number
    station.log_in()
    station.window.finder.entered(number)
    station.settle()
    more(station, "fees")
    station.type("1")
    station.press(Qt.Key.Key_Backspace)
    station.type("3")
    station.press(Qt.Key.Key_Return)
    station.type("1")
    assert "notice of fees is being printed" in station.notice
    more(station, "fees")
    station.type("2")
    station.type("1")
    assert "Paid." in station.notice
    view = hall.around.charging.view(case)
    assert (view.fees.due, view.fees.owed) == (1507, 0)
    more(station, "settle_cashier")
    station.type("15.07")
    station.press(Qt.Key.Key_Return)
    assert "The day is settled." in station.notice
