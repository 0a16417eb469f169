"""Serving a hall over HTTPS until told to stop: listen, keep house, end in good order.

TLS always; there is no way to serve without. Signals are the caller's: it sets `stop`. At the end requests
under way are finished, sockets closed, threads joined. Not here: opening and closing the store.
"""

from __future__ import annotations

import asyncio
import contextlib
import functools
import logging
import socket
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from typing import Final

import uvicorn

from counter_app.errors import UserFacingError
from counter_app.hub.app import Hub, Shown
from counter_app.hub.connections import InTime, LoggedTls, PatientProtocol
from counter_app.hub.hall import HubHall
from counter_app.hub.limits import Limits
from counter_app.hub.metrics import Gauge
from counter_app.hub.tls import HubTls
from counter_app.use_cases.ports.centre import CentreAway

_SWEEP_SECONDS: Final = 1.0
_BACKLOG: Final = 512
_RENEW_EVERY: Final = 3600  # sweeps
_SHUTDOWN_SECONDS: Final = 1.0
_MOST_MESSAGE: Final = 4096  # bytes a socket may send; it should send none
_LOG: Final = logging.getLogger("counter_app.hub")


def serve(
    hall: HubHall,
    listen: tuple[str, int],
    tls: HubTls,
    *,
    on_ready: Callable[[str, int], None],
    stop: threading.Event,
    limits: Limits | None = None,
    open_metrics: bool = False,
    gauges: Iterable[Gauge] = (),
) -> None:
    """Serve until `stop` is set; `on_ready` hears host and port (port 0: a free one).

    UserFacingError `hub.address-taken` when nobody can listen there.
    """
    bounds = limits or Limits()
    bound = _bind(listen)
    host, port = bound.getsockname()[:2]
    shown = Shown(tls.authority_pem, lambda: tls.certificates)
    hub = Hub(hall, shown, bounds, open_metrics=open_metrics, gauges=gauges)
    server = _Server(_config(hub, tls, bounds), hub, bounds, functools.partial(on_ready, host, port))
    keeper = threading.Thread(target=_keep_house, args=(hall, tls, server, stop), name="hub-house")
    keeper.start()
    try:
        server.run(sockets=[bound])
    finally:
        stop.set()
        keeper.join()
        hub.close()
        bound.close()


def _config(hub: Hub, tls: HubTls, limits: Limits) -> uvicorn.Config:
    tls.context.sslobject_class = type("HubTlsObject", (LoggedTls,), {"refusals": hub.refusals})
    whole = limits.body_seconds + 2 * limits.answer_seconds
    return uvicorn.Config(
        InTime(hub.app, whole, hub.refusals),
        loop="asyncio",
        http="h11",
        ws="websockets-sansio",
        ws_max_size=_MOST_MESSAGE,
        ws_per_message_deflate=False,
        lifespan="off",
        interface="asgi3",
        log_config=None,
        access_log=False,
        proxy_headers=False,
        server_header=False,
        timeout_keep_alive=limits.idle_seconds,
        timeout_graceful_shutdown=limits.stop_seconds,
        ssl_context_factory=lambda config, default: tls.context,
    )


class _Server(uvicorn.Server):
    """uvicorn's server with bounded handshakes, the hub's start and end, and no signals of its own."""

    def __init__(self, config: uvicorn.Config, hub: Hub, limits: Limits, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._hub = hub
        self._limits = limits
        self._ready = ready

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        loop = asyncio.get_running_loop()
        protocol = functools.partial(
            PatientProtocol, self._limits, self._hub.refusals, self.config, self.server_state
        )
        self.servers = [
            await loop.create_server(
                protocol,
                sock=bound,
                ssl=self.config.ssl,
                backlog=self.config.backlog,
                ssl_handshake_timeout=self._limits.handshake_seconds,
                ssl_shutdown_timeout=_SHUTDOWN_SECONDS,
            )
            for bound in sockets or []
        ]
        self._hub.start()
        self.started = True
        self._ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._hub.end()
        await super().shutdown(sockets)


def _keep_house(hall: HubHall, tls: HubTls, server: uvicorn.Server, stop: threading.Event) -> None:
    """What goes by the clock. Whatever ends this thread ends the hub: a hub that no longer lets grants lapse
    must not look well."""
    sweeps = 0
    try:
        while not stop.wait(_SWEEP_SECONDS):
            sweeps += 1
            try:
                hall.sweep()
            except (CentreAway, UserFacingError) as error:
                _LOG.error("sweep failed: %s", error)
            if sweeps % _RENEW_EVERY == 0 and tls.renew():
                _LOG.info("certificate renewed")
    finally:
        stop.set()
        server.should_exit = True


def _bind(listen: tuple[str, int]) -> socket.socket:
    host, port = listen
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # The protocol is named, or asyncio would not see that its answers should not wait for each other
    # (TCP_NODELAY): without it a call takes 44 ms.
    bound = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if sys.platform != "win32":
            bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind((host.strip("[]"), port))
        bound.listen(_BACKLOG)
    except OSError as error:
        bound.close()
        raise UserFacingError(
            "hub.address-taken",
            "The hub cannot listen at {host}:{port}: {reason}",
            kept="Nothing was changed.",
            remedy="Choose another address, or end the program that listens there.",
            host=host,
            port=port,
            reason=error.strerror or str(error),
        ) from error
    return bound
