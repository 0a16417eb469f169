"""Papers of a case, scanned papers, who looked, the printer's and the key's state in the foot."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from counter_app.domain.intake.parties import PARTIES
from counter_app.errors import mark
from counter_app.i18n import Translator
from counter_app.ui.counter.window import build_counter_window
from counter_app.ui.theme.tokens import State
from counter_app.use_cases.papers.printer_note import note_printer_state, printer_state
from counter_app.use_cases.ports.printing import PrinterState
from tests.support.intake_hall import CLERK
from tests.ui.counter.station import Station, more

WARNING = mark("Nobody is logged in here.")


@pytest.fixture
def opened() -> list[tuple[str, str]]:
    return []


@pytest.fixture
def desk(tmp_path: Path, qapp: QApplication, opened: list[tuple[str, str]]) -> Iterator[Station]:
    """A counter that makes sheets, and whose keys lie where one must be warned."""
    station = Station(tmp_path, Translator("en"))
    store = station.hall.store

    def sheet(paper: str, size: str) -> Path:
        opened.append((paper, size))
        return tmp_path / f"{size}.pdf"

    station.window.close()
    station.window.deleteLater()
    station.deps = replace(
        station.deps,
        sheet=sheet,
        open_file=lambda path: path.name == "A4.pdf",
        printer=lambda: printer_state(store),
        key_warning=WARNING,
    )
    station.window = build_counter_window(station.deps, Translator("en"))
    station.show()
    yield station
    station.close()


def accepted(station: Station, *, in_hand: bool = True) -> str:
    hall = station.hall
    case = hall.case("0603", "zhang", married="no", has_children="no")
    hall.mark_all(case)
    hall.intake.mark(CLERK, hall.key(), case, "resident_id", "present")  # and its copy was taken
    hall.intake.decide(CLERK, hall.key(), case, "accept")
    if in_hand:
        station.window.work.take_case(case)
        station.settle()
    return case


# mission: P1 P10 P13
def test_papers_of_the_case_open_as_sheets_and_their_seal_is_registered_once(
    desk: Station, opened: list[tuple[str, str]]
) -> None:
    desk.log_in()
    case = accepted(desk)
    paper = desk.deps.papers.of_case(case)[-1]
    assert paper.sheet
    more(desk, "case_papers")
    desk.type("1")
    desk.type("2")
    assert opened == [(paper.id, "A4")]
    assert "open in the viewer" in desk.notice
    more(desk, "case_papers")
    desk.type("1")
    desk.type("3")
    assert "A5.pdf" in desk.notice
    for _ in range(2):
        more(desk, "case_papers")
        desk.type("1")
        desk.type("4")
        desk.type("1")
    sealed = desk.deps.papers.of_case(case)[-1]
    assert (sealed.seal, sealed.sealed_by) == ("Seal for handling matters", "1002")
    desk.press(Qt.Key.Key_Escape)
    more(desk, "case_papers")
    desk.type("1")
    desk.type("1")
    desk.type("1")
    assert desk.deps.papers.of_case(case)[-1].reasons == ("Lost by the citizen",)


# mission: P7 P12
@pytest.mark.parametrize(
    ("command", "kind"), [("form", "form"), ("copy_stamp", "copy-stamp"), ("guide_sheet", "guide")]
)
def test_forms_stamps_and_guides_are_made_as_sheets(
    desk: Station, opened: list[tuple[str, str]], command: str, kind: str
) -> None:
    desk.log_in()
    accepted(desk)
    more(desk, command)
    ((paper, size),) = opened
    assert size == "A4"
    assert desk.deps.papers.facts(paper)[0].kind == kind


def test_without_a_maker_of_sheets_it_says_so(station: Station) -> None:
    station.log_in()
    accepted(station)
    more(station, "form")
    assert "makes no sheets" in station.notice


# mission: P10
def test_a_scanned_paper_says_what_it_states_and_a_forged_one_opens_nothing(station: Station) -> None:
    case = accepted(station, in_hand=False)
    paper = station.deps.papers.of_case(case)[-1]
    text = station.deps.papers.facts(paper.id)[1].head.qr_text
    station.log_in()
    forged = text[:-9] + ("A" if text[-9] != "A" else "B") + text[-8:]
    station.window.scans.wedge(forged)
    station.settle()
    assert "Not genuine" in station.notice
    assert station.window.desk.hands.case is None
    station.window.scans.wedge(text)
    station.settle()
    assert "Genuine, and known here." in station.notice
    for part in (paper.number, "now: accepted", "printed 1 times", "2026-11-23"):
        assert part in station.notice
    assert station.window.desk.hands.case == case
    station.window.scans.wedge("GSH1:NOTHING")
    station.settle()
    assert "read only in part: GSH1:NOTHING" in station.notice


# mission: X3
def test_who_looked_is_shown_to_those_with_the_right_only(station: Station) -> None:
    case = accepted(station, in_hand=False)
    party = station.hall.queries.case_view(case, "3").persons[0].party
    station.deps.persons.open_person(CLERK, station.hall.key(), party, "Asked on the phone")
    station.log_in()
    station.window.work.take_case(case)
    station.window.looks.who_looked()
    station.settle()
    assert "Your role does not allow this." in station.notice
    assert station.window.panels.chooser.question is None
    station.window.access.log_off()
    station.window.access.log_in("1010", "102468")
    station.settle()
    station.window.work.take_case(case)
    more(station, "who_looked")
    question = station.window.panels.chooser.question
    assert question is not None
    assert "王敏 · 3" in question.choices[0].words
    assert question.choices[0].detail == "by reason：Asked on the phone"


# mission: X3
def test_a_look_at_a_person_found_by_search_is_told_with_the_others(station: Station) -> None:
    case = accepted(station, in_hand=False)
    party = station.hall.queries.case_view(case, "3").persons[0].party
    with station.hall.store.reading() as reader:
        identity = reader.need(PARTIES, party).identity
    assert identity is not None
    persons, key = station.deps.persons, station.hall.key
    persons.open_person(CLERK, key(), party, "Asked on the phone")
    persons.open_person(CLERK, key(), identity.lookup, "Lost the receipt")
    assert {look.reason for look in persons.who_looked(party)} == {"Asked on the phone", "Lost the receipt"}


# mission: X3
def test_messages_about_citizens_leave_with_the_clerk(station: Station) -> None:
    station.log_in()
    station.window.desk.tell("阿** 已受理")
    assert station.notice
    station.window.access.log_off()
    station.settle()
    assert not station.window.panels.notice.isVisible()


# mission: X3 H3
def test_a_supervisor_reads_but_does_no_casework_and_opens_no_counter(station: Station) -> None:
    number = station.ticket("0603")
    case = station.hall.case("0603", "zhang")
    station.window.access.log_in("1010", "102468")
    station.settle()
    assert all(row.state != "open" for row in station.deps.lines.counter_states())
    station.window.line.call_next()
    station.settle()
    assert "Your role does not allow this." in station.notice
    assert station.deps.waiting.find(number).state == "waiting"
    station.window.work.take_case(case)
    before = station.hall.queries.case_view(case, "3")
    station.window.work.answer("married", "no")
    station.settle()
    assert station.hall.queries.case_view(case, "3") == before


# mission: M1 X3
def test_the_foot_says_what_the_printer_said_and_where_the_key_lies(desk: Station) -> None:
    desk.log_in()
    shown = desk.window.foot.shown
    assert (shown.printer.state, shown.printer.word) == (State.READY, "ready")
    assert (shown.centre.state, shown.centre.word) == (State.CORRECT, "kept here; look at the key")
    desk.hall.store.act(CLERK, "note", lambda tx: note_printer_state(tx, PrinterState.PAPER_OUT))
    desk.window.foot.refresh()
    shown = desk.window.foot.shown
    assert (shown.printer.state, shown.printer.word) == (State.FAULT, "out of paper")
    desk.window.foot.mend("centre")
    assert "Nobody is logged in here." in desk.notice


# mission: X4
def test_the_journal_is_verified_from_the_menu(station: Station) -> None:
    accepted(station, in_hand=False)
    station.log_in()
    more(station, "check_store")
    assert station.notice.startswith("Sound: ")
