"""A printer's answers are told apart by their fixed bits, whatever comes between."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.devices.printer.replies import (
    Automatic,
    Cleared,
    Condition,
    ProcessDone,
    RealTime,
    Reply,
    ReplyReader,
    Transmitted,
    from_automatic,
    from_transmitted,
)
from counter_app.use_cases.ports.printing import PrinterState

REAL_TIME = st.integers(0, 255).filter(lambda byte: byte & 0x93 == 0x12).map(RealTime)
TRANSMITTED = st.integers(0, 255).filter(lambda byte: byte & 0x90 == 0).map(Transmitted)
AUTOMATIC = st.builds(
    lambda first, rest: Automatic(bytes((first, *rest))),
    st.integers(0, 255).filter(lambda byte: byte & 0x93 == 0x10),
    st.lists(st.integers(0, 255).filter(lambda byte: byte & 0x90 == 0), min_size=3, max_size=3),
)
DONE = st.binary(min_size=4, max_size=4).map(ProcessDone)
REPLIES = st.lists(st.one_of(REAL_TIME, TRANSMITTED, AUTOMATIC, DONE, st.just(Cleared())))


def on_the_wire(reply: Reply) -> bytes:
    match reply:
        case RealTime(bits) | Transmitted(bits):
            return bytes((bits,))
        case Automatic(data):
            return data
        case ProcessDone(mark):
            return b"\x37\x22" + mark + b"\x00"
        case Cleared():
            return b"\x37\x25\x00"


@given(REPLIES, st.integers(1, 9))
def test_every_sequence_of_replies_is_read_back(replies: list[Reply], size: int) -> None:
    data = b"".join(map(on_the_wire, replies))
    reader = ReplyReader()
    heard = [reply for at in range(0, len(data), size) for reply in reader.feed(data[at : at + size])]
    assert heard == replies


@given(st.binary(max_size=60), st.integers(1, 9))
def test_noise_neither_crashes_nor_is_read_differently_in_pieces(data: bytes, size: int) -> None:
    whole, piecewise = ReplyReader(), ReplyReader()
    expected = whole.feed(data)
    assert [r for at in range(0, len(data), size) for r in piecewise.feed(data[at : at + size])] == expected


@given(st.binary(max_size=60))
def test_noise_never_makes_a_process_mark_it_does_not_hold(data: bytes) -> None:
    for reply in ReplyReader().feed(data):
        if isinstance(reply, ProcessDone):
            assert b"\x37\x22" + reply.mark + b"\x00" in data


def test_flow_control_bytes_are_no_answers() -> None:
    assert ReplyReader().feed(b"\x11\x13\xff\x80") == []


def test_a_half_reply_is_forgotten_on_demand() -> None:
    reader = ReplyReader()
    reader.feed(b"\x37\x22AB")
    reader.forget()
    assert reader.feed(b"\x12") == [RealTime(0x12)]


@pytest.mark.parametrize(
    ("n", "bits", "state"),
    [
        (1, 0x12, PrinterState.READY),
        (1, 0x16, PrinterState.READY),  # the drawer's pin is no trouble
        (1, 0x1A, PrinterState.OFFLINE),
        (2, 0x16, PrinterState.COVER_OPEN),
        (2, 0x32, PrinterState.PAPER_OUT),
        (2, 0x52, PrinterState.OFFLINE),
        (3, 0x1A, PrinterState.CUTTER_ERROR),
        (3, 0x32, PrinterState.OFFLINE),
        (4, 0x1E, PrinterState.PAPER_NEAR_END),
        (4, 0x72, PrinterState.PAPER_OUT),
    ],
)
def test_each_bit_of_dle_eot_has_its_meaning(n: int, bits: int, state: PrinterState) -> None:
    assert Condition().heard(n, bits).state is state


@pytest.mark.parametrize(
    ("data", "state"),
    [
        (b"\x10\x00\x00\x0f", PrinterState.READY),
        (b"\x18\x00\x00\x0f", PrinterState.OFFLINE),
        (b"\x38\x00\x00\x0f", PrinterState.COVER_OPEN),
        (b"\x18\x08\x00\x0f", PrinterState.CUTTER_ERROR),
        (b"\x10\x00\x03\x0f", PrinterState.PAPER_NEAR_END),
        (b"\x18\x00\x0f\x0f", PrinterState.PAPER_OUT),
    ],
)
def test_each_bit_of_the_automatic_status_has_its_meaning(data: bytes, state: PrinterState) -> None:
    assert from_automatic(data).state is state


def test_the_paper_bits_of_gs_r() -> None:
    states = [from_transmitted(bits).state for bits in (0x00, 0x03, 0x0F)]
    assert states == [PrinterState.READY, PrinterState.PAPER_NEAR_END, PrinterState.PAPER_OUT]
