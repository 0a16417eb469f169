"""Frames in a noisy stream: the right reply or none, never an exception, never a step too far."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from counter_app.devices.id_card.frames import PREAMBLE, Damaged, Found, Partial, Reply, build, scan
from counter_app.simulators.id_card.device import reply_frame
from counter_app.simulators.id_card.module import Answer


def replies() -> st.SearchStrategy[Answer]:
    byte = st.integers(0, 255)
    return st.builds(Answer, byte, st.binary(max_size=2314 - 4), byte, byte)


def receive(stream: bytes) -> tuple[list[Reply], int]:
    """All replies of a stream, read as the driver reads; and how many damaged frames there were."""
    found: list[Reply] = []
    damaged = 0
    buffer = b""
    while True:
        match scan(buffer):
            case Found(reply, rest):
                found.append(reply)
                buffer = rest
            case Damaged(rest):
                damaged += 1
                buffer = rest
            case Partial(kept, missing):
                assert missing > 0
                piece, stream = stream[:missing], stream[missing:]
                if not piece:
                    return found, damaged
                buffer = kept + piece


def as_reply(answer: Answer) -> Reply:
    return Reply(answer.sw1, answer.sw2, answer.sw3, answer.data)


def test_requests_byte_for_byte() -> None:
    assert build(0x20, 0x01) == bytes.fromhex("AAAAAA9669 0003 2001 22")
    assert build(0x20, 0x02) == bytes.fromhex("AAAAAA9669 0003 2002 21")
    assert build(0x30, 0x01) == bytes.fromhex("AAAAAA9669 0003 3001 32")
    assert build(0x61, 0xFF, b"\x50") == bytes.fromhex("AAAAAA9669 0004 61FF 50 CA")


def test_replies_byte_for_byte() -> None:
    found = scan(bytes.fromhex("AAAAAA9669 0008 00009F 00000000 97"))
    assert found == Found(Reply(0, 0, 0x9F, bytes(4)), b"")
    assert scan(bytes.fromhex("AAAAAA9669 0004 000080 84")) == Found(Reply(0, 0, 0x80, b""), b"")


def test_length_is_unsigned() -> None:
    answer = Answer(0x90, bytes(0x00F0))  # a low byte above 127
    assert receive(reply_frame(answer)) == ([as_reply(answer)], 0)


def test_an_impossible_length_is_a_false_preamble() -> None:
    good = Answer(0x90, b"12345678")
    for length in (b"\x00\x00", b"\x00\x03", b"\x09\x0b", b"\xff\xff"):
        assert receive(PREAMBLE + length + reply_frame(good))[0] == [as_reply(good)]


def test_extra_aa_before_the_preamble() -> None:
    good = Answer(0x9F, b"1234")
    for count in range(6):
        assert receive(b"\xaa" * count + reply_frame(good))[0] == [as_reply(good)]


@given(replies())
def test_what_one_side_builds_the_other_reads(answer: Answer) -> None:
    assert receive(reply_frame(answer)) == ([as_reply(answer)], 0)


@given(replies(), st.binary(max_size=40).filter(lambda noise: PREAMBLE[:2] not in noise))
def test_noise_before_and_behind_is_dropped(answer: Answer, noise: bytes) -> None:
    found = scan(noise + reply_frame(answer) + noise)
    assert found == Found(as_reply(answer), noise)


@given(replies())
def test_reading_what_is_missing_never_reads_past_the_end(answer: Answer) -> None:
    stream = reply_frame(answer)
    buffer = b""
    while isinstance(step := scan(buffer), Partial):
        assert step.missing <= len(stream)
        buffer, stream = step.kept + stream[: step.missing], stream[step.missing :]
    assert stream == b""


@given(replies(), st.data())
def test_a_cut_reply_is_no_reply(answer: Answer, data: st.DataObject) -> None:
    frame = reply_frame(answer)
    cut = frame[: data.draw(st.integers(0, len(frame) - 1))]
    assert as_reply(answer) not in receive(cut)[0]


@given(st.binary(max_size=1300).filter(lambda d: PREAMBLE not in d), st.data())
def test_a_flipped_bit_is_never_a_reply(data: bytes, draw: st.DataObject) -> None:
    frame = bytearray(reply_frame(Answer(0x90, data)))
    bit = draw.draw(st.integers(0, len(frame) * 8 - 1))
    frame[bit // 8] ^= 1 << bit % 8
    assert receive(bytes(frame))[0] == []


@given(replies(), replies())
def test_a_cut_reply_does_not_spoil_the_next_but_one(first: Answer, second: Answer) -> None:
    """Sent thrice after a cut one, a reply gets through: its own frame begins anew each time."""
    stream = reply_frame(first)[:9] + reply_frame(second) * 3 + reply_frame(second) * 60
    assert as_reply(second) in receive(stream)[0]


@given(st.binary(max_size=3000))
def test_garbage_raises_nothing(stream: bytes) -> None:
    receive(stream)


@given(
    st.lists(
        st.sampled_from([PREAMBLE, b"\xaa", b"\x00\x08", b"\x90", b"\x00\x04\x00\x00\x80\x84"]), max_size=60
    )
)
def test_near_frames_raise_nothing(pieces: list[bytes]) -> None:
    receive(b"".join(pieces))
