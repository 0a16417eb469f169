"""What a hall must expect on its network: each is refused, logged, and changes nothing."""

from __future__ import annotations

import logging
import socket
import ssl
from dataclasses import replace
from pathlib import Path

import pytest

from counter_app.errors import UserFacingError
from counter_app.sync.hub_centre import HubCentre, Who
from counter_app.use_cases.centre import wire
from counter_app.use_cases.ports.centre import Batch, CentreAway, Claim, SealedEvent
from tests.support.hubs import (
    HALL,
    PATIENT,
    QUICK,
    MemoryHall,
    RunningHub,
    client,
    key_of,
    running_hub,
)
from tests.support.raw_device import RawDevice, code_of, raw_tls

CLAIM = wire.write(Claim("key", "3", "w003", 0))
TRICKS = [
    "'; DROP TABLE devices; --",
    "../../etc/passwd",
    "..\\..\\windows\\system32",
    "%s%s%n",
    "{0.__class__}",
    "<img src=x>",
    "${jndi:ldap://x}",
    "a\u202eb",
]


@pytest.fixture
def log(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    caplog.set_level(logging.INFO, "counter_app.hub")
    return caplog


def refusals(log: pytest.LogCaptureFixture) -> list[str]:
    return [one.getMessage() for one in log.records if one.getMessage().startswith("refused")]


def test_without_a_token_nothing_is_answered(
    hall: MemoryHall, hub: RunningHub, log: pytest.LogCaptureFixture
) -> None:
    with RawDevice(hub) as device:
        for path in (wire.CLAIM.path, wire.PUSH.path, wire.PULL.path, wire.DEVICES.path, wire.WAIT.path):
            assert device.send(path, CLAIM).status == 401
            assert device.send(path, CLAIM, token="f" * 64).status == 401
            assert device.send(path, CLAIM, headers={"authorization": "Basic eA=="}).status == 401
    assert hall.asked == []
    assert len(refusals(log)) == 15
    assert "f" * 64 not in log.text


@pytest.mark.parametrize("wrong", ["key", "hall", "certificate", "device", "nonce", "replayed"])
def test_a_forged_log_in_gets_no_token(
    hall: MemoryHall, hub: RunningHub, log: pytest.LogCaptureFixture, wrong: str
) -> None:
    with RawDevice(hub, "3", key=key_of("4" if wrong == "key" else "3")) as device:
        challenge, shown = device.challenge("4" if wrong == "device" else "3")
        asked = device.proof(
            challenge,
            "00" * 32 if wrong == "certificate" else shown,
            hall="another" if wrong == "hall" else HALL,
        )
        if wrong == "nonce":
            asked = replace(asked, nonce=bytes(len(asked.nonce)))
        if wrong == "replayed":
            assert device.send(wire.LOG_IN.path, wire.write(asked)).status == 200
        reply = device.send(wire.LOG_IN.path, wire.write(asked))
    assert (reply.status, code_of(reply)) == (403, "centre.unknown-device")
    assert any("log-in" in line and "'3'" in line for line in refusals(log))
    assert hall.asked == []


def test_who_keeps_trying_waits(hub: RunningHub, log: pytest.LogCaptureFixture) -> None:
    with RawDevice(hub, "3", key=key_of("4")) as device:
        statuses = [
            device.send(wire.LOG_IN.path, wire.write(device.proof(*device.challenge()))).status
            for _ in range(QUICK.tries + 1)
        ]
        assert statuses == [403] * QUICK.tries + [429]
    with RawDevice(hub, "4") as neighbour:
        assert neighbour.token()
    assert any("too-many-tries" in line for line in refusals(log))


def test_a_token_speaks_for_its_device_and_no_other(hall: MemoryHall, hub: RunningHub) -> None:
    with RawDevice(hub, "3") as device:
        token = device.token()
        assert device.send(wire.CLAIM.path, CLAIM, token=token).status == 200
        reply = device.send(wire.CLAIM.path, CLAIM, token=token, headers={"x-device": "4"})
        assert reply.status == 200
    assert {device for device, _, _ in hall.asked} == {"3"}


def test_a_revoked_device_is_out_at_once(
    hall: MemoryHall, hub: RunningHub, log: pytest.LogCaptureFixture
) -> None:
    with RawDevice(hub) as device:
        token = device.token()
        hall.revoke("3")
        reply = device.send(wire.CLAIM.path, CLAIM, token=token)
        assert (reply.status, code_of(reply)) == (403, "centre.revoked")
        assert device.send(wire.CLAIM.path, CLAIM, token=token).status == 401
        again = device.send(wire.LOG_IN.path, wire.write(device.proof(*device.challenge())))
        assert (again.status, code_of(again)) == (403, "centre.revoked")
    assert hall.asked == []
    assert any("centre.revoked" in line for line in refusals(log))


def test_a_key_enrolled_anew_shuts_the_old_one_out(hall: MemoryHall, hub: RunningHub) -> None:
    hall.rows["3"] = replace(hall.rows["3"], public=key_of("new").public.hex())
    line = client(hub, "3")
    with pytest.raises(UserFacingError) as refused:
        line.devices()
    line.close()
    assert refused.value.code == "centre.unknown-device"


def test_another_hall_is_told_apart_before_anything_is_signed(hall: MemoryHall, hub: RunningHub) -> None:
    signed: list[bytes] = []

    def sign(data: bytes) -> bytes:
        signed.append(data)
        return key_of("3").sign(data)

    line = HubCentre(hub.url, hub.tls.authority_pem, Who("another hall", "3", sign), times=PATIENT)
    with pytest.raises(UserFacingError) as refused:
        line.devices()
    line.close()
    assert refused.value.code == "centre.other-hall"
    assert (signed, hall.asked) == ([], [])


def test_a_wrong_certificate_is_an_answer_and_nothing_was_sent(
    hall: MemoryHall, hub: RunningHub, tmp_path: Path, log: pytest.LogCaptureFixture
) -> None:
    forged_hall = MemoryHall()
    forged_hall.add("3")
    with running_hub(forged_hall, tmp_path / "forged") as forged:
        line = client(hub, "3", port=forged.port)
        with pytest.raises(UserFacingError) as refused:
            line.push(Batch(1, (SealedEvent(b"secret"),), b"s"))
        with pytest.raises(UserFacingError):
            line.wait(0, 0.2)
        line.close()
    assert refused.value.code == "centre.wrong-certificate"
    assert "Nothing was sent" in refused.value.kept
    assert forged_hall.asked == []
    assert any("no TLS" in line for line in refusals(log))


@pytest.mark.parametrize(
    "body",
    [b"", b"\xc1", CLAIM[:-1], CLAIM + b"x", b"\x91" * 50_000, wire.write({"key": 1}), b'{"key":"k"}'],
)
def test_what_is_no_question_is_refused(
    hall: MemoryHall, hub: RunningHub, log: pytest.LogCaptureFixture, body: bytes
) -> None:
    with RawDevice(hub) as device:
        reply = device.send(wire.CLAIM.path, body, token=device.token())
    assert (reply.status, code_of(reply)) == (400, "centre.garbled")
    assert hall.asked == []
    assert any("garbled" in line and "device='3'" in line for line in refusals(log))


@pytest.mark.parametrize("squeezed", [b"no", b"", wire.squeeze(b"a" * 9999) or b""])
def test_squeezed_nonsense_is_refused(hall: MemoryHall, hub: RunningHub, squeezed: bytes) -> None:
    with RawDevice(hub) as device:
        token = device.token()
        reply = device.send(
            wire.CLAIM.path, squeezed[:-1], token=token, headers={"content-encoding": "deflate"}
        )
        assert reply.status == 400
        bomb = wire.squeeze(bytes(wire.MOST_ASKED + 1)) or b""
        reply = device.send(wire.PUSH.path, bomb, token=token, headers={"content-encoding": "deflate"})
        assert (reply.status, code_of(reply)) == (413, "centre.too-large")
    assert hall.asked == []


def test_too_much_is_refused_before_it_is_read(
    hall: MemoryHall, hub: RunningHub, log: pytest.LogCaptureFixture
) -> None:
    with RawDevice(hub) as device, raw_tls(hub) as sock:
        token = device.token()
        head = f"POST {wire.PUSH.path} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {token}\r\n"
        sock.sendall(f"{head}content-length: {wire.MOST_ASKED + 1}\r\n\r\n".encode())
        assert sock.recv(100).startswith(b"HTTP/1.1 413")
    with raw_tls(hub) as sock:
        sock.sendall(f"{head}transfer-encoding: chunked\r\n\r\n".encode())
        chunk = b"100000\r\n" + bytes(1 << 20) + b"\r\n"
        for _ in range(9):
            sock.sendall(chunk)
        assert sock.recv(100).startswith(b"HTTP/1.1 413")
    assert hall.asked == []
    assert sum("why='content-length'" in line or "why='body'" in line for line in refusals(log)) == 2


def test_strangers_are_not_read_at_length(hall: MemoryHall, hub: RunningHub) -> None:
    with RawDevice(hub) as device:
        bomb = wire.squeeze(bytes(100_000)) or b""
        for path in (wire.CHALLENGE.path, wire.LOG_IN.path, wire.ENROL.path):
            assert device.send(path, bytes(10_000)).status == 413
            assert device.send(path, bomb, headers={"content-encoding": "deflate"}).status == 413


def test_a_slow_client_is_cut_off_and_others_are_served(
    hall: MemoryHall, hub: RunningHub, log: pytest.LogCaptureFixture
) -> None:
    with RawDevice(hub) as device:
        token = device.token()
        with raw_tls(hub) as silent, raw_tls(hub) as half, raw_tls(hub) as body:
            half.sendall(b"POST /v1/claim HTTP/1.1\r\nhost: x\r\nx-a: ")
            body.sendall(
                f"POST /v1/claim HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {token}\r\n"
                "content-length: 500\r\n\r\nabc".encode()
            )
            assert device.send(wire.CLAIM.path, CLAIM, token=token).status == 200
            for sock in (silent, half):
                with pytest.raises((ssl.SSLError, ConnectionError)):
                    if not sock.recv(10):
                        raise ConnectionError("closed")
            assert body.recv(100).startswith(b"HTTP/1.1 408")
    assert len(hall.asked) == 1
    assert sum("no request in time" in line for line in refusals(log)) == 2


def test_plain_http_gets_nowhere(hall: MemoryHall, hub: RunningHub, log: pytest.LogCaptureFixture) -> None:
    with socket.create_connection((hub.host, hub.port), timeout=10) as plain:
        plain.sendall(b"POST /v1/claim HTTP/1.1\r\nhost: x\r\n\r\n")
        try:
            answer = plain.recv(1000)
        except ConnectionError:
            answer = b""
    assert b"HTTP" not in answer
    assert hall.asked == []
    assert any("no TLS" in line for line in refusals(log))


def test_tls_is_new_enough(hub: RunningHub) -> None:
    assert hub.tls.context.minimum_version is ssl.TLSVersion.TLSv1_2
    with raw_tls(hub) as sock:
        assert sock.version() == "TLSv1.3"


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/v1",
        "/v2/claim",
        "/v1/claim/../devices",
        "/v1/%2e%2e/%2e%2e/etc/passwd",
        "/v1/claim?x=1'--",
        "//",
    ],
)
def test_no_path_leads_anywhere_else(
    hall: MemoryHall, hub: RunningHub, log: pytest.LogCaptureFixture, path: str
) -> None:
    with RawDevice(hub) as device:
        for method in ("GET", "PUT", "DELETE", "TRACE", "OPTIONS"):
            reply = device.send(path, method=method)
            assert (reply.status, code_of(reply)) == (404, "centre.no-such-call")
    assert hall.asked == []
    assert len(refusals(log)) == 5


