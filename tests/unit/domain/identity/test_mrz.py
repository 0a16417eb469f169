"""Machine-readable lines: ICAO's specimens, what is lost on the way, the century, dates known in part."""

from __future__ import annotations

import contextlib
from datetime import date
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.identity.document import DocumentType, Sex
from counter_app.domain.identity.mrz import (
    MrzDamaged,
    MrzVisa,
    check_digit,
    lines_wanted,
    looks_like_mrz,
    parse_mrz,
)
from counter_app.simulators.scanner.documents import DOCUMENTS, td1, td3

TODAY: Final = date(2026, 11, 28)


@pytest.mark.parametrize(
    ("name", "number", "kind"),
    [
        ("td3", "L898902C3", DocumentType.PASSPORT),
        ("td2", "D23145890", DocumentType.OTHER),
        ("td1", "D23145890", DocumentType.OTHER),
    ],
)
def test_the_specimens_of_icao(name: str, number: str, kind: DocumentType) -> None:
    read = parse_mrz(DOCUMENTS[name], TODAY)
    assert (read.kind, read.number, read.name) == (kind, number, "ERIKSSON ANNA MARIA")
    assert (read.birth, read.valid_to) == (date(1974, 8, 12), date(2012, 4, 15))
    assert (read.sex, read.nationality, read.authority) == (Sex.FEMALE, "UTO", "UTO")
    assert read.warnings == ()
    assert read.is_expired(TODAY)


@pytest.mark.parametrize("name", ["td3", "td2", "td1"])
def test_lower_case_and_missing_line_ends_make_no_difference(name: str) -> None:
    whole = parse_mrz(DOCUMENTS[name], TODAY)
    assert parse_mrz(DOCUMENTS[name].lower(), TODAY) == whole
    assert parse_mrz(DOCUMENTS[name].replace("\n", "\r\n") + "\r\n", TODAY) == whole
    assert parse_mrz(DOCUMENTS[name].replace("\n", ""), TODAY) == whole


@pytest.mark.parametrize("name", ["td3", "td2", "td1"])
def test_every_lost_character_is_noticed(name: str) -> None:
    text = DOCUMENTS[name]
    for at in (at for at, sign in enumerate(text) if sign != "\n"):
        with pytest.raises(MrzDamaged):
            parse_mrz(text[:at] + text[at + 1 :], TODAY)


def test_a_wrong_character_is_named_by_its_field() -> None:
    read = parse_mrz(DOCUMENTS["doubtful"], TODAY)
    assert read.number == "L898902C4"
    assert [remark.code for remark in read.warnings] == ["mrz.check-number"]


@pytest.mark.parametrize("at", [0, 1, 13, 19, 21, 27, 28, 42, 43])
def test_a_changed_digit_of_the_second_line_never_passes(at: int) -> None:
    first, second = DOCUMENTS["td3"].split("\n")
    changed = second[:at] + ("7" if second[at] != "7" else "8") + second[at + 1 :]
    assert parse_mrz(f"{first}\n{changed}", TODAY).warnings


@pytest.mark.parametrize(
    ("birth", "read"),
    [
        ("740812", date(1974, 8, 12)),
        ("261128", date(2026, 11, 28)),  # born today
        ("261129", date(1926, 11, 29)),  # tomorrow: a hundred years ago
        ("270101", date(1927, 1, 1)),
        ("000229", date(2000, 2, 29)),
        ("980229", None),
    ],
)
def test_a_birth_is_the_latest_that_is_not_in_the_future(birth: str, read: date | None) -> None:
    text = td3("KAZ", "IBRAGIMOVA<<AIGERIM", "N98765432", birth, "F", "330306")
    assert parse_mrz(text, TODAY).birth == read


@pytest.mark.parametrize(
    ("expiry", "read"),
    [("330306", date(2033, 3, 6)), ("120415", date(2012, 4, 15)), ("990101", date(1999, 1, 1)),
     ("750101", date(2075, 1, 1)), ("<<<<<<", None)],
)  # fmt: skip
def test_an_expiry_lies_near_today(expiry: str, read: date | None) -> None:
    text = td3("KAZ", "IBRAGIMOVA<<AIGERIM", "N98765432", "910307", "F", expiry)
    assert parse_mrz(text, TODAY).valid_to == read


