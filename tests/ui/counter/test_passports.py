"""Passports and permits by their lines: taken over, or in the form to be compared and mended."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt

from counter_app.i18n import Translator
from counter_app.simulators.scanner.documents import DOCUMENTS, td3
from counter_app.ui.counter.work_words import work_shown
from tests.ui.counter.scanner import applicant, begin, scan
from tests.ui.counter.station import Station


# mission: M2 I2
def test_a_passport_becomes_the_applicant_without_a_key(station: Station) -> None:
    begin(station)
    scan(station, DOCUMENTS["passport"])
    person = applicant(station)
    assert (person.document, person.number, person.name) == ("passport", "N98765432", "IBRAGIMOVA AIGERIM")
    assert person.valid_to is not None
    assert "Passport" in station.window.panels.head.box.placeholderText()


# mission: M2 I2
def test_a_permit_keeps_its_kind(station: Station) -> None:
    begin(station)
    scan(station, DOCUMENTS["hongkong"])
    assert applicant(station).document == "hm_travel_permit"


# mission: M2
def test_doubtful_lines_stand_in_the_form_to_be_compared(station: Station) -> None:
    begin(station)
    scan(station, DOCUMENTS["doubtful"])
    assert "check digit of the number is wrong" in station.notice
    form = station.window.panels.work.form
    assert form.isVisibleTo(station.window)
    assert form.values()["document"] == "passport"
    assert form.values()["number"] == "L898902C4"
    form.focus_on("number")
    station.type("L898902C3")
    take_over(station)
    person = applicant(station)
    assert person.number == "L898902C3"
    assert (person.birth, person.valid_to) == (date(1974, 8, 12), date(2012, 4, 15))


def take_over(station: Station) -> None:
    """Enter until the form is done; a field that was chosen to be mended may be any of them."""
    form = station.window.panels.work.form
    for _ in range(len(form.values())):
        if form.isVisibleTo(station.window):
            station.press(Qt.Key.Key_Return)
    assert not form.isVisibleTo(station.window), station.notice


def passport(birth: str, expiry: str, *, birth_check: str = "") -> str:
    """Lines with right check digits, but for a birth's that a smudge spoiled."""
    text = td3("AFG", "NOORZAI<<ABDUL", "P01234567", birth, "M", expiry)
    first, second = text.split("\n")
    second = second[:19] + birth_check + second[20:] if birth_check else second
    return f"{first}\n{second}"


# mission: M2
def test_a_misread_birth_and_expiry_are_mended_in_the_form(station: Station) -> None:
    begin(station)
    scan(station, passport("840812", "320415", birth_check="0"))
    assert "check digit of the birth date is wrong" in station.notice
    form = station.window.panels.work.form
    assert (form.values()["birth"], form.values()["valid_to"]) == ("1984-08-12", "2032-04-15")
    station.type("19740812")  # what stood in the field to be mended is chosen, so typing replaces it
    form.focus_on("valid_to")
    station.type("2031-04-15")
    take_over(station)
    person = applicant(station)
    assert (person.birth, person.birth_part, person.valid_to) == (date(1974, 8, 12), "", date(2031, 4, 15))


# mission: M2
@pytest.mark.parametrize(("lines", "known"), [("80<<<<", "1980"), ("8003<<", "1980-03")])
def test_a_birth_known_in_part_stands_in_the_form_and_on_the_person(
    station: Station, lines: str, known: str
) -> None:
    begin(station)
    scan(station, passport(lines, "320415"))
    form = station.window.panels.work.form
    assert form.values()["birth"] == known
    take_over(station)
    person = applicant(station)
    assert (person.birth, person.birth_part) == (None, known)
    view = station.window.work.view
    assert view is not None
    assert "born 1980" in work_shown(view, Translator("en"), "").applicant.summary


def test_all_that_is_doubtful_is_told(station: Station) -> None:
    begin(station)
    scan(station, passport("<<<<<<", "<<<<<<"))
    assert "gives no birth date" in station.notice
    assert "gives no expiry" in station.notice


@pytest.mark.parametrize(
    ("field", "text", "said"),
    [
        ("birth", "1974-13-12", "is no birth date"),
        ("birth", "2126", "is no birth date"),
        ("birth", "197", "is no birth date"),
        ("birth", "0974", "is no birth date"),
        ("valid_to", "2033", "is no day a document ends"),
        ("valid_to", "soon", "is no day a document ends"),
    ],
)
def test_a_day_there_is_not_sends_the_keys_back_to_its_field(
    station: Station, field: str, text: str, said: str
) -> None:
    begin(station)
    scan(station, passport("840812", "320415", birth_check="0"))
    form = station.window.panels.work.form
    form.focus_on(field)
    station.type(text)
    form.focus_on("address")
    station.press(Qt.Key.Key_Return)
    assert said in station.notice
    assert form.isVisibleTo(station.window)
    assert station.focus.accessibleName() == {"birth": "Birth date", "valid_to": "Valid until"}[field]


# mission: M2
def test_half_a_passport_and_a_visa_are_told(station: Station) -> None:
    begin(station)
    scan(station, DOCUMENTS["td3"].split("\n")[0])
    scan(station, DOCUMENTS["visa"])
    assert "visa" in station.notice
    assert station.window.work.view is None or not station.window.work.view.persons


# mission: M2
def test_a_passport_by_a_wedge_without_prefix_comes_whole(station: Station) -> None:
    begin(station)
    station.window.panels.head.box.setFocus()
    scan(station, DOCUMENTS["passport"], prefix=False)
    assert applicant(station).number == "N98765432"
