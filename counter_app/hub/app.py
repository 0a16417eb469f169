"""The hub's ASGI application: routes, log-in, enrolment, waking, health and metrics.

Not here: TLS and sockets (`serve.py`), what a call means (`use_cases/centre`).
"""

from __future__ import annotations

import asyncio
import ipaddress
import json
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route, WebSocketRoute

from counter_app.errors import UserFacingError
from counter_app.hub import refusing
from counter_app.hub.calls import SERVED
from counter_app.hub.door import Door
from counter_app.hub.hall import HubHall
from counter_app.hub.limits import Limits
from counter_app.hub.metrics import Gauge, Metrics
from counter_app.hub.refusals import Refusals
from counter_app.hub.relay_calls import RELAYED
from counter_app.hub.sessions import NotProven, Sessions, signed_by
from counter_app.hub.sockets import WakeSockets
from counter_app.hub.tries import Tries
from counter_app.hub.waker import Waker
from counter_app.use_cases.centre import wire

_LONGEST_WAIT: Final = 25.0
_NAME: Final = 64
_SMALL: Final = 8192  # bytes of what is asked before anybody knows who asks
_POST: Final = ["POST"]


@dataclass(frozen=True, slots=True)
class Shown:
    """What TLS shows: the authority's certificate (PEM), and fingerprints of the certificates in use."""

    authority_pem: bytes
    certificates: Callable[[], Sequence[str]]


class Hub:
    """The application with what lives beside it. `start` and `end` on the event loop, `close` after it."""

    def __init__(
        self,
        hall: HubHall,
        shown: Shown,
        limits: Limits | None = None,
        *,
        open_metrics: bool = False,
        gauges: Iterable[Gauge] = (),
    ) -> None:
        self._hall = hall
        self._shown = shown
        self._limits = limits or Limits()
        self._open_metrics = open_metrics
        monotonic = time.monotonic
        self._sessions = Sessions(hall.hall, shown.certificates, monotonic, self._limits.session_seconds)
        self._tries = Tries(self._limits.tries, self._limits.tries_seconds, monotonic)
        self._metrics = Metrics(gauges)
        self._door = Door(hall, self._sessions, self._metrics, self._limits)
        self._waker = Waker(hall, self._limits.wake_gap)
        self._sockets = WakeSockets(self._door, self._waker, self._metrics, self._limits.beat_seconds)
        self._watching: asyncio.Task[None] | None = None
        self.app = Starlette(
            routes=self._routes(), exception_handlers={404: self._unknown, 405: self._unknown}
        )

    @property
    def refusals(self) -> Refusals:
        """Where connections that never become a request are written down too."""
        return self._door.refusals

    def start(self) -> None:
        self._waker.start()
        self._watching = asyncio.create_task(self._metrics.watch_loop())

    def end(self) -> None:
        """Let go of all who wait: sockets and long polls end, requests under way are finished."""
        self._waker.end()
        if self._watching is not None:
            self._watching.cancel()

    def close(self) -> None:
        self._waker.join()
        self._door.close()

    def _routes(self) -> list[BaseRoute]:
        routes: list[BaseRoute] = [
            Route(served.call.path, self._door.call(served), methods=_POST) for served in (*SERVED, *RELAYED)
        ]
        routes += [
            Route(wire.WAIT.path, self._door.guarded("wait", self._wait), methods=_POST),
            Route(wire.CHALLENGE.path, self._door.guarded("challenge", self._challenge), methods=_POST),
            Route(wire.LOG_IN.path, self._door.guarded("log-in", self._log_in), methods=_POST),
            Route(wire.ENROL.path, self._door.guarded("enrol", self._enrol), methods=_POST),
            Route(wire.AUTHORITY, self._authority, methods=["GET"]),
            Route("/health", self._health, methods=["GET"]),
            Route("/metrics", self._show_metrics, methods=["GET"]),
            WebSocketRoute(wire.WAKE, self._sockets.serve),
        ]
        return routes

    async def _wait(self, request: Request) -> Response:
        """Long poll: for lines on which sockets do not live."""
        token = self._door.entered(request)
        asked = wire.WAIT.read_question(await self._door.body(request, _SMALL))
        await self._door.on_thread(lambda: self._door.let_in(token), quick=True)
        place = await self._waker.beyond(asked.after, min(asked.seconds, _LONGEST_WAIT))
        return refusing.answer(wire.write(place))

    async def _challenge(self, request: Request) -> Response:
        """For anybody, known or not: it tells nothing."""
        asked = wire.CHALLENGE.read_question(await self._door.body(request, _SMALL))
        nonce = self._sessions.challenge(asked.device)
        return refusing.answer(wire.write(wire.Challenge(nonce, self._hall.hall, self._hall.training)))

    async def _log_in(self, request: Request) -> Response:
        asked = wire.LOG_IN.read_question(await self._door.body(request, _SMALL))
        # By address and device: a machine that fails must not shut out its neighbours behind one address.
        who = f"{refusing.peer(request)} {asked.device[:_NAME]}"
        if self._tries.too_many(who):
            raise refusing.too_many_tries()

        def enter() -> wire.LoggedIn:
            logged_in = self._sessions.log_in(self._hall.known(asked.device), asked)
            self._door.standing(asked.device)
            return logged_in

        try:
            logged_in = await self._door.on_thread(enter, quick=True)
        except NotProven as error:
            self._tries.failed(who)
            self._door.refused("log-in", request, f"{error} (as {asked.device!r})")
            raise refusing.unknown_device() from error
        return refusing.answer(wire.write(logged_in))

    async def _enrol(self, request: Request) -> Response:
        """Every try takes equally long, so that its time does not tell how much of a code was right."""
        address = refusing.peer(request)
        if self._tries.too_many(address):
            raise refusing.too_many_tries()
        asked = wire.ENROL.read_question(await self._door.body(request, _SMALL))
        ends = time.monotonic() + self._limits.enrol_seconds

        def enrol() -> wire.Enrolled:
            texts = [wire.enrol_text(asked.code, shown, asked.public) for shown in self._shown.certificates()]
            if not any(signed_by(asked.public, asked.proof, text) for text in texts):
                raise refusing.unknown_device()
            return self._hall.enrol(asked.code, asked.public)

        try:
            enrolled = await self._door.on_thread(enrol, quick=True)
        except UserFacingError:
            self._tries.failed(address)
            raise
        finally:
            await asyncio.sleep(max(0.0, ends - time.monotonic()))
        return refusing.answer(wire.write(enrolled))

    async def _authority(self, request: Request) -> Response:
        return Response(self._shown.authority_pem, media_type="application/x-pem-file")

    async def _health(self, request: Request) -> Response:
        well = self._waker.answering
        content = {"state": "ok" if well else "store does not answer", "hall_seq": self._waker.place}
        return Response(json.dumps(content), 200 if well else 503, media_type="application/json")

    async def _show_metrics(self, request: Request) -> Response:
        if not self._open_metrics and not _is_loopback(refusing.peer(request)):
            self._door.refused("metrics", request, "not from this machine")
            return Response(status_code=403)
        return Response(self._metrics.text(self._waker.place), media_type="text/plain; version=0.0.4")

    async def _unknown(self, request: Request, error: Exception) -> Response:
        async def refuse(request: Request) -> Response:
            raise refusing.no_such_call()

        return await self._door.guarded("unknown", refuse)(request)


def _is_loopback(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False
