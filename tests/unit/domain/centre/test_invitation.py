"""The invitation as people type it: forgiving in form, strict in content."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.centre.invitation import (
    CODE_SIGNS,
    DEFAULT_PORT,
    PRINT_SIGNS,
    SIGNS,
    InvitationText,
    certificate_print,
    code_of,
    read_address,
    read_invitation,
    tidy_code,
)
from counter_app.errors import UserFacingError

TEXT = InvitationText("192.168.1.10", 8443, "7K4M2XQDPW", certificate_print(b"certificate"))
HOSTS = st.sampled_from(["hub", "hall.example", "10.0.0.5", "[fe80::1]", "a-b.c"])


def signs(count: int) -> st.SearchStrategy[str]:
    return st.text(SIGNS, min_size=count, max_size=count)


@given(st.builds(InvitationText, HOSTS, st.integers(1, 65535), signs(CODE_SIGNS), signs(PRINT_SIGNS)))
def test_what_is_shown_is_read(text: InvitationText) -> None:
    assert read_invitation(str(text)) == text


@pytest.mark.parametrize(
    "change",
    [
        lambda shown: shown.lower(),
        lambda shown: f"  {shown}\n",
        lambda shown: shown.replace("-", ""),
        lambda shown: shown.replace("-", " - "),
        lambda shown: shown[:18] + shown[18:].replace("0", "o").replace("1", "l"),
        lambda shown: shown.replace(":", "：").replace("/", "／").replace("-", "－"),
        lambda shown: "".join(chr(ord(sign) + 0xFEE0) if "!" <= sign <= "~" else sign for sign in shown),
        lambda shown: f"https://{shown}",
    ],
)
def test_how_it_is_typed_does_not_matter(change: object) -> None:
    assert callable(change)
    assert read_invitation(change(str(TEXT))) == TEXT


def test_nearly_every_slip_of_the_hand_is_told() -> None:
    shown = str(TEXT)
    slips = missed = 0
    for place, sign in enumerate(shown):
        for other in SIGNS.lower() + "." if place < shown.index("/") else SIGNS:
            if other.upper() == sign.upper() or sign in "-/:":
                continue
            slips += 1
            try:
                read_invitation(shown[:place] + other + shown[place + 1 :])
            except UserFacingError:
                continue
            missed += 1
    assert slips > 500
    assert missed / slips < 0.01


@pytest.mark.parametrize(
    "text",
    [
        "", "hub", "hub:8443", "hub:8443/CODE",
        "hub:0/7K4M2XQDPW/" + "A" * 18, "hub:70000/7K4M2XQDPW/" + "A" * 18,
        "hub:8443/7K4M2XQDPW/" + "A" * 17, "hub:8443/7K4M2XQDPW/" + "A" * 19, "hub:8443/../etc/passwd",
        "a b$:8443/7K4M2XQDPW/" + "A" * 18, "hub:8443/7K4M2XQDPW/" + "A" * 18 + "/more", "x" * 100_000,
        "@evil:8443/7K4M2XQDPW/" + "A" * 18, "user:pw@hub:1/7K4M2XQDPW/" + "A" * 18,
    ],
)  # fmt: skip
def test_what_is_no_invitation_is_refused(text: str) -> None:
    with pytest.raises(UserFacingError) as refused:
        read_invitation(text)
    assert refused.value.code == "invitation.unreadable"


@given(st.text(max_size=60))
def test_noise_is_refused_and_nothing_else_happens(noise: str) -> None:
    with pytest.raises(UserFacingError) as refused:
        read_invitation(noise)
    assert refused.value.code == "invitation.unreadable"


def test_only_the_meant_certificate_fits() -> None:
    assert TEXT.fits(b"certificate")
    assert not TEXT.fits(b"another")


def test_a_port_need_not_be_said() -> None:
    assert read_address("hub") == ("hub", DEFAULT_PORT)
    assert read_address("https://hub:9000/") == ("hub", 9000)
    assert read_address("127.0.0.1:0") == ("127.0.0.1", 0)
    assert read_address("[::1]") == ("[::1]", DEFAULT_PORT)
    assert read_address("[::1]:9000") == ("[::1]", 9000)


@given(st.binary(min_size=8, max_size=8))
def test_a_code_survives_being_typed(entropy: bytes) -> None:
    code = code_of(entropy)
    assert len(code) == CODE_SIGNS
    assert tidy_code(code.lower()) == code


def test_codes_use_all_their_bits() -> None:
    assert code_of(b"\x00" * 8) == "0" * CODE_SIGNS
    assert code_of(b"\xff" * 8) == "Z" * CODE_SIGNS
    with pytest.raises(ValueError):
        code_of(b"short")
