"""What stands around a case, by keyboard in the counter's window (mission: C13, P6, I17)."""

from __future__ import annotations

import json
import time
from dataclasses import replace
from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt

from counter_app.domain.delivery.delivery import DELIVERIES
from counter_app.domain.intake.fold import CASES
from counter_app.domain.intake.numbers import read_number
from counter_app.domain.intake.paper_facts import DecisionInput
from counter_app.domain.journal import Actor
from counter_app.i18n import Translator
from counter_app.ui.counter.work_words import work_shown
from counter_app.use_cases.arriving.folder import ImportFolder, rejected_in
from counter_app.use_cases.delivery.inputs import CollectInput
from tests.support.behind import decided_behind
from tests.support.fees import charge_fees
from tests.support.intake_hall import CLERK, citizens
from tests.ui.counter.station import Station, more


def granted(station: Station) -> tuple[str, str]:
    """A granted case in hand, and the number of its acceptance notice."""
    hall = station.hall
    case = hall.case("0603", "zhang", married="yes", has_children="no")
    hall.mark_all(case)
    receipt = hall.intake.decide(CLERK, hall.key(), case, "accept").papers[0]
    decided_behind(hall, case, number="LN-7")
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


def test_a_decided_case_names_the_keys_of_what_comes_next(station: Station) -> None:
    case, _ = granted(station)
    station.window.finder.open_case(case)
    station.settle()
    if question(station):
        station.type("1")
    view = station.window.work.view
    assert view is not None
    said = work_shown(view, Translator("en"), "").verdict.detail
    assert "Ctrl+M, J, R: hand the result over." in said


# mission: P6
def test_enter_alone_declares_no_receipt_lost_and_a_number_is_typed_as_it_comes(station: Station) -> None:
    case, receipt = granted(station)
    station.lay("zhang")
    station.press(Qt.Key.Key_Return)  # what is likeliest: the result that waits is handed over
    assert question(station) == "Who collects?"
    station.type("1")
    station.type("1")
    station.press(Qt.Key.Key_Return)
    assert question(station) == "Receipt"
    number = read_number(receipt)
    assert number is not None
    assert "0" in number.plain
    station.type(number.plain)
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


# mission: P6
def test_in_person_only_a_refusal_is_noted_as_delivered_in_another_way(station: Station) -> None:
    case, _ = granted(station)
    station.lay("zhang")
    station.type("6")
    shown = station.window.panels.chooser.question
    assert shown is not None
    assert shown.choices[0].words == "offered in person, and refused"
    assert "electronically" not in [choice.words for choice in shown.choices]
    station.type("1")
    assert question(station) == "Place"
    station.press(Qt.Key.Key_Return)
    assert question(station) == "Refused, because"
    station.press(Qt.Key.Key_Return)
    assert question(station) == "Refused, because"  # it has to be said
    station.type("wont sign")
    station.press(Qt.Key.Key_Return)
    station.press(Qt.Key.Key_Return)
    with station.hall.store.reading() as reader:
        delivery = reader.need(DELIVERIES, case)
    assert (delivery.waiting, delivery.handings[0].refused) == ((1,), "wont sign")


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
    question = station.window.panels.chooser.question
    assert question is not None
    assert "《某省收费目录》第三项" in question.hint
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


# mission: C14
def test_the_file_is_closed_by_keys_and_says_what_is_missing(station: Station) -> None:
    case, receipt = granted(station)
    hall = station.hall
    more(station, "archive")
    shown = station.window.panels.chooser.question
    assert shown is not None
    assert "The result is not handed over." in shown.hint
    station.type("1")
    assert question(station).startswith("File of")  # it cannot be closed yet
    station.press(Qt.Key.Key_Escape)
    own = CollectInput(relation="applicant", person=hall.card("zhang"), receipt=receipt)
    hall.around.delivering.hand_over(CLERK, hall.key(), case, own)
    more(station, "archive")
    station.type("1")
    station.type("1")
    file = hall.around.archiving.view(case).file
    assert file is not None
    assert file.closed


# mission: P11
def test_a_numbered_blank_goes_to_the_citizen_by_three_keys(station: Station) -> None:
    hall = station.hall
    hall.around.blanks.receive(CLERK, hall.key(), "Handbook", "SC000101", "SC000110")
    case, _ = granted(station)
    more(station, "blanks")
    station.type("1")
    station.type("1")
    assert "SC000101 goes to the citizen." in station.notice
    (moved,) = hall.around.blanks.of("3").moved
    assert moved.case == case


# mission: I13 I14
def test_advice_and_agents_are_recorded_by_keys(station: Station) -> None:
    case, _ = granted(station)
    more(station, "consult")
    for text in ("how long does it take", "three days", "", "", "", "1008"):
        station.type(text)
        station.press(Qt.Key.Key_Return)
    (advice,) = station.hall.around.consulting.of_case(case)
    assert (advice.answer, advice.item, advice.present) == ("three days", "0603@1", ("1008",))
    more(station, "course")
    assert "three days" in station.window.panels.course._lines.text()
    station.press(Qt.Key.Key_Escape)
    more(station, "earlier_advice")
    station.type("1")
    shown = station.window.panels.chooser.question
    assert shown is not None
    assert "three days" in shown.hint
    assert not shown.choices[0].enabled
    station.press(Qt.Key.Key_Escape)
    more(station, "agents")
    station.type("0")
    for text in ("Zhou", ""):
        station.type(text)
        station.press(Qt.Key.Key_Return)
    station.type("0")
    for text in ("1231", "", ""):
        station.type(text)
        station.press(Qt.Key.Key_Return)
    (agent,) = station.hall.around.agents.agents()
    assert (agent.name, agent.until) == ("Zhou", date(2026, 12, 31))


