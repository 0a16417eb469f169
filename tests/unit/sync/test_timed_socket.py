"""A line cut between connecting and the first byte of TLS."""

from __future__ import annotations

import os
import socket
import ssl
import struct
import time

import pytest

from counter_app.sync.line import TimedSocket


def test_a_line_cut_before_the_handshake_leaves_no_socket_open() -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.sslsocket_class = TimedSocket
    with socket.create_server(("127.0.0.1", 0)) as server:
        raw = socket.create_connection(server.getsockname())
        there, _address = server.accept()
        there.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        there.close()  # resets it
        _until_reset(raw)
        number = raw.fileno()
        with pytest.raises(ConnectionResetError):
            context.wrap_socket(raw, server_hostname="hub")
    with pytest.raises(OSError, match="Bad file descriptor"):
        os.fstat(number)


def _until_reset(sock: socket.socket) -> None:
    ends = time.monotonic() + 5.0
    while time.monotonic() < ends:
        try:
            sock.getpeername()
        except OSError:
            return
        time.sleep(0.01)
    raise AssertionError("the other side's reset never came")