@pytest.mark.parametrize("trick", TRICKS)
def test_tricks_in_texts_stay_texts(hall: MemoryHall, hub: RunningHub, trick: str) -> None:
    with RawDevice(hub) as device:
        token = device.token()
        claims = (Claim(trick, "3", "w", 0), Claim("key", trick, "w", 0), Claim("key", "3", trick, 0))
        for claim in claims:
            assert device.send(wire.CLAIM.path, wire.write(claim), token=token).status == 200
        for challenged in (trick, "\n", "x" * 5000):
            asked = wire.ChallengeAsked(challenged)
            assert device.send(wire.CHALLENGE.path, wire.write(asked)).status in {200, 400}
    assert tuple(asked for _, _, asked in hall.asked) == claims


def test_a_log_line_cannot_be_written_from_outside(hub: RunningHub, log: pytest.LogCaptureFixture) -> None:
    with RawDevice(hub, "3\nrefused call=all device='4'") as device:
        asked = wire.LogIn("9\u2028refused call=x", b"n", b"s")
        assert device.send(wire.LOG_IN.path, wire.write(asked)).status == 403
    assert all("\n" not in line and "\u2028" not in line for line in refusals(log))


def test_a_defect_of_the_centre_is_no_answer(hall: MemoryHall, hub: RunningHub) -> None:
    hall.raises = KeyError("a defect")
    line = client(hub, "3")
    with pytest.raises(CentreAway):
        line.claim(Claim("key", "3", "w003", 0))
    hall.raises = UserFacingError("store.full", "The disk is full.")
    with pytest.raises(CentreAway):
        line.claim(Claim("key", "3", "w003", 0))
    hall.raises = UserFacingError("centre.forged", "Not by {device}.", device="3")
    with pytest.raises(UserFacingError, match=r"Not by 3\."):
        line.claim(Claim("key", "3", "w003", 0))
    line.close()
