"""Sockets for waking: each device hears the hall's newest place as it moves, and a beat when nothing does.

The place is sent as a decimal number. A device sends nothing: one that does is cut off. Whether it is still
enrolled is asked with every beat.
"""

from __future__ import annotations

import asyncio

from starlette.responses import Response
from starlette.websockets import WebSocket, WebSocketDisconnect

from counter_app.errors import UserFacingError
from counter_app.hub import refusing
from counter_app.hub.door import Door, token_of
from counter_app.hub.metrics import Metrics
from counter_app.hub.refusing import Busy, LoggedOut
from counter_app.hub.waker import Waker
from counter_app.use_cases.ports.centre import CentreAway

_POLICY = 1008
_SEND_SECONDS = 10.0


class WakeSockets:
    def __init__(self, door: Door, waker: Waker, metrics: Metrics, beat: float) -> None:
        self._door = door
        self._waker = waker
        self._metrics = metrics
        self._beat = beat

    async def serve(self, socket: WebSocket) -> None:
        """One device's socket, from handshake to end."""
        device = await self._device(socket)
        if isinstance(device, Response):
            await socket.send_denial_response(device)
            return
        await socket.accept()
        self._metrics.socket(device, +1)
        leaving = asyncio.create_task(self._until_left(socket))
        try:
            await self._tell(socket, leaving)
        except (WebSocketDisconnect, TimeoutError):
            pass
        finally:
            leaving.cancel()
            self._metrics.socket(device, -1)

    async def _device(self, socket: WebSocket) -> str | Response:
        try:
            token = token_of(socket)
            row = await self._door.on_thread(lambda: self._door.let_in(token), quick=True)
        except LoggedOut as error:
            self._door.refused("wake", socket, str(error))
            return refusing.log_in_again()
        except UserFacingError as error:
            self._door.refused("wake", socket, error.code)
            return refusing.refusal(error)[0]
        except (Busy, CentreAway, TimeoutError):
            return refusing.busy()
        return row.device

    async def _tell(self, socket: WebSocket, leaving: asyncio.Task[bool]) -> None:
        token = token_of(socket)
        told = -1
        while not self._waker.ended:
            told = max(told, self._waker.place)
            await say(socket, str(told))
            news = asyncio.create_task(self._waker.beyond(told, self._beat))
            done, _ = await asyncio.wait({news, leaving}, return_when=asyncio.FIRST_COMPLETED)
            if leaving in done:
                news.cancel()
                if leaving.result():
                    await socket.close(_POLICY)
                return
            if news.result() <= told and not await self._still_in(token):
                await socket.close(_POLICY)
                return

    async def _still_in(self, token: str) -> bool:
        try:
            await self._door.on_thread(lambda: self._door.let_in(token), quick=True)
        except (LoggedOut, UserFacingError):
            return False
        except (Busy, CentreAway, TimeoutError):
            return True
        return True

    async def _until_left(self, socket: WebSocket) -> bool:
        """Ends when the device goes, or speaks: then True."""
        message = await socket.receive()
        return bool(message["type"] == "websocket.receive")


async def say(socket: WebSocket, text: str) -> None:
    """WebSocketDisconnect when the device has left, TimeoutError when it does not read."""
    try:
        async with asyncio.timeout(_SEND_SECONDS):
            await socket.send_text(text)
    except RuntimeError as error:
        # what the server says between a device's leaving and our hearing of it
        raise WebSocketDisconnect from error
