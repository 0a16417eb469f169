"""Plain HTTP to a device in the room: every answer whole, within one time limit, and never larger than a
page.

The limit holds for the answer as a whole: a device that dribbles a byte a second is as silent as one that
says nothing. Redirects are not followed.
"""

from __future__ import annotations

import contextlib
import http.client
import socket
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from counter_app.devices.imaging.trouble import SourceAbsent, SourceGarbled, SourceSilent

MOST_BYTES: Final = 64 << 20
PIECE: Final = 64 << 10
CONNECT_SECONDS: Final = 2.0


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class WebDevice:
    """`where` is what people are told; `seconds` a whole answer may take."""

    host: str
    port: int
    where: str
    seconds: float

    @classmethod
    def at(cls, url: str, default_port: int, seconds: float) -> WebDevice:
        """ValueError for what is no address."""
        parts = urlsplit(url)
        if not parts.hostname:
            raise ValueError(url)
        return cls(parts.hostname, parts.port or default_port, url, seconds)

    def ask(self, method: str, path: str, body: bytes = b"", form: str = "text/xml") -> Answer:
        """UserFacingError `imaging.absent`, `imaging.silent`, `imaging.garbled`."""
        ends = time.monotonic() + self.seconds
        with self._connected() as connection:
            try:
                headers = {"content-type": form} if body else {}
                connection.request(method, path, body or None, headers)
                answer = self._answer(connection, ends)
            except TimeoutError as error:
                raise SourceSilent(self.where) from error
            except (http.client.HTTPException, ValueError) as error:
                raise SourceGarbled(self.where) from error
            except OSError as error:
                raise SourceAbsent(self.where) from error
        return answer

    @contextlib.contextmanager
    def _connected(self) -> Iterator[http.client.HTTPConnection]:
        connection = http.client.HTTPConnection(self.host, self.port, timeout=CONNECT_SECONDS)
        try:
            try:
                connection.connect()
            except OSError as error:
                raise SourceAbsent(self.where) from error
            yield connection
        finally:
            connection.close()

    def _answer(self, connection: http.client.HTTPConnection, ends: float) -> Answer:
        sock = connection.sock
        sock.settimeout(max(0.01, ends - time.monotonic()))
        with contextlib.closing(connection.getresponse()) as response:
            return self._whole(response, sock, ends)

    def _whole(self, response: http.client.HTTPResponse, sock: socket.socket, ends: float) -> Answer:
        headers = {name.lower(): value for name, value in response.getheaders()}
        length = headers.get("content-length", "")
        if length and (not length.isdecimal() or int(length[:12]) > MOST_BYTES):
            raise http.client.HTTPException("too long")
        body = bytearray()
        while True:
            left = ends - time.monotonic()
            if left <= 0:
                raise TimeoutError
            if not response.isclosed():
                sock.settimeout(left)
            piece = response.read(PIECE)
            if not piece:
                break
            body += piece
            if len(body) > MOST_BYTES:
                raise http.client.HTTPException("too long")
        if length and len(body) != int(length):
            raise http.client.IncompleteRead(bytes(body))
        return Answer(response.status, headers, bytes(body))
