"""The door every request passes: body read within bounds, who asks, is it still enrolled, then the work.

The centre's code is synchronous: it runs on two small pools, one for what a person waits for, one for bulk,
so that a counter's backlog never stands before another counter's call. Each refusal is logged and counted.
"""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Final, TypeVar

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.websockets import WebSocket

from counter_app.errors import UserFacingError
from counter_app.hub import refusing
from counter_app.hub.calls import Served
from counter_app.hub.hall import HubHall
from counter_app.hub.limits import Limits
from counter_app.hub.metrics import Metrics
from counter_app.hub.refusals import Refusals
from counter_app.hub.refusing import Busy, LoggedOut
from counter_app.hub.sessions import Sessions
from counter_app.use_cases.centre import wire
from counter_app.use_cases.ports.centre import Centre, CentreAway
from counter_app.use_cases.ports.centre_store import DeviceRow

T = TypeVar("T")
Answering = Callable[[Request], Awaitable[Response]]

_QUICK_THREADS: Final = 6
_BULK_THREADS: Final = 4
_BEARER: Final = "Bearer "


class Door:
    """One a hub. Coroutines belong to the event loop; `let_in` and lines to the pools."""

    def __init__(self, hall: HubHall, sessions: Sessions, metrics: Metrics, limits: Limits) -> None:
        self._hall = hall
        self._sessions = sessions
        self._metrics = metrics
        self._limits = limits
        self.refusals = Refusals(time.monotonic, metrics.refused)
        self._pools = {
            True: ThreadPoolExecutor(_QUICK_THREADS, thread_name_prefix="hub-quick"),
            False: ThreadPoolExecutor(_BULK_THREADS, thread_name_prefix="hub-bulk"),
        }
        self._pending = 0
        self._lines: dict[str, Centre] = {}
        self._lock = threading.Lock()

    def call(self, served: Served) -> Answering:
        """The endpoint of one call of the port."""

        async def act(request: Request) -> Response:
            token = self.entered(request)
            data = await self.body(request)
            work = served.prepare(data)

            def answer() -> Response:
                written = work(self._line(self.let_in(token).device))
                return refusing.answer(written, squeezed=wire.squeeze(written))

            return await self.on_thread(answer, quick=served.quick)

        return self.guarded(served.call.name, act)

    def guarded(self, route: str, act: Answering) -> Answering:
        """`act` with its refusals answered, logged and counted. A defect is counted and passed on."""

        async def endpoint(request: Request) -> Response:
            began = time.perf_counter()
            outcome = "defect"
            try:
                response, outcome = await self._outcome(route, request, act)
                return response
            finally:
                self._metrics.answered(route, outcome, time.perf_counter() - began)

        return endpoint

    async def _outcome(self, route: str, request: Request, act: Answering) -> tuple[Response, str]:
        try:
            return await act(request), "ok"
        except LoggedOut as error:
            self.refused(route, request, str(error))
            return refusing.log_in_again(), "logged-out"
        except UserFacingError as error:
            self.refused(route, request, error.code)
            return refusing.refusal(error)
        except wire.TooLarge as error:
            self.refused(route, request, str(error))
            return refusing.refusal(refusing.too_large())
        except wire.Garbled as error:
            self.refused(route, request, f"garbled: {error}")
            return refusing.refusal(refusing.garbled())
        except (Busy, CentreAway) as error:
            self.refused(route, request, f"busy: {error}")
            return refusing.busy(), "busy"
        except (TimeoutError, ClientDisconnect):
            self.refused(route, request, "too slow, or gone")
            return Response(status_code=408, headers={"connection": "close"}), "slow"

    def refused(self, route: str, request: Request | WebSocket, why: str) -> None:
        """Write down who was refused what."""
        host = request.client.host if request.client else ""
        device = self._sessions.device_of(_token(request.headers.get("authorization", "")))
        self.refusals.note(route, host, why, device or "")

    async def body(self, request: Request, most: int = wire.MOST_ASKED) -> bytes:
        """The whole question, unsqueezed. Raises TooLarge before more than `most` bytes are read."""
        declared = request.headers.get("content-length", "")
        if declared.isdecimal() and int(declared[:20]) > most:
            raise wire.TooLarge("content-length")
        found = bytearray()
        async with asyncio.timeout(self._limits.body_seconds):
            async for piece in request.stream():
                found += piece
                if len(found) > most:
                    raise wire.TooLarge("body")
        if request.headers.get("content-encoding") == "deflate":
            return await self.on_thread(lambda: wire.unsqueeze(bytes(found), most), quick=False)
        return bytes(found)

    async def on_thread(self, work: Callable[[], T], *, quick: bool) -> T:
        """Run `work` on a pool. Raises Busy when too much waits already."""
        if self._pending >= self._limits.pending:
            raise Busy(f"{self._pending} calls wait")
        self._pending += 1
        try:
            async with asyncio.timeout(self._limits.answer_seconds):
                return await asyncio.get_running_loop().run_in_executor(self._pools[quick], work)
        finally:
            self._pending -= 1

    def entered(self, request: Request) -> str:
        """The token of one who is logged in: before anything of a body is read. Raises LoggedOut."""
        token = token_of(request)
        if self._sessions.device_of(token) is None:
            raise LoggedOut("token unknown or lapsed")
        return token

    def let_in(self, token: str) -> DeviceRow:
        """The device behind a token as its hall has it now. On a pool's thread.

        Raises LoggedOut; UserFacingError `centre.unknown-device`, `centre.revoked`.
        """
        device = self._sessions.device_of(token)
        if device is None:
            raise LoggedOut("token unknown or lapsed")
        row = self.standing(device)
        self._metrics.heard(device)
        return row

    def standing(self, device: str) -> DeviceRow:
        """The enrolled row of a device that still counts."""
        row = self._hall.known(device)
        if row is None or row.revoked:
            self._sessions.forget(device)
            self._metrics.forget(device)
            raise refusing.unknown_device() if row is None else refusing.revoked()
        return row

    def close(self) -> None:
        """After the last request: threads and lines end."""
        for pool in self._pools.values():
            pool.shutdown(wait=True, cancel_futures=True)
        for line in self._lines.values():
            line.close()

    def _line(self, device: str) -> Centre:
        with self._lock:
            line = self._lines.get(device)
            if line is None:
                line = self._lines[device] = self._hall.line(device)
        return line


def token_of(request: Request | WebSocket) -> str:
    """The token a request bears. Raises LoggedOut when it bears none."""
    token = _token(request.headers.get("authorization", ""))
    if not token:
        raise LoggedOut("no token")
    return token


def _token(header: str) -> str:
    return header.removeprefix(_BEARER) if header.startswith(_BEARER) else ""