@pytest.mark.parametrize(("birth", "said"),
    [("80<<<<", "1980"), ("8003<<", "1980-03"), ("26<<<<", "2026"), ("2612<<", "1926-12"), ("8013<<", ""),
     ("<<<<<<", "")],
)  # fmt: skip
def test_a_birth_known_in_part_is_said_and_refuses_nothing(birth: str, said: str) -> None:
    read = parse_mrz(td3("AFG", "NOORZAI<<ABDUL", "P01234567", birth, "M", "290101"), TODAY)
    assert read.birth is None
    assert read.birth_part == said
    assert [remark.code for remark in read.warnings] == ["mrz.birth-part" if said else "mrz.birth"]
    assert said in str(read.warnings[0])


def test_a_number_of_more_than_nine_signs_goes_on_in_the_optional_data() -> None:
    number = "D23145890734"
    first = f"I<UTO{number[:9]}<{number[9:]}{check_digit(number)}".ljust(30, "<")
    second = "7408122F1204159UTO" + "<" * 11
    whole = check_digit(first[5:] + second[:7] + second[8:15] + second[18:29])
    read = parse_mrz(f"{first}\n{second}{whole}\n{'ERIKSSON<<ANNA'.ljust(30, '<')}", TODAY)
    assert (read.number, read.warnings) == (number, ())


def test_permits_of_the_exit_entry_administration_have_their_kinds() -> None:
    kinds = [parse_mrz(DOCUMENTS[name], TODAY).kind for name in ("hongkong", "taiwan")]
    assert kinds == [DocumentType.HM_TRAVEL_PERMIT, DocumentType.TW_TRAVEL_PERMIT]
    elsewhere = td1("CR", "UTO", "CHAN<<TAI", "H12345678", "850312", "M", "310601", "UTO")
    assert parse_mrz(elsewhere, TODAY).kind is DocumentType.OTHER


def test_a_visa_is_not_a_passport() -> None:
    with pytest.raises(MrzVisa):
        parse_mrz(DOCUMENTS["visa"], TODAY)


def test_a_name_that_fills_its_line_may_go_on() -> None:
    text = td3("UTO", "PAPANDROPOULOUS<<JONATHON<WARREN<TREVOR<A", "N98765432", "910307", "F", "330306")
    assert [remark.code for remark in parse_mrz(text, TODAY).warnings] == ["mrz.name-cut"]


@pytest.mark.parametrize(
    "text", ["", "P<", "〔2026〕3-0318-K", "GSH1:ABC", "6" * 44, "CODE-OF-A-PARCEL-000000000000000"]
)
def test_other_texts_do_not_look_like_lines(text: str) -> None:
    assert not looks_like_mrz(text)


def test_how_many_lines_are_to_come() -> None:
    assert [lines_wanted(DOCUMENTS[name].split("\n")[0]) for name in ("td3", "td2", "td1")] == [2, 2, 3]
    assert lines_wanted(DOCUMENTS["td3"].replace("\n", "")) == 1


@given(st.text(alphabet="ABPVIC<0123456789\n mrzé〇", max_size=140) | st.text(max_size=100))
def test_any_text_ends_in_a_document_or_an_error_people_can_mend(text: str) -> None:
    with contextlib.suppress(MrzDamaged, MrzVisa):
        assert parse_mrz(text, TODAY).number


@given(
    st.dates(date(1930, 1, 1), TODAY), st.dates(date(1990, 1, 1), date(2070, 1, 1)), st.sampled_from("MFX<")
)
def test_what_is_written_is_read(birth: date, expiry: date, sex: str) -> None:
    text = td3("PAK", "KHAN<<GUL", "AB1234567", f"{birth:%y%m%d}", sex, f"{expiry:%y%m%d}", "35202123")
    read = parse_mrz(text, TODAY)
    assert read.warnings == ()
    assert read.valid_to == expiry
    assert read.birth is not None
    assert (read.birth - birth).days in (0, 36524, 36525)
