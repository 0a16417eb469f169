"""The signed statement: small, exact, and refused when anything in it was touched."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.paper.codes import fit_qr, qr_version
from counter_app.domain.paper.facts import PaperKind
from counter_app.domain.paper.statement import (
    PREFIX,
    Statement,
    base45,
    check,
    payload,
    read,
    to_text,
    unbase45,
)
from counter_app.errors import UserFacingError

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
STATEMENT = Statement(
    number="南环便服受2026第3-0318号",
    kind=PaperKind.ACCEPTANCE,
    item_code="0312-07-004",
    item_name="流动人口婚育证明",
    decision="accepted",
    on=date(2026, 11, 23),
    masked_name="阿**提",
    device="c3",
    epoch=1,
    seq=318_204,
    head="0123456789abcdef" * 2,
    key_id="00112233445566ff",
)


def verify(key_id: str, signed: bytes, signature: bytes) -> bool:
    if key_id != STATEMENT.key_id:
        return False
    try:
        KEY.public_key().verify(signature, signed)
    except InvalidSignature:
        return False
    return True


def test_a_statement_is_read_as_it_was_signed() -> None:
    text = to_text(STATEMENT, KEY.sign)
    assert check(text, verify) == STATEMENT
    assert check(f" {text}\r\n", verify) == STATEMENT


def test_it_is_small_enough_for_narrow_paper() -> None:
    text = to_text(STATEMENT, KEY.sign)
    version = qr_version(text, "M")
    assert version is not None
    assert version <= 12
    fitted = fit_qr(text, 384)
    assert fitted is not None
    assert fitted.level == "M"


def test_long_names_are_cut_and_say_so() -> None:
    long = replace(STATEMENT, item_name="个体工商户营业执照" * 9, masked_name="𠅤" * 90)
    back = check(to_text(long, KEY.sign), verify)
    assert back.item_name == ("个体工商户营业执照" * 9)[:23] + "…"
    assert back.masked_name.endswith("…")
    assert back.masked_name.startswith("𠅤𠅤")


def test_what_does_not_fit_is_refused() -> None:
    with pytest.raises(UserFacingError) as caught:
        to_text(replace(STATEMENT, number="某" * 300), KEY.sign)
    assert caught.value.code == "paper.statement-too-long"
    with pytest.raises(UserFacingError) as caught:
        to_text(replace(STATEMENT, number="某" * 120, item_code="某" * 60), KEY.sign)
    assert caught.value.code == "paper.statement-too-long"


def test_every_altered_byte_is_noticed() -> None:
    data = unbase45(to_text(STATEMENT, KEY.sign).removeprefix(PREFIX))
    for place in range(len(data)):
        touched = bytearray(data)
        touched[place] ^= 0x01
        with pytest.raises(UserFacingError) as caught:
            check(PREFIX + base45(bytes(touched)), verify)
        assert caught.value.code in ("paper.qr-forged", "paper.qr-unreadable")


def test_a_statement_of_a_stranger_is_forged() -> None:
    stranger = Ed25519PrivateKey.from_private_bytes(bytes(32))
    with pytest.raises(UserFacingError) as caught:
        check(to_text(STATEMENT, stranger.sign), verify)
    assert caught.value.code == "paper.qr-forged"


def test_a_signer_of_another_length_is_a_defect() -> None:
    with pytest.raises(ValueError, match="64"):
        to_text(STATEMENT, lambda _signed: b"short")


HOSTILE = [
    "",
    "http://example.org",
    PREFIX,
    PREFIX + "::",
    PREFIX + "小",
    PREFIX + "A" * 5000,
    "GSH2:AAAA",
    PREFIX + "00" * 50,
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_unreadable(text: str) -> None:
    with pytest.raises(UserFacingError) as caught:
        read(text)
    assert caught.value.code == "paper.qr-unreadable"


@given(st.one_of(st.text(), st.binary().map(base45).map(PREFIX.__add__)))
def test_no_text_is_genuine_by_chance(text: str) -> None:
    with pytest.raises(UserFacingError):
        check(text, verify)


@given(st.binary(max_size=200))
def test_base45_comes_back(data: bytes) -> None:
    assert unbase45(base45(data)) == data


def test_base45_is_that_of_the_rfc() -> None:
    assert base45(b"Hello!!") == "%69 VD92EX0"
    assert unbase45("QED8WEX0") == b"ietf!"
    with pytest.raises(ValueError, match="base45"):
        unbase45(":::")


@given(st.text(max_size=20), st.text(max_size=8))
def test_any_words_that_can_be_encoded_come_back(item_name: str, masked_name: str) -> None:
    stated = replace(STATEMENT, item_name=item_name, masked_name=masked_name)
    text = to_text(stated, KEY.sign)
    back, signed, _signature = read(text)
    assert signed == payload(stated)
    kept = masked_name.encode("gb18030", "replace").decode("gb18030")
    assert back.masked_name == kept
