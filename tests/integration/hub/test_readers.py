"""Those who listen badly: a reader that never reads, a socket that speaks, a hall of listeners."""

from __future__ import annotations

import asyncio
import logging
import os
import socket
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest
from starlette.types import Message
from starlette.websockets import WebSocket, WebSocketDisconnect
from websockets.client import ClientProtocol
from websockets.uri import parse_uri

from counter_app.hub.sockets import say
from counter_app.sync.line import HUB_NAME, trusting
from counter_app.use_cases.centre import wire
from counter_app.use_cases.ports.centre import Batch, OrderedEvent, SealedEvent
from tests.support.hubs import QUICK, MemoryHall, RunningHub, client, running_hub
from tests.support.raw_device import RawDevice, raw_tls


def test_a_reader_that_never_reads_is_let_go(
    hall: MemoryHall, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "counter_app.hub")
    hall.order = [OrderedEvent(place, os.urandom(20_000)) for place in range(1, 300)]
    question = wire.write(wire.PullAsked(0))
    with running_hub(hall, tmp_path, limits=replace(QUICK, answer_seconds=1.5)) as hub:
        with RawDevice(hub) as device:
            token = device.token()
        raw = socket.socket()
        raw.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        raw.connect((hub.host, hub.port))
        with trusting(hub.tls.authority_pem).wrap_socket(raw, server_hostname=HUB_NAME) as deaf:
            head = f"POST {wire.PULL.path} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {token}\r\n"
            deaf.sendall(f"{head}content-length: {len(question)}\r\n\r\n".encode() + question)
            end = time.monotonic() + 10
            while "reads too slowly" not in caplog.text:
                assert time.monotonic() < end
                time.sleep(0.05)
            line = client(hub, "4")
            assert len(line.pull(0).events) > 50
            line.close()


def test_a_socket_that_speaks_is_cut_off(hall: MemoryHall, hub: RunningHub) -> None:
    with RawDevice(hub) as device:
        token = device.token()
    with raw_tls(hub) as sock:
        talk = ClientProtocol(parse_uri(f"wss://{hub.host}:{hub.port}{wire.WAKE}"))
        request = talk.connect()
        request.headers["Authorization"] = f"Bearer {token}"
        talk.send_request(request)
        sock.sendall(b"".join(talk.data_to_send()))
        while not any(type(event).__name__ == "Frame" for event in talk.events_received()):
            talk.receive_data(sock.recv(4096))
        talk.send_text(b"let me tell you something")
        sock.sendall(b"".join(talk.data_to_send()))
        while talk.close_rcvd is None and (data := sock.recv(4096)):
            talk.receive_data(data)
    assert talk.close_rcvd is not None
    assert talk.close_rcvd.code == 1008


def test_a_socket_without_a_token_or_revoked_hears_nothing(hall: MemoryHall, hub: RunningHub) -> None:
    upgrade = (
        f"GET {wire.WAKE} HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: websocket\r\n"
        "sec-websocket-version: 13\r\nsec-websocket-key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
    )
    with RawDevice(hub) as device:
        token = device.token()
    hall.revoke("3")
    for bearing, status in (("", b"401"), ("x", b"401"), (token, b"403")):
        with raw_tls(hub) as sock:
            sock.sendall(f"{upgrade}authorization: Bearer {bearing}\r\n\r\n".encode())
            assert sock.recv(100).startswith(b"HTTP/1.1 " + status)


def test_a_revoked_device_loses_its_socket_with_the_next_beat(hall: MemoryHall, hub: RunningHub) -> None:
    line = client(hub, "3")
    assert line.wait(-1, 1.0) == 0
    hall.revoke("3")
    began = time.monotonic()
    with pytest.raises(Exception, match="removed from the hall"):
        while True:
            line.wait(0, 1.0)
    assert time.monotonic() - began < 8
    line.close()


def test_forty_listeners_hear_an_act_and_the_store_is_asked_by_one(hall: MemoryHall, tmp_path: Path) -> None:
    askers: set[int] = set()
    wait = hall.wait

    def noted(after: int, seconds: float) -> int:
        askers.add(threading.get_ident())
        return wait(after, seconds)

    hall.wait = noted  # type: ignore[method-assign]  # to see who asks
    for number in range(40):
        hall.add(f"d{number}")
    with running_hub(hall, tmp_path) as hub:
        lines = [client(hub, f"d{number}") for number in range(40)]
        for line in lines:
            assert line.wait(-1, 1.0) == 0
        heard: list[int] = []
        waiting = [threading.Thread(target=lambda one=line: heard.append(one.wait(0, 5.0))) for line in lines]
        for thread in waiting:
            thread.start()
        lines[0].push(Batch(1, (SealedEvent(b"x"),), b"s"))
        for thread in waiting:
            thread.join()
        assert heard == [1] * 40
        assert len(askers) == 1
        for line in lines:
            line.close()


def test_who_leaves_at_the_moment_of_news_has_left() -> None:
    """Seen under load: the server knows of the closing before the hub has heard of it, and raises."""

    async def receive() -> Message:
        return {"type": "websocket.connect"}

    async def send(message: Message) -> None:
        if message["type"] == "websocket.send":
            raise RuntimeError("Unexpected ASGI message 'websocket.send', after sending 'websocket.close'.")

    async def talk() -> None:
        device = WebSocket({"type": "websocket"}, receive, send)
        await device.accept()
        await say(device, "7")

    with pytest.raises(WebSocketDisconnect):
        asyncio.run(talk())
