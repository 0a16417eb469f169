"""The one recogniser: the hall's codes, half-read ones, codes of others, and what keyboards do to them."""

from __future__ import annotations

from datetime import date
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.intake.numbers import Number, query_code
from counter_app.domain.paper.facts import PaperKind
from counter_app.domain.paper.statement import Statement, to_text
from counter_app.domain.scanning.codes import SETUP_TEXT, CodeKind, own_code_at, recognise, tidied
from counter_app.simulators.scanner.documents import DOCUMENTS

STATEMENT: Final = to_text(
    Statement(
        number="南环便服告〔2026〕3-0318-K",
        kind=PaperKind.ACCEPTANCE,
        item_code="0603",
        item_name="老年优待证办理",
        decision="accepted",
        on=date(2026, 11, 28),
        masked_name="张**",
        device="3",
        epoch=1,
        seq=4711,
        head="0123456789abcdef" * 2,
        key_id="0123456789abcdef",
    ),
    lambda signed: bytes(range(64)),
)
CASE: Final = Number(2026, "3", 1, 318)
TICKET: Final = "ticket:k1.1.4711"


def kind(text: str) -> CodeKind:
    return recognise(text, lambda code: code in ("0603", "A0603")).kind


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (STATEMENT, CodeKind.PAPER),
        (TICKET, CodeKind.TICKET),
        ("A012", CodeKind.TICKET),
        (str(CASE), CodeKind.NUMBER),
        (CASE.plain, CodeKind.NUMBER),
        (f"南环便服告{CASE}", CodeKind.NUMBER),
        (query_code(bytes(range(16))), CodeKind.QUERY),
        (query_code(bytes(range(16))).replace("-", ""), CodeKind.QUERY),
        ("0603", CodeKind.ITEM),
        ("A0603", CodeKind.ITEM),  # like a ticket's number, but the catalogue has it
        ("A0604", CodeKind.TICKET),
        ("653101198503120218", CodeKind.PERSON),
        (DOCUMENTS["td3"], CodeKind.MRZ),
        (DOCUMENTS["td1"], CodeKind.MRZ),
        (SETUP_TEXT, CodeKind.SETUP),
        ("6901234567892", CodeKind.FOREIGN),
        ("https://mp.weixin.qq.com/s?x=1", CodeKind.FOREIGN),
        ("134567890123456789", CodeKind.FOREIGN),
        ("HC1:" + "6BF+70790T9WJWG.FKY*4GO0" * 4, CodeKind.FOREIGN),
        ("hello", CodeKind.FOREIGN),
        ("", CodeKind.FOREIGN),
    ],
)
def test_kinds(text: str, expected: CodeKind) -> None:
    assert kind(text) is expected


def test_of_a_foreign_code_its_owner_is_guessed() -> None:
    whose = [recognise(text).whose for text in ("HTTPS://A.CN", "134567890123456789", "6901234567892", "X")]
    assert whose == ["an address on the web", "a payment code", "a bar code of goods", ""]


def test_every_beginning_of_a_statement_is_half_read() -> None:
    assert {kind(STATEMENT[:size]) for size in range(3, len(STATEMENT) - 1)} == {CodeKind.HALF}


def test_an_altered_statement_is_not_called_half_read() -> None:
    for at in range(20, len(STATEMENT)):
        altered = STATEMENT[:at] + ("0" if STATEMENT[at] != "0" else "1") + STATEMENT[at + 1 :]
        assert kind(altered) in (CodeKind.PAPER, CodeKind.HALF)
        if at > len(STATEMENT) - 90:  # in the signature: every length before it is right
            assert kind(altered) is CodeKind.PAPER


def test_every_longer_end_of_a_statement_is_half_read() -> None:
    assert {kind(STATEMENT[at:]) for at in range(1, len(STATEMENT) - 60)} == {CodeKind.HALF}


def test_a_ticket_cut_anywhere_never_passes_for_another_kind() -> None:
    beginnings = {kind(TICKET[:size]) for size in range(3, len(TICKET))} - {CodeKind.TICKET}
    ends = {kind(TICKET[at:]) for at in range(1, len("ticket:"))}
    assert beginnings | ends == {CodeKind.HALF}


@pytest.mark.parametrize(
    "text", ["20263-0318-", "20263-0318", "20263-03", "〔2026〕3-0318-A", "南环便服告〔2026〕3-03"]
)
def test_a_number_without_its_right_check_is_half_read(text: str) -> None:
    assert kind(text) is CodeKind.HALF


def test_lines_of_a_document_with_one_missing_are_half_read() -> None:
    assert kind(DOCUMENTS["td1"].rpartition("\n")[0]) is CodeKind.HALF
    assert kind(DOCUMENTS["td3"].split("\n")[0]) is CodeKind.HALF


@pytest.mark.parametrize(
    "spoilt",
    [
        STATEMENT.lower(),  # caps lock
        "".join(chr(ord(sign) + 0xFEE0) if "!" <= sign <= "~" else sign for sign in STATEMENT),  # full width
        STATEMENT.replace(":", "：").replace("/", "、").replace(".", "。").replace("$", "￥"),
        "]Q3" + STATEMENT,
        "\x02" + STATEMENT + "\x03",
        f"  {STATEMENT}\r\n",
    ],
)
def test_what_keyboards_and_input_methods_do_is_undone(spoilt: str) -> None:
    assert tidied(spoilt) == STATEMENT


def test_a_ticket_typed_with_caps_lock_is_known() -> None:
    assert tidied(TICKET.swapcase()) == TICKET


def test_where_a_code_begins_within_a_field() -> None:
    assert own_code_at("张三" + STATEMENT) == 2
    assert own_code_at("张三ＧＳＨ１：ABC") == 2
    assert own_code_at("注意ticket:k1.1.2") == 2
    assert own_code_at("张三") == -1
    assert own_code_at("张三" + DOCUMENTS["td3"].split("\n")[0]) == 2


def test_a_group_separator_is_kept_and_shown_as_a_dot() -> None:
    found = recognise("0106901234567892\x1d10ABC")
    assert found.kind is CodeKind.FOREIGN
    assert "\x1d" in found.text
    assert found.shown == "0106901234567892·10ABC"


@given(st.text(max_size=300) | st.text(alphabet="GSH1:ticket.-[]〔〕0123456789ABK<\n\x1d ", max_size=120))
def test_any_text_is_some_kind_and_tidying_again_changes_nothing(text: str) -> None:
    found = recognise(text)
    assert found.kind in CodeKind
    assert tidied(found.text) == found.text
