"""A case's time, late work and the calendar at the counter, by keys alone (mission: T1–T4, C8, S1)."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt

from counter_app.domain.time.clock import CLOCKS, Clock
from counter_app.use_cases.time.requests import Request
from tests.support.intake_hall import CLERK, OVERSEER
from tests.support.time_hall import ANSWERS, HANDLER, OTHER_HANDLER, SUPERVISOR
from tests.ui.counter.station import Station

Ctrl = Qt.KeyboardModifier.ControlModifier


def accepted(station: Station, item: str = "0602") -> str:
    hall = station.hall
    case = hall.case(item, "zhang", CLERK, **ANSWERS[item])
    hall.mark_all(case)
    hall.intake.decide(CLERK, hall.key(), case, "accept")
    return case


def clock(station: Station, case: str) -> Clock:
    with station.hall.store.reading() as reader:
        return reader.need(CLOCKS, case)


def in_hand(station: Station, case: str) -> None:
    """The citizen's receipt was scanned: the case is open."""
    station.window.desk.hands.case = case
    station.window.work.refresh()


def menu(station: Station, letters: str) -> None:
    station.press(Qt.Key.Key_M, Ctrl)
    station.type(letters)


def key(station: Station, letter: Qt.Key) -> None:
    station.press(letter)


# mission: T2 T3
def test_excluded_time_by_keys_from_the_page_of_the_case(station: Station) -> None:
    case = accepted(station)
    station.hall.clock.advance(days=3)
    station.log_in()
    menu(station, "TC")
    assert "Open a case first." in station.notice
    in_hand(station, case)
    menu(station, "TC")
    page = station.window.panels.facts
    assert page.isVisible()
    assert page.strip.day is not None
    assert page.strip.day.day == date(2026, 11, 26)
    key(station, Qt.Key.Key_X)
    station.press(Qt.Key.Key_1)
    station.type("11-24..11-25")
    station.press(Qt.Key.Key_Return)
    assert clock(station, case).promised_due == date(2026, 12, 9)
    assert page.isVisible()
    assert page.isAncestorOf(station.focus)
    key(station, Qt.Key.Key_P)
    with station.hall.store.reading() as reader:
        assert reader.papers.of_case(case)[-1].kind == "progress-slip"
    key(station, Qt.Key.Key_Escape)
    assert not page.isVisible()


# mission: T2
def test_what_goes_on_is_given_its_expected_end(station: Station) -> None:
    case = accepted(station)
    station.log_in()
    in_hand(station, case)
    menu(station, "TC")
    key(station, Qt.Key.Key_X)
    station.press(Qt.Key.Key_5)
    station.press(Qt.Key.Key_Return)
    station.press(Qt.Key.Key_Return)
    stop = clock(station, case).standing
    assert stop is not None
    assert (stop.ground, stop.expected) == ("testing", date(2026, 12, 3))
    assert "testing" in station.window.panels.facts.accessibleDescription()


# mission: C8
def test_a_suspension_is_asked_for_at_the_counter_and_approved_by_another(station: Station) -> None:
    case = accepted(station)
    station.log_in()
    in_hand(station, case)
    menu(station, "TC")
    key(station, Qt.Key.Key_G)
    station.press(Qt.Key.Key_1)
    station.type("phone them weekly")
    station.press(Qt.Key.Key_Return)
    station.press(Qt.Key.Key_Return)
    asks = clock(station, case).asks
    assert [(ask.kind, ask.expected, ask.does) for ask in asks] == [
        ("suspension", date(2026, 12, 23), "phone them weekly")
    ]
    key(station, Qt.Key.Key_A)
    station.press(Qt.Key.Key_1)
    station.press(Qt.Key.Key_1)
    assert clock(station, case).standing is None
    assert "Your role does not allow this." in station.notice
    station.hall.time.commands.approve(OTHER_HANDLER, station.hall.key(), case, asks[0].id)
    key(station, Qt.Key.Key_Escape)
    menu(station, "TG")
    page = station.window.panels.facts
    assert [row.id for row in page.rows.rows] == [case]
    assert "phone them weekly" in page.rows.rows[0].cells


