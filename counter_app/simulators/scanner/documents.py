"""Machine-readable lines of documents that nobody holds: ICAO's specimens and made-up ones.

`lines_of` computes check digits, so that a new specimen is right by itself.
"""

from __future__ import annotations

from typing import Final

from counter_app.domain.identity.mrz import check_digit


def td3(issuer: str, names: str, number: str, birth: str, sex: str, expiry: str, personal: str = "") -> str:
    """A passport's two lines of 44. Dates as `YYMMDD`, unknown parts as `<`; names as `FAMILY<<GIVEN`."""
    first = f"P<{issuer:<<3}{names}".ljust(44, "<")[:44]
    number, personal = number.ljust(9, "<"), personal.ljust(14, "<")
    dates = f"{birth}{check_digit(birth)}", f"{expiry}{check_digit(expiry)}"
    own = "<" if not personal.strip("<") else check_digit(personal)
    head = number + check_digit(number)
    whole = check_digit(head + dates[0] + dates[1] + personal + own)
    return f"{first}\n{head}{issuer:<<3}{dates[0]}{sex}{dates[1]}{personal}{own}{whole}"


def td1(
    kind: str, issuer: str, names: str, number: str, birth: str, sex: str, expiry: str, nationality: str
) -> str:
    """A card's three lines of 30."""
    number = number.ljust(9, "<")
    first = f"{kind:<<2}{issuer:<<3}{number}{check_digit(number)}".ljust(30, "<")
    dates = f"{birth}{check_digit(birth)}", f"{expiry}{check_digit(expiry)}"
    whole = check_digit(first[5:] + dates[0] + dates[1] + "<" * 11)
    second = f"{dates[0]}{sex}{dates[1]}{nationality:<<3}" + "<" * 11 + whole
    return f"{first}\n{second}\n{names.ljust(30, '<')[:30]}"


DOCUMENTS: Final[dict[str, str]] = {
    "td3": "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10",
    "td2": "I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<\nD231458907UTO7408122F1204159<<<<<<<6",
    "td1": "I<UTOD231458907<<<<<<<<<<<<<<<\n7408122F1204159UTO<<<<<<<<<<<6\nERIKSSON<<ANNA<MARIA<<<<<<<<<<",
    "passport": td3("KAZ", "IBRAGIMOVA<<AIGERIM", "N98765432", "910307", "F", "330306"),
    "elder": td3("PAK", "KHAN<<GUL<MUHAMMAD", "AB1234567", "310815", "M", "300814"),
    "part": td3("AFG", "NOORZAI<<ABDUL", "P01234567", "80<<<<", "M", "290101"),
    "hongkong": td1("CR", "CHN", "CHAN<<TAI<MAN", "H12345678", "850312", "M", "310601", "CHN"),
    "taiwan": td1("CT", "CHN", "LIN<<MEI<LING", "T12345678", "791120", "F", "300101", "CHN"),
    "doubtful": "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C46UTO7408122F1204159ZE184226B<<<<<10",
    "visa": "V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL8988901C4XXX4009078F96121096ZE184226B<<<<<<",
}
