"""Scans at the counter: any field, no click, half-read and foreign codes shown."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from counter_app.domain.scanning.codes import SETUP_TEXT
from counter_app.errors import UserFacingError
from counter_app.i18n import Translator
from counter_app.use_cases.ports.identity import ReaderChanged, ReaderState
from counter_app.use_cases.ports.inputs import ChipLaid, NamedSource, ScanListener, Scanned
from counter_app.use_cases.reference import Publishing
from tests.support.intake_hall import CLERK, catalogue
from tests.ui.counter.scanner import NOTHING, applicant, begin, scan, send
from tests.ui.counter.station import Station

Ctrl = Qt.KeyboardModifier.ControlModifier


def receipt(station: Station) -> tuple[str, str, str]:
    """An accepted case: its id, its number, and the code of its receipt."""
    hall = station.hall
    case = hall.case("0603", "zhang", married="no", has_children="no")
    hall.mark_all(case)
    hall.intake.decide(CLERK, hall.key(), case, "accept")
    paper = station.deps.papers.of_case(case)[-1]
    return case, hall.queries.case_view(case).number, station.deps.papers.facts(paper.id)[1].head.qr_text


def fields(station: Station) -> list[QWidget]:
    """Every widget of the desk that can have the keys now."""
    desk = station.window.panels.desk
    return [
        one
        for one in desk.findChildren(QWidget)
        if one.focusPolicy() & Qt.FocusPolicy.TabFocus and one.isVisibleTo(desk) and one.isEnabled()
    ]


# mission: M3 P10
def test_a_receipt_is_known_wherever_the_keys_are(station: Station) -> None:
    case, _, code = receipt(station)
    begin(station)
    station.press(Qt.Key.Key_T, Ctrl)  # the form of a person stands open
    asked = len(fields(station))
    assert asked > 8
    for at in range(asked):
        station.window.desk.hands.case = None
        fields(station)[at].setFocus()
        before = [one.text() for one in station.window.findChildren(QLineEdit)]
        scan(station, code)
        assert station.window.desk.hands.case == case, fields(station)[at]
        assert [one.text() for one in station.window.findChildren(QLineEdit)] == before
        station.press(Qt.Key.Key_T, Ctrl)


# mission: M3
def test_a_scan_says_what_was_recognised_and_acts_with_its_enter(station: Station) -> None:
    case, number, code = receipt(station)
    station.log_in()
    scan(station, code, end=False)
    assert station.window.desk.hands.case is None
    assert "Scanning" in station.window.panels.head.box.placeholderText()
    send(station, Qt.Key.Key_Return, "\r")
    station.settle()
    assert station.window.desk.hands.case == case
    box = station.window.panels.head.box
    assert "Paper with a seal code" in box.placeholderText()
    assert "Genuine" in station.notice
    assert number in station.notice or box.text() == ""


# mission: M3
def test_without_prefix_a_receipt_is_known_in_a_field_by_its_own_words(station: Station) -> None:
    case, _, code = receipt(station)
    begin(station)
    station.press(Qt.Key.Key_T, Ctrl)
    name = station.focus
    assert isinstance(name, QLineEdit)
    name.insert("张三")
    scan(station, code[:40], prefix=False)  # the field is too short for all of it
    assert name.text() == "张三"
    assert "read only in part" in station.notice
    station.window.panels.head.box.setFocus()
    scan(station, code, prefix=False)
    assert station.window.desk.hands.case == case


# mission: M3
@pytest.mark.parametrize("cut", [4, 5, 9, 60, 150])
def test_a_half_read_code_is_shown_and_the_next_scan_replaces_it(station: Station, cut: int) -> None:
    case, _, code = receipt(station)
    station.log_in()
    scan(station, code[:cut])
    box = station.window.panels.head.box
    assert "read only in part" in station.notice
    assert box.text() == code[:cut].strip()
    assert station.window.desk.hands.case is None
    scan(station, code)
    assert station.window.desk.hands.case == case


# mission: M3
def test_a_scan_that_never_ended_is_told_when_the_next_begins_or_the_window_is_left(station: Station) -> None:
    case, _, code = receipt(station)
    station.log_in()
    scan(station, code[:50], end=False)
    scan(station, code)
    assert station.window.desk.hands.case == case
    scan(station, code[:50], end=False)
    other = QWidget()
    other.show()
    other.activateWindow()
    other.setFocus()
    QApplication.processEvents()
    station.settle()
    assert "read only in part" in station.notice
    other.close()
    other.deleteLater()


def test_escape_leaves_a_scan_and_the_keys_are_everybodys_again(station: Station) -> None:
    station.log_in()
    scan(station, "GSH1:AB", end=False)
    send(station, Qt.Key.Key_Escape)
    station.window.panels.head.box.setFocus()
    station.type("ab")
    assert station.window.panels.head.box.text() == "ab"


# mission: M3
@pytest.mark.parametrize("text", ["https://example.cn/x", "6901234567892", "0106901234567892\x1d10ABC"])
def test_a_foreign_code_is_said_to_be_one_and_opens_nothing(station: Station, text: str) -> None:
    station.log_in()
    scan(station, text)
    assert "none of this hall's" in station.notice
    assert text.replace("\x1d", "·") in station.notice
    assert station.window.desk.hands.case is None


def test_a_group_separator_composed_by_the_system_as_well_counts_once(station: Station) -> None:
    station.log_in()
    scan(station, "AB\x1d", end=False)
    send(station, 0, "\x1d")
    scan(station, "CD", prefix=False)
    assert "AB·CD" in station.notice


# mission: M3
def test_the_set_up_code_tells_whether_the_scanner_is_set_up(station: Station) -> None:
    station.log_in()
    station.window.panels.head.box.setFocus()
    scan(station, SETUP_TEXT, prefix=False)
    assert "no prefix" in station.notice
    scan(station, SETUP_TEXT)
    assert "known in any field" in station.notice


# mission: M3
def test_a_ticket_an_item_and_a_number_are_opened(station: Station) -> None:
    case, number, _ = receipt(station)
    called = station.ticket("0603")
    station.log_in()
    scan(station, called)
    station.type("1")  # out of turn: why
    assert station.window.desk.hands.ticket is not None
    assert station.window.desk.hands.ticket.number == called
    scan(station, "0603")
    view = station.window.work.view
    assert view is not None
    assert view.item is not None
    scan(station, number)
    assert station.window.desk.hands.case == case


# mission: M3
def test_an_item_s_code_is_known_by_the_catalogue_though_it_looks_like_a_ticket(station: Station) -> None:
    begin(station)
    box = station.window.panels.head.box
    scan(station, "A0603")
    assert "Queue ticket" in box.placeholderText()
    plain = catalogue()
    item = replace(plain.item("0603", station.hall.clock.now().date()), code="A0603")
    Publishing(station.hall.store, station.hall.reference).catalogue(
        CLERK, "with-a-letter", replace(plain, items=(*plain.items, item))
    )
    station.window.poll()
    station.settle()
    for text in ("A0603", "0603"):
        scan(station, text)
        assert f"Item {text}" in box.placeholderText()
        view = station.window.work.view
        assert view is not None, station.notice
        assert view.item is not None
        assert view.item.code == text


def test_input_methods_are_off_while_a_scanner_types_and_on_again_after(station: Station) -> None:
    begin(station)
    station.press(Qt.Key.Key_T, Ctrl)
    name = station.focus
    method = Qt.WidgetAttribute.WA_InputMethodEnabled
    assert name.testAttribute(method)
    scan(station, "6901234567892", end=False)
    assert not name.testAttribute(method)
    send(station, Qt.Key.Key_Return, "\r")
    assert name.testAttribute(method)


def test_enter_at_a_scanners_speed_takes_no_hit_of_older_text(station: Station) -> None:
    box = station.window.panels.head.box
    station.log_in()
    box.setFocus()
    station.type("06")
    assert box.hits_shown
    box.setText("0603")
    taken: list[str] = []
    entered: list[str] = []
    box.taken.connect(taken.append)
    box.entered.connect(entered.append)
    box._fresh = False  # as after the letters that came since
    send(station, Qt.Key.Key_Return, "\r", NOTHING)
    assert (taken, entered) == ([], ["0603"])


class HandScanner:
    """A serial scanner with which a test scans."""

    def __init__(self) -> None:
        self.listener: ScanListener = lambda news: None
        self.state = ReaderState.READY
        self.problem: UserFacingError | None = None

    def start(self, listener: ScanListener) -> None:
        self.listener = listener

    def stop(self) -> None:
        self.listener = lambda news: None


@pytest.fixture
def lined(tmp_path: Path, qapp: QApplication) -> Iterator[tuple[Station, HandScanner]]:
    """A counter with a scanner on a line of its own."""
    station, scanner = Station(tmp_path, Translator("en")), HandScanner()
    station.deps = replace(station.deps, sources=(NamedSource("scanner", scanner),))
    station.reopen()
    yield station, scanner
    station.close()


# mission: M3
def test_a_serial_scan_acts_whatever_is_open(lined: tuple[Station, HandScanner]) -> None:
    station, scanner = lined
    case, _, code = receipt(station)
    station.log_in()
    station.press(Qt.Key.Key_F1)
    scanner.listener(Scanned(code, 0.0))
    station.settle()
    assert station.window.desk.hands.case == case


# mission: M3 M4
def test_the_foot_says_that_the_scanner_was_unplugged_and_is_back(lined: tuple[Station, HandScanner]) -> None:
    station, scanner = lined
    station.log_in()
    scanner.listener(ReaderChanged(ReaderState.LOST))
    station.settle()
    assert station.window.foot.shown.reader.word == "scanner unplugged"
    scanner.listener(ReaderChanged(ReaderState.READY))
    station.settle()
    assert station.window.foot.shown.reader.word == "reader ready"


# mission: X3
def test_a_badge_scanned_at_the_log_in_asks_for_its_pin(lined: tuple[Station, HandScanner]) -> None:
    station, scanner = lined
    scanner.listener(Scanned("1005", 0.0))
    station.settle()
    assert station.window.panels.login.typed == ("1005", "")
    scan(station, "1006")
    assert station.window.panels.login.typed == ("1006", "")


# mission: M2 X3
def test_a_smart_card_is_a_badge_at_the_log_in_and_its_pin_is_asked_all_the_same(
    lined: tuple[Station, HandScanner],
) -> None:
    station, slot = lined
    plan = station.deps.plan
    staff = tuple(replace(one, chips=("04A2B3C4",)) if one.badge == "1005" else one for one in plan.staff)
    station.deps = replace(station.deps, plan=replace(plan, staff=staff))
    station.reopen()
    slot.listener(ChipLaid("04A2B3C4", 0.0))
    station.settle()
    assert station.window.panels.login.typed == ("1005", "")
    station.window.access.log_in("1002", "022468")
    station.settle()
    slot.listener(ChipLaid("04A2B3C4", 0.0))
    station.settle()
    assert "badge of" in station.notice


# mission: M2 P9
def test_a_service_card_is_taken_over_once_and_then_finds_its_holder(
    lined: tuple[Station, HandScanner],
) -> None:
    station, slot = lined
    begin(station)
    slot.listener(ChipLaid("04A2B3C4D5E680", 0.0))
    station.settle()
    assert "not known here" in station.notice
    station.press(Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier)
    form = station.window.panels.work.form
    assert form.values()["number"] == "04A2B3C4D5E680"
    form.focus_on("name")
    station.type("Zhang San")
    for _ in range(4):
        station.press(Qt.Key.Key_Return)
    assert applicant(station).document == "service_card"
    slot.listener(ChipLaid("04A2B3C4D5E680", 0.0))
    station.settle()
    assert "Service card of Zhang San" in station.notice


# mission: M3
def test_a_scan_acts_within_50_ms_of_its_enter(station: Station) -> None:
    case, number, code = receipt(station)
    station.log_in()
    late = []
    for text in (code, number, code, number, code):
        station.window.desk.hands.case = None
        scan(station, text, end=False)
        began = time.perf_counter()
        send(station, Qt.Key.Key_Return, "\r")
        station.settle()
        late.append(time.perf_counter() - began)
        assert station.window.desk.hands.case == case
    assert sorted(late)[2] < 0.050, late


def test_what_was_scanned_of_one_citizen_is_gone_with_the_next(station: Station) -> None:
    station.ticket("0603")
    station.log_in()
    box = station.window.panels.head.box
    usual = box.placeholderText()
    station.window.scans.scanned("0603", "line")
    assert box.placeholderText() != usual
    station.press(Qt.Key.Key_F3)
    assert box.placeholderText() == usual
