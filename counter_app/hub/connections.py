"""Connections that do not hold the hub up: a head must come whole in time, and there are only so many.

uvicorn's own timer runs between requests only; a client that sends its head a byte a minute would never meet
it.
"""

from __future__ import annotations

import asyncio
import ipaddress
import ssl
from typing import Any, ClassVar

from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.config import Config
from uvicorn.protocols.http.h11_impl import H11Protocol, RequestResponseCycle
from uvicorn.server import ServerState

from counter_app.hub.limits import Limits
from counter_app.hub.refusals import Refusals


class PatientProtocol(H11Protocol):
    """HTTP/1.1 with a limit on how long a head may take and how many connections there are."""

    def __init__(self, limits: Limits, refusals: Refusals, config: Config, server_state: ServerState) -> None:
        super().__init__(config, server_state, app_state={})
        self._limits = limits
        self._refusals = refusals
        self._head_timer: asyncio.TimerHandle | None = None
        self._is_socket = False

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn has it
        super().connection_made(transport)
        if self._too_many():
            self._refusals.note("connect", self._host, "too many connections")
            transport.abort()
            return
        self._expect_head()

    def connection_lost(self, exc: Exception | None) -> None:
        self._head_came()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        if self._is_socket or self._answering():
            self._head_came()
        elif not self.transport.is_closing():
            self._expect_head()

    def handle_websocket_upgrade(self, event: Any) -> None:
        self._is_socket = True
        super().handle_websocket_upgrade(event)

    def shutdown(self) -> None:
        """At the hub's end an idle connection goes at once: waiting for its farewell takes a second each."""
        if self._answering():
            super().shutdown()
        else:
            self.transport.abort()

    def _expect_head(self) -> None:
        """The clock runs from the first byte; further bytes do not stop it."""
        if self._head_timer is None:
            self._head_timer = self.loop.call_later(self._limits.head_seconds, self._too_slow)

    def _head_came(self) -> None:
        if self._head_timer is not None:
            self._head_timer.cancel()
            self._head_timer = None

    def _too_slow(self) -> None:
        self._head_timer = None
        self._refusals.note("connect", self._host, "no request in time")
        self.transport.abort()

    @property
    def _host(self) -> str:
        return self.client[0] if self.client else ""

    def _answering(self) -> bool:
        cycle: RequestResponseCycle | None = self.cycle
        return cycle is not None and not cycle.response_complete

    def _too_many(self) -> bool:
        if len(self.connections) > self._limits.connections:
            return True
        if _is_loopback(self._host):
            return False
        same = sum(1 for one in self.connections if _host_of(one.transport) == self._host)
        return same > self._limits.connections_each


class LoggedTls(ssl.SSLObject):
    """Notes handshakes that fail: plain HTTP on this port, or a device that knows another authority.

    Made by the TLS context, which knows no address; a subclass says whom to tell.
    """

    refusals: ClassVar[Refusals]

    def do_handshake(self) -> None:
        try:
            super().do_handshake()
        except (ssl.SSLWantReadError, ssl.SSLWantWriteError):
            raise
        except ssl.SSLError as error:
            self.refusals.note("connect", "", f"no TLS: {error.reason}")
            raise


class InTime:
    """An ASGI application whose answers are sent in time, or the connection ends: also for slow readers."""

    def __init__(self, app: ASGIApp, seconds: float, refusals: Refusals) -> None:
        self._app = app
        self._seconds = seconds
        self._refusals = refusals

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        try:
            async with asyncio.timeout(self._seconds):
                await self._app(scope, receive, send)
        except TimeoutError:
            client = scope.get("client") or ("",)
            self._refusals.note("answer", str(client[0]), "reads too slowly")


def _host_of(transport: asyncio.BaseTransport) -> str:
    name = transport.get_extra_info("peername")
    return str(name[0]) if name else ""


def _is_loopback(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False
