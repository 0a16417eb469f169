"""The simulated reader's bytes, against the protocol's table and not against the driver."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.identity.layouts import encode
from counter_app.simulators.id_card.device import DELAYS, SimulatedReader
from counter_app.simulators.id_card.module import CardImage
from tests.support.id_cards import ABDUL, LI

FIND = bytes.fromhex("AAAAAA9669 0003 2001 22")
SELECT = bytes.fromhex("AAAAAA9669 0003 2002 21")
READ = bytes.fromhex("AAAAAA9669 0003 3001 32")
READ_FINGERPRINTS = bytes.fromhex("AAAAAA9669 0003 3010 23")
ADDRESS = bytes.fromhex("AAAAAA9669 0003 3003 30")
NO_CARD = bytes.fromhex("AAAAAA9669 0004 000080 84")
DONE = bytes.fromhex("AAAAAA9669 0004 000090 94")
COMMAND_WRONG = bytes.fromhex("AAAAAA9669 0004 000021 25")


class Sink:
    """A wire that keeps what is sent and counts the waiting."""

    def __init__(self) -> None:
        self.sent = b""
        self.waited = 0.0
        self.pulled = False

    def send(self, data: bytes) -> None:
        self.sent += data

    def wait(self, seconds: float) -> bool:
        self.waited += seconds
        return True

    def unplug(self) -> None:
        self.pulled = True


@pytest.fixture
def sink() -> Sink:
    return Sink()


@pytest.fixture
def reader(sink: Sink) -> SimulatedReader:
    reader = SimulatedReader()
    reader.connected(sink)
    return reader


def ask(reader: SimulatedReader, sink: Sink, request: bytes) -> bytes:
    sink.sent = b""
    reader.feed(request)
    return sink.sent


@pytest.mark.parametrize(
    ("request_hex", "answer"),
    [
        ("AAAAAA9669 0003 10FF EC", DONE),
        ("AAAAAA9669 0003 11FF ED", DONE),
        ("AAAAAA9669 0003 6000 63", DONE),
        ("AAAAAA9669 0003 6004 67", DONE),
        ("AAAAAA9669 0003 6005 66", COMMAND_WRONG),
        ("AAAAAA9669 0004 61FF 50 CA", DONE),
        ("AAAAAA9669 0003 61FF 9D", bytes.fromhex("AAAAAA9669 0004 000011 15")),
        ("AAAAAA9669 0003 7777 03", COMMAND_WRONG),
        ("AAAAAA9669 0003 2001 23", bytes.fromhex("AAAAAA9669 0004 000010 14")),
        ("AAAAAA9669 0004 2001 00 25", bytes.fromhex("AAAAAA9669 0004 000011 15")),
        ("AAAAAA9669 0002 2001 23", bytes.fromhex("AAAAAA9669 0004 000011 15")),
        ("AAAAAA9669 FFFF 2001 23", bytes.fromhex("AAAAAA9669 0004 000011 15")),
        ("AAAAAA9669 0003 2001 22", NO_CARD),
        ("AAAAAA9669 0003 2002 21", bytes.fromhex("AAAAAA9669 0004 000181 84")),
        ("AAAAAA9669 0003 3001 32", bytes.fromhex("AAAAAA9669 0004 000241 47")),
    ],
)
def test_answers_without_a_card(reader: SimulatedReader, sink: Sink, request_hex: str, answer: bytes) -> None:
    assert ask(reader, sink, bytes.fromhex(request_hex)) == answer


def test_module_number(reader: SimulatedReader, sink: Sink) -> None:
    answer = ask(reader, sink, bytes.fromhex("AAAAAA9669 0003 12FF EE"))
    assert answer[:10] == bytes.fromhex("AAAAAA9669 0014 000090")
    assert len(answer) == 7 + 0x14


def test_find_select_read(reader: SimulatedReader, sink: Sink) -> None:
    reader.lay(ABDUL)
    found = ask(reader, sink, FIND)
    assert (len(found), found[5:10]) == (15, bytes.fromhex("0008 00009F"))
    assert ask(reader, sink, FIND) == found  # until it is read it can be found again
    selected = ask(reader, sink, SELECT)
    assert (len(selected), selected[5:10]) == (19, bytes.fromhex("000C 000090"))
    answer = ask(reader, sink, READ)
    assert len(answer) == 1295
    assert answer[5:14] == bytes.fromhex("0508 000090 0100 0400")
    assert answer[14:-1] == encode(ABDUL) + ABDUL.photo
    assert ask(reader, sink, FIND) == NO_CARD  # only lifting makes it found again
    assert ask(reader, sink, ADDRESS) == bytes.fromhex("AAAAAA9669 0004 000091 95")
    reader.lift()
    reader.lay(ABDUL)
    assert ask(reader, sink, FIND) == found


def test_cards_differ_in_their_serial_bytes(reader: SimulatedReader, sink: Sink) -> None:
    reader.lay(ABDUL)
    first = ask(reader, sink, FIND)
    reader.lay(LI)
    assert ask(reader, sink, FIND) != first


def test_newest_address(reader: SimulatedReader, sink: Sink) -> None:
    reader.lay(CardImage(encode(ABDUL), b"", "新址"))
    for request in (FIND, SELECT, READ):
        ask(reader, sink, request)
    assert ask(reader, sink, ADDRESS)[5:14] == bytes.fromhex("0008 000090") + "新址".encode("utf-16-le")


@pytest.mark.parametrize(("old", "size"), [(False, 1297), (True, 11)])
def test_fingerprint_reading_is_unknown_to_old_modules(sink: Sink, old: bool, size: int) -> None:
    reader = SimulatedReader(old=old)
    reader.connected(sink)
    reader.lay(ABDUL)
    for request in (FIND, SELECT):
        ask(reader, sink, request)
    assert len(ask(reader, sink, READ_FINGERPRINTS)) == size
    assert (sink.sent == COMMAND_WRONG) is old


def test_times_are_those_of_real_modules_and_scale(sink: Sink) -> None:
    for pace in (1.0, 0.5, 0.0):
        reader = SimulatedReader(pace=pace)
        reader.connected(sink)
        reader.lay(ABDUL)
        sink.waited = 0.0
        for request in (FIND, SELECT, READ):
            ask(reader, sink, request)
        assert sink.waited == pytest.approx(pace * (0.3 + DELAYS[0x2002] + DELAYS[0x3001]))


def test_requests_in_pieces_and_in_noise(reader: SimulatedReader, sink: Sink) -> None:
    for byte in b"\x00\xaa\xaa" + FIND + b"\x96" + FIND:
        reader.feed(bytes((byte,)))
    assert sink.sent == NO_CARD * 2


def test_losing_power_forgets_what_was_read(reader: SimulatedReader, sink: Sink) -> None:
    reader.lay(ABDUL)
    for request in (FIND, SELECT, READ):
        ask(reader, sink, request)
    reader.disconnected()
    reader.connected(sink)
    assert ask(reader, sink, FIND)[9] == 0x9F


@given(st.lists(st.sampled_from([FIND, SELECT, READ, ADDRESS, b"\xaa", FIND[:7], b"\xff" * 9]), max_size=20))
def test_any_order_of_requests_is_answered(requests: list[bytes]) -> None:
    sink, reader = Sink(), SimulatedReader()
    reader.connected(sink)
    reader.lay(ABDUL)
    for request in requests:
        reader.feed(request)
    reader.feed(b"\x00" * 80)  # completes whatever was begun
    sink.sent = b""
    reader.feed(FIND)
    assert sink.sent[:5] == FIND[:5]
