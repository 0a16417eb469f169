"""A paper is checked and signed on the citizen's screen; Esc at the counter takes it back (M3, P12)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from counter_app.domain.hall.rights import RIGHTS_OF
from counter_app.i18n import Translator
from counter_app.ui.counter.citizen_screen import CitizenScreen
from counter_app.ui.counter.citizen_window import KEY_MM
from tests.support.intake_hall import CLERK
from tests.ui.counter.station import Station, more


@pytest.fixture
def station(tmp_path: Path, qapp: QApplication) -> Iterator[Station]:
    station = Station(tmp_path, Translator("en"))
    station.show()
    station.log_in()
    yield station
    station.close()


def asked(station: Station) -> tuple[str, CitizenScreen]:
    """The acceptance notice of a case lies before the applicant; gives its id."""
    return asked_for(station, Qt.Key.Key_1), shown(station)


def asked_for(station: Station, role: Qt.Key) -> str:
    hall = station.hall
    case = hall.case("0603", "zhang", married="no", has_children="no")
    hall.mark_all(case)
    hall.intake.decide(CLERK, hall.key(), case, "accept")
    station.window.work.take_case(case)
    station.settle()
    more(station, "sign_paper")
    station.press(Qt.Key.Key_1)
    station.press(role)
    return station.deps.papers.of_case(case)[-1].id


def shown(station: Station) -> CitizenScreen:
    citizen = station.window._screen.citizen
    assert citizen is not None
    return citizen


def drag(screen: CitizenScreen, *points: tuple[int, int]) -> None:
    button, pad = Qt.MouseButton.LeftButton, screen.pad
    QTest.mousePress(pad, button, pos=QPoint(*points[0]))
    for point in points[1:]:
        QTest.mouseMove(pad, QPoint(*point))
    QTest.mouseRelease(pad, button, pos=QPoint(*points[-1]))


# mission: M3 P12
def test_the_citizen_checks_signs_and_confirms(station: Station) -> None:
    paper, screen = asked(station)
    assert "lies before the citizen" in station.notice
    assert not screen.confirm.isEnabled()
    drag(screen, (20, 20), (120, 80), (200, 40))
    assert screen.confirm.isEnabled()
    screen.again.click()
    assert screen.pad.empty
    assert not screen.confirm.isEnabled()
    drag(screen, (20, 20), (120, 80), (200, 40))
    screen.confirm.click()
    station.settle()
    (row,) = station.deps.papers.signing.of_paper(paper)
    assert (row.role, row.fit, row.staff, row.drawn) == ("applicant", "fits", CLERK.staff, True)
    assert "was signed at" in station.notice
    assert station.window._screen.citizen is None


def test_esc_at_the_counter_takes_it_back(station: Station) -> None:
    paper, screen = asked(station)
    drag(screen, (20, 20), (120, 80), (200, 40))
    station.press(Qt.Key.Key_Escape)
    assert station.window._screen.citizen is None
    assert "nothing was signed" in station.notice
    assert station.deps.papers.signing.of_paper(paper) == ()


def test_a_locked_counter_shows_no_paper(station: Station) -> None:
    asked(station)
    station.press(Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert station.window._screen.citizen is None


def test_a_dot_is_no_signature(station: Station) -> None:
    paper, screen = asked(station)
    drag(screen, (20, 20))
    screen.confirm.click()
    station.settle()
    assert "Nothing was signed yet" in station.notice
    assert station.deps.papers.signing.of_paper(paper) == ()


def test_a_thumb_print_asks_for_its_witness(station: Station) -> None:
    paper = asked_for(station, Qt.Key.Key_5)
    station.type("Wang Fang")
    station.press(Qt.Key.Key_Return)
    drag(shown(station), (20, 20), (120, 80), (200, 40))
    shown(station).confirm.click()
    station.settle()
    (row,) = station.deps.papers.signing.of_paper(paper)
    assert (row.thumb, row.witness) == (True, "Wang Fang")


def test_its_keys_are_large_and_it_never_takes_the_clerk_s(station: Station) -> None:
    _, screen = asked(station)
    least = KEY_MM / 25.4 * screen.logicalDpiY() - 1
    assert min(screen.again.height(), screen.confirm.height()) >= least
    assert screen.windowFlags() & Qt.WindowType.WindowDoesNotAcceptFocus
    assert screen.windowFlags() & Qt.WindowType.FramelessWindowHint


# mission: M3 X3
def test_taking_signatures_is_a_right_of_its_own_and_asked_before_anybody_signs(station: Station) -> None:
    shift = station.window.desk.hands.shift
    assert shift is not None
    station.window.desk.hands.shift = replace(shift, roles=frozenset({"supervision"}))
    hall = station.hall
    case = hall.case("0603", "zhang", married="no", has_children="no")
    hall.mark_all(case)
    hall.intake.decide(CLERK, hall.key(), case, "accept")
    station.window.work.take_case(case)
    station.settle()
    station.window.signing.ask()
    assert station.window.panels.chooser.question is None
    assert "does not allow taking signatures" in station.notice
    assert {role for role, rights in RIGHTS_OF.items() if "paper.sign" in rights} == {
        "inquiry",
        "intake",
        "handling",
    }


# mission: M3 P12
def test_what_is_said_anew_after_a_signature_asks_for_one_of_its_own(station: Station) -> None:
    hall, signing = station.hall, station.deps.papers.signing
    case = hall.case("0603", "zhang", married="no", has_children="no")
    hall.intake.mark(CLERK, hall.key(), case, "photo", "missing")
    hall.mark_all(case)
    hall.intake.decide(CLERK, hall.key(), case, "notify")
    station.window.work.take_case(case)
    station.settle()
    notice = station.deps.papers.of_case(case)[-1].id
    more(station, "sign_paper")
    station.press(Qt.Key.Key_1)
    station.press(Qt.Key.Key_1)
    citizen = shown(station)
    drag(citizen, (20, 20), (90, 60), (160, 25), (200, 70))
    QTest.mouseClick(citizen.confirm, Qt.MouseButton.LeftButton)
    station.settle()
    hall.intake.return_visit(CLERK, hall.key(), case)
    hall.intake.mark(CLERK, hall.key(), case, "photo", "present")
    hall.intake.decide(CLERK, hall.key(), case, "accept")
    accepted = station.deps.papers.of_case(case)[-1].id
    assert accepted != notice
    assert [(row.fit, row.stands) for row in signing.of_paper(notice)] == [("fits", True)]
    assert signing.of_paper(accepted) == ()
    for key, signed in ((Qt.Key.Key_1, False), (Qt.Key.Key_2, True)):
        more(station, "sign_paper")
        station.press(key)
        question = station.window.panels.chooser.question
        assert question is not None
        assert ("signed" in question.choices[0].detail) is signed
        station.press(Qt.Key.Key_Escape)
