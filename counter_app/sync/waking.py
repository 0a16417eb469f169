"""The wake socket: hears the hall's newest place as it moves, on one TLS connection without threads.

The hub sends the place as a number, and a beat when nothing moves; a socket silent for longer than two beats
is given up (a line that stalls closes nothing). Apart from `hub_centre.py`, because a window that only claims
need not load a web socket library.
"""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable
from typing import Final

from websockets.client import ClientProtocol
from websockets.exceptions import InvalidStatus
from websockets.frames import Frame, Opcode
from websockets.protocol import State
from websockets.uri import parse_uri

from counter_app.sync.hub_centre import SocketLost
from counter_app.sync.line import HubLine, TimedSocket
from counter_app.use_cases.centre.wire import WAKE
from counter_app.use_cases.ports.centre import CentreAway

_OPEN_SECONDS: Final = 3.0
_SILENCE: Final = 25.0
_PIECE: Final = 4096
_LOG_IN: Final = 401
_DIGITS: Final = 18


class HubWaking:
    """`WakeSocket`; opened when first waited on, and again after it was lost.

    One thread waits at a time; any may close.
    """

    def __init__(self, line: HubLine, token: Callable[[str], str]) -> None:
        self._line = line
        self._token = token
        self._waiting = threading.Lock()
        self._socket: TimedSocket | None = None
        self._protocol: ClientProtocol | None = None
        self._heard = 0.0
        self._place = 0
        self._closed = False

    def beyond(self, after: int, seconds: float) -> int:
        ends = time.monotonic() + seconds
        with self._waiting:
            if self._closed:
                raise CentreAway("closed")
            if self._socket is None:
                self._open()
            while self._place <= after and time.monotonic() < ends:
                self._listen(ends)
            return self._place

    def close(self) -> None:
        """Also ends a wait under way in another thread."""
        self._closed = True
        listening = self._socket
        if listening is not None:
            self._cut(listening)
        with self._waiting:
            self._drop()

    def _open(self) -> None:
        token = self._token("")
        status = self._handshake(token)
        if status == _LOG_IN:
            status = self._handshake(self._token(token))
        if status is not None:
            raise SocketLost(f"status {status}")

    def _handshake(self, token: str) -> int | None:
        """The status of a refusal, None when the socket is open. Raises SocketLost."""
        ends = time.monotonic() + _OPEN_SECONDS
        self._socket = self._line.open_socket(ends)
        self._protocol = ClientProtocol(parse_uri(f"wss://{self._line.authority}{WAKE}"))
        request = self._protocol.connect()
        request.headers["Authorization"] = f"Bearer {token}"
        self._protocol.send_request(request)
        self._socket.ends = ends
        self._heard = time.monotonic()
        try:
            self._send()
            while self._protocol.state is State.CONNECTING and self._protocol.handshake_exc is None:
                self._receive()
        except TimeoutError as error:
            self._drop()
            raise SocketLost("no answer in time") from error
        refused = self._protocol.handshake_exc
        if refused is None:
            self._take_in()
            return None
        self._drop()
        if isinstance(refused, InvalidStatus):
            return refused.response.status_code
        raise SocketLost(str(refused)) from refused

    def _listen(self, ends: float) -> None:
        """Take in what comes until `ends`, or what is called silence."""
        if self._socket is None:
            raise SocketLost("closed")
        silent = self._heard + _SILENCE
        self._socket.ends = min(ends, silent)
        try:
            self._receive()
        except TimeoutError as error:
            if time.monotonic() >= silent:
                self._drop()
                raise SocketLost("silent") from error
            return
        self._take_in()

    def _receive(self) -> None:
        """One piece from the line. Raises TimeoutError, SocketLost."""
        if self._socket is None or self._protocol is None:
            raise SocketLost("closed")
        try:
            data = self._socket.recv(_PIECE)
        except TimeoutError:
            raise
        except (OSError, ValueError) as error:
            self._drop()
            raise SocketLost(f"cut off: {error}") from error
        if not data:
            self._drop()
            raise SocketLost("closed by the hub")
        self._protocol.receive_data(data)

    def _take_in(self) -> None:
        """What the frames say; pings are answered, and a close ends it."""
        if self._protocol is None:
            raise SocketLost("closed")
        for event in self._protocol.events_received():
            if isinstance(event, Frame) and event.opcode is Opcode.TEXT:
                self._heard = time.monotonic()
                text = bytes(event.data)
                if not text.isdigit() or len(text) > _DIGITS:
                    self._drop()
                    raise SocketLost("no place")
                self._place = max(self._place, int(text))
        self._send()
        if self._protocol.state is not State.OPEN:
            self._drop()
            raise SocketLost("closed by the hub")

    def _send(self) -> None:
        if self._socket is None or self._protocol is None:
            raise SocketLost("closed")
        data = b"".join(self._protocol.data_to_send())
        if not data:
            return
        self._socket.ends = time.monotonic() + _OPEN_SECONDS
        try:
            self._socket.sendall(data)
        except (OSError, ValueError) as error:
            self._drop()
            raise SocketLost(f"cut off: {error}") from error

    def _drop(self) -> None:
        if self._socket is not None:
            self._socket.close()
        self._socket = None
        self._protocol = None

    def _cut(self, sock: TimedSocket) -> None:
        try:
            sock.shutdown(socket.SHUT_RDWR)
        except (OSError, ValueError):
            return
