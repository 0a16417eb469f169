"""The simulated cable: bytes go both ways, on TCP and on a pseudo terminal, and it can be pulled."""

from __future__ import annotations

import contextlib
import os
import socket
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from counter_app.simulators.line import LineServer, Wire, tcp_line

if sys.platform != "win32":
    from counter_app.simulators.line import pty_line


class Echo:
    """Answers what it hears; `!` pulls the cable after three bytes of the answer."""

    def __init__(self) -> None:
        self.wire: Wire | None = None
        self.log: list[str] = []
        self.gone = threading.Event()

    def connected(self, wire: Wire) -> None:
        self.wire = wire
        self.log.append("connected")

    def feed(self, data: bytes) -> None:
        assert self.wire is not None
        if data == b"!":
            self.wire.send(b"abc")
            self.wire.unplug()
        self.wire.send(data)

    def disconnected(self) -> None:
        self.log.append("disconnected")
        self.gone.set()


@pytest.fixture
def tcp() -> Iterator[LineServer]:
    with tcp_line(Echo()) as line:
        yield line


def client(line: LineServer) -> socket.socket:
    host, port = line.url.removeprefix("socket://").split(":")
    return socket.create_connection((host, int(port)), timeout=5)


def read_exactly(connection: socket.socket, count: int) -> bytes:
    data = b""
    while len(data) < count and (piece := connection.recv(count - len(data))):
        data += piece
    return data


def client_again(line: LineServer) -> socket.socket:
    """A client that is answered; tried again while the cable is on its way back in."""
    end = time.monotonic() + 5
    while True:
        try:
            connection = client(line)
        except OSError:
            assert time.monotonic() < end
            continue
        with contextlib.suppress(ConnectionResetError):
            connection.sendall(b"q")
            if read_exactly(connection, 1) == b"q":
                return connection
        connection.close()


def test_each_reconnect_is_served(tcp: LineServer) -> None:
    for _ in range(3):
        with client(tcp) as connection:
            connection.sendall(b"xy")
            assert read_exactly(connection, 2) == b"xy"


def test_a_big_answer_arrives_whole() -> None:
    class Big(Echo):
        def feed(self, data: bytes) -> None:
            assert self.wire is not None
            self.wire.send(bytes(range(256)) * 4000)

    with tcp_line(Big()) as line, client(line) as connection:
        connection.sendall(b"go")
        assert read_exactly(connection, 1_024_000) == bytes(range(256)) * 4000


def test_pulled_cable_ends_the_connection_and_refuses_the_next(tcp: LineServer) -> None:
    with client(tcp) as connection:
        connection.sendall(b"!")
        assert read_exactly(connection, 10) == b"abc"
    with pytest.raises(OSError):
        end = time.monotonic() + 5
        while time.monotonic() < end:
            client(tcp).close()
    url = tcp.url
    tcp.plug()
    client_again(tcp).close()
    assert tcp.url == url


def test_baudrate_makes_bytes_take_their_time() -> None:
    with tcp_line(Echo(), baudrate=9600) as line, client(line) as connection:
        began = time.monotonic()
        connection.sendall(bytes(48))
        read_exactly(connection, 48)
        assert time.monotonic() - began >= 2 * 48 * 10 / 9600 - 10 / 9600


def test_stop_interrupts_a_slow_device() -> None:
    class Slow(Echo):
        def feed(self, data: bytes) -> None:
            assert self.wire is not None
            self.log.append("heard")
            self.log.append("stopped" if not self.wire.wait(60) else "slept")

    device = Slow()
    with tcp_line(device) as line, client(line) as connection:
        connection.sendall(b"x")
        while "heard" not in device.log:
            time.sleep(0.001)
    assert device.log == ["connected", "heard", "stopped", "disconnected"]


def test_a_cable_pulled_and_plugged_in_one_breath_was_out(tcp: LineServer) -> None:
    for _ in range(20):
        with client_again(tcp) as connection:
            tcp.unplug()
            tcp.plug()
            assert read_exactly(connection, 1) == b""


@pytest.mark.skipif(sys.platform == "win32", reason="pseudo terminals are POSIX")
def test_pty_carries_every_byte_value_and_comes_back_under_its_link(tmp_path: Path) -> None:
    every = bytes(range(256))
    device = Echo()
    with pty_line(device, link=tmp_path / "reader") as line:
        fd = os.open(line.url, os.O_RDWR | os.O_NOCTTY)
        os.write(fd, every)
        data = b""
        while len(data) < 256:
            data += os.read(fd, 256)
        assert data == every  # CR, LF, XON and ^C pass untouched
        line.unplug()
        assert device.gone.wait(5)
        while (tmp_path / "reader").is_symlink():
            time.sleep(0.001)
        with pytest.raises(OSError):
            os.write(fd, b"x")
        os.close(fd)
        line.plug()
        while not (tmp_path / "reader").exists():
            time.sleep(0.001)
        fd = os.open(line.url, os.O_RDWR | os.O_NOCTTY)
        os.write(fd, b"z")
        assert os.read(fd, 2) == b"z"
        os.close(fd)
