"""Log-in by the device's key: what proves who one is, and all that does not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from counter_app.hub.sessions import MOST_EACH, NONCE_SECONDS, NotProven, Sessions
from counter_app.hub.tries import Tries
from counter_app.use_cases.centre.wire import LogIn, session_text
from counter_app.use_cases.ports.centre_store import DeviceRow
from tests.support.hubs import HALL, key_of

SHOWN = ["aa" * 32]
SECONDS = 100
KEY = key_of("3")
ROW = DeviceRow("3", "counter", "one", KEY.public.hex(), 1)


class Hands:
    """A clock that goes where it is put."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def hands() -> Hands:
    return Hands()


@pytest.fixture
def sessions(hands: Hands) -> Sessions:
    return Sessions(HALL, lambda: SHOWN, hands, SECONDS)


def signed(
    nonce: bytes, *, hall: str = HALL, device: str = "3", shown: str = SHOWN[0], by: str = "3"
) -> LogIn:
    return LogIn(device, nonce, key_of(by).sign(session_text(hall, device, shown, nonce)))


def test_the_holder_of_the_key_gets_in(sessions: Sessions) -> None:
    token = sessions.log_in(ROW, signed(sessions.challenge("3"))).token
    assert sessions.device_of(token) == "3"
    assert sessions.device_of(token[:-1] + "x") is None
    assert sessions.device_of("") is None


@pytest.mark.parametrize(
    "wrong",
    [
        {"hall": "another hall"},
        {"shown": "bb" * 32},
        {"by": "4"},
    ],
)
def test_a_signature_for_something_else_does_not(sessions: Sessions, wrong: dict[str, str]) -> None:
    with pytest.raises(NotProven):
        sessions.log_in(ROW, signed(sessions.challenge("3"), **wrong))


def test_another_devices_challenge_does_not(sessions: Sessions) -> None:
    with pytest.raises(NotProven):
        sessions.log_in(ROW, signed(sessions.challenge("4")))
    row = replace(ROW, device="4")
    with pytest.raises(NotProven):
        sessions.log_in(row, signed(sessions.challenge("3")))


def test_nor_one_that_was_made_up_cut_or_used(sessions: Sessions) -> None:
    nonce = sessions.challenge("3")
    for bad in (b"", b"x" * 56, nonce[:-1], nonce[:-1] + b"\x00", nonce[8:]):
        with pytest.raises(NotProven):
            sessions.log_in(ROW, signed(bad))
    assert sessions.log_in(ROW, signed(nonce)).token
    with pytest.raises(NotProven, match="twice"):
        sessions.log_in(ROW, signed(nonce))


def test_nor_an_old_one(sessions: Sessions, hands: Hands) -> None:
    nonce = sessions.challenge("3")
    hands.seconds += NONCE_SECONDS + 1
    with pytest.raises(NotProven, match="old"):
        sessions.log_in(ROW, signed(nonce))


def test_nor_one_of_a_hub_before_its_restart(hands: Hands) -> None:
    nonce = Sessions(HALL, lambda: SHOWN, hands, SECONDS).challenge("3")
    with pytest.raises(NotProven):
        Sessions(HALL, lambda: SHOWN, hands, SECONDS).log_in(ROW, signed(nonce))


def test_an_unknown_device_is_told_nothing_else(sessions: Sessions) -> None:
    with pytest.raises(NotProven):
        sessions.log_in(None, signed(sessions.challenge("3")))


def test_a_certificate_just_renewed_still_counts(hands: Hands) -> None:
    sessions = Sessions(HALL, lambda: ("bb" * 32, SHOWN[0]), hands, SECONDS)
    assert sessions.log_in(ROW, signed(sessions.challenge("3"))).token


def test_a_token_lapses(sessions: Sessions, hands: Hands) -> None:
    token = sessions.log_in(ROW, signed(sessions.challenge("3"))).token
    hands.seconds += SECONDS
    assert sessions.device_of(token) is None


def test_one_device_has_only_so_many_and_loses_all_when_it_is_forgotten(sessions: Sessions) -> None:
    tokens = [sessions.log_in(ROW, signed(sessions.challenge("3"))).token for _ in range(MOST_EACH + 1)]
    other = replace(ROW, device="4", public=key_of("4").public.hex())
    kept = sessions.log_in(other, signed(sessions.challenge("4"), device="4", by="4")).token
    assert [sessions.device_of(token) for token in tokens] == [None] + ["3"] * MOST_EACH
    sessions.forget("3")
    assert {sessions.device_of(token) for token in tokens} == {None}
    assert sessions.device_of(kept) == "4"


def test_who_fails_too_often_waits_and_nobody_else(hands: Hands) -> None:
    tries = Tries(3, 60.0, hands)
    for _ in range(3):
        assert not tries.too_many("10.0.0.9")
        tries.failed("10.0.0.9")
    assert tries.too_many("10.0.0.9")
    assert not tries.too_many("10.0.0.8")
    hands.seconds += 61
    assert not tries.too_many("10.0.0.9")
