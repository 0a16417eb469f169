"""A serial line carried by TCP (`socket://host:port`): converters at the counter, simulators.

pyserial has this too, but sleeps 0.3 s at each closing and leaks the socket of a line that broke.
"""

from __future__ import annotations

import select
import socket
from typing import Final, Self
from urllib.parse import urlsplit

CONNECT_SECONDS: Final = 3.0
_PEEKED: Final = 4096


class TcpPort:
    """The few calls of a pyserial port that `SerialLine` makes. Errors are OSError."""

    def __init__(self, connection: socket.socket, timeout: float, write_timeout: float) -> None:
        self._connection = connection
        self._timeout = timeout
        self._write_timeout = write_timeout

    @classmethod
    def connect(cls, url: str, *, timeout: float, write_timeout: float) -> Self:
        """Raises ValueError for a bad URL and OSError when nobody listens there."""
        parts = urlsplit(url)
        if parts.hostname is None or parts.port is None:
            raise ValueError(url)
        connection = socket.create_connection((parts.hostname, parts.port), timeout=CONNECT_SECONDS)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)  # a dead converter says nothing
        return cls(connection, timeout, write_timeout)

    def read(self, size: int, /) -> bytes:
        """Up to `size` bytes that come within the timeout."""
        self._connection.settimeout(self._timeout)
        try:
            data = self._connection.recv(size)
        except TimeoutError:
            return b""
        if not data:
            raise ConnectionResetError("closed by the other side")
        return data

    @property
    def in_waiting(self) -> int:
        if not select.select([self._connection], [], [], 0)[0]:
            return 0
        return len(self._connection.recv(_PEEKED, socket.MSG_PEEK))

    def write(self, data: bytes, /) -> int:
        self._connection.settimeout(self._write_timeout)
        self._connection.sendall(data)
        return len(data)

    def reset_input_buffer(self) -> None:
        while select.select([self._connection], [], [], 0)[0]:
            if not self._connection.recv(4096):
                raise ConnectionResetError("closed by the other side")

    def close(self) -> None:
        self._connection.close()
