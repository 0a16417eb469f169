"""Every parser of what comes from a reader or scanner, fed with spoilt input: a record or a known error.

A seeded sample here; 10,000,000 inputs with --long (COUNTER_APP_LONG), the same each time.
"""

from __future__ import annotations

import struct
from datetime import date
from typing import Final

import pytest

from counter_app.devices.id_card.card_data import card_data
from counter_app.devices.id_card.driver import address_text
from counter_app.devices.id_card.frames import LARGEST_LEN, Damaged, Found, Partial, build, scan
from counter_app.devices.pcsc.errors import CardMute
from counter_app.devices.pcsc.slot_lane import serial_of
from counter_app.devices.scanner.scanner_lane import decoded
from counter_app.domain.identity.layouts import BLOCK_SIZE, TextBlockDamaged, encode, parse
from counter_app.domain.identity.mrz import MrzDamaged, MrzVisa, parse_mrz
from counter_app.domain.identity.numbers import read_number
from counter_app.domain.scanning.codes import CodeKind, own_code_at, recognise, tidied
from counter_app.domain.scanning.collecting import CodeCollector
from counter_app.simulators.id_card.device import reply_frame
from counter_app.simulators.id_card.module import Answer
from counter_app.simulators.id_card.tray import load_tray
from counter_app.simulators.scanner.documents import DOCUMENTS
from tests.conftest import LONG
from tests.support.fuzz import Parser

TODAY: Final = date(2026, 11, 28)
SHORT_COUNT: Final = 1_500
LONG_COUNT: Final = 1_250_000  # eight parsers: ten million
BLOCKS: Final = tuple(encode(citizen.document) for citizen in load_tray())
CARD: Final = struct.pack(">2H", 256, 1024) + BLOCKS[0] + bytes(1024)
CODES: Final = (
    "GSH1:6BFOXN*TS0BI$ZD",
    "ticket:k1.1.4711",
    "〔2026〕3-0318-K",
    "7K4M-2QXD",
    "A012",
    "]Q1A012",
)


def _frames(data: bytes) -> None:
    match scan(data):
        case Found(reply, rest):
            assert len(reply.data) + len(rest) < len(data)
        case Partial(kept, missing):
            assert data.endswith(kept)
            assert 0 < missing <= LARGEST_LEN + 7
        case Damaged(rest):
            assert data.endswith(rest)


def _block(data: bytes) -> None:
    try:
        document = parse((data + bytes(BLOCK_SIZE))[:BLOCK_SIZE])
    except TextBlockDamaged:
        return
    assert document.number


def _card(data: bytes) -> None:
    found = card_data(data)
    assert found is None or (len(found.text) == BLOCK_SIZE and len(found.photo) <= len(data))


def _address(data: bytes) -> None:
    assert len(address_text(data)) <= 35


def _lines(data: bytes) -> None:
    try:
        document = parse_mrz(decoded(data.decode("latin-1")), TODAY)
    except (MrzDamaged, MrzVisa):
        return
    assert document.number
    assert document.birth is None or document.birth <= TODAY


def _code(data: bytes) -> None:
    text = decoded(data.decode("latin-1"))
    found = recognise(text)
    assert found.kind in CodeKind
    assert tidied(found.text) == found.text
    assert own_code_at(text) < max(1, len(text))
    assert "\n" not in found.shown


def _stream(data: bytes) -> None:
    text, collector = data.decode("latin-1"), CodeCollector()
    codes = collector.put(text)
    assert all(code.strip() for code in codes)
    assert sum(map(len, codes)) <= len(text) + len(codes)
    collector.give_up()
    assert collector.pending == ""


def _small(data: bytes) -> None:
    """The short ones: an identity number, a card's serial."""
    read_number(data.decode("latin-1"))
    try:
        assert len(serial_of(data)) >= 8
    except CardMute:
        return


PARSERS: Final = (
    Parser("frames", (reply_frame(Answer(0x90, CARD)), reply_frame(Answer(0x80)), build(0x20, 1)), _frames),
    Parser("text block", BLOCKS, _block),
    Parser("card data", (CARD,), _card),
    Parser(
        "address", ("喀什市胡杨路18号".encode("utf-16-le"), b"\0\x04" + "甲乙".encode("utf-16-le")), _address
    ),
    Parser("mrz", tuple(text.encode() for text in DOCUMENTS.values()), _lines),
    Parser("codes", tuple(text.encode() for text in (*CODES, *DOCUMENTS.values())), _code),
    Parser("stream", tuple(f"{text}\r\n".encode() for text in (*CODES, *DOCUMENTS.values())), _stream),
    Parser("numbers", (b"653101198503120218", b"\x04\xa2\xb3\xc4\x90\x00"), _small),
)


@pytest.mark.timeout(3600 if LONG else 120)
@pytest.mark.parametrize("parser", PARSERS, ids=lambda parser: parser.name)
def test_no_input_raises_anything_unknown(parser: Parser) -> None:
    parser.tried(LONG_COUNT if LONG else SHORT_COUNT)
