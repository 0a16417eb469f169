"""A device that speaks to a hub by hand: logs in properly and then sends whatever a test likes."""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Mapping
from types import TracebackType
from typing import Protocol, Self

from counter_app.sync.line import HUB_NAME, HubLine, Reply, trusting
from counter_app.use_cases.centre import wire
from counter_app.use_cases.centre.wire import Challenge, LogIn
from tests.support.hubs import HALL, RunningHub, key_of

SECONDS = 20.0


class Signs(Protocol):
    """A device's key, of whatever kind the test has."""

    def sign(self, message: bytes, /) -> bytes: ...


class RawDevice:
    """One line to a hub; used in a `with` block."""

    def __init__(self, hub: RunningHub, device: str = "3", *, key: Signs | None = None) -> None:
        self.device = device
        self.key: Signs = key or key_of(device)
        self._line = HubLine(hub.host, hub.port, trusting(hub.tls.authority_pem), connect_seconds=SECONDS)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._line.close()

    def send(
        self,
        path: str,
        body: bytes | None = b"",
        *,
        token: str = "",
        method: str = "POST",
        headers: Mapping[str, str] | None = None,
    ) -> Reply:
        """Any request at all."""
        more = dict(headers or {})
        if token:
            more["authorization"] = f"Bearer {token}"
        return self._line.request(method, path, body, more, time.monotonic() + SECONDS)

    def challenge(self, device: str | None = None) -> tuple[Challenge, str]:
        """A challenge and the certificate it came with."""
        asked = wire.ChallengeAsked(device or self.device)
        reply = self.send(wire.CHALLENGE.path, wire.write(asked))
        return wire.CHALLENGE.read_answer(reply.body), reply.certificate

    def proof(self, challenge: Challenge, certificate: str, *, hall: str = HALL) -> LogIn:
        """The right answer to a challenge."""
        text = wire.session_text(hall, self.device, certificate, challenge.nonce)
        return LogIn(self.device, challenge.nonce, self.key.sign(text))

    def token(self) -> str:
        """Log in as it should be done."""
        reply = self.send(wire.LOG_IN.path, wire.write(self.proof(*self.challenge())))
        return wire.LOG_IN.read_answer(reply.body).token


def code_of(reply: Reply) -> str:
    """What a refusal is called."""
    return wire.read_refusal(reply.body).code


def raw_tls(hub: RunningHub) -> ssl.SSLSocket:
    """A TLS connection and nothing said on it yet."""
    raw = socket.create_connection((hub.host, hub.port), timeout=SECONDS)
    context = trusting(hub.tls.authority_pem)
    context.sslsocket_class = ssl.SSLSocket
    return context.wrap_socket(raw, server_hostname=HUB_NAME)
