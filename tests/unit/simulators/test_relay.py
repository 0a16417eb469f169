"""A line that can be cut: what passes, what a cut does to it, and healing."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator

import pytest

from counter_app.simulators.relay import CutRelay


class Echo:
    """Answers every piece with itself."""

    def __init__(self) -> None:
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.thread = threading.Thread(target=self.run)
        self.thread.start()

    def run(self) -> None:
        while True:
            near, _ = self.listener.accept()
            with near:
                while piece := near.recv(100):
                    if piece == b"end":
                        return
                    near.sendall(piece)

    def close(self) -> None:
        with socket.create_connection(self.listener.getsockname()) as last:
            last.sendall(b"end")
        self.thread.join()
        self.listener.close()


@pytest.fixture
def relay() -> Iterator[CutRelay]:
    echo = Echo()
    made = CutRelay(echo.listener.getsockname())
    yield made
    made.close()
    echo.close()


def dial(relay: CutRelay) -> socket.socket:
    host, port = relay.address.split(":")
    return socket.create_connection((host, int(port)), timeout=5)


def test_a_cut_line_drops_what_is_open_and_refuses_what_is_new(relay: CutRelay) -> None:
    with dial(relay) as line:
        line.sendall(b"hello")
        assert line.recv(100) == b"hello"
        relay.cut()
        assert relay.is_cut
        assert line.recv(100) == b""
    with dial(relay) as line:
        assert line.recv(100) == b""
    relay.heal()
    with dial(relay) as line:
        line.sendall(b"again")
        assert line.recv(100) == b"again"


def test_a_line_whose_far_end_is_gone_closes(relay: CutRelay) -> None:
    gone = socket.create_server(("127.0.0.1", 0))
    address = gone.getsockname()
    gone.close()
    other = CutRelay(address)
    try:
        with dial(other) as line:
            assert line.recv(100) == b""
    finally:
        other.close()
