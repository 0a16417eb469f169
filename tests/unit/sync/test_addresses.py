"""A name server that does not answer holds nobody up."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator

import pytest

from counter_app.sync.addresses import Addresses
from counter_app.use_cases.ports.centre import CentreAway


@pytest.fixture
def port() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener.getsockname()[1]


class NameServer:
    """Answers when it is told to; `asked` counts."""

    def __init__(self, *addresses: str) -> None:
        self.addresses = addresses
        self.answers = threading.Event()
        self.asked = 0

    def __call__(self, host: str, port: int) -> tuple[str, ...]:
        self.asked += 1
        self.answers.wait(10)
        if not self.addresses:
            raise OSError("no such name")
        return self.addresses


def connect(addresses: Addresses, seconds: float = 0.2) -> None:
    addresses.connect(time.monotonic() + seconds).close()


def test_an_address_is_not_looked_up(port: int) -> None:
    server = NameServer()
    connect(Addresses("127.0.0.1", port, server))
    assert server.asked == 0


def test_who_gets_no_answer_goes_on_alone_and_the_next_finds_it(port: int) -> None:
    server = NameServer("127.0.0.1")
    addresses = Addresses("hub", port, server)
    began = time.monotonic()
    for _ in range(2):
        with pytest.raises(CentreAway):
            connect(addresses, 0.1)
    assert time.monotonic() - began < 1.0
    assert server.asked == 1
    server.answers.set()
    connect(addresses, 5.0)
    connect(addresses)
    assert server.asked == 1


def test_an_address_that_does_not_answer_gives_way_to_the_next(port: int) -> None:
    server = NameServer("127.0.0.254", "127.0.0.1")
    server.answers.set()
    with socket.create_server(("127.0.0.1", 0)) as other:
        free = other.getsockname()[1]
        connect(Addresses("hub", free, server), 5.0)


def test_a_name_nobody_knows_is_away(port: int) -> None:
    server = NameServer()
    server.answers.set()
    with pytest.raises(CentreAway):
        connect(Addresses("hub", port, server), 5.0)


def test_an_address_that_swallows_everything_leaves_time_for_the_next() -> None:
    full = socket.socket()
    full.bind(("127.0.0.2", 0))
    full.listen(0)
    port = full.getsockname()[1]
    waiting = [socket.socket() for _ in range(4)]
    for one in waiting:  # the queue is full: further connections are neither taken nor refused
        one.setblocking(False)
        one.connect_ex(("127.0.0.2", port))
    server = NameServer("127.0.0.2", "127.0.0.1")
    server.answers.set()
    try:
        with socket.create_server(("127.0.0.1", port)):
            addresses = Addresses("hub", port, server)
            connect(addresses, 1.0)
            began = time.monotonic()
            connect(addresses, 1.0)  # what worked is tried first
            assert time.monotonic() - began < 0.3
    finally:
        for one in [*waiting, full]:
            one.close()