# mission: T4 S1
def test_the_board_leads_to_its_cases_and_an_order_to_its_reply(station: Station) -> None:
    case = accepted(station, "0603")
    station.hall.clock.advance(days=7)
    station.log_in()
    menu(station, "TL")
    page = station.window.panels.facts
    whole = [row for row in page.rows.rows if not row.cells[1]]
    assert whole[0].cells[3:] == ("", "", "1", "")
    key(station, Qt.Key.Key_Return)
    assert [row.id for row in page.rows.rows] == [case]
    key(station, Qt.Key.Key_U)
    station.press(Qt.Key.Key_1)
    station.press(Qt.Key.Key_Return)
    assert "The order is out" in station.notice
    order = station.hall.time.queries.urged(OVERSEER)[0]
    assert not order.by_leader
    menu(station, "TU")
    key(station, Qt.Key.Key_Return)
    station.press(Qt.Key.Key_1)
    (replied,) = page.rows.rows  # the case is late all the same
    assert "answered" not in replied.cells[-1]
    assert "replies" in replied.cells[-1]
    assert clock(station, case).urges[0].answer
    key(station, Qt.Key.Key_Return)  # nothing is to be answered there: its clock
    assert "3-0001" in page.accessibleName()
    menu(station, "TQ")
    assert page.rows.rows[0].cells[-1].startswith("answered")


# mission: T5
def test_the_board_counts_steps_apart_from_whole_cases(station: Station) -> None:
    accepted(station, "0603")
    station.log_in()
    menu(station, "TL")
    page = station.window.panels.facts
    (row,) = page.rows.rows
    assert row.cells[1]  # a step that is due soon, in a case that is not
    assert page.accessibleDescription() == "0 cases late, 0 due soon · steps: 0 late, 1 due soon"


# mission: T2
def test_requests_are_answered_from_their_list(station: Station) -> None:
    case = accepted(station)
    hall = station.hall
    extend = Request(kind="extension", amount=10, reason="案情复杂")
    hall.time.commands.ask(HANDLER, hall.key(), case, extend)
    station.log_in()
    menu(station, "TA")
    assert len(station.window.panels.facts.rows.rows) == 1
    hall.time.commands.refuse(OTHER_HANDLER, hall.key(), case, clock(station, case).asks[0].id, "可按期办结")
    menu(station, "TA")
    assert not station.window.panels.facts.rows.rows


# mission: T1
def test_the_calendar_is_seen_by_all_and_set_by_the_administrator_only(station: Station) -> None:
    station.log_in()
    menu(station, "TK")
    page = station.window.panels.facts
    assert page.accessibleName() == "Work calendar 2026"
    key(station, Qt.Key.Key_N)
    assert page.accessibleName() == "Work calendar 2027"
    assert "not announced yet" in page.accessibleDescription()
    key(station, Qt.Key.Key_F)
    assert "Your role does not allow this." in station.notice
    assert not station.hall.time.calendar.year(2027).announced


# mission: S1
def test_a_supervisors_order_says_that_it_is_his(station: Station) -> None:
    case = accepted(station)
    hall = station.hall
    hall.time.urging.urge(SUPERVISOR, hall.key(), case, "请说明")
    station.log_in()
    menu(station, "TU")
    assert "李建国" in station.window.panels.facts.rows.rows[0].cells


# mission: I7
def test_the_counter_has_the_list_and_opens_the_case(station: Station) -> None:
    hall = station.hall
    case = hall.case("0603", "zhang", CLERK, **ANSWERS["0603"])
    hall.mark_all(case)
    hall.intake.decide(CLERK, hall.key(), case, "receive")
    hall.clock.advance(days=3)
    station.log_in()
    menu(station, "TL")
    page = station.window.panels.facts
    assert page.rows.rows[0].cells[:3] == ("人口计生", "papers received", "asked late")
    station.press(Qt.Key.Key_Return)
    assert page.rows.rows[0].cells[4] == "11-25 · 1 days over"
    station.press(Qt.Key.Key_Return)
    assert not page.isVisible()
    station.type("1")  # without card or ticket the clerk says why
    view = station.window.work.view
    assert view is not None
    assert view.case == case