# mission: I12
def test_an_application_that_came_in_is_taken_in_hand(station: Station) -> None:
    zhang = citizens()["zhang"]
    form = {
        "format": "counter-app/application",
        "version": 1,
        "source": "phone",
        "id": "T-1",
        "item": "0603",
        "persons": [{"role": "applicant", "name": zhang.name, "number": zhang.number}],
    }
    taken = station.hall.around.applying.take_in(CLERK, json.dumps(form).encode())
    station.log_in()
    more(station, "applications")
    assert question(station) == "1 applications wait for a clerk"
    station.type("1")
    station.settle()
    view = station.window.work.view
    assert view is not None
    assert view.case == taken.case


# mission: I12
def test_files_that_were_not_taken_in_are_told_with_the_list(station: Station, tmp_path: Path) -> None:
    folder = tmp_path / "import"
    folder.mkdir()
    (folder / "a.json").write_text("{", encoding="utf-8")
    taking = ImportFolder(folder, station.hall.around.applying, Translator("en"), lambda: time.time() + 60)
    assert taking.step(CLERK) == ()
    desk = station.window.desk
    desk.deps = replace(desk.deps, rejected=lambda: rejected_in(folder))
    station.log_in()
    more(station, "applications")
    asked = station.window.panels.chooser.question
    assert asked is not None
    assert "1 files of the import folder were not taken in (a.json)" in asked.hint
    assert str(folder / "rejected") in asked.hint


# mission: I17
def test_text_messages_are_written_out_from_the_call_list(station: Station, tmp_path: Path) -> None:
    case, _ = granted(station)
    hall, desk = station.hall, station.window.desk
    hall.around.telling.ask_way(CLERK, hall.key(), case, "message")
    written: list[tuple[str, tuple[tuple[str, bytes], ...]]] = []

    def export(name: str, files: tuple[tuple[str, bytes], ...]) -> Path:
        written.append((name, files))
        return tmp_path / name

    desk.deps = replace(desk.deps, export=export)
    more(station, "to_tell")
    station.type("0")
    assert written == []  # no number is known
    station.press(Qt.Key.Key_Escape)
    hall.around.telling.tell(CLERK, hall.key(), case, "result", "phone", "asks_later")
    second = accepted(station, phone="13900000001")
    hall.around.telling.ask_way(CLERK, hall.key(), second, "message")
    decided_behind(hall, second, "deny")
    more(station, "to_tell")
    station.type("0")
    ((_, ((name, data),)),) = written
    assert name == "messages.csv"
    assert "13900000001" in data.decode("utf-8-sig")
    assert "Written to" in station.notice


# mission: C14
def test_without_a_case_the_page_of_files_lists_what_is_to_be_filed(station: Station) -> None:
    case = accepted(station)
    hall = station.hall
    hall.intake.decide(CLERK, hall.key(), case, "withdraw", DecisionInput(reason="不再外出"))
    station.log_in()
    more(station, "archive")
    assert question(station) == "1 cases that ended are not filed"
    station.type("1")
    assert question(station).startswith(
        "Without card, ticket or receipt"
    )  # nobody is looked at without a word


def accepted(station: Station, phone: str = "") -> str:
    hall = station.hall
    case = hall.case("0603", "li", married="no", has_children="no")
    hall.intake.set_field(CLERK, hall.key(), case, "phone", phone)
    hall.mark_all(case)
    hall.intake.decide(CLERK, hall.key(), case, "accept")
    return case


# mission: H5
def test_a_post_passes_over_by_keys_and_who_stands_in_is_told(station: Station) -> None:
    station.log_in()
    more(station, "posts")
    assert question(station) == "Posts A and B: which passes over, or returns?"
    station.type("1")
    station.type("2")
    assert "The post passes over, with 0 that wait." in station.notice
    posts = station.hall.casework.posts
    assert posts.passed("counter-3")
    more(station, "posts")
    station.type("1")
    assert not posts.passed("counter-3")
    posts.pass_over(Actor("1011", "3"), station.hall.key(), "counter-4", "病假", to=CLERK.staff)
    station.window.help.refresh()
    station.settle()
    assert "Stand in at 4 号窗口" in station.window.panels.line.alarms.words
    assert "log in at that counter" in station.notice


# mission: I11 X4
def test_the_case_in_hand_is_written_out_for_another_system_and_who_did_it_is_kept(station: Station) -> None:
    case, _ = granted(station)
    more(station, "export_case")
    assert "Written to" in station.notice
    (folder,) = station.exported
    form = json.loads((folder / f"{case}.json").read_bytes())
    assert form["persons"][0]["number"] == citizens()["zhang"].number
    with station.hall.store.reading() as reader:
        party = reader.need(CASES, case).draft.persons[0].party
    looks = station.deps.persons.who_looked(party)
    assert "Written out in the open form" in [look.reason for look in looks]


def test_a_day_by_which_money_or_papers_are_due_is_no_day_of_signing() -> None:
    zh = Translator("zh_CN")
    assert zh("no later than {day}", day="2026-12-02") == "2026-12-02 前"
    assert zh("by {day}", day="2026-12-02") == "2026-12-02前签收"
