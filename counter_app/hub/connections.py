"""Connections that do not hold the hub up: a head must come whole in time, and there are only so many.

uvicorn's own timer runs between requests only; a client that sends its head a byte a minute would never meet
it.
"""

from __future__ import annotations

import asyncio
import ipaddress
import logging
import ssl
from typing import Any, Final

from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.config import Config
from uvicorn.protocols.http.h11_impl import H11Protocol, RequestResponseCycle
from uvicorn.server import ServerState

from counter_app.hub.limits import Limits

_LOG: Final = logging.getLogger("counter_app.hub")


class PatientProtocol(H11Protocol):
    """HTTP/1.1 with a limit on how long a head may take and how many connections there are."""

    def __init__(self, limits: Limits, config: Config, server_state: ServerState) -> None:
        super().__init__(config, server_state, app_state={})
        self._limits = limits
        self._head_timer: asyncio.TimerHandle | None = None
        self._is_socket = False

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn has it
        super().connection_made(transport)
        if self._too_many():
            host = self.client[0] if self.client else ""
            _LOG.warning("refused call=connect device='' from=%r why='too many connections'", host)
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
        host = self.client[0] if self.client else ""
        _LOG.warning("refused call=connect device='' from=%r why='no request in time'", host)
        self.transport.abort()

    def _answering(self) -> bool:
        cycle: RequestResponseCycle | None = self.cycle
        return cycle is not None and not cycle.response_complete

    def _too_many(self) -> bool:
        if len(self.connections) > self._limits.connections:
            return True
        host = self.client[0] if self.client else ""
        if _is_loopback(host):
            return False
        same = sum(1 for one in self.connections if _host_of(one.transport) == host)
        return same > self._limits.connections_each


class LoggedTls(ssl.SSLObject):
    """Notes handshakes that fail: plain HTTP on this port, or a device that knows another authority."""

    def do_handshake(self) -> None:
        try:
            super().do_handshake()
        except (ssl.SSLWantReadError, ssl.SSLWantWriteError):
            raise
        except ssl.SSLError as error:
            _LOG.warning("refused call=connect device='' from='' why=%r", f"no TLS: {error.reason}")
            raise


class InTime:
    """An ASGI application whose answers are sent in time, or the connection ends: also for slow readers."""

    def __init__(self, app: ASGIApp, seconds: float) -> None:
        self._app = app
        self._seconds = seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        try:
            async with asyncio.timeout(self._seconds):
                await self._app(scope, receive, send)
        except TimeoutError:
            _LOG.warning("refused call=answer device='' from=%r why='reads too slowly'", scope.get("client"))


def _host_of(transport: asyncio.BaseTransport) -> str:
    name = transport.get_extra_info("peername")
    return str(name[0]) if name else ""


def _is_loopback(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False
