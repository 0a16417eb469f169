"""The wire's codec: every record there and back, and whatever is not exactly that is refused."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.errors import UserFacingError
from counter_app.use_cases.centre import wire
from counter_app.use_cases.centre.wire import Call, Garbled, TooLarge
from counter_app.use_cases.ports.centre import (
    MOST_PUSHED,
    Ack,
    Batch,
    ChainEnd,
    Claim,
    DeviceStanding,
    Granted,
    Hello,
    OrderedEvent,
    Publication,
    Pulled,
    RowBody,
    SealedEvent,
    SealedPart,
    Secret,
    SnapshotPage,
    Welcome,
)

PART = SealedPart("person", b"salt", "张三".encode())
EVENT = SealedEvent(b'{"a":1}', (PART, SealedPart("gone", None, None)))
ORDERED = OrderedEvent(3, b"{}", (PART,), (RowBody("k", b"v"), RowBody("withdrawn", None)))
PULLED = Pulled(2, (ORDERED,), "0" * 64, 9, (Secret("w003", 4, b"x"),))
QUESTIONS: list[tuple[Any, object]] = [
    (wire.HELLO, Hello(2, 7, "ab", "t", 5, "r", 1, "2026-03-02T09:00:00.000+08:00", "0.1.0", 1)),
    (wire.PUSH, Batch(1, (EVENT,), b"s" * 64)),
    (wire.PULL, wire.PullAsked(4, 2, 10)),
    (wire.WAIT, wire.WaitAsked(4, 2.5)),
    (wire.CHAIN, wire.ChainAsked(1, 2, 3)),
    (wire.SNAPSHOT, wire.PageAsked(5)),
    (wire.CLAIM, Claim("key", "3", "w003", 7, 1)),
    (wire.GIVE_BACK, wire.GrantBack("Z.1.4")),
    (wire.LEASE, wire.LeaseAsked("3", "w003")),
    (wire.NUMBERS, wire.NumbersAsked("A", "2026-03-02")),
    (wire.PUBLISH, Publication("key", "staff", {"w1": b"{}", "w2": None}, True, "w003")),
    (wire.KEEP_SECRET, wire.SecretKept("pin:w003", b"\x00\x01")),
    (wire.CLOSE_DAY, wire.DayAsked("key", "2026-03-02", "w003")),
    (wire.DEVICES, wire.Nothing()),
    (wire.LOG_IN, wire.LogIn("3", b"n", b"s")),
    (wire.ENROL, wire.EnrolAsked("CODE", b"p", b"s")),
]
ANSWERS = [
    (wire.HELLO, Welcome("restored", "南环", "Z", "counter", 2, 5, "ab", "t", 40, False, 1, "now")),
    (wire.PUSH, Ack("gap", 3, "ab", 9)),
    (wire.PULL, PULLED),
    (wire.WAIT, 5),
    (wire.CHAIN, ((1, "ab"), (2, "cd"))),
    (wire.SNAPSHOT, SnapshotPage(9, "r", (ORDERED,), 4, (ChainEnd("3", 1, 2, "ab"),), ())),
    (wire.CLAIM, Granted("Z.1.4", "k.1.2", PULLED)),
    (wire.GIVE_BACK, wire.Nothing()),
    (wire.DEVICES, (DeviceStanding("3", "counter", "一号", 1, "", 0, "", 0, "", "0.1", False),)),
    (wire.CHALLENGE, wire.Challenge(b"n", "南环")),
    (wire.ENROL, wire.Enrolled("南环", "Z", "3", "counter", "一号", 2)),
]
AnyCall = Call[object, object]


@pytest.mark.parametrize(("call", "question"), QUESTIONS)
def test_questions_come_back_as_they_went(call: AnyCall, question: object) -> None:
    assert call.read_question(wire.write(question)) == question


@pytest.mark.parametrize(("call", "answer"), ANSWERS)
def test_answers_come_back_as_they_went(call: AnyCall, answer: object) -> None:
    assert call.read_answer(wire.write(answer)) == answer


@pytest.mark.parametrize(("call", "question"), QUESTIONS)
def test_no_question_is_read_by_halves(call: AnyCall, question: object) -> None:
    whole = wire.write(question)
    for end in range(len(whole)):
        with pytest.raises(Garbled):
            call.read_question(whole[:end])
    with pytest.raises(Garbled):
        call.read_question(whole + b"\x00")


def test_what_a_later_version_adds_is_passed_over() -> None:
    fields = {"grant": "Z.1.4", "why": "later", "more": [1, 2]}
    assert wire.GIVE_BACK.read_question(msgspec.msgpack.encode(fields)) == wire.GrantBack("Z.1.4")


@pytest.mark.parametrize(
    "fields",
    [
        {"key": 1, "counter": "3", "staff": "w", "pulled": 0},
        {"key": "k", "counter": "3", "staff": "w", "pulled": "0"},
        {"key": "k", "counter": "3", "staff": None, "pulled": 0},
        {"key": "k", "counter": "3", "staff": "w", "pulled": 0.5},
        {"counter": "3", "staff": "w", "pulled": 0},
        {"key": "k" * (wire.MOST_TEXT + 1), "counter": "3", "staff": "w", "pulled": 0},
        {"key": "a\nb", "counter": "3", "staff": "w", "pulled": 0},
        {"key": "k", "counter": "3\x00", "staff": "w", "pulled": 0},
        ["k", "3", "w", 0],
        None,
    ],
)
def test_wrong_types_and_texts_are_refused(fields: object) -> None:
    with pytest.raises(Garbled):
        wire.CLAIM.read_question(msgspec.msgpack.encode(fields))


def test_a_batch_holds_only_so_many_events() -> None:
    batch = Batch(1, (SealedEvent(b"x"),) * (MOST_PUSHED + 1), b"s")
    with pytest.raises(TooLarge):
        wire.PUSH.read_question(wire.write(batch))


def test_deep_nesting_is_refused_not_crashed_on() -> None:
    with pytest.raises(Garbled):
        wire.CLAIM.read_question(b"\x91" * 100_000)


@given(st.binary(max_size=300))
def test_noise_is_garbled_or_a_question(noise: bytes) -> None:
    for call, _ in QUESTIONS:
        try:
            call.read_question(noise)
        except Garbled:
            continue


@given(st.binary(min_size=0, max_size=20_000))
def test_squeezing_is_undone(data: bytes) -> None:
    squeezed = wire.squeeze(data + b"counter " * 10_000)
    assert squeezed is not None
    assert wire.unsqueeze(squeezed, wire.MOST_ASKED) == data + b"counter " * 10_000


def test_little_data_is_not_squeezed() -> None:
    assert wire.squeeze(b"a" * (wire.SQUEEZE_FROM - 1)) is None


def test_a_bomb_is_refused_before_it_unfolds() -> None:
    bomb = wire.squeeze(b"\x00" * (20 << 20))
    assert bomb is not None
    assert len(bomb) < wire.MOST_ASKED // 50
    with pytest.raises(TooLarge):
        wire.unsqueeze(bomb, wire.MOST_ASKED)


def test_what_was_squeezed_must_be_whole_and_alone() -> None:
    squeezed = wire.squeeze(b"counter " * 1000)
    assert squeezed is not None
    for broken in (squeezed[:-1], squeezed + b"x", squeezed[1:], b"", b"plain"):
        with pytest.raises(Garbled):
            wire.unsqueeze(broken, wire.MOST_ASKED)


def test_a_refusal_is_raised_as_it_was() -> None:
    raised = UserFacingError(
        "centre.forged", "Not by {device}.", kept="Kept.", remedy="Ask {n}.", device="3", n=4
    )
    read = wire.read_refusal(wire.write(wire.refusal_of(raised)))
    assert (read.code, read.message) == (raised.code, raised.message)
    assert (read.kept, read.remedy) == (raised.kept, raised.remedy)
    assert read.params == {"device": "3", "n": "4"}
    assert str(read) == str(raised)


@pytest.mark.parametrize(
    "refusal",
    [
        wire.Refusal("centre.x", "{a.__class__}", params={"a": "b"}),
        wire.Refusal("centre.x", "{a!r}", params={"a": "b"}),
        wire.Refusal("centre.x", "{a:>99999999}", params={"a": "b"}),
        wire.Refusal("centre.x", "{missing}"),
        wire.Refusal("centre.x", "{0}", params={"0": "b"}),
        wire.Refusal("centre.x", "{"),
        wire.Refusal("centre.x", ""),
        wire.Refusal("Not A Code", "text"),
        wire.Refusal("centre.x", "text", params={"code": "other"}),
        wire.Refusal("centre.x", "text", params={"a b": "x"}),
        wire.Refusal("centre.x", "t" * (wire.MOST_TEXT + 1)),
    ],
)
def test_a_hub_cannot_make_a_device_show_just_anything(refusal: wire.Refusal) -> None:
    with pytest.raises(Garbled):
        wire.read_refusal(wire.write(refusal))


def test_parameters_lose_their_control_characters() -> None:
    read = wire.read_refusal(wire.write(wire.Refusal("a.b", "{x}", params={"x": "a\x1b[31mb\n"})))
    assert read.params == {"x": "a [31mb "}
